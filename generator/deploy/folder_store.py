"""A folder as a store: on this machine, or wherever it is mounted. No link in it is followed."""

import errno
import hashlib
import os
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from generator.deploy.release import Entry
from generator.deploy.store import Held, MovedError
from generator.deploy.target import DeployError
from generator.publish.handles import NEW, Folder
from generator.publish.lock import hold

DRAFT = ".broadsheet/draft"
WAIT_SECONDS = 10.0


class FolderStore:
    """The files below a folder, which is made when it is not there."""

    side_by_side = 1  # an open folder serves one at a time, and no network is waited for

    def __init__(self, root: Path) -> None:
        self.root = root
        self._handles: tuple[Folder, Folder] | None = None

    def _opened(self) -> tuple[Folder, Folder]:
        """The folder, opened twice: for what stands in it, and for drafts."""
        if self._handles is None:
            self.root.mkdir(parents=True, exist_ok=True)
            real = self.root.resolve()
            self._handles = Folder.at(real), Folder.at(real)
            for each in self._handles:
                weakref.finalize(self, each.close)
        return self._handles

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the machine refuses at this folder, in a sentence."""
        try:
            yield
        except OSError as error:
            hint = "Check free space and permissions there, then deploy again."
            file = f" ({Path(error.filename).name})" if isinstance(error.filename, str) else ""
            reason = f"{error.strerror or 'it does not answer'}{file}"
            raise DeployError(f"{self.root.name} cannot be used: {reason}", hint) from None

    def read(self, path: str) -> Held | None:
        """What stands at a path."""
        with self._told():
            try:
                folder, name = self._opened()[0].holder(path)
                data = folder.read(name)
            except (FileNotFoundError, NotADirectoryError):
                return None
        return Held(data, _version(data))

    def size(self, path: str) -> int | None:
        """How many bytes stand at a path."""
        try:
            with self._file(path) as file:
                return file.seek(0, os.SEEK_END)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def span(self, path: str, start: int, end: int) -> bytes:
        """Some of the bytes that stand at a path."""
        with self._file(path) as file:
            file.seek(start)
            return file.read(end - start)

    def _file(self, path: str) -> BinaryIO:
        folder, name = self._opened()[0].holder(path)
        return os.fdopen(folder.open(name), "rb")

    def put(self, path: str, data: bytes | Path, entry: Entry) -> None:  # noqa: ARG002 - it serves nothing
        """Write a file aside, then move it to its place."""
        held = data.read_bytes() if isinstance(data, Path) else data
        with self._told():
            self._put(path, held)

    def _put(self, path: str, held: bytes) -> None:
        root, aside = self._opened()
        drafts, draft = aside.holder(DRAFT, make=True)
        with suppress(FileNotFoundError):
            drafts.unlink(draft)  # a killed run's
        with os.fdopen(drafts.open(draft, NEW), "wb") as file:
            file.write(held)
        folder, name = root.holder(path, make=True)
        try:
            drafts.move(draft, folder, name)
        except OSError as error:
            if error.errno not in (errno.EISDIR, errno.ENOTEMPTY, errno.EEXIST):
                raise
            folder.rmdir(name)  # an empty folder of that name makes way
            drafts.move(draft, folder, name)

    def swap(self, path: str, data: bytes, version: str | None) -> str:
        """Replace a file while no other process of ours does."""
        with self._told():
            self.root.mkdir(parents=True, exist_ok=True)
        with self._told(), hold(self.root, wait_seconds=WAIT_SECONDS):
            held = self.read(path)
            if (held.version if held else None) != version:
                raise MovedError
            self.put(path, data, Entry("", 0))
        return _version(data)

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, and folders that are left empty."""
        root = self._opened()[0]
        for path in paths:
            with self._told(), suppress(FileNotFoundError, NotADirectoryError):
                folder, name = root.holder(path)
                folder.unlink(name)
                self._remove_empty(root, path)

    def _remove_empty(self, root: Folder, path: str) -> None:
        folder = path.rpartition("/")[0]
        while folder:
            above, name = root.holder(folder)
            try:
                above.rmdir(name)
            except OSError:  # something is in it
                return
            folder = folder.rpartition("/")[0]

    def marks(self) -> Mapping[str, str]:
        """Every file below; reads all of them."""
        found = {}
        for folder, _, names in os.walk(self.root):
            for name in names:
                file = Path(folder, name)
                is_plain = file.is_file() and not file.is_symlink()
                mark = hashlib.md5(file.read_bytes(), usedforsecurity=False) if is_plain else None
                found[file.relative_to(self.root).as_posix()] = mark.hexdigest() if mark else ""
        return found


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
