"""Abbreviations: each is told in full wherever it stands as a word."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

WORD = re.compile(r"(?<!\w)\w+|[^\w\s]")
UNTOUCHED = frozenset({"code", "pre", "abbr", "script", "style", "sup"})
MOST_LENGTHS = 50
"""How many lengths of abbreviations that begin alike are looked for."""


def mark_abbreviations(root: Element, meant: dict[str, str]) -> None:
    """Make elements of the abbreviations in a tree, in place."""
    lengths: dict[str, set[int]] = {}
    for short, full in meant.items():
        first = WORD.match(short)
        if first and full:
            lengths.setdefault(first.group(), set()).add(len(short))
    known = {first: sorted(found, reverse=True)[:MOST_LENGTHS] for first, found in lengths.items()}
    for element in list(root.iter()):
        if element.tag in UNTOUCHED:
            continue
        children: list[Element] = []
        for child in element:
            children.append(child)
            if child.tail and not isinstance(child.tail, AtomicString):
                parts = list(_parts(child.tail, known, meant))
                child.tail = _chain(parts, children)
        if element.text and not isinstance(element.text, AtomicString):
            parts = list(_parts(element.text, known, meant))
            first_children: list[Element] = []
            element.text = _chain(parts, first_children)
            children[0:0] = first_children
        if len(children) != len(element):
            element[:] = children


def _chain(parts: list[str | Element], children: list[Element]) -> str:
    """Add the elements among the parts to the children; the text before the first of them."""
    text = ""
    last: Element | None = None
    for part in parts:
        if isinstance(part, Element):
            children.append(part)
            last = part
        elif last is None:
            text += part
        else:
            last.tail = part
    return text


def _parts(
    text: str, known: dict[str, list[int]], meant: dict[str, str]
) -> Iterator[str | Element]:
    done = 0
    for word in WORD.finditer(text):
        start = word.start()
        if start < done or word.group() not in known:
            continue
        for length in known[word.group()]:
            end = start + length
            short = text[start:end]
            if short in meant and not (text[end - 1 : end + 1].isalnum() and end < len(text)):
                yield text[done:start]
                element = Element("abbr", title=meant[short].replace("&", "&amp;"))
                element.text = AtomicString(short)
                yield element
                done = end
                break
    yield text[done:]
