"""The staging folder: where new files wait until they are put in place."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from generator.mounts import is_mounted
from generator.publish.disk import write_file
from generator.publish.folder import TREE, Order, changed_folders, publishing_order, unknown
from generator.publish.handles import Folder
from generator.publish.store import output_name
from generator.state.seal import seal_of

MARK_LENGTH = 16
LONGEST_NAME = 255
"""Bytes of a file's or folder's name, as most disks have it."""


def staging_folder(output: Path, site: Path) -> Path:
    """Where new files wait: on the output folder's own disk, so that renaming works.

    That is beside the output folder, or inside it when it is mounted by itself. Its name ends
    in a seal: a folder of that name is this account's, and no repository can bring one.
    """
    mark = seal_of(site, "staging").text(os.fsencode(output_name(site, output)))[:MARK_LENGTH]
    return (output if is_mounted(output) else output.parent) / f".{output.name}.staging-{mark}"


def open_staging(output: Path, site: Path) -> Folder | None:
    """The staging folder that a killed run left; None when there is none.

    Raises OSError for a link, and for anything else that is no folder.
    """
    try:
        return Folder.at(staging_folder(output, site))
    except FileNotFoundError:
        return None


@dataclass(slots=True)
class Staging:
    """New contents of published files; `numbers` has one for each that waits, by path.

    Files are named by their numbers, or with `is_tree` stand as they will be published: so whole
    folders can be moved, and the paths may not clash.
    """

    folder: Path
    is_tree: bool = False
    numbers: dict[str, int] = field(default_factory=dict)
    _reserved: dict[str, int] = field(default_factory=dict)
    _last: int = 0

    def write(self, path: str, data: bytes) -> None:
        """Keep the new content of a path."""
        write_file(self.file(path, self.reserve(path)), [data])
        self._keep(path)

    def fill(self, path: str, pieces: Iterable[bytes], size: int) -> None:
        """Keep the new content of a path, which comes piece by piece and is `size` bytes long."""
        file = self.file(path, self.reserve(path))
        try:
            write_file(file, pieces)
            self.adopt(path, size)
        except BaseException:
            with suppress(OSError):
                self.refuse(path)
            raise

    def reserve(self, path: str) -> int:
        """A number for the new content of a path, which somebody else may write into its `file`."""
        # Most paths are too short to ask.
        if (len(path) if path.isascii() else 4 * len(path)) > LONGEST_NAME and any(
            len(os.fsencode(name)) > LONGEST_NAME for name in path.split("/")
        ):
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), path)
        if not self._last:
            self.folder.mkdir(parents=True, exist_ok=True)
            Folder.at(self.folder).close()  # which tells a link from a folder
        self._last += 1
        self._reserved[path] = self._last
        return self._last

    def file(self, path: str, number: int) -> str:
        """The absolute name of the file in which the new content of a path waits."""
        return f"{self.folder}/{self._name(path, number)}"

    def _name(self, path: str, number: int) -> str:
        return f"{TREE}/{path}" if self.is_tree else str(number)

    def adopt(self, path: str, size: int) -> None:
        """Keep what somebody wrote into the reserved file.

        Raises OSError when the file is not there, or not `size` bytes long.
        """
        staged = self.file(path, self._reserved[path])
        if os.stat(staged).st_size != size:  # noqa: PTH116 - 100,000 of them
            raise OSError(errno.EIO, "not written whole", path)
        self._keep(path)

    def refuse(self, path: str) -> None:
        """Throw away what somebody wrote into the reserved file."""
        os.unlink(self.file(path, self._reserved.pop(path)))  # noqa: PTH108 - as above

    def drop(self, path: str) -> None:
        """Throw away the new content of a path, if there is one."""
        if number := self.numbers.pop(path, 0):
            os.unlink(self.file(path, number))  # noqa: PTH108 - as above

    def _keep(self, path: str) -> None:
        number = self._reserved.pop(path)
        if not self.is_tree:
            self.drop(path)
        self.numbers[path] = number

    def moves(self, order: Order = unknown) -> list[tuple[str, str]]:
        """What is moved to which path, in the order in which that is done."""
        if not self.is_tree:
            paths = sorted(self.numbers, key=lambda path: publishing_order(path, order))
            return [(self._name(path, self.numbers[path]), path) for path in paths]
        last: dict[str, int] = {}
        for path in self.numbers:
            top = path.partition("/")[0]
            last[top] = max(last.get(top, 0), publishing_order(path)[0])
        # The front page goes after the folders that it leads to.
        tops = sorted(last, key=lambda top: (last[top], top in self.numbers, top))
        return [(f"{TREE}/{top}", top) for top in tops]

    def contents(self) -> Iterator[str]:
        """All files that wait, and the folders that they stand in, if these are moved too."""
        files = (self.file(path, number) for path, number in self.numbers.items())
        folders = changed_folders(self.folder / TREE, self.numbers) if self.is_tree else ()
        return chain(files, folders)

    def clear(self) -> None:
        """Throw away everything; nothing is told of what cannot be."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.numbers.clear()
        self._reserved.clear()
        self._last = 0
