"""Boxes, of which MP4, M4A and QuickTime files consist (ISO/IEC 14496-12, 4.2)."""

from collections.abc import Iterator
from typing import BinaryIO

from generator.model.values import frozen

MOST_BOXES = 20_000
"""Boxes that are looked at in a file; a film has some dozens a track."""
WIDE_HEADER = 16
FULL = 4
"""Bytes of version and flags with which the content of many boxes begins."""


@frozen
class Box:
    """A box: its type, where it begins, and where its content begins and ends."""

    kind: bytes
    at: int
    start: int
    end: int


class Boxes:
    """The boxes of an open file, which may be larger than the memory.

    `is_broken` once something was met that is no box; no more than MOST_BOXES are looked at.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._left = file, MOST_BOXES
        self.size = file.seek(0, 2)
        self.is_broken = False

    def read(self, start: int, length: int) -> bytes:
        """Some bytes of the file."""
        self._file.seek(start)
        return self._file.read(max(0, length))

    def within(self, start: int, end: int) -> Iterator[Box]:
        """The boxes from one place to another."""
        at = start
        while at + 8 <= end:
            self._left -= 1
            box = self._box(at, end) if self._left > 0 else None
            if box is None or box.end > end:
                self.is_broken = True
                return
            yield box
            at = box.end
        self.is_broken |= at != end

    def top(self) -> Iterator[Box]:
        """The boxes that lie in no other."""
        return self.within(0, self.size)

    def children(self, box: Box) -> dict[bytes, Box]:
        """The boxes in one, by their types; of several of one type the first."""
        found: dict[bytes, Box] = {}
        for child in self.within(box.start, box.end):
            found.setdefault(child.kind, child)
        return found

    def _box(self, at: int, end: int) -> Box | None:
        head = self.read(at, WIDE_HEADER)
        size, header = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), WIDE_HEADER
        elif size == 0:
            size = end - at
        if size < header:
            return None
        return Box(head[4:8], at, at + header, at + size)
