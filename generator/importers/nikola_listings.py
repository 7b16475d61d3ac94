"""Listings and feeds of a Nikola site, and what takes their place here."""

from collections.abc import Iterable, Iterator

from generator.importers.heads import section_of
from generator.importers.nikola_settings import NikolaSettings
from generator.model.values import frozen
from generator.read.slugs import is_reserved, slugify

LISTINGS = {"listings": "listings"}
"""The folder of files that Nikola showed on a page each, as code, and where it showed them."""
Redirect = tuple[str, str, int]


@frozen
class Names:
    """What the public stories name, each once, the years they are of, and their number."""

    tags: tuple[str, ...]
    categories: tuple[str, ...]
    authors: tuple[str, ...]
    years: tuple[str, ...]
    stories: int


def listing_redirects(settings: NikolaSettings, names: Names) -> Iterator[Redirect]:
    """Old listings and feeds, and what they lead to."""
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
                yield settings.listing_of(kind, label), new, 301
                yield settings.feed_of(kind, label), f"{new}feed.xml", 301
    for year in names.years:
        yield (
            settings.page(settings.text("ARCHIVE_PATH"), year, slug="index"),
            f"/archive/{year}/",
            301,
        )
    archive = settings.text("ARCHIVE_FILENAME", "archive.html")
    yield settings.page(settings.text("ARCHIVE_PATH"), slug="index") + archive, "/archive/", 301
    yield f"/{settings.text('RSS_FILENAME_BASE', 'rss')}.xml", "/feed.xml", 301
    yield settings.page(settings.text("TAG_PATH", "categories"), slug="index"), "/tags/", 301
    index = settings.text("INDEX_PATH")
    if index.strip("/"):
        yield settings.page(index, slug="index"), "/", 301
    size = settings.python.values.get("INDEX_DISPLAY_POST_COUNT", 10)
    if isinstance(size, int) and size > 0:
        place = settings.page(index, slug="index")
        for page in range(1, -(-names.stories // size)):
            yield f"{place}index-{page}.html", "/", 301


def code_redirects(settings: NikolaSettings, files: Iterable[str]) -> Iterator[Redirect]:
    """Pages that showed a file as code lead to the file; `files` are the addresses of files."""
    tops = tuple(f"/{target}/" for _, target in settings.folders("LISTINGS_FOLDERS", LISTINGS))
    for address in files:
        if address.startswith(tops):
            yield f"{address}.html", address, 301
