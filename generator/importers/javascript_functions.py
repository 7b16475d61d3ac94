"""Functions of a project's configuration and data, called with what its texts give them."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from generator.importers.javascript import expression_at, function_at
from generator.importers.javascript_data import FilledText
from generator.importers.javascript_library import LIBRARIES, UnworkableError
from generator.importers.javascript_run import Function, Node, Run
from generator.limits import TimeUp, within

FROM = r"""\s*(?:=\s*require\(\s*|from\s+)["']([@\w./-]+)["']"""
IMPORTED = r"""import\s+{}\s+from\s+["']([@\w./-]+)["']"""
MEMBER = r"(?:const|let|var|import)\s+\{{[^{{}}]*\b{}\b[^{{}}]*\}}" + FROM
DECLARED = r"(?:const|let|var)\s+{}\s*=(?![=>])"
FUNCTION = r"\bfunction\s+{}\s*(?=\()"
SECONDS = 1.0
DEEPEST = 20


def worked(function: FilledText, arguments: Sequence[object], this: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever there is
    """What a function makes of arguments; `this` is what it may ask of the page.

    Raises UnworkableError where it does more than can be told.
    """
    if not function.source:
        raise UnworkableError("no function")
    node = _function_node(function.source, function.start)
    names = _Names(function.source, this)
    try:
        return within(SECONDS, partial(_call, node, names, arguments))
    except (TimeUp, RecursionError, OverflowError):
        raise UnworkableError("it never ends") from None


def _call(node: Node, names: "_Names", arguments: Sequence[object]) -> Any:  # noqa: ANN401
    run = Run(names.value)
    called = node(run, {})
    if not isinstance(called, Function):
        raise UnworkableError("no function")
    return called(*arguments)


def parameter_names(function: FilledText) -> tuple[str, ...]:
    """The names of a function's parameters, "" for what takes a mapping apart."""
    try:
        made = _function_node(function.source, function.start)(Run(_nothing), {})
    except UnworkableError:
        return ()
    return tuple(one.name for one in made.parameters) if isinstance(made, Function) else ()


@lru_cache(maxsize=500)
def _function_node(source: str, start: int) -> Node:
    return function_at(source, start)


@lru_cache(maxsize=500)
def _value_node(source: str, start: int) -> Node:
    return expression_at(source, start)


def _nothing(name: str) -> Any:  # noqa: ANN401 - it raises
    raise UnworkableError(name)


class _Names:
    """The names of the file around a function: what it declares, and the libraries it requires."""

    def __init__(self, source: str, this: Mapping[str, Any]) -> None:
        self._source = source
        self._known: dict[str, Any] = {"this": this, "require": _library}
        self._depth = 0

    def value(self, name: str) -> Any:  # noqa: ANN401 - whatever there is
        """What a name stands for. Raises UnworkableError."""
        if name not in self._known:
            self._depth += 1
            if self._depth > DEEPEST:
                raise UnworkableError(name)
            self._known[name] = self._found(re.escape(name), name)
            self._depth -= 1
        return self._known[name]

    def _found(self, escaped: str, name: str) -> Any:  # noqa: ANN401 - whatever there is
        if found := re.search(IMPORTED.format(escaped), self._source):
            return _library(found[1])
        if found := re.search(MEMBER.format(escaped), self._source):
            library = _library(found[1])
            if isinstance(library, Mapping) and name in library:
                return library[name]
            raise UnworkableError(name)
        if found := re.search(FUNCTION.format(escaped), self._source):
            return self._worked(_function_node(self._source, found.end()))
        if found := re.search(DECLARED.format(escaped), self._source):
            return self._worked(_value_node(self._source, found.end()))
        raise UnworkableError(name)

    def _worked(self, node: Callable[[Run, dict[str, Any]], Any]) -> Any:  # noqa: ANN401
        return node(Run(self.value), {})


def _library(name: str) -> Any:  # noqa: ANN401 - whatever there is
    if name not in LIBRARIES:
        raise UnworkableError(name)
    return LIBRARIES[name]
