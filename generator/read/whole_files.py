"""Whole files: a file's bytes, by as few calls as that takes."""

import hashlib
import os
from io import BufferedReader

from generator.model.digests import LENGTH, content_digest

READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
USUAL = 1 << 15
"""Bytes asked for at first: nearly every text has fewer."""
LARGE = 1 << 20
"""Bytes beyond which a file that is no text is never held in memory as a whole."""


def read_whole(path: str, size: int = USUAL) -> bytes:
    """The bytes of a file that has about `size` of them. Raises OSError.

    An archive has 100,000 files: a file object for each would take twice the time.
    """
    number = os.open(path, READING)
    try:
        data = os.read(number, size + 1)
        while more := os.read(number, size + 1):
            data += more
        return data
    finally:
        os.close(number)


def file_digest(file: BufferedReader) -> str:
    """The `content_digest` of an open file, piece by piece."""
    return hashlib.file_digest(file, "sha256").hexdigest()[:LENGTH]


def digest_at(path: str, size: int) -> str:
    """The digest of a file that has about `size` bytes, piece by piece if these are many.

    Raises OSError.
    """
    if size <= LARGE:
        return content_digest(read_whole(path, size))
    with open(path, "rb") as file:  # noqa: PTH123 - it is no Path
        return file_digest(file)
