"""What the tests of the parser share: HTML as a browser takes it, and the rendering of a text."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.model.body import Body, BodyFacts, Embedding, MarkdownOptions, RenderedBody
from generator.render.markdown import MarkdownRenderer

Tree = list[object]
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    [
        "blockquote",
        "br",
        "details",
        "div",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
OURS = frozenset({"loading", "tabindex", "width", "height"})
"""Attributes that only our pages have."""
REFUSED = re.compile(r"(?!(?:https?|ftp|mailto|tel|irc):)[a-zA-Z][a-zA-Z0-9+.-]*:")


def parsed(html: str) -> Tree:
    """HTML as a browser takes it, but for what a page may have differently.

    Those are heading levels and ids, classes of code, a figure for a lone picture, the region
    around a table, refused addresses, and how addresses are encoded.
    """
    document = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for figure in list(document.iter("figure")):
        _without_caption(figure)
    found: Tree = []
    for part in _parts(document, in_pre=False):
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] = re.sub(r"\s+", " ", found[-1] + part)
        else:
            found.append(part)
    return list(_without_edges(found))


def _without_caption(figure: Element) -> None:
    """Put the caption of a lone picture back where it was written: it is the picture's title."""
    picture, caption = figure.find(".//img"), figure.find("figcaption")
    if picture is not None and caption is not None:
        picture.set("title", caption.text or "")
        figure.remove(caption)


def _parts(element: Element, *, in_pre: bool) -> Iterator[object]:
    """What begins, ends and stands between, in order."""
    inner = in_pre or element.tag == "pre"
    yield from _text(element.text, in_pre=inner)
    for child in element:
        tag = str(child.tag)
        is_region = tag == "div" and child.get("role") == "region"
        if not is_region:
            yield _start(child, tag)
        yield from _parts(child, in_pre=inner)
        if not is_region:
            yield ("end", "p" if tag == "figure" else "h" if tag in HEADINGS else tag)
        yield from _text(child.tail, in_pre=inner)


def _start(child: Element, tag: str) -> object:
    attributes = {name: value for name, value in child.items() if name not in OURS}
    for name in ("href", "src"):
        if name in attributes:
            attributes[name] = unquote(attributes[name])
            if not attributes[name] or REFUSED.match(attributes[name]):
                del attributes[name]
    if tag in HEADINGS:
        attributes.pop("id", None)
        tag = "h"
    if tag in ("pre", "code"):
        attributes.pop("class", None)
    if tag in ("th", "td"):
        attributes.pop("scope", None)
        align = attributes.pop("class", "").removeprefix("align-")
        if align:
            attributes["align"] = align
    return ("p" if tag == "figure" else tag, tuple(sorted(attributes.items())))


def _text(text: str | None, *, in_pre: bool) -> Iterator[str | tuple[str]]:
    if text and in_pre:
        yield (text,)
    elif text:
        yield re.sub(r"\s+", " ", text)


def _without_edges(parts: Tree) -> Iterator[object]:
    """The same without white space beside blocks, which nobody sees."""
    for place, part in enumerate(parts):
        if not isinstance(part, str):
            yield part
            continue
        text = part
        if place == 0 or _is_block(parts[place - 1]):
            text = text.lstrip()
        if place + 1 == len(parts) or _is_block(parts[place + 1]):
            text = text.rstrip()
        if text:
            yield text


def _is_block(part: object) -> bool:
    return isinstance(part, tuple) and bool({*map(str, part)} & (BLOCKS | {"h"}))


@pytest.fixture(scope="session")
def tree_of() -> Callable[[str], Tree]:
    return parsed


@pytest.fixture(scope="session")
def render() -> Callable[[str], RenderedBody]:
    # Other renderers make no figure of a link to a film.
    options = MarkdownOptions(highlight=False, embedding=Embedding(as_written=True))
    renderer = MarkdownRenderer(options)
    return lambda text: renderer.render(Body("a.md", "digest", BodyFacts()), text)
