import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.pictures.header import ORIENTATION
from generator.read.pictures import RASTER, look_at


def measure(name: str, data: bytes) -> tuple[int, int]:
    seen = look_at(name, data, "0")
    return seen.width, seen.height


FORMATS = {
    "png": "PNG",
    "apng": "PNG",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "jfif": "JPEG",
    "gif": "GIF",
    "webp": "WEBP",
    "avif": "AVIF",
}


def drawn(kind: str, size: tuple[int, int] = (30, 20), orientation: int = 1) -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = Image.new("RGB", size)
    if kind == "JPEG":
        picture.save(file, kind, exif=exif)
    else:
        picture.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("name", [*FORMATS, "JPG", "Png"])
def test_pictures_are_measured(name: str) -> None:
    assert measure(f"a/b.{name}", drawn(FORMATS[name.lower()])) == (30, 20)


def test_every_kind_that_is_measured_is_tried() -> None:
    assert {f".{name}" for name in FORMATS} == set(RASTER)


def test_a_picture_is_what_it_holds_not_what_it_is_called() -> None:
    assert measure("a.png", drawn("JPEG")) == (30, 20)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_as_wide_as_browsers_show_it(orientation: int) -> None:
    size = (30, 20) if orientation < 5 else (20, 30)
    assert measure("a.jpg", drawn("JPEG", orientation=orientation)) == size


def test_a_very_large_picture_is_measured_without_a_word() -> None:
    # Pillow warns of more than 89 million pixels: it fears what unpacking them would take.
    side = (10_000).to_bytes(2, "little")
    data = drawn("GIF")
    assert measure("a.gif", data[:6] + side + side + data[10:]) == (10_000, 10_000)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="30" height="20">', (30, 20)),
        ("<svg width='30px' height='20px'>", (30, 20)),
        ('<svg width="29.6" height="20.4">', (30, 20)),
        ('<?xml version="1.0"?>\n<!-- a -->\n<svg\n  viewBox="0 0 30 20"\n>', (30, 20)),
        ('<svg viewBox="-1.5,2, 30, 20.0">', (30, 20)),
        ('<svg width="100%" height="100%" viewBox="0 0 30 20">', (30, 20)),
        ('<svg width="3em" viewBox="0 0 30 20">', (30, 20)),
        ('<svg width="30" viewBox="0 0 300 200">', (300, 200)),
        ('<svg stroke-width="2" width="30" height="20" stroke-width="1">', (30, 20)),
        ('<svg data-height="7" viewBox="0 0 30 20" stroke-width="1">', (30, 20)),
        ("<svg>", (0, 0)),
        ("<svgfoo width='1' height='1'>", (0, 0)),
        ('<svg width="1.2.3" height="2">', (0, 2)),
        (f'<svg width="{"9" * 400}" height="2">', (0, 2)),
        ("", (0, 0)),
        ("\0\0", (0, 0)),
    ],
)
def test_drawings_say_how_large_they_are(svg: str, size: tuple[int, int]) -> None:
    assert measure("a.svg", svg.encode()) == size


@pytest.mark.parametrize("name", ["a.pdf", "a", "png", "a.mp4", "a.svg.gz"])
def test_what_is_no_picture_has_no_size(name: str) -> None:
    assert measure(name, drawn("PNG")) == (0, 0)


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_that_is_cut_off_does_no_harm(name: str) -> None:
    data = drawn(FORMATS[name])
    for length in range(0, len(data), 7):
        assert measure(f"a.{name}", data[:length]) in ((0, 0), (30, 20))


@settings(max_examples=150)
@given(
    st.sampled_from([*FORMATS, "svg"]),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8),
)
def test_a_damaged_picture_does_no_harm(name: str, damage: list[tuple[int, int]]) -> None:
    data = bytearray(
        b'<svg width="30" height="20">' if name == "svg" else drawn(FORMATS[name], orientation=6)
    )
    for place, byte in damage:
        data[place % len(data)] = byte
    width, height = measure(f"a.{name}", bytes(data))
    assert width >= 0
    assert height >= 0


def test_nothing_is_printed_of_a_broken_picture() -> None:
    # A TIFF whose tags lead out of the file: Pillow notes that, and Python would print it.
    code = (
        "from generator.read.pictures import look_at\n"
        "import io\nfrom PIL import Image\n"
        "file = io.BytesIO()\n"
        "Image.new('RGB', (30, 20)).save(file, 'TIFF', description='a' * 100)\n"
        "whole = file.getvalue()\n"
        "for n in range(8, len(whole), 3): look_at('a.png', whole[:n], '')\n"
        "for n in range(0, len(whole), 7):\n"
        "    look_at('a.png', whole[:n] + b'\\xff' + whole[n+1:], '')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
