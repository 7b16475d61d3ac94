"""AVIF and HEIC files: boxes (ISO/IEC 14496-12), in which items lie at offsets (23008-12).

Taking a box out would move what offsets point at. So nothing is taken out: what tells of the
camera is overwritten where it stands, and the file keeps its length. How the picture is turned
is told by boxes of its own (`irot`, `imir`), not by Exif.
"""

from collections.abc import Iterator

from generator.model.values import frozen
from generator.pictures.credit import Credit, credit_in_xmp, first_of
from generator.pictures.exif import UPRIGHT, exif_of, read_exif

BRANDS = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
KNOWN = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"free", b"skip", b"idat"})
"""Boxes at the top that may have a part in what is seen; any other is emptied."""
CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"})
EMPTIED = frozenset({b"udta", b"uuid", b"meta"})
"""Boxes within a film that hold texts and more."""
NAMED, WIDE = 2, 2
"""The versions from which on an item's entry names its type, and a list has long numbers."""
LEAST_LIST = 8
MOST_LOOKS = 16
PREFIX = 4
"""Bytes before an Exif item's TIFF header: how far away it is (23008-12, A.2.1)."""
EMPTY_EXIF = b"MM\0*\0\0\0\x08\0\0\0\0\0\0"
EMPTY_XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
Span = tuple[int, int]
"""Where something begins and ends in the file."""


def is_heif(head: bytes) -> bool:
    """Whether a file that begins so is one."""
    return head[4:8] == b"ftyp" and (head[8:12] in BRANDS or any(b in head[16:64] for b in BRANDS))


@frozen
class Item:
    """An item that is no picture: `kind` is Exif or mime, and where its bytes stand."""

    kind: bytes
    spans: tuple[Span, ...]


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes from one place to another: type, and where their content begins and ends."""
    at = start
    while at + 8 <= end:
        size, header = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < header:
            return
        yield bytes(data[at + 4 : at + 8]), min(at + header, end), min(at + size, end)
        at += size


def clean_heif(data: bytes, *, keep_credit: bool) -> bytes:
    """The same file with its camera's words overwritten; the pixels stand where they stood.

    In a broken file an item may lie over the very lists that tell of items: then other words come
    to light, and it is looked at again.
    """
    for _ in range(MOST_LOOKS):
        made = _overwritten(data, keep_credit=keep_credit)
        if made == data:
            break
        data = made
    return data


def _overwritten(data: bytes, *, keep_credit: bool) -> bytes:
    made = bytearray(data)
    for span in _boxes_to_empty(data):
        _blank(made, span)
    items = tuple(_items(data))
    credit = first_of(_credits(data, items)) if keep_credit else Credit()
    overwritten = 0
    for item in items:
        for span in item.spans:
            overwritten += span[1] - span[0]
            if overwritten > len(data):  # spans that overlap: of a file that is none
                return bytes(made)
            made[slice(*span)] = bytes(span[1] - span[0])
        _put(made, item, _new_content(item, credit))
    return bytes(made)


def _new_content(item: Item, credit: Credit) -> bytes:
    if item.kind == b"Exif":
        return bytes(PREFIX) + (exif_of(UPRIGHT, credit) or EMPTY_EXIF)
    return EMPTY_XMP


def _put(made: bytearray, item: Item, content: bytes) -> None:
    """Write an item's new content where its first span has room for it; else zeros stay."""
    if not item.spans:
        return
    start, end = item.spans[0]
    if item.kind == b"Exif" and len(content) > end - start:
        content = bytes(PREFIX) + EMPTY_EXIF
    if len(content) <= end - start:
        padding = b"\0" if item.kind == b"Exif" else b" "
        made[start:end] = content.ljust(end - start, padding)


def _blank(made: bytearray, span: Span) -> None:
    """Make a box free space (14496-12, 8.1.2); `span` is that of its content."""
    start, end = span
    kind_at = start - 12 if made[start - 16 : start - 12] == b"\0\0\0\1" else start - 4
    made[kind_at : kind_at + 4] = b"free"
    made[start:end] = bytes(end - start)


def _boxes_to_empty(data: bytes) -> Iterator[Span]:
    for kind, start, end in boxes(data, 0, len(data)):
        if kind in CONTAINERS:
            yield from _in_film(data, start, end, 0)
        elif kind not in KNOWN or kind in (b"free", b"skip"):
            yield start, end


def _in_film(data: bytes, start: int, end: int, depth: int) -> Iterator[Span]:
    for kind, inner, last in boxes(data, start, end):
        if kind in EMPTIED:
            yield inner, last
        elif kind in CONTAINERS and depth < len(CONTAINERS):
            yield from _in_film(data, inner, last, depth + 1)


def _items(data: bytes) -> Iterator[Item]:
    """The items of the file that are no pictures."""
    for kind, start, end in boxes(data, 0, len(data)):
        if kind == b"meta":
            inner = {name: (at, to) for name, at, to in boxes(data, start + 4, end)}
            kinds = dict(_kinds(data, *inner.get(b"iinf", (0, 0))))
            idat = inner.get(b"idat", (0, 0))[0]
            for number, spans in _spans(data, *inner.get(b"iloc", (0, 0)), idat):
                if number in kinds:
                    yield Item(kinds[number], spans)


def _kinds(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The items that are Exif or a text, by number (14496-12, 8.11.6)."""
    head = start + (6 if data[start : start + 1] == b"\0" else 8)
    for kind, at, _ in boxes(data, head, end):
        version = data[at] if at < end else 0
        if kind != b"infe" or version < NAMED:
            continue
        length = 2 if version == NAMED else 4
        number = int.from_bytes(data[at + 4 : at + 4 + length], "big")
        name = bytes(data[at + 6 + length : at + 10 + length])
        if name in (b"Exif", b"mime"):
            yield number, name


def _spans(data: bytes, start: int, end: int, idat: int) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Where each item's bytes stand (14496-12, 8.11.3)."""
    if end - start < LEAST_LIST:
        return
    version, at = data[start], start + 4
    offset_size, length_size = data[at] >> 4, data[at] & 15
    base_size, index_size = data[at + 1] >> 4, data[at + 1] & 15 if version else 0
    wide = 4 if version >= WIDE else 2
    at += 2

    def number(length: int) -> int:
        nonlocal at
        at += length
        return int.from_bytes(data[at - length : at], "big")

    for _ in range(number(wide)):
        if at >= end:
            return
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size) + (idat if method == 1 else 0)
        spans = []
        for _ in range(number(2)):
            if at > end:
                return
            number(index_size)
            first, length = base + number(offset_size), number(length_size)
            spans.append((first, min(first + length, len(data))))
        if method <= 1:
            yield item, tuple((a, b) for a, b in spans if 0 < a < b)


def _credits(data: bytes, items: tuple[Item, ...]) -> Iterator[Credit]:
    for item in items:
        content = b"".join(data[slice(*span)] for span in item.spans[:1])
        if item.kind == b"Exif":
            yield read_exif(content[PREFIX + int.from_bytes(content[:PREFIX], "big") :]).credit
        else:
            yield credit_in_xmp(content)


def exif_in_heif(data: bytes) -> bytes:
    """The Exif structure of a file; nothing for none."""
    for item in _items(data):
        if item.kind == b"Exif" and item.spans:
            content = data[slice(*item.spans[0])]
            return content[PREFIX + int.from_bytes(content[:PREFIX], "big") :]
    return b""


def traces_in_heif(data: bytes) -> Iterator[str]:
    """What a file tells besides its pixels, but for what its Exif does; may repeat."""
    for item in _items(data):
        content = b"".join(data[slice(*span)] for span in item.spans[:1])
        if item.kind == b"mime" and content.strip(b" \0") not in (b"", EMPTY_XMP):
            yield "XMP"
