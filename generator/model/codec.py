"""Codec: frozen values to plain lists and texts that JSON can hold, and back.

For what is kept between two runs. Only what this module writes can be read back, and
nothing but values of the types asked for ever comes out of it.

How a class is taken apart and made is worked out once: an archive has 100,000 of its values.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter, itemgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from generator.model.frozen import EMPTY, FrozenMap, freeze_map

Value = TypeVar("Value")
Plain = Any
"""What `json.loads` may give: texts, numbers, lists, mappings, true, false, None."""

SCALARS = (str, bool, int, float)
AS_IT_IS: frozenset[Any] = frozenset({*SCALARS, type(None)})
MOST_KEPT = 16_384
"""How many names, and how many pictures, are kept to be used again: most stand in many files."""


class NotPlainError(TypeError):
    """A value that JSON cannot hold without losing its type."""


def encode(value: object) -> Plain:
    """A value as lists and texts. Raises NotPlainError for what could not be read back.

    The fields of a dataclass must hold what their types say.
    """
    kind: Any = type(value)
    return value if kind in AS_IT_IS else _encoder(kind)(value)


def decode(kind: type[Value], plain: Plain, zone: tzinfo) -> Value:
    """The value of a frozen dataclass that `encode` made plain; instants come in `zone`.

    Raises ValueError, TypeError or LookupError for a plain value of another shape.
    """
    wanted: Any = kind
    value: Value = _decoder(wanted, zone)(plain)
    return value


@cache
def _encoder(kind: type) -> Callable[[Any], Plain]:
    if issubclass(kind, str):
        return str
    if issubclass(kind, FrozenMap):
        return lambda value: {key: encode(item) for key, item in value.items_}
    if issubclass(kind, datetime):
        return lambda value: value.astimezone(UTC).isoformat()
    if issubclass(kind, tuple):
        return lambda value: [encode(item) for item in value]
    if is_dataclass(kind):
        return _dataclass_encoder(kind)
    raise NotPlainError(kind.__name__)


def _dataclass_encoder(kind: type) -> Callable[[Any], Plain]:
    hints = _hints(kind)
    inner = [(at, _way(hint)) for at, hint in enumerate(hints.values()) if hint not in SCALARS]
    take = _taker(attrgetter, [*hints])
    usual = [field.default for field in fields(kind)]

    def encode_fields(value: object) -> Plain:
        plain = [*take(value)]
        # What is as usual at the end is left out: of a story's fields, half.
        while plain and plain[-1] is usual[len(plain) - 1]:
            plain.pop()
        for at, way in inner:
            if at >= len(plain):
                break
            plain[at] = way(plain[at])
        return plain

    return encode_fields


def _way(hint: Any) -> Callable[[Any], Plain]:  # noqa: ANN401 - a type hint
    """How a field of a type is encoded; where the type leaves a choice, its value tells."""
    if get_origin(hint) is tuple:
        way = _way(get_args(hint)[0])
        return lambda values: [way(value) for value in values]
    return _encoder(hint) if isinstance(hint, type) and is_dataclass(hint) else encode


@cache
def _decoder(
    kind: Any,  # noqa: ANN401 - a type hint
    zone: tzinfo,
) -> Callable[[Plain], Any]:
    if get_origin(kind) is tuple:
        return _tuple_decoder(_decoder(get_args(kind)[0], zone))
    if get_origin(kind) in (Union, types.UnionType):
        return _union_decoder(get_args(kind), zone)
    if kind is FrozenMap:
        return _frozen
    if is_dataclass(kind):
        return _dataclass_decoder(kind, zone)
    return _single_decoder(kind, zone)


def _single_decoder(kind: Any, zone: tzinfo) -> Callable[[Plain], Any]:  # noqa: ANN401 - a class
    if kind is datetime:
        return lambda plain: datetime.fromisoformat(plain).astimezone(zone)
    if issubclass(kind, StrEnum):
        return {str(member): member for member in kind}.__getitem__
    return _scalar_decoder(kind)


def _dataclass_decoder(kind: Any, zone: tzinfo) -> Callable[[Plain], Any]:  # noqa: ANN401 - a class
    hints = [*_hints(kind).values()]
    # A class of a few texts, such as a tag's name, has few values: each is made once.
    make = lru_cache(MOST_KEPT)(kind) if hints == [str] * len(hints) else kind
    needed = sum(field.default is MISSING for field in fields(kind))
    ways = [
        _fields_decoder(make, hints[:length], zone) if length >= needed else None
        for length in range(len(hints) + 1)
    ]

    def decode_fields(plain: Plain) -> object:
        way = ways[len(plain)] if type(plain) is list and len(plain) < len(ways) else None
        if way is None:
            raise TypeError(kind.__name__)
        return way(plain)

    return decode_fields


def _fields_decoder(
    make: Callable[..., Any], hints: list[Any], zone: tzinfo
) -> Callable[[list[Plain]], Any]:
    """What makes a value of its first fields, given their types; the others are as usual."""
    scalars = _taker(itemgetter, [at for at, hint in enumerate(hints) if hint in SCALARS])
    expected = [hint for hint in hints if hint in SCALARS]
    inner = [(at, _decoder(hint, zone)) for at, hint in enumerate(hints) if hint not in SCALARS]

    def decode_fields(plain: list[Plain]) -> object:
        if [*map(type, scalars(plain))] != expected:
            raise TypeError("field")
        if not inner:
            return make(*plain)
        items = plain.copy()
        for at, read in inner:
            items[at] = read(items[at])
        return make(*items)

    return decode_fields


def _tuple_decoder(inner: Callable[[Plain], Any]) -> Callable[[Plain], Any]:
    def decode_items(plain: Plain) -> object:
        if type(plain) is not list:
            raise TypeError("list")
        return tuple(map(inner, plain))

    return decode_items


def _union_decoder(kinds: tuple[Any, ...], zone: tzinfo) -> Callable[[Plain], Any]:
    """Of `X | None`, or of scalars: `str | int`."""
    inner = [kind for kind in kinds if kind is not type(None)]
    if len(inner) == 1:
        read = _decoder(inner[0], zone)
        return lambda plain: None if plain is None else read(plain)
    return _scalar_decoder(*kinds)


def _scalar_decoder(*kinds: type) -> Callable[[Plain], Any]:
    def check(plain: Plain) -> object:
        if type(plain) not in kinds:
            raise TypeError(kinds[0].__name__)
        return plain

    return check


def _frozen(plain: Plain) -> FrozenMap:
    if not isinstance(plain, Mapping):
        raise TypeError("FrozenMap")
    return freeze_map(plain) if plain else EMPTY


def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a class
    """The types of a dataclass's fields, in their order."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _taker(
    getter: Callable[..., Callable[[Any], Any]], keys: list[Any]
) -> Callable[[Any], tuple[Any, ...]]:
    """What takes some parts of a value, as a tuple however few they are."""
    if len(keys) > 1:
        return getter(*keys)
    each = [getter(key) for key in keys]
    return lambda value: tuple(get(value) for get in each)
