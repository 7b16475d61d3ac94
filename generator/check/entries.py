"""What feeds and sitemaps are alike in: parts they need, addresses, dates, and no repeats."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from generator.check.folder import PublishedFolder
from generator.check.xml import Element
from generator.model.problems import Place, Problem

Texts = Iterable[tuple[int, str]]
"""Texts, each with its line; 0 where it is not known."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_W3C_DATE = re.compile(
    r"\d{4}(?:-\d\d(?P<day>-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?"
)


def missing(path: str, element: Element, *names: str) -> Iterator[Problem]:
    """Yield a Problem for each child that the element needs and lacks, or that is empty."""
    for name in names:
        if not element.value(name):
            message = f"<{_short(element.name)}> without <{_short(name)}>"
            yield Problem(Place(path, element.line), message, "The format requires it.")


def repeated(path: str, texts: Texts) -> Iterator[Problem]:
    """Yield a Problem for each text that has stood before."""
    seen: set[str] = set()
    for line, text in texts:
        if text and text in seen:
            hint = "Each entry needs its own, or readers take two for one."
            yield Problem(Place(path, line), f'"{text}" stands here twice', hint)
        seen.add(text)


def dead(path: str, texts: Texts, folder: PublishedFolder) -> Iterator[Problem]:
    """Yield a Problem for each address that is not absolute, or leads nowhere in the site."""
    for line, url in texts:
        if not url:
            continue
        if not url.startswith(("https://", "http://")):
            hint = f"Begin it with {folder.base.origin}."
            yield Problem(Place(path, line), f'address is not absolute: "{url}"', hint)
        elif (destination := folder.lead(url, url)).fault:
            message = f'address {destination.fault}: "{url}"'
            yield Problem(Place(path, line), message, destination.hint)


def undated(
    path: str, texts: Texts, is_date: Callable[[str], bool], example: str
) -> Iterator[Problem]:
    """Yield a Problem for each text that is not a date as its format writes dates."""
    for line, text in texts:
        if text and not is_date(text):
            yield Problem(Place(path, line), f'not a date: "{text}"', f"Write it as {example}.")


def is_rfc_822(text: str) -> bool:
    """Whether this is a date of RSS: RFC 822, with four digits for the year."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return False
    return f"{moment.year:04}" in text


def is_instant(text: str) -> bool:
    """Whether this is an instant of RFC 3339, as Atom and JSON Feed have it."""
    return _INSTANT.fullmatch(text) is not None and _is_real(text)


def is_w3c_date(text: str) -> bool:
    """Whether this is a date of a sitemap (w3.org/TR/NOTE-datetime): a day, or more or less."""
    match = _W3C_DATE.fullmatch(text)
    return match is not None and _is_real(
        text if match["day"] else f"{text[:4]}-{text[5:] or '01'}-01"
    )


def _is_real(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def values(elements: Iterable[Element], name: str) -> Iterator[tuple[int, str]]:
    """The text of each child of this name in each of the elements, with its line."""
    for element in elements:
        for child in element.all(name):
            yield child.line, child.text.strip()


def _short(name: str) -> str:
    return name.rpartition("}")[2]
