"""HTML as a tree of small nodes: read by lxml, which forgives everything, and written again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from generator.markdown.html_elements import VOID

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
RAW_TEXT = frozenset({"script", "style"})
TEXTS = frozenset(("alt", "class", "href", "id", "src", "title", "value"))
"""Attributes that hold a text, even where that is empty."""
BLANK_LINES = re.compile(r"\n[ \t\r\f]*(?=\n)")
BLANK_LINE_IN_CODE = re.compile(r"\n(?=[ \t\r\f]*\n)")


@dataclass(slots=True)
class Node:
    """An element: its children are nodes and texts, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute, empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> frozenset[str]:
        """The element's classes."""
        return frozenset(self.get("class").split())

    @property
    def nodes(self) -> "list[Node]":
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def is_blank(self) -> bool:
        """Whether there is neither an element nor a word in it."""
        return not any(isinstance(child, Node) or child.strip() for child in self.children)

    def iter(self) -> "Iterator[Node]":
        """The node and all below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.iter()

    def text(self) -> str:
        """All text within."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


Child = Node | str


Told = str | bytes
"""What lxml says that it tells; it tells text."""


class _Builder:
    """Makes nodes of what lxml's parser tells."""

    def __init__(self) -> None:
        self.root = Node("")
        self._open = [self.root]

    def start(self, tag: Told, attrib: dict[Told, Told]) -> None:
        attributes = {str(name): str(value) for name, value in attrib.items()}
        node = Node(str(tag), attributes)
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, tag: Told) -> None:
        node = self._open.pop()
        if str(tag) in VOID and node.children:  # `wbr` and others are unknown to lxml
            self._open[-1].children += node.children
            node.children = []

    def data(self, data: Told) -> None:
        children = self._open[-1].children
        last = children[-1] if children else None
        if isinstance(last, str):
            children[-1] = last + str(data)
        else:
            children.append(str(data))

    def comment(self, text: Told) -> None:
        """Leave it out."""

    def close(self) -> None:
        """Nothing is left to be done."""


def parse_html(html: str) -> Node:
    """The content of an HTML body; whatever is written there, something is read.

    Comments, processing instructions and control characters are left out. No entity is loaded
    and nothing is fetched: HTML knows no entities of its own.
    """
    text = CONTROLS.sub("", html).encode("utf-8", "replace")
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, encoding="utf-8", no_network=True, huge_tree=True)
    parser.feed(b"<html><body>")
    parser.feed(text)
    parser.close()
    found: list[Child] = []
    for child in (child for top in builder.root.nodes for child in top.children):
        if isinstance(child, Node) and child.tag == "body":
            found += child.children
        else:
            found.append(child)  # what stands behind the end of the body
    return Node("body", {}, found)


def without_blank_lines(html: str) -> str:
    """HTML in which no line is blank."""
    return BLANK_LINES.sub("", CONTROLS.sub("", html)).strip()


def html_of(*nodes: Child) -> str:
    """Nodes as HTML. No line of it is blank, so that Markdown takes it for one block."""
    parts: list[str] = []
    for node in nodes:
        _write(node, parts, in_code=False)
    return BLANK_LINES.sub("", "".join(parts)).strip()


def _write(node: Child, parts: list[str], *, in_code: bool) -> None:
    if isinstance(node, str):
        text = escape(node, quote=False)
        parts.append(BLANK_LINE_IN_CODE.sub("&#10;", text) if in_code else text)
        return
    attributes = "".join(
        f' {name}="{BLANK_LINES.sub("", escape(value))}"' if value or name in TEXTS else f" {name}"
        for name, value in node.attributes.items()
    )
    parts.append(f"<{node.tag}{attributes}>")
    if node.tag in VOID:
        return
    in_code = in_code or node.tag in ("pre", "textarea")
    for child in node.children:
        if isinstance(child, str) and node.tag in RAW_TEXT:
            parts.append(child)
        else:
            _write(child, parts, in_code=in_code)
    parts.append(f"</{node.tag}>")
