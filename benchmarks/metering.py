"""What a command costs: wall time, processor time, and memory at its peak, children included."""

import ctypes
import os
import re
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

Command = tuple[str, ...]

PROCESSES = Path("/proc")
PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)
LEAST_PAUSE = 0.02
"""Seconds between two looks at memory, at least."""
SHARE = 0.05
"""At most this share of one processor is spent on looking."""
SUBREAPER = 36
"""What prctl(2) calls PR_SET_CHILD_SUBREAPER."""
LINGER = 5.0
"""Seconds that a command's last processes may take to end after it."""


class CommandFailedError(Exception):
    """A measured command did not do its work; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds of the clock, of all processors, and MiB at the peak."""

    seconds: float
    cpu_seconds: float
    memory_mb: float


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, as far as they are alive."""
    yield pid
    for tasks in (PROCESSES / str(pid) / "task").glob("*/children"):
        try:
            children = tasks.read_text("ascii").split()
        except OSError:  # it has just ended
            continue
        for child in children:
            yield from family(int(child))


def memory_of(pid: int) -> float:
    """MiB that a process and all it started hold; what several share is counted once (PSS)."""
    return sum(map(_share_of, family(pid))) / 1024


def _share_of(pid: int) -> int:
    try:
        found = PSS.search((PROCESSES / str(pid) / "smaps_rollup").read_bytes())
    except OSError:  # it has just ended
        return 0
    return int(found[1]) if found else 0


class MemoryWatch:
    """Looks at a process's memory now and then; `peak` is the most that was seen, in MiB."""

    def __init__(self, pid: int) -> None:
        self.peak = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_rest: object) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            started = time.perf_counter()
            self.peak = max(self.peak, memory_of(self._pid))
            # Of a large process this takes long, and holds it up: then look less often.
            pause = max(LEAST_PAUSE, (time.perf_counter() - started) / SHARE)


def metered(command: Command, folder: Path | None = None) -> Cost:
    """Run a command in a folder and measure it; raises CommandFailedError when it fails."""
    with tempfile.TemporaryFile() as said, _adopting_orphans():
        before = _processor_seconds()
        started = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        with MemoryWatch(child.pid) as memory:
            code = child.wait()
            seconds = time.perf_counter() - started
        if code:
            raise CommandFailedError(f"{' '.join(command)}\nexit {code}\n{_tail(said)}")
    return Cost(seconds, _processor_seconds() - before, memory.peak)


def _tail(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode(errors="replace")[-3000:]


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def _adopting_orphans() -> Iterator[None]:
    """Let processes whose parent ends come to us, and wait: else nobody counts their time."""
    others = _children()
    system = ctypes.CDLL(None)
    system.prctl(SUBREAPER, 1, 0, 0, 0)
    try:
        yield
        _wait_for_all_but(others)
    finally:
        system.prctl(SUBREAPER, 0, 0, 0, 0)


def _children() -> set[int]:
    files = (PROCESSES / "self" / "task").glob("*/children")
    return {int(child) for file in files for child in file.read_text("ascii").split()}


def _wait_for_all_but(others: set[int]) -> None:
    until = time.monotonic() + LINGER
    while (orphans := _children() - others) and time.monotonic() < until:
        for orphan in orphans:
            os.waitpid(orphan, os.WNOHANG)
        time.sleep(0.005)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and the file that holds what it says."""

    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def check(self) -> None:
        """Raise CommandFailedError when it has ended, with the end of what it said."""
        if self.process.poll() is not None:
            raise CommandFailedError(f"The server ended.\n{_tail(self.log)}")


@contextmanager
def served(command: Command, folder: Path) -> Iterator[Server]:
    """Run a server in a folder for as long as the block lasts."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield Server(process, log)
        finally:
            process.terminate()
            try:
                process.wait(LINGER)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
