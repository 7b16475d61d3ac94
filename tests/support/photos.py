"""Photographs for tests: small, drawn by a rule, each with what a camera would write."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image


def photograph(size: tuple[int, int] = (1600, 1200), shade: int = 0) -> Image.Image:
    """A smooth picture in which left differs from right, and top from bottom."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (across, down, Image.new("L", size, shade)))


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:  # noqa: ANN401 - as Pillow's
    """The picture as a file's bytes."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def telephones(size: tuple[int, int] = (1600, 1200), orientation: int = 6) -> bytes:
    """A photograph as a telephone makes it: on its side, with place and maker."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneMaker"
    exif[0x8825] = {1: "N", 2: (59.0, 54.0, 0.0), 3: "E", 4: (10.0, 1.0, 0.0)}
    return saved(photograph(size), exif=exif)


def put(site: Path, path: str, data: bytes) -> None:
    """Write a file of a site."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_bytes(data)


Site = Callable[[str], Path]
