"""Packs: what a release brought, kept in one archive, so that a rollback has it."""

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.deploy.held_file import HeldFile
from generator.deploy.release import GZIP, Entries, Entry
from generator.deploy.store import Store
from generator.deploy.target import DeployError, RefusedError, Source
from generator.model.digests import content_digest

LARGEST = 8 * 1024 * 1024
"""Bytes of a file beyond which it is not kept: a film is brought again by its own build."""
EPOCH = (1980, 1, 1, 0, 0, 0)
MOST_HEAD = 128
"""Bytes that stand before a file in an archive, beside its name."""
PACK = Entry("", 0, "application/zip", "no-store")


def is_packed(entry: Entry) -> bool:
    """Whether a file is kept for a rollback."""
    return entry.size <= LARGEST


@contextmanager
def packed(paths: Iterable[str], files: Entries, source: Source) -> Iterator[Path]:
    """An archive of these files, gone when the caller is done with it."""
    with TemporaryDirectory(prefix="broadsheet-") as folder:
        archive = Path(folder, "pack.zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
            for path in paths:
                data = source.read(path, files[path])
                pack.writestr(zipfile.ZipInfo(path, EPOCH), data, zipfile.ZIP_DEFLATED)
        yield archive


class PackSource:
    """The contents of an earlier release, from the packs in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._packs: dict[str, tuple[HeldFile, zipfile.ZipFile]] = {}

    def gather(self, paths: Iterable[str], files: Entries) -> None:
        """Have these files here, each as it was. Raises RefusedError for one that was not kept."""
        wanted: dict[str, list[str]] = {}
        for path in paths:
            wanted.setdefault(files[path].pack, []).append(path)
        for name, inside in wanted.items():
            self._bring(name, inside)
            for path in inside:
                self.read(path, files[path])

    def read(self, path: str, entry: Entry) -> bytes:
        """A file as it was. Raises RefusedError for one that was not kept."""
        _, pack = self._packs.get(entry.pack) or (None, None)
        try:
            data = pack.read(path) if pack else b""
        except (KeyError, zipfile.BadZipFile, zlib.error):
            data = b""
        if content_digest(data) != entry.digest:
            hint = "Build that version of the site again, and deploy it."
            raise RefusedError(f"that release cannot be brought back: {path} was not kept", hint)
        return data

    def _bring(self, name: str, paths: Iterable[str]) -> None:
        """Have those parts of a pack here that hold some files; nothing where there is none."""
        size = self._store.size(name) if name else None
        if size is None:
            return
        held = HeldFile(self._store, name, size)
        try:
            pack = zipfile.ZipFile(held)
        except zipfile.BadZipFile:
            return
        known = {member.filename: member for member in pack.infolist()}
        held.bring(_span(known[path]) for path in paths if path in known)
        self._packs[name] = held, pack


def _span(member: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the bytes of a file begin and end in its archive."""
    begin = member.header_offset
    return begin, begin + MOST_HEAD + len(member.filename.encode()) + member.compress_size


class FolderSource:
    """The contents of a published folder, which must still be what was built."""

    def __init__(self, output: Path) -> None:
        self._output = output

    def read(self, path: str, entry: Entry) -> bytes:
        """A file as it was built. Raises DeployError for one that has changed since then."""
        data = (self._output / path).read_bytes()
        if content_digest(data) != entry.digest:
            hint = "Run broadsheet build again, then deploy."
            raise DeployError(f"{path} has changed since the site was built", hint)
        return data


def stored(data: bytes, entry: Entry) -> bytes:
    """The bytes as a store holds them."""
    if entry.encoding != GZIP:
        return data
    return gzip.compress(data, 6, mtime=0)
