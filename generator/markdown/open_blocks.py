"""The blocks of a text that are open while its lines are read, and what closes them."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from generator.markdown.attributes import set_attributes
from generator.markdown.document import Document, Fault, Leaf, ListState
from generator.markdown.patterns import ATTRIBUTION
from generator.markdown.references import References
from generator.markdown.slips import is_odd, slips_in
from generator.markdown.verbatim import Verbatim
from generator.model.problems import Severity

QUOTATION, INDENTED, IN_HTML = range(3)
DASHES = "\u2013\u2014\u2015"
LONGEST_NAME = 60


@dataclass(slots=True, eq=False)
class Container:
    """A block that holds blocks, while it is open.

    `indent` is how far its content is indented; `list` is the one whose item this is,
    `open_list` the one that its next item would go on with.
    """

    kind: int
    element: Element
    indent: int = 0
    list: ListState | None = None
    open_list: ListState | None = None
    tag: str = ""
    depth: int = 1


class OpenBlocks:
    """The state of one text at work. Spans wait in `leaves`.

    `stack` holds the open containers, `here` is the deepest of them or the root; `paragraph` are
    the lines of one that is open, `first` is its line; `verbatim` is a block that takes lines as
    they are. `blank` is how deep a container must be for the blank line before this line to set its
    blocks apart, and -1 where there is none. `waiting` are attributes for the next block.
    """

    def __init__(self, text: str) -> None:
        self.lines = text.removesuffix("\n").split("\n")
        root = Element("div")
        self.document = Document(self.lines, root)
        self.leaves: list[Leaf] = []
        self.references = References()
        self.stack: list[Container] = []
        self.root = self.here = Container(QUOTATION, root)
        self.paragraph: list[str] = []
        self.first = self.number = 0
        self.verbatim: Verbatim | None = None
        self.blank = self.raw_since = -1
        self.waiting = ""

    def begin_paragraph(self, text: str) -> None:
        """Begin a paragraph with its first line."""
        self.note_gap()
        self.paragraph = [text]
        self.first = self.number
        self.here.open_list = None
        self.blank = -1

    def note_gap(self) -> None:
        """Note that a blank line sets two blocks of an item apart."""
        here = self.here
        if self.blank >= 0 and here.list and len(here.element) and len(self.stack) > self.blank:
            here.list.loose = True

    def block(self, tag: str, matched: int) -> Element:
        """A new element in the deepest container that goes on."""
        self._begin_block(matched)
        element = SubElement(self.here.element, tag)
        if self.waiting:
            set_attributes(element, self.waiting, self.fault)
            self.waiting = ""
        return element

    def push(self, container: Container) -> None:
        """Open a container."""
        self.stack.append(container)
        self.here = container

    def close_to(self, matched: int) -> None:
        """Close all containers but the first so many, and what is open in them."""
        if self.paragraph:
            self.close_paragraph()
        if self.verbatim:
            self.close_verbatim()
        if matched < len(self.stack):
            for container in reversed(self.stack[matched:]):
                if container.kind == QUOTATION:
                    self._attribute(container.element)
                elif container.kind == IN_HTML:
                    self.fault(
                        f"<{container.tag} markdown> is never closed",
                        f"Close it with </{container.tag}>.",
                        severity=Severity.ERROR,
                        line=container.depth,
                    )
            del self.stack[matched:]
            self.here = self.stack[-1] if self.stack else self.root

    def close_paragraph(self) -> None:
        """End the paragraph that is open, if one is; its spans wait."""
        lines = self.paragraph
        if not lines:
            return
        self.paragraph = []
        text = lines[0].rstrip() if len(lines) == 1 else "\n".join(lines).rstrip()
        first = self.first
        if text[0] == "[":
            text, first = self.without_definitions(text, first)
            if not text:
                return
        here = self.here
        if is_odd(text, lines):
            self._tell_slips(lines)
        element = SubElement(here.element, "p")
        if self.waiting:
            set_attributes(element, self.waiting, self.fault)
            self.waiting = ""
        self.leaves.append(Leaf(element, text, first, list=here.list))

    def _tell_slips(self, lines: list[str]) -> None:
        """Tell what in a paragraph was meant as something else."""
        is_quoted = any(container.kind == QUOTATION for container in self.stack)
        for slip in slips_in(lines, is_quoted=is_quoted):
            line = self.first + slip.line
            self.fault(slip.message, slip.hint, slip.severity, slip.sign, line)

    def without_definitions(self, text: str, first: int) -> tuple[str, int]:
        """A paragraph's text without the link definitions it begins with, and its line."""
        leaf = Leaf(self.here.element, text, first)
        end, links = self.references.take(text, leaf)
        self.document.links += links
        return text[end:], first + text.count("\n", 0, end)

    def open_verbatim(self, matched: int, block: Verbatim) -> None:
        """Open a block that takes lines as they are."""
        self._begin_block(matched)
        block.line = self.number
        self.verbatim = block

    def _begin_block(self, matched: int) -> None:
        """Close what ends where a block begins in the deepest container that goes on."""
        self.close_paragraph()
        self.close_to(matched)
        self.note_gap()
        self.here.open_list = None

    def close_verbatim(self) -> None:
        """End such a block, if one is open."""
        block, self.verbatim = self.verbatim, None
        if block:
            block.close(self.here.element, self.document, self.leaves)
            if self.waiting and len(self.here.element):
                set_attributes(self.here.element[-1], self.waiting, self.fault)
                self.waiting = ""

    def _attribute(self, quotation: Element) -> None:
        """Make a figure of a quotation whose last line says whose words they are."""
        leaf = self.leaves[-1] if self.leaves else None
        if leaf is None or not len(quotation) or leaf.element is not quotation[-1]:
            self._tell_item(quotation, leaf)
            return
        *words, last = leaf.text.split("\n")
        name = ATTRIBUTION.match(last)
        if name is None or leaf.element.tag != "p" or not (words or len(quotation) > 1):
            return
        if any(line[0] in DASHES or line[:2] == "--" for line in words):
            return  # people talking
        dash = "\u2013" if last[0] == "\u2013" else "\u2014"
        caption = Element("figcaption")
        line = leaf.line + len(words)
        if words:
            leaf.text = "\n".join(words).rstrip()
        else:
            quotation.remove(leaf.element)
            del self.leaves[-1]
        self.leaves.append(Leaf(caption, f"{dash} {name[1]}", line))
        inner = Element("blockquote", quotation.attrib)
        inner.extend(quotation)
        quotation.clear()
        quotation.tag = "figure"
        quotation.extend((inner, caption))

    def _tell_item(self, quotation: Element, leaf: Leaf | None) -> None:
        """Tell of a name below a quotation that became a list of one item."""
        if leaf is None or len(quotation) < 2 or len(leaf.text) > LONGEST_NAME:  # noqa: PLR2004 - words and a list
            return
        words, last = quotation[-2:]
        is_item = last.tag == "ul" and len(last) == 1 and leaf.element in list(last[0])
        if is_item and words.tag == "p" and leaf.text[0].isupper() and leaf.text[-1].isalpha():
            hint = "To say whose words a quotation has, begin its last line with two hyphens: --"
            self.fault("this name is shown as a list of one item", hint, line=leaf.line)

    def fault(
        self,
        message: str,
        hint: str,
        severity: Severity = Severity.WARNING,
        sign: str = "",
        line: int = -1,
    ) -> None:
        """Note something wrong on a line, by default the one at hand."""
        if self.document.is_full(severity):
            return
        number = min(self.number if line < 0 else line, len(self.lines) - 1)
        column = self.lines[number].find(sign) if sign else 0
        fault = Fault(number, max(column, 0), message, hint, severity, max(len(sign), 1))
        self.document.faults.append(fault)
