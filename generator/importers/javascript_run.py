"""Working JavaScript out: scopes, calls and signs, with their limits (see `javascript`)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.importers.javascript_library import (
    GLOBALS,
    UnworkableError,
    as_number,
    as_text,
    is_true,
    member_of,
)
from generator.render import extent

MOST_STEPS = 200_000
LONGEST = 1_000_000
LARGEST = 2.0**53
"""From here on JavaScript reckons in fractions."""

Scope = dict[str, Any]
Node = Callable[["Run", Scope], Any]
Resolver = Callable[[str], Any]
"""The value of a name that a function does not set itself. Raises UnworkableError."""


class Run:
    """One working out, with its limits; `resolve` tells the names of the file around a function."""

    def __init__(self, resolve: Resolver) -> None:
        self.resolve = resolve
        self._steps = 0

    def step(self) -> None:
        """Take one step. Raises UnworkableError where it was one too many."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise UnworkableError("it never ends")


class Returned(Exception):  # noqa: N818 - no error
    """How a function hands out its value."""

    def __init__(self, value: object) -> None:
        self.value = value


class Parameter:
    """A name that is set, or those within one in brackets, each with its default."""

    def __init__(
        self,
        name: str,
        default: Node | None = None,
        inner: tuple["Parameter", ...] = (),
        *,
        is_list: bool = False,
        is_rest: bool = False,
        key: str = "",
    ) -> None:
        self.name, self.default, self._inner = name, default, inner
        self._is_list, self.is_rest, self._key = is_list, is_rest, key or name

    def set(self, value: Any, run: Run, scope: Scope) -> None:  # noqa: ANN401 - whatever there is
        """Set it, its default where there is no value."""
        if value is None and self.default is not None:
            value = self.default(run, scope)
        if self.name:
            scope[self.name] = value
            return
        for number, one in enumerate(self._inner):
            if one.is_rest:
                raise UnworkableError("what is left of a value")
            if self._is_list:
                items = value if isinstance(value, list) else []
                one.set(items[number] if number < len(items) else None, run, scope)
            else:
                found = value.get(one._key) if isinstance(value, Mapping) else None  # noqa: SLF001
                one.set(found, run, scope)


class Function:
    """A function of a project, which is called as one of Python's."""

    def __init__(self, parameters: Sequence[Parameter], body: Node, run: Run, scope: Scope) -> None:
        self.parameters, self._body, self._run, self._scope = parameters, body, run, scope

    def __call__(self, *arguments: object) -> Any:  # noqa: ANN401 - whatever there is
        """What it returns. Raises UnworkableError."""
        self._run.step()
        scope: Scope = {"": self._scope}
        for number, parameter in enumerate(self.parameters):
            if parameter.is_rest:
                scope[parameter.name] = [*arguments[number:]]
                break
            given = arguments[number] if number < len(arguments) else None
            parameter.set(given, self._run, scope)
        try:
            self._body(self._run, scope)
        except Returned as returned:
            return returned.value
        except RecursionError:
            raise UnworkableError("it never ends") from None
        return None


def constant(value: object) -> Node:
    """A value that is always the same."""
    return lambda _run, _scope: value


def named(name: str) -> Node:
    """What a name stands for: in a scope, everywhere, or in the file around a function."""

    def run(run: Run, scope: Scope) -> Any:  # noqa: ANN401 - whatever there is
        holder: Scope | None = scope
        while holder is not None:
            if name in holder:
                return holder[name]
            holder = holder.get("")
        return GLOBALS[name] if name in GLOBALS else run.resolve(name)

    return run


def member(value: Node, key: Node, *, is_optional: bool = False) -> Node:
    """A member of a value; with `?.` nothing of what is not there."""

    def run(run: Run, scope: Scope) -> Any:  # noqa: ANN401 - whatever there is
        run.step()
        holder = value(run, scope)
        if holder is None and is_optional:
            return None
        return member_of(holder, key(run, scope))

    return run


def called(function: Node, arguments: Sequence[Node], *, is_optional: bool = False) -> Node:
    """A call."""

    def run(run: Run, scope: Scope) -> Any:  # noqa: ANN401 - whatever there is
        run.step()
        asked = function(run, scope)
        if asked is None and is_optional:
            return None
        if not callable(asked):
            raise UnworkableError("calls what is no function")
        try:
            made = asked(*(argument(run, scope) for argument in arguments))
        except (
            TypeError,
            ValueError,
            IndexError,
            KeyError,
            AttributeError,
            OverflowError,
        ) as error:
            raise UnworkableError(str(error)) from None
        if isinstance(made, str | list) and len(made) > LONGEST:
            raise UnworkableError("it never ends")
        return made

    return run


def in_list(items: Sequence[Node]) -> Node:
    """A list. Raises UnworkableError where lists within one another hold too much."""
    return lambda run, scope: _weighed([item(run, scope) for item in items])


def in_mapping(pairs: Sequence[tuple[str, Node]]) -> Node:
    """A mapping. Raises UnworkableError where it holds too much."""
    return lambda run, scope: _weighed({name: value(run, scope) for name, value in pairs})


def in_text(parts: Sequence[Node]) -> Node:
    """A template literal. Raises UnworkableError where it grows too long."""

    def run(run: Run, scope: Scope) -> str:
        texts = [as_text(part(run, scope)) for part in parts]
        if sum(map(len, texts)) > LONGEST:
            raise UnworkableError("it never ends")
        return "".join(texts)

    return run


def _weighed(value: Any) -> Any:  # noqa: ANN401 - a list or a mapping
    try:
        return extent.weighed(value)
    except OverflowError as error:
        raise UnworkableError(str(error)) from None


def setting(target: Parameter, value: Node) -> Node:
    """Set a name, or those in brackets."""
    return lambda run, scope: target.set(value(run, scope), run, scope)


def both(sign: str, left: Node, right: Node) -> Node:
    """Two values and the sign between them; of `||` and its like the second may not be asked."""
    if sign in ("||", "&&", "??"):

        def run(run: Run, scope: Scope) -> Any:  # noqa: ANN401 - whatever there is
            first = left(run, scope)
            stays = first is not None if sign == "??" else is_true(first) == (sign == "||")
            return first if stays else right(run, scope)

        return run
    return lambda run, scope: combined(sign, left(run, scope), right(run, scope))


def combined(sign: str, left: Any, right: Any) -> Any:  # noqa: ANN401, PLR0911 - whatever there is
    """Two values with a sign between them. Raises UnworkableError."""
    if sign == "+" and (isinstance(left, str | list) or isinstance(right, str | list)):
        made = as_text(left) + as_text(right)
        if len(made) > LONGEST:
            raise UnworkableError("it never ends")
        return made
    if sign in ("==", "==="):
        return left == right
    if sign in ("!=", "!=="):
        return left != right
    if sign == "in":
        return isinstance(right, Mapping) and left in right
    if isinstance(left, str) and isinstance(right, str) and sign in ORDER:
        return ORDER[sign](left, right)
    first, second = as_number(left), as_number(right)
    if sign in ORDER:
        return ORDER[sign](first, second)
    try:
        number = ARITHMETIC[sign](first, second)
        return number if abs(number) < LARGEST else float(number)
    except (ArithmeticError, ValueError, KeyError):
        raise UnworkableError(sign) from None


def type_of(value: object) -> str:
    """What `typeof` says."""
    if value is None:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "function" if callable(value) else "object"


ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    ">": lambda a, b: bool(a > b),
    "<=": lambda a, b: bool(a <= b),
    ">=": lambda a, b: bool(a >= b),
}
ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
}
