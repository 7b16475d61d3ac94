"""Cleaning: a picture as it is published, with its pixels and without what its camera wrote.

A photograph tells where it was taken, with which camera, and sometimes what was cut away. Nothing
is decoded and encoded again: what is seen stays as it is, byte for byte. Formats are told by how
a file begins, never by its name.
"""

from collections.abc import Callable

from generator.model.pictures import TIFF_HEADS
from generator.pictures.exif import traces_in_exif, traces_in_tiff
from generator.pictures.gif import clean_gif, is_gif, traces_in_gif
from generator.pictures.heif import clean_heif, exif_in_heif, is_heif, traces_in_heif
from generator.pictures.jpeg import START, clean_jpeg, exif_in_jpeg, traces_in_jpeg
from generator.pictures.png import SIGNATURE, clean_png, exif_in_png, traces_in_png
from generator.pictures.webp import clean_webp, exif_in_webp, is_webp, traces_in_webp

BEGINNING = 64
"""Bytes that tell a format."""


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture of a format that is cleaned."""
    return _format(head) != ""


def is_tiff(head: bytes) -> bool:
    """Whether a file that begins so is a TIFF."""
    return head[:4] in TIFF_HEADS


def _format(head: bytes) -> str:
    tests: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
        ("JPEG", lambda data: data.startswith(START)),
        ("PNG", lambda data: data.startswith(SIGNATURE)),
        ("WebP", is_webp),
        ("GIF", is_gif),
        ("HEIF", is_heif),
    )
    return next((name for name, is_it in tests if is_it(head)), "")


def cleaned(data: bytes, *, keep_credit: bool) -> bytes:
    """A picture without what its camera and programs wrote; anything else as it is.

    Orientation and colour profile stay; with `keep_credit` so do its creator, credit line and
    copyright. What was cleaned is not changed by cleaning it again.
    """
    match _format(data[:BEGINNING]):
        case "JPEG":
            return clean_jpeg(data, keep_credit=keep_credit)
        case "PNG":
            return clean_png(data, keep_credit=keep_credit)
        case "WebP":
            return clean_webp(data, keep_credit=keep_credit)
        case "GIF":
            return clean_gif(data)
        case "HEIF":
            return clean_heif(data, keep_credit=keep_credit)
    return data


def traces(data: bytes) -> tuple[str, ...]:
    """What a picture tells that it would not if it were cleaned, in words; nothing for none.

    A TIFF (or a raw photograph, which is one) is never cleaned: browsers show none.
    """
    if is_tiff(data[:BEGINNING]):
        return tuple(sorted({*traces_in_tiff(data)}))
    if cleaned(data, keep_credit=True) == data:
        return ()
    match _format(data[:BEGINNING]):
        case "JPEG":
            found = {*traces_in_exif(exif_in_jpeg(data)), *traces_in_jpeg(data)}
        case "PNG":
            found = {*traces_in_exif(exif_in_png(data)), *traces_in_png(data)}
        case "WebP":
            found = {*traces_in_exif(exif_in_webp(data)), *traces_in_webp(data)}
        case "GIF":
            found = {*traces_in_gif(data)}
        case _:
            found = {*traces_in_exif(exif_in_heif(data)), *traces_in_heif(data)}
    return tuple(sorted(found)) or ("what a camera or a program wrote",)
