"""Overlay: a mapping with a few entries changed, made without copying it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class Overlay(Mapping[str, Value]):
    """What `base` holds, but for the keys in `changes`; None there takes an entry away."""

    base: Mapping[str, Value]
    changes: Mapping[str, Value | None] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Value:
        """The value of a key, changed or not."""
        if key in self.changes:
            value = self.changes[key]
            if value is None:
                raise KeyError(key)
            return value
        return self.base[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        if key in self.changes:
            return self.changes[key] is not None  # type: ignore[index] # a str, since it is in it
        return key in self.base

    def __iter__(self) -> Iterator[str]:
        """Unchanged keys first."""
        yield from (key for key in self.base if key not in self.changes)
        yield from (key for key, value in self.changes.items() if value is not None)

    def __len__(self) -> int:
        """How many entries there are."""
        return sum(1 for _ in self)


def overlaid(base: Mapping[str, Value], changes: Mapping[str, Value | None]) -> Mapping[str, Value]:
    """A mapping with some entries changed; one overlay lies on another no more than once."""
    if isinstance(base, Overlay):
        return Overlay(base.base, {**base.changes, **changes})
    return Overlay(base, changes)
