"""PNG files: chunks (W3C PNG, third edition, 5), of which few are needed to show a picture."""

from collections.abc import Iterator
from zlib import crc32

from generator.model.values import frozen
from generator.pictures.credit import Credit, credit_in_xmp, decoded, first_of
from generator.pictures.exif import Exif, exif_of, read_exif

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT"
    b" acTL fcTL fdAT".split()
)
"""The chunks that have a part in what is seen; all others may be left out (4.7)."""
TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
XMP = b"XML:com.adobe.xmp"
AUTHOR, RIGHTS = b"Author", b"Copyright"


@frozen
class Chunk:
    """A chunk: its type, its data, and all of it as it stands in the file."""

    kind: bytes
    data: bytes
    whole: bytes


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks of a file up to its end; the last may be cut short."""
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        yield Chunk(kind, data[at + 8 : at + 8 + length], data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return


def size_of_whole(data: bytes) -> tuple[int, int] | None:
    """Width and height of a file that has all its chunks, whatever their check sums say."""
    found = tuple(chunks(data))
    kinds = [chunk.kind for chunk in found]
    is_whole = all(len(chunk.whole) == len(chunk.data) + 12 for chunk in found)
    if not is_whole or kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        return None
    head = found[0].data
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")


def clean_png(data: bytes, *, keep_credit: bool) -> bytes:
    """The same pixels, with orientation and colours, and no texts."""
    kept: list[bytes] = []
    exif, told = Exif(), [Credit()]
    for chunk in chunks(data):
        if chunk.kind == b"eXIf":
            exif = read_exif(chunk.data)
        elif chunk.kind in TEXTS:
            told.append(_credit_in(chunk))
        elif chunk.kind in SHOWN:
            kept.append(chunk.whole)
    made = exif_of(exif.orientation, first_of([exif.credit, *told]) if keep_credit else Credit())
    if made:
        kept[1:1] = [_chunk(b"eXIf", made)]
    return SIGNATURE + b"".join(kept)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = crc32(kind + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + kind + data + check


def _credit_in(chunk: Chunk) -> Credit:
    """The credit in a text that is not compressed (11.3.3)."""
    key, _, text = chunk.data.partition(b"\0")
    if chunk.kind == b"iTXt" and text[:1] == b"\0":
        text = text[2:].partition(b"\0")[2].partition(b"\0")[2]
    elif chunk.kind != b"tEXt":
        return Credit()
    if key == XMP:
        return credit_in_xmp(text)
    if key == AUTHOR:
        return Credit(creator=decoded(text))
    return Credit(rights=decoded(text)) if key == RIGHTS else Credit()


def traces_in_png(data: bytes) -> Iterator[str]:
    """What a file tells besides its pixels, but for what its Exif does; may repeat."""
    for chunk in chunks(data):
        if chunk.kind in TEXTS:
            yield "XMP" if chunk.data.startswith(XMP) else "a comment"
        elif chunk.kind == b"tIME":
            yield "a time"


def exif_in_png(data: bytes) -> bytes:
    """The Exif structure of a file; nothing for none."""
    return next((chunk.data for chunk in chunks(data) if chunk.kind == b"eXIf"), b"")
