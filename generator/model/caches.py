"""Caches that stay small, however large the site is."""

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST_KEPT = 16_384
"""What a process keeps of one kind: with more stories, making some anew costs less than room."""


def keep(cache: dict[Key, Value], key: Key, value: Value, most: int = MOST_KEPT) -> Value:
    """Put a value into a cache, and give it back. A cache that is full is emptied first.

    To find out which value was not used for long would cost each use of every other.
    """
    if len(cache) >= most:
        cache.clear()
    cache[key] = value
    return value
