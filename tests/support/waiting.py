"""Waiting for what other processes and threads do, however busy the machine is."""

import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds after which nobody waits any more."""


def wait_until(is_so: Callable[[], bool]) -> None:
    """Come back once something is so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)
