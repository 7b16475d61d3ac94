from pathlib import Path

import pytest

from generator.check.entries import is_w3c_date
from generator.check.folder import PublishedFolder
from generator.check.site import check_site
from generator.check.sitemaps import sitemap_problems
from generator.check.xml import Element
from generator.model.addresses import Base

PAGE = '<!doctype html><html lang="en"><title>A</title><h1>A</h1>'

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url>
<loc>https://example.org/</loc>
<lastmod>2024-08-15</lastmod>
<image:image><image:loc>https://example.org/a/index.html</image:loc></image:image>
</url>
<url>
<loc>https://example.org/a/</loc>
<news:news>
<news:publication><news:name>Gazette</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-08-15T14:30:00+03:00</news:publication_date>
<news:title>A</news:title>
</news:news>
</url>
</urlset>
"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap>
<loc>https://example.org/sitemaps/2024-08.xml</loc>
</sitemap>
</sitemapindex>
"""


def faults(folder: Path, content: str, *, base_url: str = "https://example.org/") -> list[str]:
    for page in ("index.html", "a/index.html"):
        (folder / page).parent.mkdir(exist_ok=True)
        (folder / page).write_text(PAGE)
    (folder / "sitemap.xml").write_text(content)
    problems = check_site(folder, base_url=base_url)
    assert all(problem.is_error and problem.hint for problem in problems)
    return [f"{problem.place}: {problem.message}" for problem in problems]


def test_a_sound_sitemap_has_no_problems(tmp_path: Path) -> None:
    assert faults(tmp_path, SITEMAP) == []


def test_an_empty_sitemap_is_sound(tmp_path: Path) -> None:
    empty = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'
    assert faults(tmp_path, empty) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<loc>https://example.org/</loc>\n", "", "4: <url> without <loc>"),
        ("org/a/<", "org/<", '10: "https://example.org/" stands here twice'),
        ("org/a/<", "org/z/<", '10: address leads nowhere: "https://example.org/z/"'),
        ("https://example.org/a/<", "/a/<", '10: address is not absolute: "/a/"'),
        (
            "https://example.org/a/<",
            "https://example.com/a/<",
            '10: address of another site: "https://example.com/a/"',
        ),
        ("<lastmod>2024-08-15", "<lastmod>15.8.2024", '6: not a date: "15.8.2024"'),
        (
            "org/a/index.html",
            "org/z.png",
            '7: address leads nowhere: "https://example.org/z.png"',
        ),
        ("<news:title>A</news:title>", "", "11: <news> without <title>"),
        (
            "<news:publication_date>2024-08-15T14:30:00+03:00</news:publication_date>\n",
            "",
            "11: <news> without <publication_date>",
        ),
        ("T14:30:00+03:00", "T14:30:00", '13: not a date: "2024-08-15T14:30:00"'),
        ("Gazette", "", "12: <publication> without <name>"),
        ("<news:language>en</news:language>", "", "12: <publication> without <language>"),
        ("news:publication>", "news:paper>", "11: <news> without <publication>"),
    ],
)
def test_what_a_sitemap_requires(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert faults(tmp_path, SITEMAP.replace(old, new)) == [f"sitemap.xml:{fault}"]


def test_a_sitemap_covers_only_what_is_under_the_base_path(tmp_path: Path) -> None:
    source = INDEX.replace("/sitemaps/2024-08.xml", "/a/")
    (told,) = faults(tmp_path, source, base_url="https://example.org/news/")
    assert told.startswith("sitemap.xml:3: address leads out of the site")


def test_a_sitemap_of_another_site_is_told_once(tmp_path: Path) -> None:
    source = SITEMAP.replace("https://example.org/", "http://localhost:8000/")
    assert faults(tmp_path, source) == [
        'sitemap.xml:5: address of another site: "http://localhost:8000/" and 1 more'
    ]


def test_the_parts_of_an_index_must_be_there(tmp_path: Path) -> None:
    url = "https://example.org/sitemaps/2024-08.xml"
    assert faults(tmp_path, INDEX) == [f'sitemap.xml:3: address leads nowhere: "{url}"']
    (tmp_path / "sitemaps").mkdir()
    (tmp_path / "sitemaps/2024-08.xml").write_text(SITEMAP)
    assert faults(tmp_path, INDEX) == []


@pytest.mark.parametrize(("addresses", "size"), [(50_001, 0), (0, 52_428_801)])
def test_a_sitemap_has_50_000_addresses_and_50_mb_at_most(addresses: int, size: int) -> None:
    url = Element("{http://www.sitemaps.org/schemas/sitemap/0.9}url", {}, 1)
    root = Element("urlset", {}, 1, children=[url] * addresses)
    folder = PublishedFolder(Base.parse("https://example.org/"), frozenset())
    problem = next(sitemap_problems("sitemap.xml", root, size, folder))
    assert problem.message == f"a sitemap of {addresses:,} addresses and {size:,} bytes"


def test_a_news_sitemap_has_1_000_stories_at_most(tmp_path: Path) -> None:
    begin, end = SITEMAP.index("<news:news>"), SITEMAP.index("</url>\n</urlset>")
    news = SITEMAP[begin:end]
    assert faults(tmp_path, SITEMAP.replace(news, news * 1_000)) == []
    assert faults(tmp_path, SITEMAP.replace(news, news * 1_001)) == [
        "sitemap.xml: a news sitemap of 1,001 stories"
    ]


@pytest.mark.parametrize(
    "date",
    ["2024", "2024-08", "2024-08-15", "2024-08-15T14:30Z", "2024-08-15T14:30:05.25+03:00"],
)
def test_dates_of_a_sitemap_may_be_long_or_short(date: str) -> None:
    assert is_w3c_date(date)


@pytest.mark.parametrize(
    "date", ["24", "2024-13", "2024-02-30", "2024-08-15T14:30", "2024-08-15 14:30Z", "yesterday"]
)
def test_other_dates_are_none(date: str) -> None:
    assert not is_w3c_date(date)
