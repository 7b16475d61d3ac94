"""Handles: a folder that is open, and files in it named from there, so that no link leads astray.

A path is looked up anew each time it is used, and between two uses any part of it may become a
link. A folder that is open stays the one it was. Where a system has no such calls (Windows),
each part of the path is looked at before it is used.
"""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Self

BOUND = {os.open, os.mkdir, os.rename, os.rmdir, os.stat, os.unlink} <= os.supports_dir_fd
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)
READING = os.O_RDONLY | BINARY | NOFOLLOW | getattr(os, "O_NONBLOCK", 0)
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY | NOFOLLOW
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | NOFOLLOW


class Folder:
    """An open folder. `path` says where it was when it was opened."""

    def __init__(self, path: str, number: int) -> None:
        self.path, self.number = path, number
        self._below: tuple[str, Folder] | None = None

    @classmethod
    def at(cls, path: Path | str) -> Self:
        """Open a folder. Raises OSError for none, and for a link to one."""
        name = str(path)
        if BOUND:
            return cls(name, os.open(name, FOLDER))
        if not stat.S_ISDIR(os.lstat(name).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
        return cls(name, -1)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_rest: object) -> None:
        """Let go of it, and of what is open below."""
        self.close()

    def close(self) -> None:
        """Let go of it, and of what is open below."""
        if self._below:
            self._below[1].close()
            self._below = None
        if self.number >= 0:
            os.close(self.number)
            self.number = -1

    def folder(self, path: str, *, make: bool = False) -> "Folder":
        """A folder below, by its path from here; it stays open until the next one is asked for.

        Raises OSError when it is not there, and for a link anywhere on the way.
        """
        if not path:
            return self
        name, _, rest = path.partition("/")
        if self._below is None or self._below[0] != name:
            opened = self._opened(name, make=make)
            if self._below:
                self._below[1].close()
            self._below = name, opened
        return self._below[1].folder(rest, make=make)

    def holder(self, path: str, *, make: bool = False) -> tuple["Folder", str]:
        """The folder that a path's file is in, and the file's name."""
        folder, _, name = path.rpartition("/")
        return self.folder(folder, make=make), name

    def _opened(self, name: str, *, make: bool) -> "Folder":
        where = f"{self.path}/{name}"
        try:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(self._named(name), dir_fd=self._here)
            if BOUND:
                return Folder(where, os.open(name, FOLDER, dir_fd=self.number))
            return Folder.at(where)
        except OSError as error:
            raise _placed(error, name, where) from None

    def _named(self, name: str) -> str:
        return name if BOUND else f"{self.path}/{name}"

    @property
    def _here(self) -> int | None:
        return self.number if BOUND else None

    def open(self, name: str, flags: int = READING, mode: int = 0o666) -> int:
        """Open a file in it, which may not be a link; the number of the open file."""
        if not NOFOLLOW and stat.S_ISLNK(self.mode(name)):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
        try:
            return os.open(self._named(name), flags, mode, dir_fd=self._here)
        except OSError as error:
            raise _placed(error, name, f"{self.path}/{name}") from None

    def read(self, name: str) -> bytes:
        """The bytes of a file in it. Raises OSError, for a link or a pipe too."""
        with os.fdopen(self.open(name), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "not a file", name)
            return file.read()

    def mode(self, name: str) -> int:
        """What stands there, links not followed; 0 for nothing."""
        try:
            return os.stat(self._named(name), follow_symlinks=False, dir_fd=self._here).st_mode
        except FileNotFoundError:
            return 0

    def names(self) -> list[str]:
        """The names of all that is in it."""
        return os.listdir(self.number if BOUND else self.path)  # noqa: PTH208 - of a handle

    def unlink(self, name: str) -> None:
        """Delete a file in it, or a link itself."""
        try:
            os.unlink(self._named(name), dir_fd=self._here)
        except OSError as error:
            raise _placed(error, name, f"{self.path}/{name}") from None

    def rmdir(self, name: str) -> None:
        """Delete an empty folder in it."""
        if self._below and self._below[0] == name:
            self._below[1].close()
            self._below = None
        os.rmdir(self._named(name), dir_fd=self._here)

    def move(self, name: str, target: "Folder", new: str) -> None:
        """Move a file or a folder into another folder, in place of what is there."""
        if not BOUND:
            os.replace(f"{self.path}/{name}", f"{target.path}/{new}")  # noqa: PTH105 - texts
            return
        if self._below and self._below[0] == name:
            self._below[1].close()
            self._below = None
        try:
            os.replace(name, new, src_dir_fd=self.number, dst_dir_fd=target.number)
        except OSError as error:
            raise _placed(error, name, f"{target.path}/{new}") from None

    def sync(self) -> None:
        """Let the names in it outlive a power cut."""
        if self.number >= 0:
            os.fsync(self.number)


def _placed(error: OSError, name: str, path: str) -> OSError:
    """A failure with its whole path: the system names it from an open folder."""
    if error.filename == name:
        error.filename, error.filename2 = path, None
    return error
