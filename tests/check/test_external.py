import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.check.external import check_external

BASE = "https://example.org/"


class OtherSite:
    """A site on the loopback that answers as its addresses say, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.times: list[float] = []
        self.at_once = 0
        self.most_at_once = 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                site.answer(self)

            do_GET = do_HEAD  # noqa: N815 - the library's name

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.command, request.path))
        self.times.append(time.monotonic())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        name = request.path.strip("/").partition("?")[0]
        if name == "slow":
            time.sleep(1)
        if name == "cut":
            request.close_connection = True
        else:
            status, location = self.status(name, request.command)
            request.send_response(status)
            if location:
                request.send_header("Location", location)
            request.send_header("Content-Length", "0")
            request.end_headers()
        self.at_once -= 1

    def status(self, name: str, method: str) -> tuple[int, str]:
        if name == "no-head":
            return (405 if method == "HEAD" else 200), ""
        if name == "moved":
            return 301, "/fine"
        if name == "moved-to-gone":
            return 302, "/404"
        if name == "circle":
            return 302, "/circle"
        if name == "to-file":
            return 302, "file:///etc/passwd"
        return (int(name) if name.isdigit() else 200), ""


@pytest.fixture
def other() -> Iterator[OtherSite]:
    site = OtherSite()
    site.thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    site.thread.join(timeout=5)


def publish(folder: Path, *links: str, name: str = "index.html") -> None:
    anchors = "\n".join(f'<a href="{link}">x</a>' for link in links)
    (folder / name).write_text(anchors, encoding="utf-8")


def faults(folder: Path, *, timeout: float = 5, pause: float = 0) -> list[str]:
    problems = check_external(folder, base_url=BASE, timeout=timeout, pause=pause)
    return [f"{problem.severity}: {problem.place}: {problem.message}" for problem in problems]


def test_what_answers_is_fine_and_asked_by_its_head(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, f"{other.url}/fine")
    assert faults(tmp_path) == []
    assert other.asked == [("HEAD", "/fine")]


def test_each_address_is_asked_once_whatever_its_fragments(
    tmp_path: Path, other: OtherSite
) -> None:
    publish(tmp_path, f"{other.url}/fine", f"{other.url}/fine#part")
    publish(tmp_path, f"{other.url}/fine#other", name="b.html")
    assert faults(tmp_path) == []
    assert other.asked == [("HEAD", "/fine")]


def test_internal_links_and_other_schemes_are_not_asked(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, "/gone/", f"{BASE}gone/", "mailto:a@b.example", "ftp://127.0.0.1/x")
    assert faults(tmp_path) == []
    assert other.asked == []


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_an_error_on_every_page_that_names_it(
    tmp_path: Path, other: OtherSite, status: int
) -> None:
    publish(tmp_path, f"{other.url}/{status}")
    publish(tmp_path, "/", f"{other.url}/{status}", name="b.html")
    said = f'link leads nowhere any more (status {status}): "{other.url}/{status}"'
    assert faults(tmp_path) == [f"error: b.html:2:1: {said}", f"error: index.html:1:1: {said}"]


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_other_refusals_are_warnings(tmp_path: Path, other: OtherSite, status: int) -> None:
    publish(tmp_path, f"{other.url}/{status}")
    said = f'link is answered with status {status}: "{other.url}/{status}"'
    assert faults(tmp_path) == [f"warning: index.html:1:1: {said}"]


def test_a_site_that_dislikes_head_is_asked_for_all(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, f"{other.url}/no-head")
    assert faults(tmp_path) == []
    assert other.asked == [("HEAD", "/no-head"), ("GET", "/no-head")]


def test_redirects_are_followed_to_their_end(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, f"{other.url}/moved", f"{other.url}/moved-to-gone")
    (said,) = faults(tmp_path)
    assert said.startswith("error: index.html:2:1: link leads nowhere any more (status 404)")


@pytest.mark.parametrize("name", ["circle", "to-file"])
def test_redirects_that_lead_nowhere_are_a_warning(
    tmp_path: Path, other: OtherSite, name: str
) -> None:
    publish(tmp_path, f"{other.url}/{name}")
    (said,) = faults(tmp_path)
    assert said.startswith("warning: index.html:1:1: link is redirected without end (status 302)")


def test_a_connection_that_is_cut_is_a_warning(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, f"{other.url}/cut")
    (said,) = faults(tmp_path)
    assert said.startswith("warning: index.html:1:1: link is answered with nonsense")


def test_a_site_that_is_too_slow_is_a_warning(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, f"{other.url}/slow")
    (said,) = faults(tmp_path, timeout=0.1)
    assert said.startswith("warning: index.html:1:1: link gets no answer")


def test_a_host_that_is_silent_twice_is_asked_no_more(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, *(f"{other.url}/slow?{number}" for number in range(4)))
    assert len(faults(tmp_path, timeout=0.1)) == 4
    assert len(other.asked) == 2


def test_a_host_without_a_server_is_a_warning(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        publish(tmp_path, f"http://127.0.0.1:{unused.getsockname()[1]}/")
        (said,) = faults(tmp_path, timeout=1)
    assert said.startswith("warning: index.html:1:1: link gets no answer")


def test_an_address_that_no_host_can_have_is_a_warning(tmp_path: Path) -> None:
    publish(tmp_path, f"http://{'ü' * 70}.example/")
    (said,) = faults(tmp_path)
    assert said.startswith("warning: index.html:1:1: link is no address")


def test_addresses_in_other_scripts_are_encoded(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, f"{other.url}/Київ?міст=1&amp;b=%20 c")
    assert faults(tmp_path) == []
    path = "/%D0%9A%D0%B8%D1%97%D0%B2?%D0%BC%D1%96%D1%81%D1%82=1&b=%20%20c"
    assert other.asked == [("HEAD", path)]


def test_one_host_is_asked_by_one_worker_with_pauses(tmp_path: Path, other: OtherSite) -> None:
    publish(tmp_path, *(f"{other.url}/{number}x" for number in range(3)))
    assert faults(tmp_path, pause=0.1) == []
    assert other.most_at_once == 1
    first, second, third = other.times
    assert second - first >= 0.09
    assert third - second >= 0.09


def test_pictures_are_asked_for_too_and_progress_is_told(tmp_path: Path, other: OtherSite) -> None:
    (tmp_path / "a.html").write_text(f'<img src="{other.url}/404"><img src="{other.url}/b">')
    steps: list[tuple[int, int]] = []
    (problem,) = check_external(
        tmp_path, base_url=BASE, pause=0, progress=lambda done, all_: steps.append((done, all_))
    )
    assert problem.message.startswith("picture leads nowhere any more")
    assert steps == [(1, 2), (2, 2)]


def test_when_the_user_has_had_enough_no_more_is_asked(tmp_path: Path, other: OtherSite) -> None:
    local = other.url.replace("127.0.0.1", "localhost")
    publish(tmp_path, f"{other.url}/fine", *(f"{local}/{number}x" for number in range(50)))

    def enough(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        check_external(tmp_path, base_url=BASE, pause=0.5, progress=enough)
    assert time.monotonic() - began < 10
    assert len(other.asked) < 10


def test_a_page_that_cannot_be_read_keeps_no_other_from_being_asked(
    tmp_path: Path, other: OtherSite
) -> None:
    (tmp_path / "lost.html").symlink_to("nowhere.html")
    publish(tmp_path, f"{other.url}/fine")
    assert faults(tmp_path) == []
    assert other.asked == [("HEAD", "/fine")]
