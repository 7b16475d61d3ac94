"""Tables, as GFM has them (GitHub Flavored Markdown 0.29, 4.10)."""

import re
from xml.etree.ElementTree import Element, SubElement

from generator.markdown.attributes import ON_A_LINE
from generator.markdown.document import Document, Fault, Leaf
from generator.markdown.patterns import HEADING, QUOTE, RULE
from generator.markdown.verbatim import Outcome, Verbatim, html_kind
from generator.model.problems import Severity

BAR = re.compile(r"(?<!\\)(\\*+)\|")
MOST_EMPTY_CELLS = 100_000
"""Cells that rows lack and get: a wide header with many short rows is no table."""
BLOCK = re.compile(r"(?:`{3}|~{3}|[*+-] |\d{1,9}[.)] |\{:?[ ]*[.#])")


class Table(Verbatim):
    """A table while its rows are read."""

    def __init__(self, header: list[str], alignments: list[str]) -> None:
        super().__init__()
        self._rows = [header]
        self._alignments = alignments
        self._missing = 0

    @classmethod
    def below(cls, header: str, delimiters: str, number: int) -> "Table | None":
        """A table with this header and row of delimiters, if they have equally many cells."""
        cells, rules = cells_of(header), cells_of(delimiters)
        if len(cells) != len(rules):
            return None
        table = cls(cells, [_alignment(rule) for rule in rules])
        table.line = number
        return table

    def take(self, rest: str, number: int) -> Outcome:
        """Take another row."""
        del number
        text = rest.lstrip(" ")
        if not text or len(rest) - len(text) > 3 or self._begins_a_block(text):  # noqa: PLR2004
            return Outcome.REFUSED
        cells = cells_of(text)
        self._missing += max(0, len(self._alignments) - len(cells))
        if self._missing > MOST_EMPTY_CELLS:
            return Outcome.REFUSED
        self._rows.append(cells)
        return Outcome.TAKEN

    @staticmethod
    def _begins_a_block(text: str) -> bool:
        return bool(
            QUOTE.match(text)
            or HEADING.match(text)
            or RULE.match(text)
            or BLOCK.match(text)
            or ON_A_LINE.match(text)
            or html_kind(text, in_paragraph=True)
        )

    def close(self, parent: Element, document: Document, leaves: list[Leaf]) -> None:
        """Make the table's elements; each cell is a leaf."""
        table = SubElement(parent, "table")
        section = SubElement(table, "thead")
        kind, number = "th", self.line - 2  # the header's row is the one above the delimiters
        for row in self._rows:
            if len(table) == 1 and kind == "td":
                section = SubElement(table, "tbody")
            line = SubElement(section, "tr")
            number += 1 + (number == self.line - 1)
            if len(row) > len(self._alignments):
                self._tell_lost(document, row, number)
            for place, alignment in enumerate(self._alignments):
                cell = SubElement(line, kind)
                if alignment:
                    cell.set("align", alignment)
                if place < len(row) and row[place]:
                    leaves.append(Leaf(cell, row[place], number))
            kind = "td"

    def _tell_lost(self, document: Document, row: list[str], number: int) -> None:
        """Warn of words that readers do not see: a row may have no more cells than the head."""
        lost = next(filter(None, row[len(self._alignments) :]), "")
        if not lost or document.is_full(Severity.WARNING):
            return
        column = max(document.lines[number].rfind(lost), 0)
        message = f"readers do not see this cell: the table's head has {len(self._alignments)}"
        hint = "Give the head as many cells as its longest row; for a bar within a cell write \\|."
        document.faults.append(Fault(number, column, message, hint, width=len(lost)))


def cells_of(row: str) -> list[str]:
    """The cells of a row: what stands between bars, but for those behind a backslash."""
    row = row.strip()
    if "\\" not in row:
        row = row.removeprefix("|").removesuffix("|")
        return [cell.strip() for cell in row.split("|")]
    cells: list[str] = []
    start = 1 if row.startswith("|") else 0
    parts: list[str] = []
    for bar in BAR.finditer(row, start):
        if len(bar[1]) % 2:
            parts += (row[start : bar.end() - 2], "|")
        else:
            cells.append("".join((*parts, row[start : bar.end() - 1])).strip())
            parts.clear()
        start = bar.end()
    last = "".join((*parts, row[start:])).strip()
    return [*cells, last] if last or parts or not cells else cells


def _alignment(rule: str) -> str:
    """What the colons below a column's header say."""
    if rule.startswith(":"):
        return "center" if rule.endswith(":") else "left"
    return "right" if rule.endswith(":") else ""
