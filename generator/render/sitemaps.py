"""Sitemaps: the index, its parts, and the news sitemap."""

from contextlib import AbstractContextManager

from generator.model.outputs import Frame
from generator.model.sitemaps import (
    NewsSitemap,
    NewsSitemapEntry,
    Sitemap,
    SitemapEntry,
    SitemapIndex,
)
from generator.render.absolute import absolute_url
from generator.render.timestamps import day_or_instant
from generator.render.xml import XmlWriter

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
MOST_PICTURES = 1000
TRADITIONAL_CHINESE = frozenset({"hant", "hk", "mo", "tw"})


def render_sitemap(value: Sitemap | SitemapIndex | NewsSitemap, frame: Frame) -> bytes:
    """A sitemap in UTF-8, by the protocol of sitemaps.org (0.9) and Google's extensions."""
    xml = XmlWriter()
    match value:
        case Sitemap():
            with _urlset(xml, image=any(entry.picture_urls for entry in value.entries)):
                for entry in value.entries:
                    _page(xml, entry, frame)
        case SitemapIndex():
            with xml.inside("sitemapindex", {"xmlns": SITEMAP}):
                for entry in value.entries:
                    with xml.inside("sitemap"):
                        _location(xml, entry, frame)
        case NewsSitemap():
            with _urlset(xml, news=True):
                for story in value.entries:
                    _story(xml, story, value.publication, frame)
    return xml.document()


def news_language(language: str) -> str:
    """A language as Google News takes it: ISO 639, and two kinds of Chinese."""
    subtags = language.lower().split("-")
    if subtags[0] != "zh":
        return subtags[0]
    return "zh-cn" if TRADITIONAL_CHINESE.isdisjoint(subtags) else "zh-tw"


def _urlset(
    xml: XmlWriter, *, image: bool = False, news: bool = False
) -> AbstractContextManager[None]:
    """The element around all pages, with the names of the extensions in use."""
    attributes = {"xmlns": SITEMAP}
    if image:
        attributes["xmlns:image"] = IMAGE
    if news:
        attributes["xmlns:news"] = NEWS
    return xml.inside("urlset", attributes)


def _location(xml: XmlWriter, entry: SitemapEntry, frame: Frame) -> None:
    xml.element("loc", frame.origin + entry.url)
    if entry.modified:
        xml.element("lastmod", day_or_instant(entry.modified, day_only=entry.day_only))


def _page(xml: XmlWriter, entry: SitemapEntry, frame: Frame) -> None:
    with xml.inside("url"):
        _location(xml, entry, frame)
        for url in entry.picture_urls[:MOST_PICTURES]:
            with xml.inside("image:image"):
                xml.element("image:loc", absolute_url(url, frame.origin))


def _story(xml: XmlWriter, story: NewsSitemapEntry, publication: str, frame: Frame) -> None:
    with xml.inside("url"):
        xml.element("loc", frame.origin + story.url)
        with xml.inside("news:news"):
            with xml.inside("news:publication"):
                xml.element("news:name", publication)
                xml.element("news:language", news_language(story.language))
            date = day_or_instant(story.date, day_only=story.day_only)
            xml.element("news:publication_date", date)
            xml.element("news:title", story.title)
