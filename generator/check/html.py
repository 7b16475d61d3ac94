"""A page's HTML as the run of tags that the check asks about."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from generator.model.entities import unescaped
from generator.model.values import frozen

Attributes = tuple[tuple[str, str | None], ...]


@frozen
class Tag:
    """A start tag: its name and attributes in lower case, and its place, counted from 1.

    `text` is the content of a `title`, `style` or `script` element, nothing for others.
    """

    name: str
    attributes: Attributes
    line: int
    column: int
    text: str = ""

    def get(self, attribute: str) -> str | None:
        """The attribute's value without white space round it; none when it is not there.

        An attribute without a value has an empty one. The first of two with one name counts,
        as in a browser.
        """
        for name, value in self.attributes:
            if name == attribute:
                return (value or "").strip()
        return None


# Tags as the HTML standard's tokenizer cuts them (13.2.5). No part of these patterns gives back
# what it took, and whatever has begun always matches: time is linear in the page, however broken.
_NAME = r"[^\s/>][^\s/>=]*+"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)"""
_ATTRIBUTE = re.compile(rf"({_NAME})(\s*+=\s*+({_VALUE})?+)?+")
_TAG = re.compile(
    rf"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<close>/?)(?P<name>[a-z][^\s/>]*+)
      (?P<attributes>(?:[\s/]++|{_NAME}(?:\s*+=\s*+{_VALUE}?+)?+)*+)
      (?P<end>>|\Z)
    | <[!?/][^>]*+(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_RAW = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
"""Elements in which nothing is a tag but their own end."""
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)|\Z", re.IGNORECASE) for name in _RAW}
_WITHOUT_ATTRIBUTES = frozenset({"html", "h1", "h2", "h3", "h4", "h5", "h6"})
_WITH_TEXT = frozenset({"title", "style", "script"})


def read_tags(html: str) -> tuple[Tag, ...]:
    """Read a page's tags that have an attribute, are headings, or hold a text of their own."""
    return tuple(_tags(html))


def _tags(html: str) -> Iterator[Tag]:
    lines = [0, *(match.end() for match in re.finditer("\n", html))]
    at = drawings = 0  # how many `svg` are open
    while found := _TAG.search(html, at):
        at = found.end()
        name = (found["name"] or "").lower()
        if not found["end"]:
            continue
        is_open = not found["close"]
        if name == "svg":
            is_empty = found["attributes"].endswith("/")
            drawings = max(0, drawings + (is_open and not is_empty) - (not is_open))
        if not is_open:
            continue
        text = ""
        # A drawing has titles of its own, which are not the page's.
        is_raw = name in _RAW and not (name == "title" and drawings)
        if is_raw and (end := _ENDS[name].search(html, at)):
            text, at = html[at : end.start()], end.end()
        attributes = _attributes(found["attributes"])
        if attributes or name in _WITHOUT_ATTRIBUTES or (is_raw and name in _WITH_TEXT):
            line = bisect_right(lines, found.start())
            text = unescaped(text) if name == "title" else text
            held = text if name in _WITH_TEXT else ""
            yield Tag(name, attributes, line, found.start() - lines[line - 1] + 1, held)


def _attributes(written: str) -> Attributes:
    found = []
    for match in _ATTRIBUTE.finditer(written):
        value = match[3] or ""
        bare = value.strip(value[0]) if value[:1] in ('"', "'") else value
        found.append((match[1].lower(), unescaped(bare) if match[2] else None))
    return tuple(found)
