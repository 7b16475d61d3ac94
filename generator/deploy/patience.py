"""Patience: what fails in passing is tried again, after pauses that grow."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from generator.deploy.target import DeployError

Result = TypeVar("Result")
PAUSES = (1.0, 3.0, 9.0)
"""Seconds between one try and the next."""


class PassingError(DeployError):
    """A failure that may be gone when the same is tried again; `pause` is what was asked for."""

    def __init__(self, message: str, hint: str, pause: float = 0) -> None:
        super().__init__(message, hint)
        self.pause = pause


def patiently(
    work: Callable[[], Result],
    pauses: Sequence[float] = PAUSES,
    sleep: Callable[[float], None] = time.sleep,
) -> Result:
    """Do something that may fail in passing; the last failure is raised."""
    for pause in pauses:
        try:
            return work()
        except PassingError as error:
            sleep(max(pause, min(error.pause, pauses[-1] * 3)))
    return work()
