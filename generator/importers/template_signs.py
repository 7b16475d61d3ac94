"""The signs of templates in a text, one after another: `{{ … }}` and `{% … %}`."""

import re
from collections.abc import Iterator

from generator.model.values import frozen

OPEN = re.compile(r"\{\{-?|\{%-?")
NAME = re.compile(r"[A-Za-z][\w-]*+")
RAW = ("raw", "verbatim")
LONGEST = 20_000
"""Characters of one sign; what is longer has no end."""


@frozen
class Sign:
    """A sign where it stands: a tag or a value, and what is said within it."""

    start: int
    end: int
    is_tag: bool
    inside: str

    @property
    def name(self) -> str:
        """A tag's name; "" where it has none."""
        found = NAME.match(self.inside) if self.is_tag else None
        return found[0] if found else ""

    @property
    def arguments(self) -> str:
        """What stands behind a tag's name."""
        return self.inside[len(self.name) :]


def signs_in(text: str) -> Iterator[Sign]:
    """Every sign that has an end."""
    at = 0
    while opening := OPEN.search(text, at):
        is_tag = "%" in opening[0]
        end = text.find("%}" if is_tag else "}}", opening.end(), opening.end() + LONGEST)
        at = opening.end()
        if end >= 0:
            at = end + 2
            inside = text[opening.end() : end].strip().removesuffix("-").strip()
            yield Sign(opening.start(), at, is_tag, inside)


def outside_raw(text: str) -> Iterator[Sign]:
    """Every sign but for those that `raw` or `verbatim` encloses, and these themselves."""
    closing = ""
    for sign in signs_in(text):
        if closing:
            closing = "" if sign.name == closing else closing
        elif sign.name in RAW:
            closing = f"end{sign.name}"
        else:
            yield sign


def without_signs(text: str) -> str:
    """A text without its signs, and without the beginnings of those that have no end."""
    made: list[str] = []
    at = 0
    for sign in signs_in(text):
        made.append(OPEN.sub("", text[at : sign.start]))
        at = sign.end
    return "".join((*made, OPEN.sub("", text[at:])))
