"""The short way for a story: ordinary blocks, written straight from text to HTML.

Most stories hold paragraphs, headings, quotations, flat lists and tables only. As long
as no line is indented, such blocks hardly depend on each other: each becomes HTML by
itself, and no tree is made. A text with anything else goes the long way, whole.
"""

import re

from markdown.blockprocessors import HashHeaderProcessor, SetextHeaderProcessor

from generator.model.entities import decoded
from generator.model.values import frozen
from generator.render.body.direct import DirectMarkup
from generator.render.body.escaping import attribute, escaped
from generator.render.body.headings import Ids, levels_below_title, slug_of
from generator.render.body.job import BodyMarkdown
from generator.render.body.quick_inline import has_trigger
from generator.render.body.quotes import CURLED
from generator.render.body.tables import TableNames, plain_table, table_html

HEADING = HashHeaderProcessor.RE
UNDERLINED = SetextHeaderProcessor.RE
ITEM = re.compile(r"(?:[*+-]|(\d+)\.) +(.*)")
RULE = re.compile(r"(?:(?:- {0,2}){3,}|(?:\* {0,2}){3,}|(?:_ {0,2}){3,}) *\Z")
NO_ITEM = re.compile(r"(?:[=-]+|(?:[*_-] {0,2}){3,}) *\Z")
# What begins a line that may be more than a paragraph's: all that does, and some that does not.
SPECIAL = r"""
    [ #>:]                                # indented; a heading, quotation or definition
  | [*+-][ ] | \d+\.[ ]                   # an item of a list
  | [=-]+[ ]*(?:\n|\Z)                    # the line below a heading
  | (?:[*_-][ ]{0,2}){3,}[ ]*(?:\n|\Z)    # a rule
  | \*\[ | \[\^ | \[[^\[\]]*\]:            # an abbreviation, a footnote, a reference
"""
SPECIAL_START = re.compile(SPECIAL, re.VERBOSE)
SPECIAL_LINE = re.compile(rf"\n(?:{SPECIAL})", re.VERBOSE)
TAG = re.compile(r"<[^>]*>")


@frozen
class Heading:
    """A heading that waits for its level and id; `place` is where it goes in the HTML."""

    place: int
    level: int
    html: str
    text: str


class NotOrdinaryError(Exception):
    """A text holds something for which it must go the long way."""


def story_html(md: BodyMarkdown) -> str | None:
    """The HTML of the text at hand, with its ids noted; None where it must go the long way."""
    text = md.job.text
    if _has_other_markup(text) or (md.options.smart_quotes and any(c in text for c in CURLED)):
        return None
    story = Story(DirectMarkup(md), TableNames(md.job.labels.table))
    try:
        story.add(text.rstrip("\n"))
    except NotOrdinaryError:
        return None
    html, ids = story.finished()
    md.job.ids += ids
    return html


def _has_other_markup(text: str) -> bool:
    """Whether a text has markup that may be for others than the block it stands in."""
    return (
        "<" in text
        or "\\" in text
        or "{" in text
        or "\t" in text
        or ("&" in text and "&#" in text)
        or ("`" in text and "```" in text)
        or ("~" in text and "~~~" in text)
    )


class Story:
    """The HTML of one text while it grows, block by block."""

    def __init__(self, markup: DirectMarkup, table_names: TableNames) -> None:
        self._markup, self._table_names = markup, table_names
        self._parts: list[str] = []
        self._headings: list[Heading] = []
        self._list_tag = ""
        self._items: list[str] = []
        self._loose: set[int] = set()

    def add(self, text: str) -> None:
        """Add the blocks of a text; raises NotOrdinaryError."""
        after_quotation = False
        for block in text.split("\n\n"):
            rest = block.lstrip("\n")
            while rest:
                first = rest[0]
                if first == ">" and after_quotation:  # two of them would become one
                    raise NotOrdinaryError
                rest = self._add_block(first, rest).lstrip("\n")
                after_quotation = first == ">"
        self._end_list()

    def finished(self) -> tuple[str, list[str]]:
        """The HTML of all blocks, and the ids in it."""
        ids = Ids()
        names: list[str] = []
        levels = levels_below_title(heading.level for heading in self._headings)
        for heading, level in zip(self._headings, levels, strict=True):
            names.append(ids.take(slug_of(heading.text)))
            start = f'<h{level} id="{attribute(names[-1])}">'
            self._parts[heading.place] = f"{start}{heading.html}</h{level}>\n"
        return "".join(self._parts).strip(), names

    def _add_block(self, first: str, block: str) -> str:
        """Add a block, or what comes first in it; return the rest."""
        if first.isalpha() and "\n" not in block:  # nearly all are such paragraphs
            self._end_list()
            self._parts.append(f"<p>{self._inline(block)}</p>\n")
            return ""
        if "|" in block and "\n" in block:
            self._add_table(block)
            return ""
        if SPECIAL_START.match(block) is None:
            return self._add_paragraph(block)
        if first == "#":
            heading = HEADING.match(block)
            if heading is None:
                raise NotOrdinaryError
            self._add_heading(len(heading["level"]), heading["header"])
            return block[heading.end() :]
        if first == ">":
            self._add_quotation(block)
        elif RULE.match(block):
            self._end_list()
            self._parts.append("<hr>\n")
        elif ITEM.match(block):
            self._add_items(block)
        else:
            raise NotOrdinaryError
        return ""

    def _add_paragraph(self, block: str) -> str:
        """Add a paragraph, or the heading that its second line makes of its first."""
        self._end_list()
        if "\n" in block and (special := SPECIAL_LINE.search(block)):
            underlined = UNDERLINED.match(block)
            if underlined is None or special.start() != block.index("\n"):
                raise NotOrdinaryError
            self._add_heading(1 if special[0][1] == "=" else 2, block[: special.start()])
            return block[underlined.end() :]
        text = block.lstrip()
        if not text:
            raise NotOrdinaryError
        self._parts.append(f"<p>{self._inline(text)}</p>\n")
        return ""

    def _add_heading(self, level: int, text: str) -> None:
        """Add a heading; its level and id are chosen when all are known."""
        self._end_list()
        html = self._inline(text.strip())
        heading = Heading(len(self._parts), level, html, decoded(TAG.sub("", html)))
        self._table_names.pass_heading(heading.text)
        self._headings.append(heading)
        self._parts.append("")

    def _add_table(self, block: str) -> None:
        self._end_list()
        table = None if block[0] == " " or "\n " in block else plain_table(block)
        if table is None:
            raise NotOrdinaryError
        self._parts.append(table_html(*table, self._table_names.take(), self._inline))

    def _add_quotation(self, block: str) -> None:
        self._end_list()
        lines = block.split("\n")
        if not all(line[:1] == ">" for line in lines):
            raise NotOrdinaryError
        text = "\n".join(
            "" if line.strip() == ">" else line[1:].removeprefix(" ") for line in lines
        )
        nested = text[:1] == ">" or "\n>" in text
        if nested or text[-1:] == "\n" or not text.strip():
            raise NotOrdinaryError
        self._parts.append("<blockquote>\n")
        self.add(text)
        self._parts.append("</blockquote>\n")

    def _add_items(self, block: str) -> None:
        """Add the items of a list, or further items of a list that is open."""
        if self._items:  # the items at the blank line between become paragraphs
            self._loose |= {len(self._items) - 1, len(self._items)}
        items: list[list[str]] = []
        for line in block.split("\n"):
            item = ITEM.match(line)
            if NO_ITEM.match(line) or SPECIAL_START.match(item[2] if item else line):
                raise NotOrdinaryError
            if item:
                items.append([item[2]])
                self._list_tag = self._list_tag or ("ol" if item[1] else "ul")
            else:
                items[-1].append(line)
        self._items += [self._inline("\n".join(lines).lstrip()) for lines in items]

    def _end_list(self) -> None:
        if not self._items:
            return
        for number in self._loose:
            if self._items[number]:
                self._items[number] = f"\n<p>{self._items[number]}</p>\n"
        items = "".join(f"<li>{item}</li>\n" for item in self._items)
        self._parts.append(f"<{self._list_tag}>\n{items}</{self._list_tag}>\n")
        self._list_tag = ""
        self._items.clear()
        self._loose.clear()

    def _inline(self, text: str) -> str:
        """The markup within a block, as HTML."""
        if not has_trigger(text):
            return escaped(text)
        html = self._markup.html(text)
        if html is None:
            raise NotOrdinaryError
        return html
