"""Tables: what names them for screen readers, and the region in which they scroll."""

from collections import Counter
from xml.etree.ElementTree import Element

ALIGNED = frozenset({"left", "center", "right"})


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


def wrap_table(table: Element, label: str) -> None:
    """Move a table into a new element within, and make a region of what it was."""
    inner = Element("table", table.attrib)
    inner.text = table.text
    inner.extend(table)
    tail = table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    region = {"class": "table", "role": "region", "tabindex": "0"}
    table.attrib.update(region | {"aria-label": label.replace("&", "&amp;")})
    table.append(inner)
    for row in inner.iter("tr"):
        for cell in row:
            _finish_cell(cell)
    for cell in inner.iterfind("thead/tr/th"):
        cell.set("scope", "col")


def _finish_cell(cell: Element) -> None:
    """Align by class, since a strict Content-Security-Policy forbids inline styles."""
    alignment = cell.attrib.pop("align", "")
    if alignment in ALIGNED:
        cell.set("class", f"{cell.get('class', '')} align-{alignment}".strip())
