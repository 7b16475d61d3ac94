"""Sitemaps as search engines take them: indexes, lists of pages, and the news of two days."""

from collections.abc import Iterator

from generator.check.entries import dead, is_w3c_date, missing, repeated, undated, values
from generator.check.folder import PublishedFolder
from generator.check.xml import Element
from generator.model.problems import Place, Problem

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"

MOST_ADDRESSES = 50_000
MOST_BYTES = 52_428_800
MOST_NEWS = 1_000
EXAMPLE = "2024-08-15, or 2024-08-15T14:30:00+03:00"


def sitemap_problems(
    path: str, root: Element, size: int, folder: PublishedFolder
) -> Iterator[Problem]:
    """Yield what is wrong in a sitemap or an index of sitemaps of `size` bytes.

    Rules: sitemaps.org/protocol.html, and Google's documents on news and image sitemaps.
    """
    entries = list(root.all(f"{SITEMAP}url")) + list(root.all(f"{SITEMAP}sitemap"))
    if len(entries) > MOST_ADDRESSES or size > MOST_BYTES:
        message = f"a sitemap of {len(entries):,} addresses and {size:,} bytes"
        yield Problem(Place(path), message, "Split it: 50,000 addresses and 50 MB are the limit.")
    for entry in entries:
        yield from missing(path, entry, f"{SITEMAP}loc")
    yield from repeated(path, values(entries, f"{SITEMAP}loc"))
    yield from dead(path, values(entries, f"{SITEMAP}loc"), folder)
    yield from _of_other_sites(path, entries, folder)
    yield from undated(path, values(entries, f"{SITEMAP}lastmod"), is_w3c_date, EXAMPLE)
    pictures = [picture for entry in entries for picture in entry.all(f"{IMAGE}image")]
    yield from dead(path, values(pictures, f"{IMAGE}loc"), folder)
    yield from _news(path, [news for entry in entries for news in entry.all(f"{NEWS}news")])


def _of_other_sites(
    path: str, entries: list[Element], folder: PublishedFolder
) -> Iterator[Problem]:
    """Tell once that a sitemap strays: when one address is another site's, most often all are."""
    urls = values(entries, f"{SITEMAP}loc")
    strays = [(line, url) for line, url in urls if folder.lead(url, url).elsewhere]
    if strays:
        line, url = strays[0]
        others = f" and {len(strays) - 1:,} more" if len(strays) > 1 else ""
        hint = "A sitemap covers its own site only: see base_url in config.yaml."
        yield Problem(Place(path, line), f'address of another site: "{url}"{others}', hint)


def _news(path: str, stories: list[Element]) -> Iterator[Problem]:
    if len(stories) > MOST_NEWS:
        message = f"a news sitemap of {len(stories):,} stories"
        yield Problem(Place(path), message, "Split it: Google takes 1,000 in one.")
    for story in stories:
        yield from missing(path, story, f"{NEWS}publication_date", f"{NEWS}title")
        publication = story.first(f"{NEWS}publication")
        if publication is None:
            hint = "The format requires it."
            yield Problem(Place(path, story.line), "<news> without <publication>", hint)
        else:
            yield from missing(path, publication, f"{NEWS}name", f"{NEWS}language")
    yield from undated(path, values(stories, f"{NEWS}publication_date"), is_w3c_date, EXAMPLE)
