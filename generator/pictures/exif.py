"""Exif: how a camera's picture is to be turned, and much that nobody else should know.

Exif 2.32 is a TIFF 6.0 structure: a header of eight bytes, then directories of twelve-byte entries.
"""

from collections.abc import Iterator

from generator.model.values import frozen
from generator.pictures.credit import Credit, decoded

PREFIX = b"Exif\0\0"
ORIENTATION, ARTIST, COPYRIGHT = 0x0112, 0x013B, 0x8298
EXIF_DIRECTORY, GPS_DIRECTORY = 0x8769, 0x8825
SERIALS = frozenset({0xA431, 0xA435, 0xC62F})
MAKER_NOTE = 0x927C
UPRIGHT = 1
ORIENTATIONS = range(1, 9)
ASCII, SHORT, LONG = 2, 3, 4
ENTRY = 12
IN_PLACE = 4
"""Bytes of a value that stands in its entry, not elsewhere."""


@frozen
class Entry:
    """An entry of a directory: `place` is where its value, or its value's offset, stands."""

    tag: int
    kind: int
    count: int
    place: int


@frozen
class Exif:
    """What is kept of it: an orientation (1 to 8), and the credit."""

    orientation: int = UPRIGHT
    credit: Credit = Credit()


class _Tiff:
    """A TIFF structure, read as far as it is one."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = {b"II*\0": "little", b"MM\0*": "big"}.get(bytes(data[:4]), "")

    def number(self, place: int, length: int) -> int:
        found = self.data[place : place + length]
        return int.from_bytes(found, "little" if self.order == "little" else "big")

    def entries(self, place: int) -> Iterator[Entry]:
        """The entries of the directory at a place."""
        if not self.order or not 0 < place < len(self.data):
            return
        for number in range(self.number(place, 2)):
            at = place + 2 + number * ENTRY
            if at + ENTRY > len(self.data):
                return
            yield Entry(self.number(at, 2), self.number(at + 2, 2), self.number(at + 4, 4), at + 8)

    def after(self, place: int) -> int:
        """Where the directory after the one at a place begins; 0 for none."""
        return self.number(place + 2 + self.number(place, 2) * ENTRY, 4)

    def value(self, entry: Entry) -> int:
        return self.number(entry.place, 2 if entry.kind == SHORT else 4)

    def text(self, entry: Entry) -> str:
        start = entry.place if entry.count <= IN_PLACE else self.number(entry.place, 4)
        return decoded(self.data[start : start + entry.count].rstrip(b"\0"))


def read_exif(data: bytes) -> Exif:
    """What is kept of an Exif structure, from its TIFF header on; of a faulty one, what can be."""
    tiff = _Tiff(data)
    orientation, creator, rights = UPRIGHT, "", ""
    for entry in tiff.entries(tiff.number(4, 4)):
        if entry.tag == ORIENTATION and tiff.value(entry) in ORIENTATIONS:
            orientation = tiff.value(entry)
        elif entry.tag == ARTIST and entry.kind == ASCII:
            creator = tiff.text(entry)
        elif entry.tag == COPYRIGHT and entry.kind == ASCII:
            rights = tiff.text(entry)
    return Exif(orientation, Credit(creator, "", rights))


def exif_of(orientation: int, credit: Credit) -> bytes:
    """An Exif structure that says no more; nothing where there is nothing to say."""
    texts = ((ARTIST, credit.creator or credit.line), (COPYRIGHT, credit.rights))
    values = [(tag, text.encode() + b"\0") for tag, text in texts if text]
    count = len(values) + (orientation != UPRIGHT)
    if not count:
        return b""
    entries, more = b"", b""
    start = 8 + 2 + count * ENTRY + 4
    if orientation != UPRIGHT:
        entries += _entry(ORIENTATION, SHORT, 1, orientation.to_bytes(2, "big") + b"\0\0")
    for tag, value in values:
        place = value.ljust(IN_PLACE, b"\0")
        if len(value) > IN_PLACE:
            place = (start + len(more)).to_bytes(4, "big")
            more += value + b"\0" * (len(value) % 2)
        entries += _entry(tag, ASCII, len(value), place)
    return b"MM\0*\0\0\0\x08" + count.to_bytes(2, "big") + entries + bytes(4) + more


def _entry(tag: int, kind: int, count: int, place: bytes) -> bytes:
    return tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + count.to_bytes(4, "big") + place


def traces_in_exif(data: bytes) -> Iterator[str]:
    """What an Exif structure tells of where, when and with what a picture was taken."""
    tiff = _Tiff(data)
    first = tiff.number(4, 4)
    for entry in tiff.entries(first):
        if entry.tag == GPS_DIRECTORY and any(tiff.entries(tiff.value(entry))):
            yield "a position"
        elif entry.tag in SERIALS:
            yield "a serial number"
        elif entry.tag == EXIF_DIRECTORY:
            tags = {one.tag for one in tiff.entries(tiff.value(entry))}
            if tags & SERIALS:
                yield "a serial number"
            if MAKER_NOTE in tags:
                yield "maker's notes"
    if tiff.order and tiff.after(first):
        yield "a thumbnail"


TOLD_IN_TIFF = {0x010F: "the camera", 0x0110: "the camera", 0x02BC: "XMP", 0x83BB: "IPTC"}
"""What further entries of a whole TIFF tell, by their tags: nothing of it is ever taken out."""


def traces_in_tiff(data: bytes) -> Iterator[str]:
    """What a TIFF tells besides its pixels; may repeat."""
    yield from traces_in_exif(data)
    tiff = _Tiff(data)
    for entry in tiff.entries(tiff.number(4, 4)):
        if entry.tag in TOLD_IN_TIFF:
            yield TOLD_IN_TIFF[entry.tag]
