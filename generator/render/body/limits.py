"""A time limit for work that cannot be trusted to end."""

import math
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")

RING_AGAIN = 0.1
"""Seconds between two rings: something may have swallowed the first."""


class TimeUp(BaseException):
    """The work took longer than it may. No Exception: a library's `except` must not catch it."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Do the work and give its result; raises TimeUp when it takes longer than `seconds`.

    In the main thread of a POSIX process an alarm stops the work wherever it is, even
    inside a regular expression. In other threads, and on Windows, the exception is
    raised between two steps of Python: a single long call into C ends first. 0 seconds
    means no limit.
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


class Watch:
    """Looks at the clock whenever the alarm rings, and stops the work whose time is up."""

    def __init__(self) -> None:
        self._until = math.inf

    def over(self, seconds: float, work: Callable[[], Result]) -> Result:
        """Do the work; raises TimeUp when it takes longer than `seconds`."""
        before = self._until
        self._until = min(before, monotonic() + seconds)
        try:
            try:
                return work()
            finally:
                self._until = before
        finally:
            self._until = before  # again: the alarm may have rung on the way to the line above

    def ring(self, _signal: int, _frame: FrameType | None) -> None:
        """Raise TimeUp, if it is time."""
        if monotonic() >= self._until:
            raise TimeUp


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
    import ctypes  # noqa: PLC0415 - start-up time: only other threads and Windows need it

    raise_in_thread = ctypes.pythonapi.PyThreadState_SetAsyncExc
    worker = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    ended = threading.Event()

    def watch() -> None:
        wait = seconds
        while not ended.wait(wait):
            with lock:
                if not ended.is_set():
                    raise_in_thread(worker, ctypes.py_object(TimeUp))
            wait = RING_AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        try:
            return work()
        finally:
            ended.set()
    finally:
        ended.set()  # again: the exception may have come on the way to the line above
        with lock:
            raise_in_thread(worker, None)  # takes back an exception that came too late
