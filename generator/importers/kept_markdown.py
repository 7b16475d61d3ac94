"""A Markdown body that stays as its author wrote it, where readers see the same of it here.

What our renderer makes of it is compared with what the old generator made: words, pictures,
links, code and structure. Where they differ, the old generator's HTML is converted instead.
"""

import re
from collections import Counter

from lxml import etree, html

from generator.importers.evidence import seen_in
from generator.importers.html_blocks import HtmlConverter
from generator.importers.shown import Shown
from generator.model.values import frozen

COUNTED = ("li", "tr", "blockquote", "img", "dt", "table", "br")
EMPHASIS = {"b": "strong", "i": "em"}
CAPTION = re.compile(r"(?<=>)\s*<figcaption>[^<]*</figcaption>")
"""What our renderer makes of a picture's title: readers had it in the picture."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@frozen
class KeptBody:
    """A body as Markdown that readers see as they did."""

    markdown: str
    is_as_written: bool = True


class MarkdownKeeper:
    """Finds for each old body the Markdown of it; set up once for many."""

    def __init__(self) -> None:
        self._shown = Shown()
        self._converter = HtmlConverter()

    def kept(self, source: str, seen: str) -> KeptBody:
        """The source, where it reads here as `seen`, their HTML; else that in Markdown."""
        if not seen.strip():
            return KeptBody(source)
        if reads_alike(seen, self._shown.html(source)):
            return KeptBody(source)
        return self.converted(seen)

    def shown(self, markdown: str) -> str:
        """What our own renderer makes of a body."""
        return self._shown.html(markdown)

    def converted(self, seen: str) -> KeptBody:
        """A body of HTML."""
        return KeptBody(self._converter.convert(seen).markdown, is_as_written=False)


def reads_alike(old: str, new: str) -> bool:
    """Whether a reader gets of `new` all that there was in `old`."""
    before, after = seen_in(old), seen_in(CAPTION.sub("", new))
    if before.words != after.words or before.pictures != after.pictures:
        return False
    if not set(before.links) <= set(after.links):
        return False
    return _structure(old) == _structure(new)


def _structure(markup: str) -> tuple[Counter[str], tuple[str, ...]]:
    """How many there are of each kind of element that readers notice, and all code."""
    counts: Counter[str] = Counter()
    code: list[str] = []
    for element in _elements(markup):
        tag = element.tag
        if tag in HEADINGS:
            counts["heading"] += 1
        elif tag == "pre":
            lines = "".join(map(str, element.itertext())).expandtabs(4).strip("\n").split("\n")
            code.append("\n".join(line.rstrip() for line in lines))
        elif tag in COUNTED:
            counts[str(tag)] += 1
        elif tag in ("strong", "b", "em", "i", "code"):
            counts[EMPHASIS.get(str(tag), str(tag))] += 1
    return counts, tuple(code)


def _elements(markup: str) -> list[etree._Element]:
    if not markup.strip():
        return []
    try:
        return list(html.fragment_fromstring(markup, create_parent=True).iter(etree.Element))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
