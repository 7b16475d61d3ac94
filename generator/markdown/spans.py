"""The spans in a text: code, emphasis, links, pictures, HTML (CommonMark 0.31.2, chapter 6)."""

import re
from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

from generator.markdown import emphasis, span_addresses, span_links, span_text
from generator.markdown.document import Document, Leaf, Link, Options
from generator.markdown.han_lines import HAN, join_lines
from generator.markdown.references import References
from generator.markdown.span_state import SpanState
from generator.markdown.span_text import REFERENCE, is_reference
from generator.markdown.span_tree import fill

PLAIN = r"[^\\`*_\[\]<~&:!\n]"
SIMPLE = {
    "*": rf"(?<=\*)(\*?)(?=[^\W_])(?P<stars>{PLAIN}*[^\W_])\*\g(?!\*)",
    "`": r"(?<=`)(?P<code>[^`\n&]+)`(?!`)",
    "[": rf"(?<=\[)((?!\^){PLAIN}*)\]\((?P<link>[^\s()<>\\&\x00-\x1f\x7f]+)\)",
    "_": rf"(?<=_)(?<!\w_)(_?)(?=[^\W_])(?P<lines>{PLAIN}*[^\W_])_\g(?!\w)",
}
"""Spans by their first sign that mean the same whatever stands around them: words between marks,
code, a link. Only marks that touch a word before them may end what is open instead.
`\\g` stands for the second mark."""
MARKS = ("stars", "lines")
ALL = "\\`*_~[]<"

Search = Callable[[str, int], re.Match[str] | None]


@cache
def _signs(signs: str) -> Search:
    """Finds the next of some signs, with all of its span if that is simple.

    A pattern that begins with one character finds it ten times as fast as one of several.
    """
    simple = [SIMPLE[sign] for sign in signs if sign in SIMPLE and "@" not in signs]
    groups = 0
    for place, pattern in enumerate(simple):
        simple[place] = pattern.replace("\\g", f"\\{groups + 1}")
        groups += pattern.count("(?P<") + ("(?P<code>" not in pattern)
    first = re.escape(signs) if len(signs) == 1 else f"[{re.escape(signs)}]"
    return re.compile(f"{first}(?:{'|'.join(simple)})?" if simple else first).search


def _has_lone_scheme(text: str) -> bool:
    """Whether an address with a scheme may stand alone in a text, and not behind a link's `](`.

    To look for one sign and then for more is many times as fast as to look for all at once.
    """
    place = text.find("/") if ":" in text else -1
    while place >= 0:
        if text.startswith("://", max(place - 1, 0)):
            before = text[max(place - 8, 0) : place - 1]
            if not before.endswith(("](https", "](http")):
                return True
        place = text.find("/", place + 2)
    return False


class SpanParser:
    """Reads the spans of the leaves of one document, whose whole text is `text`."""

    def __init__(
        self, text: str, document: Document, references: References, options: Options
    ) -> None:
        self.state = SpanState(document, references, options)
        self._links_only = options.links_only
        # What most texts have not, no leaf of theirs needs to be looked through for.
        self._schemes = _has_lone_scheme(text)
        self._names = "@" in text or "www." in text
        self._addresses = self._schemes or self._names
        self._braces = "{" in text

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
            if "**" in text and not self._links_only:
                self._tell_idle_stars()
        fill(leaf.element, state.parts, is_flat=state.is_flat)
        if state.has_line_ends and HAN.search(text):
            join_lines(leaf.element)

    def _tell_idle_stars(self) -> None:
        """Warn of stars that were meant as emphasis, and are none for what stands beside them."""
        place = emphasis.idle_stars(self.state.runs)
        if place >= 0:
            message = "readers see these signs as they stand: **"
            hint = "Let them touch the words: **words**; beside other signs write <strong>."
            self.state.document.fault(self.state.leaf, place, message, hint, width=2)

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
            or (self._braces and "{%" in text)
        )

    def _may_have_links(self, text: str) -> bool:
        return (
            "[" in text
            or "<" in text
            or (self._addresses and ("://" in text or "@" in text or "www." in text))
        )

    def _search(self, text: str) -> Search:
        """What finds the next sign in a text: only what it holds is looked for."""
        further = "!" if "!" in text and "![" in text else ""
        if "&" in text and not all(map(is_reference, REFERENCE.findall(text))):
            further += "&"
        if self._schemes and "://" in text:
            further += ":"
        if self._names and ("@" in text or "www." in text):
            further += "w@"
        if "\n" in text and (" \n" in text or not text.isascii()):
            further += "\n"
        if self._braces and "{%" in text:
            further += "{"
        if further or "\\" in text or "~" in text or "`" in text or "<" in text or "_" in text:
            return _signs(ALL + further)
        if "[" in text:
            has_stray = text.count("]") != text.count("[")  # an address behind it is a link
            return (
                _signs(ALL + ":" if has_stray else ALL) if "*" in text or has_stray else _signs("[")
            )
        return _signs("*")

    def _take_apart(self, text: str, search: Search) -> None:
        """Make nodes of a text: strings, elements, runs of marks, where links begin and end."""
        state = self.state
        parts = state.parts
        position = start = 0
        while (match := search(text, start)) is not None:
            begin = match.start()
            kind = match.lastgroup
            if kind and not (_is_open_to(state, kind) and _may_end(kind, text, begin)):
                if begin > position:
                    parts.append(text[position:begin])
                parts.append(_simple(state, match, kind))
                start = position = match.end()
                continue
            state.floor = position
            end = READERS[text[begin]](state, begin)
            if end < 0:
                start = begin + 1
                if text[begin] == "]" and text.startswith("(http", start):
                    search = _signs(ALL + ":!&{@w\n")  # what seemed a link's address stands alone
            else:
                start = position = end
                if len(state.brackets) == 1:
                    search = _with_brackets(search)
        if position < len(text):
            parts.append(text[position:] if position else text)


def _is_open_to(state: SpanState, kind: str) -> bool:
    """Whether something is open that what begins a simple span might end."""
    return bool(state.brackets if kind == "link" else state.runs)


def _may_end(kind: str, text: str, begin: int) -> bool:
    """Whether marks that might begin a simple span might also end one: they touch a word."""
    return kind == "link" or (kind in MARKS and text[begin - 1 : begin].isalnum())


def _with_brackets(search: Search) -> Search:
    """The same search, for a text with a bracket that is to be closed."""
    return _signs(ALL) if search is _signs("[") else search


def _simple(state: SpanState, match: re.Match[str], kind: str) -> Element:
    """The element of a simple span."""
    content = match[kind]
    if kind == "link":
        element = Element("a", {"href": content})
        place = match.start(kind)
        element.text = match.string[match.start() + 1 : place - 2]
        state.document.links.append(Link(content, state.leaf, place, element))
    elif kind == "code":
        element = Element("code")
        state.hidden.append(match.span())
        if content[0] == content[-1] == " " and not content.isspace():
            content = content[1:-1]
        element.text = state.options.literal(content)
    else:
        element = Element("strong" if match.string[match.start() + 1] in "*_" else "em")
        element.text = content
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
