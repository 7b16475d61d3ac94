"""No published picture tells where, when or with what it was taken; every pixel stays."""

import io
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.media.recipe import Cleaning
from generator.pictures.cleaning import cleaned, is_picture, traces

Pictures = dict[str, bytes]
SECRET = b"SECRET-59-54N-10-01E"
TURNED = ("jpeg", "progressive jpeg", "jpeg with restarts", "png", "webp")


def frames(data: bytes) -> list[bytes]:
    """The pixels of every frame, as they are stored."""
    with Image.open(io.BytesIO(data)) as opened:
        found = []
        for number in range(getattr(opened, "n_frames", 1)):
            opened.seek(number)
            found.append(opened.convert("RGBA").tobytes())
        return found


def told(data: bytes) -> Image.Exif:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.getexif()


def profile(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as opened:
        return bytes(opened.info.get("icc_profile", b""))


@pytest.mark.parametrize("keep_credit", [False, True])
def test_nothing_that_a_camera_or_a_program_wrote_is_left(
    picture: bytes, *, keep_credit: bool
) -> None:
    assert SECRET in picture
    made = cleaned(picture, keep_credit=keep_credit)
    for word in (b"SECRET", b"PhoneMaker", b"SERIAL", b"after the end"):
        assert word not in made


@pytest.mark.parametrize("keep_credit", [False, True])
def test_every_pixel_and_the_colours_stay(picture: bytes, *, keep_credit: bool) -> None:
    made = cleaned(picture, keep_credit=keep_credit)
    assert frames(made) == frames(picture)
    assert profile(made) == profile(picture)


@pytest.mark.parametrize("name", TURNED)
def test_a_picture_is_turned_as_before_and_says_nothing_else(pictures: Pictures, name: str) -> None:
    assert dict(told(pictures[name]))[0x0112] == 6
    assert dict(told(cleaned(pictures[name], keep_credit=False))) == {0x0112: 6}


@pytest.mark.parametrize("name", TURNED)
def test_credit_and_copyright_can_be_kept(pictures: Pictures, name: str) -> None:
    made = dict(told(cleaned(pictures[name], keep_credit=True)))
    assert made == {0x0112: 6, 0x013B: "Ada Artist", 0x8298: "Copyright The Gazette"}


def test_a_credit_line_is_kept_in_a_jpeg_from_wherever_it_comes(pictures: Pictures) -> None:
    made = cleaned(pictures["jpeg"], keep_credit=True)
    assert b"\x1c\x02\x6e\x00\x0aThe Agency" in made
    assert b"\x1c\x02\x50\x00\x0aAda Artist" in made


@pytest.mark.parametrize("keep_credit", [False, True])
def test_what_was_cleaned_is_not_changed_again_and_tells_nothing(
    picture: bytes, *, keep_credit: bool
) -> None:
    made = cleaned(picture, keep_credit=keep_credit)
    assert cleaned(made, keep_credit=keep_credit) == made
    assert traces(made) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jpeg", {"a position", "a serial number", "maker's notes", "XMP", "IPTC", "a comment"}),
        ("png", {"a position", "a serial number", "maker's notes", "XMP", "a comment", "a time"}),
        ("webp", {"a position", "a serial number", "maker's notes", "XMP"}),
        ("gif", {"a comment", "XMP"}),
        ("avif", {"a position", "a serial number", "maker's notes", "XMP"}),
    ],
)
def test_what_a_picture_tells_is_named(pictures: Pictures, name: str, words: set[str]) -> None:
    assert set(traces(pictures[name])) == words


def test_a_thumbnail_goes_that_may_show_what_was_cut_away() -> None:
    thumbnail = b"\xff\xd8 what was cut away \xff\xd9"
    first = b"MM\0*\0\0\0\x08" + b"\0\0" + b"\0\0\0\x0e"
    second = b"\0\x02" + b"\x02\x01\0\x04\0\0\0\x01\0\0\0\x2c" + b"\x02\x02\0\x04\0\0\0\x01"
    tiff = first + second + len(thumbnail).to_bytes(4, "big") + bytes(4) + thumbnail
    segment = b"Exif\0\0" + tiff
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG")
    data = buffer.getvalue()
    app1 = b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment
    picture = data[:2] + app1 + data[2:]
    assert traces(picture) == ("a thumbnail",)
    assert b"cut away" not in cleaned(picture, keep_credit=True)


def test_a_second_picture_behind_the_first_goes() -> None:
    """As telephones append films, depth maps and the picture before it was edited."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "JPEG")
    first = cleaned(buffer.getvalue(), keep_credit=False)
    assert cleaned(first + buffer.getvalue(), keep_credit=False) == first


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"GIF", b"%PDF-1.7", b"<svg/>", b"\0" * 100, b"RIFF....WAVE", b"BM"]
)
def test_what_is_no_picture_stays_as_it_is(data: bytes) -> None:
    assert not is_picture(data)
    assert cleaned(data, keep_credit=False) == data
    assert traces(data) == ()


@pytest.mark.parametrize("keep_credit", [False, True])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    changes=st.lists(
        st.tuples(st.integers(16, 4000), st.sampled_from([0, 1, 8, 0x7F, 0x80, 0xD9, 0xFF])),
        max_size=8,
    ),
    cut=st.integers(0, 4000),
)
def test_whatever_a_file_holds_cleaning_ends_and_cleans_for_good(
    picture: bytes, changes: list[tuple[int, int]], cut: int, *, keep_credit: bool
) -> None:
    broken = bytearray(picture)
    for place, value in changes:
        broken[16 + place % (len(broken) - 16)] = value
    data = bytes(broken[: len(broken) - cut % (len(broken) - 16)])
    made = cleaned(data, keep_credit=keep_credit)
    assert cleaned(made, keep_credit=keep_credit) == made
    traces(data)


@pytest.mark.parametrize(
    "unit",
    [b"\xff", b"\xff\xe1\0\x02", b"\xff\xda\0\x02\xff\xff", b"\0\0\0\0tEXt\0\0\0\0", b"!\xfe\0"],
)
@pytest.mark.parametrize("head", [b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(7)])
def test_a_hostile_file_is_looked_through_once(head: bytes, unit: bytes) -> None:
    """Twice the file, twice the steps: counted by the bytes that are asked for."""

    class Counting(bytes):
        asked = 0

        def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - as bytes has it
            Counting.asked += 1
            return super().__getitem__(key)

    counts = []
    for number in (2_000, 4_000):
        Counting.asked = 0
        cleaned(Counting(head + unit * number), keep_credit=True)
        counts.append(Counting.asked)
    assert counts[1] <= 2 * counts[0] + 100


def test_spans_that_all_cover_the_whole_file_do_not_hold_it_up() -> None:
    """In HEIF an item may name as many places as it likes."""
    extents = 60_000
    iloc_entry = (
        b"\0\x01\0\0" + extents.to_bytes(2, "big") + b"\0\0\0\x20\xff\xff\xff\xff" * extents
    )
    iloc = b"\0\0\0\0\x44\0\0\x01" + iloc_entry
    infe = _box(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0")
    iinf = b"\0\0\0\0\0\x01" + infe
    meta = _box(b"meta", bytes(4) + _box(b"iinf", iinf) + _box(b"iloc", iloc))
    data = _box(b"ftyp", b"avif\0\0\0\0avif") + meta
    assert len(cleaned(data, keep_credit=False)) == len(data)


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def test_a_fingerprint_stands_for_all_that_the_published_bytes_follow_from() -> None:
    one = Cleaning("1").fingerprint("a" * 32)
    others = (
        Cleaning("1").fingerprint("b" * 32),
        Cleaning("2").fingerprint("a" * 32),
        Cleaning("1", keep_credit=True).fingerprint("a" * 32),
    )
    assert one == Cleaning("1").fingerprint("a" * 32)
    assert len({one, *others}) == 4


def test_random_bytes_behind_a_signature_are_no_trouble() -> None:
    numbers = random.Random(7)  # noqa: S311 - no secret
    heads = (
        b"\xff\xd8",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\xff\xff\0\0WEBP",
        b"GIF89a",
        b"\0\0\0\x18ftypavif",
    )
    for _ in range(400):
        data = numbers.choice(heads) + numbers.randbytes(numbers.randrange(400))
        made = cleaned(data, keep_credit=True)
        assert cleaned(made, keep_credit=True) == made


def test_a_tiff_tells_the_camera_and_what_programs_wrote() -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "TIFF", tiffinfo={0x010F: "PhoneMaker", 0x02BC: b"<x/>"})
    assert traces(file.getvalue()) == ("XMP", "the camera")
