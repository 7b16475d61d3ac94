"""Films, and sounds in the same boxes (MP4, M4A, MOV): what they tell, and what takes it out.

A box that tells is made free space where it stands (ISO/IEC 14496-12, 8.1.2). Titles, artists,
covers and chapters stay: they are for those who listen.
"""

from collections.abc import Iterator
from itertools import islice

from generator.media.boxes import FULL, Box, Boxes
from generator.media.covers import cover_findings
from generator.media.findings import DAY, HIDDEN, POSITION, PROGRAM, WORDS, Finding, Patch

PLAYED = frozenset(
    {
        *(b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"sidx", b"ssix", b"mfra", b"emsg"),
        *(b"prft", b"pdin", b"pssh", b"imda"),
    }
)
"""Boxes at the top that have a part in playing; any other is emptied."""
FREE = frozenset({b"free", b"skip", b"wide", b"junk"})
TOLD = frozenset({b"meta", b"uuid"})
TITLES = frozenset(
    {
        *(b"\xa9nam", b"\xa9ART", b"aART", b"\xa9alb", b"\xa9gen", b"gnre", b"\xa9day", b"trkn"),
        *(b"disk", b"covr", b"desc", b"ldes", b"cprt", b"\xa9cpy", b"stik", b"pgap", b"pcst"),
        *(b"catg", b"keyw", b"purl", b"egid", b"tvsh", b"tven", b"tves", b"tvsn", b"cpil"),
        *(b"tmpo", b"\xa9wrt", b"\xa9grp", b"\xa9lyr", b"name", b"titl", b"chpl", b"kind"),
    }
)
"""What is for listeners, in user data and in iTunes' list."""
PLACES = (b"\xa9xyz", b"loci")
PLACE_NAMES = (b"location", b"GPS", b"exif:GPS")
MADE_BY = frozenset({b"\xa9too", b"\xa9mak", b"\xa9mod", b"\xa9swr", b"\xa9enc", b"manu", b"modl"})
SHAPES = bytes.fromhex("ffcc8263f8554a938814587a02521fdd")
"""The `uuid` of a film that shows all round (Google, "Spherical Video RFC"): players need it."""
SEEN = frozenset(
    {
        *(b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint", b"auxv", b"pict"),
        b"subp",
    }
)
"""What tracks are for that are seen or heard; others hold what a device measured."""
COMPRESSOR = 50
"""Where in a picture's sample entry the name of its compressor stands (14496-12, 12.1.3)."""
COMPRESSOR_LENGTH = 32
HANDLER = 24
"""Where in a handler's box its name stands."""
MOST_CHUNKS = 500_000
LOOK = 1 << 16


def film_findings(boxes: Boxes) -> Iterator[Finding]:
    """What a file of boxes tells."""
    top = list(boxes.top())
    if not any(box.kind in (b"moov", b"moof", b"ftyp") for box in top):
        return  # a text may begin as a box does
    spans = [(box.start, box.end) for box in top if box.kind == b"mdat"]
    for box in top:
        if box.kind == b"moov":
            for child in boxes.within(box.start, box.end):
                yield from _in_movie(boxes, child, spans)
        elif box.kind in FREE:
            yield from _in_free(boxes, box)
        elif box.kind not in PLAYED:
            yield _emptied(boxes, box)
    end = top[-1].end if top else 0
    rest = boxes.read(end, 8)
    if top and rest.strip(b"\0") and not (len(rest) == 8 and rest[4:8].isalnum()):  # noqa: PLR2004 - a head
        yield Finding("bytes behind its end")


def _in_movie(boxes: Boxes, box: Box, spans: list[tuple[int, int]]) -> Iterator[Finding]:
    if box.kind == b"trak":
        yield from _in_track(boxes, box, spans)
    elif box.kind in (b"mvhd", b"tkhd", b"mdhd"):
        yield from _times(boxes, box)
    elif box.kind == b"udta":
        yield from _in_user_data(boxes, box)
    elif box.kind in FREE:
        yield from _in_free(boxes, box)
    elif box.kind in TOLD and boxes.read(box.start, 16) != SHAPES:
        yield _emptied(boxes, box)


def _in_track(boxes: Boxes, track: Box, spans: list[tuple[int, int]]) -> Iterator[Finding]:
    media = boxes.children(track).get(b"mdia")
    inner = boxes.children(media) if media else {}
    handler = boxes.read(inner[b"hdlr"].start + 8, 4) if b"hdlr" in inner else b""
    stbl = _samples(boxes, inner)
    if handler and handler not in SEEN:
        kind = boxes.read(stbl[b"stsd"].start + 12, 4) if b"stsd" in stbl else b""
        name = kind.decode("latin-1").strip() or handler.decode("latin-1")
        chunks = (Patch(start, end) for start, end in _chunks(boxes, stbl, spans))
        shown = name if name.isalnum() else "of a device"
        yield Finding(f"a track of measurements ({shown})", (*chunks, *_freed(track)))
        return
    for box in boxes.within(track.start, track.end):
        yield from _in_movie(boxes, box, spans)
    if b"mdhd" in inner:
        yield from _times(boxes, inner[b"mdhd"])
    if b"hdlr" in inner:
        yield from _handler(boxes, inner[b"hdlr"])
    if handler == b"vide" and b"stsd" in stbl:
        yield from _compressor(boxes, stbl[b"stsd"])


def _samples(boxes: Boxes, media: dict[bytes, Box]) -> dict[bytes, Box]:
    inner = boxes.children(media[b"minf"]) if b"minf" in media else {}
    return boxes.children(inner[b"stbl"]) if b"stbl" in inner else {}


def _handler(boxes: Boxes, box: Box) -> Iterator[Finding]:
    """The name of what handles a track (8.4.3): programs and devices put theirs there."""
    start = box.start + HANDLER
    if start < box.end and boxes.read(start, min(LOOK, box.end - start)).strip(b"\0"):
        yield Finding(PROGRAM, (Patch(start, box.end),))


def _compressor(boxes: Boxes, table: Box) -> Iterator[Finding]:
    entry = table.start + FULL + 4
    start, end = entry + COMPRESSOR, entry + COMPRESSOR + COMPRESSOR_LENGTH
    if end <= table.end and boxes.read(start, COMPRESSOR_LENGTH).strip(b"\0"):
        yield Finding(PROGRAM, (Patch(start, end),))


def _chunks(
    boxes: Boxes, stbl: dict[bytes, Box], spans: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where a track's samples stand, as far as they stand where samples may (8.7.2 to 8.7.5)."""
    offsets = _numbers(boxes, stbl.get(b"stco"), 4) or _numbers(boxes, stbl.get(b"co64"), 8)
    runs = _numbers(boxes, stbl.get(b"stsc"), 12)
    if b"stsz" not in stbl or not offsets or not runs:
        return
    head = boxes.read(stbl[b"stsz"].start + FULL, 4)
    same = int.from_bytes(head, "big")
    sizes = iter(() if same else _numbers(boxes, stbl[b"stsz"], 4, FULL))
    steps = [(run >> 64, run >> 32 & 0xFFFFFFFF) for run in runs]
    samples, step = 0, 0
    for number, offset in enumerate(offsets, start=1):
        while step < len(steps) and steps[step][0] <= number:
            samples, step = steps[step][1], step + 1
        samples = min(samples, MOST_CHUNKS)
        length = same * samples if same else sum(islice(sizes, samples))
        for start, end in spans:
            if start <= offset < end and length:
                yield offset, min(offset + length, end)


def _numbers(boxes: Boxes, box: Box | None, width: int, skip: int = 0) -> list[int]:
    """The numbers of a table: their count stands before them."""
    if box is None:
        return []
    at = box.start + FULL + skip
    count = int.from_bytes(boxes.read(at, 4), "big")
    room = (box.end - at - 4) // width
    data = boxes.read(at + 4, min(count, room, MOST_CHUNKS) * width)
    return [int.from_bytes(data[i : i + width], "big") for i in range(0, len(data), width)]


def _times(boxes: Boxes, box: Box) -> Iterator[Finding]:
    """The two times of a header (8.2.2): version 1 has long ones."""
    start = box.start + FULL
    end = start + (16 if boxes.read(box.start, 1) == b"\1" else 8)
    if end <= box.end and any(boxes.read(start, end - start)):
        yield Finding(DAY, (Patch(start, end),))


def _in_user_data(boxes: Boxes, data: Box) -> Iterator[Finding]:
    for box in boxes.within(data.start, data.end):
        if box.kind == b"meta":
            yield from _in_list(boxes, box)
        elif box.kind in FREE:
            yield from _in_free(boxes, box)
        elif box.kind not in TITLES:
            yield _emptied(boxes, box)


def _in_list(boxes: Boxes, meta: Box) -> Iterator[Finding]:
    """ITunes' list; a list of any other kind goes as a whole."""
    start = meta.start if boxes.read(meta.start + 4, 4) == b"hdlr" else meta.start + FULL
    inner = {box.kind: box for box in boxes.within(start, meta.end)}
    handler = inner.get(b"hdlr")
    if handler is None or boxes.read(handler.start + 8, 4) != b"mdir":
        yield _emptied(boxes, meta)
        return
    for kind, box in inner.items():
        if kind == b"ilst":
            for item in boxes.within(box.start, box.end):
                if item.kind == b"covr":
                    yield from _in_covers(boxes, item)
                elif item.kind not in TITLES | FREE:
                    yield _emptied(boxes, item)
        elif kind in FREE:
            yield from _in_free(boxes, box)
        elif kind != b"hdlr":
            yield _emptied(boxes, box)


def _in_covers(boxes: Boxes, item: Box) -> Iterator[Finding]:
    """Each cover stands in a box of its own, behind its kind and language."""
    for box in boxes.within(item.start, item.end):
        yield from cover_findings(boxes.read(box.start, box.end - box.start), box.start)


def _in_free(boxes: Boxes, box: Box) -> Iterator[Finding]:
    for at in range(box.start, box.end, LOOK):
        if boxes.read(at, min(LOOK, box.end - at)).strip(b"\0"):
            yield Finding(HIDDEN, (Patch(box.start, box.end),))
            return


def _emptied(boxes: Boxes, box: Box) -> Finding:
    content = boxes.read(box.start, min(LOOK, box.end - box.start))
    is_place = box.kind in PLACES or any(name in content for name in PLACE_NAMES)
    what = POSITION if is_place else PROGRAM if box.kind in MADE_BY else WORDS
    return Finding(what, _freed(box))


def _freed(box: Box) -> tuple[Patch, ...]:
    """What makes a box free space."""
    return Patch(box.at + 4, box.at + 8, b"free"), Patch(box.start, box.end)
