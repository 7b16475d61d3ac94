"""Frozen values: what stages hand to each other, keep on disk, and tell apart by a digest.

One mechanism, msgspec's, serves all of that: `@frozen` makes a class, `to_json` and `from_json`
are the way of its values to the disk and back, `digest` stands for what they hold. Between
processes they travel by pickle, which takes them as they are.
"""

from binascii import b2a_base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, partial
from hashlib import blake2b
from typing import Any, TypeVar, dataclass_transform, overload

import msgspec
from msgspec import field, structs

from generator.model.frozen import FrozenMap, freeze_map

__all__ = [
    "NotPlainError",
    "digest",
    "field",
    "fields",
    "fields_of",
    "from_json",
    "frozen",
    "is_value",
    "replace",
    "to_json",
]

Class = TypeVar("Class", bound=type)
Value = TypeVar("Value")

PYTHONS_OWN = ("__dict__", "__weakref__")
"""What Python adds to a class with a dictionary; a frozen value has none."""


class NotPlainError(ValueError):
    """A value that JSON cannot hold, such as a text that is no Unicode."""


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: Class, /) -> Class: ...
@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, order: bool = False, eq: bool = True) -> Callable[[Class], Class]: ...
def frozen(kind: Any = None, /, *, order: bool = False, eq: bool = True) -> Any:
    """Make a class of frozen values: fields, defaults, equality and hash are as a dataclass has.

    With `order` values are compared field by field; without `eq` each is equal to itself alone.
    They are not followed by the garbage collector: frozen values have no cycles.
    """
    if kind is None:
        return partial(frozen, order=order, eq=eq)
    bases = (msgspec.Struct, *(base for base in kind.__bases__ if base is not object))
    members = {name: it for name, it in kind.__dict__.items() if name not in PYTHONS_OWN}
    make: Any = type(msgspec.Struct)
    return make(
        kind.__name__, bases, members, frozen=True, gc=False, array_like=True, order=order, eq=eq
    )


def _kept(value: object) -> object:
    """What is kept of a value that msgspec does not know."""
    if isinstance(value, FrozenMap) and all(map(_is_plain, value.values())):
        return dict(value.items_)
    raise NotPlainError(type(value).__name__)


def _is_plain(value: object) -> bool:
    """Whether JSON gives back a value of a map as it was; a map within it is looked at itself."""
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | bool | int | float | FrozenMap)


def _told(value: object) -> object:
    """What tells a value that msgspec does not know from others."""
    return repr(value)


def _restored(kind: type, plain: object) -> object:
    if kind is FrozenMap and isinstance(plain, Mapping):
        return freeze_map(plain)
    raise NotPlainError(kind.__name__)


_KEEPER = msgspec.json.Encoder(enc_hook=_kept)
_TELLER = msgspec.json.Encoder(enc_hook=_told)


def to_json(value: object) -> bytes:
    """A value as JSON. Raises NotPlainError for what could not be read back."""
    try:
        return _KEEPER.encode(value)
    except (UnicodeEncodeError, OverflowError, TypeError, RecursionError) as error:
        raise NotPlainError(str(error)) from None


def from_json(kind: type[Value], data: bytes, zone: tzinfo) -> Value:
    """The value that `to_json` wrote; the instants in its own fields come in `zone`.

    Raises ValueError for JSON of another shape.
    """
    wanted: Any = kind
    value: Value = _decoder(wanted).decode(data)
    return in_zone(value, zone)


def in_zone(value: Value, zone: tzinfo, **changes: object) -> Value:
    """The value with the instants in its fields told by the clocks of a time zone.

    Further changes to its fields are made on the way, as `replace` makes them.
    """
    kind: Any = type(value)
    moved = changes | {
        name: told_in(instant, zone)
        for name in _instants(kind)
        if (instant := getattr(value, name)) is not None
    }
    return replace(value, **moved) if moved else value


def told_in(instant: datetime, zone: tzinfo) -> datetime:
    """An instant as the clocks of a time zone tell it, with the offset from UTC that holds then.

    Python compares and subtracts two instants of one time zone by what the clocks show, also in
    the hour that they repeat (PEP 495); with an offset of its own each is where it belongs.
    """
    local = instant.astimezone(UTC).astimezone(zone)
    return local.replace(tzinfo=_offset(local.utcoffset(), local.tzname()), fold=0)


@cache
def _offset(offset: timedelta | None, name: str | None) -> tzinfo:
    return timezone(offset or timedelta(), name or "UTC")


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - a class
    return msgspec.json.Decoder(kind, dec_hook=_restored)


@cache
def _instants(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a class
    """The fields of a class that hold an instant."""
    hints: Mapping[str, object] = getattr(kind, "__annotations__", {})
    return tuple(name for name, hint in hints.items() if hint in (datetime, datetime | None))


def to_bytes(value: object) -> bytes:
    """A value as bytes that no other value of its class has: JSON, or else its `repr`."""
    try:
        return _TELLER.encode(value)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return repr(value).encode("utf-8", "surrogatepass")


def digest(value: object, size: int = 16) -> str:
    """What stands for a value: equal digests, equal values of one class. `size` is in bytes."""
    return digest_of_bytes(to_bytes(value), size)


def digest_of_bytes(data: bytes, size: int = 16) -> str:
    """What stands for some bytes; `size` is in bytes, and a third more in characters."""
    return b2a_base64(blake2b(data, digest_size=size).digest(), newline=False).decode()


def is_value_class(thing: object) -> bool:
    """Whether something is a class of frozen values."""
    return isinstance(thing, type) and issubclass(thing, msgspec.Struct)


def is_value(thing: object) -> bool:
    """Whether something is one of the project's frozen values."""
    return isinstance(thing, msgspec.Struct)


def replace(value: Value, /, **changes: object) -> Value:
    """The value with some fields changed, as `dataclasses.replace`."""
    changed: Value = structs.replace(value, **changes)  # type: ignore[type-var]
    return changed


def fields_of(value: object) -> tuple[object, ...]:
    """What the fields of a value hold, in their order."""
    return structs.astuple(value)  # type: ignore[arg-type]


def fields(kind: object) -> tuple[structs.FieldInfo, ...]:
    """The fields of a value or of its class, in their order."""
    return structs.fields(kind)  # type: ignore[arg-type]
