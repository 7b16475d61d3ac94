"""Seals: a text that only this account can have written stands beside each thing it remembers.

A seal is a keyed BLAKE2b (RFC 7693, 2.9). Every kind of thing has a purpose of its own, and so
a key of its own: what was sealed as one is nothing as another.
"""

from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from generator.model.values import frozen
from generator.state.key import key_of

LENGTH = 16
"""Bytes of a seal."""


@frozen
class Seal:
    """Seals one kind of thing, and knows its own seals again."""

    key: bytes
    is_lasting: bool = True

    def __repr__(self) -> str:
        return "Seal(...)"

    def of(self, *parts: bytes | str) -> bytes:
        """The seal of some bytes and texts, in their order; each part's length is sealed too."""
        total = blake2b(key=self.key, digest_size=LENGTH)
        for part in parts:
            data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            total.update(b"%d:" % len(data))
            total.update(data)
        return total.digest()

    def text(self, *parts: bytes | str) -> str:
        """The same in hexadecimal."""
        return self.of(*parts).hex()

    def fits(self, found: bytes | str, *parts: bytes | str) -> bool:
        """Whether a seal that was found, as bytes or in hexadecimal, is the one of these parts."""
        ours = self.of(*parts)
        if isinstance(found, str):
            return compare_digest(found.encode("utf-8", "replace"), ours.hex().encode())
        return compare_digest(found, ours)

    def within(self, purpose: str) -> "Seal":
        """The seal of a kind of thing within this one, such as the rows of one version."""
        return Seal(self.of(purpose), self.is_lasting)


def seal_of(site: Path, purpose: str) -> Seal:
    """The seal of one kind of thing that is remembered of a site. Raises WeakKeyError."""
    key = key_of(site)
    return Seal(key.secret, key.is_lasting).within(purpose)
