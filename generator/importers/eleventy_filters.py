"""Filters of Eleventy's templates: its own, and those that most projects have under these names."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from html import escape

from text_unidecode import unidecode

from generator.importers.players import player_html

LUXON = re.compile(
    r"yyyy|LLLL|LLL|LL|L|MMMM|MMM|MM|M|dd|d|cccc|ccc|HH|H|mm|ss|YYYY|DD|Do|D|'[^']*'"
)
STRFTIME = {
    **dict.fromkeys(("yyyy", "YYYY"), "%Y"),
    **dict.fromkeys(("LLLL", "MMMM"), "%B"),
    **dict.fromkeys(("LLL", "MMM"), "%b"),
    **dict.fromkeys(("LL", "MM"), "%m"),
    **dict.fromkeys(("dd", "DD"), "%d"),
    "cccc": "%A",
    "ccc": "%a",
    "HH": "%H",
    "mm": "%M",
    "ss": "%S",
}
CHARMAP = {
    "&": " and ",
    "$": " dollar ",
    "%": " percent ",
    "<": " less ",
    ">": " greater ",
    "|": " or ",
}


def slugify(text: object, *_: object) -> str:
    """Eleventy's `slugify`: letters and digits, all else is a hyphen."""
    plain = unidecode(str(text)).replace("&", " and ")
    plain = re.sub(r"([a-zA-Z\d]+)'([ts])(?=\s|$)", r"\1\2", plain)
    return re.sub(r"[^a-z\d]+", "-", plain.lower()).strip("-")


def slug(text: object, *_: object) -> str:
    """Eleventy's older `slug`: some signs stay."""
    plain = "".join(CHARMAP.get(char, char) for char in unidecode(str(text)))
    plain = re.sub(r"[^\w\s$*_+~.()'\"!\-:@]+", "", plain).strip().lower()
    return re.sub(r"[\s-]+", "-", plain)


def formatted(moment: object, pattern: object = "yyyy-LL-dd", *_: object) -> str:
    """A date by a pattern of strftime's, Luxon's or Moment's kind."""
    if isinstance(moment, str):
        try:
            return _of_date(datetime.fromisoformat(moment.strip()), str(pattern))
        except ValueError:
            return moment
    if not isinstance(moment, date):
        return ""
    return _of_date(moment, str(pattern))


def _of_date(moment: date, pattern: str) -> str:
    if "%" in pattern:
        return moment.strftime(re.sub(r"%-([dmHIj])", _unpadded(moment), pattern))
    return LUXON.sub(lambda match: _part(match[0], moment), pattern)


def _unpadded(moment: date) -> Callable[[re.Match[str]], str]:
    return lambda match: str(int(moment.strftime(f"%{match[1]}")))


def _part(name: str, moment: date) -> str:
    if name.startswith("'"):
        return name[1:-1]
    if name in STRFTIME:
        return moment.strftime(STRFTIME[name])
    number = {"L": moment.month, "M": moment.month, "d": moment.day, "D": moment.day}.get(name)
    if number is None:
        number = getattr(moment, "hour", 0) if name == "H" else moment.day
    return str(number)


def embedded(address: object, title: object = "", *_: object) -> str:
    """A player for an address."""
    text = str(address)
    for service, mark in (("youtube", "youtu"), ("vimeo", "vimeo"), ("soundcloud", "soundcloud")):
        if mark in text:
            return player_html(service, text, str(title))
    return f'<iframe src="{escape(text)}" title="{escape(str(title))}"></iframe>'


def as_it_is(value: object = "", *_: object) -> object:
    """A value as it is: what the filter adds is nothing that a text has."""
    return "" if value is None else value


def as_json(value: object, *_: object) -> str:
    """A value as JSON."""
    try:
        return json.dumps(value, default=str)
    except (ValueError, RecursionError):
        return ""


def first_of(values: object, number: object = 1, *_: object) -> object:
    """The first members of a list; the last where the number is below zero."""
    if not isinstance(values, list | tuple) or not isinstance(number, int):
        return values
    return values[number:] if number < 0 else values[:number]


FILTERS: Mapping[str, Callable[..., object]] = {
    **dict.fromkeys(("slugify", "slugifyTag"), slugify),
    "slug": slug,
    **dict.fromkeys(("url", "log", "htmlBaseUrl", "absoluteUrl", "inputPathToUrl"), as_it_is),
    **dict.fromkeys(("safe", "markdownify", "markdown", "md", "prettyUrl"), as_it_is),
    **dict.fromkeys(("htmlDateString", "isoDate", "dateIso", "w3DateFilter"), formatted),
    **dict.fromkeys(("date", "dateFormat", "formatDate", "dateFilter"), formatted),
    "readableDate": lambda value, *_: formatted(value, "dd LLLL yyyy"),
    "embed": embedded,
    **dict.fromkeys(("dump", "jsonify", "json"), as_json),
    **dict.fromkeys(("head", "limit"), first_of),
}
