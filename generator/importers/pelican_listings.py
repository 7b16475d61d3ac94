"""Listings and feeds of a Pelican site, and what takes their place here."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from generator.importers.heads import section_of
from generator.importers.old_site import Row
from generator.importers.pelican_paging import further_pages
from generator.importers.pelican_settings import PelicanSettings
from generator.model.redirects import MOVED
from generator.read.slugs import is_reserved, slugify

FOLDERS = {"tag": "/tags/", "author": "/authors/", "category": "/"}
SINGLE = {
    "INDEX_SAVE_AS": "/",
    "ARCHIVES_SAVE_AS": "/archive/",
    "TAGS_SAVE_AS": "/tags/",
    "AUTHORS_SAVE_AS": "/authors/",
    "CATEGORIES_SAVE_AS": "/",
    "FEED_ALL_ATOM": "/atom.xml",
    "FEED_ALL_RSS": "/feed.xml",
    "FEED_ATOM": "/atom.xml",
    "FEED_RSS": "/feed.xml",
}
IN_OUR_WORDS = {
    "{slug}": ":slug",
    "{category}": ":section",
    "{date:%Y}": ":year",
    "{date:%m}": ":month",
    "{date:%d}": ":day",
}
ARCHIVES = {
    "YEAR_ARCHIVE": "/archive/%Y/",
    "MONTH_ARCHIVE": "/archive/%Y/%m/",
    "DAY_ARCHIVE": "/archive/%Y/%m/",
}


def listing_redirects(
    settings: PelicanSettings, names: Mapping[str, Counter[str]], dates: Collection[datetime]
) -> Iterator[Row]:
    """Old listings and feeds, and what they lead to; `names` are those of public stories.

    `dates` are those of these stories. Further pages of a list lead to its first, since ours are
    numbered from the oldest.
    """
    for kind, folder in FOLDERS.items():
        for name in sorted(names[kind]):
            here = (section_of(name, settings.language) or "news") if kind == "category" else name
            slug = slugify(here, settings.language)
            if slug and not is_reserved(slug):
                stories = names[kind][name]
                yield from _listing(settings, kind, name, f"{folder}{slug}/", stories)
    for setting, new in SINGLE.items():
        if (old := settings.text(setting).strip("/")) and "{" not in old:
            yield f"/{old.removesuffix('index.html')}", new, MOVED
    yield from _archives(settings, dates)
    front = settings.text("INDEX_SAVE_AS").strip("/") or "index.html"
    for old in further_pages(settings, f"/{front}", len(dates)):
        yield old, "/", MOVED
    feed = settings.text("TRANSLATION_FEED_ATOM").replace("%s", "{lang}").strip("/")
    for language in sorted(names["lang"]) if "{lang}" in feed else ():
        yield f"/{feed.replace('{lang}', language)}", "/atom.xml", MOVED


def _archives(settings: PelicanSettings, dates: Collection[datetime]) -> Iterator[Row]:
    """The lists of years, months and days; of two settings for one list the first that says so."""
    for setting, pattern in ARCHIVES.items():
        for date in sorted(dates, key=lambda one: one.replace(tzinfo=None)):
            if old := settings.address(setting, {"date": date}):
                yield old, date.strftime(pattern), MOVED


def _listing(
    settings: PelicanSettings, kind: str, name: str, new: str, stories: int
) -> Iterator[Row]:
    """A listing, its further pages, and its feeds."""
    values = {"slug": settings.slug(name, kind.upper()), "name": name}
    if not values["slug"]:
        return
    found = settings.addresses(kind.upper(), values)
    for old in (*found, *(further_pages(settings, found[0], stories) if found else ())):
        yield old, new, MOVED
    for setting in (f"{kind.upper()}_FEED_ATOM", f"{kind.upper()}_FEED_RSS"):
        pattern = settings.text(setting).replace("%s", "{slug}").strip("/")
        if "{slug}" in pattern:
            feed = "atom.xml" if setting.endswith("ATOM") else "feed.xml"
            yield f"/{pattern.replace('{slug}', values['slug'])}", f"{new}{feed}", MOVED


def our_patterns(pattern: str) -> Iterator[str]:
    """A pattern such as `{date:%Y}/{slug}.html` in our words; none where there are no words."""
    pattern = pattern.removesuffix("index.html")
    for theirs, ours in IN_OUR_WORDS.items():
        pattern = pattern.replace(theirs, ours)
    if "{" not in pattern and pattern:
        yield f"/{pattern.lstrip('/')}"
