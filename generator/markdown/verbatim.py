"""Blocks whose lines are taken as they are: code, HTML, and what else is gathered line by line."""

import re
from collections.abc import Iterable
from enum import Enum
from xml.etree.ElementTree import Element, SubElement

from generator.markdown.destinations import unescaped
from generator.markdown.document import Code, Document, Fault, Leaf
from generator.markdown.patterns import (
    FENCE_END,
    HIGHLIGHT_END,
    HTML_ENDS,
    HTML_STARTS,
    TAG_ALONE,
)
from generator.markdown.slips import reads_as_prose
from generator.model.problems import Severity

CODE_INDENT = 4
PROSE_HINT = "Take the indent out; in a list set the text below that of its item."
NOT_ALONE = re.compile(r"</?(?:script|pre|style|textarea)\b", re.IGNORECASE)


class Outcome(Enum):
    """What became of a line that was offered to a block."""

    TAKEN = 1
    ENDED = 2
    REFUSED = 3


class Verbatim:
    """A block that is open and is offered each line first. `line` is the one it began on."""

    keeps_tabs = False
    after_blank = False

    def __init__(self) -> None:
        self.line = 0

    def take(self, rest: str, number: int) -> Outcome:
        """Take a line, without the signs of its containers."""
        raise NotImplementedError

    def close(self, parent: Element, document: Document, leaves: list[Leaf]) -> None:
        """Make the block's elements within its parent."""
        raise NotImplementedError


class Fence(Verbatim):
    """Code between fences."""

    keeps_tabs = True

    def __init__(self, mark: str, info: str, indent: int) -> None:
        super().__init__()
        self._mark, self._info, self._indent = mark, info, indent
        self._lines: list[str] = []
        self._ended = False

    def take(self, rest: str, number: int) -> Outcome:
        """Take a line of code, or the closing fence."""
        del number
        end = FENCE_END.match(rest) if self._mark in rest else None
        if end and end[1].startswith(self._mark):
            self._ended = True
            return Outcome.ENDED
        if self._indent and rest[:1] in (" ", "\t"):
            rest = without_indent(rest, self._indent)
        self._lines.append(rest)
        return Outcome.TAKEN

    def close(self, parent: Element, document: Document, leaves: list[Leaf]) -> None:
        """Make the `pre` element."""
        del leaves
        text = ended(self._lines)
        pre = SubElement(parent, "pre")
        document.codes.append(Code(pre, text, unescaped(self._info), self.line))
        if not self._ended:
            hint = "Close it with the same marks on a line of their own."
            document.faults.append(Fault(self.line, 0, "this code is never closed", hint))


class Highlighted(Verbatim):
    """Code between Jekyll's tags `highlight` and `endhighlight`."""

    keeps_tabs = True

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._lines: list[str] = []

    def take(self, rest: str, number: int) -> Outcome:
        """Take a line of code, or the closing tag."""
        del number
        if HIGHLIGHT_END.match(rest):
            return Outcome.ENDED
        self._lines.append(rest)
        return Outcome.TAKEN

    def close(self, parent: Element, document: Document, leaves: list[Leaf]) -> None:
        """Make the `pre` element."""
        del leaves
        text = ended(self._lines)
        document.codes.append(Code(SubElement(parent, "pre"), text, self._language, self.line))


class IndentedCode(Verbatim):
    """Code that is indented by four spaces."""

    keeps_tabs = True

    def __init__(self, first: str) -> None:
        super().__init__()
        self._lines = [without_indent(first, CODE_INDENT)]

    def take(self, rest: str, number: int) -> Outcome:
        """Take an indented line, or a blank one."""
        del number
        self.after_blank = not rest or rest.isspace()
        lead = rest[: len(rest) - len(rest.lstrip(" \t"))].expandtabs(CODE_INDENT)
        if not self.after_blank and len(lead) < CODE_INDENT:
            return Outcome.REFUSED
        self._lines.append(without_indent(rest, CODE_INDENT))
        return Outcome.TAKEN

    def close(self, parent: Element, document: Document, leaves: list[Leaf]) -> None:
        """Make the `pre` element."""
        del leaves
        while self._lines[-1].strip() == "":
            del self._lines[-1]
        text = ended(self._lines)
        document.codes.append(Code(SubElement(parent, "pre"), text, None, self.line))
        if reads_as_prose(text) and not document.is_full(Severity.WARNING):
            message = "this is shown as code, since it is indented by four spaces or a tab"
            document.faults.append(Fault(self.line, 0, message, PROSE_HINT))


def ended(lines: Iterable[str]) -> str:
    """Lines as a text in which each of them ends."""
    return "".join(f"{line}\n" for line in lines)


def without_indent(line: str, columns: int) -> str:
    """The line without so many columns of white space, as far as it has them."""
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" not in lead:
        return line[min(columns, len(lead)) :]
    width = 0
    for place, sign in enumerate(lead):
        if width >= columns:
            return " " * (width - columns) + line[place:]
        width += 4 - width % 4 if sign == "\t" else 1
    return " " * max(width - columns, 0) + line[len(lead) :]


class HtmlBlock(Verbatim):
    """Raw HTML, of one of the seven kinds of CommonMark 0.31.2, 4.6."""

    keeps_tabs = True

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._end = HTML_ENDS.get(kind)
        self._lines: list[str] = []

    def take(self, rest: str, number: int) -> Outcome:
        """Take a line, up to a blank one or the one with what ends this kind."""
        del number
        if self._end is None and (not rest or rest.isspace()):
            return Outcome.REFUSED
        self._lines.append(rest)
        ended = self._end is not None and self._end.search(rest)
        return Outcome.ENDED if ended else Outcome.TAKEN

    def close(self, parent: Element, document: Document, leaves: list[Leaf]) -> None:
        """Put the HTML aside, and leave a paragraph with what stands for it."""
        del leaves
        block = SubElement(parent, "p")
        leaf = Leaf(block, "\n".join(self._lines).rstrip(), self.line)
        block.text = document.put_aside(leaf.text, leaf, 0)
        document.raw_blocks.add(len(document.raw) - 1)


class SpanHolder(Verbatim):
    """An HTML element whose `markdown` attribute asks for spans only."""

    def __init__(self, tag: str, element: Element) -> None:
        super().__init__()
        self._end = re.compile(rf"</{tag}\s*>", re.IGNORECASE)
        self._element = element
        self._lines: list[str] = []

    def take(self, rest: str, number: int) -> Outcome:
        """Take a line, up to the element's end tag."""
        del number
        end = self._end.search(rest)
        self._lines.append(rest[: end.start()] if end else rest)
        return Outcome.ENDED if end else Outcome.TAKEN

    def close(self, parent: Element, document: Document, leaves: list[Leaf]) -> None:
        """Make a leaf of the text."""
        del parent, document
        text = "\n".join(line.strip() for line in self._lines)
        start = len(text) - len(text.lstrip("\n"))
        leaves.append(Leaf(self._element, text.strip(), self.line + start))


def html_kind(text: str, *, in_paragraph: bool) -> str:
    """Which kind of HTML block a line begins; "" for none."""
    start = HTML_STARTS.match(text)
    if start:
        return start.lastgroup or ""
    alone = not in_paragraph and TAG_ALONE.match(text) and not NOT_ALONE.match(text)
    return "alone" if alone else ""
