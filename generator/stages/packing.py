"""Packing: frozen values to bytes and back, for the way to another process and home.

Pickle restores a frozen dataclass with slots field by field, in Python: calling the class
with all fields is four times faster. Only what this very build has packed is ever unpacked.
"""

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any


class _Packer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - as pickle.Pickler
        kind: Any = type(value)
        get = _fields_of(kind)
        return NotImplemented if get is None else (kind, get(value))


@cache
def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes all fields from a value of a dataclass; None for other types."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def pack(value: object) -> bytes:
    """A value as bytes."""
    buffer = io.BytesIO()
    _Packer(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


def unpack(packed: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """The value that `pack` turned into bytes."""
    return pickle.loads(packed)  # noqa: S301 - packed by this build's own processes
