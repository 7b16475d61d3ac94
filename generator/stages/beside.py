"""Beside: one thing that a forked process does, while this one goes on."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import NoReturn

from generator.stages.collector import spare_collector
from generator.stages.interrupts import STOPPING, undisturbed
from generator.stages.starting import start_method

DONE = b"."
"""How an answer ends: without it, the process died on the way."""

Work = Callable[[Callable[[], bytes]], bytes]
"""What is done beside, and gives the answer. It may call what it is given, once, for the message.

It finds everything as it was when it was forked, but must open files and databases anew.
"""


class Beside:
    """A process that does one thing; none where it cannot be had, and then nothing is heard."""

    def __init__(self) -> None:
        self._process = 0
        self._ends: list[int] = []

    def begin(self, work: Work) -> None:
        """Fork the process."""
        with undisturbed(), suppress(OSError):  # one that has just begun must not be forgotten
            theirs, message = os.pipe()
            self._ends += [theirs, message]
            answer, told = os.pipe()
            self._ends += [answer, told]
            self._process = os.fork() or _work(work, theirs, told, (message, answer))
            os.close(theirs)
            os.close(told)
            self._ends = [message, answer]

    @property
    def is_there(self) -> bool:
        """Whether there is a process to hear from."""
        return self._process > 0

    def hear(self, message: bytes = b"") -> bytes | None:
        """Hand over the message, and wait for the answer; None from a process that has died."""
        if not self._process:
            return None
        with suppress(OSError):
            self._close_after(message)
            with open(self._ends[-1], "rb", closefd=False) as answer:
                heard = answer.read()
            if heard.endswith(DONE):
                return heard.removesuffix(DONE)
        self.close()
        return None

    def _close_after(self, message: bytes) -> None:
        with open(self._ends[0], "wb", closefd=False) as tasks:
            tasks.write(message)
        os.close(self._ends.pop(0))

    def close(self) -> None:
        """End the process at once."""
        with undisturbed():
            for end in self._ends:
                os.close(end)
            self._ends.clear()
            if self._process:
                with suppress(ProcessLookupError, ChildProcessError):
                    os.kill(self._process, signal.SIGKILL)
                    os.waitpid(self._process, 0)
            self._process = 0


@contextmanager
def beside(work: Work, *, pays: bool = True) -> Iterator[Beside]:
    """Do something in another process while the block runs, if that is safe here, and pays.

    No process is left when the block has ended.
    """
    with closing(Beside()) as process:
        if pays and sys.platform == "linux" and start_method() == "fork":
            process.begin(work)
        yield process


def _work(work: Work, message: int, answer: int, others: tuple[int, int]) -> NoReturn:
    """In the forked process: do it, answer and be gone, whatever happens; nothing is cleared up."""
    try:
        for number in STOPPING:
            signal.signal(number, signal.SIG_DFL)
        for end in others:
            os.close(end)  # or nobody would learn that the other side has gone
        spare_collector(is_new=True)
        told = work(open(message, "rb").read)  # noqa: SIM115 - a pipe, and this ends here
        with open(answer, "wb") as file:
            file.write(told + DONE)
    finally:
        os._exit(0)
