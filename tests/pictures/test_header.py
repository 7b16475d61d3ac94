"""What the first bytes of a picture tell."""

import io

import pytest
from PIL import Image

from generator.model.pictures import Raster
from generator.pictures.header import MOST_PIXELS, look
from tests.pictures.conftest import PICTURES
from tests.pictures.test_encoding import display_p3
from tests.support.photos import photograph, saved, telephones


def raster(data: bytes, name: str = "a.jpg") -> Raster:
    seen = look(name, io.BytesIO(data), "0")
    assert seen.raster is not None
    return seen.raster


def test_a_plain_picture_is_one_that_can_be_shown_as_it_is() -> None:
    small = photograph((40, 30))
    assert raster(saved(small)).is_plain
    assert raster(telephones((40, 30), 1)).is_plain
    assert not raster(telephones((40, 30), 6)).is_plain
    assert not raster(saved(small, icc_profile=display_p3())).is_plain
    assert not raster(saved(small.convert("CMYK"))).is_plain
    assert not raster(saved(Image.new("I;16", (9, 9)), "PNG"), "a.png").is_plain


def test_transparency_and_movement_are_seen() -> None:
    assert raster(saved(Image.new("RGBA", (9, 9)), "PNG"), "a.png").has_alpha
    assert not raster(saved(Image.new("RGB", (9, 9)), "PNG"), "a.png").has_alpha
    assert raster(PICTURES["gif"](), "a.gif").frames == 3
    assert raster(PICTURES["moving webp"](), "a.webp").frames == 3


def test_a_photograph_with_another_behind_it_is_the_first() -> None:
    first, second = photograph((40, 30)), photograph((20, 15))
    data = saved(first, "MPO", save_all=True, append_images=[second])
    seen = look("a.jpg", io.BytesIO(data), "0")
    assert seen.raster is not None
    assert (seen.width, seen.height, seen.doubt) == (40, 30, "")
    assert (seen.raster.format, seen.raster.frames) == ("JPEG", 1)


def test_credit_and_caption_are_those_that_programs_wrote() -> None:
    laden = raster(PICTURES["jpeg"]())
    assert laden.credit
    assert "Byline" in laden.credit or "Ada" in laden.credit
    assert laden.caption.startswith("caption")
    assert (
        raster(saved(photograph((9, 9)))).credit,
        raster(saved(photograph((9, 9)))).caption,
    ) == (
        "",
        "",
    )


@pytest.mark.parametrize(
    ("described", "caption"),
    [
        ("OLYMPUS DIGITAL CAMERA", ""),
        ("SONY DSC", ""),
        ("DCIM\\100MEDIA\\DJI_0012.JPG", ""),
        ("A digital camera on the quay", "A digital camera on the quay"),
    ],
)
def test_what_a_camera_writes_into_every_picture_is_no_caption(
    described: str, caption: str
) -> None:
    exif = Image.Exif()
    exif[0x010E] = described
    assert raster(saved(photograph((9, 9)), exif=exif)).caption == caption


def test_the_key_follows_from_the_bytes() -> None:
    keys = {
        look("a.png", io.BytesIO(saved(photograph((9, 9)), "PNG")), digest).raster
        for digest in "ab"
    }
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("name", "is_named_so"), [("a.png", True), ("A.PNG", True), ("a.jpg", False)]
)
def test_a_name_that_says_something_else_is_doubtful(name: str, *, is_named_so: bool) -> None:
    seen = look(name, io.BytesIO(saved(photograph((9, 9)), "PNG")), "0")
    assert bool(seen.doubt) is not is_named_so


def test_what_is_too_large_is_a_fault_before_anything_is_unpacked() -> None:
    data = bytearray(saved(Image.new("1", (8, 8)), "GIF"))
    data[6:10] = (60_000).to_bytes(2, "little") * 2
    seen = look("a.gif", io.BytesIO(bytes(data)), "0")
    assert MOST_PIXELS < 60_000**2
    assert "too large" in seen.fault
    assert seen.raster is None


@pytest.mark.parametrize("data", [b"", b"text", b"<html>", b"\0" * 99])
def test_what_is_no_picture_is_doubtful_and_no_fault(data: bytes) -> None:
    seen = look("a.jpg", io.BytesIO(data), "0")
    assert (seen.fault, seen.raster) == ("", None)
    assert "no picture" in seen.doubt


def test_a_picture_that_ends_in_its_header_is_a_fault() -> None:
    assert look("a.jpg", io.BytesIO(telephones((40, 30))[:40]), "0").fault
