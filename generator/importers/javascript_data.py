"""JavaScript read as data: literals, and functions that only fill in a text. Nothing is run.

Eleventy's settings and data files are programs. What they say in plain literals is read; a
function that returns one template literal is a small template of its own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.importers.javascript_expressions import unescaped
from generator.model.values import frozen

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<text>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\$]|\\.|\$(?!\{))*+`)
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<word>[A-Za-z_$][\w$]*)
      | (?P<sign>[{}\[\],:]|\.\.\.)""",
    re.VERBOSE | re.DOTALL,
)
EXPORT = re.compile(r"\bmodule\.exports\s*=\s*|\bexport\s+default\s+|\bexports\s*=\s*")
RETURN = re.compile(r"\breturn\s*+(?=[{\[])|=>\s*+(?:\(\s*+)?+(?=[{\[])")
WORDS = {"true": True, "false": False, "null": None, "undefined": None}
FUNCTION = re.compile(
    r"""(?:async\s+)?(?:function\b\s*\w*\s*)?\(?(?P<parameters>[^()]*(?:\([^()]*\)[^()]*)*)\)?\s*
    (?:=>\s*)?(?P<block>\{)?""",
    re.VERBOSE,
)
LITERAL = re.compile(r"\s*+(?:return\s*+)?+(?:\(\s*+)?+(?:html|String\.raw)?`")
DEEPEST = 40
LARGEST = 5_000_000


class NotDataError(ValueError):
    """A value that only running the program would tell."""


@frozen
class FilledText:
    """A function that fills in a text: its parameters with their defaults, and the text.

    `text` is a template literal without its backticks; "" where the function does more than that.
    `source` is the file that it stands in, from `start` on.
    """

    parameters: tuple[tuple[str, str], ...]
    text: str = ""
    source: str = ""
    start: int = 0


def exported(source: str) -> Any:  # noqa: ANN401 - whatever there is
    """What a file exports, as far as it is a literal, or a function that returns one; else None."""
    found = EXPORT.search(source[:LARGEST])
    if found is None:
        return None
    for start in (found.end(), *(match.end() for match in RETURN.finditer(source, found.end()))):
        try:
            return value_at(source, start)[0]
        except (NotDataError, RecursionError):
            continue
    return None


def value_at(source: str, start: int) -> tuple[Any, int]:
    """The literal that begins at a place, and where it ends. Raises NotDataError."""
    return _Reader(source).value(start, 0)


class _Reader:
    """Reads literals; a member that is none of them (a function, a call) is passed over."""

    def __init__(self, source: str) -> None:
        self._source = source

    def _token(self, at: int) -> tuple[str, str, int]:
        while match := TOKEN.match(self._source, at):
            at = match.end()
            if match.lastgroup != "space":
                return str(match.lastgroup), match[0], at
        return "", "", at

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        kind, text, end = self._token(at)
        if depth > DEEPEST:
            raise NotDataError
        if kind == "text":
            return unescaped(text[1:-1]), end
        if kind == "number":
            return (float(text) if "." in text else int(text)), end
        if kind == "word" and text in WORDS:
            return WORDS[text], end
        if text == "{":
            return self._mapping(end, depth)
        if text == "[":
            return self._list(end, depth)
        raise NotDataError

    def _member(self, at: int, depth: int) -> tuple[Any, int, bool]:
        """A member's value, where it ends, and whether it is one."""
        try:
            value, end = self.value(at, depth + 1)
            following = self._token(end)[1]
            if following in (",", "}", "]"):
                return value, end, True
        except NotDataError:
            pass
        if filled := filled_text(self._source, at):
            return filled, _end_of_member(self._source, at), True
        return None, _end_of_member(self._source, at), False

    def _mapping(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        while True:
            kind, text, end = self._token(at)
            if text == "}":
                return found, end
            if text == ",":
                at = end
                continue
            if kind not in ("text", "word", "number"):
                if not kind and end >= len(self._source):
                    raise NotDataError
                at = _end_of_member(self._source, at)
                continue
            name = unescaped(text[1:-1]) if kind == "text" else text
            if self._token(end)[1] != ":":
                at = _end_of_member(self._source, at)
                if filled := filled_text(self._source, end):
                    found[name] = filled
                continue
            value, at, is_data = self._member(self._token(end)[2], depth)
            if is_data:
                found[name] = value

    def _list(self, at: int, depth: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        while True:
            _, text, end = self._token(at)
            if text == "]":
                return found, end
            if text == ",":
                at = end
                continue
            if at >= len(self._source):
                raise NotDataError
            value, at, is_data = self._member(at, depth)
            if is_data:
                found.append(value)


def _end_of_member(source: str, at: int) -> int:
    """Where a member ends: at the comma or bracket behind it that closes nothing of its own."""
    depth = 0
    while at < len(source):
        char = source[at]
        if char in "\"'`":
            at = end_of_quoted(source, at)
            continue
        if source.startswith(("//", "/*"), at):
            closer = "\n" if source[at + 1] == "/" else "*/"
            found = source.find(closer, at)
            at = len(source) if found < 0 else found + len(closer)
            continue
        if char in "{[(":
            depth += 1
        elif char in "}])":
            if depth == 0:
                return at
            depth -= 1
        elif char == "," and depth == 0:
            return at
        at += 1
    return at


def end_of_quoted(source: str, at: int) -> int:
    """Where a text in quotes ends, with what it is filled in with."""
    quote, at = source[at], at + 1
    while at < len(source):
        char = source[at]
        if char == "\\":
            at += 2
        elif char == quote:
            return at + 1
        elif quote == "`" and source.startswith("${", at):
            at = _end_of_filling(source, at + 2)
        elif char == "\n" and quote != "`":
            return at
        else:
            at += 1
    return at


def _end_of_filling(source: str, at: int) -> int:
    depth = 0
    while at < len(source):
        char = source[at]
        if char in "\"'`":
            at = end_of_quoted(source, at)
            continue
        if char == "{":
            depth += 1
        elif char == "}":
            if depth == 0:
                return at + 1
            depth -= 1
        at += 1
    return at


def filled_text(source: str, at: int) -> FilledText | None:
    """The function that begins at a place, where there is one."""
    at = _past_space(source, at)
    match = FUNCTION.match(source, at)
    if match is None or ("=>" not in match[0] and match["block"] is None):
        return None
    parameters = tuple(_parameters(match["parameters"]))
    literal = LITERAL.match(source, match.end())
    if literal is None:
        return FilledText(parameters, "", source, at)
    end = end_of_quoted(source, literal.end() - 1)
    behind = source[end : end + 200].lstrip(" \t\n;)")
    if match["block"] and not behind.startswith("}"):
        return FilledText(parameters, "", source, at)
    return FilledText(parameters, source[literal.end() : end - 1], source, at)


def _past_space(source: str, at: int) -> int:
    while at < len(source) and source[at].isspace():
        at += 1
    return at


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    """Names and defaults: `src, alt = "", { width }`."""
    for part in re.split(r",(?![^{]*\})", text):
        name, _, default = part.strip().strip("{}[] ").partition("=")
        for inner in name.split(","):
            if inner.strip():
                yield inner.strip().lstrip("."), default.strip().strip("\"'`")


Values = Mapping[str, object]


def filled(function: FilledText, values: Values) -> str | None:
    """A function's text with its parameters filled in; None where it asks for more than that."""
    return _filled(function.text, values) if function.text else None


def _filled(text: str, values: Values) -> str | None:
    parts: list[str] = []
    at = 0
    while (start := text.find("${", at)) >= 0:
        end = _end_of_filling(text, start + 2)
        value = _value(text[start + 2 : end - 1].strip(), values)
        if value is None:
            return None
        parts += [unescaped(text[at:start]), value]
        at = end
    return "".join((*parts, unescaped(text[at:])))


def _value(expression: str, values: Values) -> str | None:
    """What a simple expression comes to: a name, a choice, a text; None for any other."""
    if choice := re.fullmatch(
        r"(!?)\s*([\w.$]+)\s*\?\s*(.+?)\s*:\s*([\"'`].*|[\w.$]+)", expression, re.DOTALL
    ):
        is_there = bool(_value(choice[2], values)) != bool(choice[1])
        return _value(choice[3] if is_there else choice[4], values)
    for sign, keeps in (("||", False), ("??", False), ("&&", True)):
        left, found, right = expression.partition(sign)
        if found and left.strip()[:1] not in ("`", '"', "'"):
            first = _value(left.strip(), values)
            return _value(right.strip(), values) if bool(first) == keeps else first
    if re.fullmatch(r"[\"'`].*[\"'`]", expression, re.DOTALL) and expression[0] == expression[-1]:
        if end_of_quoted(expression, 0) == len(expression):
            return _filled(expression[1:-1], values)
        return None
    name = re.fullmatch(r"(?:this\.)?([\w$]+)(?:\.(?:trim|toString)\(\))?", expression)
    if name and name[1] in values:
        found_value = values[name[1]]
        return "" if found_value is None else str(found_value)
    return None
