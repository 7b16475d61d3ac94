"""Pictures: what they are and how large, from the first bytes of the file."""

import io
import re
from typing import BinaryIO

from generator.model.article import SourceFile
from generator.model.pictures import NOTHING_SEEN, TIFF_HEADS, Seen
from generator.model.recordings import medium_of

SVG = ".svg"
PDF = ".pdf"
TIFF = (".tif", ".tiff")
LARGEST_TIFF = 64 << 20
"""Bytes of a TIFF that are looked into."""
RASTER = (".png", ".apng", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".avif")

SVG_TAG = re.compile(rb"<svg\b[^>]*+(?:>|\Z)")
SVG_SIZE = re.compile(rb"(?<![\w-])(width|height)\s*=\s*[\"']\s*([0-9.]+)(?:px)?\s*[\"']")
SVG_BOX = re.compile(
    rb"\bviewBox\s*=\s*[\"']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)"
)


def look_at(name: str, data: bytes, digest: str) -> Seen:
    """What the bytes of a file of that name show, which have a digest."""
    is_looked_into = is_picture(name) or medium_of(name) or _may_tell(name)
    return look_at_open(name, io.BytesIO(data), digest) if is_looked_into else NOTHING_SEEN


def look_at_open(name: str, file: BinaryIO, digest: str) -> Seen:
    """The same of an open file, of which no more is read than that takes."""
    if name.lower().endswith(SVG):
        return Seen(*_measure_svg(file.read()), tells=_told_of(file))
    if medium_of(name):
        from generator.media.facts import facts_of  # noqa: PLC0415 - 1 ms

        facts = facts_of(file)
        size = facts.width, facts.height
        return Seen(*size, seconds=facts.seconds, tells=_told_of(file))
    if not is_picture(name):
        return Seen(tells=_told_of(file)) if _may_tell(name) else NOTHING_SEEN
    from generator.pictures.header import look  # noqa: PLC0415 - 5 ms: for sites that have such pictures

    return look(name, file, digest)


def _may_tell(name: str) -> bool:
    return name.lower().endswith((PDF, *TIFF))


def _told_of(file: BinaryIO) -> str:
    """What an open file tells beside what is seen, that publishing it does not take out."""
    from generator.media.cleaning import told_of  # noqa: PLC0415 - 4 ms: for sites that have such files

    file.seek(0)
    head = file.read(4)
    if head in TIFF_HEADS:
        from generator.pictures.cleaning import traces  # noqa: PLC0415 - 4 ms

        return ", ".join(traces(head + file.read(LARGEST_TIFF)))
    return told_of(file)


def described(path: str, size: int, digest: str, seen: Seen) -> SourceFile:
    """A file that may be published, with what a look at it shows."""
    return SourceFile(
        path=path,
        size=size,
        digest=digest,
        width=seen.width,
        height=seen.height,
        raster=seen.raster,
        fault=seen.fault,
        doubt=seen.doubt,
        seconds=seen.seconds,
        tells=seen.tells,
    )


def is_picture(name: str) -> bool:
    """Whether a file of that name may be a picture."""
    return name.lower().endswith((*RASTER, SVG))


def _measure_svg(data: bytes) -> tuple[int, int]:
    tag = SVG_TAG.search(data)
    if tag is None:
        return 0, 0
    sizes = dict(SVG_SIZE.findall(tag[0]))
    box = SVG_BOX.search(tag[0])
    if b"width" in sizes and b"height" in sizes:
        return _pixels(sizes[b"width"]), _pixels(sizes[b"height"])
    return (_pixels(box[1]), _pixels(box[2])) if box else (0, 0)


def _pixels(text: bytes) -> int:
    try:
        return round(float(text))
    except (ValueError, OverflowError):  # 1.2.3, or more digits than a number has
        return 0
