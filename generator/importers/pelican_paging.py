"""Further pages of Pelican's lists: the addresses that they had, by `PAGINATION_PATTERNS`."""

import posixpath
from collections.abc import Iterator

from generator.importers.pelican_settings import PelicanSettings, formatted

USUAL = "{name}{number}{extension}"
MOST_PAGES = 5_000


def further_pages(settings: PelicanSettings, first: str, stories: int) -> Iterator[str]:
    """The addresses of a list's pages from its second on; `first` is that of the first."""
    size = settings.python.values.get("DEFAULT_PAGINATION")
    if not isinstance(size, int) or isinstance(size, bool) or size <= 0:
        return
    file = f"{first}index.html" if first.endswith("/") else first
    full = file.lstrip("/")
    name, extension = posixpath.splitext(full)
    folder, last = posixpath.split(full)
    facts = {"save_as": full, "url": first.lstrip("/"), "name": name, "extension": extension}
    facts["base_name"] = folder if last in ("index.htm", "index.html") else name
    for number in range(2, min(-(-stories // size), MOST_PAGES) + 1):
        rule = _rule(settings, number)
        made = formatted(rule, {**facts, "number": number}).lstrip("/")
        yield f"/{made.removesuffix('index.html') if made.endswith('/index.html') else made}"


def _rule(settings: PelicanSettings, number: int) -> str:
    """The pattern of a page's file: the last that begins at or before its number."""
    told = settings.python.values.get("PAGINATION_PATTERNS")
    found, begins = USUAL, 0
    for rule in told if isinstance(told, list | tuple) else ():
        match rule:
            case (int(start), str(), str(saved)) if begins <= start <= number:
                found, begins = saved, start
    return found
