"""Colour: whatever a picture is stored in, as sRGB with eight bits a channel.

WebP and JPEG lose a colour profile when Pillow saves them, AVIF and PNG keep it: so a photograph
would have two looks on one page. Nothing of a profile is left here; browsers take what has none
for sRGB (CSS Color 4, 4.1).
"""

import io
from contextlib import suppress
from functools import cache

from PIL import ImageCms
from PIL.Image import Image

from generator.pictures.header import SRGB, pillow

SIXTEEN_BITS = 257
"""65535 is as white as 255."""


def in_srgb(picture: Image) -> Image:
    """The picture in `L`, `LA`, `RGB` or `RGBA`, with the colours that its profile means."""
    profile = picture.info.get("icc_profile") or b""
    plain = _eight_bits(picture)
    if not profile or any(sign in profile for sign in SRGB):
        return plain if plain.mode in ("L", "LA", "RGB", "RGBA") else plain.convert("RGB")
    return _converted(plain, profile)


def _eight_bits(picture: Image) -> Image:
    if picture.mode.startswith(("I", "F")):
        scaled = picture.convert("I").point(lambda value: value * (1 / SIXTEEN_BITS) + 0.5)
        return scaled.convert("L")
    if picture.mode in ("1", "P", "PA"):
        wanted = "RGBA" if picture.has_transparency_data else "L" if picture.mode == "1" else "RGB"
        return picture.convert(wanted)
    if picture.mode in ("L", "RGB") and "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture


def _converted(picture: Image, profile: bytes) -> Image:
    """The colours of a profile as sRGB; transparency has none."""
    alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    colours = picture.convert(picture.mode.removesuffix("A")) if alpha else picture
    with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a damaged profile, or no match
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            colours,
            source,
            _srgb(),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        colours = converted or colours  # it answers None only where it is told to change its own
    if colours.mode not in ("L", "RGB"):
        colours = colours.convert("RGB")
    if alpha:
        colours = colours.convert("RGB")
        colours.putalpha(alpha)
    return colours


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def on_white(picture: Image) -> Image:
    """The picture without transparency, as it looks on paper."""
    if picture.mode not in ("LA", "RGBA"):
        return picture
    opaque: Image = pillow().new("RGBA", picture.size, "white")
    opaque.alpha_composite(picture.convert("RGBA"))
    return opaque.convert("RGB")
