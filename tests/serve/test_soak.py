"""The preview over a long day: edits, renames and storms, with many pages open.

It lasts a few seconds; BROADSHEET_SOAK_SECONDS=600 lets it last ten minutes.
"""

import os
import random
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from tests.support.previews import Preview

SECONDS = float(os.environ.get("BROADSHEET_SOAK_SECONDS", "4"))
STREAMS = 20
SCRIPT = re.compile(rb'<script src="/_broadsheet/[^>]*></script>')


@dataclass
class Load:
    """What a process uses: bytes of memory, descriptors, threads."""

    memory: int
    descriptors: int
    threads: int


def load_of(number: int) -> Load:
    status = Path(f"/proc/{number}/status").read_text()
    memory, threads = (
        int(re.findall(rf"{key}:\s+(\d+)", status)[0]) for key in ("VmRSS", "Threads")
    )
    return Load(memory * 1024, len(os.listdir(f"/proc/{number}/fd")), threads)  # noqa: PTH208 - names are enough


def listen(port: int, is_over: threading.Event) -> None:
    """An open page, that is closed and opened again now and then."""
    request = (
        f"GET /_broadsheet/events?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Sec-Fetch-Site: same-origin\r\n\r\n"
    ).encode()
    while not is_over.is_set():
        with socket.create_connection(("127.0.0.1", port), timeout=5) as stream:
            stream.sendall(request)
            stream.settimeout(0.5)
            until = time.monotonic() + 20
            while not is_over.is_set() and time.monotonic() < until:
                try:
                    if not stream.recv(65536):
                        break
                except TimeoutError:
                    continue


@pytest.mark.timeout(SECONDS + 120)
def test_it_stays_as_it_was_through_a_long_day(
    start_preview: Callable[..., Preview], tiny_site: Callable[[], Path], tmp_path: Path
) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    preview = start_preview(tiny_site(), "--no-drafts", "--now", now.isoformat())
    preview.wait_for("/", lambda status, _: status == 200)
    time.sleep(1)  # until the folders are watched
    before = load_of(preview.process.pid)
    chance = random.Random(1)  # noqa: S311 - edits, the same each time
    is_over = threading.Event()
    pages = [threading.Thread(target=listen, args=(preview.port, is_over)) for _ in range(STREAMS)]
    for page in pages:
        page.start()
    started = time.monotonic()
    first: Load | None = None
    waits: list[float] = []
    number = 0
    while (spent := time.monotonic() - started) < SECONDS:
        number += 1
        waits.append(edit(preview, chance, number))
        if first is None and spent > SECONDS / 4:
            first = load_of(preview.process.pid)
        time.sleep(min(1.0, SECONDS / 60))
    last = load_of(preview.process.pid)
    is_over.set()
    for page in pages:
        page.join()
    assert first is not None
    time.sleep(0.5)
    after = load_of(preview.process.pid)
    assert after.descriptors <= before.descriptors + 2  # a connection may just be ending
    assert after.threads <= before.threads + 1
    assert last.memory < first.memory * 1.15 + 8_000_000
    assert last.threads <= first.threads + 1
    assert last.descriptors <= first.descriptors + STREAMS
    assert sorted(waits)[len(waits) // 2] < 0.5
    compare(preview, now, tmp_path / "public")
    print(f"\n{number} edits, {first} -> {last}, served in {max(waits):.2f} s at most")  # noqa: T201


def edit(preview: Preview, chance: random.Random, number: int) -> float:
    """One edit; the seconds until it is served."""
    text = (preview.site / "content/articles/ferry.md").read_text()
    if number % 10 == 5:
        folder = preview.site / "content/articles/storm"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for one in range(60):
            (folder / f"storm-{one}.md").write_text(text.replace("The ferry", f"Storm {number}"))
        return float(
            preview.wait_for("/news/2026/01/storm-59/", lambda _, page: f"Storm {number}<" in page)
        )
    if number % 10 == 8:
        for old in (preview.site / "content/articles").glob("wander-*.md"):
            old.rename(old.with_name(f"wander-{number}.md"))
            break
        else:
            wander = text.replace("The ferry", "The wanderer")
            preview.write(f"content/articles/wander-{number}.md", wander)
        return float(
            preview.wait_for(f"/news/2026/01/wander-{number}/", lambda status, _: status == 200)
        )
    name = chance.choice(["bridge", "tide", "fog"])
    path = f"content/articles/{name}.md"
    kept = re.sub(r"\nMark \d+x\.\n", "", (preview.site / path).read_text())
    preview.write(path, f"{kept}\nMark {number}x.\n")
    return float(
        preview.wait_for(f"/news/2026/01/{name}/", lambda _, page: f"Mark {number}x." in page)
    )


def compare(preview: Preview, now: datetime, public: Path) -> None:
    """What is served in the end is what a build publishes."""
    build(BuildOptions(preview.site, now, public))
    time.sleep(0.5)
    files = [file for file in public.rglob("*") if file.is_file() and file.name[0] != "."]
    assert len(files) > 30
    for file in files:
        path = "/" + file.relative_to(public).as_posix().removesuffix("index.html")
        assert SCRIPT.sub(b"", preview.get(path)[2]) == file.read_bytes(), path
