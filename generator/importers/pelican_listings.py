"""Listings and feeds of a Pelican site, and what takes their place here."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from generator.importers.heads import section_of
from generator.importers.pelican_settings import PelicanSettings
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
Redirect = tuple[str, str, int]


def listing_redirects(
    settings: PelicanSettings, names: Mapping[str, Counter[str]], dates: Collection[datetime]
) -> Iterator[Redirect]:
    """Old listings and feeds, and what they lead to; `names` are those of public stories.

    `dates` are those of these stories: older pages of the front lead to the front.
    """
    for kind, folder in FOLDERS.items():
        for name in sorted(names[kind]):
            here = (section_of(name, settings.language) or "news") if kind == "category" else name
            slug = slugify(here, settings.language)
            if slug and not is_reserved(slug):
                yield from _listing(settings, kind, name, f"{folder}{slug}/")
    for setting, new in SINGLE.items():
        if (old := settings.text(setting).strip("/")) and "{" not in old:
            yield f"/{old.removesuffix('index.html')}", new, 301
    yield from _archives(settings, dates)
    size = settings.python.values.get("DEFAULT_PAGINATION")
    if isinstance(size, int) and size > 0:
        for page in range(2, -(-len(dates) // size) + 1):
            yield f"/index{page}.html", "/", 301


def _archives(settings: PelicanSettings, dates: Collection[datetime]) -> Iterator[Redirect]:
    """The lists of years, months and days; of two settings for one list the first that says so."""
    for setting, pattern in ARCHIVES.items():
        for date in sorted(dates, key=lambda one: one.replace(tzinfo=None)):
            if old := settings.address(setting, {"date": date}):
                yield old, date.strftime(pattern), 301


def _listing(settings: PelicanSettings, kind: str, name: str, new: str) -> Iterator[Redirect]:
    """A listing and its feeds."""
    values = {"slug": settings.slug(name, kind.upper()), "name": name}
    if not values["slug"]:
        return
    for old in settings.addresses(kind.upper(), values):
        yield old, new, 301
    for setting in (f"{kind.upper()}_FEED_ATOM", f"{kind.upper()}_FEED_RSS"):
        pattern = settings.text(setting).replace("%s", "{slug}").strip("/")
        if "{slug}" in pattern:
            feed = "atom.xml" if setting.endswith("ATOM") else "feed.xml"
            yield f"/{pattern.replace('{slug}', values['slug'])}", f"{new}{feed}", 301


def our_patterns(pattern: str) -> Iterator[str]:
    """A pattern such as `{date:%Y}/{slug}.html` in our words; none where there are no words."""
    pattern = pattern.removesuffix("index.html")
    for theirs, ours in IN_OUR_WORDS.items():
        pattern = pattern.replace(theirs, ours)
    if "{" not in pattern and pattern:
        yield f"/{pattern.lstrip('/')}"
