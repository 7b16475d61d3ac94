"""Attribute lists such as `{.wide #map}`: only classes and an id may be given.

Python-Markdown's own `attr_list` sets any attribute, `onclick` too, takes template syntax for
attributes, and moves text behind a second brace. So this is ours, for the same places: at the end
of a heading or table cell, on the last line of another block, right behind an inline element. As
in kramdown one may also stand on a line of its own, below a block.
"""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from generator.model.late_patterns import late_pattern
from generator.model.pictures import FOCUS_HINT, focus_of

MARK = r"""[.#][^\s{}=.#"'<>]++"""
NAMED = r"""[a-zA-Z_@:][\w:.@-]*+=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s{}"'=]++)"""
ITEM = f"(?:{MARK}|{NAMED})"
LIST = late_pattern(rf"\{{:?[ ]*((?:{ITEM}[ ]*+)++)\}}")
ON_A_LINE = late_pattern(rf"\{{:?[ ]*((?:{ITEM}[ ]*+)++)\}}|\{{:[ ]*toc[ ]*\}}")
"""A list, or kramdown's sign for a table of contents, which is passed over with a warning."""
ITEMS = late_pattern(rf"{MARK}|(?<![\w:.@-]){NAMED}")
HTML_ATTRIBUTE = late_pattern(
    r"""([a-zA-Z_:][\w.:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?"""
)

Tell = Callable[..., None]
"""Tells of something wrong: message, hint, and by name the `sign` that it is about."""


def trailing_list(text: str) -> re.Match[str] | None:
    """The list of attributes that a text ends with, if it does."""
    return LIST.fullmatch(text, text.rfind("{")) if text.endswith("}") and "{" in text else None


def parse_items(items: str) -> Iterator[tuple[str, str]]:
    """The attributes that the items of a list name, as pairs of name and value."""
    for match in ITEMS.finditer(items):
        item = match.group()
        if item[0] in ".#":
            yield ("class" if item[0] == "." else "id"), item[1:]
        else:
            name, _, value = item.partition("=")
            yield name, value.strip("\"'")


def set_attributes(element: Element, items: str, tell: Tell) -> None:
    """Give an element the classes and the id in a list; tell of everything else."""
    if not items:
        tell(
            "a table of contents is not made here",
            "Take the line out, and the list above it if it only holds its place.",
            sign="{:",
        )
    for name, value in parse_items(items):
        if name == "class":
            element.set("class", f"{element.get('class', '')} {value}".strip())
        elif name == "id":
            element.set("id", value)
        elif name == "focus" and element.tag == "img":
            _set_focus(element, value, items, tell)
        else:
            refuse(name, tell)


def _set_focus(element: Element, value: str, items: str, tell: Tell) -> None:
    """Tell the style sheet what of a picture must not be cut off."""
    focus = focus_of(value)
    if focus is None:
        written = next(item for item in ITEMS.findall(items) if item.startswith("focus="))
        tell(f'not a place in a picture: "{value}"', FOCUS_HINT, sign=written)
    elif focus.classes:
        element.set("class", f"{element.get('class', '')} {focus.classes}".strip())


def refuse(name: str, tell: Tell) -> None:
    """Tell of an attribute that may not be set in braces."""
    hint = "Braces take only .class and #id; write the element in HTML for more."
    tell(f'the attribute "{name}" is left out', hint, sign=f"{name}=")


def set_html_attributes(element: Element, written: str) -> None:
    """Give an element the attributes of an HTML tag."""
    for match in HTML_ATTRIBUTE.finditer(written):
        value = next((part for part in match.groups()[1:] if part is not None), match[1])
        element.set(match[1], value)
