"""Saving, as editors and tools do it: each save is seen once, and nothing is missing on the way."""

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.previews import Preview

Save = Callable[[Path, str], None]

FERRY = "content/articles/ferry.md"
AT_FERRY = "/news/2026/01/ferry/"


def shows(word: str) -> Callable[[int, str], bool]:
    """Whether a page has a word."""
    return lambda _, page: word in page


@pytest.fixture(scope="module")
def preview(start_preview: Callable[..., Preview], tiny_site: Callable[[], Path]) -> Preview:
    started = start_preview(tiny_site())
    time.sleep(0.8)  # the folders are watched a moment after the start
    return started


class Stream:
    """What an open page is told."""

    def __init__(self, preview: Preview, page: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", preview.port), timeout=10)
        self._socket.sendall(
            f"GET /_broadsheet/events?page={page} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n"
            "Sec-Fetch-Site: same-origin\r\n\r\n".encode()
        )
        self.messages: list[dict[str, Any]] = []
        self._first = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self._first.wait(10)

    def _read(self) -> None:
        with self._socket.makefile("rb") as lines:
            try:
                for line in lines:
                    if line.startswith(b"data: "):
                        self.messages.append(json.loads(line[6:]))
                        self._first.set()
            except OSError:
                pass

    @property
    def digests(self) -> list[str]:
        """The digests of the page, each once for as long as it lasted."""
        found = [message["digest"] for message in self.messages]
        return [one for at, one in enumerate(found) if not at or found[at - 1] != one]

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def stream(preview: Preview) -> Iterator[Stream]:
    opened = Stream(preview, AT_FERRY)
    yield opened
    opened.close()


def plain(file: Path, text: str) -> None:
    file.write_text(text)


def in_pieces(file: Path, text: str) -> None:
    with file.open("w") as out:
        for start in range(0, len(text), 20):
            out.write(text[start : start + 20])
            out.flush()


def by_rename(file: Path, text: str) -> None:
    new = file.with_name(file.name + ".tmp")
    new.write_text(text)
    new.replace(file)


def by_rename_from_elsewhere(file: Path, text: str) -> None:
    new = file.parents[3] / "elsewhere.md"
    new.write_text(text)
    new.replace(file)


def vim(file: Path, text: str) -> None:
    probe = file.with_name("4913")
    probe.write_text("")
    probe.unlink()
    backup = file.with_name(file.name + "~")
    file.rename(backup)
    time.sleep(0.02)
    file.write_text(text)
    backup.unlink()


def emacs(file: Path, text: str) -> None:
    lock = file.with_name(".#" + file.name)
    lock.symlink_to("reporter@loop.1234:1700000000")
    shutil.copyfile(file, file.with_name(file.name + "~"))
    auto = file.with_name(f"#{file.name}#")
    auto.write_text(text)
    file.write_text(text)
    auto.unlink()
    lock.unlink()


def libre_office(file: Path, text: str) -> None:
    lock = file.with_name(f".~lock.{file.name}#")
    lock.write_text(",reporter,loop,22.11.2026 12:00,file:///home/reporter;")
    new = file.with_name("lu12345abcd.tmp")
    new.write_text(text)
    file.unlink()
    time.sleep(0.02)
    new.rename(file)
    lock.unlink()


def deleted_and_written(file: Path, text: str) -> None:
    file.unlink()
    time.sleep(0.04)
    file.write_text(text)


def truncated_then_written(file: Path, text: str) -> None:
    with file.open("r+") as out:
        out.truncate(0)
        out.write(text)


def same_size_same_time(file: Path, text: str) -> None:
    before = file.stat()
    file.write_text(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def jet_brains(file: Path, text: str) -> None:
    new, old = (file.with_name(f"{file.name}___jb_{kind}___") for kind in ("tmp", "old"))
    new.write_text(text)
    file.rename(old)
    new.rename(file)
    old.unlink()


def text_edit(file: Path, text: str) -> None:
    new = file.with_name(f"{file.name}.sb-1a2b3c4d-e5f6g7")
    new.write_text(text)
    time.sleep(0.01)
    new.replace(file)


PATTERNS: list[Save] = [
    plain,
    in_pieces,
    by_rename,
    by_rename_from_elsewhere,
    vim,
    emacs,
    libre_office,
    jet_brains,
    text_edit,
    deleted_and_written,
    truncated_then_written,
    same_size_same_time,
]


@pytest.mark.parametrize("save", PATTERNS)
def test_a_save_is_seen_once_and_never_misses_the_page(
    preview: Preview, stream: Stream, save: Save
) -> None:
    file = preview.site / FERRY
    text = file.read_text()
    found: list[int] = []
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            found.append(preview.get(AT_FERRY)[0])

    asking = threading.Thread(target=ask)
    asking.start()
    words = ("mark-one", "mark-two", "mark-six")  # of one size
    for word in words:
        save(file, text.replace("All about", f"{word} All about"))
        preview.wait_for(AT_FERRY, shows(word))
        time.sleep(0.15)
    is_over.set()
    asking.join()
    assert set(found) == {200}
    assert len(stream.digests) == 1 + len(words)
    assert not [message for message in stream.messages if message["errors"]]
    file.write_text(text)
    preview.wait_for(AT_FERRY, lambda _, page: "mark-" not in page)


def test_a_new_folder_with_files_in_it_is_not_missed(preview: Preview) -> None:
    text = (preview.site / FERRY).read_text()
    for number in range(15):
        folder = preview.site / f"content/articles/a{number}/b/c"
        folder.mkdir(parents=True)
        (folder / f"deep-{number}.md").write_text(text.replace("The ferry", f"Deep {number}"))
        if number % 3 == 0:
            time.sleep(0.02)
        (folder / f"late-{number}.md").write_text(text.replace("The ferry", f"Late {number}"))
    for number in range(15):
        for name in ("deep", "late"):
            preview.wait_for(f"/news/2026/01/{name}-{number}/", lambda status, _: status == 200)
    for number in range(15):
        shutil.rmtree(preview.site / f"content/articles/a{number}")
    preview.wait_for("/news/2026/01/deep-14/", lambda status, _: status == 404)


@pytest.mark.parametrize("target", ["static/agency", "content/pages/agency"])
def test_a_change_where_a_link_leads_is_seen(preview: Preview, target: str) -> None:
    linked, name = preview.site / target, target.replace("/", "-")
    text = (preview.site / FERRY).read_text().replace("The ferry", "The agency")
    linked.mkdir(parents=True)
    (linked / f"{name}.md").write_text(text)
    link = preview.site / f"content/articles/{name}"
    link.symlink_to(linked)
    address = f"/news/2026/01/{name}/"
    preview.wait_for(address, lambda status, _: status == 200)
    time.sleep(0.5)
    (linked / f"{name}.md").write_text(text.replace("The agency", "The wire"))
    # A listing shows no text that would be read anew when it is asked for.
    headline = f'href="{address}"><bdi>The wire<'
    seen_after = preview.wait_for("/news/", lambda _, body: headline in body)
    assert seen_after < 5  # everything is looked at each half minute
    link.unlink()
    shutil.rmtree(linked)
    preview.wait_for(address, lambda status, _: status == 404)


def test_a_storm_ends_with_what_is_on_disk(preview: Preview, stream: Stream) -> None:
    folder = preview.site / "content/articles/storm"
    folder.mkdir()
    text = (preview.site / FERRY).read_text()
    seen = len(stream.messages)
    for number in range(1500):
        (folder / f"storm-{number % 500}.md").write_text(
            text.replace("The ferry", f"Storm {number}")
        )
    preview.wait_for("/news/2026/01/storm-499/", lambda _, page: "Storm 1499" in page)
    preview.wait_for("/news/2026/01/storm-0/", lambda _, page: "Storm 1000" in page)
    assert len(stream.messages) - seen < 15
    shutil.rmtree(folder)
    preview.wait_for("/news/2026/01/storm-0/", lambda status, _: status == 404)


def test_what_a_full_queue_lost_is_found(preview: Preview) -> None:
    most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    preview.process.send_signal(signal.SIGSTOP)  # so that nobody empties the queue
    try:
        for _ in range(most // 4 + 500):  # each is four events: made, opened, closed, deleted
            passing = preview.site / "content/articles/.passing"
            passing.touch()
            passing.unlink()
        preview.replace(FERRY, "All about", "Unheard of: all about")
        preview.write("layouts/page.html", "{% oops %}")
    finally:
        preview.process.send_signal(signal.SIGCONT)
    preview.wait_for("/", lambda _, page: "layouts/page.html:1" in page)
    preview.wait_for(AT_FERRY, lambda _, page: "Unheard of" in page)
    assert "overflow" not in preview.said()
    shutil.rmtree(preview.site / "layouts")
    preview.replace(FERRY, "Unheard of: all about", "All about")
    preview.wait_for("/", lambda _, page: "layouts/page.html:1" not in page)


def test_another_branch_is_another_site(preview: Preview) -> None:
    def git(*arguments: str) -> None:
        name = ("-c", "user.name=a", "-c", "user.email=a@b.example")
        subprocess.run(["git", *name, *arguments], cwd=preview.site, check=True, timeout=60)

    git("init", "-q", "-b", "main")
    (preview.site / ".gitignore").write_text(".broadsheet\n")
    git("add", "-A")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    text = (preview.site / FERRY).read_text()
    for number in range(40):
        (preview.site / f"content/articles/branch-{number}.md").write_text(
            text.replace("The ferry", f"Branch {number}")
        )
    (preview.site / FERRY).unlink()
    (preview.site / "config.yaml").write_text(
        (preview.site / "config.yaml").read_text().replace("Tiny Times", "Branch Times")
    )
    git("add", "-A")
    git("commit", "-qm", "two")
    for _ in range(2):
        git("checkout", "-q", "main")
        preview.wait_for("/", lambda _, page: "Tiny Times" in page)
        preview.wait_for(AT_FERRY, lambda status, _: status == 200)
        preview.wait_for("/news/2026/01/branch-39/", lambda status, _: status == 404)
        git("checkout", "-q", "other")
        preview.wait_for("/", lambda _, page: "Branch Times" in page)
        preview.wait_for(AT_FERRY, lambda status, _: status == 404)
        preview.wait_for("/news/2026/01/branch-39/", lambda status, _: status == 200)
    git("checkout", "-q", "main")
    preview.wait_for(AT_FERRY, lambda status, _: status == 200)


def test_a_whole_folder_that_goes_and_comes_back_is_followed(preview: Preview) -> None:
    content = preview.site / "content"
    content.rename(preview.site / "away")
    preview.wait_for(AT_FERRY, lambda status, _: status == 404)
    (preview.site / "away").rename(content)
    preview.wait_for(AT_FERRY, lambda status, _: status == 200)
    time.sleep(0.3)
    preview.replace(FERRY, "All about", "Back again, all about")
    preview.wait_for(AT_FERRY, lambda _, page: "Back again" in page)
    preview.replace(FERRY, "Back again, all about", "All about")


def test_a_change_of_the_configuration_needs_no_restart(preview: Preview) -> None:
    whole = (preview.site / "config.yaml").read_text()
    preview.write("config.yaml", whole + "permalink: /:year/:slug/\n")
    preview.wait_for("/2026/ferry/", lambda status, _: status == 200)
    preview.write("config.yaml", whole.replace("https://tiny.example/", "https://a.example/b/"))
    preview.wait_for("/b" + AT_FERRY, lambda status, _: status == 200)
    assert preview.get("/")[1]["location"] == "/b/"
    preview.write("config.yaml", "title: [\n")
    preview.wait_for("/b/", lambda _, page: "config.yaml:1" in page)
    (preview.site / "config.yaml").unlink()
    preview.wait_for("/b/", lambda _, page: "is no longer there" in page)
    preview.write("config.yaml", whole)
    preview.wait_for(AT_FERRY, lambda status, page: status == 200 and "config.yaml:" not in page)


def test_idleness_costs_nothing(preview: Preview) -> None:
    def seconds() -> float:
        fields = Path(f"/proc/{preview.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    spent = []
    for _ in range(3):  # the first may still settle what the tests before have changed up
        before = seconds()
        time.sleep(2)
        spent.append(seconds() - before)
    assert min(spent) <= 0.03  # a hundredth of the time, and the clock's step
