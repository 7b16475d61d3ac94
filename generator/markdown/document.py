"""A text as Markdown reads it: a tree of elements, its links, and what is wrong with it.

The tree follows Python-Markdown's conventions, so that whatever works on such trees works on
this one: text may hold character references, and what is put aside (raw HTML) leaves a
placeholder between the characters STX and ETX.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.model.problems import Severity
from generator.model.values import frozen

LINE_END = re.compile(r"\n")
MOST_FAULTS = 200
PLACEHOLDER = "\x02wzxhzdk:%d\x03"
"""What stands for raw HTML in the tree, by its number."""
STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")


@frozen
class Options:
    """How a text is read.

    With `links_only` spans are read only where links may stand. With `keep_escapes` a character
    behind a backslash is kept apart (as STX, its number, ETX) from one that may still mean
    something. `literal` makes a text that no later stage looks into.
    """

    links_only: bool = False
    keep_escapes: bool = False
    literal: Callable[[str], str] = str


@dataclass(slots=True, eq=False)
class ListState:
    """A list while its lines are read: what marks its items, and whether they stand apart.

    `first` is its first number, `last` that of its last item, -1 if no more is to be told of them.
    """

    element: Element
    mark: str = ""
    loose: bool = False
    first: int = 0
    last: int = 0


@dataclass(slots=True, eq=False)
class Leaf:
    """Text with spans in it: where it goes, and the line of the text it begins on, from 0.

    `list` is the list in whose item a paragraph stands directly; `breaks` and `columns` keep what
    was found out about places in the text.
    """

    element: Element
    text: str
    line: int
    breaks: list[int] | None = None
    columns: dict[int, int] | None = None
    list: ListState | None = None


@dataclass(slots=True, eq=False)
class Link:
    """A link or picture: its element (none for a definition, or in raw HTML) and its place.

    `target` is the address as a browser gets it: character references and escapes undone.
    `offset` counts in the text of the leaf.
    """

    target: str
    leaf: Leaf
    offset: int
    element: Element | None = None
    is_picture: bool = False
    is_html: bool = False


@dataclass(slots=True, eq=False)
class Code:
    """A block of code: its `pre` element, its text, and what stands behind the fence, if any."""

    element: Element
    text: str
    info: str | None
    line: int


@dataclass(slots=True, eq=False)
class Note:
    """A footnote: the element that its text is in, and how often it is referred to."""

    label: str
    element: Element
    line: int
    references: int = 0


@frozen
class Fault:
    """Something wrong in a text. Line and column count from 0; `width` is in characters.

    `is_dead`: a link or picture leads nowhere, and is left out.
    """

    line: int
    column: int
    message: str
    hint: str
    severity: Severity = Severity.WARNING
    width: int = 1
    is_dead: bool = False


@dataclass(slots=True, eq=False)
class Document:
    """A text, read.

    `raw` holds its raw HTML, by number, and `raw_places` where each begins;
    `raw_blocks` are the numbers of what stands in a paragraph's place. `shown` are the first and
    last lines of parts in which signs of templates are meant to be seen.
    """

    lines: list[str]
    root: Element
    links: list[Link] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    raw: list[str] = field(default_factory=list)
    raw_places: list[tuple[Leaf, int]] = field(default_factory=list)
    raw_blocks: set[int] = field(default_factory=set)
    abbreviations: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    shown: list[tuple[int, int]] = field(default_factory=list)

    def put_aside(self, html: str, leaf: Leaf, offset: int) -> str:
        """Keep raw HTML, and answer what stands for it."""
        self.raw.append(html)
        self.raw_places.append((leaf, offset))
        return PLACEHOLDER % (len(self.raw) - 1)

    def place(self, leaf: Leaf, offset: int) -> tuple[int, int]:
        """The line and column, both from 0, at which a place in a leaf's text stands."""
        text = leaf.text
        if leaf.breaks is None or leaf.columns is None:
            leaf.breaks = [-1, *(found.start() for found in LINE_END.finditer(text))]
            leaf.columns = {}
        number = bisect_left(leaf.breaks, offset) - 1
        start = leaf.breaks[number] + 1
        column = leaf.columns.get(number)
        if column is None:
            line = self.lines[min(leaf.line + number, len(self.lines) - 1)]
            end = text.find("\n", start)
            column = line.find(text[start:] if end < 0 else text[start:end])
            if column < 0:  # a tab or an escaped bar has been changed
                column = max(line.find(text[offset : offset + 8]) - (offset - start), 0)
            leaf.columns[number] = column
        return leaf.line + number, column + offset - start

    def is_full(self, severity: Severity) -> bool:
        """Whether so much is wrong that no more is told; warnings never keep errors back."""
        most = MOST_FAULTS * (2 if severity is Severity.ERROR else 1)
        return len(self.faults) > most

    def fault(  # noqa: PLR0917 - all but the place are a Fault's
        self,
        leaf: Leaf,
        offset: int,
        message: str,
        hint: str,
        severity: Severity = Severity.WARNING,
        width: int = 1,
    ) -> None:
        """Note something wrong at a place in a leaf's text, unless much is wrong already."""
        if self.is_full(severity):
            return
        line, column = self.place(leaf, offset)
        self.faults.append(Fault(line, column, message, hint, severity, width))
