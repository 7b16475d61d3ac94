"""Emphasis by asterisks and underscores, with no letter lost."""

import re
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import Delimiter, DelimiterProcessor

DELIMITER = re.compile(r"[*_]")


class Emphasis(DelimiterProcessor):
    """The library's emphasis without two of its faults (seen in Python-Markdown 3.11.3).

    It lets a run of marks close more than it has: of `*a **b*c` the c is dropped. And it
    finds all elements of a text at once, then looks for them where they stood before
    placeholders took the place of others, even in other texts.
    """

    _parsed = ""
    """The text in which the elements were found that are not yet returned."""
    _rest = ""
    """What follows the last one returned: the part of the text that cannot have changed."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - as the library has it
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Make the element that begins at a match or behind it."""
        unchanged = len(data) - len(self._rest)
        if self.regions and not (data.endswith(self._rest) and m.start() >= unchanged):
            self.reset()
        if not self.regions:
            self._parsed = data
        made = super().handleMatch(m, data)
        self._rest = data[made[2] :]
        return made

    def get_cached_result(self, pos: int, data: str) -> tuple[Element, int, int]:
        """The next element that has been found; placeholders have moved it with the rest."""
        del pos
        moved = len(data) - len(self._parsed)
        start, _, _, end, *_ = self.regions[self.cache_index]
        element, count = self._build_element(data, self.cache_index, moved)  # type: ignore[attr-defined] # not in the stubs
        self.increment_next_position(start, count)
        return element, start + moved, end + moved

    def add_region(self, delim: Delimiter, *region: int) -> None:
        """Note that the marks from `a` to `b` open what the marks from `c` to `d` close."""
        _, b, c, d, size = region
        while size > 0 and self._parsed[c:d] != delim.token * size:
            size -= 1
            d = c + size
        if size > 0:
            super().add_region(delim, b - size, b, c, d, size)

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Find the next run of marks that may open, or close something open."""
        for found in DELIMITER.finditer(data, start):
            delimiter = self.delimiters[found.group()]
            match = delimiter.boundary.match(data, found.start())
            if match and (delimiter.stack or match.lastgroup != "end"):
                return match
        return None
