"""The preview makes the picture that is asked for, in that size, and keeps it."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from generator.model.pictures import Rendition
from generator.serve import quick_pictures
from generator.serve.quick_pictures import NONE, QuickPicture, QuickPictures
from tests.support.photos import photograph, put, saved, telephones

WIDE = Rendition("k", 1280, 480, 640, "webp", 78)
PART = Rendition("k", 1280, 400, 225, "jpeg", 78, box=(0, 0, 1200, 675))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    put(tmp_path, "a.jpg", telephones())  # 1,600 by 1,200, on its side
    return tmp_path / "a.jpg"


def asked(pictures: QuickPictures, file: Path, *renditions: Rendition) -> list[QuickPicture]:
    async def ask() -> list[QuickPicture]:
        return await asyncio.gather(*(pictures.of(file, rendition) for rendition in renditions))

    return asyncio.run(ask())


def opened(picture: QuickPicture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def test_a_picture_is_as_large_as_was_asked_and_upright(photo: Path) -> None:
    wide, part = asked(QuickPictures(), photo, WIDE, PART)
    assert opened(wide).size == (480, 640)
    assert wide.media_type == "image/webp"
    assert opened(part).size == (400, 225)
    assert part.media_type == "image/jpeg"
    assert not opened(wide).getexif()
    assert len(wide.data) < photo.stat().st_size


def test_what_was_made_is_made_once(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Rendition] = []
    real = quick_pictures._made  # noqa: SLF001 - counted

    def counted(file: Path, rendition: Rendition) -> QuickPicture:
        made.append(rendition)
        return real(file, rendition)

    monkeypatch.setattr(quick_pictures, "_made", counted)
    pictures = QuickPictures()
    first = asked(pictures, photo, *[WIDE] * 5, PART)
    assert asked(pictures, photo, WIDE) == first[:1]
    assert len(made) <= 2 + quick_pictures.AT_ONCE
    photo.write_bytes(saved(photograph((900, 1200))))
    assert asked(pictures, photo, WIDE) != first[:1], "another picture under the same name"


def test_no_more_is_kept_than_there_is_room_for(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_pictures, "MOST_BYTES", 1)
    pictures = QuickPictures()
    (made,) = asked(pictures, photo, WIDE)
    assert made.data
    assert pictures._bytes == 0  # noqa: SLF001 - what the test is about


@pytest.mark.parametrize("data", [b"", b"no picture", telephones()[:200]])
def test_what_cannot_be_unpacked_is_left_to_the_browser(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, "a.jpg", data)
    assert asked(QuickPictures(), tmp_path / "a.jpg", WIDE) == [NONE]


def test_what_may_be_seen_through_stays_so(tmp_path: Path) -> None:
    picture = photograph((64, 48))
    picture.putalpha(100)
    put(tmp_path, "a.png", saved(picture, "PNG"))
    (made,) = asked(QuickPictures(), tmp_path / "a.png", Rendition("k", 64, 32, 24, "png", 78))
    assert made.media_type == "image/webp"
    assert opened(made).mode == "RGBA"
