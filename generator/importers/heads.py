"""The settings of an imported text, in the order in which an editor would write them."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta

from generator.importers.own_addresses import OWN
from generator.model.frozen import FrozenMap, freeze_map
from generator.model.line_text import line_text
from generator.read.articles import KNOWN
from generator.read.slugs import is_reserved, slugify
from generator.render.first_heading import without_headline

TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*+)[^<>]*+>")
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
WITHIN_LINES = frozenset({"a", "abbr", "code", "kbd", "span", "small", "sub", "sup", "tt", "u"})
WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
LONGEST_SUMMARY = 1000


def head_of(values: Mapping[str, object], extra: Mapping[str, object]) -> FrozenMap:
    """The settings that say something, in their usual order, and the others under `extra`."""
    given = {
        **values,
        "extra": {key: value for key, value in extra.items() if not _is_empty(value)},
    }
    ordered = ("name", *KNOWN)
    return freeze_map({key: given[key] for key in ordered if not _is_empty(given.get(key))})


def _is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", (), {}) or value == []


def as_summary(markup: str) -> str:
    """A summary that may be HTML, as one line in Markdown; emphasis stays."""
    line = " ".join(TAG.sub(_mark, markup.replace("\n", " ")).split())
    return (
        line if len(line) <= LONGEST_SUMMARY else f"{line[:LONGEST_SUMMARY].rpartition(' ')[0]} …"
    )


def _mark(tag: re.Match[str]) -> str:
    """What an HTML tag is in a line of Markdown."""
    name = tag[2].lower()
    return MARKS.get(name, "" if name in WITHIN_LINES else " ")


def without_title(body: str, head: FrozenMap) -> str:
    """A body in Markdown without the headline that stood above it."""
    return without_headline(body, line_text(head.text("title")).plain, "", 1).text


def date_text(moment: datetime, *, day_only: bool = False) -> str:
    """A date as it is written: a day, or a time on the site's clocks, or one with its zone.

    An offset that no clock on earth has is the same instant in UTC.
    """
    offset = moment.utcoffset()
    if offset is not None and not WEST <= offset <= EAST:
        moment = moment.astimezone(UTC)
    if day_only and moment.tzinfo is None and moment.time() == time():
        return moment.date().isoformat()
    text = moment.replace(microsecond=0).isoformat(sep=" ")
    return text.removesuffix(":00") if moment.tzinfo is None else text


def own_slug(slug: str, language: str) -> str:
    """A slug that may be written down: one that says the same here; else the address says it."""
    fits = slug == slugify(slug, language) and not is_reserved(slug) and slug != "index"
    return slug if fits else ""


def section_of(name: str, language: str) -> str:
    """A category as a section; "" where its address is another page's."""
    slug = slugify(name, language)
    return "" if slug in OWN or is_reserved(slug) else " ".join(name.split())


def different(names: Iterable[str]) -> tuple[str, ...]:
    """Names, each once, without white space around them."""
    tidy = (" ".join(name.split()) for name in names)
    return tuple(dict.fromkeys(filter(None, tidy)))
