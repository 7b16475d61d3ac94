"""A site with photographs: what is published of them, and what a later build does with them."""

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from generator.build import BuildOptions, BuildReport, build
from generator.model.pictures import Rendition
from generator.model.problems import Problem, SiteError
from generator.pictures import encoding
from generator.verify import verify
from tests.support.photos import photograph, put, saved, telephones
from tests.support.sites import MakeSite

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
LEAD = "content/articles/news/lead.jpg"
INNER = "content/articles/news/inner.jpg"
SITE = """
-- config.yaml --
title: Tiny
base_url: https://tiny.example/
pictures: {widths: [60, 120, 240]}
-- content/articles/news/a.md --
---
title: A
date: 2026-01-01
section: news
image: {src: lead.jpg, alt: A ship, focus: [0.9, 0.1]}
---
![Inside](inner.jpg "A caption")
-- content/articles/news/b.md --
---
title: B
date: 2026-01-02
section: news
image: {src: /shared.png, alt: A gull}
---
Text.
"""
PAGE = "news/2026/01/a/index.html"


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    folder = make_site(SITE)
    put(folder, LEAD, telephones((800, 600)))
    put(folder, INNER, telephones((400, 300), 1))
    put(folder, "static/shared.png", saved(photograph((500, 300)), "PNG"))
    return folder


def built(site: Path, workers: int = 0) -> BuildReport:
    return build(BuildOptions(site, NOW, workers=workers))


def made(site: Path) -> dict[str, bytes]:
    folder = site / "public/assets/p"
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def names(site: Path) -> list[str]:
    return [re.sub(r"-[0-9a-f]{8}-", "-KEY-", name) for name in made(site)]


def wrong(site: Path) -> tuple[Problem, ...]:
    with pytest.raises(SiteError) as caught:
        built(site)
    return caught.value.problems


def test_a_page_offers_widths_and_everything_it_names_is_there(site: Path) -> None:
    built(site)
    assert names(site) == [
        *("inner-KEY-120.webp", "inner-KEY-240.webp", "inner-KEY-60.webp"),
        *("lead-KEY-120.webp", "lead-KEY-16x9-40.jpg", "lead-KEY-240.webp", "lead-KEY-60.webp"),
        *("shared-KEY-120.webp", "shared-KEY-16x9.jpg", "shared-KEY-240.jpg"),
        *("shared-KEY-240.webp", "shared-KEY-60.webp"),
    ]
    html = (site / "public" / PAGE).read_text()
    for url in re.findall(r'(?:src="|srcset="|, |content="https://tiny.example)(/[^ ",]+)', html):
        assert (site / "public" / url.lstrip("/")).exists(), url
    for name in re.findall(r"/assets/p/([^ ,\"]+) (\d+)w", html):
        with Image.open(site / "public/assets/p" / name[0]) as picture:
            assert picture.width == int(name[1])


def test_markup_says_how_large_how_soon_and_what_matters(site: Path) -> None:
    built(site)
    html = (site / "public" / PAGE).read_text()
    lead, inner = re.findall(r"<img[^>]*>", html)
    assert 'class="u-photo focus-x4 focus-y0"' in lead
    assert 'width="240" height="320"' in lead
    assert 'fetchpriority="high"' in lead
    assert 'loading="lazy"' in inner
    assert 'height="180"' in inner
    assert "sizes=" in inner
    assert "sizes=" in lead
    assert "<picture" not in html


def test_more_formats_come_in_a_picture_element(site: Path) -> None:
    config = site / "config.yaml"
    config.write_text(config.read_text().replace("240]", "240], formats: [avif, webp]"))
    built(site)
    html = (site / "public" / PAGE).read_text()
    assert html.count("<picture") == html.count("<source") == 2
    assert html.count("</picture>") == 2


def test_turned_pictures_are_upright_and_nothing_is_told_of_the_camera(site: Path) -> None:
    built(site)
    for file in (*(site / "public").rglob("*.jpg"), *(site / "public").rglob("*.webp")):
        data = file.read_bytes()
        assert b"PhoneMaker" not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert not picture.getexif()
    with Image.open(site / "public/news/2026/01/a/lead.jpg") as lead:
        assert lead.size == (240, 320)
        # What was on the left of the sensor is at the top: dark in its first channel.
        top, bottom = (lead.convert("RGB").getpixel((120, y)) for y in (5, 315))
        assert isinstance(top, tuple)
        assert isinstance(bottom, tuple)
        assert abs(top[0] - bottom[0]) > 150
        assert abs(top[1] - bottom[1]) < 30


def test_a_second_build_encodes_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(site)
    before = made(site)

    def encoded(*_: object) -> None:
        raise AssertionError("a picture was encoded")

    monkeypatch.setattr(encoding, "encoded", encoded)
    assert not built(site).changes.changed
    for file in (site / "public/assets/p").iterdir():
        file.unlink()
    text = site / "content/articles/news/a.md"
    text.write_text(text.read_text() + "\nMore.\n")
    built(site)
    build(BuildOptions(site, NOW, clean=True, workers=0))
    assert made(site) == before


def test_a_killed_build_goes_on_where_it_was(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Rendition] = []
    most = [4, 1000]
    whole = encoding.encoded

    def some(data: bytes, renditions: Iterable[Rendition]) -> Iterator[tuple[Rendition, bytes]]:
        for rendition, result in whole(data, renditions):
            if len(done) == most[0]:
                raise KeyboardInterrupt
            yield rendition, result
            done.append(rendition)

    monkeypatch.setattr(encoding, "encoded", some)
    with pytest.raises(KeyboardInterrupt):
        built(site)
    del most[0]
    built(site)
    assert len(done) == len(set(done)) == len(made(site)) + 2


@pytest.mark.parametrize("workers", [1, 2])
def test_the_bytes_are_the_same_with_any_number_of_processes(site: Path, workers: int) -> None:
    config = site / "config.yaml"
    config.write_text(config.read_text().replace("240]", "240], formats: [avif, webp]"))
    built(site)
    before = made(site)
    build(BuildOptions(site, NOW, clean=True, workers=workers))
    assert made(site) == before
    for file in (site / ".broadsheet/pictures").rglob("*"):
        if file.is_file():
            file.unlink()
    build(BuildOptions(site, NOW, clean=True, workers=workers))
    assert made(site) == before


def test_what_somebody_else_put_into_the_store_is_not_published(site: Path) -> None:
    built(site)
    before = made(site)
    for file in (site / ".broadsheet/pictures").rglob("*"):
        if file.is_file():
            file.write_bytes(b"x" * 2000)
    build(BuildOptions(site, NOW, clean=True, workers=0))
    assert made(site) == before


def test_what_nobody_wants_any_more_is_thrown_away_after_a_month(site: Path) -> None:
    def kept() -> set[Path]:
        return {file for file in (site / ".broadsheet/pictures").rglob("*") if file.is_file()}

    built(site)
    before = kept()
    config = site / "config.yaml"
    config.write_text(config.read_text().replace("60, 120", "90"))
    built(site)
    assert before < kept()
    for file in kept():
        os.utime(file, (0, 0))
    config.write_text(config.read_text() + "tagline: Another\n")
    built(site)
    wanted = kept()
    assert 0 < len(wanted - before) < len(wanted)
    assert len(wanted) == len(made(site)) + 2  # and the two beside their story


def rewrite(site: Path, old: str, new: str) -> None:
    text = site / "content/articles/news/a.md"
    assert old in text.read_text()
    text.write_text(text.read_text().replace(old, new))


def test_after_each_edit_the_site_is_what_a_clean_build_makes(site: Path) -> None:
    built(site)
    twin = site / "content/articles/news/lead.png"
    edits: tuple[Callable[[], object], ...] = (
        lambda: put(site, LEAD, telephones((640, 480), 3)),
        lambda: rewrite(site, "[0.9, 0.1]", "left bottom"),
        lambda: rewrite(site, "inner.jpg", "/shared.png"),
        (site / INNER).unlink,
        lambda: put(site, "static/shared.png", saved(photograph((90, 60), 9), "PNG")),
        lambda: twin.write_bytes((site / "static/shared.png").read_bytes()),
        lambda: rewrite(site, "lead.jpg", "lead.png"),
        lambda: rewrite(site, "title: A", "title: A\ndraft: true"),
        lambda: rewrite(site, "draft: true", "draft: false"),
    )
    for number, edit in enumerate(edits):
        edit()
        built(site)
        assert not verify(BuildOptions(site, NOW)), number


def test_one_picture_of_two_stories_stays_while_one_shows_it(site: Path) -> None:
    rewrite(site, "inner.jpg", "/shared.png")
    (site / INNER).unlink()
    built(site)
    both = [name for name in names(site) if name.startswith("shared")]
    (site / "content/articles/news/b.md").unlink()
    built(site)
    assert [name for name in names(site) if name.startswith("shared")] == [
        name for name in both if "16x9" not in name
    ]
    assert not verify(BuildOptions(site, NOW))


def test_a_picture_that_is_cut_off_is_told_where_it_is_named(site: Path) -> None:
    data = (site / INNER).read_bytes()
    put(site, INNER, data[: len(data) // 2])
    (problem,) = wrong(site)
    assert str(problem.place) == "content/articles/news/a.md:7:11"
    assert "not all of it is there" in problem.message
    put(site, INNER, data)
    put(site, LEAD, data[: len(data) // 2])
    (problem,) = wrong(site)
    assert (problem.place.path, problem.place.line) == ("content/articles/news/a.md", 5)


UNSEEN = """
-- content/articles/news/c.md --
---
title: C
date: 2026-01-03
section: news
image: {src: phone.HEIC, alt: A gull}
---
![A chart](chart.tiff) and [the same](chart.tiff), [a raw one](gull.dng).

![A lie](lie.png)
"""


def test_what_few_browsers_show_is_told_where_it_is_shown(make_site: MakeSite) -> None:
    folder = make_site(SITE + UNSEEN)
    put(folder, LEAD, telephones((80, 60)))
    put(folder, INNER, telephones((40, 30), 1))
    put(folder, "static/shared.png", saved(photograph((50, 30)), "PNG"))
    for name in ("phone.HEIC", "gull.dng"):
        put(folder, f"content/articles/news/{name}", b"0")
    put(folder, "content/articles/news/chart.tiff", saved(photograph((20, 10)), "TIFF"))
    put(folder, "content/articles/news/lie.png", saved(photograph((20, 10))))
    told = [(one.place.line, one.message, one.hint) for one in built(folder).problems]
    files = "content/articles/news"
    again = "Save the picture again as a JPEG, PNG or WebP, and put that in its place."
    rename = "Give its name the ending of what it is, here and in the text."
    assert told == [
        (5, f'"{files}/phone.HEIC" is a HEIC, which few browsers show', again),
        (7, f'"{files}/chart.tiff" is a TIFF, which few browsers show', again),
        (9, f'"{files}/lie.png" is a JPEG, which its name does not say', rename),
    ]


def test_a_gigantic_or_lying_picture_is_told_where_it_is_named(site: Path) -> None:
    picture = bytearray(saved(Image.new("1", (8, 8)), "GIF"))
    picture[6:10] = (60_000).to_bytes(2, "little") * 2
    put(site, INNER, bytes(picture))
    (problem,) = wrong(site)
    assert problem.place.line == 7
    assert "60,000 by 60,000" in problem.message
    put(site, INNER, b"<html>not found</html>")
    (told,) = built(site).problems
    assert (told.place.line, told.is_error) == (7, False)
    assert "no picture" in told.message
    put(site, INNER, saved(photograph((90, 60)), "PNG"))
    (told,) = built(site).problems
    assert "is a PNG" in told.message
    other = site / "content/articles/news/other.md"
    other.write_text("---\ntitle: Other\ndate: 2026-01-01\n---\nText.\n", "utf-8")
    assert built(site).problems == (told,)  # another text is news
    other.unlink()
    assert built(site).problems == (told,)
    put(site, INNER, telephones((400, 300), 1))
    assert not built(site).problems
    assert not verify(BuildOptions(site, NOW))
