"""Listings and feeds of a Nikola site, and what takes their place here."""

from collections.abc import Iterable, Iterator

from generator.importers.heads import section_of
from generator.importers.nikola_settings import NikolaSettings
from generator.importers.old_site import Row
from generator.model.redirects import MOVED
from generator.model.values import frozen
from generator.read.slugs import is_reserved, slugify

LISTINGS = {"listings": "listings"}
"""The folder of files that Nikola showed on a page each, as code, and where it showed them."""


@frozen
class Names:
    """What the public stories name, each once, the months (`2014/03`) they are of, their number."""

    tags: tuple[str, ...]
    categories: tuple[str, ...]
    authors: tuple[str, ...]
    months: tuple[str, ...]
    stories: int


def listing_redirects(settings: NikolaSettings, names: Names) -> Iterator[Row]:
    """Old listings and feeds, and what they lead to; each language had its own."""
    rows = [*_terms(settings, names), *_indexes(settings), *_dates(settings, names)]
    index = settings.text("INDEX_PATH")
    place = settings.page(index, slug="index")
    if index.strip("/"):
        rows.append((place, "/", MOVED))
    size = settings.python.values.get("INDEX_DISPLAY_POST_COUNT", 10)
    if isinstance(size, int) and size > 0:
        pages = range(1, -(-names.stories // size))
        rows += [(f"{place}index-{page}.html", "/", MOVED) for page in pages]
    for folder in dict.fromkeys(settings.translations.values()):
        start = f"/{folder.strip('./')}" if folder.strip("./") else ""
        for old, new, status in rows:
            yield f"{start}{old}", new, status


def _terms(settings: NikolaSettings, names: Names) -> Iterator[Row]:
    """The listings of tags, categories and authors, and their feeds."""
    for kind, labels, folder in (
        ("tag", names.tags, "/tags/"),
        ("category", names.categories, "/"),
        ("author", names.authors, "/authors/"),
    ):
        for label in labels:
            here = (section_of(label, settings.language) or "news") if kind == "category" else label
            slug = slugify(here, settings.language)
            if slug and not is_reserved(slug):
                new = f"{folder}{slug}/"
                yield settings.listing_of(kind, label), new, MOVED
                yield settings.feed_of(kind, label), f"{new}feed.xml", MOVED


def _indexes(settings: NikolaSettings) -> Iterator[Row]:
    """The indexes of tags, categories and authors, and the feed of all stories."""
    yield f"/{settings.text('RSS_FILENAME_BASE', 'rss')}.xml", "/feed.xml", MOVED
    for name, kind, folder, new in (
        ("TAGS_INDEX_PATH", "TAG_PATH", "categories", "/tags/"),
        ("CATEGORIES_INDEX_PATH", "CATEGORY_PATH", "categories", "/tags/"),
        ("", "AUTHOR_PATH", "authors", "/authors/"),
    ):
        yield settings.page(settings.text(kind, folder), slug="index"), new, MOVED
        if named := settings.text(name).strip("/"):
            yield f"/{named}", new, MOVED


def _dates(settings: NikolaSettings, names: Names) -> Iterator[Row]:
    """The archive's lists: all of it, its years and its months."""
    path = settings.text("ARCHIVE_PATH")
    archive = settings.text("ARCHIVE_FILENAME", "archive.html")
    yield settings.page(path, slug="index") + archive, "/archive/", MOVED
    for month in names.months:
        year = month.partition("/")[0]
        yield settings.page(path, year, slug="index"), f"/archive/{year}/", MOVED
        yield settings.page(path, month, slug="index"), f"/archive/{month}/", MOVED


def code_redirects(settings: NikolaSettings, files: Iterable[str]) -> Iterator[Row]:
    """Pages that showed a file as code lead to the file; `files` are the addresses of files."""
    tops = tuple(f"/{target}/" for _, target in settings.folders("LISTINGS_FOLDERS", LISTINGS))
    for address in files:
        if address.startswith(tops):
            yield f"{address}.html", address, MOVED
