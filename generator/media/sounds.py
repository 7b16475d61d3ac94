"""Sounds: what the tags of MP3, FLAC and WAV tell, and what takes it out.

Titles, artists, covers and chapters stay: they are for those who listen.
"""

from collections.abc import Iterator
from typing import BinaryIO

from generator.media.covers import COVER, cover_findings, with_clean_cover
from generator.media.facts import FOOTER, MOST_TAG, TAG_HEAD, syncsafe, tag_length
from generator.media.findings import PROGRAM, WORDS, Finding, Patch

SHOWN = frozenset(
    {
        *(b"TIT1", b"TIT2", b"TIT3", b"TPE1", b"TPE2", b"TALB", b"TRCK", b"TPOS", b"TCON", b"TYER"),
        *(b"TDRC", b"TDRL", b"TLEN", b"TLAN", b"TCOP", b"TCOM", b"TPUB", b"TDES", b"TKWD", b"TGID"),
        *(b"TCAT", b"TCMP", b"APIC", b"CHAP", b"CTOC", b"USLT", b"SYLT", b"ETCO", b"WFED", b"PCST"),
        *(b"WOAF", b"WOAS", b"WOAR", b"WCOP", b"WPUB", b"RVA2", b"TT1", b"TT2", b"TT3", b"TP1"),
        *(b"TP2", b"TAL", b"TRK", b"TPA", b"TCO", b"TYE", b"TLE", b"TLA", b"TCR", b"PIC", b"ULT"),
    }
)
"""Frames for listeners (ID3 2.2 to 2.4, and Apple's)."""
PICTURED = frozenset({b"APIC", b"PIC", b"CHAP"})
"""Frames with a picture in them: covers, and those of chapters."""
CHAPTER, CHAPTER_TIMES = 10, 16
"""Where a chapter's name begins, and the bytes of its times behind it."""
MADE_BY = frozenset({b"TENC", b"TSSE", b"TEN", b"TSS"})
UNSYNCHRONISED, EXTENDED = 0x80, 0x40
WIDE, SYNCSAFE = 3, 4
"""The versions from which on names have four letters, and sizes seven bits a byte."""
OLD_TAG, OLD_COMMENT = 128, 97
"""Bytes of an ID3 1 tag, and where in it a comment stands."""
COMMENTS = frozenset(
    {
        *("TITLE", "ARTIST", "ALBUM", "ALBUMARTIST", "DATE", "TRACKNUMBER", "TRACKTOTAL", "GENRE"),
        *("COPYRIGHT", "LICENSE", "PERFORMER", "DISCNUMBER", "VERSION"),
    }
)
"""Fields for listeners (Vorbis comments)."""
PADDING, APPLICATION, COMMENT, PICTURE, LAST = 1, 2, 4, 6, 0x80
MOST_BLOCKS = 1000
CHUNKS = frozenset({b"fmt ", b"data", b"fact", b"cue ", b"smpl", b"ds64", b"slnt", b"wavl"})
FREE_CHUNKS = frozenset({b"JUNK", b"junk", b"PAD ", b"FLLR"})


def tag_findings(file: BinaryIO) -> Iterator[Finding]:
    """What the ID3 tags at both ends of a file tell."""
    size = file.seek(0, 2)
    file.seek(0)
    length = tag_length(file.read(TAG_HEAD))
    file.seek(0)
    if 0 < length <= min(size, MOST_TAG):
        yield from _in_tag(file.read(length))
    file.seek(max(0, size - OLD_TAG))
    tail = file.read(OLD_TAG)
    if size > OLD_TAG and tail[:3] == b"TAG" and tail[OLD_COMMENT : OLD_TAG - 3].strip(b"\0 "):
        start = size - OLD_TAG + OLD_COMMENT
        yield Finding(WORDS, (Patch(start, start + 28),))


def _in_tag(tag: bytes) -> Iterator[Finding]:
    version, flags = tag[3], tag[5]
    mixed = UNSYNCHRONISED if version < SYNCSAFE else 0
    is_plain = not flags & (EXTENDED | FOOTER | mixed)
    kept: list[bytes] = []
    found: set[str] = set()
    at = TAG_HEAD
    for name, start, end in _frames(tag, version) if is_plain else ():
        if name in SHOWN:
            frame = tag[start:end]
            kept.append(_with_clean_pictures(frame, version) if name in PICTURED else frame)
            if kept[-1] != frame:
                found.add(COVER)
        else:
            found.add(PROGRAM if name in MADE_BY else WORDS)
        at = end
    rest = tag[at:].strip(b"\0")
    if is_plain and (found or rest):
        patch = Patch(TAG_HEAD, len(tag), b"".join(kept))
        yield from (Finding(what, (patch,)) for what in sorted(found or {WORDS}))
    elif any(name in rest for name in (b"PRIV", b"GEOB", b"COMM", b"TENC", b"TXXX")):
        yield Finding(WORDS)


def _with_clean_pictures(frame: bytes, version: int) -> bytes:
    """A cover, or a chapter with the frames in it (ID3v2 Chapter Frame Addendum, 3.1)."""
    if frame[:4] != b"CHAP":
        return with_clean_cover(frame)
    begin = frame.find(b"\0", CHAPTER) + 1 + CHAPTER_TIMES
    inner = bytes(TAG_HEAD) + frame[begin:]
    made, at = [frame[:begin]], TAG_HEAD
    for name, start, end in _frames(inner, version):
        part = inner[start:end]
        made.append(with_clean_cover(part) if name == b"APIC" else part)
        at = end
    return b"".join((*made, inner[at:]))


def _frames(tag: bytes, version: int) -> Iterator[tuple[bytes, int, int]]:
    """The frames of a tag: name, and where each begins and ends."""
    letters, head = (4, 10) if version >= WIDE else (3, 6)
    at = TAG_HEAD
    while at + head <= len(tag) and tag[at] and tag[at : at + letters].isalnum():
        sizes = tag[at + letters : at + letters + (4 if version >= WIDE else 3)]
        size = int.from_bytes(sizes, "big")
        if version >= SYNCSAFE and sizes.isascii():
            size = syncsafe(sizes)
        end = at + head + size
        if end > len(tag):
            return
        yield tag[at : at + letters], at, end
        at = end


def flac_findings(file: BinaryIO) -> Iterator[Finding]:
    """What the blocks of a FLAC file tell (RFC 9639, 8)."""
    at = 4
    for _ in range(MOST_BLOCKS):
        file.seek(at)
        head = file.read(4)
        kind, size = head[0] & 127 if head else 0, int.from_bytes(head[1:4], "big")
        if len(head) < 4:  # noqa: PLR2004 - a block's head
            return
        data = file.read(size) if kind in (PADDING, APPLICATION, COMMENT, PICTURE) else b""
        start, end = at + 4, at + 4 + size
        if kind == COMMENT:
            yield from _in_comments(data, at, head[0] & LAST)
        elif kind == APPLICATION:
            freed = Patch(at, at + 1, bytes((PADDING | head[0] & LAST,)))
            yield Finding(PROGRAM, (freed, Patch(start, end)))
        elif kind == PICTURE:
            yield from cover_findings(data, start)
        elif kind == PADDING and data.strip(b"\0"):
            yield Finding(WORDS, (Patch(start, end),))
        if head[0] & LAST:
            return
        at = end


def _in_comments(data: bytes, at: int, last: int) -> Iterator[Finding]:
    """The fields of a comment block; what is left of it becomes a block of padding."""
    fields = list(_fields(data))
    kept = [one for one in fields if one.partition(b"=")[0].decode("latin-1").upper() in COMMENTS]
    if len(kept) == len(fields):
        return
    vendor = int.from_bytes(data[:4], "little")
    body = data[: 4 + vendor] + len(kept).to_bytes(4, "little")
    body += b"".join(len(field).to_bytes(4, "little") + field for field in kept)
    spare = len(data) - len(body) - 4
    if spare < 0:
        yield Finding(WORDS)
        return
    made = bytes((COMMENT,)) + len(body).to_bytes(3, "big") + body
    made += bytes((PADDING | last,)) + spare.to_bytes(3, "big")
    yield Finding(WORDS, (Patch(at, at + 4 + len(data), made),))


def _fields(data: bytes) -> Iterator[bytes]:
    at = 4 + int.from_bytes(data[:4], "little")
    count = int.from_bytes(data[at : at + 4], "little")
    at += 4
    for _ in range(min(count, len(data) // 4)):
        size = int.from_bytes(data[at : at + 4], "little")
        if at + 4 + size > len(data):
            return
        yield data[at + 4 : at + 4 + size]
        at += 4 + size


def wave_findings(file: BinaryIO) -> Iterator[Finding]:
    """What the chunks of a WAV file tell; one that tells is made free."""
    size, at = file.seek(0, 2), 12
    for _ in range(MOST_BLOCKS):
        file.seek(at)
        head = file.read(8)
        start = at + 8
        end = min(start + int.from_bytes(head[4:8], "little"), size)
        if len(head) < 8:  # noqa: PLR2004 - a chunk's head
            return
        if head[:4] in FREE_CHUNKS and end - start <= MOST_TAG:
            if file.read(end - start).strip(b"\0"):
                yield Finding(WORDS, (Patch(start, end),))
        elif head[:4] not in CHUNKS and head[:4] not in FREE_CHUNKS:
            yield Finding(WORDS, (Patch(at, at + 4, b"JUNK"), Patch(start, end)))
        at = end + (end - start) % 2
