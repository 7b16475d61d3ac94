"""Credit: who made a picture and whose it is, as programs write that into its file."""

import re
from collections.abc import Iterable
from html import unescape

from generator.model.values import frozen

LONGEST = 500
"""Characters of a field that are kept."""
LONGEST_PACKET = 1 << 20
"""Bytes of an XMP packet that are looked at."""
ITEM = re.compile(r"<rdf:li\b[^<>]*>([^<>]*)</rdf:li>")


@frozen
class Credit:
    """Whose work a picture is: the fields of the IPTC Photo Metadata Standard of these names."""

    creator: str = ""
    line: str = ""
    rights: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.creator or self.line or self.rights)


def plain(text: str) -> str:
    """A field as one line without what cannot be seen."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line[:LONGEST].rstrip()  # so that what was cut at a space is read back as it was written


def decoded(data: bytes) -> str:
    """A field's text: UTF-8 where it is that, else Latin-1."""
    try:
        return plain(data.decode())
    except UnicodeDecodeError:
        return plain(data.decode("latin-1"))


def first_of(credits_found: Iterable[Credit]) -> Credit:
    """Each field as the first that has it says."""
    creator = line = rights = ""
    for one in credits_found:
        creator, line, rights = creator or one.creator, line or one.line, rights or one.rights
    return Credit(creator, line, rights)


def credit_in_xmp(packet: bytes) -> Credit:
    """The credit in an XMP packet (ISO 16684-1); by patterns, since the rest is not wanted."""
    text = packet[:LONGEST_PACKET].decode("utf-8", "replace")
    line = _property(text, "photoshop:Credit")
    return Credit(_property(text, "dc:creator"), line, _property(text, "dc:rights"))


def caption_in_xmp(packet: bytes) -> str:
    """The caption in an XMP packet."""
    return _property(packet[:LONGEST_PACKET].decode("utf-8", "replace"), "dc:description")


def _property(text: str, name: str) -> str:
    """A property, which may be an attribute, an element, or a list in one."""
    start = text.find(f'{name}="')
    if start >= 0:
        start += len(name) + 2
        end = text.find('"', start)
        return plain(unescape(text[start:end])) if end >= 0 else ""
    start = text.find(f"<{name}>")
    end = text.find(f"</{name}>", start)
    if start < 0 or end < 0:
        return ""
    inner = text[start + len(name) + 2 : end]
    items = ITEM.findall(inner) or ([] if "<" in inner else [inner])
    return plain(", ".join(unescape(item) for item in items))


# IPTC-NAA Information Interchange Model 4.2: 0x1C, record, data set, length, value.
MARK = 0x1C
RECORD = 2
BYLINE, CREDIT, RIGHTS = 80, 110, 116
CAPTION = 120
UTF_8 = bytes((MARK, 1, 90, 0, 3)) + b"\x1b%G"
PHOTOSHOP = b"Photoshop 3.0\0"
IPTC_BLOCK = b"8BIM\x04\x04"
SHORT = 0x8000
"""A length from here on is none: the field is longer, and no credit."""


def credit_in_iptc(segment: bytes) -> Credit:
    """The credit in a JPEG's APP13 (Photoshop's image resources, of which one is IPTC's)."""
    found = _fields(segment)
    return Credit(*(", ".join(found.get(one, ())) for one in (BYLINE, CREDIT, RIGHTS)))


def caption_in_iptc(segment: bytes) -> str:
    """The caption in a JPEG's APP13."""
    return next(iter(_fields(segment).get(CAPTION, ())), "")


def _fields(segment: bytes) -> dict[int, list[str]]:
    """The texts of IPTC's second record, by their data sets."""
    start = segment.find(IPTC_BLOCK)
    if not segment.startswith(PHOTOSHOP) or start < 0:
        return {}
    at = start + len(IPTC_BLOCK)
    at += (segment[at] + 2) // 2 * 2 + 4 if at < len(segment) else 4  # its name, and its length
    found: dict[int, list[str]] = {}
    while at + 5 <= len(segment) and segment[at] == MARK:
        record, data_set, length = segment[at + 1], segment[at + 2], segment[at + 3] << 8
        length |= segment[at + 4]
        if length >= SHORT:
            break
        text = decoded(segment[at + 5 : at + 5 + length]) if record == RECORD else ""
        if text:
            found.setdefault(data_set, []).append(text)
        at += 5 + length
    return found


def iptc_of(credit: Credit) -> bytes:
    """An APP13 that holds the credit and nothing else."""
    fields = ((BYLINE, credit.creator), (CREDIT, credit.line), (RIGHTS, credit.rights))
    data = UTF_8
    for data_set, text in fields:
        if text:
            value = text.encode()
            data += bytes((MARK, RECORD, data_set)) + len(value).to_bytes(2, "big") + value
    padding = b"\0" * (len(data) % 2)
    return PHOTOSHOP + IPTC_BLOCK + b"\0\0" + len(data).to_bytes(4, "big") + data + padding
