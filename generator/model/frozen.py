"""A mapping that cannot change: what a newsroom's own `extra` values travel in."""

from collections.abc import Iterator, Mapping
from typing import NoReturn


class FrozenMap(Mapping[str, object]):
    """A read-only mapping that can be compared, hashed and sent to another process."""

    __slots__ = ("items_",)
    items_: tuple[tuple[str, object], ...]

    def __init__(self, items: tuple[tuple[str, object], ...] = ()) -> None:
        object.__setattr__(self, "items_", items)

    def __getitem__(self, key: str) -> object:
        """The value under `key`; KeyError when there is none."""
        for name, value in self.items_:
            if name == key:
                return value
        raise KeyError(key)

    def text(self, key: str) -> str:
        """The text under `key`; "" when there is none."""
        return str(self.get(key, "")) if self.items_ else ""

    def __iter__(self) -> Iterator[str]:
        """The keys, in the order in which they were written."""
        return (name for name, _ in self.items_)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self.items_)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same entries in the same order."""
        return self.items_ == other.items_ if isinstance(other, FrozenMap) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.items_)

    def __repr__(self) -> str:
        return f"FrozenMap({self.items_!r})"

    def __reduce__(self) -> tuple[type["FrozenMap"], tuple[object, ...]]:
        return FrozenMap, (self.items_,)

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        raise AttributeError(f"cannot assign to {name!r}: the mapping is frozen")


def freeze(value: object) -> object:
    """Turn dicts into FrozenMaps and lists into tuples, all the way down."""
    if isinstance(value, Mapping):
        return freeze_map(value)
    if isinstance(value, list | tuple):
        return tuple(freeze(v) for v in value)
    return value


def freeze_map(values: Mapping[object, object]) -> FrozenMap:
    """Turn one mapping, and all in it, into what cannot change; keys become texts."""
    return FrozenMap(tuple((str(key), freeze(value)) for key, value in values.items()))


EMPTY = FrozenMap()
