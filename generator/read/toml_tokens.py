"""The tokens of a TOML text: how deep it goes, and where its keys and values stand."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.read.source_spans import KeyPath, SpanFault, Stretch

MAX_DEPTH = 32

# A quote that nothing closes runs to the end of its line, or of the text: no second look
# from every quote in it, which would make long lines of quotes slow.
_TOKEN = re.compile(
    r'''
      (?P<text> """(?:\\.|[^\\])*?(?:"{3,5}|\Z) | \'\'\'.*?(?:\'{3,5}|\Z)
              | "(?:\\.|[^"\\\n])*+"? | '[^'\n]*+'? )
    | (?P<comment> \#[^\n]* )
    | (?P<bare> [^\s\[\]{}=,\#"']+ )
    | (?P<sign> [\[\]{}=,\n] )
    ''',
    re.VERBOSE | re.DOTALL,
)
_KEY_PART = re.compile(r""" "(?:\\.|[^"\\])*+"?+ | '[^']*+'?+ | [^\s."']++ """, re.VERBOSE)


def too_deep(text: str) -> SpanFault | None:
    """Refuse what is nested, or whose dotted keys go, more than 32 levels down."""
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        sign = token["sign"]
        if sign:
            depth = max(0, depth + (sign in "[{") - (sign in "]}"))
            dots = 0
        elif token["bare"]:
            dots += token["bare"].count(".")
        if max(depth, dots) > MAX_DEPTH:
            message = f"lists and tables nested more than {MAX_DEPTH} deep"
            return SpanFault(token.start(), token.end(), message, "Write it flatter.")
    return None


def unclosed(text: str) -> int:
    """Where the innermost bracket or the last quote opens that nothing closes; -1 for none."""
    opened: list[int] = []
    for token in _TOKEN.finditer(text):
        if token["sign"] and token["sign"] in "[{":
            opened.append(token.start())
        elif token["sign"] and token["sign"] in "]}" and opened:
            opened.pop()
        elif token["text"] and not _is_closed(token["text"]):
            return token.start()
    return opened[-1] if opened else -1


def _is_closed(text: str) -> bool:
    quote = text[:3] if text[:3] in ('"""', "'''") else text[0]
    return len(text) >= 2 * len(quote) and text.endswith(quote)


@lru_cache(maxsize=2)  # the Problems of one text come one after another
def toml_stretches(text: str) -> Mapping[KeyPath, Stretch]:
    """Where all values and keys stand in a text that is valid TOML."""
    reader = _Reader(text)
    reader.run()
    return reader.stretches


class _Reader:
    """Walks the statements of a valid text; its depth is bounded by `too_deep`."""

    def __init__(self, text: str) -> None:
        self.stretches: dict[KeyPath, Stretch] = {}
        self._text = text
        self._tokens = [token for token in _TOKEN.finditer(text) if not token["comment"]]
        self._at = 0
        self._last_item: dict[KeyPath, int] = {}

    def run(self) -> None:
        """Note every stretch."""
        table: KeyPath = ()
        while self._at < len(self._tokens):
            sign = self._sign()
            if sign == "[":
                table = self._header()
            elif sign:
                self._at += 1
            else:
                self._pair(table)

    def _sign(self) -> str:
        """The sign at hand; nothing for a word or a text, a line's end at the text's."""
        if self._at >= len(self._tokens):
            return "\n"
        return self._tokens[self._at]["sign"] or ""

    def _words(self) -> tuple[int, int]:
        """Step over words and texts; where they begin and end."""
        start = end = self._tokens[min(self._at, len(self._tokens) - 1)].start()
        while not self._sign():
            end = self._tokens[self._at].end()
            self._at += 1
        return start, end

    def _header(self) -> KeyPath:
        """`[table]`, or `[[list of tables]]`."""
        is_item = self._text.startswith("[[", self._tokens[self._at].start())
        self._at += 2 if is_item else 1
        start, end = self._words()
        here = Stretch(start, end, start, end, holds=True)
        path: KeyPath = ()
        for part in _parts(self._text[start:end]):
            path = (*self._inside(path), part)
            self.stretches.setdefault(path, here)
        if is_item:
            self._last_item[path] = self._last_item.get(path, -1) + 1
            path = self._inside(path)
        self.stretches[path] = here
        return path

    def _inside(self, path: KeyPath) -> KeyPath:
        """A list of tables is written to at its last item."""
        return (*path, self._last_item[path]) if path in self._last_item else path

    def _pair(self, table: KeyPath) -> None:
        start, end = self._words()
        path = table
        for part in _parts(self._text[start:end]):
            path = (*path, part)
            self.stretches.setdefault(path, Stretch(start, end, start, end, holds=True))
        if self._sign() == "=":
            self._at += 1
        self._value(path, start, end)

    def _value(self, path: KeyPath, key_start: int = 0, key_end: int = 0) -> None:
        sign = self._sign()
        start = self._tokens[min(self._at, len(self._tokens) - 1)].start()
        if sign in ("[", "{"):
            self._at += 1
            for number in self._items("]" if sign == "[" else "}"):
                if sign == "[":
                    self._value((*path, number))
                else:
                    self._pair(path)
            end = self._tokens[self._at - 1].end()
        else:
            start, end = self._words()
        self.stretches[path] = Stretch(start, end, key_start, key_end, sign in ("[", "{"))

    def _items(self, close: str) -> Iterator[int]:
        """Count the items up to the closing bracket, and step over it."""
        number = 0
        while self._at < len(self._tokens):
            sign = self._sign()
            if sign in (",", "\n"):
                self._at += 1
            elif sign == close:
                self._at += 1
                return
            else:
                before = self._at
                yield number
                number += 1
                self._at = max(self._at, before + 1)


def _parts(key: str) -> Iterator[str]:
    """The names in a dotted key."""
    for match in _KEY_PART.finditer(key):
        part = match[0]
        yield str(tomllib.loads(f"x={part}")["x"]) if part[0] in "\"'" else part
