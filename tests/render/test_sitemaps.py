"""Sitemaps as XML."""

from datetime import datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from generator.model.outputs import Frame
from generator.model.sitemaps import (
    NewsSitemap,
    NewsSitemapEntry,
    Sitemap,
    SitemapEntry,
    SitemapIndex,
)
from generator.render.sitemaps import news_language, render_sitemap
from generator.render.xml import legal

FRAME = Frame("The Harbour Gazette", "https://example.org", "/news", "/news/")
NOON = datetime(2024, 8, 15, 12, 0, tzinfo=ZoneInfo("Europe/Kyiv"))
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def rendered(value: Sitemap | SitemapIndex | NewsSitemap) -> ET.Element:
    return ET.fromstring(render_sitemap(value, FRAME))  # noqa: S314 - our own bytes


def texts(root: ET.Element, path: str) -> list[str | None]:
    return [element.text for element in root.findall(path, NAMES)]


def test_a_part_names_pages_changes_and_pictures() -> None:
    entries = (
        SitemapEntry("/news/a/", NOON, ("/news/a/b.png", "https://cdn.example.net/c.png?a=1&b=2")),
        SitemapEntry("/news/b/"),
    )
    root = rendered(Sitemap(entries))
    assert root.tag == f"{{{NAMES['s']}}}urlset"
    assert texts(root, "s:url/s:loc") == [
        "https://example.org/news/a/",
        "https://example.org/news/b/",
    ]
    assert texts(root, "s:url/s:lastmod") == ["2024-08-15T12:00:00+03:00"]
    assert texts(root, "s:url/i:image/i:loc") == [
        "https://example.org/news/a/b.png",
        "https://cdn.example.net/c.png?a=1&b=2",
    ]


def test_a_part_without_pictures_does_not_name_their_extension() -> None:
    assert b"sitemap-image" not in render_sitemap(Sitemap((SitemapEntry("/a/"),)), FRAME)


def test_the_index_names_its_parts() -> None:
    entries = (SitemapEntry("/news/sitemaps/2024-08.xml", NOON), SitemapEntry("/news/x.xml"))
    root = rendered(SitemapIndex(entries))
    assert root.tag == f"{{{NAMES['s']}}}sitemapindex"
    assert texts(root, "s:sitemap/s:loc") == [
        "https://example.org/news/sitemaps/2024-08.xml",
        "https://example.org/news/x.xml",
    ]
    assert texts(root, "s:sitemap/s:lastmod") == ["2024-08-15T12:00:00+03:00"]


def test_news_have_a_publication_a_date_and_a_title() -> None:
    entries = (
        NewsSitemapEntry("/news/a/", "Kursk & <after>", NOON, "uk"),
        NewsSitemapEntry("/news/b/", "A day", NOON, "pt-BR", day_only=True),
    )
    root = rendered(NewsSitemap("The Harbour Gazette", entries))
    story = "s:url/n:news/"
    assert texts(root, "s:url/s:loc")[0] == "https://example.org/news/a/"
    assert texts(root, f"{story}n:publication/n:name") == ["The Harbour Gazette"] * 2
    assert texts(root, f"{story}n:publication/n:language") == ["uk", "pt"]
    assert texts(root, f"{story}n:publication_date") == ["2024-08-15T12:00:00+03:00", "2024-08-15"]
    assert texts(root, f"{story}n:title") == ["Kursk & <after>", "A day"]


def test_no_news_is_an_empty_file() -> None:
    assert list(rendered(NewsSitemap("The Harbour Gazette", ()))) == []


@pytest.mark.parametrize("title", ["]]></news:title>", "a\x00\ud800b", "\u202e\U0001f600", ""])
def test_a_hostile_title_is_text(title: str) -> None:
    root = rendered(NewsSitemap(title, (NewsSitemapEntry("/a/", title, NOON, "en"),)))
    assert root.findtext("s:url/n:news/n:title", namespaces=NAMES) == legal(title)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "en"),
        ("pt-BR", "pt"),
        ("zh", "zh-cn"),
        ("zh-Hans-SG", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("zh-Hant-HK", "zh-tw"),
        ("fil", "fil"),
    ],
)
def test_languages_are_told_as_google_news_takes_them(language: str, expected: str) -> None:
    assert news_language(language) == expected
