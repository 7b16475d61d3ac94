"""No published sound, film or drawing tells where, by whom or with what it was made."""

import io
import zlib
from base64 import b64encode
from binascii import a2b_base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.media.cleaning import findings, patches_of, told_of
from generator.media.facts import facts_of
from generator.media.findings import POSITION, Patch, patched
from tests.pictures.conftest import jpeg, png
from tests.support.recordings import box, film, id3, sound

SECRET = b"SECRET-59-54N-10-01E"


def full(*content: bytes) -> bytes:
    return bytes(4) + b"".join(content)


def handler(kind: bytes) -> bytes:
    return box(b"hdlr", full(bytes(4), kind, bytes(12), b"\0"))


def item(name: bytes, text: bytes) -> bytes:
    return box(name, box(b"data", full(bytes(4), text)))


def measured() -> bytes:
    """A film with a track of positions, as cameras for sports make it."""
    head = box(b"ftyp", b"mp41mp41")
    at = len(head) + 8
    table = box(
        b"stbl",
        box(b"stsd", full((1).to_bytes(4, "big"), box(b"gpmd", bytes(8)))),
        box(b"stsz", full(bytes(4), (2).to_bytes(4, "big"), *[(20).to_bytes(4, "big")] * 2)),
        box(b"stsc", full((1).to_bytes(4, "big"), *[(n).to_bytes(4, "big") for n in (1, 2, 1)])),
        box(b"stco", full((1).to_bytes(4, "big"), at.to_bytes(4, "big"))),
    )
    media = box(b"mdia", handler(b"meta"), box(b"minf", table))
    samples = SECRET + SECRET
    moov = film(9, box(b"trak", media)).partition(b"moving pictures")[2]
    return head + box(b"mdat", samples, b"moving pictures") + moov


LIST = box(
    b"meta",
    full(
        handler(b"mdir"),
        box(
            b"ilst", item(b"\xa9nam", b"The talk"), item(b"----", SECRET), item(b"\xa9too", SECRET)
        ),
    ),
)
FLAC_FIELDS = (b"TITLE=The talk", b"LOCATION=" + SECRET, b"ENCODER=" + SECRET)


def flac() -> bytes:
    fields = b"".join(len(one).to_bytes(4, "little") + one for one in FLAC_FIELDS)
    body = (6).to_bytes(4, "little") + b"vendor" + (3).to_bytes(4, "little") + fields
    blocks = b"\0\0\0\x22" + bytes(34) + b"\4" + len(body).to_bytes(3, "big") + body
    return b"fLaC" + blocks + b"\x82\0\0\x14" + SECRET + b"\xff\xf8sound"


def wav() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return name + len(data).to_bytes(4, "little") + data

    body = chunk(b"fmt ", bytes(16)) + chunk(b"LIST", b"INFO" + SECRET) + chunk(b"data", b"sound!")
    body += chunk(b"bext", SECRET)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body


SVG = b"""<?xml version="1.0"?><!-- SECRET -->
<svg xmlns="http://www.w3.org/2000/svg" inkscape:export-filename='/home/SECRET/a.png' width="4">
<metadata><rdf:RDF>SECRET</rdf:RDF></metadata><sodipodi:namedview id="SECRET"/>
<style><![CDATA[ <!-- kept --> ]]></style><text>The talk</text></svg>"""
COVER = (b"APIC", b"\0image/jpeg\0\3\0" + jpeg())
CHAPTER = b"c1\0" + bytes(16) + id3(COVER, (b"TIT2", b"\0The talk"))[10:]
FLAC_PICTURE = (3).to_bytes(4, "big") + bytes(28) + png()
FILES: dict[str, bytes] = {
    "a cover of a sound": sound(1, id3((b"TIT2", b"\0The talk"), COVER)),
    "a cover of a chapter": sound(1, id3((b"CHAP", CHAPTER))),
    "a cover of a film": film(
        9, box(b"udta", box(b"meta", full(handler(b"mdir"), box(b"ilst", item(b"covr", jpeg())))))
    ),
    "a cover of a FLAC": (
        b"fLaC\0\0\0\x22"
        + bytes(34)
        + b"\x86"
        + len(FLAC_PICTURE).to_bytes(3, "big")
        + FLAC_PICTURE
        + b"\xff\xf8sound"
    ),
    "a position in user data": film(9, box(b"udta", box(b"\xa9xyz", SECRET))),
    "Apple's keys": film(9, box(b"meta", full(handler(b"mdta"), box(b"keys", SECRET)))),
    "iTunes' list": film(9, box(b"udta", LIST)),
    "XMP behind the film": film(9) + box(b"uuid", bytes(16), SECRET),
    "free space": film(9) + box(b"free", SECRET),
    "a maker's own box": film(9) + box(b"inst", SECRET),
    "measurements": measured(),
    "private frames": sound(1, id3((b"TIT2", b"\0The talk"), (b"PRIV", SECRET), padding=9)),
    "a comment at the end": sound(1) + b"TAG" + bytes(94) + SECRET + bytes(11),
    "fields of a FLAC": flac(),
    "chunks of a WAV": wav(),
    "a drawing": SVG,
}


def cleaned(data: bytes) -> bytes:
    patches = patches_of(io.BytesIO(data))
    pieces = (data[at : at + 7] for at in range(0, len(data), 7))
    return b"".join(patched(pieces, patches))


@pytest.mark.parametrize("name", FILES)
def test_what_tells_is_gone_and_all_else_stands_where_it_stood(name: str) -> None:
    data = FILES[name]
    assert b"SECRET" in data
    made = cleaned(data)
    assert b"SECRET" not in made
    assert len(made) == len(data)
    for kept in (b"moving pictures", b"The talk", b"sound!", b"\xff\xf8sound", b"<!-- kept -->"):
        assert made.count(kept) == data.count(kept)
    assert facts_of(io.BytesIO(made)) == facts_of(io.BytesIO(data))


@pytest.mark.parametrize("name", FILES)
def test_what_was_cleaned_tells_nothing(name: str) -> None:
    assert findings(io.BytesIO(cleaned(FILES[name]))) == ()


def test_a_film_does_not_tell_when_it_was_made() -> None:
    day = (3_700_000_000).to_bytes(4, "big")
    assert day in film(9)
    assert day not in cleaned(film(9))


def test_a_position_is_called_one() -> None:
    told = {one.what for one in findings(io.BytesIO(FILES["a position in user data"]))}
    assert POSITION in told


@pytest.mark.parametrize(
    "data", [b"", b"The free press", b"The wide sea", b"<?xml version='1.0'?><rss/>", b"<p>A</p>"]
)
def test_what_is_none_of_these_stays_as_it_is(data: bytes) -> None:
    assert findings(io.BytesIO(data)) == ()


def pdf(*objects: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\n%%EOF\n"


def packed(data: bytes) -> bytes:
    inside = zlib.compress(data)
    return b"3 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n" + inside + b"\nendstream"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pdf(b"<< /Author (Ann \\(desk\\)) /Producer (X) >>"), "its author (Ann (desk))"),
        (pdf(b"<< /Author <FEFF0041006E006E> >>"), "its author (Ann)"),
        (pdf(packed(b"<< /Author (Ann) >>")), "its author (Ann)"),
        (pdf(b"<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq>"), "its author (Ann)"),
        (pdf(b"/EmbeddedFile << /UF (source.docx) >>"), "attached files (source.docx)"),
        (pdf(b"(C:\\Users\\ann\\a.docx)"), "a path on somebody's computer"),
        (pdf(b"Exif\0\0MM\0*\0\0\0\x08\0\1\x88\x25\0\4\0\0\0\1"), POSITION),
        (pdf(b"trailer << /Encrypt 5 0 R >>"), "what nobody can look into: it is encrypted"),
        (pdf(b"<< /Author () /Producer (X) >>"), ""),
        (b'<svg><image href="file:///home/ann/a.jpg"/></svg>', "a path on somebody's computer"),
        (b"OggS" + bytes(60) + b"vorbisLOCATION=Oslo", POSITION),
    ],
)
def test_what_cannot_be_taken_out_is_told(data: bytes, told: str) -> None:
    assert told_of(io.BytesIO(data)) == told
    assert cleaned(data) == data


ALL = [*FILES.values(), pdf(packed(b"<< /Author (Ann) >>"))]


@settings(max_examples=300)
@given(st.data())
def test_no_damage_makes_it_fail_or_grow(data: st.DataObject) -> None:
    broken = bytearray(data.draw(st.sampled_from(ALL)))
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at] = data.draw(st.integers(0, 255))
    whole = bytes(broken[: data.draw(st.integers(0, len(broken)))])
    made = cleaned(whole)
    assert len(made) == len(whole)


@given(
    st.binary(max_size=60), st.lists(st.tuples(*[st.integers(0, 70)] * 2, st.binary(max_size=9)))
)
def test_patches_are_put_on_whatever_the_pieces(
    data: bytes, drawn: list[tuple[int, int, bytes]]
) -> None:
    patches = [Patch(min(a, b), max(a, b), text[: abs(a - b)]) for a, b, text in drawn]
    one = b"".join(patched([data], patches))
    assert one == b"".join(patched([bytes((byte,)) for byte in data], patches))
    assert len(one) == len(data)


def test_a_photograph_within_a_drawing_tells_nothing_and_is_still_seen() -> None:
    held = b64encode(jpeg())
    data = b'<svg><image href="data:image/jpeg;base64,%s"/></svg>'
    made = cleaned(data % held)
    assert len(made) == len(data % held)
    picture = a2b_base64(made.partition(b"base64,")[2].partition(b'"')[0])
    assert SECRET not in picture
    assert Image.open(io.BytesIO(picture)).tobytes() == Image.open(io.BytesIO(jpeg())).tobytes()
    assert findings(io.BytesIO(made)) == ()


def test_covers_are_still_seen() -> None:
    made = cleaned(FILES["a cover of a sound"])
    cover = made[made.index(b"\xff\xd8\xff") :]
    assert Image.open(io.BytesIO(cover)).tobytes() == Image.open(io.BytesIO(jpeg())).tobytes()
