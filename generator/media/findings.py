"""Findings: what a sound, film or document tells besides what is heard and seen.

Most of it can be taken out where it stands: a file keeps its length, and every offset in it holds.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from generator.model.values import frozen

POSITION = "a position"
PROGRAM = "the device or program that made it"
DAY = "when it was made"
WORDS = "words for those who made it"
HIDDEN = "what was deleted, and is still there"
TELLS_MORE = "tells more than is seen"
KEPT_HINT = "Take it out where it was made, and save it again; Broadsheet publishes it as it is."
"""What to do about what cannot be taken out."""


@frozen
class Patch:
    """A part of a file, from `start` to `end`, that becomes `data` and, behind it, `filler`."""

    start: int
    end: int
    data: bytes = b""
    filler: bytes = b"\0"

    def within(self, start: int, end: int) -> bytes:
        """What it writes from one place to another, both inside it."""
        head = self.data[start - self.start : end - self.start]
        return head + self.filler * (end - start - len(head))


@frozen
class Finding:
    """Something that is told, in words, and what takes it out; nothing where nothing can."""

    what: str
    patches: tuple[Patch, ...] = ()


def patched(pieces: Iterable[bytes], patches: Iterable[Patch]) -> Iterator[bytes]:
    """A file, piece by piece, with patches put on it; of two that overlap the later counts."""
    waiting, end = deque(sorted(patches, key=lambda patch: patch.start)), 0
    here: list[Patch] = []
    for piece in pieces:
        start, end = end, end + len(piece)
        while waiting and waiting[0].start < end:
            here.append(waiting.popleft())
        if not here:
            yield piece
            continue
        made = bytearray(piece)
        for patch in here:
            first, last = max(start, patch.start), min(end, patch.end)
            if first < last:
                made[first - start : last - start] = patch.within(first, last)
        here = [patch for patch in here if patch.end > end]
        yield bytes(made)
