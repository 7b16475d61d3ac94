"""The blocks of a text, line by line, as CommonMark 0.31.2 tells in its appendix.

Containers that are open (quotations, items, notes) are matched against the beginning of each
line; what is left begins new blocks, or goes on with the deepest one.
"""

from generator.markdown.block_starts import STARTS
from generator.markdown.open_blocks import IN_HTML, INDENTED, QUOTATION, Container, OpenBlocks
from generator.markdown.patterns import QUOTE, without_lead_tabs
from generator.markdown.verbatim import Fence, Highlighted, IndentedCode, Outcome

CODE_INDENT = 4
BEGINNINGS = frozenset((" ", "\t", *STARTS))
"""What a line must begin with to be more than a paragraph's."""


class BlockParser(OpenBlocks):
    """Reads the blocks of one text."""

    def parse(self) -> None:
        """Read all lines."""
        was_empty = False  # in containers, a second line without any sign changes nothing
        for number, line in enumerate(self.lines):
            if self.stack or self.verbatim or (line and line[0] in BEGINNINGS):
                is_empty = not line or line.isspace()
                if not (is_empty and was_empty and self.stack and not self.verbatim):
                    self.number = number
                    self._line(line)
                was_empty = is_empty
            elif not line or line.isspace():
                if self.paragraph:
                    self.close_paragraph()
                self.blank = 0
            elif self.paragraph:
                self.paragraph.append(line)
            else:
                self.paragraph = [line]
                self.first = number
                self.root.open_list = None
        self.number = len(self.lines)
        self.close_to(0)

    def _line(self, line: str) -> None:
        verbatim = self.verbatim
        if "\t" in line and (self.stack or not (verbatim and verbatim.keeps_tabs)):
            line = without_lead_tabs(line)
        rest, matched = self._matched(line)
        whole = matched == len(self.stack)
        if verbatim:
            outcome = verbatim.take(rest, self.number) if whole else Outcome.REFUSED
            if outcome is Outcome.TAKEN:
                self.blank = self._level(matched) if verbatim.after_blank else -1
                return
            self.close_verbatim()
            if outcome is Outcome.ENDED:
                self.blank = -1
                return
            if "\t" in rest:
                rest = without_lead_tabs(rest)
        if not rest or rest.isspace():
            self.close_paragraph()
            self.close_to(matched)
            self.blank = self._level(matched)
            return
        self._add(rest, matched)
        self.blank = -1

    def _matched(self, line: str) -> tuple[str, int]:
        """The line without the signs of the containers that go on with it, and their number."""
        rest = line
        for number, container in enumerate(self.stack):
            if container.kind == INDENTED:
                lead = rest[: container.indent]
                if rest and not rest.isspace():
                    if lead.strip(" ") or len(lead) < container.indent:
                        return rest, number
                    rest = rest[container.indent :]
                elif self._is_empty(container):
                    return rest, number
                else:
                    rest = rest[container.indent :]
            elif container.kind == QUOTATION:
                mark = QUOTE.match(rest)
                if mark is None:
                    return rest, number
                rest = rest[mark.end() :]
            else:
                rest = self._closed_in_html(container, rest)
                if container not in self.stack:
                    return rest, number
        return rest, len(self.stack)

    def _is_empty(self, container: Container) -> bool:
        return (
            container is self.here
            and not len(container.element)
            and not self.paragraph
            and not self.verbatim
        )

    def _level(self, matched: int) -> int:
        """How deep a container must be for a blank line on this line to set its blocks apart."""
        while matched and self.stack[matched - 1].kind != QUOTATION:
            matched -= 1
        return matched

    def _add(self, rest: str, matched: int) -> None:
        """Add what is left of a line: new blocks, or the text of a paragraph."""
        while True:
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            whole = matched == len(self.stack)
            if indent >= CODE_INDENT:
                if not self.paragraph:
                    is_whole = not self.stack  # else the tabs before it are spaces by now
                    first = self.lines[self.number] if is_whole else rest
                    self.open_verbatim(matched, IndentedCode(first))
                    return
                break
            start = STARTS.get(text[0]) if text else None
            left = start(self, text, indent, matched, whole) if start else None
            if left is None:
                break
            if left and self.here.kind == IN_HTML:
                left = self._closed_in_html(self.here, left)
            rest, matched = left, len(self.stack)
            if not rest or rest.isspace():
                return
        if self.paragraph:
            self.paragraph.append(text)
        else:
            self.close_to(matched)
            self.begin_paragraph(text)

    def _closed_in_html(self, container: Container, rest: str) -> str:
        """What is left of a line in an element with Markdown, when its end tag has been seen."""
        if f"</{container.tag}" not in rest.lower() or self._verbatim_hides():
            container.indent += rest.lower().count(f"<{container.tag}")
            return rest
        lowered = rest.lower()
        position = 0
        end = f"</{container.tag}"
        while (closing := lowered.find(end, position)) >= 0:
            container.indent += lowered.count(f"<{container.tag}", position, closing) - 1
            position = closing + len(end)
            if container.indent <= 0:
                before = rest[:closing]
                place = self.stack.index(container)
                if before.strip():
                    self._add(before, len(self.stack))
                self._stack_closed(place)
                return rest[rest.find(">", closing) + 1 :] if ">" in rest[closing:] else ""
        container.indent += lowered.count(f"<{container.tag}", position)
        return rest

    def _verbatim_hides(self) -> bool:
        return isinstance(self.verbatim, Fence | Highlighted)

    def _stack_closed(self, place: int) -> None:
        self.close_to(place + 1)
        self.stack[place].kind = QUOTATION  # it was closed: nothing to tell
        self.close_to(place)
