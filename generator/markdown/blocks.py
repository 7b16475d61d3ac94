"""The blocks of a text, line by line, as CommonMark 0.31.2 tells in its appendix.

Containers that are open (quotations, items, notes) are matched against the beginning of each
line; what is left begins new blocks, or goes on with the deepest one.
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from generator.markdown.attributes import (
    ON_A_LINE,
    set_attributes,
    set_html_attributes,
    trailing_list,
)
from generator.markdown.document import Document, Fault, Leaf, ListState, Note, Options
from generator.markdown.patterns import (
    ABBREVIATION,
    ATTRIBUTION,
    CLOSING_HASHES,
    DEFINITION,
    DELIMITER_ROW,
    FENCE,
    HEADING,
    HIGHLIGHT,
    ITEM,
    MARKDOWN_IN_HTML,
    NOTE,
    QUOTE,
    RAW,
    RULE,
    SPAN_HOLDERS,
    UNDERLINE,
    without_lead_tabs,
)
from generator.markdown.references import References
from generator.markdown.tables import Table
from generator.markdown.verbatim import (
    Fence,
    Highlighted,
    HtmlBlock,
    IndentedCode,
    Outcome,
    SpanHolder,
    Verbatim,
    html_kind,
)
from generator.model.problems import Severity

MOST_QUOTES = 32
MOST_CONTAINERS = 64
CODE_INDENT = 4
NOTE_INDENT = 4
WIDEST_GAP = 4

QUOTATION, INDENTED, IN_HTML = range(3)
PLAIN = frozenset(" \t#>*+-_0123456789`~<=|:{[")
"""What a line must begin with to be more than a paragraph's."""

DONE = object()
TOO_DEEP = "nested too deeply"
TOO_DEEP_HINT = "Nest lists and quotations less deeply."


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


class BlockParser:
    """Reads the blocks of one text. Their spans wait in `leaves`."""

    def __init__(self, text: str, options: Options) -> None:
        self.lines = text.removesuffix("\n").split("\n")
        root = Element("div")
        self.document = Document(self.lines, root)
        self.leaves: list[Leaf] = []
        self.references = References()
        self.options = options
        self._stack: list[Container] = []
        self._root = self._here = Container(QUOTATION, root)
        self._paragraph: list[str] = []
        self._first = self._number = 0
        self._verbatim: Verbatim | None = None
        self._blank = self._raw_since = -1
        self._waiting = ""  # attributes that are for the next block

    def parse(self) -> None:
        """Read all lines."""
        for number, line in enumerate(self.lines):
            if self._stack or self._verbatim or (line and line[0] in PLAIN):
                self._number = number
                self._line(line)
            elif not line or line.isspace():
                if self._paragraph:
                    self._close_paragraph()
                self._blank = 0
            elif self._paragraph:
                self._paragraph.append(line)
                self._blank = -1
            else:
                self._number = number
                self._begin_paragraph(line)
        self._number = len(self.lines)
        self._close_to(0)

    # One line

    def _line(self, line: str) -> None:
        verbatim = self._verbatim
        if "\t" in line and (self._stack or not (verbatim and verbatim.keeps_tabs)):
            line = without_lead_tabs(line)
        rest, matched = self._matched(line)
        whole = matched == len(self._stack)
        if verbatim:
            outcome = verbatim.take(rest, self._number) if whole else Outcome.REFUSED
            if outcome is Outcome.TAKEN:
                self._blank = self._level(matched) if verbatim.after_blank else -1
                return
            self._close_verbatim()
            if outcome is Outcome.ENDED:
                self._blank = -1
                return
            if "\t" in rest:
                rest = without_lead_tabs(rest)
        if not rest or rest.isspace():
            self._close_paragraph()
            self._close_to(matched)
            self._blank = self._level(matched)
            return
        self._add(rest, matched)
        self._blank = -1

    def _matched(self, line: str) -> tuple[str, int]:
        """The line without the signs of the containers that go on with it, and their number."""
        rest = line
        for number, container in enumerate(self._stack):
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
                if container not in self._stack:
                    return rest, number
        return rest, len(self._stack)

    def _is_empty(self, container: Container) -> bool:
        return (
            container is self._here
            and not len(container.element)
            and not self._paragraph
            and not self._verbatim
        )

    def _level(self, matched: int) -> int:
        """How deep a container must be for a blank line on this line to set its blocks apart."""
        while matched and self._stack[matched - 1].kind != QUOTATION:
            matched -= 1
        return matched

    def _add(self, rest: str, matched: int) -> None:
        """Add what is left of a line: new blocks, or the text of a paragraph."""
        while True:
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            whole = matched == len(self._stack)
            if indent >= CODE_INDENT:
                if not self._paragraph:
                    self._open_verbatim(matched, IndentedCode(rest))
                    return
                break
            start = STARTS.get(text[0]) if text else None
            left = start(self, text, indent, matched, whole) if start else None
            if left is None:
                break
            if left is DONE:
                return
            rest, matched = str(left), len(self._stack)
            if not rest or rest.isspace():
                return
        if self._paragraph:
            self._paragraph.append(text)
        else:
            self._close_to(matched)
            self._begin_paragraph(text)

    # Opening and closing

    def _begin_paragraph(self, text: str) -> None:
        self._note_gap()
        self._paragraph = [text]
        self._first = self._number
        self._here.open_list = None
        self._blank = -1

    def _note_gap(self) -> None:
        """Note that a blank line sets two blocks of an item apart."""
        here = self._here
        if self._blank >= 0 and here.list and len(here.element) and len(self._stack) > self._blank:
            here.list.loose = True

    def _block(self, tag: str, matched: int) -> Element:
        """A new element in the deepest container that goes on."""
        self._close_paragraph()
        self._close_to(matched)
        self._note_gap()
        self._here.open_list = None
        element = SubElement(self._here.element, tag)
        if self._waiting:
            set_attributes(element, self._waiting, self._fault)
            self._waiting = ""
        return element

    def _push(self, container: Container) -> None:
        self._stack.append(container)
        self._here = container

    def _close_to(self, matched: int) -> None:
        """Close all containers but the first so many, and what is open in them."""
        if self._paragraph:
            self._close_paragraph()
        if self._verbatim:
            self._close_verbatim()
        if matched < len(self._stack):
            for container in reversed(self._stack[matched:]):
                if container.kind == QUOTATION:
                    self._attribute(container.element)
                elif container.kind == IN_HTML:
                    self._fault(
                        f"<{container.tag} markdown> is never closed",
                        f"Close it with </{container.tag}>.",
                        severity=Severity.ERROR,
                        line=container.depth,
                    )
            del self._stack[matched:]
            self._here = self._stack[-1] if self._stack else self._root

    def _attribute(self, quotation: Element) -> None:
        """Make a figure of a quotation whose last line says whose words they are."""
        leaf = self.leaves[-1] if self.leaves else None
        if leaf is None or not len(quotation) or leaf.element is not quotation[-1]:
            return
        *words, last = leaf.text.split("\n")
        name = ATTRIBUTION.match(last)
        if name is None or leaf.element.tag != "p" or not (words or len(quotation) > 1):
            return
        if any(ATTRIBUTION.match(line) for line in words):
            return  # people talking
        caption = Element("figcaption")
        line = leaf.line + len(words)
        if words:
            leaf.text = "\n".join(words).rstrip()
        else:
            quotation.remove(leaf.element)
            del self.leaves[-1]
        self.leaves.append(Leaf(caption, f"\u2014 {name[1]}", line))
        inner = Element("blockquote", quotation.attrib)
        inner.extend(quotation)
        quotation.clear()
        quotation.tag = "figure"
        quotation.extend((inner, caption))

    def _pass_raw(self, ends: bool) -> None:  # noqa: FBT001 - what the tag says
        """Note where text begins and ends that is to be shown as it stands."""
        if not ends:
            self._raw_since = self._number
        elif self._raw_since >= 0:
            self.document.shown.append((self._raw_since, self._number))
            self._raw_since = -1

    def _close_paragraph(self) -> None:
        lines = self._paragraph
        if not lines:
            return
        self._paragraph = []
        text = lines[0].rstrip() if len(lines) == 1 else "\n".join(lines).rstrip()
        first = self._first
        if text[0] == "[":
            text, first = self._without_definitions(text, first)
            if not text:
                return
        here = self._here
        element = SubElement(here.element, "p")
        if self._waiting:
            set_attributes(element, self._waiting, self._fault)
            self._waiting = ""
        self.leaves.append(Leaf(element, text, first, list=here.list))

    def _without_definitions(self, text: str, first: int) -> tuple[str, int]:
        """A paragraph's text without the link definitions it begins with, and its line."""
        leaf = Leaf(self._here.element, text, first)
        end, links = self.references.take(text, leaf)
        self.document.links += links
        return text[end:], first + text.count("\n", 0, end)

    def _open_verbatim(self, matched: int, block: Verbatim) -> None:
        self._close_paragraph()
        self._close_to(matched)
        self._note_gap()
        self._here.open_list = None
        block.line = self._number
        self._verbatim = block

    def _close_verbatim(self) -> None:
        block, self._verbatim = self._verbatim, None
        if block:
            block.close(self._here.element, self.document, self.leaves)
            if self._waiting and len(self._here.element):
                set_attributes(self._here.element[-1], self._waiting, self._fault)
                self._waiting = ""

    def _fault(
        self,
        message: str,
        hint: str,
        severity: Severity = Severity.WARNING,
        sign: str = "",
        line: int = -1,
    ) -> None:
        number = self._number if line < 0 else line
        column = self.lines[number].find(sign) if sign else 0
        fault = Fault(number, max(column, 0), message, hint, severity, max(len(sign), 1))
        self.document.faults.append(fault)

    # What a line may begin: each gives the rest of it, DONE, or None where it begins nothing.

    def _heading(self, text: str, _indent: int, matched: int, _whole: bool) -> object:
        marks = HEADING.match(text)
        if marks is None:
            return None
        element = self._block(f"h{len(marks[1])}", matched)
        content = text[marks.end() :].strip()
        braces = trailing_list(content)
        start = braces.start() if braces else len(content)
        bare = CLOSING_HASHES.sub("", content[:start].rstrip()).strip()
        self.leaves.append(Leaf(element, f"{bare} {content[start:]}".strip(), self._number))
        return DONE

    def _quote(self, text: str, _indent: int, matched: int, _whole: bool) -> object:
        if sum(c.kind == QUOTATION for c in self._stack[:matched]) >= MOST_QUOTES:
            return None
        if len(self._stack[:matched]) >= MOST_CONTAINERS:
            return self._too_deep()
        self._push(Container(QUOTATION, self._block("blockquote", matched)))
        return text[2:] if text[1:2] == " " else text[1:]

    def _too_deep(self) -> None:
        self._fault(TOO_DEEP, TOO_DEEP_HINT, Severity.ERROR)

    def _item(self, text: str, indent: int, matched: int, whole: bool) -> object:
        mark = ITEM.match(text)
        if mark is None:
            return None
        rest = text[mark.end() :]
        is_empty = not rest or rest.isspace()
        if self._paragraph and whole and (is_empty or (mark[2] and int(mark[2]) != 1)):
            return None
        if matched >= MOST_CONTAINERS:
            return self._too_deep()
        self._close_paragraph()
        self._close_to(matched)
        here = self._here
        sign = mark[3] or mark[1]
        state = here.open_list
        if state is None or state.mark != sign:
            state = self._list(mark[2], sign, matched)
        elif self._blank >= 0 and len(self._stack) >= self._blank:
            state.loose = True
        gap = len(rest) - len(rest.lstrip(" "))
        if is_empty or gap > WIDEST_GAP:
            gap = 1
        item = SubElement(state.element, "li")
        self._push(Container(INDENTED, item, indent + mark.end() + gap, state))
        self._blank = -1
        return "" if is_empty else rest[gap:]

    def _list(self, number: str | None, sign: str, matched: int) -> ListState:
        element = self._block("ol" if number else "ul", matched)
        if number and int(number) != 1:
            element.set("start", str(int(number)))
        state = self._here.open_list = ListState(element, sign)
        return state

    def _ruled(self, text: str, indent: int, matched: int, whole: bool) -> object:
        """What begins with `*`, `-`, `_` or `+`."""
        if text[0] == "-" and self._paragraph and whole and UNDERLINE.match(text):
            return self._underlined(text, indent, matched, whole)
        if RULE.match(text):
            self._block("hr", matched)
            return DONE
        if text[0] == "*" and text[1:2] == "[":
            meant = ABBREVIATION.match(text)
            if meant:
                self._close_paragraph()
                self.document.abbreviations[meant[1]] = meant[2].strip()
                return DONE
        left = self._item(text, indent, matched, whole) if text[0] != "_" else None
        if left is None and text[0] == "-":
            left = self._table(text, indent, matched, whole)
        return left

    def _underlined(self, text: str, _indent: int, _matched: int, whole: bool) -> object:
        """A heading that was a paragraph until its underline came."""
        if not (self._paragraph and whole and UNDERLINE.match(text)):
            return None
        content = "\n".join(self._paragraph).rstrip()
        first = self._first
        if content[0] == "[":
            content, first = self._without_definitions(content, first)
            if not content:
                self._paragraph = [text]
                self._first = self._number
                return DONE
        self._paragraph = []
        element = self._block("h1" if text[0] == "=" else "h2", len(self._stack))
        self.leaves.append(Leaf(element, content, first))
        return DONE

    def _fence(self, text: str, indent: int, matched: int, _whole: bool) -> object:
        fence = FENCE.match(text)
        if fence is None:
            return None
        mark = fence[1] or fence[3]
        info = (fence[2] if fence[1] else fence[4]).strip()
        self._open_verbatim(matched, Fence(mark, info, indent))
        return DONE

    def _html(self, text: str, indent: int, matched: int, _whole: bool) -> object:
        if "markdown" in text and (found := MARKDOWN_IN_HTML.match(text)):
            return self._markdown_in_html(text, found, matched)
        kind = html_kind(text, in_paragraph=bool(self._paragraph))
        if not kind:
            return None
        block = HtmlBlock(kind)
        self._open_verbatim(matched, block)
        if block.take(" " * indent + text, self._number) is Outcome.ENDED:
            self._close_verbatim()
        return DONE

    def _note(self, text: str, _indent: int, matched: int, _whole: bool) -> object:
        found = NOTE.match(text)
        if found is None or matched >= MOST_CONTAINERS:
            return None
        self._close_paragraph()
        self._close_to(matched)
        self._here.open_list = None
        label = found[1]
        element = Element("li")
        if label not in self.document.notes:
            self.document.notes[label] = Note(label, element, self._number)
        self._push(Container(INDENTED, element, NOTE_INDENT))
        return text[found.end() :]

    def _colon(self, text: str, indent: int, matched: int, whole: bool) -> object:
        return self._table(text, indent, matched, whole) or self._definition(text, matched, whole)

    def _table(self, text: str, _indent: int, _matched: int, whole: bool) -> object:
        """A table, if this is the row below its header, and fits that."""
        if not (self._paragraph and whole and DELIMITER_ROW.match(text)):
            return None
        table = Table.below(self._paragraph[-1], text, self._number)
        if table is None:
            return None
        del self._paragraph[-1]
        self._open_verbatim(len(self._stack), table)
        return DONE

    def _definition(self, text: str, matched: int, whole: bool) -> object:
        """What defines the terms in the paragraph above."""
        mark = DEFINITION.match(text)
        if mark is None or not whole or matched >= MOST_CONTAINERS:
            return None
        loose = self._blank >= 0
        here = self._here.element
        last = here[-1] if len(here) else None
        if self._paragraph:
            terms, first = [line.strip() for line in self._paragraph], self._first
            self._paragraph = []
        elif last is not None and last.tag == "p" and self.leaves[-1].element is last:
            leaf = self.leaves.pop()
            terms, first = leaf.text.split("\n"), leaf.line
            here.remove(last)
            last = here[-1] if len(here) else None
        elif last is not None and last.tag == "dl":
            terms, first = [], 0
        else:
            return None
        definitions = last if last is not None and last.tag == "dl" else self._block("dl", matched)
        for number, term in enumerate(terms):
            element = SubElement(definitions, "dt")
            self.leaves.append(Leaf(element, term, first + number))
        state = ListState(definitions, loose=loose)
        gap = len(mark[1]) if len(mark[1]) <= WIDEST_GAP else 1
        self._push(Container(INDENTED, SubElement(definitions, "dd"), 1 + gap, state))
        self._blank = -1
        return text[1 + gap :]

    def _braces(self, text: str, _indent: int, matched: int, whole: bool) -> object:
        """Attributes on a line of their own, and template tags that have a plain meaning."""
        if text[1:2] == "%":
            if RAW.fullmatch(text.strip()):
                self._pass_raw("end" in text)
                return DONE
            begun = HIGHLIGHT.match(text)
            if begun:
                self._open_verbatim(matched, Highlighted(begun[1]))
                return DONE
        found = ON_A_LINE.fullmatch(text.rstrip())
        if found is None:
            return None
        following = self.lines[self._number + 1 : self._number + 2]
        is_last = not following or not following[0].strip(" \t>")
        if self._paragraph and not is_last:
            return None
        if self._paragraph and whole:
            return None  # the last line of a paragraph: looked at when its spans are known
        self._close_to(matched)
        here = self._here.element
        if len(here) and self._blank < 0:
            set_attributes(here[-1], found[1] or "", self._fault)
        elif not is_last:
            self._waiting = found[1] or ""
        else:
            self._fault(
                f"nothing has these attributes: {text.strip()}",
                "Write them right below the block they are for, without a blank line.",
                sign=text.strip(),
            )
        return DONE

    # Markdown within HTML

    def _markdown_in_html(self, text: str, match: re.Match[str], matched: int) -> object:
        if matched >= MOST_CONTAINERS:
            return self._too_deep()
        tag = match[1].lower()
        element = self._block(tag, matched)
        set_html_attributes(element, f"{match[2]} {match[4]}")
        rest = text[match.end() :]
        if match[3] == "span" or (match[3] != "block" and tag in SPAN_HOLDERS):
            holder = SpanHolder(tag, element)
            holder.line = self._number
            if holder.take(rest, self._number) is Outcome.ENDED:
                holder.close(element, self.document, self.leaves)
            else:
                self._verbatim = holder
            return DONE
        container = Container(IN_HTML, element, tag=tag, depth=self._number)
        container.indent = 1
        self._push(container)
        return self._closed_in_html(container, rest) or DONE

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
                place = self._stack.index(container)
                if before.strip():
                    self._add(before, len(self._stack))
                self._stack_closed(place)
                return rest[rest.find(">", closing) + 1 :] if ">" in rest[closing:] else ""
        container.indent += lowered.count(f"<{container.tag}", position)
        return rest

    def _verbatim_hides(self) -> bool:
        return isinstance(self._verbatim, Fence | Highlighted)

    def _stack_closed(self, place: int) -> None:
        self._close_to(place + 1)
        self._stack[place].kind = QUOTATION  # it was closed: nothing to tell
        self._close_to(place)


STARTS = {
    "#": BlockParser._heading,
    ">": BlockParser._quote,
    "*": BlockParser._ruled,
    "+": BlockParser._ruled,
    "-": BlockParser._ruled,
    "_": BlockParser._ruled,
    "=": BlockParser._underlined,
    "`": BlockParser._fence,
    "~": BlockParser._fence,
    "<": BlockParser._html,
    "[": BlockParser._note,
    "|": BlockParser._table,
    ":": BlockParser._colon,
    "{": BlockParser._braces,
    **dict.fromkeys("0123456789", BlockParser._item),
}
