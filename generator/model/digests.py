"""Digests: a short text that stands for a file's bytes."""

from hashlib import file_digest, sha256
from io import BufferedReader

LENGTH = 32
"""Characters: 128 bits are enough that no two files ever have the same."""


def content_digest(data: bytes) -> str:
    """What stands for a file's bytes: equal digests, equal bytes.

    The beginning of SHA-256, in hexadecimal. Today's processors have it built in, and a story is
    digested three times on its way.
    """
    return sha256(data).hexdigest()[:LENGTH]


def file_content_digest(file: BufferedReader) -> str:
    """The same for an open file, which may be larger than the memory."""
    return file_digest(file, "sha256").hexdigest()[:LENGTH]
