"""The lock: a site is built by one process at a time."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.model.problems import HinderedError
from generator.publish.handles import BINARY, NOFOLLOW, Folder
from generator.state.folder import ready_state, state_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "lock"
LOOK_AGAIN_SECONDS = 0.05
LONGEST_COMMAND = 120
OPENING = os.O_RDWR | os.O_CREAT | BINARY | NOFOLLOW
WITHOUT_LOCKS = {errno.ENOTSUP, errno.ENOSYS, errno.ENOLCK, errno.EINVAL}
"""What a disk without locks answers, such as some network disks."""

_held: set[int] = set()
"""The locks of this process. A forked child has them open too, and would keep them held when this
process dies; so it closes them, and only a process-wide set can tell it which they are."""


class BusyError(HinderedError):
    """Another process is building the site; `holder` says which, as far as it is known."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        message = f"this site is being built already, by {holder}"
        hint = "Wait until it is done, or stop it. Then try again."
        super().__init__(message, hint, is_usage=False)


@contextmanager
def hold(
    site: Path, *, wait_seconds: float = 0, said: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the lock of a site: of its output folders, and of all that `.broadsheet/` remembers.

    Waits up to so many seconds for another process to let go, and says once for whom.
    Raises BusyError when it does not, OSError when the lock cannot be made. The system lets go
    of a lock when its process ends, however it ends; workers do not keep it.
    """
    path = state_folder(site) / NAME
    number = _acquire(site, path, time.monotonic() + wait_seconds, said or (lambda _: None))
    _held.add(number)
    try:
        _write(number, _self_description())
        yield
    finally:
        _held.discard(number)
        _write(number, "")
        os.close(number)


def _acquire(site: Path, path: Path, deadline: float, said: Callable[[str], None]) -> int:
    has_said = False
    while True:
        ready_state(site)
        with Folder.at(path.parent) as folder:
            number = folder.open(NAME, OPENING)
        try:
            if _lock(number, said) and _is_still_at(number, path):
                return number
        except BaseException:
            os.close(number)
            raise
        os.close(number)
        if time.monotonic() >= deadline:
            raise BusyError(holder(path))
        if not has_said:
            said(f"Waiting for {holder(path)}, which is building this site.")
            has_said = True
        time.sleep(LOOK_AGAIN_SECONDS)


def holder(path: Path) -> str:
    """Who holds a lock, as its holder described itself."""
    try:
        with Folder.at(path.parent) as folder:
            lines = folder.read(path.name).decode("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    return " ".join(lines) or "another process"


if sys.platform == "win32":

    def _lock(number: int, _said: Callable[[str], None]) -> bool:
        """Lock a byte far behind the text: nobody may read what is locked."""
        os.lseek(number, 1 << 30, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(number: int, said: Callable[[str], None]) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in WITHOUT_LOCKS:
                raise
            said("This disk has no locks: take care not to build this site twice at once.")
        return True

    def _let_go() -> None:
        """In a child: close its copies of the locks that its parent holds."""
        for number in _held:
            os.close(number)
        _held.clear()

    os.register_at_fork(after_in_child=_let_go)


def _is_still_at(number: int, path: Path) -> bool:
    """Whether the file that was locked is still the one at its path, and not thrown away."""
    try:
        return os.path.samestat(os.fstat(number), path.lstat())
    except FileNotFoundError:
        return False


def _write(number: int, text: str) -> None:
    """For people only: a lock is held without it just as well."""
    try:
        os.ftruncate(number, 0)
        os.lseek(number, 0, os.SEEK_SET)
        os.write(number, text.encode("utf-8", "replace"))
    except OSError:
        return


def _self_description() -> str:
    """Process, command and start, a line each."""
    program = Path(sys.argv[0] or "python")
    name = program.parent.name if program.name == "__main__.py" else program.name
    command = " ".join([name, *sys.argv[1:]])[:LONGEST_COMMAND]
    since = time.strftime("%Y-%m-%d %H:%M:%S%z")  # datetime refuses some of the zones that TZ has
    return f"process {os.getpid()}\n({command})\nsince {since}\n"
