"""Sitemaps: the archive by month, all other pages, and the news of the last two days."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import Self

from generator.model.addresses import output_path
from generator.model.article import Article, ArticleType
from generator.model.config import Config
from generator.model.outputs import Output
from generator.model.site import Month, Site, month_of
from generator.model.sitemaps import (
    NewsSitemap,
    NewsSitemapEntry,
    Sitemap,
    SitemapEntry,
    SitemapIndex,
)
from generator.plan.change import Change
from generator.plan.kind import Kind

Part = tuple[str, Sitemap]
"""The address of a part of the sitemap, and what stands in it."""

PART = re.compile(r"/sitemaps/(?:pages|([0-9]{4,})-([0-9]{2}))(?:-([0-9]+))?\.xml")
INDEX = "/sitemap.xml"
NEWS = "/news-sitemap.xml"
MOST_PAGES = 50_000  # of one part (sitemaps.org)
MOST_NEWS = 1_000  # stories, as Google News has it
NEWS_AGE = timedelta(days=2)


class Sitemaps(Kind):
    """The sitemap index with its parts, and the news sitemap, as far as they are switched on.

    Every HTML page that search engines may list is named once. A listing's older pages are
    found by following links.
    """

    has_texts = False
    order = 3
    reserved = frozenset({"sitemaps"})

    def slots(self) -> Iterator[Output]:
        """All of them, made at once."""
        on = self.config.outputs
        if on.sitemap:
            parts = [*self.page_parts()]
            for month in sorted(self.site.months):
                parts += month_parts(self.site, month)
            yield from (Output(output_path(address), part) for address, part in parts)
            yield self._index()
        if on.news_sitemap:
            yield news_sitemap(self.site, self.config)

    def at(self, address: str) -> Output | None:
        """The sitemap at an address."""
        on = self.config.outputs
        if address == NEWS and on.news_sitemap:
            return news_sitemap(self.site, self.config)
        if address == INDEX and on.sitemap:
            return self._index()
        part = PART.fullmatch(address) if on.sitemap else None
        if part is None:
            return None
        month = (int(part[1]), int(part[2])) if part[1] else None
        if month and month not in self.site.months:
            return None
        parts = dict(month_parts(self.site, month) if month else self.page_parts())
        return Output(output_path(address), parts[address]) if address in parts else None

    def has(self, address: str) -> bool:
        """Whether a sitemap stands at an address, as far as can be told without making it."""
        on = self.config.outputs
        if address in (NEWS, INDEX):
            return on.news_sitemap if address == NEWS else on.sitemap
        part = PART.fullmatch(address) if on.sitemap else None
        if part is None or not part[1]:
            return part is not None
        stories = len(self.site.months.get((int(part[1]), int(part[2])), ()))
        return int(part[3] or 1) <= -(-stories // MOST_PAGES)

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they are no pages."""
        return ()

    def page_parts(self) -> Iterator[Part]:
        """The part of all pages that are no stories, by their paths."""
        pages = sorted(self.plan.listed(), key=lambda page: output_path(page[0]))
        base = self.config.base
        return _parts("pages", [SitemapEntry(base.url(page), changed) for page, changed in pages])

    def _index(self) -> Output:
        """`sitemap.xml`: every part, with its newest change."""
        site = self.site
        dated = [(address, _newest(part)) for address, part in self.page_parts()]
        for month in sorted(site.months):
            if len(site.months[month]) > MOST_PAGES:
                dated += ((address, _newest(part)) for address, part in month_parts(site, month))
            elif month in site.month_changes:
                dated.append((part_address(month_name(month)), site.month_changes[month]))
        url = self.config.base.url
        entries = (SitemapEntry(url(address), newest) for address, newest in dated)
        return Output(output_path(INDEX), SitemapIndex(tuple(entries)))

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The news, those of months with stories that are others, and those of all other pages."""
        yield NEWS
        if not (change.edits or change.recarded or change.texts or change.relabelled):
            return
        yield INDEX
        months = change.months | {month_of(a) for edit in change.edits for a in edit}
        for name, month in (("pages", None), *((month_name(month), month) for month in months)):
            most = max(before._length(month), self._length(month))
            yield from (part_address(name, n) for n in range(1, most // MOST_PAGES + 2))

    def _length(self, month: Month | None) -> int:
        """How many pages the parts of a month may have, or those of what is no story."""
        if month is None:
            return sum(1 for _ in self.plan.listed())
        return len(self.site.months.get(month, ()))


def news_sitemap(site: Site, config: Config) -> Output:
    """The news of the last two days."""
    entries = tuple(_news_entry(article, site) for article in _news(site))
    return Output(output_path(NEWS), NewsSitemap(config.title, entries))


def news_sitemap_change(site: Site) -> datetime | None:
    """The next instant at which a story grows too old for the news sitemap; None without news."""
    dates = (article.date.astimezone(UTC) for article in _news(site))
    oldest = min(dates, default=None)
    try:
        return (oldest + NEWS_AGE).astimezone(site.now.tzinfo) if oldest else None
    except OverflowError:
        return None  # the years end before it is too old


def month_parts(site: Site, month: Month) -> Iterator[Part]:
    """The part of a month's stories; more than one where they are too many."""
    # The oldest story comes first, so that a new one adds to the last part of its month.
    listed = (article for article in site.months[month] if not article.noindex)
    dated = sorted(listed, key=lambda a: (a.date.timestamp(), output_path(a.address)))
    return _parts(month_name(month), [_story_entry(article, site) for article in dated])


def part_address(name: str, number: int = 1) -> str:
    """Where a part stands: `2024-08.xml`, `2024-08-2.xml`."""
    return f"/sitemaps/{name}-{number}.xml" if number > 1 else f"/sitemaps/{name}.xml"


def month_name(month: Month) -> str:
    """A month as addresses have it: `2024-08`."""
    return f"{month[0]:04}-{month[1]:02}"


def _story_entry(article: Article, site: Site) -> SitemapEntry:
    card = site.cards[article.source.path]
    pictures = (card.picture.url,) if card.picture else ()
    modified = article.updated or article.date
    day_only = article.updated_day_only or (article.day_only and modified == article.date)
    return SitemapEntry(card.url, modified, pictures, day_only)


def _parts(name: str, entries: Sequence[SitemapEntry]) -> Iterator[Part]:
    """One part, or as many as its entries need."""
    for number, start in enumerate(range(0, len(entries), MOST_PAGES), 1):
        yield part_address(name, number), Sitemap(tuple(entries[start : start + MOST_PAGES]))


def _newest(part: Sitemap) -> datetime | None:
    """When the part changed last; None where some of its pages do not say."""
    dates = [entry.modified for entry in part.entries if entry.modified]
    return max(dates) if len(dates) == len(part.entries) else None


def _news(site: Site) -> Iterator[Article]:
    """The newest stories of the last two days that Google News may show: no advertising."""
    now = site.now.astimezone(UTC)
    # Stories are ordered by instants, so the first that is too old ends the search.
    recent = takewhile(lambda a: now - a.date.astimezone(UTC) < NEWS_AGE, site.articles)
    fit = (a for a in recent if not a.noindex and a.type is not ArticleType.SPONSORED)
    return islice(fit, MOST_NEWS)


def _news_entry(article: Article, site: Site) -> NewsSitemapEntry:
    card = site.cards[article.source.path]
    return NewsSitemapEntry(card.url, article.title, article.date, card.language, article.day_only)
