"""The spans in a text: code, emphasis, links, pictures, HTML (CommonMark 0.31.2, chapter 6)."""

import re
from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

from generator.markdown import emphasis, span_addresses, span_links, span_text
from generator.markdown.document import Document, Leaf, Link, Options
from generator.markdown.references import References
from generator.markdown.span_state import SpanState
from generator.markdown.span_text import REFERENCE, is_reference
from generator.markdown.span_tree import fill

PLAIN = r"[^\\`*_\[\]<~&:!\n]"
SIMPLE = rf"""(?:
    (?<=\*)(\*?)(?=[^\W_])({PLAIN}*[^\W_])\*\1(?!\*)
  | (?<=`)([^`\n&]+)`(?!`)
  | (?<=\[)((?!\^){PLAIN}*)\]\(([^\s()<>\\&\x00-\x1f\x7f]+)\)
  | (?<=_)(?<!\w_)(_?)(?=[^\W_])({PLAIN}*[^\W_])_\6(?!\w)
)?"""
"""Spans that mean the same whatever stands around them: words between marks, code, a link."""
CODE, LINK = 3, 5
"""Which group of it ends the last two kinds."""

Search = Callable[[str, int], re.Match[str] | None]


@cache
def _signs(further: str) -> Search:
    """Finds the next sign that may mean something, with all of its span if that is simple."""
    signs = rf"[\\`*_~\[\]<{further}]"
    simple = "" if "@" in further else SIMPLE
    return re.compile(signs + simple, re.VERBOSE).search


class SpanParser:
    """Reads the spans of the leaves of one document."""

    def __init__(self, document: Document, references: References, options: Options) -> None:
        self.state = SpanState(document, references, options)
        self._links_only = options.links_only
        text = "\n".join(document.lines)
        self._addresses = "://" in text or "@" in text or "www." in text

    def read(self, leaf: Leaf) -> None:
        """Fill a leaf's element with its text and spans."""
        text, state = leaf.text, self.state
        if not (self._may_have_links(text) if self._links_only else self._has_signs(text)):
            element = leaf.element
            element.text = element.text + text if element.text else text
            if state.hidden:
                state.hidden = []
            return
        state.begin(leaf)
        self._take_apart(text, self._search(text))
        if state.runs:
            emphasis.pair(state.runs)
        fill(leaf.element, state.parts, is_flat=state.is_flat)

    def _has_signs(self, text: str) -> bool:
        """Whether anything in a text may be more than text."""
        return (
            "*" in text
            or "[" in text
            or "`" in text
            or "<" in text
            or "_" in text
            or "\\" in text
            or "&" in text
            or "~" in text
            or (self._addresses and ("://" in text or "@" in text or "www." in text))
            or ("\n" in text and (not text.isascii() or " \n" in text))
            or "{%" in text
        )

    def _may_have_links(self, text: str) -> bool:
        return (
            "[" in text
            or "<" in text
            or (self._addresses and ("://" in text or "@" in text or "www." in text))
        )

    def _search(self, text: str) -> Search:
        """What finds the next sign in a text: only what it holds is looked for."""
        further = "!" if "![" in text else ""
        if "&" in text and not all(map(is_reference, REFERENCE.findall(text))):
            further += "&"
        if self._addresses:
            if "://" in text:
                further += ":"
            if "@" in text or "www." in text:
                further += "w@"
        if "\n" in text and (" \n" in text or not text.isascii()):
            further += "\n"
        if "{%" in text:
            further += "{"
        return _signs(further)

    def _take_apart(self, text: str, search: Search) -> None:
        """Make nodes of a text: strings, elements, runs of marks, where links begin and end."""
        state = self.state
        parts = state.parts
        position = start = 0
        while (match := search(text, start)) is not None:
            begin = match.start()
            kind = match.lastindex
            if kind and not (kind == LINK and state.brackets):
                if begin > position:
                    parts.append(text[position:begin])
                parts.append(_simple(state, match, kind))
                start = position = match.end()
                continue
            state.floor = position
            end = READERS[text[begin]](state, begin)
            if end < 0:
                start = begin + 1
            else:
                start = position = end
        if position < len(text):
            parts.append(text[position:] if position else text)


def _simple(state: SpanState, match: re.Match[str], kind: int) -> Element:
    """The element of a simple span."""
    if kind == LINK:
        element = Element("a", {"href": match[LINK]})
        element.text = match[LINK - 1]
        link = Link(match[LINK], state.leaf, match.start(LINK), element)
        state.document.links.append(link)
    elif kind == CODE:
        element = Element("code")
        state.hidden.append(match.span())
        code = match[CODE]
        if code[0] == code[-1] == " " and not code.isspace():
            code = code[1:-1]
        element.text = state.options.literal(code)
    else:
        element = Element("strong" if match[kind - 1] else "em")
        element.text = match[kind]
    return element


READERS: dict[str, Callable[[SpanState, int], int]] = {
    "\\": span_text.escape,
    "`": span_text.code,
    "*": span_text.run,
    "_": span_text.run,
    "~": span_text.run,
    "&": span_text.reference,
    "\n": span_text.line_end,
    "{": span_text.brace,
    "!": span_links.picture,
    "[": span_links.bracket,
    "]": span_links.closing_bracket,
    "<": span_addresses.angle,
    ":": span_addresses.colon,
    "w": span_addresses.www,
    "@": span_addresses.at,
}
