"""Sitemaps, as the values that their writers are given."""

from datetime import datetime

from generator.model.values import frozen


@frozen
class SitemapEntry:
    """A page in a sitemap; `modified` is its last significant change, if that says anything.

    With `day_only` the newsroom gave a day and no time for it.
    """

    url: str
    modified: datetime | None = None
    picture_urls: tuple[str, ...] = ()
    day_only: bool = False


@frozen
class Sitemap:
    """A part of the sitemap: the pages of one month, or the standing pages and listings."""

    entries: tuple[SitemapEntry, ...]


@frozen
class SitemapIndex:
    """`sitemap.xml`: the parts, each with its newest change."""

    entries: tuple[SitemapEntry, ...]


@frozen
class NewsSitemapEntry:
    """A story of the last two days."""

    url: str
    title: str
    date: datetime
    language: str
    day_only: bool = False


@frozen
class NewsSitemap:
    """`news-sitemap.xml`, for Google News."""

    publication: str
    entries: tuple[NewsSitemapEntry, ...]
