"""What a line may begin, by its first sign.

Each function gets the text of a line, how far it is indented, how many containers go on with it
and whether these are all. It gives what is left of the line, or None where it begins nothing.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from generator.markdown.attributes import (
    ON_A_LINE,
    set_attributes,
    set_html_attributes,
    trailing_list,
)
from generator.markdown.document import Leaf, ListState, Note
from generator.markdown.open_blocks import IN_HTML, INDENTED, QUOTATION, Container, OpenBlocks
from generator.markdown.patterns import (
    ABBREVIATION,
    CLOSING_HASHES,
    DEFINITION,
    DELIMITER_ROW,
    FENCE,
    HEADING,
    HIGHLIGHT,
    ITEM,
    MARKDOWN_IN_HTML,
    NOTE,
    RAW,
    RULE,
    SPAN_HOLDERS,
    UNDERLINE,
)
from generator.markdown.tables import Table
from generator.markdown.verbatim import (
    Fence,
    Highlighted,
    HtmlBlock,
    Outcome,
    SpanHolder,
    html_kind,
)
from generator.model.problems import Severity

MOST_QUOTES = 32
MOST_CONTAINERS = 64
NOTE_INDENT = 4
WIDEST_GAP = 4
TOO_DEEP = "nested too deeply"
TOO_DEEP_HINT = "Nest lists and quotations less deeply."

DONE = ""
"""Nothing is left of the line."""


def heading(state: OpenBlocks, text: str, _indent: int, matched: int, _whole: bool) -> str | None:
    """A heading that begins with `#`."""
    marks = HEADING.match(text)
    if marks is None:
        return None
    element = state.block(f"h{len(marks[1])}", matched)
    content = text[marks.end() :].strip()
    braces = trailing_list(content)
    start = braces.start() if braces else len(content)
    bare = CLOSING_HASHES.sub("", content[:start].rstrip()).strip()
    state.leaves.append(Leaf(element, f"{bare} {content[start:]}".strip(), state.number))
    return DONE


def quote(state: OpenBlocks, text: str, _indent: int, matched: int, _whole: bool) -> str | None:
    """A quotation."""
    if sum(c.kind == QUOTATION for c in state.stack[:matched]) >= MOST_QUOTES:
        return None
    if len(state.stack[:matched]) >= MOST_CONTAINERS:
        return _too_deep(state)
    state.push(Container(QUOTATION, state.block("blockquote", matched)))
    return text[2:] if text[1:2] == " " else text[1:]


def _too_deep(state: OpenBlocks) -> str | None:
    state.fault(TOO_DEEP, TOO_DEEP_HINT, Severity.ERROR)
    return None


def item(state: OpenBlocks, text: str, indent: int, matched: int, whole: bool) -> str | None:
    """An item of a list."""
    mark = ITEM.match(text)
    if mark is None:
        return None
    rest = text[mark.end() :]
    is_empty = not rest or rest.isspace()
    if state.paragraph and whole and (is_empty or (mark[2] and int(mark[2]) != 1)):
        return None
    if matched >= MOST_CONTAINERS:
        return _too_deep(state)
    state.close_paragraph()
    state.close_to(matched)
    sign = mark[3] or mark[1]
    items = state.here.open_list
    if items is None or items.mark != sign:
        items = _list(state, mark[2], sign, matched)
    elif state.blank >= 0 and len(state.stack) >= state.blank:
        items.loose = True
    if mark[2]:
        _count(state, items, mark[2], sign)
    gap = len(rest) - len(rest.lstrip(" "))
    if is_empty or gap > WIDEST_GAP:
        gap = 1
    element = SubElement(items.element, "li")
    state.push(Container(INDENTED, element, indent + mark.end() + gap, items))
    state.blank = -1
    return DONE if is_empty else rest[gap:]


def _list(state: OpenBlocks, number: str | None, sign: str, matched: int) -> ListState:
    element = state.block("ol" if number else "ul", matched)
    if number and int(number) != 1:
        element.set("start", str(int(number)))
    items = state.here.open_list = ListState(element, sign)
    return items


def _count(state: OpenBlocks, items: ListState, written: str, sign: str) -> None:
    """Tell of a list whose numbers are not shown as they are written.

    One that repeats its first number is counted on purpose.
    """
    number, count = int(written), len(items.element)
    if count == 0:
        items.first = items.last = number
    elif items.last >= 0:
        items.last += 1
        if number != items.last:
            if number != items.first or count > 1:
                message = f"readers see {items.last}{sign} here, not {written}{sign}"
                hint = "A list counts on from its first number; for lines with numbers of their own"
                hint += f" write {written}\\{sign} and end each with a backslash."
                state.fault(message, hint)
            items.last = -1


def ruled(state: OpenBlocks, text: str, indent: int, matched: int, whole: bool) -> str | None:
    """What begins with `*`, `-`, `_` or `+`."""
    if text[0] == "-" and state.paragraph and whole and UNDERLINE.match(text):
        return underlined(state, text, indent, matched, whole)
    if RULE.match(text):
        state.block("hr", matched)
        return DONE
    if text[0] == "*" and text[1:2] == "[":
        meant = ABBREVIATION.match(text)
        if meant:
            state.close_paragraph()
            state.document.abbreviations[meant[1]] = meant[2].strip()
            return DONE
    left = item(state, text, indent, matched, whole) if text[0] != "_" else None
    if left is None and text[0] == "-":
        left = table(state, text, indent, matched, whole)
    return left


def underlined(
    state: OpenBlocks, text: str, _indent: int, _matched: int, whole: bool
) -> str | None:
    """A heading that was a paragraph until its underline came."""
    if not (state.paragraph and whole and UNDERLINE.match(text)):
        return None
    content = "\n".join(state.paragraph).rstrip()
    first = state.first
    if content[0] == "[":
        content, first = state.without_definitions(content, first)
        if not content:
            state.paragraph = [text]
            state.first = state.number
            return DONE
    state.paragraph = []
    element = state.block("h1" if text[0] == "=" else "h2", len(state.stack))
    state.leaves.append(Leaf(element, content, first))
    return DONE


def fence(state: OpenBlocks, text: str, indent: int, matched: int, _whole: bool) -> str | None:
    """Fenced code."""
    found = FENCE.match(text)
    if found is None:
        return None
    mark = found[1] or found[3]
    info = (found[2] if found[1] else found[4]).strip()
    state.open_verbatim(matched, Fence(mark, info, indent))
    return DONE


def html(state: OpenBlocks, text: str, indent: int, matched: int, _whole: bool) -> str | None:
    """Raw HTML, or an element with Markdown in it."""
    if "markdown" in text and (found := MARKDOWN_IN_HTML.match(text)):
        return _markdown_in_html(state, text, found, matched)
    kind = html_kind(text, in_paragraph=bool(state.paragraph))
    if not kind:
        return None
    block = HtmlBlock(kind)
    state.open_verbatim(matched, block)
    if block.take(" " * indent + text, state.number) is Outcome.ENDED:
        state.close_verbatim()
    return DONE


def note(state: OpenBlocks, text: str, _indent: int, matched: int, _whole: bool) -> str | None:
    """A footnote."""
    found = NOTE.match(text)
    if found is None or matched >= MOST_CONTAINERS:
        return None
    state.close_paragraph()
    state.close_to(matched)
    state.here.open_list = None
    label = found[1]
    element = Element("li")
    if label not in state.document.notes:
        state.document.notes[label] = Note(label, element, state.number)
    state.push(Container(INDENTED, element, NOTE_INDENT))
    return text[found.end() :]


def colon(state: OpenBlocks, text: str, indent: int, matched: int, whole: bool) -> str | None:
    """A table, or what defines a term."""
    left = table(state, text, indent, matched, whole)
    return definition(state, text, matched, whole) if left is None else left


def table(state: OpenBlocks, text: str, _indent: int, _matched: int, whole: bool) -> str | None:
    """A table, if this is the row below its header, and fits that."""
    if not (state.paragraph and whole and DELIMITER_ROW.match(text)):
        return None
    found = Table.below(state.paragraph[-1], text, state.number)
    if found is None:
        return None
    del state.paragraph[-1]
    state.open_verbatim(len(state.stack), found)
    return DONE


def definition(state: OpenBlocks, text: str, matched: int, whole: bool) -> str | None:
    """What defines the terms in the paragraph above."""
    mark = DEFINITION.match(text)
    if mark is None or matched >= MOST_CONTAINERS:
        return None
    if not whole:
        if state.stack[matched].element.tag != "dd":
            return None
        state.close_to(matched)  # another meaning of the same term
    loose = state.blank >= 0
    here = state.here.element
    last = here[-1] if len(here) else None
    if state.paragraph:
        terms, first = [line.strip() for line in state.paragraph], state.first
        state.paragraph = []
    elif last is not None and last.tag == "p" and state.leaves and state.leaves[-1].element is last:
        leaf = state.leaves.pop()
        terms, first = leaf.text.split("\n"), leaf.line
        here.remove(last)
        last = here[-1] if len(here) else None
    elif last is not None and last.tag == "dl":
        terms, first = [], 0
    else:
        return None
    definitions = last if last is not None and last.tag == "dl" else state.block("dl", matched)
    for number, term in enumerate(terms):
        element = SubElement(definitions, "dt")
        state.leaves.append(Leaf(element, term, first + number))
    gap = len(mark[1]) if len(mark[1]) <= WIDEST_GAP else 1
    meaning = SubElement(definitions, "dd")
    state.push(Container(INDENTED, meaning, 1 + gap, ListState(definitions, loose=loose)))
    state.blank = -1
    return text[1 + gap :]


def braces(state: OpenBlocks, text: str, _indent: int, matched: int, whole: bool) -> str | None:
    """Attributes on a line of their own, and template tags that have a plain meaning."""
    if text[1:2] == "%":
        if RAW.fullmatch(text.strip()):
            _pass_raw(state, "end" in text)
            return DONE
        begun = HIGHLIGHT.match(text)
        if begun:
            state.open_verbatim(matched, Highlighted(begun[1]))
            return DONE
    found = ON_A_LINE.fullmatch(text.rstrip())
    if found is None:
        return None
    following = state.lines[state.number + 1 : state.number + 2]
    is_last = not following or not following[0].strip(" \t>")
    if state.paragraph and not is_last:
        return None
    if state.paragraph and whole:
        return None  # the last line of a paragraph: looked at when its spans are known
    state.close_to(matched)
    here = state.here.element
    if len(here) and state.blank < 0:
        set_attributes(here[-1], found[1] or "", state.fault)
    elif not is_last:
        state.waiting = found[1] or ""
    else:
        state.fault(
            f"nothing has these attributes: {text.strip()}",
            "Write them right below the block they are for, without a blank line.",
            sign=text.strip(),
        )
    return DONE


def _pass_raw(state: OpenBlocks, ends: bool) -> None:
    """Note where text begins and ends that is to be shown as it stands."""
    if not ends:
        state.raw_since = state.number
    elif state.raw_since >= 0:
        state.document.shown.append((state.raw_since, state.number))
        state.raw_since = -1


def _markdown_in_html(
    state: OpenBlocks, text: str, match: re.Match[str], matched: int
) -> str | None:
    if matched >= MOST_CONTAINERS:
        return _too_deep(state)
    tag = match[1].lower()
    element = state.block(tag, matched)
    set_html_attributes(element, f"{match[2]} {match[4]}")
    rest = text[match.end() :]
    if match[3] == "span" or (match[3] != "block" and tag in SPAN_HOLDERS):
        holder = SpanHolder(tag, element)
        holder.line = state.number
        if holder.take(rest, state.number) is Outcome.ENDED:
            holder.close(element, state.document, state.leaves)
        else:
            state.verbatim = holder
        return DONE
    container = Container(IN_HTML, element, tag=tag, depth=state.number)
    container.indent = 1
    state.push(container)
    return rest


Start = Callable[[OpenBlocks, str, int, int, bool], str | None]

STARTS: dict[str, Start] = {
    "#": heading,
    ">": quote,
    "*": ruled,
    "+": ruled,
    "-": ruled,
    "_": ruled,
    "=": underlined,
    "`": fence,
    "~": fence,
    "<": html,
    "[": note,
    "|": table,
    ":": colon,
    "{": braces,
    **dict.fromkeys("0123456789", item),
}
"""What may begin with each sign."""
