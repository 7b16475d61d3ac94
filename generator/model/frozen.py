"""A mapping that cannot change: what a newsroom's own `extra` values travel in."""

from collections.abc import Iterator, Mapping

from generator.model.values import frozen


@frozen
class FrozenMap(Mapping[str, object]):
    """A read-only mapping that can be compared, hashed and sent to another process."""

    items_: tuple[tuple[str, object], ...] = ()

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
