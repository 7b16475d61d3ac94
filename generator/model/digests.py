"""Digests: a short text that stands for a file's bytes."""

from collections.abc import Iterable
from hashlib import sha256

LENGTH = 32
"""Characters: 128 bits are enough that no two files ever have the same."""


def content_digest(data: bytes) -> str:
    """What stands for a file's bytes: equal digests, equal bytes.

    The beginning of SHA-256, in hexadecimal. Today's processors have it built in, and a story is
    digested three times on its way.
    """
    return sha256(data).hexdigest()[:LENGTH]


def digest_of_pieces(pieces: Iterable[bytes]) -> str:
    """The same of a file that comes piece by piece."""
    total = sha256()
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()[:LENGTH]
