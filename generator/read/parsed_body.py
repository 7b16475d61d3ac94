"""What planning needs to know of a body, from its Markdown."""

from collections.abc import Iterator

from generator.markdown.document import Document, Options
from generator.markdown.html_links import html_links
from generator.markdown.parser import cleaned, parse, parse_html
from generator.model.body import BodyFacts, LinkTarget
from generator.read.opening import opening_of

OUTWARD = ("https://", "http://", "mailto:")


def facts_of(
    text: str, first_line: int, *, outward: bool, opening: bool, quotes: str, is_html: bool = False
) -> BodyFacts:
    """The links of a body, in order, and its opening; see `generator.read.body.scan_body`."""
    options = Options(links_only=not opening, keep_escapes=opening)
    document = (parse_html if is_html else parse)(cleaned(text), options)
    targets = tuple(sorted(_targets(document, first_line, outward=outward), key=_place))
    return BodyFacts(first_line, True, opening_of(document, quotes) if opening else "", targets)


def _place(target: LinkTarget) -> tuple[int, int, str]:
    return target.line, target.column, target.target


def _targets(document: Document, first_line: int, *, outward: bool) -> Iterator[LinkTarget]:
    """Every link and picture of a text; what is defined once is named once."""
    seen: set[LinkTarget] = set()
    for link in (*document.links, *html_links(document)):
        target = link.target.strip()
        if not target or not (outward or link.is_picture or not target.startswith(OUTWARD)):
            continue
        line, column = document.place(link.leaf, link.offset)
        found = LinkTarget(
            target, first_line + line, column + 1, link.is_picture, is_html=link.is_html
        )
        if found not in seen:
            seen.add(found)
            yield found
