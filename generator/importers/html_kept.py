"""Tidied blocks as HTML again, where Markdown has no words for them."""

from collections.abc import Iterable

from generator.importers.html_lines import ATTRIBUTION, OPAQUE, QUOTE
from generator.importers.html_tree import Node, html_of

LINES = frozenset(("aside", "details", "div", "dl", "figure", "ol", "section", "table", "tr", "ul"))
"""Elements that are written with a line for each of their children."""


def tidy_html(blocks: Iterable[Node]) -> str:
    """Blocks as HTML, quotations as they are written there."""
    return html_of(*map(_as_html, blocks))


def _as_html(node: Node) -> Node:
    """A node with elements that HTML knows only."""
    if node.tag in OPAQUE or node.tag == "pre":
        return node
    children = [_as_html(c) if isinstance(c, Node) else c for c in node.children]
    if node.tag in LINES:
        children = [part for child in children for part in (child, "\n")]
        children.insert(0, "\n")
    if node.tag != QUOTE:
        return Node(node.tag, node.attributes, children)
    named = [c for c in children if isinstance(c, Node) and c.tag == ATTRIBUTION]
    others = [c for c in children if not (isinstance(c, Node) and c.tag == ATTRIBUTION)]
    if not named:
        return Node("blockquote", node.attributes, others)
    caption = Node("figcaption", {}, ["\u2014 ", *named[0].children])
    return Node("figure", node.attributes, [Node("blockquote", {}, others), caption])
