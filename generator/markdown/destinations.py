"""Where links lead: the address and title behind a link's text (CommonMark 0.31.2, 6.3)."""

import re

from generator.model.entities import decoded
from generator.model.late_patterns import late_pattern
from generator.model.values import frozen

EDGES = "".join(map(chr, range(0x21)))
INSIDE = str.maketrans("", "", "\t\n\r")
POINTY = late_pattern(r"<((?:[^<>\n\\]|\\.)*+)>")
BARE = late_pattern(r"(?:[^ \\()\t\n\x7f]|\\[!-/:-@\[-`{-~]|\\)++")
"""CommonMark wants no control characters in an address; but nobody sees them, and browsers pass
over them. So here they make no text of a link: its address is read as browsers read it."""
MOST_PARENTHESES = 8  # in each other; the specification asks for three
TITLES = {
    '"': late_pattern(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL),
    "'": late_pattern(r"'((?:[^'\\]|\\.)*+)'", re.DOTALL),
    "(": late_pattern(r"\(((?:[^()\\]|\\.)*+)\)", re.DOTALL),
}
SPACE = late_pattern(r"[ \t]*(?:\n[ \t]*)?")
ESCAPE_OR_REFERENCE = late_pattern(r"\\([!-/:-@\[-`{-~])|&#?\w+;")


@frozen
class Destination:
    """Where a link leads: `target` is the address as a browser gets it, `start` its place.

    `end` is where the destination ends, and what follows it; `title` is text.
    """

    target: str
    start: int
    end: int
    title: str | None = None


def unescaped(text: str) -> str:
    """A text with its escapes undone and its character references decoded."""
    if "\\" in text:
        return ESCAPE_OR_REFERENCE.sub(lambda m: m[1] or decoded(m[0]), text)
    return decoded(text) if "&" in text else text


def as_browsers_read(address: str) -> str:
    """An address without what browsers pass over (URL Standard, 4.4).

    Those are control characters and spaces at both ends, and tabs and line ends anywhere.
    """
    return address.strip(EDGES).translate(INSIDE)


def _target(written: str) -> str:
    target = unescaped(written)
    return target if target.isprintable() else as_browsers_read(target)


def destination_at(text: str, start: int, *, in_brackets: bool = True) -> Destination | None:
    """The address that begins at a place; `in_brackets` it may be empty."""
    if text.startswith("<", start):
        pointy = POINTY.match(text, start)
        return pointy and Destination(_target(pointy[1]), start + 1, pointy.end())
    end, depth = start, 0
    while True:
        part = BARE.match(text, end)
        end = part.end() if part else end
        sign = text[end : end + 1]
        if sign == "(" and depth < MOST_PARENTHESES:
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        else:
            break
        end += 1
    if depth or (end == start and not in_brackets):
        return None
    return Destination(_target(text[start:end]), start, end)


def title_at(text: str, start: int) -> tuple[str, int] | None:
    """The title that begins at a place, and where it ends."""
    sign = text[start : start + 1]
    found = TITLES[sign].match(text, start) if sign in TITLES else None
    if found is None:
        return None
    return unescaped(found[1]), found.end()


def inline_destination(text: str, start: int) -> Destination | None:
    """What stands behind a link's text, from the bracket `(` on."""
    position = _after_space(text, start + 1)
    found = destination_at(text, position)
    if found is None:
        return None
    position = _after_space(text, found.end)
    title = None
    if position > found.end and (titled := title_at(text, position)):
        title = titled[0]
        position = _after_space(text, titled[1])
    if not text.startswith(")", position):
        return None
    return Destination(found.target, found.start, position + 1, title)


def _after_space(text: str, start: int) -> int:
    found = SPACE.match(text, start)
    return found.end() if found else start
