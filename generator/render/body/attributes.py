"""Attribute lists such as `{.wide #map}`: only classes and an id may be given.

Python-Markdown's own `attr_list` sets any attribute, `onclick` too, takes template
syntax for attributes, and moves text behind a second brace. So this is ours, for the
same places: at the end of a heading or table cell, on the last line of another block,
right behind an inline element.
"""

import re
from collections.abc import Iterator
from typing import Literal
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from generator.render.body.job import BodyMarkdown, Job

ITEM = (
    r"""(?:[.#][^\s{}=.#"'<>]++|[a-zA-Z_@:][\w:.@-]*+=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s{}"'=]++))"""
)
LIST = rf"\{{:?[ ]*((?:{ITEM}[ ]*+)++)\}}"
AT_END_OF_LINE = re.compile(rf"[ ]+{LIST}[ ]*$")
ON_LAST_LINE = re.compile(rf"\n[ ]*{LIST}[ ]*$")
BEHIND_INLINE = re.compile(LIST)
ITEMS = re.compile(ITEM)

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ONE_LINE = HEADINGS | {"dt", "td", "th"}

Slot = tuple[Element, Literal["text", "tail"]]


class AttributeLists(Treeprocessor):
    """Moves the attributes in braces to their elements, and the braces out of the text."""

    md: BodyMarkdown

    def run(self, root: Element) -> None:
        """Look at each element, in place. Braces with anything else in them stay as they are."""
        if self.md.has_nothing_for("{"):
            return
        for element in root.iter():
            if self.md.is_block_level(element.tag):
                self._take_from_block(element)
            elif element.tail and element.tail[0] == "{":
                match = BEHIND_INLINE.match(element.tail)
                if match:
                    element.tail = element.tail[match.end() :]
                    set_attributes(element, match[1], self.md.job)

    def _take_from_block(self, element: Element) -> None:
        pattern = AT_END_OF_LINE if element.tag in ONE_LINE else ON_LAST_LINE
        slot = _end_of_text(element)
        if slot is None:
            return
        holder, part = slot
        text = getattr(holder, part)
        match = pattern.search(text) if "{" in text else None
        if match:
            text = text[: match.start()]
            is_heading = element.tag in HEADINGS
            setattr(holder, part, text.rstrip("#").rstrip() if is_heading else text)
            set_attributes(element, match[1], self.md.job)


def _end_of_text(element: Element) -> Slot | None:
    """Where the text of a block ends: of a list item, before the list within it."""
    before = len(element)
    if element.tag == "li":
        lists = (n for n, child in enumerate(element) if child.tag in {"ul", "ol"})
        before = next(lists, before)
    if before:
        return (element[before - 1], "tail") if element[before - 1].tail else None
    return (element, "text") if element.text else None


def parse_items(items: str) -> Iterator[tuple[str, str]]:
    """The attributes that the items of a list name, as pairs of name and value."""
    for match in ITEMS.finditer(items):
        item = match.group()
        if item[0] in ".#":
            yield ("class" if item[0] == "." else "id"), item[1:]
        else:
            name, _, value = item.partition("=")
            yield name, value.strip("\"'")


def set_attributes(element: Element, items: str, job: Job) -> None:
    """Give an element the classes and the id in a list; warn of everything else."""
    for name, value in parse_items(items):
        if name == "class":
            element.set("class", f"{element.get('class', '')} {value}".strip())
        elif name == "id":
            element.set("id", value)
        else:
            refuse(name, job)


def refuse(name: str, job: Job) -> None:
    """Warn of an attribute that may not be set in braces."""
    hint = "Braces take only .class and #id; write the element in HTML for more."
    job.warning(f'the attribute "{name}" is left out', hint, f"{name}=")
