"""Settings that are a Python program, read as data: nothing of it is ever run.

Pelican and Nikola are configured so. What a file assigns is worked out where it is made of
literals, of names that were assigned before, and of the few calls that settings are full of.
Whatever else stands there has no value, and its name is told.
"""

import ast
import posixpath
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from generator.model.values import frozen
from generator.render import extent

LARGEST = 100_000
"""Characters or members of one value: what is larger was made to be."""
MOST_FILES = 10
TEXT_METHODS: Mapping[str, Callable[..., object]] = {
    "lower": str.lower,
    "upper": str.upper,
    "strip": str.strip,
    "rstrip": str.rstrip,
    "lstrip": str.lstrip,
    "title": str.title,
    "split": str.split,
}
TEXT_OF = frozenset({"str", "Path", "pathlib.Path"})
LISTS: Mapping[str, Callable[..., object]] = {
    "list": list,
    "tuple": tuple,
    "set": list,
}
JOINS = frozenset({"os.path.join", "path.join", "join"})
FOLDERS_OF = frozenset({"os.path.dirname", "path.dirname", "dirname"})
FROM_ENVIRONMENT = frozenset({"os.environ.get", "environ.get", "os.getenv", "getenv"})
AS_THEY_ARE = frozenset(
    ("os.path.abspath", "os.path.normpath", "os.path.expanduser", "os.fspath", "_", "gettext")
)


Sized = TypeVar("Sized", str, list[object])


class UnknownValueError(Exception):
    """An expression whose value only running the program would tell."""


@frozen
class PythonSettings:
    """What a program assigns: names and values, and the names that have no value that can be read.

    Lists stay lists and mappings dicts, as the program would have them.
    """

    values: dict[str, object]
    unread: tuple[str, ...] = ()

    def text(self, name: str, default: str = "") -> str:
        """A setting that is a text; the default where it is none, or is not set."""
        value = self.values.get(name, default)
        return value if isinstance(value, str) else default

    def flag(self, name: str, *, default: bool) -> bool:
        """A setting that is on or off."""
        value = self.values.get(name, default)
        return value if isinstance(value, bool) else default

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A setting that is a list of texts; one text counts as such."""
        value = self.values.get(name)
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list | tuple):
            return tuple(one for one in value if isinstance(one, str))
        return default

    def mapping(self, name: str) -> dict[object, object]:
        """A setting that is a mapping."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}


def read_python_settings(*files: Path) -> PythonSettings:
    """What these files assign, a later one over an earlier one; those that are not there count not.

    A file that is no Python is read for nothing; its name is told among `unread`.
    """
    reader = _Reader()
    for file in files:
        reader.read(file)
    unread = tuple(name for name in dict.fromkeys(reader.unread) if name not in reader.values)
    return PythonSettings(reader.values, unread)


class _Reader:
    """Reads files one after another, with the values that are known so far."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.unread: list[str] = []
        self._seen: set[Path] = set()

    def read(self, file: Path) -> None:
        if file in self._seen or len(self._seen) >= MOST_FILES or not file.is_file():
            return
        self._seen.add(file)
        try:
            with warnings.catch_warnings(action="ignore"):  # patterns with odd backslashes
                module = ast.parse(file.read_bytes())
        except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
            self.unread.append(file.name)
            return
        self.values["__file__"] = file.name
        self._take(module.body, file.parent)
        self.values.pop("__file__", None)

    def _take(self, statements: list[ast.stmt], folder: Path) -> None:
        for statement in statements:
            try:
                self._one(statement, folder)
            except (UnknownValueError, RecursionError):
                self.unread += _assigned(statement)
                for name in _assigned(statement):
                    self.values.pop(name, None)

    def _one(self, statement: ast.stmt, folder: Path) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                found = self._value(value)
                for target in targets:
                    self._assign(target, found)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, self._value(value))
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                self.values[name] = _sum(self.values.get(name), self._value(value))
            case ast.Expr(value=ast.Call() as call):
                self._change(call)
            case ast.ImportFrom(module=str(module), names=[ast.alias(name="*")], level=0 | 1):
                self.read(folder / f"{module.replace('.', '/')}.py")
            case ast.If(test=test, body=body, orelse=otherwise):
                self._take(body if self._is_true(test) else otherwise, folder)
            case ast.Try(body=body) | ast.With(body=body):
                self._take(body, folder)
            case _:
                pass

    def _is_true(self, test: ast.expr) -> bool:
        """Whether a branch is taken; where that cannot be known, it is not."""
        if isinstance(test, ast.Compare) and ast.unparse(test).startswith("__name__"):
            return False
        try:
            return bool(self._value(test))
        except UnknownValueError:
            return False

    def _assign(self, target: ast.expr, value: object) -> None:
        match target:
            case ast.Name(id=name):
                self.values[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                if not isinstance(value, list | tuple) or len(value) != len(targets):
                    raise UnknownValueError
                for one, inner in zip(targets, value, strict=True):
                    self._assign(one, inner)
            case ast.Subscript(value=ast.Name(id=name), slice=key):
                held = self.values.get(name)
                if isinstance(held, dict):
                    held[_key(self._value(key))] = value

    def _change(self, call: ast.Call) -> None:
        """A list that grows, or a mapping that is brought up to date."""
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[argument]
            ):
                held, value = self.values.get(name), self._value(argument)
                if isinstance(held, list) and method in ("append", "extend"):
                    added = [value] if method == "append" else value
                    self.values[name] = _sum(held, added)
                elif isinstance(held, dict) and isinstance(value, dict) and method == "update":
                    held.update(value)

    def _value(self, expression: ast.expr) -> object:  # noqa: PLR0911 - a table of forms
        """What an expression comes to. Raises UnknownValueError where that is not plain."""
        match expression:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name) if name in self.values:
                return self.values[name]
            case ast.List(elts=parts) | ast.Set(elts=parts):
                return _weighed(list(self._members(parts)))
            case ast.Tuple(elts=parts):
                return _weighed(tuple(self._members(parts)))
            case ast.Dict(keys=keys, values=values):
                return _weighed(dict(self._entries(keys, values)))
            case ast.JoinedStr(values=parts):
                return _bounded("".join(_text(self._value(part)) for part in parts))
            case ast.FormattedValue(value=value, format_spec=None):
                return self._value(value)
            case ast.Call():
                return self._called(expression)
            case _:
                return self._worked_out(expression)

    def _worked_out(self, expression: ast.expr) -> object:  # noqa: C901, PLR0911 - as above
        match expression:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self._value(operand)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value = self._value(operand)
                if isinstance(value, int | float):
                    return -value
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _sum(self._value(left), self._value(right))
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return _filled(self._value(left), self._value(right))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return _bounded(posixpath.join(_text(self._value(left)), _text(self._value(right))))
            case ast.Subscript(value=value, slice=key):
                return _member(self._value(value), self._value(key))
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                return self._value(body if self._is_true(test) else otherwise)
            case ast.BoolOp(op=ast.Or(), values=values):
                found = [self._value(value) for value in values]
                return next((value for value in found if value), found[-1])
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                return self._value(left) == self._value(right)
        raise UnknownValueError

    def _members(self, parts: list[ast.expr]) -> Iterator[object]:
        for part in parts:
            if isinstance(part, ast.Starred):
                value = self._value(part.value)
                if not isinstance(value, list | tuple):
                    raise UnknownValueError
                yield from value
            else:
                yield self._value(part)

    def _entries(
        self, keys: list[ast.expr | None], values: list[ast.expr]
    ) -> Iterator[tuple[object, object]]:
        for key, value in zip(keys, values, strict=True):
            found = self._value(value)
            if key is not None:
                yield _key(self._value(key)), found
            elif isinstance(found, dict):
                yield from found.items()

    def _called(self, call: ast.Call) -> object:  # noqa: PLR0911 - as above
        """What one of the few calls that are known gives."""
        name = ast.unparse(call.func)
        if name in FROM_ENVIRONMENT:
            return self._value(call.args[1]) if len(call.args) > 1 else None
        if isinstance(call.func, ast.Attribute):
            method, holder = call.func.attr, call.func.value
            if name not in JOINS | AS_THEY_ARE | FOLDERS_OF:
                return self._method(method, self._value(holder), call)
        arguments = [self._value(argument) for argument in call.args]
        if name in JOINS and all(isinstance(one, str) for one in arguments) and arguments:
            return posixpath.join(*map(str, arguments))
        if name in FOLDERS_OF and len(arguments) == 1:
            return posixpath.dirname(_text(arguments[0]))
        if name == "dict" and not arguments:
            return {one.arg: self._value(one.value) for one in call.keywords if one.arg}
        if name in AS_THEY_ARE and len(arguments) == 1:
            return arguments[0]
        if name in TEXT_OF and len(arguments) == 1:
            return _text(arguments[0])
        if name in LISTS and all(isinstance(one, list | tuple | dict) for one in arguments[:1]):
            return LISTS[name](*arguments[:1])
        raise UnknownValueError

    def _method(self, method: str, holder: object, call: ast.Call) -> object:
        arguments = [self._value(argument) for argument in call.args]
        if isinstance(holder, str):
            if method in TEXT_METHODS and all(isinstance(one, str) for one in arguments):
                return TEXT_METHODS[method](holder, *arguments)
            if method == "join" and len(arguments) == 1 and isinstance(arguments[0], list | tuple):
                return _bounded(holder.join(map(_text, arguments[0])))
        if isinstance(holder, dict) and method == "copy":
            return dict(holder)
        if isinstance(holder, dict) and method == "get" and arguments:
            return holder.get(_key(arguments[0]), *arguments[1:2])
        raise UnknownValueError


def _assigned(statement: ast.stmt) -> list[str]:
    """The names to which a statement gives a value."""
    targets = statement.targets if isinstance(statement, ast.Assign) else ()
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _key(value: object) -> object:
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, tuple) and all(isinstance(one, str | int) for one in value):
        return value
    raise UnknownValueError


def _sum(left: object, right: object) -> object:
    match left, right:
        case str(), str():
            return _bounded(left + right)
        case ((list() | tuple()), (list() | tuple())):
            joined = _bounded([*left, *right])
            return tuple(joined) if isinstance(left, tuple) else joined
        case ((int() | float()), (int() | float())):
            return left + right
    raise UnknownValueError


def _weighed(value: object) -> object:
    """A list or a mapping. Raises UnknownValueError where it holds too much, within itself too."""
    try:
        return extent.weighed(value)
    except OverflowError:
        raise UnknownValueError from None


def _bounded(value: Sized) -> Sized:
    if len(value) > LARGEST:
        raise UnknownValueError
    return value


def _text(value: object) -> str:
    """A plain value as text; a list in itself could be without end."""
    if isinstance(value, str | int | float | bool | None):
        return str(value)
    raise UnknownValueError


def _filled(pattern: object, values: object) -> object:
    """A text with `%s` in it, filled in."""
    filled = values if isinstance(values, tuple) else (values,)
    if isinstance(pattern, str) and pattern.count("%") == pattern.count("%s") == len(filled):
        first, *pieces = pattern.split("%s")
        parts = (_text(value) + piece for value, piece in zip(filled, pieces, strict=True))
        return _bounded(first + "".join(parts))
    raise UnknownValueError


def _member(value: object, key: object) -> object:
    if isinstance(value, dict) and _key(key) in value:
        return value[_key(key)]
    if isinstance(value, list | tuple) and isinstance(key, int) and key in range(len(value)):
        return value[key]
    raise UnknownValueError
