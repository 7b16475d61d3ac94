"""The recipe: what the published bytes of a file follow from, but for the file itself.

Most builds clean no picture: whatever does is loaded when one comes.
"""

from hashlib import blake2b
from typing import BinaryIO

from generator.media.findings import Patch
from generator.model.values import frozen

COPIED = "copy:"
"""How the fingerprint of a file begins that is published as it is, or cleaned."""
PICTURE = "picture:"
"""How the fingerprint of a file begins that is made of a picture."""
HEAD = 64
"""Bytes that tell a picture's format."""
LARGEST = 512 << 20
"""Bytes of the largest picture that is looked into: it is held in memory as a whole."""


@frozen
class Cleaning:
    """How pictures are cleaned. `version` stands for the code."""

    version: str
    keep_credit: bool = False

    def fingerprint(self, digest: str) -> str:
        """Stands for what is published of a file with a digest, whatever it is."""
        text = f"{digest} {self.version} {self.keep_credit}"
        return COPIED + blake2b(text.encode(), digest_size=16).hexdigest()

    def takes(self, head: bytes) -> bool:
        """Whether a file that begins so is a picture that is cleaned."""
        from generator.pictures.cleaning import is_picture  # noqa: PLC0415 - 4 ms

        return is_picture(head)

    def patches(self, file: BinaryIO) -> tuple[Patch, ...]:
        """What is written over a file that is no picture, before it is published."""
        from generator.media.cleaning import patches_of  # noqa: PLC0415 - 4 ms

        found = patches_of(file)
        file.seek(0)
        return found

    def of(self, data: bytes) -> bytes:
        """A picture as it is published."""
        from generator.pictures.cleaning import cleaned  # noqa: PLC0415 - 4 ms

        return cleaned(data, keep_credit=self.keep_credit)
