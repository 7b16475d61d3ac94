"""A line of tidied HTML: what stands in a paragraph, and what stands for itself."""

import re
from collections.abc import Iterator

from generator.importers.html_tree import Child, Node
from generator.markdown.html_elements import KNOWN, SPECIAL


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUOTE = "quote"
"""A quotation, whatever elements it was made of; its last child may be an `attribution`."""
ATTRIBUTION = "attribution"

BLOCKS = SPECIAL.union(_names("audio body embed figcaption hr p script style video"), {QUOTE}) - (
    _names("button select template textarea")
)
"""Elements that stand for themselves; all others are part of a paragraph."""

OPAQUE = _names("""
    audio button canvas embed fieldset form iframe input math object script select style svg
    textarea video
""")
"""Elements that stay as they are, with all that is in them."""

MEANING = _names("""
    abbr alt cite colspan datetime dir href id lang name reversed rowspan src start title
""")
"""Attributes that are kept; looks are the theme's."""

SHELLS = _names("big blink font nobr picture span")
"""Elements that say nothing, unless they have an attribute that does."""

BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
ALIGNED = re.compile(r"text-align(?:\s*:\s*|-)(left|center|right)", re.IGNORECASE)
SCRIPT = re.compile(r"(?:java|vb)script:|data:text", re.IGNORECASE)


def is_block(child: Child) -> bool:
    """Whether a child stands for itself, not in a line of text."""
    return isinstance(child, Node) and child.tag in BLOCKS


def kept_attributes(node: Node) -> dict[str, str]:
    """The attributes of an element that say something."""
    return {name: value for name, value in node.attributes.items() if name in MEANING}


def some_attributes(node: Node, *names: str) -> dict[str, str]:
    """Those of the attributes named that an element has."""
    return {name: node.get(name) for name in names if node.get(name)}


def aligned(node: Node) -> dict[str, str]:
    """How a cell's text is aligned."""
    found = ALIGNED.search(f"{node.get('style')} {node.get('class')}")
    align = found[1].lower() if found else node.get("align")
    return {"align": align} if align else {}


def paragraphs(line: list[Child], attributes: dict[str, str]) -> Iterator[Node]:
    """The paragraphs of a line of text: two line breaks in a row are the end of one."""
    rest = line
    while rest:
        end, start = _double_break(rest)
        part = trimmed(rest[:end])
        rest = rest[start:]
        if not part:
            continue
        lone = [child for child in part if not (isinstance(child, str) and not child.strip())]
        if len(lone) == 1 and isinstance(lone[0], Node) and _is_picture(lone[0]):
            yield Node("figure", attributes, [_without_title(lone[0])])
        else:
            yield Node("p", attributes, part)
        attributes = {}


def _double_break(line: list[Child]) -> tuple[int, int]:
    """Where a paragraph ends within a line, and where the next one begins."""
    first = -1
    for number, child in enumerate(line):
        if isinstance(child, Node) and child.tag == "br":
            if first >= 0:
                return first, number + 1
            first = number
        elif not (isinstance(child, str) and not child.strip()):
            first = -1
    return len(line), len(line)


def trimmed(line: list[Child]) -> list[Child]:
    """A line without the breaks and the space at its ends."""
    start, end = 0, len(line)
    while start < end and _is_nothing(line[start]):
        start += 1
    while end > start and _is_nothing(line[end - 1]):
        end -= 1
    return line[start:end]


def _is_nothing(child: Child) -> bool:
    return child.tag == "br" if isinstance(child, Node) else not child.strip()


def _is_picture(node: Node) -> bool:
    """Whether a node is a picture, linked or not."""
    if node.tag == "a" and len(node.nodes) == 1:
        return not any(isinstance(c, str) and c.strip() for c in node.children) and _is_picture(
            node.nodes[0]
        )
    return node.tag == "img"


def _without_title(node: Node) -> Node:
    """A picture as it stands in a figure: a title there would be a caption."""
    attributes = {name: value for name, value in node.attributes.items() if name != "title"}
    inner: list[Child] = [_without_title(child) for child in node.nodes]
    return Node(node.tag, attributes, inner)


def tidied_span(node: Node, children: list[Child]) -> Iterator[Child]:
    """What becomes of an element within a line, given its tidied children."""
    tag, attributes = node.tag, kept_attributes(node)
    if tag == "a":
        yield from _link(attributes, children)
        return
    if tag in ("br", "wbr"):
        yield Node(tag)
        return
    if not _has_content(children) and not attributes.get("id"):
        yield from children
        return
    if tag == "span":
        attributes.pop("title", "")
        children = _styled(node.get("style"), children)
    if tag == "strong" and len(children) == 1 and _is_em(children[0]):
        # `***both***` is an em with a strong in it.
        tag, children = "em", [Node("strong", {}, children_of(children[0]))]
    is_shell = tag in SHELLS and not attributes
    if is_shell or tag not in KNOWN or any(map(is_block, children)):
        yield from children
    else:
        yield Node(tag, attributes, children)


def _has_content(children: list[Child]) -> bool:
    return any(isinstance(child, Node) or child.strip() for child in children)


def _styled(style: str, children: list[Child]) -> list[Child]:
    """Text that looks emphasised as text that is."""
    for pattern, tag in ((BOLD, "strong"), (ITALIC, "em")):
        if pattern.search(style):
            children = [Node(tag, {}, children)]
    return children


def _is_em(child: Child) -> bool:
    return isinstance(child, Node) and child.tag == "em" and not child.attributes


def _link(attributes: dict[str, str], children: list[Child]) -> Iterator[Child]:
    """A link; one that leads nowhere, or holds nothing, is none."""
    target = attributes.get("href", "").strip()
    attributes.pop("href", "")
    if target and not SCRIPT.match(target):
        attributes = {"href": target} | attributes
    else:
        target = ""
    anchor = attributes.get("id") or attributes.get("name")
    text = "".join(c if isinstance(c, str) else c.text() for c in children)
    if attributes.get("title") == text.strip():
        del attributes["title"]
    if not (target and _has_content(children)) and not anchor:
        yield from children
    elif any(map(is_block, children)) and len(children) == 1 and _wraps_picture(children[0]):
        figure = children[0]
        inner = figure.children if isinstance(figure, Node) else []
        yield Node("figure", {}, [Node("a", attributes, inner[:1]), *inner[1:]])
    else:
        yield Node("a", attributes, children)


def _wraps_picture(child: Child) -> bool:
    return isinstance(child, Node) and child.tag == "figure" and child.nodes[0].tag == "img"


def children_of(child: Child) -> list[Child]:
    """What is in an element; a text itself."""
    return child.children if isinstance(child, Node) else [child]
