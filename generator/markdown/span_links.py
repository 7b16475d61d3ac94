"""Brackets: links, pictures, and marks of footnotes (CommonMark 0.31.2, 6.3 to 6.4).

Each reader gets the place of a sign, and gives the place behind what it has read; -1 says that the
sign is text.
"""

# ruff: noqa: RUF001 - curly quotes in titles

import re
from xml.etree.ElementTree import Element

from generator.markdown import emphasis
from generator.markdown.destinations import Destination, inline_destination
from generator.markdown.document import Link
from generator.markdown.han_lines import without_han_line_ends
from generator.markdown.patterns import IN_BRACKETS
from generator.markdown.references import LABEL
from generator.markdown.span_state import CLOSE, Bracket, Open, SpanState
from generator.markdown.span_text import escaped
from generator.model.late_patterns import late_pattern

NOTE_SIGN = "^"
LONGEST_LABEL = 999
SPACED = re.compile(
    r"""((?:[a-z]{3,6}:|\.{0,2}/)[^()\n"'<>{}\ ]*+[ ][^()\n"'<>{}]*+
       | [\w./%-]++[ ](?:[^()\n"'<>{}]*\.\w{2,5}|[“”„‘’‚«»‹›][^()\n"'<>{}]*))\)""",
    re.VERBOSE,
)
CURLY_TITLE = late_pattern(r"[ ][“”„‘’‚«»‹›]([^“”„‘’‚«»‹›]++)[“”„‘’‚«»‹›]\Z")


def picture(state: SpanState, start: int) -> int:
    """What may begin a picture."""
    return _open(state, start, is_picture=True) if state.text[start + 1 : start + 2] == "[" else -1


def bracket(state: SpanState, start: int) -> int:
    """What may begin a link."""
    return _open(state, start, is_picture=False)


def _open(state: SpanState, start: int, *, is_picture: bool) -> int:
    if "]" in state.missing or state.text.find("]", start) < 0:
        state.missing.add("]")
        return -1
    state.before(start)
    if state.brackets:
        state.brackets[-1].followed = True
    end = start + 1 + is_picture
    places = len(state.parts), len(state.runs), len(state.document.links)
    state.brackets.append(Bracket(is_picture, end, *places))
    state.parts.append(state.text[start:end])
    return end


def closing_bracket(state: SpanState, start: int) -> int:
    """What may end a link or picture."""
    if not state.brackets:
        return -1
    bracket = state.brackets.pop()
    is_inactive = not bracket.is_picture and len(state.brackets) < state.inactive
    state.inactive = min(state.inactive, len(state.brackets))
    if is_inactive:
        return -1
    found = _destination(state, bracket, start)
    if found is None:
        return _note(state, bracket, start)
    destination, link, end = found
    state.before(start)
    _link(state, bracket, destination, link)
    return end


def _destination(
    state: SpanState, bracket: Bracket, closing: int
) -> tuple[Destination, Link | None, int] | None:
    """Where a bracket that closes here leads, and where what says so ends."""
    text = state.text
    following = text[closing + 1 : closing + 2]
    if following == "(":
        found = inline_destination(text, closing + 1)
        if found:
            return found, None, found.end
        _tell_spaces(state, bracket, closing + 2)
    if not state.references:
        return None
    end = closing + 1
    label = text[bracket.start : closing]
    if following == "[" and (match := LABEL.match(text, end)):
        end = match.end()
        label = match[1] or label
        if not match[1] and bracket.followed:
            return None
    elif bracket.followed or len(label) > LONGEST_LABEL:
        return None
    defined = state.references.get(label)
    return (*defined, end) if defined else None


def _tell_spaces(state: SpanState, bracket: Bracket, start: int) -> None:
    """Warn of what was meant as a link, and is none for the space in its address."""
    meant = SPACED.match(state.text, start)
    if meant:
        kind = "picture" if bracket.is_picture else "link"
        message = f"this is no {kind}: its address has a space in it"
        hint = f"Put the address between angle brackets: (<{meant[1]}>)"
        if title := CURLY_TITLE.search(meant[1]):
            message = f"this is no {kind}: its title stands between curly quotation marks"
            hint = f'Write straight ones: ({meant[1][: title.start()]} "{title[1]}")'
        state.document.fault(state.leaf, start, message, hint, width=len(meant[1]))


def _link(
    state: SpanState, bracket: Bracket, destination: Destination, definition: Link | None
) -> None:
    element = Element("img" if bracket.is_picture else "a")
    element.set("src" if bracket.is_picture else "href", escaped(destination.target))
    if destination.title is not None:
        element.set("title", escaped(without_han_line_ends(destination.title)))
    link = Link(
        destination.target,
        definition.leaf if definition else state.leaf,
        definition.offset if definition else destination.start,
        element,
        bracket.is_picture,
    )
    state.document.links.append(link)
    if not bracket.is_picture:
        _without_addresses(state, bracket)
    inner = state.runs[bracket.run :]
    emphasis.pair(inner)
    del state.runs[bracket.run :]
    state.parts[bracket.node] = Open(element, bracket.is_picture)
    state.parts.append(CLOSE)
    state.is_flat = False
    if not bracket.is_picture:
        state.inactive = len(state.brackets)


def _without_addresses(state: SpanState, bracket: Bracket) -> None:
    """Make text of the addresses that were links by themselves: no link is within a link."""
    for place in range(bracket.node + 1, len(state.parts)):
        part = state.parts[place]
        if isinstance(part, Element) and part.tag == "a":
            state.parts[place] = str(part.text)
            links = state.document.links
            links[bracket.link :] = [one for one in links[bracket.link :] if one.is_picture]


def _note(state: SpanState, bracket: Bracket, closing: int) -> int:
    """A mark that refers to a footnote, or text."""
    text, start = state.text, bracket.start
    if IN_BRACKETS.match(text, start):
        state.has_shortcode = True
    if text[start : start + 1] != NOTE_SIGN or bracket.is_picture:
        return -1
    note = state.document.notes.get(text[start + 1 : closing])
    if note is None:
        return _no_note(state, text[start + 1 : closing], start)
    note.references += 1
    mark = Element("sup")
    mark.set("note", note.label)
    del state.parts[bracket.node :]
    del state.runs[bracket.run :]
    state.parts.append(mark)
    return closing + 1


def _no_note(state: SpanState, label: str, start: int) -> int:
    if label and not label.isspace() and "\n" not in label and "[" not in label:
        hint = f"Write the note on a line of its own: [^{label}]: text"
        message = f"no footnote [^{label}]"
        state.document.fault(state.leaf, start - 1, message, hint, width=len(label) + 3)
    return -1
