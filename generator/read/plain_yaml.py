"""Plain YAML: what nearly all settings look like, read without a YAML library.

Lines of `key: value`, lists and mappings by indentation, lists in brackets, comments on lines
of their own; values plain on one line, or in quotes with no escapes but those of quotes. For
these the result is what the library gives, in a third of the time and without loading it.
Everything else, faults above all, is left to it (`library_yaml`).
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""A value as written: a text, nothing at all, a list, or a mapping."""

Setting: TypeAlias = (
    "str | bool | int | float | date | Sequence[Setting] | Mapping[str, Setting] | None"
)
"""A value to be written."""

NOTHING = frozenset({"", "~", "null"})
"""Unquoted texts that mean "no value"."""

_CORE = {
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = r"[-+]?(?:0|[1-9][0-9]{0,17})"
_FLOAT = r"[-+]?(?=[^eE.]*[eE.])(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?"

DEEPEST = 8
"""How many lists and mappings may stand in one another here; the library allows more."""

# A plain value begins with a letter, a digit or a mark that means nothing in YAML, and has
# no ": " or " #" in it. Classes name what is left out: so they compile in no time.
_LINE = re.compile(
    r"""(?P<indent>[ ]*+)
    (?: (?P<dash>-[ ]++)? (?:(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,99}+):(?=[ \n]|\Z)[ ]*+)?
        (?: "(?P<double>[^"\\\n]*+(?:\\"[^"\\\n]*+)*+)"[ ]*+
          | '(?P<single>[^'\n]*+(?:''[^'\n]*+)*+)'[ ]*+
          | \[(?P<list>[^\[\]{}\n]*+)\][ ]*+
          | (?P<plain>[^\x00-\x20!-'),:-@\[-^`{|}\x7f*-]
                [^:#\n]*+ (?:(?: :(?![ \n]|\Z) | (?<![ ])\# ) [^:#\n]*+)*+) )?
      | \#[^\n]*+ )
    (?:\n|\Z)""",
    re.VERBOSE,
)
_ITEM = re.compile(
    r"""[ ]*+
    (?: "([^"\\]*+)"[ ]*+
      | '([^']*+)'[ ]*+
      | ([^\x00-/:-@\[-^`{-\x7f][^\x00-\x1f!-%*,:-@\[-^`{-\x7f]*+) )
    (?:,(?!\Z)|\Z)""",
    re.VERBOSE,
)


class _NotPlainError(Exception):
    """The text needs the library. It never leaves this file."""


def as_written(text: str) -> object:
    """What an unquoted text stands for: the text itself, or nothing."""
    return None if text in NOTHING else text


def as_typed(text: str) -> object:
    """What an unquoted text stands for by YAML 1.2's core schema (chapter 10.3.2).

    Narrower where the schema would lose what was written: numbers with a leading zero
    are codes, and so are hexadecimal and octal ones; integers of over 18 digits are no
    counts; infinities have no place in JSON. All of these stay text.
    """
    if text in _CORE:
        return _CORE[text]
    if re.fullmatch(_INTEGER, text):
        return int(text)
    number = float(text) if re.fullmatch(_FLOAT, text) else math.inf
    return number if math.isfinite(number) else text


def read_plain(text: str, of_plain: Callable[[str], object] = as_written) -> dict[str, Any] | None:
    """The mapping that a text is, or None when it takes the library to tell.

    `of_plain` says what an unquoted text stands for.
    """
    if not text.replace("\n", "").isprintable():
        return None
    try:
        return _Reader(of_plain).read(text)
    except _NotPlainError:
        return None


class _Reader:
    """Reads one text, line by line.

    `_open` holds the lists and mappings that may go on, the innermost last, each with the
    column in which its entries begin; `_awaiting` the latest key, if nothing stood behind it.
    """

    __slots__ = ("_awaiting", "_of_plain", "_open", "_root")

    def __init__(self, of_plain: Callable[[str], object]) -> None:
        self._of_plain = of_plain
        self._root: dict[str, Any] = {}
        self._open: list[tuple[int, dict[str, Any] | list[Any]]] = [(0, self._root)]
        self._awaiting: tuple[int, dict[str, Any], str] | None = None

    def read(self, text: str) -> dict[str, Any]:
        """The whole text's mapping."""
        at, end = 0, len(text)
        while at < end:
            line = _LINE.match(text, at)
            if line is None:
                raise _NotPlainError
            at = line.end()
            if line.lastgroup != "indent":  # else it is blank, or a comment
                self._add(line)
        if not self._root:
            raise _NotPlainError
        return self._root

    def _add(self, line: re.Match[str]) -> None:
        """Put one line's value where it belongs."""
        indent, dash, key = line.group("indent", "dash", "key")
        column, value = len(indent), self._value(line)
        here = self._container(column, is_item=dash is not None)
        if isinstance(here, list):
            if key is None:
                here.append(value)
                return
            column += len(dash)
            inner: dict[str, Any] = {}
            here.append(inner)
            self._open.append((column, inner))
            here = inner
        if key is None or key in here:
            raise _NotPlainError
        here[key] = value
        if line.lastgroup == "key":
            self._awaiting = (column, here, key)

    def _value(self, line: re.Match[str]) -> object:
        kind = line.lastgroup
        if kind == "plain":
            return self._of_plain(line["plain"].rstrip(" "))
        if kind == "double":
            return line[kind].replace('\\"', '"')
        if kind == "single":
            return line[kind].replace("''", "'")
        if kind == "list":
            return self._items(line["list"])
        if kind == "key":
            return self._of_plain("")
        raise _NotPlainError

    def _items(self, text: str) -> list[object]:
        """The items of a list in brackets."""
        found: list[object] = []
        at, end = 0, len(text)
        while at < end:
            item = _ITEM.match(text, at)
            if item is None:
                if found or text.strip(" "):
                    raise _NotPlainError
                break
            double, single, plain = item.groups()
            if plain is not None:
                found.append(self._of_plain(plain.rstrip(" ")))
            else:
                found.append(single if double is None else double)
            at = item.end()
        return found

    def _container(self, column: int, *, is_item: bool) -> dict[str, Any] | list[Any]:
        """The list or mapping that a line in this column goes on with, or begins."""
        awaiting, self._awaiting = self._awaiting, None
        if not column and not is_item:
            del self._open[1:]
            return self._root
        if awaiting is not None:
            outer, mapping, key = awaiting
            # A list's dashes may stand right under the key.
            if column > outer or (is_item and column == outer):
                inner: dict[str, Any] | list[Any] = [] if is_item else {}
                mapping[key] = inner
                self._open.append((column, inner))
                if len(self._open) > DEEPEST:
                    raise _NotPlainError
        while self._open:
            at, here = self._open[-1]
            if at == column and isinstance(here, list) == is_item:
                return here
            if at < column:
                break
            self._open.pop()
        raise _NotPlainError
