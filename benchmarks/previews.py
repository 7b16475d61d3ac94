"""Preview servers on the same archive: from a start, and from a save, to the page served."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random
from statistics import median

from benchmarks.edits import address, next_story, tag_address, with_a_line, with_title
from benchmarks.metering import CommandFailedError, MemoryWatch, Server, served
from benchmarks.results import Figures
from benchmarks.workspace import Contender

STARTS = ("cold start", "warm start")
SAVES = ("body", "headline", "new story")
CASES = (*STARTS, *SAVES, "memory")
PATIENCE = 600.0
"""Seconds until a page that never comes ends the run."""
LOOK_AGAIN = 0.004
SETTLE = 1.0
"""Seconds between edits: nobody saves faster, and servers gather what comes at once."""
NEWEST = 20
"""A headline is changed in one of the newest stories: they stand on their tags' first pages."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What was seen of one server: seconds of each case in each round, and MiB at the peak."""

    seconds: tuple[tuple[str, tuple[float, ...]], ...]
    memory_mb: float

    def figures(self) -> dict[str, Figures]:
        """The median of each case."""
        found = {case: Figures(seconds=median(times)) for case, times in self.seconds}
        return {**found, "memory": Figures(memory_mb=self.memory_mb)}


def measure_preview(
    contender: Contender, paths: tuple[str, ...], *, starts: int, edits: int, seed: int
) -> Preview:
    """Start a server cold and warm so many times, then save so many edits of each kind."""
    seconds: dict[str, list[float]] = {case: [] for case in (*STARTS, *SAVES)}
    peaks = []
    for _ in range(starts):
        contender.forget()
        for case in STARTS:
            with _serving(contender) as server:
                seconds[case].append(server.started)
            peaks.append(server.memory.peak)
    chance = Random(f"{seed} previews")
    with _serving(contender) as server:
        for number in range(edits):
            path, recent = chance.choice(paths), chance.choice(paths[-NEWEST:])
            seconds["body"].append(_save_body(server, path, f"body{number}x"))
            seconds["headline"].append(_save_headline(server, recent, f"head{number}x"))
            seconds["new story"].append(_save_new_story(server, path, f"new{number}x", number))
    peaks.append(server.memory.peak)
    return Preview(tuple((case, tuple(times)) for case, times in seconds.items()), max(peaks))


@dataclass(frozen=True, slots=True)
class _Server:
    """A running preview; `started` is how many seconds passed until its first page."""

    contender: Contender
    port: int
    running: Server
    memory: MemoryWatch
    started: float = 0.0

    def save(self, path: str, text: str, page: str, mark: str) -> float:
        """Save a story; the seconds until a page shows the mark that is in the text."""
        time.sleep(SETTLE)
        self.contender.write(path, text)
        return self.wait_for(page, mark)

    def wait_for(self, page: str, mark: str) -> float:
        """Ask for a page until it shows a mark; how many seconds that took."""
        begun = time.perf_counter()
        while mark not in self._get(page):
            self.running.check()
            if time.perf_counter() - begun > PATIENCE:
                raise CommandFailedError(f"{page} never showed {mark}")
            time.sleep(LOOK_AGAIN)
        return time.perf_counter() - begun

    def _get(self, page: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", page)
            return connection.getresponse().read().decode(errors="replace")
        except (OSError, http.client.HTTPException):  # not yet, or between two states
            return ""
        finally:
            connection.close()


@contextmanager
def _serving(contender: Contender) -> Iterator[_Server]:
    serve, port = contender.generator.serve, _free_port()
    if serve is None:
        raise CommandFailedError(f"{contender.generator.title} has no preview that is measured.")
    begun = time.perf_counter()
    with (
        served(serve(contender.site, port), contender.site) as running,
        MemoryWatch(running.process.pid) as memory,
    ):
        server = _Server(contender, port, running, memory)
        server.wait_for("/", "<h1")
        yield replace(server, started=time.perf_counter() - begun)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _save_body(server: _Server, path: str, mark: str) -> float:
    text = server.contender.read(path)
    server.wait_for(address(path), "<article")
    return server.save(path, with_a_line(text, f"Mark {mark}."), address(path), mark)


def _save_headline(server: _Server, path: str, mark: str) -> float:
    text = server.contender.read(path)
    return server.save(path, with_title(text, f"Mark {mark}"), tag_address(text), mark)


def _save_new_story(server: _Server, path: str, mark: str, number: int) -> float:
    text = server.contender.read(path)
    story = next_story(text, f"Mark {mark}", number)
    return server.save(story.path, story.text, tag_address(text), mark)
