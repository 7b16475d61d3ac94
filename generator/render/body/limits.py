"""A time limit for work that cannot be trusted to end."""

import signal
import threading
from collections.abc import Callable
from time import monotonic
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")

RING_AGAIN = 0.1
"""Seconds until the alarm is repeated, should something have swallowed it."""


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
    in_main_thread = threading.current_thread() is threading.main_thread()
    if in_main_thread and hasattr(signal, "setitimer"):
        return _by_alarm(seconds, work)
    return _by_watcher(seconds, work)


def _by_alarm(seconds: float, work: Callable[[], Result]) -> Result:
    armed = True

    def ring(_signal: int, _frame: FrameType | None) -> None:
        if armed:
            raise TimeUp

    started = monotonic()
    handler = signal.signal(signal.SIGALRM, ring)
    remaining, interval = signal.setitimer(signal.ITIMER_REAL, seconds, RING_AGAIN)
    try:
        try:
            return work()
        finally:
            armed = False
    finally:
        armed = False  # again: the alarm may have rung on the way to the line above
        if remaining:
            remaining = max(remaining - (monotonic() - started), 0.001)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if handler is None else handler)
        signal.setitimer(signal.ITIMER_REAL, remaining, interval)


def _by_watcher(seconds: float, work: Callable[[], Result]) -> Result:
    import ctypes  # noqa: PLC0415 - start-up time: only other threads and Windows need it

    raise_in_thread = ctypes.pythonapi.PyThreadState_SetAsyncExc
    worker = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    done = False

    def ring() -> None:
        with lock:
            if not done:
                raise_in_thread(worker, ctypes.py_object(TimeUp))

    watcher = threading.Timer(seconds, ring)
    watcher.daemon = True
    watcher.start()
    try:
        return work()
    finally:
        with lock:
            done = True
        watcher.cancel()
        raise_in_thread(worker, None)  # takes back an exception that came too late
