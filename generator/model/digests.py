"""Digests: a short text that stands for a file's bytes."""

from hashlib import sha256

LENGTH = 32
"""Characters: 128 bits are enough that no two files ever have the same."""


def content_digest(data: bytes) -> str:
    """What stands for a file's bytes: equal digests, equal bytes.

    The beginning of SHA-256, in hexadecimal. Today's processors have it built in, and a story is
    digested three times on its way.
    """
    return sha256(data).hexdigest()[:LENGTH]
