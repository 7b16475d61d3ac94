"""Options: turning the values of a configuration file into a frozen, typed value.

A group of options is a frozen value whose fields are made by `option`, so that
type, default and explanation stand in one place. Values arrive as they are written
in the file (strings, lists, mappings); every fault is gathered.
"""

import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from generator.model.frozen import EMPTY, FrozenMap, freeze
from generator.model.problems import MOST_TOLD, Fault
from generator.model.values import frozen, replace

Group = TypeVar("Group")
Class = TypeVar("Class", bound=type)
Keys = tuple[str | int, ...]

TRUE = frozenset({"true", "yes", "on"})
FALSE = frozenset({"false", "no", "off"})
LARGEST = 999_999_999
OF_THIS_MACHINE = ("localtime", "posixrules")
"""Names that some systems give their own time zone: the same site would differ from theirs."""


def option(
    default: Any,  # noqa: ANN401 - of the field's own type
    doc: str,
    *,
    shorthand: str = "",
    least: float = 0,
    most: float = LARGEST,
    required: bool = False,
    check: Callable[[str], str] | None = None,
    hint: str = "",
    read: Callable[[object, Keys], tuple[object, tuple[Fault, ...]]] | None = None,
    noun: str = "",
    keyed: str = "",
) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Declare an option: its default and its one-line explanation.

    For a nested group, `shorthand` names the field that takes the value when the
    file gives a plain value or list instead of a mapping. A tuple of groups that is `keyed` stands
    in the file as a mapping, and each group's key becomes its field of that name. A number is
    from `least` to `most`; a text that is `required` is there and not blank; `check` tells what
    else is wrong with a text, or nothing, and `hint` what to do about it. What has a form of its
    own is `read` by a function, from the value and its keys, and documentation calls it by a
    `noun`.
    """
    return Option(default, doc, shorthand, least, most, required, check, hint, read, noun, keyed)


@frozen
class Option:
    """What `option` declares of a field."""

    default: Any
    doc: str
    shorthand: str
    least: float
    most: float
    required: bool
    check: Callable[[str], str] | None
    hint: str
    read: Callable[[object, Keys], tuple[object, tuple[Fault, ...]]] | None = None
    noun: str = ""
    keyed: str = ""


@dataclass_transform(frozen_default=True)
def option_group(kind: Class) -> Class:
    """Make a class of options; `options_of` tells how they were declared."""
    declared = {name: it for name, it in kind.__dict__.items() if isinstance(it, Option)}
    for name, it in declared.items():
        setattr(kind, name, it.default)
    kind.declared_options = declared  # type: ignore[attr-defined]
    return frozen(kind)


def options_of(group: type) -> dict[str, Option]:
    """The options of a group, by name, in their order."""
    declared: dict[str, Option] = getattr(group, "declared_options", {})
    return declared


@frozen
class OptionRow:
    """One option as documentation lists it."""

    name: str
    type: str
    default: str
    doc: str


class OptionError(Exception):
    """A value that does not fit its option."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def near(name: str, known: list[str]) -> str:
    """A hint that names the nearest known name, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - 1 ms: for faults alone

    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""


def did_you_mean(name: str, known: list[str]) -> str:
    """A hint that names the nearest known name, or lists what there is."""
    return near(name, known) or f"Known here: {', '.join(sorted(known))}."


def parse_group(
    group: type[Group], values: object, keys: Keys = ()
) -> tuple[Group, tuple[Fault, ...]]:
    """Make a group from the values in a file; what is faulty keeps its default."""
    faults: list[Fault] = []
    fields = options_of(group)
    hints = get_type_hints(group)
    if values is None:
        values = {}
    if not isinstance(values, Mapping):
        return group(), (Fault(keys, "not a group of options", "Write one option a line."),)
    taken: dict[str, Any] = {}
    for name, value in values.items():
        if name not in fields:
            hint = did_you_mean(str(name), list(fields)) if len(faults) < MOST_TOLD else ""
            faults.append(Fault((*keys, name), f'unknown option "{name}"', hint, on_key=True))
        elif value is not None:
            result, more = _parse(hints[name], fields[name], value, (*keys, name))
            faults += more
            if not any(fault.keys == (*keys, name) for fault in more):
                taken[name] = result
    faults += [
        Fault(keys, f"no {name}", declared.hint)
        for name, declared in fields.items()
        if declared.required and values.get(name) is None
    ]
    return group(**taken), tuple(faults)


def _parse(
    kind: Any,  # noqa: ANN401 - a type hint
    field: Option,
    value: object,
    keys: Keys,
) -> tuple[object, tuple[Fault, ...]]:
    """Read one value as its field's type says."""
    if field.read:
        return field.read(value, keys)
    if options_of(kind):
        shorthand = field.shorthand
        if shorthand and not isinstance(value, Mapping):
            inner, faults = parse_group(kind, {shorthand: value}, keys)
            written = len(keys) + 1  # the field's own name stands nowhere in the file
            return inner, tuple(replace(f, keys=keys + f.keys[written:]) for f in faults)
        return parse_group(kind, value, keys)
    if get_origin(kind) is tuple:
        parse = _parse_keyed if field.keyed else _parse_tuple
        return parse(get_args(kind)[0], field, value, keys)
    try:
        result = parse_scalar(kind, value)
        _check(result, field)
    except OptionError as error:
        return None, (Fault(keys, error.message, error.hint),)
    return result, ()


def _parse_keyed(
    kind: Any,  # noqa: ANN401 - a type hint
    field: Option,
    value: object,
    keys: Keys,
) -> tuple[object, tuple[Fault, ...]]:
    """Read a mapping of groups, each under its name. One with a fault is left out."""
    if not isinstance(value, Mapping):
        return None, (Fault(keys, "not a mapping", "Write one name a line, its options below."),)
    results: list[object] = []
    faults: list[Fault] = []
    for key, entry in value.items():
        inner = entry if isinstance(entry, Mapping) else {field.shorthand: entry}
        named = {**inner, field.keyed: str(key)}
        result, more = parse_group(kind, named, (*keys, key))
        faults += more
        if not more:
            results.append(result)
    return tuple(results), tuple(faults)


def _check(value: object, field: Option) -> None:
    """Hold a value against its option's own rules; raises OptionError."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not field.least <= value <= field.most:
            hint = f"Write a number from {field.least} to {field.most:,}."
            raise OptionError(f"out of range: {value}", hint)
    elif isinstance(value, str):
        if field.required and not value.strip():
            raise OptionError("is empty", field.hint)
        if field.check and (fault := field.check(value)):
            raise OptionError(fault, field.hint)


def _parse_tuple(
    kind: Any,  # noqa: ANN401 - a type hint
    field: Option,
    value: object,
    keys: Keys,
) -> tuple[object, tuple[Fault, ...]]:
    """Read a list; a text is split at its commas. An entry with a fault is left out."""
    if isinstance(value, str) and not options_of(kind):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        return None, (Fault(keys, "not a list", 'Write one entry a line, each after "- ".'),)
    results: list[object] = []
    faults: list[Fault] = []
    for number, entry in enumerate(value):
        result, more = _parse(kind, field, entry, (*keys, number))
        faults += more
        if not any(fault.keys == (*keys, number) for fault in more):
            results.append(result)
    return tuple(results), tuple(faults)


def parse_scalar(kind: Any, value: object) -> object:  # noqa: ANN401 - a type hint
    """Read one value as `kind`; raises OptionError when it does not fit."""
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(arg for arg in get_args(kind) if arg is not type(None))
    if kind is FrozenMap:
        if not isinstance(value, Mapping):
            raise OptionError("not a mapping", "Write one name and value a line.")
        return freeze(value)
    if not isinstance(value, str):
        raise OptionError(f"not {_noun(kind)}", "Write a single value.")
    text = value.strip()
    if kind is bool:
        return _boolean(text)
    if kind in (int, float):
        return _number(kind, text)
    if kind is ZoneInfo:
        return _zone(text)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(kind, text)
    return value


def _boolean(text: str) -> bool:
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise OptionError(f'not true or false: "{text}"', 'Write "true" or "false".')


def _number(kind: type[int] | type[float], text: str) -> int | float:
    try:
        return kind(text)
    except ValueError:
        noun = _noun(kind)
        raise OptionError(f'not {noun}: "{text}"', "Write digits only.") from None


def _zone(text: str) -> ZoneInfo:
    zone = None
    if text not in OF_THIS_MACHINE:
        with suppress(LookupError, ValueError, OSError):
            zone = ZoneInfo(text)
    if zone is None:
        hint = 'Write a name such as "Europe/Kyiv" or "UTC".'
        raise OptionError(f'unknown time zone: "{text}"', hint)
    return zone


def _choice(kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return kind(text.lower())
    except ValueError:
        known = [str(member) for member in kind]
        raise OptionError(f'unknown value: "{text}"', did_you_mean(text, known)) from None


def _noun(kind: Any) -> str:  # noqa: ANN401 - a type hint
    names = {bool: "true or false", int: "a whole number", float: "a number"}
    return names.get(kind, "a text")


def option_rows(group: type, prefix: str = "") -> Iterator[OptionRow]:
    """Every option of a group and of the groups in it, as documentation lists them."""
    hints = get_type_hints(group)
    for own, field in options_of(group).items():
        name, kind = prefix + own, hints[own]
        inner = get_args(kind)[0] if get_origin(kind) is tuple else kind
        if options_of(inner):
            if field.shorthand or inner is not kind:
                told = "mapping of groups" if field.keyed else _type_name(kind)
                yield OptionRow(name, told, "", field.doc)
            below = ".NAME." if field.keyed else "[]." if inner is not kind else "."
            key = f"{name}.NAME.{field.keyed}"  # is no option of its own
            yield from (row for row in option_rows(inner, name + below) if row.name != key)
        else:
            noun = field.noun or _type_name(kind)
            yield OptionRow(name, noun, _shown(field.default), field.doc)


def _type_name(kind: Any) -> str:  # noqa: ANN401 - a type hint
    if get_origin(kind) is tuple:
        return f"list of {_type_name(get_args(kind)[0])}"
    if get_origin(kind) in (Union, types.UnionType):
        return _type_name(next(a for a in get_args(kind) if a is not type(None)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return " or ".join(kind)
    names: dict[Any, str] = {
        str: "text",
        bool: "true or false",
        int: "whole number",
        float: "number",
        ZoneInfo: "time zone",
        FrozenMap: "mapping",
    }
    return names.get(kind, "group")


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if default is EMPTY or default in ("", ()):
        return ""
    if isinstance(default, tuple):
        return ", ".join(str(part) for part in default)
    return str(default)
