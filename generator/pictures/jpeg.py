"""JPEG files: segments with markers (ITU-T T.81, B.1), and what an application may add."""

import re
from collections.abc import Iterator

from generator.model.values import frozen
from generator.pictures.credit import (
    PHOTOSHOP,
    Credit,
    credit_in_iptc,
    credit_in_xmp,
    first_of,
    iptc_of,
)
from generator.pictures.exif import PREFIX, Exif, exif_of, read_exif

START, END = b"\xff\xd8", b"\xff\xd9"
EOI, SOS, COMMENT, FILL = 0xD9, 0xDA, 0xFE, 0xFF
APP0, APP1, APP2, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
"""Markers without a segment: outside a scan they say nothing."""
OF_PIXELS = frozenset({*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDA, 0xE0), 0xF7, 0xF8})
SCAN_END = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""In a scan FF is followed by 00, or is a restart marker (B.1.1.2, B.1.1.5)."""
XMP = b"http://ns.adobe.com/xap/1.0/\0"
ICC = b"ICC_PROFILE\0"
JFIF_LENGTH, ADOBE_LENGTH = 14, 12
"""Bytes of a JFIF segment (ISO 10918-5) without its thumbnail, and of Adobe's."""


@frozen
class Segment:
    """A marker and what follows it; of a scan, with its data."""

    marker: int
    data: bytes
    scan: bytes = b""

    def written(self) -> bytes:
        """The segment as it stands in a file."""
        length = (len(self.data) + 2).to_bytes(2, "big")
        return b"\xff" + bytes((self.marker,)) + length + self.data + self.scan


def segments(data: bytes) -> Iterator[Segment]:
    """The segments of a file up to its end; what is no segment, or cut short, is left out."""
    at = len(START)
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 1:
        marker = data[at + 1]
        if marker == EOI:
            yield Segment(marker, b"")
            return
        if marker in ALONE or marker == FILL:
            at += 1 if marker == FILL else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not at + 4 <= end <= len(data):
            return
        scanned = end
        if marker == SOS:
            found = SCAN_END.search(data, end)
            scanned = found.start() if found else len(data)
        scan = data[end:scanned].rstrip(b"\xff")  # before a marker FF only fills (B.1.1.2)
        yield Segment(marker, data[at + 4 : end], scan)
        at = scanned


def clean_jpeg(data: bytes, *, keep_credit: bool) -> bytes:
    """The same pixels, with orientation and colours, and nothing that tells of the camera."""
    kept: list[Segment] = []
    first: list[Segment] = []
    exif, told, ending = Exif(), [Credit()], b""
    for segment in segments(data):
        if segment.marker == EOI:
            ending = END  # of a file that is cut short, what there is must do
        elif segment.marker == APP1 and segment.data.startswith(PREFIX[:5]):
            found = read_exif(segment.data[len(PREFIX) :])
            exif = exif if exif != Exif() else found
        elif segment.marker == APP1 and segment.data.startswith(XMP):
            told.append(credit_in_xmp(segment.data[len(XMP) :]))
        elif segment.marker == APP13:
            told.append(credit_in_iptc(segment.data))
        elif segment.marker == APP0 and segment.data.startswith(b"JFIF\0") and not first:
            first.append(Segment(APP0, segment.data[: JFIF_LENGTH - 2].ljust(14, b"\0")))
        elif _is_kept(segment):
            length = ADOBE_LENGTH if segment.marker == APP14 else len(segment.data)
            kept.append(Segment(segment.marker, segment.data[:length], segment.scan))
    credit = first_of([exif.credit, *told]) if keep_credit else Credit()
    if made := exif_of(exif.orientation, credit):
        first.append(Segment(APP1, PREFIX + made))
    if credit:
        first.append(Segment(APP13, iptc_of(credit)))
    return b"".join((START, *(one.written() for one in (*first, *kept)), ending))


def _is_kept(segment: Segment) -> bool:
    if segment.marker == APP2:
        return segment.data.startswith(ICC)
    if segment.marker == APP14:
        return segment.data.startswith(b"Adobe")
    return segment.marker in OF_PIXELS


def traces_in_jpeg(data: bytes) -> Iterator[str]:
    """What a file tells besides its pixels, but for what its Exif does; may repeat."""
    for segment in segments(data):
        if segment.marker == COMMENT:
            yield "a comment"
        elif segment.marker == APP1 and segment.data.startswith(b"http://ns.adobe.com/"):
            yield "XMP"
        elif segment.marker == APP13 and segment.data.startswith(PHOTOSHOP):
            yield "IPTC"


def exif_in_jpeg(data: bytes) -> bytes:
    """The Exif structure of a file; nothing for none."""
    for segment in segments(data):
        if segment.marker == APP1 and segment.data.startswith(PREFIX[:5]):
            return segment.data[len(PREFIX) :]
    return b""
