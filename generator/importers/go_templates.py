"""Go templates, as far as a shortcode needs them that only arranges its arguments.

Text, values, `if`, `with`, `range`, variables, pipelines and the usual functions
(pkg.go.dev/text/template). Whatever else a template does is not guessed: it raises
UnsupportedError, and the shortcode counts as one that nobody can expand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from generator.importers.go_functions import (
    FUNCTIONS,
    Function,
    Html,
    UnsupportedError,
    field_of,
    is_so,
)
from generator.model.values import frozen

ACTION = re.compile(
    r"\{\{(-\s)?\s*(/\*.*?\*/|(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`|.)*?)\s*(\s-)?\}\}", re.DOTALL
)
WORD = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<raw>`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)
    |(?P<mark>:=|=|[()|,])|(?P<name>\$?\w*(?:\.\w+)+|\$\w*|\w+|\.))""",
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t"}
MOST_STEPS = 20_000
LONGEST = 1_000_000


Node = tuple[str, str, tuple["Node", ...], tuple["Node", ...]]
"""Kind, what it says, what stands in it, and what stands behind its `else`."""


def parse(source: str) -> tuple[Node, ...]:
    """A template's nodes. Raises UnsupportedError for what is not understood."""
    nodes, rest, end = _block(_pieces(source))
    if end or next(rest, None) is not None:
        raise UnsupportedError("an end without a beginning")
    return nodes


def _pieces(source: str) -> Iterator[tuple[bool, str]]:
    """Text and actions in turn, white space trimmed where it is asked for."""
    at, is_trimmed = 0, False
    for match in ACTION.finditer(source):
        text = source[at : match.start()]
        text = text.lstrip() if is_trimmed else text
        yield False, text.rstrip() if match[1] else text
        if not match[2].startswith("/*"):
            yield True, match[2].strip()
        at, is_trimmed = match.end(), bool(match[3])
    yield False, source[at:].lstrip() if is_trimmed else source[at:]


def _block(
    pieces: Iterator[tuple[bool, str]],
) -> tuple[tuple[Node, ...], Iterator[tuple[bool, str]], str]:
    """The nodes up to an `end` or an `else`, which is given too."""
    nodes: list[Node] = []
    for is_action, text in pieces:
        word, _, rest = text.partition(" ")
        if not is_action:
            nodes.append(("text", text, (), ()))
        elif word in ("end", "else"):
            return tuple(nodes), pieces, text
        elif word in ("if", "with", "range"):
            nodes.append(_branch(word, rest, pieces))
        elif word in ("define", "template", "block", "break", "continue", "return"):
            raise UnsupportedError(word)
        else:
            nodes.append(("value", text, (), ()))
    return tuple(nodes), pieces, ""


def _branch(word: str, condition: str, pieces: Iterator[tuple[bool, str]]) -> Node:
    inner, _, end = _block(pieces)
    other: tuple[Node, ...] = ()
    if end.startswith("else"):
        behind = end.removeprefix("else").strip()
        if behind:
            again, _, rest = behind.partition(" ")
            other = (_branch(again, rest, pieces),)
        else:
            other, _, end = _block(pieces)
    if not end:
        raise UnsupportedError(f"{word} without an end")
    return (word, condition.strip(), inner, other)


@frozen
class _Call:
    """A pipeline's part: what is called or taken, and its arguments."""

    name: str
    arguments: tuple[Any, ...] = ()


class Template:
    """Expands one template; `functions` by name, among them those that know the site."""

    def __init__(self, nodes: Sequence[Node], functions: Mapping[str, Function]) -> None:
        self._nodes, self._functions = nodes, functions
        self._steps = 0

    def expanded(self, dot: object) -> str:
        """What the template makes of a value."""
        self._steps = 0
        text = "".join(self._run(self._nodes, dot, {"$": dot}))
        if len(text) > LONGEST:
            raise UnsupportedError("it never ends")
        return text

    def _run(self, nodes: Sequence[Node], dot: object, names: dict[str, Any]) -> Iterator[str]:
        for node in nodes:
            kind, text, _, _ = node
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise UnsupportedError("it never ends")
            if kind == "text":
                yield text
            elif kind == "value":
                yield self._value_of(text, dot, names)
            else:
                yield from self._branch(node, dot, names)

    def _branch(self, node: Node, dot: object, names: dict[str, Any]) -> Iterator[str]:
        kind, text, inner, other = node
        declared, pipeline = _declared(text)
        value = self._pipeline(pipeline, dot, names)
        if kind == "range":
            items = _items(value)
            for pair in items:
                own = dict(zip(declared, pair[-len(declared) :], strict=False)) if declared else {}
                yield from self._run(inner, pair[1], {**names, **own})
            if not items:
                yield from self._run(other, dot, names)
            return
        # What is set within stays set; what is declared here is gone behind the end.
        own = {**names, **dict.fromkeys(declared, value)}
        here = value if kind == "with" and is_so(value) else dot
        yield from self._run(inner if is_so(value) else other, here, own)
        names.update((name, own[name]) for name in names if name not in declared)

    def _value_of(self, text: str, dot: object, names: dict[str, Any]) -> str:
        declared, pipeline = _declared(text)
        value = self._pipeline(pipeline, dot, names)
        if declared:
            names[declared[0]] = value
            return ""
        if value is None:
            return ""
        if isinstance(value, Mapping | list | tuple) or callable(value):
            raise UnsupportedError(text)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return shown if isinstance(value, Html) else escape(shown)

    def _pipeline(self, text: str, dot: object, names: dict[str, Any]) -> Any:  # noqa: ANN401
        words = _words(text)
        value, rest = self._piped(words, 0, dot, names)
        if rest != len(words):
            raise UnsupportedError(text)
        return value

    def _piped(
        self, words: Sequence[str], at: int, dot: object, names: dict[str, Any]
    ) -> tuple[Any, int]:
        """The value of a pipeline from a word on, and the word behind it."""
        piped: tuple[Any, ...] = ()
        while True:
            values, at = self._operands(words, at, dot, names)
            if not values:
                raise UnsupportedError("nothing in a pipeline")
            first, *others = values
            value = self._applied(first, (*others, *piped))
            if at < len(words) and words[at] == "|":
                piped, at = (value,), at + 1
                continue
            return value, at

    def _applied(self, first: object, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
        if isinstance(first, _Call):
            function = self._functions.get(first.name) or FUNCTIONS.get(first.name)
            if function is None:
                raise UnsupportedError(first.name)
            first = function
        if callable(first):
            try:
                return first(*arguments)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError) as error:
                raise UnsupportedError(str(error)) from None
        if arguments:
            raise UnsupportedError("arguments for a value")
        return first

    def _operands(
        self, words: Sequence[str], at: int, dot: object, names: dict[str, Any]
    ) -> tuple[list[Any], int]:
        values: list[Any] = []
        while at < len(words) and words[at] not in ("|", ")"):
            word = words[at]
            if word == "(":
                value, at = self._piped(words, at + 1, dot, names)
                if at >= len(words) or words[at] != ")":
                    raise UnsupportedError("a bracket that is not closed")
                at += 1
                if at < len(words) and words[at].startswith(".") and len(words[at]) > 1:
                    value, at = field_of(value, words[at][1:]), at + 1
                values.append(value)
                continue
            values.append(self._operand(word, dot, names, is_first=not values))
            at += 1
        return values, at

    def _operand(self, word: str, dot: object, names: dict[str, Any], *, is_first: bool) -> Any:  # noqa: ANN401
        if (literal := _literal(word)) is not None:
            return literal
        if word in CONSTANTS:
            return CONSTANTS[word]
        if word[0] == ".":
            return field_of(dot, word[1:])
        first, _, rest = word.partition(".")
        if word[0] == "$":
            if first not in names:
                raise UnsupportedError(word)
            return field_of(names[first], rest)
        if rest and first in self._functions and word not in FUNCTIONS:
            return field_of(self._functions[first](), rest)
        return _Call(word) if is_first else self._applied(_Call(word), ())


def _literal(word: str) -> str | float | None:
    """A text or number that stands in a template; None for everything else."""
    if word[0] == '"':
        return ESCAPE.sub(lambda found: ESCAPES.get(found[1], found[1]), word[1:-1])
    if word[0] == "`":
        return word[1:-1]
    if word[0].isdigit() or (word[0] == "-" and word[1:2].isdigit()):
        return float(word) if "." in word else int(word)
    return None


CONSTANTS: Mapping[str, object] = {"true": True, "false": False, "nil": None}


def _declared(text: str) -> tuple[list[str], str]:
    """The variables that an action sets, and its pipeline."""
    match = re.match(r"\s*(\$\w+(?:\s*,\s*\$\w+)?)\s*:?=(?!=)\s*", text)
    if match is None:
        return [], text
    return [name.strip() for name in match[1].split(",")], text[match.end() :]


def _words(text: str) -> list[str]:
    words: list[str] = []
    at = 0
    while at < len(text) and text[at:].strip():
        match = WORD.match(text, at)
        if match is None or match.end() == at:
            raise UnsupportedError(text)
        words.append(match[0].strip())
        at = match.end()
    return words


def _items(value: object) -> list[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        return sorted(value.items())
    if isinstance(value, list | tuple):
        return list(enumerate(value))
    if value is None or value == "":
        return []
    raise UnsupportedError("range over a value")
