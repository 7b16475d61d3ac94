"""Feeds as their readers take them: RSS 2.0, Atom and JSON Feed."""

import json
from collections.abc import Iterator
from itertools import chain

from generator.check.entries import (
    dead,
    is_instant,
    is_rfc_822,
    missing,
    repeated,
    undated,
    values,
)
from generator.check.folder import PublishedFolder
from generator.check.podcasts import ITUNES, podcast_problems
from generator.check.xml import Element
from generator.model.problems import Place, Problem

ATOM = "{http://www.w3.org/2005/Atom}"
JSON_FEED = "https://jsonfeed.org/version/1.1"


def rss_problems(path: str, rss: Element, folder: PublishedFolder) -> Iterator[Problem]:
    """Yield what is wrong in an RSS 2.0 feed (rssboard.org/rss-specification)."""
    channel = rss.first("channel")
    if channel is None:
        yield Problem(Place(path, rss.line), "an RSS feed without <channel>", "RSS requires it.")
        return
    items = list(channel.all("item"))
    yield from missing(path, channel, "title", "link", "description")
    for item in items:
        yield from missing(path, item, "title", "guid")
    yield from repeated(path, values(items, "guid"))
    yield from dead(path, values((channel, *items), "link"), folder)
    yield from undated(
        path, values(items, "pubDate"), is_rfc_822, "Thu, 15 Aug 2024 14:30:00 +0300"
    )
    yield from _enclosure_problems(path, items, folder)
    if any(child.name.startswith(ITUNES) for child in channel.children):
        yield from podcast_problems(path, channel, items)


def _enclosure_problems(
    path: str, items: list[Element], folder: PublishedFolder
) -> Iterator[Problem]:
    """What is wrong with the files that items bring along: each has an address, a size, a type."""
    found = [enclosure for item in items for enclosure in item.all("enclosure")]
    yield from dead(path, ((one.line, one.attributes.get("url", "")) for one in found), folder)
    for one in found:
        for name in ("url", "length", "type"):
            if not one.attributes.get(name):
                message = f"<enclosure> without {name}"
                yield Problem(Place(path, one.line), message, "RSS requires it.")


def atom_problems(path: str, feed: Element, folder: PublishedFolder) -> Iterator[Problem]:
    """Yield what is wrong in an Atom feed (RFC 4287, sections 4.1.1 and 4.1.2)."""
    entries = list(feed.all(f"{ATOM}entry"))
    for element in (feed, *entries):
        yield from missing(path, element, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
    author = f"{ATOM}author"
    for entry in () if feed.first(author) else entries:
        if entry.first(author) is None:
            place = Place(path, entry.line)
            yield Problem(place, "<entry> without <author>", "Name one here, or for the feed.")
    yield from repeated(path, values(entries, f"{ATOM}id"))
    links = (
        (link.line, link.attributes.get("href", ""))
        for element in (feed, *entries)
        for link in element.all(f"{ATOM}link")
    )
    yield from dead(path, links, folder)
    dates = chain(values((feed, *entries), f"{ATOM}updated"), values(entries, f"{ATOM}published"))
    yield from undated(path, dates, is_instant, "2024-08-15T14:30:00+03:00")


def json_problems(path: str, data: bytes, folder: PublishedFolder) -> Iterator[Problem]:
    """Yield what is wrong in a JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    try:
        feed = json.loads(data, parse_int=float)  # however many digits it has
    except (UnicodeDecodeError, RecursionError):
        yield Problem(Place(path), "not JSON in UTF-8", "No reader takes it.")
        return
    except json.JSONDecodeError as error:
        place = Place(path, error.lineno, error.colno)
        yield Problem(place, f"not JSON: {error.msg}", "No reader takes it.")
        return
    if not isinstance(feed, dict) or feed.get("version") != JSON_FEED:
        hint = f'It begins with "version": "{JSON_FEED}".'
        yield Problem(Place(path), "not a JSON Feed 1.1", hint)
        return
    yield from _json_feed_problems(path, feed, folder)


def _json_feed_problems(
    path: str, feed: dict[str, object], folder: PublishedFolder
) -> Iterator[Problem]:
    items = feed.get("items")
    if not _text(feed, "title"):
        yield _lacks(path, "a JSON feed", "title")
    if not isinstance(items, list):
        yield _lacks(path, "a JSON feed", "items")
        items = []
    entries = [item if isinstance(item, dict) else {} for item in items]
    for number, entry in enumerate(entries, start=1):
        if not _text(entry, "id"):
            yield _lacks(path, f"item {number}", "id")
        if not any(isinstance(entry.get(key), str) for key in ("content_html", "content_text")):
            yield _lacks(path, f"item {number}", "content_html")
    yield from repeated(path, ((0, _text(entry, "id")) for entry in entries))
    addresses = [_text(feed, key) for key in ("home_page_url", "feed_url")]
    addresses += [_text(entry, "url") for entry in entries]
    yield from dead(path, ((0, url) for url in addresses if url), folder)
    dates = [_text(entry, key) for entry in entries for key in ("date_published", "date_modified")]
    yield from undated(
        path, ((0, date) for date in dates if date), is_instant, "2024-08-15T14:30:00+03:00"
    )


def _text(values: dict[str, object], key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _lacks(path: str, what: str, key: str) -> Problem:
    return Problem(Place(path), f'{what} without "{key}"', "JSON Feed 1.1 requires it.")
