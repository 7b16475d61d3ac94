"""A picture that tells where it was taken is found, whatever it is called."""

import io
from pathlib import Path

import pytest
from PIL import Image

from generator.check.pictures import traces_problems
from generator.check.site import check_site
from generator.pictures.cleaning import cleaned

PAGE = '<!doctype html><html lang="en"><head><title>A</title></head><body><h1>A</h1></body></html>'


def picture(kind: str, *, has_position: bool) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8769] = {0xA431: "SERIAL"}
    if has_position:
        exif[0x8825] = {1: "N", 2: (59.0, 54.0, 0.0)}
    if kind == "TIFF":
        return exif.tobytes().removeprefix(b"Exif\0\0")  # which is one
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, kind, exif=exif)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("name", ["a.jpg", "noname", "a.bin"])
def test_a_position_is_an_error_and_the_rest_a_warning(
    tmp_path: Path, kind: str, name: str
) -> None:
    (tmp_path / name).write_bytes(picture(kind, has_position=True))
    (found,) = traces_problems(tmp_path / name, name)
    assert found.is_error
    assert found.message == "tells more than is seen: a position, a serial number"
    (tmp_path / name).write_bytes(picture(kind, has_position=False))
    (found,) = traces_problems(tmp_path / name, name)
    assert not found.is_error
    assert found.message == "tells more than is seen: a serial number"


@pytest.mark.parametrize("keep_credit", [False, True])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_as_it_is_published_is_well(
    tmp_path: Path, kind: str, *, keep_credit: bool
) -> None:
    data = cleaned(picture(kind, has_position=True), keep_credit=keep_credit)
    (tmp_path / "a").write_bytes(data)
    assert not list(traces_problems(tmp_path / "a", "a"))


@pytest.mark.parametrize("data", [b"", b"text", b"\0" * 100, b"%PDF-1.7"])
def test_what_is_no_picture_is_passed_over(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    assert not list(traces_problems(tmp_path / "a.jpg", "a.jpg"))


def test_a_whole_site_is_looked_through(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/photo").write_bytes(picture("JPEG", has_position=True))
    problems = check_site(tmp_path, base_url="https://example.org/")
    assert [problem.place.path for problem in problems if problem.is_error] == ["deep/photo"]
