"""Writing that lasts: whole files, folders, and what must outlive a power cut."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path

from generator.model.digests import LENGTH
from generator.publish.handles import BINARY, NEW, NOFOLLOW, Folder

FEW = 64
"""Up to so many files or folders are made to last one by one, more of them all at once."""

WRITING = os.O_WRONLY | os.O_CREAT | BINARY | NOFOLLOW
REPLACING = WRITING | os.O_TRUNC


def write_file(path: str, chunks: Iterable[bytes]) -> None:
    """Write a file, and make its folder. Raises OSError, for a link too."""
    try:
        number = os.open(path, REPLACING, 0o666)
    except FileNotFoundError:
        make_folder(os.path.dirname(path))  # noqa: PTH120 - 100,000 of them
        number = os.open(path, REPLACING, 0o666)
    _write(number, chunks, lasting=False)


def append_file(path: str, chunks: Iterable[bytes]) -> None:
    """Add to a lasting file."""
    _write(os.open(path, WRITING | os.O_APPEND, 0o666), chunks, lasting=True)


def _write(number: int, chunks: Iterable[bytes], *, lasting: bool) -> None:
    """Write to an open file, and close it."""
    try:
        for chunk in chunks:
            done = os.write(number, chunk)
            while done < len(chunk):
                done += os.write(number, memoryview(chunk)[done:])
        if lasting:
            os.fsync(number)
    finally:
        os.close(number)


def file_digest(file: BufferedReader) -> str:
    """The `content_digest` of an open file, which may be larger than the memory."""
    return hashlib.file_digest(file, "sha256").hexdigest()[:LENGTH]


def store_whole(path: Path, chunks: Iterable[bytes], *, with_name: bool = True) -> None:
    """Write a lasting file by way of another, so that nobody ever sees a part of it.

    Its folder must be there, and no link is followed.
    Without its name, its folder is left to be synced by the next one that is stored there.
    """
    draft = f"{path.name}.new"
    with Folder.at(path.parent) as folder:
        with suppress(FileNotFoundError):
            folder.unlink(draft)  # a killed run's, or a link that somebody put there
        _write(folder.open(draft, NEW), chunks, lasting=True)
        folder.move(draft, folder, path.name)
        if with_name:
            folder.sync()


def make_folder(path: str) -> None:
    """Make a folder, and those that it lies in; it may be there already."""
    try:
        os.mkdir(path)  # noqa: PTH102 - 100,000 of them
    except FileExistsError:
        return
    except FileNotFoundError:
        make_folder(os.path.dirname(path))  # noqa: PTH120 - as above
        with suppress(FileExistsError):  # another process was quicker
            os.mkdir(path)  # noqa: PTH102 - as above


def sync(paths: Iterable[str]) -> None:
    """Let files, or the names in folders, outlive a power cut. They all lie on one disk.

    One by one is the quickest for a few. For thousands, Linux can sync a whole disk at
    once: that waits for what other programs wrote, but for nothing twice.
    """
    waiting = iter(paths)
    few = list(islice(waiting, FEW + 1))
    if len(few) > FEW and _sync_disk(few[0]):
        return
    for path in chain(few, waiting):
        _sync_one(path)


def _sync_one(path: str) -> None:
    if os.name == "nt" and os.path.isdir(path):  # noqa: PTH112 - it is no Path
        return  # folders cannot be opened there, and need not be synced
    number = os.open(path, NOFOLLOW | (os.O_RDWR if os.name == "nt" else os.O_RDONLY))
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _sync_disk(path: str) -> bool:
    """Sync the disk that a file lies on; False where the system cannot do that (syncfs)."""
    if os.name == "nt":
        return False
    import ctypes  # noqa: PLC0415 - 1 ms: for many files alone

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    number = os.open(path, os.O_RDONLY)
    try:
        if syncfs(number):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), path)
    finally:
        os.close(number)
    return True
