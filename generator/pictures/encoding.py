"""Encoding: one picture decoded once, and made into all that is published of it.

Same bytes, same result: AVIF's follow from the number of threads, so there is one. What is too
large, cut off or damaged raises PictureError; nothing else does.
"""

import io
import warnings
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from PIL import ImageSequence
from PIL.Image import Image

from generator.model.pictures import Rendition
from generator.model.values import replace
from generator.pictures.colour import in_srgb, on_white
from generator.pictures.credit import Credit
from generator.pictures.exif import UPRIGHT, exif_of, read_exif
from generator.pictures.header import MOST_PIXELS, ORIENTATION, TURNED, pillow

WEBP_EFFORT = 4
SKETCH_QUALITY = 70
AVIF_BELOW = 14
"""By how much AVIF's own number for a quality is below WebP's."""
JPEG_ABOVE = 2
PNG_EFFORT = 6
NO_BOX = (0, 0, 0, 0)
Box = tuple[float, float, float, float]


class PictureError(Exception):
    """A picture that cannot be unpacked; says why, in words that follow its name."""


def encoded(data: bytes, renditions: Iterable[Rendition]) -> Iterator[tuple[Rendition, bytes]]:
    """A picture's bytes as each of some renditions wants them. Raises PictureError."""
    row = sorted(renditions, key=lambda rendition: (rendition.is_animated, -rendition.base))
    try:
        with warnings.catch_warnings(action="ignore"):
            for (is_animated, base), some in groupby(row, attrgetter("is_animated", "base")):
                wanted = tuple(some)
                yield from _animated(data, wanted) if is_animated else _still(data, base, wanted)
    except PictureError:
        raise
    except Exception as error:  # decoders of a dozen formats raise whatever they like
        raise PictureError("is damaged, or not all of it is there") from error


def sketched(data: bytes, rendition: Rendition) -> tuple[str, bytes]:
    """A picture as a rendition wants it, made as quickly as can be: media type and bytes.

    What moves stands still. Raises PictureError.
    """
    kind = "jpeg" if rendition.format == "jpeg" else "webp"
    base = rendition.width if rendition.box == NO_BOX else rendition.base
    wanted = replace(rendition, base=base, format=kind, quality=SKETCH_QUALITY, is_animated=False)
    try:
        with warnings.catch_warnings(action="ignore"):
            ((_, made),) = _still(data, base, (wanted,), effort=0)
    except PictureError:
        raise
    except Exception as error:  # decoders of a dozen formats raise whatever they like
        raise PictureError("is damaged, or not all of it is there") from error
    return f"image/{kind}", made


def _still(
    data: bytes, base: int, renditions: Iterable[Rendition], effort: int = WEBP_EFFORT
) -> Iterator[tuple[Rendition, bytes]]:
    with pillow().open(io.BytesIO(data)) as opened:
        orientation = opened.getexif().get(ORIENTATION, 1)
        whole = opened.size[::-1] if orientation in TURNED else opened.size
        if whole[0] * whole[1] > MOST_PIXELS:
            raise PictureError("is too large to unpack")
        scale = min(1.0, base / whole[0])
        size = tuple(max(1, round(side * scale)) for side in opened.size)
        opened.draft(None, size)  # a JPEG can be unpacked at a half, a quarter or an eighth
        credit = read_exif(opened.info.get("exif", b"").removeprefix(b"Exif\0\0")).credit
        opened.load()
        small = in_srgb(_reduced(opened, size))
    small.info = {}
    turned = _turned(small, orientation)
    for rendition in renditions:
        yield rendition, _bytes(_framed(turned, rendition, whole), rendition, credit, effort)


def _reduced(picture: Image, size: tuple[int, ...]) -> Image:
    """The picture no larger than it is needed. Colours of a palette cannot be mixed: those wait."""
    if picture.size == size or picture.mode in ("1", "P", "PA") or picture.mode.startswith("I"):
        return picture
    if picture.mode in ("L", "RGB") and "transparency" in picture.info:
        return picture
    return _resized(picture, size)


def _resized(picture: Image, size: tuple[int, ...], box: Box | None = None) -> Image:
    resampling = pillow().Resampling.LANCZOS
    info = dict(picture.info)
    made = picture.resize(size, resampling, box=box, reducing_gap=3.0)
    made.info = info
    return made


def _turned(picture: Image, orientation: int) -> Image:
    """The picture as its camera was held."""
    way = pillow().Transpose
    ways = {
        2: way.FLIP_LEFT_RIGHT,
        3: way.ROTATE_180,
        4: way.FLIP_TOP_BOTTOM,
        5: way.TRANSPOSE,
        6: way.ROTATE_270,
        7: way.TRANSVERSE,
        8: way.ROTATE_90,
    }
    return picture.transpose(ways[orientation]) if orientation in ways else picture


def _framed(picture: Image, rendition: Rendition, whole: tuple[int, int]) -> Image:
    """A rendition's part of the picture, which may be smaller than the whole, in its size."""
    left, top, width, height = rendition.box if rendition.box != NO_BOX else (0, 0, *whole)
    x, y = picture.width / whole[0], picture.height / whole[1]
    box = (left * x, top * y, (left + width) * x, (top + height) * y)
    if picture.size == (rendition.width, rendition.height) and rendition.box == NO_BOX:
        return picture
    return _resized(picture, (rendition.width, rendition.height), box)


def _bytes(picture: Image, rendition: Rendition, credit: Credit, effort: int) -> bytes:
    """A picture in a format, with nothing but its pixels; its credit where that is to be kept."""
    more: dict[str, Any] = {}
    if rendition.keep_credit and (made := exif_of(UPRIGHT, credit)):
        more["exif"] = b"Exif\0\0" + made
    file = io.BytesIO()
    match rendition.format:
        case "jpeg":
            flat, quality = on_white(picture), min(rendition.quality + JPEG_ABOVE, 95)
            flat.save(file, "JPEG", quality=quality, optimize=True, progressive=True, **more)
        case "webp":
            picture.save(file, "WEBP", quality=rendition.quality, method=effort, **more)
        case "avif":
            quality = max(rendition.quality - AVIF_BELOW, 1)
            wanted = picture if picture.mode in ("RGB", "RGBA") else _coloured(picture)
            options = {"quality": quality, "speed": rendition.speed, "max_threads": 1}
            wanted.save(file, "AVIF", **options, **more)
        case "gif":
            picture.save(file, "GIF")
        case _:
            picture.save(file, "PNG", compress_level=PNG_EFFORT, **more)
    return file.getvalue()


def _coloured(picture: Image) -> Image:
    return picture.convert("RGBA" if picture.mode == "LA" else "RGB")


def _animated(data: bytes, renditions: Iterable[Rendition]) -> Iterator[tuple[Rendition, bytes]]:
    """A moving picture in other sizes, each frame for as long as before."""
    for rendition in renditions:
        with pillow().open(io.BytesIO(data)) as opened:
            frames, durations = [], []
            orientation = opened.getexif().get(ORIENTATION, 1)
            size = (rendition.width, rendition.height)
            for frame in ImageSequence.Iterator(opened):
                frame.load()  # then only a WebP says for how long
                durations.append(frame.info.get("duration") or 100)
                upright = _turned(in_srgb(frame), orientation)
                frames.append(_resized(_coloured(upright), size))
            loop = opened.info.get("loop", 1)
        for frame in frames:
            frame.info = {}
        file = io.BytesIO()
        options = {"quality": rendition.quality, "method": WEBP_EFFORT, "loop": loop}
        later = frames[1:]
        frames[0].save(
            file, "WEBP", save_all=True, append_images=later, duration=durations, **options
        )
        yield rendition, file.getvalue()
