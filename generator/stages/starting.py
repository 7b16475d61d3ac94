"""Starting: how processes are to begin on this machine, at this moment, and how many pay."""

import os
import sys
import threading
from typing import Literal

Method = Literal["fork", "forkserver", "spawn"]


def start_method() -> Method:
    """How processes are to begin.

    A fork takes a hundredth of a second, for it has everything imported already. It is safe
    only while there is no other thread, whose locks it would inherit, and on Linux. A server
    process from which workers are forked takes a fifth of a second.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    return "forkserver" if os.name == "posix" else "spawn"


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
