"""Whatever a picture is stored in, readers see the same colours, and nothing but the picture."""

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from generator.model.pictures import Rendition
from generator.pictures.encoding import PictureError, encoded
from tests.support.photos import photograph, saved, telephones

SIDE = 24
COLOURS = tuple(
    (red, green, blue)
    for red in (20, 110, 200)
    for green in (20, 110, 200)
    for blue in (20, 110, 200)
)
FORMATS = ("webp", "jpeg", "avif", "png")


def patches() -> Image.Image:
    """Large squares, each of one colour, of those that every screen shows."""
    picture = Image.new("RGB", (SIDE * len(COLOURS), SIDE))
    for number, colour in enumerate(COLOURS):
        picture.paste(colour, (number * SIDE, 0, (number + 1) * SIDE, SIDE))
    return picture


def rendition(kind: str, size: tuple[int, int], **more: object) -> Rendition:
    parts = {"key": "", "base": size[0], "quality": 90, "speed": 8}
    return Rendition(**{**parts, "width": size[0], "height": size[1], "format": kind, **more})  # type: ignore[arg-type]


def seen(data: bytes, kind: str, size: tuple[int, int], **more: object) -> Image.Image:
    """What a browser shows that takes a picture without a profile for sRGB."""
    ((_, made),) = encoded(data, [rendition(kind, size, **more)])
    with Image.open(io.BytesIO(made)) as picture:
        assert not picture.info.get("icc_profile")
        picture.load()
        return picture.copy()


def lab(colour: tuple[int, ...]) -> tuple[float, float, float]:
    """A colour of sRGB in CIE 1976 L*a*b* (IEC 61966-2-1, CIE 15)."""
    linear = [
        c / 12.92 if (c := v / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for v in colour[:3]
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]
    x, y, z = (
        t ** (1 / 3) if (t := v / w) > 0.008856 else 7.787 * t + 16 / 116
        for v, w in zip(xyz, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """By how much two colours differ (CIE 1994, graphic arts): 2 is hardly seen."""
    light, a, b = (x - y for x, y in zip(lab(one), lab(other), strict=True))
    chroma, other_chroma = (hypot(*lab(colour)[1:]) for colour in (one, other))
    vivid = chroma - other_chroma
    hue = max(0.0, a * a + b * b - vivid * vivid) ** 0.5
    return hypot(light, vivid / (1 + 0.045 * chroma), hue / (1 + 0.015 * chroma))


def middles(picture: Image.Image) -> Iterator[tuple[int, ...]]:
    rgb = picture.convert("RGB")
    for number in range(len(COLOURS)):
        found = rgb.getpixel((number * SIDE + SIDE // 2, SIDE // 2))
        assert isinstance(found, tuple)
        yield found


def worst(picture: Image.Image, wanted: Image.Image) -> float:
    return max(map(difference, middles(picture), middles(wanted)))


def display_p3() -> bytes:
    """A profile with the primaries of Display P3 and a gamma of 2.2, by ICC.1:2001-04."""
    primaries = {
        b"rXYZ": (0.5151, 0.2412, -0.0011),
        b"gXYZ": (0.2920, 0.6922, 0.0419),
        b"bXYZ": (0.1571, 0.0666, 0.7841),
        b"wtpt": (0.9642, 1.0, 0.8249),
    }
    tags = {
        name: b"XYZ \0\0\0\0" + b"".join(fixed(v) for v in xyz) for name, xyz in primaries.items()
    }
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0")
    tags[b"desc"] = b"desc\0\0\0\0\0\0\0\x03P3\0" + bytes(79)
    tags[b"cprt"] = b"text\0\0\0\0none\0\0\0\0"
    at, table, body = 132 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += padded
    size = at + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    header += b"".join(fixed(v) for v in (0.9642, 1.0, 0.8249))
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def in_p3(picture: Image.Image) -> bytes:
    """The same colours, told in another colour space."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(display_p3()))
    told = ImageCms.profileToProfile(picture, ImageCms.createProfile("sRGB"), profile)
    assert told is not None
    return saved(told, "PNG", icc_profile=display_p3())


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_in_another_colour_space_looks_the_same_in_every_format(kind: str) -> None:
    wanted = patches()
    data = in_p3(wanted)
    with Image.open(io.BytesIO(data)) as raw:
        assert worst(raw, wanted) > 3  # so it would look, were the profile lost
    assert worst(seen(data, kind, wanted.size), wanted) <= 2


@pytest.mark.parametrize("kind", FORMATS)
def test_print_colours_are_those_that_they_mean(kind: str) -> None:
    wanted = patches()
    data = saved(wanted.convert("CMYK"), "JPEG", quality=100, subsampling=0)
    assert worst(seen(data, kind, wanted.size), wanted) <= 2


@pytest.mark.parametrize("kind", FORMATS)
def test_a_palette_keeps_its_colours(kind: str) -> None:
    wanted = patches()
    data = saved(wanted.quantize(len(COLOURS)), "PNG")
    assert worst(seen(data, kind, wanted.size), wanted) <= 2


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("depth", [8, 16])
def test_grey_is_as_bright_as_it_was(kind: str, depth: int) -> None:
    levels = [round(255 * part / (len(COLOURS) - 1)) for part in range(len(COLOURS))]
    wanted = Image.new("RGB", (SIDE * len(COLOURS), SIDE))
    grey = Image.new("L" if depth == 8 else "I;16", wanted.size)
    for number, level in enumerate(levels):
        box = (number * SIDE, 0, (number + 1) * SIDE, SIDE)
        wanted.paste((level,) * 3, box)
        grey.paste(level if depth == 8 else level * 257, box)
    assert worst(seen(saved(grey, "PNG"), kind, wanted.size), wanted) <= 2


@pytest.mark.parametrize("kind", ["webp", "avif", "png"])
def test_transparency_stays(kind: str) -> None:
    clear = patches()
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    made = seen(saved(clear, "PNG"), kind, clear.size)
    assert made.mode == "RGBA"
    for y in (2, 12, 22):
        one, other = made.getpixel((50, y)), clear.getpixel((50, y))
        assert isinstance(one, tuple)
        assert isinstance(other, tuple)
        assert abs(one[3] - other[3]) <= 3


def test_what_is_transparent_is_white_where_that_cannot_be_said() -> None:
    clear = Image.new("RGBA", (40, 40), (200, 0, 0, 0))
    colour = seen(saved(clear, "PNG"), "jpeg", (40, 40)).getpixel((20, 20))
    assert colour == (255, 255, 255)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_what_moves_keeps_its_frames_and_their_times(kind: str) -> None:
    frames = [Image.new("RGB", (60, 40), (shade, 90, 120)) for shade in (20, 120, 220)]
    times = {"save_all": True, "append_images": frames[1:], "duration": [100, 300, 50], "loop": 0}
    data = saved(frames[0], kind, **times)
    ((_, made),) = encoded(data, [rendition("webp", (30, 20), is_animated=True)])
    with Image.open(io.BytesIO(made)) as moving:
        assert (moving.size, moving.n_frames) == ((30, 20), 3)  # type: ignore[attr-defined]
        for number, shade in enumerate((20, 120, 220)):
            moving.seek(number)
            moving.load()
            colour = moving.convert("RGB").getpixel((15, 10))
            assert isinstance(colour, tuple)
            assert difference(colour, (shade, 90, 120)) <= 2
            assert moving.info["duration"] == (100, 300, 50)[number]


def test_what_moves_is_upright_and_in_the_colours_that_its_profile_means() -> None:
    whole = patches()
    exif = Image.Exif()
    exif[0x0112] = 6
    more = {"save_all": True, "append_images": [whole.transpose(Image.Transpose.ROTATE_180)]}
    data = saved(whole, "WEBP", lossless=True, icc_profile=display_p3(), exif=exif, **more)
    size = (whole.height, whole.width)
    ((_, made),) = encoded(data, [rendition("webp", size, is_animated=True)])
    ((_, still),) = encoded(data, [rendition("png", size)])
    with Image.open(io.BytesIO(made)) as moving, Image.open(io.BytesIO(still)) as wanted:
        for number in range(len(COLOURS)):
            place = (SIDE // 2, number * SIDE + SIDE // 2)
            one, other = (opened.convert("RGB").getpixel(place) for opened in (moving, wanted))
            assert isinstance(one, tuple)
            assert isinstance(other, tuple)
            assert difference(one, other) <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_applied(orientation: int) -> None:
    data = telephones((64, 48), orientation)
    size = (64, 48) if orientation < 5 else (48, 64)
    made = seen(data, "png", size)
    with Image.open(io.BytesIO(data)) as opened:
        upright = ImageOps.exif_transpose(opened)
    for span in ((5, 5), (40, 40), (5, 40)):
        one, other = made.getpixel(span), upright.getpixel(span)
        assert isinstance(one, tuple)
        assert isinstance(other, tuple)
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 3


def test_a_part_is_that_part() -> None:
    data = saved(photograph((400, 300)), "PNG")
    made = seen(data, "png", (100, 50), base=200, box=(200, 100, 200, 100))
    whole = photograph((400, 300))
    for span in ((5, 5), (50, 25), (95, 45)):
        one = made.getpixel(span)
        other = whole.getpixel((200 + span[0] * 2, 100 + span[1] * 2))
        assert isinstance(one, tuple)
        assert isinstance(other, tuple)
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 4


def test_what_one_rendition_becomes_does_not_follow_from_the_others() -> None:
    data = telephones((800, 600))
    renditions = [rendition(kind, (60, 80), base=base) for kind in FORMATS for base in (120, 300)]
    together = dict(encoded(data, renditions))
    for one in renditions:
        assert dict(encoded(data, [one])) == {one: together[one]}


@pytest.mark.parametrize("kind", FORMATS)
def test_credit_stays_where_that_is_wanted_and_nothing_else(kind: str) -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x010F] = "Priya Nair", "PhoneMaker"
    data = saved(photograph((60, 40)), exif=exif)
    for keep in (False, True):
        ((_, made),) = encoded(data, [rendition(kind, (60, 40), keep_credit=keep)])
        with Image.open(io.BytesIO(made)) as opened:
            assert dict(opened.getexif()) == ({0x013B: "Priya Nair"} if keep else {})


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "AVIF"]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    st.integers(0, 100),
)
def test_a_damaged_picture_is_made_or_refused(
    kind: str, damage: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(saved(photograph((40, 30)), kind))
    for place, byte in damage:
        data[place % len(data)] = byte
    del data[len(data) * (100 - cut) // 100 :]
    with suppress(PictureError):  # and nothing else is raised
        assert len(list(encoded(bytes(data), [rendition("webp", (20, 15))]))) == 1
