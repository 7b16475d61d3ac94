"""The addresses that Hugo gives its pages: permalink patterns, and how words become paths."""

import posixpath
import re
import unicodedata
from datetime import datetime

from generator.model.values import frozen

TOKEN = re.compile(r":([a-zA-Z]++)(\[[^\[\]:]*+(?::[^\[\]:]*+)?+\])?")
ALLOWED = frozenset("./\\_#+~-@")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@frozen
class Placing:
    """What a page's address is made of; `folders` are those below its language's folder."""

    title: str
    slug: str
    name: str
    folders: tuple[str, ...]
    date: datetime


def as_path(text: str, *, keeps_case: bool = False, without_accents: bool = False) -> str:
    """Words as a part of a path, as Hugo's `urlize` has it: letters, digits and a few signs."""
    if without_accents:
        parts = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize(
            "NFC", "".join(c for c in parts if not unicodedata.combining(c))
        )
    made: list[str] = []
    is_due = was_hyphen = False
    for char in text:
        if char != " " and (
            unicodedata.category(char)[0] in "LM" or char.isdigit() or char in ALLOWED
        ):
            was_hyphen = char == "-"
            if is_due and not was_hyphen:
                made.append("-")
            is_due = False
            made.append(char)
        elif made and not was_hyphen and char.isspace():
            is_due = True
    path = "".join(made)
    return path if keeps_case else path.lower()


def expanded(pattern: str, page: Placing, *, keeps_case: bool, without_accents: bool) -> str:
    """The address that a pattern gives a page; "" where one part of it is unknown."""

    def path(text: str) -> str:
        return as_path(text, keeps_case=keeps_case, without_accents=without_accents)

    unknown = False

    def part(match: re.Match[str]) -> str:
        nonlocal unknown
        found = _part(match[1].lower(), match[2] or "", page)
        unknown |= found is None
        return path(found or "")

    address = "/" + TOKEN.sub(part, pattern).strip("/") + "/"
    return "" if unknown else re.sub("/{2,}", "/", address)


def _part(token: str, which: str, page: Placing) -> str | None:
    date = page.date
    dates = {
        "year": f"{date:%Y}",
        "month": f"{date:%m}",
        "day": f"{date:%d}",
        "monthname": MONTHS[date.month - 1],
        "weekday": str(date.isoweekday() % 7),
        "weekdayname": DAYS[date.weekday()],
        "yearday": str(date.timetuple().tm_yday),
    }
    names = {
        "title": page.title,
        "slug": page.slug or page.title,
        "filename": page.name,
        "contentbasename": page.name,
        "slugorfilename": page.slug or page.name,
        "slugorcontentbasename": page.slug or page.name,
        "section": page.folders[0] if page.folders else "",
        "sectionslug": page.folders[0] if page.folders else "",
        "sections": "/".join(_some(page.folders, which)),
        "sectionslugs": "/".join(_some(page.folders, which)),
    }
    return dates.get(token, names.get(token))


def _some(folders: tuple[str, ...], which: str) -> tuple[str, ...]:
    """Folders by Hugo's slices: `[0]`, `[1:]`, `[:last]`, `[last]`."""
    inside = which.strip("[]")
    if not inside:
        return folders
    first, colon, last = inside.partition(":")
    start = len(folders) - 1 if first == "last" else int(first) if first.isdigit() else 0
    if not colon:
        return folders[start : start + 1]
    stop = len(folders) - 1 if last == "last" else int(last) if last.isdigit() else len(folders)
    return folders[start:stop]


def ugly(address: str) -> str:
    """An address as `uglyURLs` has it: `/a/b/` is `/a/b.html`."""
    inside = address.strip("/")
    return f"/{inside}.html" if inside else "/"


def by_hand(url: str) -> str:
    """An address that front matter tells in `url`, from the site's root.

    One with a file's ending stays as it is; any other is a folder.
    """
    path = url if url.startswith("/") else f"/{url}"
    path = posixpath.normpath(path) + ("/" if path.endswith("/") else "")
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    has_name = "." in path.rpartition("/")[2] or path.endswith("/")
    return (path if has_name else f"{path}/").replace("//", "/")
