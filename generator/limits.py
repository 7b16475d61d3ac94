"""A limit for work that cannot be trusted to end: in the processor's time, and in memory.

A clock on the wall would blame a text for a machine that slept, or that did something else.
"""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from time import monotonic, thread_time
from types import FrameType
from typing import TypeVar

if sys.platform != "win32":
    from resource import RUSAGE_SELF, getrusage

Result = TypeVar("Result")

RING_AGAIN = 0.1
"""Seconds between two rings: something may have swallowed the first."""


MOST_MEMORY = 1 << 30
"""Bytes by which the process may grow over one piece of work: a page takes a few thousand."""
UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system tells how large a process has been."""


class TimeUp(BaseException):
    """The work took longer than it may. No Exception: a library's `except` must not catch it."""


class MemoryUp(TimeUp):
    """The work took more memory than it may."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Do the work and give its result; raises TimeUp when it takes longer than `seconds`.

    It raises MemoryUp when the process grows by more than MOST_MEMORY meanwhile. The seconds are
    those that this thread has worked; time spent waiting does not count. In the main thread of a
    POSIX process an alarm stops the work wherever it is, even inside a regular expression. In
    other threads, and on Windows, the exception is raised between two steps of Python: a single
    long call into C ends first. 0 seconds means no limit.
    """
    if not seconds:
        return work()
    if not _may_set_alarm():
        return _by_watcher(seconds, work)
    if watch := WATCH.get():
        return watch.over(seconds, work)
    with _alarm_set(min(seconds, RING_AGAIN)) as watch:
        return watch.over(seconds, work)


@contextmanager
def watching() -> Iterator[None]:
    """Set the alarm once for all that `within` limits in the block: it costs as much as a text."""
    if not _may_set_alarm():
        yield
        return
    with _alarm_set(RING_AGAIN) as watch:
        token = WATCH.set(watch)
        try:
            yield
        finally:
            WATCH.reset(token)


@dataclass(slots=True, eq=False)
class _Limit:
    """What one piece of work may take; `until` and `largest` are known from the first ring on.

    So work that has ended before the alarm rings, as nearly all has, asks no clock. `outer` is the
    limit on what this is a part of.
    """

    seconds: float
    outer: "_Limit | None"
    until: float | None = None
    largest: int = 0

    def ask(self, now: float, size: int) -> None:
        """Raise TimeUp or MemoryUp, if it is time, or the process has grown too large."""
        if self.until is None:
            self.until, self.largest = now + self.seconds, size + MOST_MEMORY
        elif now >= self.until:
            raise TimeUp
        elif size > self.largest:
            raise MemoryUp


class Watch:
    """Looks at the work done whenever the alarm rings, and stops it when its time is up."""

    def __init__(self) -> None:
        self._limit: _Limit | None = None

    def over(self, seconds: float, work: Callable[[], Result]) -> Result:
        """Do the work; raises TimeUp when it takes longer than `seconds`, or too much memory."""
        outer = self._limit
        self._limit = _Limit(seconds, outer)
        try:
            try:
                return work()
            finally:
                self._limit = outer
        finally:
            self._limit = outer  # again: the alarm may have rung on the way to the line above

    def ring(self, _signal: int, _frame: FrameType | None) -> None:
        """Raise TimeUp or MemoryUp, if some work takes more than it may."""
        limit = self._limit
        if limit is None:
            return
        now, size = thread_time(), _size()
        while limit is not None:
            limit.ask(now, size)
            limit = limit.outer


WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)
"""The one that is set already, if any."""


def _may_set_alarm() -> bool:
    in_main_thread = threading.current_thread() is threading.main_thread()
    return in_main_thread and hasattr(signal, "setitimer")


@contextmanager
def _alarm_set(interval: float) -> Iterator[Watch]:
    """An alarm that rings every so many seconds; another's is put back as it was."""
    watch = Watch()
    started = monotonic()
    handler = signal.signal(signal.SIGALRM, watch.ring)
    remaining, others = signal.setitimer(signal.ITIMER_REAL, interval, interval)
    try:
        yield watch
    finally:
        if remaining:
            remaining = max(remaining - (monotonic() - started), 0.001)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if handler is None else handler)
        signal.setitimer(signal.ITIMER_REAL, remaining, others)


def _by_watcher(seconds: float, work: Callable[[], Result]) -> Result:
    import ctypes  # noqa: PLC0415 - 1 ms: for other threads and Windows

    raise_in_thread = ctypes.pythonapi.PyThreadState_SetAsyncExc
    worker = ctypes.c_ulong(threading.get_ident())
    lock, ended = threading.Lock(), threading.Event()
    worked = _clock_of_this_thread()
    until, largest = worked() + seconds, _size() + MOST_MEMORY
    has_rung = False

    def watch() -> None:
        nonlocal has_rung
        while not ended.wait(RING_AGAIN):
            up = TimeUp if worked() >= until else MemoryUp if _size() > largest else None
            with lock:
                if up and not ended.is_set():
                    raise_in_thread(worker, ctypes.py_object(up))
                    has_rung = True

    threading.Thread(target=watch, daemon=True).start()
    try:
        try:
            return work()
        finally:
            ended.set()
    finally:
        ended.set()  # again: the exception may have come on the way to the line above
        with lock:
            if has_rung:
                raise_in_thread(worker, None)  # takes back an exception that came too late


def _size() -> int:
    """The most memory that this process has had, in bytes; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss * UNIT


def _clock_of_this_thread() -> Callable[[], float]:
    """Seconds that this thread has worked, for another one to ask; else those of the process."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    return partial(time.clock_gettime, time.pthread_getcpuclockid(threading.get_ident()))
