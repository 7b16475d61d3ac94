"""An HTML body as the blocks of a text: wrappers, noise and old elements are gone, words stay.

What is written in two ways on the web is one here: `<b>` is `<strong>`, a picture alone in its
paragraph is a figure, a `<div>` that only holds its place is none. What the Markdown of a body is
rendered to goes through the same, so that both can be compared.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from generator.importers.html_lines import (
    ATTRIBUTION,
    BLOCKS,
    OPAQUE,
    QUOTE,
    aligned,
    children_of,
    is_block,
    kept_attributes,
    paragraphs,
    some_attributes,
    tidied_span,
    trimmed,
)
from generator.importers.html_tree import Child, Node

NONE: Mapping[str, str] = MappingProxyType({})
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "acronym": "abbr"}
WRAPPERS = frozenset(
    ("address", "article", "body", "center", "div", "header", "hgroup", "main", "section")
)
TABLE_SHELLS = frozenset(("tbody", "tfoot", "thead"))
COLUMNS = frozenset(("col", "colgroup"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
FLOW = CELLS.union(("li", "dd", "dt", "caption", "figcaption", "summary"))
HOLDERS = frozenset(("ul", "ol", "dl", "table", "tr", "details"))

NOISE = re.compile(
    r"""(?:wp-block-|elementor|vc_|wpb_|et_pb_|fusion-|kg-|panel-|so-|siteorigin|fl-|tve_
        |is-|has-|align(?:left|right|center|wide|full|none)$|size-|entry-content|post-content
        |article-content|content$|wrapper$|container$|row$|col(?:umn)?s?(?:-|$)|clearfix$|inner$
        |responsive|embed-|jetpack-video|gallery|document$|section$|post$|table$)""",
    re.VERBOSE,
)
"""Classes of elements that only arrange what is in them."""

GALLERY = re.compile(r"(?:wp-block-|blocks-|kg-)?gallery(?:$|-grid|-card)")
POST = "twitter-tweet"
WIDGETS = re.compile(r"//(?:platform\.twitter\.com/widgets|(?:www\.)?instagram\.com/embed)\.js")
"""Scripts that turn quotations of posts into frames: without them these are quotations."""
CAPTIONS = frozenset(("wp-caption-text", "blocks-gallery-caption"))
DASH = re.compile(r"(?:(?<!\s)\s++)?+(?:\u2014|\u2015|--++)\s*+")
LONGEST_ATTRIBUTION = 200
LEFT_TO_RIGHT = {"dir": "ltr"}
"""What Blogger wrote round every body: it says nothing of one without other letters."""
FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file")


def tidy(body: Node) -> list[Node]:
    """The blocks of a body, in order."""
    return list(_blocks(body.children))


def _blocks(children: Iterable[Child], attributes: Mapping[str, str] = NONE) -> Iterator[Node]:
    """Children as blocks: what stands between two becomes a paragraph with `attributes`."""
    line: list[Child] = []
    for child in _flow(children):
        if isinstance(child, Node) and is_block(child):
            yield from paragraphs(line, dict(attributes))
            line = []
            yield child
        else:
            line.append(child)
    yield from paragraphs(line, dict(attributes))


def _flow(children: Iterable[Child]) -> Iterator[Child]:
    """Children, each tidied."""
    for child in children:
        if isinstance(child, str):
            yield child
        else:
            yield from _tidied(child)


def _tidied(node: Node) -> Iterator[Child]:
    """What becomes of an element: nothing, itself, or what was in it."""
    tag = node.tag = SAME.get(node.tag, node.tag)
    special = _SPECIAL.get(tag)
    if tag in OPAQUE:
        if not WIDGETS.search(node.get("src")):
            yield node
    elif special:
        yield from special(node)
    elif tag in BLOCKS:
        yield from _block(node)
    else:
        yield from tidied_span(node, list(_flow(node.children)))


def _nothing(_node: Node) -> Iterator[Child]:
    return iter(())


def _content(node: Node) -> Iterator[Child]:
    return _flow(node.children)


def _without_script(node: Node) -> Iterator[Child]:
    """What browsers without scripts see: a picture is there twice, and said once."""
    return iter(() if any(below.tag == "img" for below in node.iter()) else (node,))


def _code(node: Node) -> Iterator[Child]:
    attributes = kept_attributes(node) | some_attributes(node, "class", "data-lang")
    yield Node("pre", attributes, node.children)


def _wrapper(node: Node) -> Iterator[Child]:
    if "wp-caption" in node.classes:
        yield from _figure(node)
        return
    classes = " ".join(name for name in node.get("class").split() if not NOISE.match(name))
    attributes = {name: value for name, value in kept_attributes(node).items() if name != "title"}
    if attributes == LEFT_TO_RIGHT and not FROM_THE_RIGHT.search(node.text()):
        attributes = {}
    if node.tag == "div" and "wp-block-embed__wrapper" in node.classes:
        yield from _flow(node.children)
    elif attributes or (classes and node.get("role") != "region"):
        attributes |= {"class": classes} if classes else {}
        yield Node(node.tag, attributes, list(_blocks(node.children)))
    else:
        yield from _blocks(node.children)


def _paragraph(node: Node) -> Iterator[Node]:
    return _blocks(node.children, kept_attributes(node))


def _picture(node: Node) -> Iterator[Node]:
    source = node.get("src").strip()
    if not source or source.startswith(("data:image/svg", "data:image/gif")):
        source = next(filter(None, map(node.get, LAZY)), source)
    if source:
        alt = " ".join(node.get("alt").split())
        yield Node("img", {"alt": alt, "src": source} | some_attributes(node, "id"))


def _figure(node: Node) -> Iterator[Node]:
    """A figure: a picture with its caption, a quotation, or what else was in it."""
    captions = [child for child in node.children if _is_caption(child)]
    others = [child for child in node.children if not _is_caption(child)]
    caption = list(_flow(child for one in captions for child in children_of(one)))
    caption = trimmed([c for one in caption for c in _unwrapped(one)])
    quotes = [child for child in node.nodes if child.tag == "blockquote"]
    if len(quotes) == 1 and len(node.nodes) == len(quotes) + len(captions):
        yield _quotation(node, quotes[0].children, caption)
        return
    content = list(_blocks(others))
    if any(GALLERY.match(name) for name in node.classes):
        content = list(_gallery(content))
    plain = len(content) == 1 and content[0].tag == "figure" and len(content[0].nodes) == 1
    if plain and caption:
        inner: list[Child] = [*content[0].children, Node("figcaption", {}, caption)]
        yield Node("figure", kept_attributes(node) or content[0].attributes, inner)
    elif caption and len(content) == 1 and content[0].tag not in ("figure", "p", "ul"):
        yield Node("figure", kept_attributes(node), [*content, Node("figcaption", {}, caption)])
    else:
        yield from content
        yield from paragraphs(caption, {})


def _gallery(blocks: list[Node]) -> Iterator[Node]:
    """Pictures that belong together, as a list of them; what else there was follows."""
    pictures = [block for block in blocks if block.tag == "figure"]
    if len(pictures) > 1:
        items: list[Child] = [Node("li", {}, [picture]) for picture in pictures]
        yield Node("ul", {"class": "gallery"}, items)
        yield from (block for block in blocks if block.tag != "figure")
    else:
        yield from blocks


def _is_caption(child: Child) -> bool:
    return isinstance(child, Node) and (
        child.tag == "figcaption" or not CAPTIONS.isdisjoint(child.classes)
    )


def _unwrapped(child: Child) -> list[Child]:
    """A paragraph's own content, with space around it."""
    if isinstance(child, Node) and child.tag == "p":
        return [" ", *child.children, " "]
    return [child]


def _quotation(node: Node, children: list[Child], name: list[Child]) -> Node:
    """A quotation, with the name of its speaker if there is one."""
    pulled = any("pullquote" in one for one in node.classes)
    for child in children:
        pulled = pulled or (isinstance(child, Node) and "pullquote" in child.get("class"))
    blocks = list(_blocks(children))
    if POST in node.classes:
        for block in blocks:
            block.attributes = some_attributes(block, "id")
    if not name and blocks:
        name = _speaker(blocks)
    if name:
        first = name[0]
        if isinstance(first, str):
            name = trimmed([DASH.sub("", first, count=1), *name[1:]])
    if name:
        blocks.append(Node(ATTRIBUTION, {}, name))
    attributes = {"class": "pullquote"} if pulled else {}
    return Node(QUOTE, attributes | some_attributes(node, "id", "lang", "cite"), list(blocks))


def _blockquote(node: Node) -> Iterator[Node]:
    made = _quotation(node, node.children, [])
    if made.children:
        yield made


def _speaker(blocks: list[Node]) -> list[Child]:
    """The name that a quotation ends with, taken from it."""
    last = blocks[-1]
    inner = last.nodes
    named = last if last.tag == "footer" else None
    if last.tag == "p" and len(inner) == 1 and last.text() == inner[0].text():
        named = inner[0]
    if named and named.tag in ("footer", "cite"):
        blocks.pop()
        return trimmed([c for one in named.children for c in _unwrapped(one)])
    first = last.children[0] if last.tag == "p" and last.children else ""
    begins = len(blocks) > 1 and isinstance(first, str) and DASH.match(first)
    is_short = len(last.text()) <= LONGEST_ATTRIBUTION
    if begins and is_short and not any(n.tag == "br" for n in inner):
        blocks.pop()
        return last.children
    return []


def _block(node: Node) -> Iterator[Node]:
    tag, attributes = node.tag, kept_attributes(node)
    if tag in FLOW or tag in HEADINGS:
        attributes |= aligned(node) if tag in CELLS else {}
        children = trimmed(list(_flow(node.children)))
        if children or tag in FLOW:
            yield Node(tag, attributes, children)
    elif tag == "ul" and any(GALLERY.match(name) for name in node.classes):
        yield from _gallery(list(_blocks(c for item in node.nodes for c in item.children)))
    elif tag in HOLDERS:
        if tag == "ol" and node.get("type") not in ("", "1"):
            attributes["type"] = node.get("type")
        held = _within_items(c for c in _flow(node.children) if isinstance(c, Node) or c.strip())
        if held:
            yield Node(tag, attributes, held)
    elif tag == "hr":
        yield Node(tag)
    else:
        attributes |= some_attributes(node, "class")
        yield Node(tag, attributes, list(_blocks(node.children)))


def _within_items(children: Iterable[Child]) -> list[Child]:
    """What a list holds: a list right within another belongs to the item above it."""
    held: list[Child] = []
    for child in children:
        above = held[-1] if held else None
        is_list = isinstance(child, Node) and child.tag in ("ul", "ol")
        if is_list and isinstance(above, Node) and above.tag == "li":
            above.children.append(child)
        else:
            held.append(child)
    return held


_SPECIAL: dict[str, Callable[[Node], Iterator[Child]]] = {
    **dict.fromkeys(WRAPPERS, _wrapper),
    **dict.fromkeys(TABLE_SHELLS, _content),
    **dict.fromkeys(COLUMNS, _nothing),
    "p": _paragraph,
    "figure": _figure,
    "blockquote": _blockquote,
    "img": _picture,
    "noscript": _without_script,
    "pre": _code,
}
