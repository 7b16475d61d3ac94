"""Sitemaps: the archive by month, all other pages, and the news of the last two days."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from generator.model.addresses import AUTHORS, TAGS, archive_address, output_path
from generator.model.article import Article, ArticleType
from generator.model.config import Config
from generator.model.outputs import Output
from generator.model.plan import Planned
from generator.model.site import Month, Site
from generator.model.sitemaps import (
    NewsSitemap,
    NewsSitemapEntry,
    Sitemap,
    SitemapEntry,
    SitemapIndex,
)
from generator.plan.links import LinkResolver
from generator.plan.subjects import all_subjects

Part = tuple[str, Sitemap]
"""The address of a part of the sitemap, and what stands in it."""

INDEX = "/sitemap.xml"
NEWS = "/news-sitemap.xml"
MOST_PAGES = 50_000  # of one part (sitemaps.org)
MOST_NEWS = 1_000  # stories, as Google News has it
NEWS_AGE = timedelta(days=2)


def plan_sitemaps(site: Site, config: Config, links: LinkResolver) -> Planned[Output]:  # noqa: ARG001 - a planner
    """The sitemap index with its parts, and the news sitemap, as far as they are switched on.

    Every HTML page that search engines may list is named once. A listing's older pages are
    found by following links.
    """
    outputs = []
    if config.outputs.sitemap:
        parts = [*page_parts(site, config)]
        for month in sorted(site.months):
            parts += month_parts(site, month)
        outputs = [Output(output_path(address), part) for address, part in parts]
        outputs.append(sitemap_index(site, config))
    if config.outputs.news_sitemap:
        outputs.append(news_sitemap(site, config))
    return tuple(outputs), ()


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


def sitemap_index(site: Site, config: Config) -> Output:
    """`sitemap.xml`: every part, with its newest change."""
    dated = [(address, _newest(part)) for address, part in page_parts(site, config)]
    for month in sorted(site.months):
        if len(site.months[month]) > MOST_PAGES:
            dated += ((address, _newest(part)) for address, part in month_parts(site, month))
        elif month in site.month_changes:
            dated.append((part_address(month_name(month)), site.month_changes[month]))
    entries = (SitemapEntry(config.base.url(address), newest) for address, newest in dated)
    return Output(output_path(INDEX), SitemapIndex(tuple(entries)))


def month_parts(site: Site, month: Month) -> Iterator[Part]:
    """The part of a month's stories; more than one where they are too many."""
    # The oldest story comes first, so that a new one adds to the last part of its month.
    listed = (article for article in site.months[month] if not article.noindex)
    dated = sorted(listed, key=lambda a: (a.date.timestamp(), output_path(a.address)))
    return _parts(month_name(month), [_story_entry(article, site) for article in dated])


def page_parts(site: Site, config: Config) -> Iterator[Part]:
    """The part of all pages that are no stories, by their paths."""
    pages = sorted(_pages(site, config), key=lambda page: output_path(page[0]))
    entries = [SitemapEntry(config.base.url(address), changed) for address, changed in pages]
    return _parts("pages", entries)


def part_address(name: str, number: int = 1) -> str:
    """Where a part stands: `2024-08.xml`, `2024-08-2.xml`."""
    return f"/sitemaps/{name}-{number}.xml" if number > 1 else f"/sitemaps/{name}.xml"


def month_name(month: Month) -> str:
    """A month as addresses have it: `2024-08`."""
    return f"{month[0]:04}-{month[1]:02}"


def _pages(site: Site, config: Config) -> Iterator[tuple[str, datetime | None]]:
    """The addresses of all pages that are no stories, and when each changed, if it says so.

    A listing's changes are not its own: it has no date.
    """
    on = config.outputs
    yield "/", None
    yield from ((about.front, None) for about in all_subjects(site, config) if not about.noindex)
    yield from ((text.address, text.updated) for text in site.pages if not text.noindex)
    indexes = {TAGS: on.tags, AUTHORS: on.authors, archive_address(): on.archive}
    yield from ((address, None) for address, is_there in indexes.items() if is_there)
    if on.archive:
        yield from ((archive_address(year), None) for year in {year for year, _ in site.months})
        yield from ((archive_address(*month), None) for month in site.months)


def _story_entry(article: Article, site: Site) -> SitemapEntry:
    card = site.cards[article.source.path]
    pictures = (card.picture.url,) if card.picture else ()
    return SitemapEntry(card.url, article.updated or article.date, pictures)


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
