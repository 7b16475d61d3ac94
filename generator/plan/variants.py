"""Variants: what is published of a picture beside its own file, and what of that file itself.

All of it follows from the first bytes of the picture and from the options: no pixel is looked at.
A picture is never made larger than it is.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from generator.model.addresses import Base
from generator.model.article import SourceFile
from generator.model.config import CropShape, PictureFormat, PictureOptions
from generator.model.outputs import Output
from generator.model.pictures import (
    MIDDLE,
    STEPS,
    UPRIGHT,
    Crop,
    Focus,
    Picture,
    PictureFile,
    Rendition,
    Variants,
)
from generator.model.values import frozen, replace

ENCODER = 2
"""Another number where the same picture is encoded to other bytes: so its address changes too."""
FOLDER = "/assets/p/"
ADDRESS = re.compile(r"/assets/p/[a-z0-9-]+-([0-9a-f]{8})-[a-z0-9-]+\.[a-z]+")
LONGEST_NAME = 40
NEAR = 0.85
"""A width is left out that is more than this part of the next: nobody would see a difference."""
MOST_PIXELS = 89_478_485
"""Of all frames of a moving picture together; one that has more is published as it is."""
CROPS = {
    CropShape.WIDE: (1200, 675),
    CropShape.CLASSIC: (1200, 900),
    CropShape.SQUARE: (1200, 1200),
}
LEAST_CROP = 300
"""Pixels of width below which no part is cut out: networks would not show it large."""
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif", "gif": "gif"}
TYPES = {name: f"image/{name}" for name in SUFFIXES}


@frozen
class Made:
    """A file that is made of a picture, and where it is published."""

    address: str
    value: PictureFile


class Recipe:
    """What is made of each picture, by the options."""

    def __init__(self, options: PictureOptions) -> None:
        self.options = options
        self._widest = max(options.widths, default=0)
        made_from = (ENCODER, options.quality, options.avif_speed, options.keep_credit)
        self._made_from = repr(made_from)

    def key(self, file: SourceFile) -> str:
        """What tells the addresses of a picture's variants from those of any other."""
        key = file.raster.key if file.raster else ""
        return blake2b(f"{key} {self._made_from}".encode(), digest_size=4).hexdigest()

    def own(self, file: SourceFile) -> Rendition | None:
        """What stands at a picture's own address instead of its file; None for the file itself.

        No reader needs a camera's four thousand pixels. What lies under `static/` stays as it is,
        and so does what moves.
        """
        raster = file.raster
        if raster is None or file.path.startswith("static/") or not self._is_reduced(file):
            return None
        return self._rendition(file, raster.format.lower(), self._largest(file))

    def _is_reduced(self, file: SourceFile) -> bool:
        raster = file.raster
        if raster is None or raster.frames > 1:
            return False
        return not raster.is_plain or 0 < self._widest < file.width

    def _largest(self, file: SourceFile) -> int:
        return min(file.width, self._widest or file.width)

    def shown(self, file: SourceFile, place: str, base: Base) -> Picture:
        """A picture as pages show it that is published at its own `place`; it has no words yet."""
        made = self._fallback(file)
        variants = tuple(self._variants(file, base))
        if not self._is_reduced(file):
            return Picture(base.url(place), "", "", "", file.width, file.height, "", variants)
        width = self._largest(file)
        address = made.address if made else place
        size = width, _scaled(file, width)
        return Picture(base.url(address), "", "", "", *size, "", variants)

    def _fallback(self, file: SourceFile) -> Made | None:
        """The file for who knows no other, where the picture's own file is not it."""
        raster = file.raster
        if raster is None or not file.path.startswith("static/") or not self._is_reduced(file):
            return None
        kind = "png" if raster.has_alpha else "jpeg"
        return self._made(file, self._rendition(file, kind, self._largest(file)), "")

    def _variants(self, file: SourceFile, base: Base) -> Iterator[Variants]:
        for kind in self._kinds(file):
            made = [self._made(file, rendition, "") for rendition in self._row(file, kind)]
            srcset = ", ".join(
                f"{base.url(one.address)} {one.value.rendition.width}w" for one in made
            )
            yield Variants(TYPES[kind], srcset)

    def _kinds(self, file: SourceFile) -> tuple[str, ...]:
        """The formats in which a picture is offered."""
        raster = file.raster
        if raster is None or not self.options.widths:
            return ()
        wanted = dict.fromkeys(self.options.formats)
        if raster.frames > 1:
            is_small = file.width * file.height * raster.frames <= MOST_PIXELS
            return ("webp",) if PictureFormat.WEBP in wanted and is_small else ()
        still = "png" if raster.has_alpha else "jpeg"
        return tuple(still if kind is PictureFormat.JPEG else kind.value for kind in wanted)

    def _row(self, file: SourceFile, kind: str) -> Iterator[Rendition]:
        for width in widths_of(file.width, self.options.widths):
            yield self._rendition(file, kind, width)

    def crops(self, file: SourceFile, focus: Focus | None) -> Iterator[tuple[str, Made]]:
        """The parts of a picture in the shapes that are asked for, each with its shape."""
        for shape in dict.fromkeys(self.options.crops) if file.raster else ():
            width, height = CROPS[shape]
            box = _box(file, width / height, focus or focus_in(file))
            width = min(width, box[2])
            if width >= LEAST_CROP:
                size = width, max(1, min(height, round(width * box[3] / box[2])))
                base = max(self._largest(file), round(file.width * width / box[2]))
                rendition = replace(
                    self._rendition(file, "jpeg", *size), base=base, box=box, is_animated=False
                )
                yield shape.value, self._made(file, rendition, _place_of(shape, focus))

    def cut(self, file: SourceFile, focus: Focus | None, base: Base) -> tuple[Crop, ...]:
        """The same, as pages name them."""
        found = (made for _, made in self.crops(file, focus))
        return tuple(
            Crop(base.url(made.address), made.value.rendition.width, made.value.rendition.height)
            for made in found
        )

    def outputs(self, file: SourceFile) -> Iterator[Output]:
        """The files that go with a picture that is shown, but for its own and for crops."""
        renditions = (
            rendition for kind in self._kinds(file) for rendition in self._row(file, kind)
        )
        made = [self._made(file, rendition, "") for rendition in renditions]
        fallback = self._fallback(file)
        for one in (*made, *([fallback] if fallback else [])):
            yield output_of(one)

    def _rendition(self, file: SourceFile, kind: str, width: int, height: int = 0) -> Rendition:
        """A picture of so many pixels; its height follows from its width where none is named."""
        options, raster = self.options, file.raster
        return Rendition(
            key=raster.key if raster else "",
            base=self._largest(file),
            width=width,
            height=height or _scaled(file, width),
            format=kind,
            quality=options.quality,
            speed=options.avif_speed if kind == "avif" else 0,
            is_animated=bool(raster and raster.frames > 1),
            keep_credit=options.keep_credit,
        )

    def _made(self, file: SourceFile, rendition: Rendition, shape: str) -> Made:
        name = name_of(file.path)
        about = shape or str(rendition.width)
        address = f"{FOLDER}{name}-{self.key(file)}-{about}.{SUFFIXES[rendition.format]}"
        return Made(address, PictureFile(file.path, file.digest, rendition))


@lru_cache(maxsize=8)
def recipe_of(options: PictureOptions) -> Recipe:
    """The recipe of a site's options; many pages ask for it."""
    return Recipe(options)


def output_of(made: Made) -> Output:
    """A file made of a picture, as it is published."""
    return Output(made.address.lstrip("/"), made.value, "", made.value.source_path)


def widths_of(width: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """The widths in which a picture of some width is offered, the smallest first.

    None is larger than the picture; one that is near to the next larger is left out.
    """
    largest = min(width, max(wanted))
    found = [largest]
    for one in sorted({*wanted}, reverse=True):
        if one <= NEAR * found[-1]:
            found.append(one)
    return tuple(reversed(found))


def name_of(path: str) -> str:
    """A picture's name as it stands in addresses: its file's, in ASCII."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return name or "picture"


def focus_in(file: SourceFile) -> Focus:
    """What of a picture is kept where nobody said: of an upright one the upper third."""
    return UPRIGHT if file.height > file.width else Focus()


def _scaled(file: SourceFile, width: int) -> int:
    return max(1, round(file.height * width / file.width))


def _box(file: SourceFile, ratio: float, focus: Focus) -> tuple[int, int, int, int]:
    """The largest part of a picture in a shape, as `object-fit: cover` would show it."""
    width = min(file.width, max(1, round(file.height * ratio)))
    height = min(file.height, max(1, round(file.width / ratio)))
    left = round((file.width - width) * focus.x / STEPS)
    top = round((file.height - height) * focus.y / STEPS)
    return left, top, width, height


def _place_of(shape: CropShape, focus: Focus | None) -> str:
    """A crop's part of its address: another part of the picture, another address."""
    if focus is None or focus == Focus(MIDDLE, MIDDLE):
        return shape.value if focus is None else f"{shape.value}-middle"
    return f"{shape.value}-{focus.x}{focus.y}"
