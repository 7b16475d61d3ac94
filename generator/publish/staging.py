"""The staging folder: where new files wait until they are put in place."""

import errno
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from generator.publish.disk import write_file

LONGEST_NAME = 255
"""Bytes of a file's or folder's name, as most disks have it."""


def staging_folder(output: Path) -> Path:
    """Where new files wait: on the output folder's own disk, so that renaming works.

    That is beside the output folder, or inside it when it is a disk of its own.
    """
    is_mount = os.path.ismount(output)  # a Path cannot tell, on Windows
    return (output if is_mount else output.parent) / f".{output.name}.staging"


@dataclass(slots=True)
class Staging:
    """New contents of published files, each in a numbered file; `names` tells which, by path."""

    folder: Path
    names: dict[str, str] = field(default_factory=dict)
    _reserved: dict[str, str] = field(default_factory=dict)
    _last: int = 0

    def write(self, path: str, data: bytes) -> None:
        """Keep the new content of a path."""
        write_file(self.reserve(path), [data])
        self._keep(path)

    def copy(self, path: str, original: Path) -> None:
        """Keep a copy of a file as the new content of a path."""
        shutil.copyfile(original, self.reserve(path))
        self._keep(path)

    def reserve(self, path: str) -> str:
        """Choose the file into which somebody else may write the new content of a path."""
        # Most paths are too short to ask.
        if (len(path) if path.isascii() else 4 * len(path)) > LONGEST_NAME and any(
            len(os.fsencode(name)) > LONGEST_NAME for name in path.split("/")
        ):
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), path)
        if not self._last:
            self.folder.mkdir(parents=True, exist_ok=True)
        self._last += 1
        self._reserved[path] = str(self._last)
        return f"{self.folder}/{self._last}"

    def adopt(self, path: str, size: int) -> None:
        """Keep what somebody wrote into the reserved file.

        Raises OSError when the file is not there, or not `size` bytes long.
        """
        staged = f"{self.folder}/{self._reserved[path]}"
        if os.stat(staged).st_size != size:  # noqa: PTH116 - 100,000 of them
            raise OSError(errno.EIO, "not written whole", path)
        self._keep(path)

    def refuse(self, path: str) -> None:
        """Throw away what somebody wrote into the reserved file."""
        os.unlink(f"{self.folder}/{self._reserved.pop(path)}")  # noqa: PTH108 - as above

    def drop(self, path: str) -> None:
        """Throw away the new content of a path, if there is one."""
        if name := self.names.pop(path, ""):
            os.unlink(f"{self.folder}/{name}")  # noqa: PTH108 - as above

    def _keep(self, path: str) -> None:
        self.drop(path)
        self.names[path] = self._reserved.pop(path)

    def clear(self) -> None:
        """Throw away everything; nothing is told of what cannot be."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.names.clear()
        self._reserved.clear()
        self._last = 0
