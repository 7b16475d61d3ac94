"""The header of a picture made of pixels: what its first bytes tell, with nothing unpacked."""

import logging
import re
import warnings
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from types import ModuleType
from typing import Any, BinaryIO

from generator.model.pictures import NOTHING_SEEN, Raster, Seen
from generator.pictures.cleaning import BEGINNING, is_picture
from generator.pictures.credit import (
    Credit,
    caption_in_iptc,
    caption_in_xmp,
    credit_in_iptc,
    credit_in_xmp,
    decoded,
    first_of,
)
from generator.pictures.exif import read_exif
from generator.pictures.png import SIGNATURE, size_of_whole

MOST_PIXELS = 89_478_485
"""Of all frames together; Pillow warns from here on: 256 MB in memory."""
ORIENTATION = 0x0112
DESCRIPTION = 0x010E
OF_CAMERAS = re.compile(
    r"(?:[A-Z]+ )*(?:DIGITAL CAMERA|CAMERA PICTURES|DSC)|DCIM\S*|exif_jpeg\w*|untitled|default"
    r"|screenshot",
    re.IGNORECASE,
)
"""Captions that cameras and programs write into every picture: OLYMPUS DIGITAL CAMERA."""
TURNED = (5, 6, 7, 8)
"""The orientations of EXIF 2.32 (4.6.5) in which width and height change places."""
FORMATS = {"JPEG": ("jpg", "jpeg", "jfif"), "PNG": ("png", "apng"), "WEBP": ("webp",)}
FORMATS |= {"GIF": ("gif",), "AVIF": ("avif",)}
SEVERAL = "MPO"
"""A JPEG with further pictures behind its end (CIPA DC-007): browsers show the first, so do we."""
EIGHT_BITS = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
SRGB = (b"sRGB", "sRGB".encode("utf-16-be"))


@cache
def pillow() -> ModuleType:
    """Pillow's `Image`, for sites that have such pictures."""
    from PIL import Image  # noqa: PLC0415 - 10 ms

    # How many pixels may be unpacked is looked at here, before any is.
    Image.MAX_IMAGE_PIXELS = None
    # What it notes of a broken file is nothing that people could do something about.
    logging.getLogger("PIL").addHandler(logging.NullHandler())
    return Image


@cache
def codecs() -> str:
    """The versions of all that turns pixels into bytes, or bytes into pixels."""
    from PIL import __version__, features  # noqa: PLC0415 - 10 ms

    names = ("libjpeg_turbo", "jpg", "zlib", "zlib_ng", "webp", "avif", "littlecms2")
    return " ".join([__version__, *(f"{name}={features.version(name)}" for name in names)])


def look(name: str, file: BinaryIO, digest: str) -> Seen:
    """What an open file of that name shows, whose bytes have a digest. Nothing is raised."""
    try:
        # Pillow warns of what takes much room unpacked, and of damage: nothing is unpacked here.
        with warnings.catch_warnings(action="ignore"), pillow().open(file) as picture:
            return _seen(name, picture, digest)
    except Exception:  # noqa: BLE001 - decoders of a dozen formats raise whatever they like
        return _unreadable(file)


def _unreadable(file: BinaryIO) -> Seen:
    file.seek(0)
    head = file.read(BEGINNING)
    if head.startswith(SIGNATURE):
        file.seek(0)
        if size := size_of_whole(file.read()):
            return Seen(*size, doubt="has wrong check sums, so not every program shows it")
    if is_picture(head):
        return Seen(fault="is damaged, cut off, or of a kind that browsers do not show")
    return Seen(doubt="is no picture, whatever its name says")


def _seen(name: str, picture: Any, digest: str) -> Seen:  # noqa: ANN401 - Pillow is imported late
    kind = "JPEG" if picture.format == SEVERAL else picture.format
    if kind not in FORMATS:
        return NOTHING_SEEN
    frames = 1 if kind == "JPEG" else getattr(picture, "n_frames", 1)
    orientation = picture.getexif().get(ORIENTATION, 1)
    width, height = picture.size[::-1] if orientation in TURNED else picture.size
    if width * height > MOST_PIXELS:
        return Seen(width, height, fault=f"is too large to unpack: {width:,} by {height:,} pixels")
    is_named_so = name.lower().rpartition(".")[2] in FORMATS[kind]
    profile = picture.info.get("icc_profile") or b""
    is_usual = picture.mode in EIGHT_BITS and orientation in range(2)
    credit, caption = _told(picture)
    raster = Raster(
        format=kind,
        key=blake2b(f"{digest} {codecs()}".encode(), digest_size=16).hexdigest(),
        is_plain=is_usual and (not profile or any(sign in profile for sign in SRGB)),
        has_alpha=picture.has_transparency_data,
        frames=frames,
        credit=credit,
        caption=caption,
    )
    doubt = "" if is_named_so else f"is a {kind}, which its name does not say"
    return Seen(width, height, raster, doubt=doubt)


def _told(picture: Any) -> tuple[str, str]:  # noqa: ANN401 - as above
    """The credit and the caption in a picture's file."""
    exif = picture.info.get("exif", b"").removeprefix(b"Exif\0\0")
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    blocks = [data for app, data in getattr(picture, "applist", ()) if app == "APP13"]
    credits_found = [read_exif(exif).credit] if exif else []
    if packet:
        credits_found.append(credit_in_xmp(packet))
    credit = first_of([*credits_found, *map(credit_in_iptc, blocks)])
    captions = (one for one in _captions(packet, blocks, picture) if one)
    return _line(credit), next((one for one in captions if not OF_CAMERAS.fullmatch(one)), "")


def _captions(packet: bytes, blocks: list[bytes], picture: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    yield caption_in_xmp(packet) if packet else ""
    yield from map(caption_in_iptc, blocks)
    described = picture.getexif().get(DESCRIPTION, "")
    yield decoded(described.encode("latin-1", "replace")) if isinstance(described, str) else ""


def _line(credit: Credit) -> str:
    """Who is named under a picture: its creator and credit line, else whose it is."""
    parts = [part for part in (credit.creator, credit.line) if part]
    return "/".join(dict.fromkeys(parts)) or credit.rights
