"""Whole files: a file's bytes, by as few calls as that takes."""

import os

READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
USUAL = 1 << 15
"""Bytes asked for at first: nearly every text has fewer."""


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
