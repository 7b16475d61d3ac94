"""How much work something is, measured so that a busy machine changes nothing."""

import ctypes
import sys
import threading
from collections.abc import Callable
from time import thread_time
from types import FrameType
from typing import Any

TIMES = 8
"""By how much the larger of two sizes is larger."""
SMALLEST = 0.002
"""Seconds of the processor below which nothing is told apart."""
TRIES = 5


def steps(work: Callable[[], object]) -> int:
    """The lines of Python that some work runs in this thread: the same number every time."""
    counted = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 - sys.settrace
        nonlocal counted
        counted += event == "line"
        return trace

    _settle()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return counted


class _SettledError(Exception):
    """Comes at once, and is caught at once."""


def _settle() -> None:
    """Wipe out the mark of an exception that a thread was sent and that was taken back.

    Python 3.11 looks for the exception before it calls a trace, finds none, keeps the mark
    and looks again, for ever. One that does come takes the mark away.
    """
    try:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(threading.get_ident()), ctypes.py_object(_SettledError)
        )
        while True:
            pass
    except _SettledError:
        pass


def processor_seconds(work: Callable[[], object]) -> float:
    """The seconds that a processor spends on some work, without those in which it does other."""
    started = thread_time()
    work()
    return thread_time() - started


def assert_in_proportion(work: Callable[[int], object], size: int) -> None:
    """Work of some size is no more than its share of the work of an eighth of it.

    What grows with the square of the size would take eight times its share. Lines of Python
    are counted; what runs in C, such as a regular expression, is seen by the processor's
    time alone, which may be tried again: no noise makes the work less than it is.
    """
    small, large = steps(lambda: work(size // TIMES)), steps(lambda: work(size))
    assert large <= 1.5 * TIMES * small + 100, f"{small} lines become {large}"
    shares = []
    for _ in range(TRIES):
        least = max(processor_seconds(lambda: work(size // TIMES)), SMALLEST)
        shares.append(processor_seconds(lambda: work(size)) / least)
        if shares[-1] <= 3 * TIMES:
            return
    raise AssertionError(f"the time grows {min(shares):.0f} times when the size grows {TIMES}")
