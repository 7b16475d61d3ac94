"""Headings in a body: their levels below the page's own, and an id for each."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

TOP = 2
DEEPEST = 6

NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def levels_below_title(levels: Iterable[int]) -> Iterator[int]:
    """The levels at which headings are shown, for the levels at which they are written.

    The page's title is the only h1. What stands under a heading is one level deeper than
    it, so that no level is skipped, and never deeper than h6.
    """
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        yield min(TOP + len(above), DEEPEST)
        above.append(level)


def slug_of(text: str) -> str:
    """A heading's id: its letters and digits, of any script, in lower case, with hyphens.

    It holds no underscore or colon: ids of layouts and footnotes with these never clash
    with it. A heading without letters gives `section`.
    """
    text = unicodedata.normalize("NFC", text).lower()
    if text.isascii():
        slug = NOT_IN_SLUG.sub("-", text.replace("'", ""))
    else:
        text = text.replace("'", "").replace("\u2019", "")
        slug = "-".join("".join(c if _belongs(c) else " " for c in text).split())
    return slug.strip("-") or "section"


def _belongs(character: str) -> bool:
    """Letters, digits, and the marks that many scripts write vowels with."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


class Ids:
    """The ids of one page, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._next = dict.fromkeys(taken, 2)

    def __contains__(self, name: str) -> bool:
        return name in self._next

    def take(self, name: str) -> str:
        """Take a name, or the first of `name-2`, `name-3` … that is free, and return it."""
        taken = name
        while taken in self._next:
            taken = f"{name}-{self._next[name]}"
            self._next[name] += 1
        self._next[taken] = 2
        return taken
