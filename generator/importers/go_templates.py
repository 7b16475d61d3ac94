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

STOP = re.compile(r"[\"`]|\}\}")
WORD = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<raw>`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)
    |(?P<mark>:=|=|[()|,])|(?P<name>\$?\w*(?:\.\w+)+|\$\w*|\w+|\.))""",
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t"}
SHOWN = "\0shown"
"""The key of a mapping's own text, for a value that has one."""
MOST_STEPS = 20_000
LONGEST = 1_000_000
FAULTS = (TypeError, ValueError, IndexError, KeyError, AttributeError, ArithmeticError)
"""What a function runs into that is given what it cannot take, or asked for too much."""


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
    while (start := source.find("{{", at)) >= 0:
        end = _end_of_action(source, start + 2)
        action = source[start + 2 : end]
        text = source[at:start].lstrip() if is_trimmed else source[at:start]
        trims_before = action[:1] == "-" and action[1:2].isspace()
        is_trimmed = action[-1:] == "-" and action[-2:-1].isspace()
        yield False, text.rstrip() if trims_before else text
        action = action[1:] if trims_before else action
        action = (action[:-1] if is_trimmed else action).strip()
        if action and not action.startswith("/*"):
            yield True, action
        at = end + 2
    yield False, source[at:].lstrip() if is_trimmed else source[at:]


def _end_of_action(source: str, at: int) -> int:
    """Where an action ends: at the first `}}` that stands in no text and no comment."""
    inside = source[at : at + 40].lstrip("- \t\n")
    if inside.startswith("/*"):
        at = max(source.find("*/", at), at)
    while stop := STOP.search(source, at):
        if stop[0] == "}}":
            return stop.start()
        at = stop.end()
        if stop[0] == "`":
            at = source.find("`", at) + 1
        else:
            while at < len(source) and source[at] != '"':
                at += 2 if source[at] == "\\" else 1
            at += 1
        if not at:
            break
    raise UnsupportedError("an action without an end")


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
        elif word in ("define", "block"):
            name, behind = _named(rest)
            inner, _, _ = _block(pieces)
            nodes.append(("define", name, inner, ()))
            if word == "block":
                nodes.append(("template", f'"{name}" {behind}', (), ()))
        elif word in ("template", "return", "break", "continue"):
            nodes.append((word, rest.strip(), (), ()))
        else:
            nodes.append(("value", text, (), ()))
    return tuple(nodes), pieces, ""


def _named(text: str) -> tuple[str, str]:
    """A name in quotes, and what stands behind it."""
    found = re.match(r"\s*+[\"`]([^\"`]*+)[\"`]", text)
    if found is None:
        raise UnsupportedError("a template without a name")
    return found[1], text[found.end() :].strip()


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


class _Returned(Exception):  # noqa: N818 - no error: how a template hands out a value
    def __init__(self, value: object) -> None:
        self.value = value


class _Left(Exception):  # noqa: N818 - no error: `break` and `continue`
    def __init__(self, *, is_end: bool) -> None:
        self.is_end = is_end


class Template:
    """Expands one template; `functions` by name, among them those that know the site."""

    def __init__(self, nodes: Sequence[Node], functions: Mapping[str, Function]) -> None:
        self._nodes, self._functions = nodes, functions
        self._steps = 0
        self._defined = {name: inner for kind, name, inner, _ in nodes if kind == "define"}

    def expanded(self, dot: object) -> str:
        """What the template makes of a value."""
        made = self.value(dot)
        if not isinstance(made, str):
            raise UnsupportedError("a value that is no text")
        return made

    def value(self, dot: object) -> object:
        """The text that the template makes of a value, or what it returns."""
        self._steps = 0
        try:
            text = "".join(self._run(self._nodes, dot, {"$": dot}))
        except _Returned as returned:
            return returned.value
        except _Left:
            raise UnsupportedError("a break outside a range") from None
        if len(text) > LONGEST:
            raise UnsupportedError("it never ends")
        return Html(text)

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
            elif kind == "template":
                name, behind = _named(text)
                yield self._of_template(
                    name, self._pipeline(behind, dot, names) if behind else None
                )
            elif kind == "return":
                raise _Returned(self._pipeline(text, dot, names) if text else "")
            elif kind in ("break", "continue"):
                raise _Left(is_end=kind == "break")
            elif kind != "define":
                yield from self._branch(node, dot, names)

    def _of_template(self, name: str, dot: object) -> str:
        if name not in self._defined:
            raise UnsupportedError(name)
        return "".join(self._run(self._defined[name], dot, {"$": dot}))

    def _branch(self, node: Node, dot: object, names: dict[str, Any]) -> Iterator[str]:
        kind, text, inner, other = node
        declared, pipeline = _declared(text)
        value = self._pipeline(pipeline, dot, names)
        if kind == "range":
            items = _items(value)
            for pair in items:
                own = dict(zip(declared, pair[-len(declared) :], strict=False)) if declared else {}
                scope = {**names, **own}
                try:
                    yield from self._run(inner, pair[1], scope)
                except _Left as left:
                    if left.is_end:
                        break
                names.update((name, scope[name]) for name in names if name not in declared)
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
        if isinstance(value, Mapping) and isinstance(value.get(SHOWN), str):
            return str(value[SHOWN])
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
                return _bounded(first(*arguments))
            except FAULTS as error:
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
    text, at = text.rstrip(), 0
    while at < len(text):
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


def _bounded(made: object) -> object:
    """What a function made. Raises UnsupportedError for a text that no page needs."""
    if isinstance(made, str) and len(made) > LONGEST:
        raise UnsupportedError("it never ends")
    return made
