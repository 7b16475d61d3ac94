"""Packs: what a release brought, kept in one archive, so that a rollback has it."""

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from struct import Struct
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Lock
from typing import Self

from generator.deploy.held_file import HeldFile
from generator.deploy.release import GZIP, Entries, Entry
from generator.deploy.store import Store
from generator.deploy.target import DeployError, RefusedError, Source
from generator.model.digests import content_digest

LARGEST = 8 * 1024 * 1024
"""Bytes of a file beyond which it is not kept: a film is brought again by its own build."""
EPOCH = (1980, 1, 1, 0, 0, 0)
HEAD, MOST_HEAD = 30, 128
"""Bytes that stand before a file in an archive, beside its name, at least and at most."""
LENGTHS, LENGTHS_AT = Struct("<HH"), 26
"""There stand the lengths of its name, and of what else there is."""
RAW = -zlib.MAX_WBITS
"""Deflated bytes without a head of their own."""
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
        self._here = TemporaryFile()  # noqa: SIM115 - closed at the end
        self._spans: dict[str, tuple[int, int]] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget what was gathered."""
        self._here.close()

    def gather(self, paths: Iterable[str], files: Entries) -> None:
        """Have these files here, each as it was. Raises RefusedError for one that was not kept."""
        wanted: dict[str, list[str]] = {}
        for path in paths:
            wanted.setdefault(files[path].pack, []).append(path)
        for pack, inside in wanted.items():
            found = set()
            for path, data in self._unpacked(pack, inside):
                if content_digest(data) == files[path].digest:
                    found.add(path)
                    self._spans[path] = self._here.tell(), len(data)
                    self._here.write(data)
            for path in inside:
                if path not in found:
                    raise _not_kept(path)

    def read(self, path: str, _entry: Entry) -> bytes:
        """A file that was gathered."""
        start, size = self._spans[path]
        with self._lock:
            self._here.seek(start)
            return self._here.read(size)

    def _unpacked(self, pack: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Those of these files that a pack holds; only the parts of it come that hold them."""
        size = self._store.size(pack) if pack else None
        if size is None:
            return
        with HeldFile(self._store, pack, size) as held, suppress(zipfile.BadZipFile, zlib.error):
            archive = zipfile.ZipFile(held)
            known = {member.filename: member for member in archive.infolist()}
            members = sorted(
                (known[path] for path in paths if path in known), key=lambda one: one.header_offset
            )
            held.bring(map(_span, members))
            for member in members:
                yield member.filename, _content(held, member)


def _span(member: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the bytes of a file begin and end in its archive, as far as can be told."""
    begin = member.header_offset
    return begin, begin + MOST_HEAD + len(member.filename.encode()) + member.compress_size


def _content(held: HeldFile, member: zipfile.ZipInfo) -> bytes:
    """What an archive of ours holds of a file; a tenth of the work that `zipfile` makes of it."""
    start, end = _span(member)
    held.seek(start)
    data = held.read(end - start)
    begin = HEAD + sum(LENGTHS.unpack_from(data, LENGTHS_AT))
    return zlib.decompress(data[begin : begin + member.compress_size], RAW)


def _not_kept(path: str) -> RefusedError:
    hint = "Build that version of the site again, and deploy it."
    return RefusedError(f"that release cannot be brought back: {path} was not kept", hint)


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
