"""Tables: what names them for screen readers, and the short way for those without code."""

from collections import Counter
from collections.abc import Callable

from generator.render.body.escaping import attribute

RULE_CHARACTERS = frozenset("|:- ")
FEWEST_ROWS = 3


class TableNames:
    """Names each table of a text after the heading above it, and tells them apart by number."""

    def __init__(self, fallback: str) -> None:
        self._name = fallback
        self._used: Counter[str] = Counter()

    def pass_heading(self, text: str) -> None:
        """Name the tables that follow after a heading."""
        self._name = " ".join(text.split()) or self._name

    def take(self) -> str:
        """The name of the next table."""
        self._used[self._name] += 1
        number = self._used[self._name]
        return f"{self._name} ({number})" if number > 1 else self._name


def plain_table(block: str) -> tuple[list[str], list[list[str]]] | None:
    """The alignment of each column, and the cells of each row, the header's first.

    None for a block that is no table, or one with code, a single column, or no rows.
    Rows are cut as Python-Markdown's extension `tables` does it.
    """
    rows = [row.strip(" ") for row in block.split("\n")]
    if "`" in block or len(rows) < FEWEST_ROWS:
        return None
    if rows[0][0] == "|" or rows[0][-1] == "|":
        rows = [row.removeprefix("|").removesuffix("|") for row in rows]
    header, rule, *others = (row.split("|") for row in rows)
    width = len(header)
    if width == 1 or len(rule) != width or not RULE_CHARACTERS.issuperset("".join(rule)):
        return None
    empty = [""] * width
    cells = [[cell.strip(" ") for cell in (*row, *empty)[:width]] for row in (header, *others)]
    return [_alignment(cell.strip(" ")) for cell in rule], cells


def _alignment(rule: str) -> str:
    """What the colons below a column's header say."""
    if rule.startswith(":"):
        return "center" if rule.endswith(":") else "left"
    return "right" if rule.endswith(":") else ""


def table_html(
    alignments: list[str], rows: list[list[str]], name: str, inline: Callable[[str], str]
) -> str:
    """A table as it stands in a page; `inline` gives the HTML of a cell's text."""
    classes = [f' class="align-{one}"' if one else "" for one in alignments]
    starts = [f'<th{one} scope="col">' for one in classes]
    end = "</th>\n"
    lines: list[str] = []
    for row in rows:
        cells = (f"{start}{inline(cell)}{end}" for start, cell in zip(starts, row, strict=True))
        lines.append(f"<tr>\n{''.join(cells)}</tr>\n")
        starts, end = [f"<td{one}>" for one in classes], "</td>\n"
    return (
        f'<div aria-label="{attribute(name)}" class="table" role="region" tabindex="0">\n<table>\n'
        f"<thead>\n{lines[0]}</thead>\n<tbody>\n{''.join(lines[1:])}</tbody>\n</table>\n</div>\n"
    )
