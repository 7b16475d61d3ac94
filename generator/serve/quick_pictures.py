"""Quick pictures: what a preview shows in place of the widths and parts that a build encodes.

A page asks for a picture of some width. It gets one of that width, made when it is asked for: as a
JPEG, or a WebP where there may be something to see through, with no more care than looking at it
takes. Few are made at once, and those made last are kept.
"""

import asyncio
import os
from collections import OrderedDict
from pathlib import Path

from generator.model.pictures import Rendition
from generator.model.values import frozen

MOST_BYTES = 32 << 20
LARGEST = 96 << 20
"""Bytes of the largest file that is unpacked for a preview."""
AT_ONCE = 2
"""Pictures that are unpacked at a time: each may take 256 MB for a moment."""
Key = tuple[object, ...]


@frozen
class QuickPicture:
    """A picture as it is sent; no `data` where the file itself must do."""

    media_type: str
    data: bytes


NONE = QuickPicture("", b"")


class QuickPictures:
    """Makes pictures when they are asked for, and keeps those asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, QuickPicture] = OrderedDict()
        self._bytes = 0
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def of(self, file: Path, rendition: Rendition) -> QuickPicture:
        """A file's picture as a rendition wants it. Raises OSError."""
        found = await asyncio.to_thread(file.stat)
        stamp = found.st_mtime_ns, found.st_size, found.st_ino
        key = (str(file), stamp, rendition.width, rendition.height, rendition.box, rendition.format)
        if found.st_size > LARGEST:
            return NONE
        if known := self._known(key):
            return known
        async with self._turn:
            # Meanwhile another may have asked for the very same.
            made = self._known(key)
            if made is None:
                made = await asyncio.to_thread(_made, file, rendition)
        self._keep(key, made)
        return made

    def _known(self, key: Key) -> QuickPicture | None:
        known = self._kept.get(key)
        if known:
            self._kept.move_to_end(key)
        return known

    def _keep(self, key: Key, made: QuickPicture) -> None:
        if key not in self._kept:
            self._kept[key] = made
            self._bytes += len(made.data)
        while self._bytes > MOST_BYTES:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= len(dropped.data)


def _made(file: Path, rendition: Rendition) -> QuickPicture:
    from generator.pictures.encoding import PictureError, sketched  # noqa: PLC0415 - 10 ms: Pillow

    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as opened:
        data = opened.read()
    try:
        return QuickPicture(*sketched(data, rendition))
    except PictureError:
        return NONE
