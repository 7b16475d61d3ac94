"""Documents (PDF): what they tell beside their text. Nothing of it can be taken out in passing."""

import re
import zlib
from collections.abc import Iterator

from generator.media.findings import POSITION, Finding
from generator.model.problems import shown

LARGEST = 64 << 20
STREAM = re.compile(rb"stream\r?\n")
BEFORE = 400
"""Bytes before a stream in which its dictionary stands."""
MOST_STREAMS = 2_000
MOST_PACKED, MOST_UNPACKED = 1 << 20, 1 << 20
MOST_TEXT = 24 << 20
STRING = rb"\s*+(\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]*+>)"
NAMES = (("author", b"Author"), ("manager", b"Manager"), ("company", b"Company"))
FIELDS = tuple((word, re.compile(rb"/" + key + STRING, re.DOTALL)) for word, key in NAMES)
FILE = re.compile(rb"/UF" + STRING, re.DOTALL)
CREATOR = re.compile(
    rb"<dc:creator>\s*+<rdf:(?:Seq|Bag)[^<>]*+>\s*+<rdf:li[^<>]*+>([^<>]{1,200}+)</rdf:li>"
)
PATH = re.compile(rb"file:///|stRef:filePath|(?:/Users/|/home/|[A-Z]:\\Users\\)[\w.-]{2,}")
GPS = (b"\x88\x25\0\4\0\0\0\1", b"\x25\x88\4\0\1\0\0\0")
"""How the entry of a position stands in the Exif of a photograph, in both orders of bytes."""
SHOWN = 40


def is_document(head: bytes) -> bool:
    """Whether a file that begins so is a PDF."""
    return b"%PDF-" in head


def document_findings(data: bytes) -> Iterator[Finding]:
    """What a PDF tells, by its properties, its attachments and the photographs in it."""
    if re.search(rb"/Encrypt\s*+\d++\s++\d++\s++R", data):
        yield Finding("what nobody can look into: it is encrypted")
        return
    text = _text(data)
    for word, pattern in FIELDS:
        values = {value for found in pattern.finditer(text) if (value := _shown(found[1]))}
        yield from (Finding(f"its {word} ({value})") for value in sorted(values)[:3])
    creators = {found[1].decode("utf-8", "replace").strip() for found in CREATOR.finditer(text)}
    yield from (Finding(f"its author ({name[:SHOWN]})") for name in sorted(creators - {""})[:3])
    if b"/EmbeddedFile" in text:
        names = sorted({_shown(found[1]) for found in FILE.finditer(text)} - {""})
        yield Finding(f"attached files ({', '.join(names[:3])})" if names else "attached files")
    if PATH.search(text):
        yield Finding("a path on somebody's computer")
    if b"Exif\0\0" in data and any(sign in data for sign in GPS):
        yield Finding(POSITION)


def _text(data: bytes) -> bytes:
    """The file, with what is packed in streams of objects and of metadata."""
    parts, length = [data], 0
    for number, stream in enumerate(STREAM.finditer(data)):
        if number >= MOST_STREAMS or length > MOST_TEXT:
            break
        about = data[max(0, stream.start() - BEFORE) : stream.start()]
        about = about[about.rfind(b"obj") :]
        if b"/ObjStm" in about or (b"/Metadata" in about and b"/FlateDecode" in about):
            packed = data[stream.end() : stream.end() + MOST_PACKED]
            try:
                part = zlib.decompressobj().decompress(packed, MOST_UNPACKED)
            except zlib.error:
                continue
            parts.append(part)
            length += len(part)
    return b"\n".join(parts)


def _shown(value: bytes) -> str:
    """A text of a PDF (ISO 32000-1, 7.9.2), short and on one line."""
    if value.startswith(b"<"):
        digits = re.sub(rb"\s+", b"", value[1:-1])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        raw = re.sub(rb"\\(.)", rb"\1", value[1:-1], flags=re.DOTALL)
    is_wide = raw.startswith((b"\xfe\xff", b"\xff\xfe"))
    text = raw.decode("utf-16" if is_wide else "latin-1", "replace")
    return shown("".join(c if c.isprintable() else " " for c in text), SHOWN)
