"""No published picture tells where it was taken, wherever it came from."""

import io
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from generator.build import BuildOptions, BuildReport, build
from generator.model.problems import SiteError
from generator.model.values import replace
from generator.publish import transaction
from generator.publish.originals import Original
from generator.verify import verify

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
WHERE_THEY_STAND = (
    "news/2026/01/a/lead.jpg",
    "news/2026/01/a/inner.jpg",
    "share.jpg",
    "deep/photo",
    "about/office.jpg",
    "authors/ann/ann.jpg",
)


def photo(red: int = 200) -> bytes:
    """A photograph as a telephone makes it: on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "PhoneMaker"
    exif[0x8298] = "The Gazette"
    exif[0x8825] = {1: "N", 2: (59.0, 54.0, 0.0), 3: "E", 4: (10.0, 1.0, 0.0)}
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), (red, 20, 30)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


@pytest.fixture
def site(make_site: Callable[[str], Path]) -> Path:
    """A site with a photograph in every place from which one is published."""
    folder = make_site(
        """
        -- config.yaml --
        title: Tiny
        base_url: https://tiny.example/
        -- content/articles/news/a.md --
        ---
        title: A
        date: 2026-01-01
        section: news
        authors: [Ann]
        image: {src: lead.jpg, alt: A ship}
        ---
        ![Inside](inner.jpg)
        -- content/authors/ann.md --
        ---
        name: Ann
        portrait: ann.jpg
        ---
        -- content/pages/about.md --
        ---
        title: About
        ---
        ![The office](office.jpg)
        """
    )
    for number, path in enumerate(
        (
            *("content/articles/news/lead.jpg", "content/articles/news/inner.jpg"),
            *("content/authors/ann.jpg", "content/pages/office.jpg"),
            *("static/share.jpg", "static/deep/photo"),
        )
    ):
        (folder / path).parent.mkdir(exist_ok=True, parents=True)
        (folder / path).write_bytes(photo(number * 20))
    return folder


def built(site: Path) -> BuildReport:
    return build(BuildOptions(site, NOW))


def test_every_published_picture_loses_its_place_and_keeps_its_pixels(site: Path) -> None:
    built(site)
    pictures = [
        f for f in (site / "public").rglob("*") if f.is_file() and b"JFIF" in f.read_bytes()
    ]
    assert len(pictures) == 6
    for file in pictures:
        data = file.read_bytes()
        assert b"PhoneMaker" not in data
        with Image.open(file) as opened:
            # What lies under static/ stays as it is; the others are turned upright.
            is_static = file.name in {"share.jpg", "photo"}
            assert dict(opened.getexif()) == ({0x0112: 6} if is_static else {})
            assert opened.size == ((40, 30) if is_static else (30, 40))
    before, after = site / "static/share.jpg", site / "public/share.jpg"
    with Image.open(before) as one, Image.open(after) as other:
        assert one.tobytes() == other.tobytes()


def test_pages_tell_the_size_as_the_picture_is_turned(site: Path) -> None:
    built(site)
    page = next((site / "public").rglob("a/index.html")).read_text()
    assert 'width="30" height="40"' in page


def test_credit_is_kept_where_the_newsroom_says_so(site: Path) -> None:
    built(site)
    with (site / "config.yaml").open("a") as config:
        config.write("pictures: {keep_credit: true}\n")
    assert "share.jpg" in built(site).changes.changed
    with Image.open(site / "public/share.jpg") as opened:
        assert dict(opened.getexif()) == {0x0112: 6, 0x8298: "The Gazette"}


def test_pictures_that_stand_are_not_read_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = built(site)

    def opened(original: Original) -> None:
        raise AssertionError(f"{original.path} was read")

    monkeypatch.setattr(Original, "opened", opened)
    again = built(site)
    assert again.changes == replace(again.changes, added=(), changed=(), deleted=())
    (site / "content/pages/more.md").write_text("---\ntitle: More\n---\n")
    assert not [path for path in built(site).changes.changed if path.endswith(".jpg")]
    assert report.outputs < built(site).outputs


def test_after_any_edit_of_a_picture_the_site_is_what_a_clean_build_makes(site: Path) -> None:
    built(site)
    (site / "static/share.jpg").write_bytes(photo(99))
    assert built(site).changes.changed == ("share.jpg",)
    assert not verify(BuildOptions(site, NOW))
    plain = site / "public/share.jpg"
    shutil.copy(plain, site / "static/share.jpg")  # cleaned by hand: the same is published
    assert built(site).changes.changed == ()
    assert not verify(BuildOptions(site, NOW))


def test_a_damaged_published_picture_is_made_anew(site: Path) -> None:
    built(site)
    published = site / "public/share.jpg"
    good = published.read_bytes()
    published.write_bytes(b"")
    built(site)
    assert published.read_bytes() == good


def test_a_site_that_lost_its_state_is_adopted_with_its_pictures(site: Path) -> None:
    built(site)
    shutil.rmtree(site / ".broadsheet")
    assert built(site).changes.changed == ()


def test_a_picture_too_large_to_look_into_is_an_error(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "LARGEST", 100)
    with pytest.raises(SiteError, match="a picture of"):
        built(site)


def test_a_film_is_copied_as_it_is(site: Path) -> None:
    film = os.urandom(3 << 20)
    (site / "static/film.mp4").write_bytes(film)
    built(site)
    assert (site / "public/film.mp4").read_bytes() == film
