"""Pictures: how large they are, from the first bytes of the file."""

import io
import logging
import re
import warnings
from functools import cache
from types import ModuleType
from typing import BinaryIO

SVG = ".svg"
RASTER = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
ORIENTATION = 0x0112
TURNED = (5, 6, 7, 8)
"""The orientations of EXIF 2.32 (4.6.5) in which width and height change places."""

SVG_TAG = re.compile(rb"<svg\b[^>]*+(?:>|\Z)")
SVG_SIZE = re.compile(rb"(?<![\w-])(width|height)\s*=\s*[\"']\s*([0-9.]+)(?:px)?\s*[\"']")
SVG_BOX = re.compile(
    rb"\bviewBox\s*=\s*[\"']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)"
)


def measure(name: str, data: bytes) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) for what is no picture or cannot be measured."""
    return measure_open(name, io.BytesIO(data)) if is_picture(name) else (0, 0)


def measure_open(name: str, file: BinaryIO) -> tuple[int, int]:
    """The same of an open file, of which no more is read than that takes."""
    if name.lower().endswith(SVG):
        return _measure_svg(file.read())
    return _measure_raster(file) if is_picture(name) else (0, 0)


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


@cache
def _pillow() -> ModuleType:
    """Pillow's `Image`. It takes 30 ms to import: only for sites that have such pictures."""
    from PIL import Image  # noqa: PLC0415 - see above

    # What it notes of a broken file is nothing that people could do something about.
    logging.getLogger("PIL").addHandler(logging.NullHandler())
    return Image


def _measure_raster(file: BinaryIO) -> tuple[int, int]:
    try:
        # Pillow warns of what takes much room unpacked, and of damage: nothing is unpacked here.
        with warnings.catch_warnings(action="ignore"), _pillow().open(file) as picture:
            width, height = picture.size
            # Browsers turn a photo as its camera asks.
            is_turned = picture.format == "JPEG" and picture.getexif().get(ORIENTATION) in TURNED
            return (height, width) if is_turned else (width, height)
    except Exception:  # noqa: BLE001 - decoders of a dozen formats raise whatever they like
        return 0, 0
