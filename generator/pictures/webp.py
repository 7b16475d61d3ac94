"""WebP files: RIFF chunks (RFC 9649, 2)."""

from collections.abc import Iterator

from generator.pictures.credit import Credit, credit_in_xmp, first_of
from generator.pictures.exif import PREFIX, Exif, exif_of, read_exif

HEADER = 12
SHOWN = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
IN_FRAME = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
FRAME_HEADER = 16
HAS_EXIF, HAS_XMP = 0x08, 0x04
"""Flags in the first byte of VP8X (2.7)."""


def is_webp(head: bytes) -> bool:
    """Whether a file that begins so is one."""
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def chunks(data: bytes, start: int = HEADER) -> Iterator[tuple[bytes, bytes]]:
    """The type and data of each chunk; the last may be cut short."""
    end = len(data)
    if start == HEADER:
        end = min(end, 8 + int.from_bytes(data[4:8], "little"))  # what follows is no part of it
    at = start
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : min(end, at + 8 + length)]
        at += 8 + length + length % 2


def clean_webp(data: bytes, *, keep_credit: bool) -> bytes:
    """The same pixels, with orientation and colours, and nothing that tells of the camera."""
    kept: list[tuple[bytes, bytes]] = []
    exif, told = Exif(), [Credit()]
    for kind, content in chunks(data):
        if kind == b"EXIF":
            exif = read_exif(content.removeprefix(PREFIX))
        elif kind == b"XMP ":
            told.append(credit_in_xmp(content))
        elif kind == b"ANMF":
            kept.append((kind, _frame(content)))
        elif kind in SHOWN:
            kept.append((kind, content))
    made = exif_of(exif.orientation, first_of([exif.credit, *told]) if keep_credit else Credit())
    is_extended = bool(kept) and kept[0][0] == b"VP8X" and bool(kept[0][1])
    if is_extended:
        flags = kept[0][1][0] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if made else 0)
        kept[0] = b"VP8X", bytes((flags,)) + kept[0][1][1:]
    if made and is_extended:
        kept.append((b"EXIF", made))
    body = b"WEBP" + b"".join(_chunk(*one) for one in kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _frame(content: bytes) -> bytes:
    """A frame of an animation, with its own chunks and no others (2.7.1.1)."""
    inner = (one for one in chunks(content, FRAME_HEADER) if one[0] in IN_FRAME)
    return content[:FRAME_HEADER] + b"".join(_chunk(*one) for one in inner)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def traces_in_webp(data: bytes) -> Iterator[str]:
    """What a file tells besides its pixels, but for what its Exif does."""
    if any(kind == b"XMP " for kind, _ in chunks(data)):
        yield "XMP"


def exif_in_webp(data: bytes) -> bytes:
    """The Exif structure of a file; nothing for none."""
    found = (content for kind, content in chunks(data) if kind == b"EXIF")
    return next(found, b"").removeprefix(PREFIX)
