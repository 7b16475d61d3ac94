"""The addresses in the raw HTML of a text."""

import re
from collections.abc import Iterator

from generator.markdown.document import Document, Link
from generator.model.entities import decoded
from generator.model.values import frozen

TAG = re.compile(r"<[a-zA-Z][^<>]*")
ADDRESS_IN_TAG = re.compile(
    r"""[\s"'/](?:href|poster|src(?P<set>set)?)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""",
    re.IGNORECASE,
)


@frozen
class HtmlAddress:
    """A value of `href`, `src`, `srcset` or `poster`: where it stands, and what it names.

    `start` and `end` are the value's places in the HTML, `begin` that of its attribute. A
    `srcset` names several `targets`.
    """

    begin: int
    start: int
    end: int
    value: str
    targets: tuple[str, ...]
    is_picture: bool


def html_links(document: Document) -> Iterator[Link]:
    """Each link and picture in the raw HTML of a document, outside comments."""
    for html, (leaf, offset) in zip(document.raw, document.raw_places, strict=True):
        for found in html_addresses(html):
            for target in found.targets:
                place = offset + found.start
                yield Link(target, leaf, place, None, found.is_picture, is_html=True)


def html_addresses(html: str) -> Iterator[HtmlAddress]:
    """Each address in some HTML, outside comments, in order."""
    if "=" not in html:
        return
    if "<!--" in html:
        html = _without_comments(html)
    for tag in TAG.finditer(html):
        is_picture = tag.group()[1:5].lower().rstrip() == "img"
        for found in ADDRESS_IN_TAG.finditer(tag.group()):
            group = found.lastindex
            if group is None or found[group] is None:
                continue
            value = decoded(found[group]).strip()
            targets = tuple(_addresses_in_set(value)) if found["set"] else (value,)
            begin, start, end = (tag.start() + n for n in (found.start(), *found.span(group)))
            yield HtmlAddress(begin, start, end, value, targets, is_picture)


def _without_comments(html: str) -> str:
    """The HTML with as many spaces for each comment, so that every place stays where it is."""
    parts: list[str] = []
    done = 0
    while (start := html.find("<!--", done)) >= 0:
        end = html.find("-->", start)
        end = len(html) if end < 0 else end + 3
        parts += (html[done:start], " " * (end - start))
        done = end
    return "".join((*parts, html[done:]))


def _addresses_in_set(value: str) -> Iterator[str]:
    """The addresses in a `srcset`: `a.jpg 1x, b.jpg 2x`; one with a comma gives a target more."""
    for candidate in value.split(","):
        yield from candidate.split()[:1]
