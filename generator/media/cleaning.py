"""Cleaning: sounds, films, drawings and documents as published, less what they tell besides.

Formats are told by how a file begins, never by its name. A file keeps its length.
"""

from collections.abc import Iterator
from typing import BinaryIO

from generator.media import documents, drawings
from generator.media.boxes import Boxes
from generator.media.facts import tag_length
from generator.media.films import film_findings
from generator.media.findings import POSITION, WORDS, Finding, Patch
from generator.media.sounds import flac_findings, tag_findings, wave_findings

HEAD = 64
BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
FIELDS = 1 << 16
"""Bytes at both ends of an Ogg or WebM file in which its fields stand."""
PLACES = (b"LOCATION=", b"LOCATION\x44\x87", b"ISO6709")
TELLING = (b"CONTACT=", b"COMMENT=", b"COMMENT\x44\x87", b"ENCODED-BY=", b"ENCODED_BY=")
"""With what stands before a field's text in Ogg, and in WebM."""


def findings(file: BinaryIO) -> tuple[Finding, ...]:
    """What an open file tells besides what is heard and seen; nothing for what is none of these."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        return tuple(_findings(file, head))
    except (IndexError, ValueError, OverflowError):
        return ()  # cut off in the middle of a head: nothing plays it


def _findings(file: BinaryIO, head: bytes) -> Iterator[Finding]:
    if head[4:8] in BOXES:
        yield from film_findings(Boxes(file))
    elif head[:4] == b"fLaC":
        yield from flac_findings(file)
    elif head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        yield from wave_findings(file)
    elif head[:4] in (b"OggS", b"\x1a\x45\xdf\xa3"):
        yield from _in_fields(file)
    elif documents.is_document(head):
        yield from documents.document_findings(head + file.read(documents.LARGEST))
    elif drawings.is_drawing(head):
        if file.seek(0, 2) <= drawings.LARGEST:
            file.seek(0)
            yield from drawings.drawing_findings(file.read())
    elif tag_length(head) or _is_sound(head):
        yield from tag_findings(file)


def _is_sound(head: bytes) -> bool:
    return head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0  # noqa: PLR2004 - sync


def _in_fields(file: BinaryIO) -> Iterator[Finding]:
    """What the fields of an Ogg or WebM file tell: it is told only, since check sums cover them."""
    file.seek(0)
    told = file.read(FIELDS)
    file.seek(max(0, file.seek(0, 2) - FIELDS))
    told = (told + file.read(FIELDS)).upper()
    if any(name in told for name in PLACES):
        yield Finding(POSITION)
    if any(name in told for name in TELLING):
        yield Finding(WORDS)


def patches_of(file: BinaryIO) -> tuple[Patch, ...]:
    """What is written over an open file before it is published."""
    file.seek(0)
    if documents.is_document(file.read(HEAD)):
        return ()  # nothing in it can be taken out: it need not be looked into
    return tuple(patch for finding in findings(file) for patch in finding.patches)


def told_of(file: BinaryIO) -> str:
    """What stays in a file that is published, in words; "" for nothing."""
    return ", ".join(sorted({one.what for one in findings(file) if not one.patches}))
