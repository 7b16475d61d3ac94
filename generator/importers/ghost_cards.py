"""Ghost's cards in a body: what they say, without the parts that only a player needs."""

from collections.abc import Callable
from html import escape

from generator.importers.html_tree import Child, Node, html_of, parse_html

PORTAL = "#/portal"
"""Where links led that asked a reader to sign in or to pay."""


def without_cards(html: str) -> str:
    """A body in which cards are plain HTML: links, figures, players of the browser's own."""
    if "kg-" not in html and PORTAL not in html:
        return html
    return html_of(*(_plain(child) for child in parse_html(html).children))


def _plain(child: Child) -> Child:
    if isinstance(child, str):
        return child
    if child.tag == "a" and child.get("href").startswith(PORTAL):
        return Node("span", {}, [_plain(inner) for inner in child.children])
    for name, made in CARDS.items():
        if name in child.classes:
            return made(child)
    child.children = [_plain(inner) for inner in child.children]
    return child


def _first(node: Node, *, tag: str = "", classed: str = "") -> Node | None:
    """The first element below that has a tag, or a class."""
    found = (n for n in node.iter() if n is not node and (n.tag == tag or classed in n.classes))
    return next(found, None)


def _text(node: Node, classed: str) -> str:
    found = _first(node, classed=classed)
    return " ".join(found.text().split()) if found else ""


def _caption(node: Node) -> list[Child]:
    found = _first(node, tag="figcaption")
    return [found] if found else []


def _bookmark(node: Node) -> Node:
    """A link to another page, with what was told of it; its pictures are that page's."""
    link = _first(node, tag="a")
    title = _text(node, "kg-bookmark-title")
    said = [_text(node, f"kg-bookmark-{part}") for part in ("description", "author", "publisher")]
    children: list[Child] = []
    if link:
        children.append(Node("a", {"href": link.get("href")}, [title or link.get("href")]))
    for text in filter(None, said):
        children += [Node("br"), text]
    parts: list[Child] = [Node("p", {}, children)]
    parts += [Node("p", {}, one.children) for one in _caption(node) if isinstance(one, Node)]
    return Node("div", {}, parts)


def _audio(node: Node) -> Node:
    audio = _first(node, tag="audio")
    player = Node("audio", {"controls": "", "src": audio.get("src") if audio else ""})
    return Node("div", {}, [Node("p", {}, [_text(node, "kg-audio-title")]), player])


def _video(node: Node) -> Node:
    video = _first(node, tag="video")
    kept = ("src", "poster")
    attributes = {name: video.get(name) for name in kept if video.get(name)} if video else {}
    return Node("figure", {}, [Node("video", {"controls": "", **attributes}), *_caption(node)])


def _file(node: Node) -> Node:
    link = _first(node, tag="a")
    name = _text(node, "kg-file-card-title") or _text(node, "kg-file-card-filename") or "File"
    children: list[Child] = [Node("a", {"href": link.get("href") if link else ""}, [name])]
    for part in ("caption", "filename", "filesize"):
        text = _text(node, f"kg-file-card-{part}")
        if text and text != name:
            children += [" ", text]
    return Node("p", {}, children)


def _callout(node: Node) -> Node:
    """A box, with the sign that stood before its words."""
    said = _first(node, classed="kg-callout-text")
    sign = _text(node, "kg-callout-emoji")
    words: list[Child] = [f"{sign} " if sign else "", *(said.children if said else node.children)]
    return Node("aside", {"class": "aside"}, [Node("p", {}, words)])


def _embed(node: Node) -> Node:
    """What another site gave to be shown; its scripts are not let in."""
    return _without(node, frozenset({"script"}))


def _product(node: Node) -> Node:
    """A thing with its picture, its words and its link; the stars it got are a drawing."""
    return _without(node, frozenset({"svg", "script"}))


def _nothing(_node: Node) -> Node:
    """A form that only the old site could read."""
    return Node("div")


def _without(node: Node, tags: frozenset[str]) -> Node:
    kept = [one for one in node.children if isinstance(one, str) or one.tag not in tags]
    inner = [one if isinstance(one, str) else _without(one, tags) for one in kept]
    return Node(node.tag, node.attributes, inner)


def _toggle(node: Node) -> Node:
    """What was folded away: its heading and its text."""
    heading = _text(node, "kg-toggle-heading-text") or _text(node, "kg-toggle-heading")
    said = _first(node, classed="kg-toggle-content")
    parts: list[Child] = [Node("h4", {}, [heading]), *(said.children if said else ())]
    return Node("div", {}, parts)


CARDS: dict[str, Callable[[Node], Node]] = {
    "kg-bookmark-card": _bookmark,
    "kg-audio-card": _audio,
    "kg-video-card": _video,
    "kg-file-card": _file,
    "kg-callout-card": _callout,
    "kg-toggle-card": _toggle,
    "kg-embed-card": _embed,
    "kg-product-card": _product,
    "kg-signup-card": _nothing,
}


def image_card(data: dict[str, object]) -> str:
    """A picture as Ghost's editor keeps it."""
    source, alt = str(data.get("src") or ""), str(data.get("alt") or data.get("altText") or "")
    image = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    if data.get("href"):
        image = f'<a href="{escape(str(data["href"]))}">{image}</a>'
    caption = str(data.get("caption") or "")
    return f"<figure>{image}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"
