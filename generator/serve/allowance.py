"""The allowance: whether the system would watch one more folder."""

import ctypes
import errno
import os
import sys
from pathlib import Path

DELETE_SELF = 0x400
"""What to be told of, as `inotify(7)` has it; anything will do."""


def is_used_up(folder: Path) -> bool:
    """Whether no folder can be watched any more, found out by trying with this one.

    Linux lets each user watch so many folders, whichever programs do it. The library passes
    over one that is too many in silence, unless it is the topmost.
    """
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    descriptor = system.inotify_init1(os.O_CLOEXEC)
    if descriptor < 0:
        return False
    try:
        watch = system.inotify_add_watch(descriptor, os.fsencode(folder), DELETE_SELF)
        return watch < 0 and ctypes.get_errno() == errno.ENOSPC
    finally:
        os.close(descriptor)
