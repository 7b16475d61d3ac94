"""`broadsheet serve` as a command: starting, ending, what it says, and who may look."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from tests.support.previews import Preview

SCRIPT = re.compile(rb'<script src="/_broadsheet/[^>]*></script>')
STORY = """---
title: The {name}
date: 2026-01-02T08:00:00Z
section: news
---
{body}
"""
FERRY = "content/articles/ferry.md"
AT_FERRY = "/news/2026/01/ferry/"
ALMOST_AT_ONCE = 20
"""Seconds, however busy the machine is: what is not ended at once here never ends."""


@pytest.mark.parametrize("arguments", [(), ("--drafts",)])
def test_every_file_is_served_as_a_build_publishes_it(
    start_preview: Callable[..., Preview],
    checkout: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
) -> None:
    site = tmp_path / "site"
    for name in ("content", "static", "layouts"):
        subprocess.run(["cp", "-r", checkout / name, tmp_path / name], check=True)
    site.mkdir()
    for name in ("content", "static", "layouts"):
        (tmp_path / name).rename(site / name)
    (site / "config.yaml").write_bytes((checkout / "config.yaml").read_bytes())
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    build(BuildOptions(site, now, tmp_path / "public"))
    if arguments:
        for file in (site / "content").rglob("*.md"):
            if re.search(r"(?m)^(draft: true|embargo:|expires:)", file.read_text()):
                file.unlink()
        build(BuildOptions(site, now, tmp_path / "public"))
    held = () if arguments else ("--no-drafts",)
    preview = start_preview(site, "--now", now.isoformat(), *held)
    files = [file for file in sorted((tmp_path / "public").rglob("*")) if file.is_file()]
    assert len(files) > 200
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=20)
    for file in files:
        path = file.relative_to(tmp_path / "public").as_posix()
        if path.startswith((".", "assets/p/")):
            continue  # for hosts, not for readers; and pictures, of which it encodes none
        connection.request("GET", "/" + path.removesuffix("index.html"))
        response = connection.getresponse()
        body = response.read()
        assert response.status == 200, path
        if path.endswith(".jpg"):
            continue  # a photograph goes out as a rendition, for which it has a quick one
        assert SCRIPT.sub(b"", body) == file.read_bytes(), path
    connection.close()
    assert not any(b"_broadsheet" in file.read_bytes() for file in files)


def test_ctrl_c_ends_it_at_once_with_pages_open(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        preview = start_preview(tiny_site())
        streams = []
        for _ in range(5):
            stream = socket.create_connection(("127.0.0.1", preview.port), timeout=5)
            stream.sendall(
                b"GET /_broadsheet/events?page=/ HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n"
                + f"Host: 127.0.0.1:{preview.port}\r\n\r\n".encode()
            )
            assert stream.recv(100)
            streams.append(stream)
        started = time.monotonic()
        assert preview.stop(number) == code
        assert time.monotonic() - started < ALMOST_AT_ONCE
        assert "Traceback" not in preview.said()
        for stream in streams:
            stream.close()


def test_a_port_in_use_is_an_error_that_names_a_free_one(tiny_site: Callable[[], Path]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "generator", "serve", "--port", str(port), "--site"]
        done = subprocess.run(
            [*command, str(tiny_site())], capture_output=True, text=True, timeout=30, check=False
        )
    assert done.returncode == 2
    assert f"port {port} is in use" in done.stderr
    free = re.search(r"--port (\d+)", done.stderr)
    assert free
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", int(free[1])))


def test_a_folder_without_a_site_is_an_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "serve", "--port", "0", "--site", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "no config.yaml" in done.stderr


def test_held_stories_are_shown_and_marked_or_not_at_all(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    site = tiny_site()
    for name, key in (
        ("draft", "draft: true"),
        ("held", "embargo: 2099-01-01T00:00:00Z"),
        ("over", "expires: 2026-01-05T00:00:00Z"),
    ):
        (site / f"content/articles/{name}.md").write_text(
            f"---\ntitle: The {name}\ndate: 2026-01-02T08:00:00Z\nsection: news\n{key}\n---\nHi.\n"
        )
    everything = start_preview(site)
    marks = {"draft": "Draft", "held": "Embargoed until", "over": "Expired on"}
    for name, mark in marks.items():
        assert mark in everything.page(f"/news/2026/01/{name}/")
        assert f"The {name}" in everything.page("/")
    public = start_preview(site, "--no-drafts")
    for name in marks:
        assert public.get(f"/news/2026/01/{name}/")[0] == 404
        assert f"The {name}" not in public.page("/")


def test_other_devices_need_the_token(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    preview = start_preview(tiny_site(), "--host", "0.0.0.0")  # noqa: S104 - what is tested
    token = re.search(r"\?token=(\S+)", preview.url)
    assert token
    assert len(token[1]) >= 20
    assert "Everybody in this network" in preview.said()
    for path in ("/", AT_FERRY, "/_broadsheet/events?page=/", "/?token=wrong", "/?token="):
        code, _, body = preview.get(path)
        assert code == 403
        assert b"Tiny" not in body
    code, headers, _ = preview.get(f"{AT_FERRY}?token={token[1]}")
    assert (code, headers["location"]) == (302, AT_FERRY)
    assert "HttpOnly" in headers["set-cookie"]
    assert "SameSite=Lax" in headers["set-cookie"]
    cookie = headers["set-cookie"].split(";")[0]
    assert preview.get("/", headers={"Cookie": cookie})[0] == 200
    assert preview.get("/", headers={"Cookie": cookie + "x"})[0] == 403
    assert preview.get("/", headers={"Cookie": cookie, "Host": "a.tunnel.example"})[0] == 200
    assert preview.get("/", headers={"Host": "a.tunnel.example"})[0] == 403
    code, headers, _ = preview.get(f"//evil.example/?token={token[1]}")
    assert headers["location"] == "/evil.example/"


def test_it_listens_on_the_loopback_only(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    preview = start_preview(tiny_site())
    own = f"0100007F:{preview.port:04X}"
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert own in listening
    assert f"00000000:{preview.port:04X}" not in listening


def test_a_site_that_may_only_be_read_is_shown(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    site = tiny_site()
    (site / ".broadsheet").write_text("a file where the memory would be")
    assert start_preview(site).get("/")[0] == 200


def test_it_begins_with_faults_of_every_kind(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    site = tiny_site()
    (site / "config.yaml").write_text("title: Tiny Times\nsections: [news]\npage_size: many\n")
    (site / "layouts").mkdir()
    (site / "layouts/article.html").write_text("{% oops %}")
    (site / "content/articles/bad.md").write_text("---\ntitle: [\n---\n")
    preview = start_preview(site)
    code, _, front = preview.get("/")
    assert code == 200
    for place in ("config.yaml:3", "layouts/article.html:1", "content/articles/bad.md:2"):
        assert place in front.decode()
    code, _, page = preview.get(AT_FERRY)
    assert code == 500
    assert b"This page cannot be made yet" in page
    (site / "layouts/article.html").unlink()
    preview.wait_for(AT_FERRY, lambda status, _: status == 200)


@pytest.fixture
def start_with(
    start_preview: Callable[..., Preview], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path, str], Preview]:
    """Starts a preview in a Python in which something is otherwise."""

    def start(site: Path, code: str) -> Preview:
        (tmp_path / "sitecustomize.py").write_text(code)
        before = os.environ.get("PYTHONPATH", "")
        with monkeypatch.context() as patch:
            patch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{before}")
            return start_preview(site)

    return start


NO_WATCHES = """
import errno
from watchdog.observers import Observer
def schedule(*args, **kwargs):
    raise OSError(errno.ENOSPC, "inotify watch limit reached")
Observer.schedule = schedule
"""
USED_UP = """
from generator.serve import watch
watch.is_used_up = lambda folder: True
"""


@pytest.mark.parametrize("code", [NO_WATCHES, USED_UP], ids=["at first", "meanwhile"])
def test_without_watches_it_says_so_and_looks_by_itself(
    start_with: Callable[..., Preview], tiny_site: Callable[[], Path], code: str
) -> None:
    preview = start_with(tiny_site(), code)
    preview.wait_for("/", lambda _, page: "no watches left" in page)
    new = STORY.format(name="new", body="Polled.")
    preview.write("content/articles/far/away/new.md", new)
    preview.wait_for("/news/2026/01/new/", lambda _, page: "Polled." in page)
    preview.write("content/articles/far/away/new.md", new.replace("Polled.", "Again."))
    preview.wait_for("/news/2026/01/new/", lambda _, page: "Again." in page)
    assert "no watches left" in preview.said()


def test_nobody_is_waited_for_without_end(
    start_with: Callable[..., Preview], tiny_site: Callable[[], Path]
) -> None:
    preview = start_with(tiny_site(), "import generator.serve.server as s\ns.PATIENCE = 0.4\n")
    for start, every in ((b"", 5.0), (b"GET / HT", 5.0), (b"GET / HTTP/1.1\r\nX: ", 0.1)):
        started = time.monotonic()
        with socket.create_connection(("127.0.0.1", preview.port), timeout=5) as connection:
            connection.sendall(start)
            connection.settimeout(every)
            while not is_closed(connection):
                assert time.monotonic() - started < ALMOST_AT_ONCE


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side has had enough; if it has not, it gets one letter more."""
    try:
        return not connection.recv(100)
    except TimeoutError:
        connection.sendall(b"a")
        return False
    except ConnectionError:
        return True
