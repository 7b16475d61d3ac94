"""Stores: places that hold files by name, each of which readers see at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from generator.deploy.release import Entry
from generator.model.values import frozen


class MovedError(Exception):
    """What was to be replaced is not what it was: somebody else was quicker."""


@frozen
class Held:
    """What a store holds under a name, and what stands for this state of it."""

    data: bytes
    version: str


PRIVATE = Entry("", 0, "application/json", "no-store")
"""How our own records are served, where they are."""


class Store(Protocol):
    """A bucket, a folder. Every call is one request, but for listing and deleting very many."""

    side_by_side: int
    """How many files may be put at the same time."""

    def read(self, path: str) -> Held | None:
        """What is held under a name; None for nothing."""
        ...

    def size(self, path: str) -> int | None:
        """How many bytes are held under a name; None for nothing."""
        ...

    def span(self, path: str, start: int, end: int) -> bytes:
        """Some of the bytes that are held under a name."""
        ...

    def put(self, path: str, data: bytes | Path, entry: Entry) -> None:
        """Hold this under a name from now on: all of it, or what was there before."""
        ...

    def swap(self, path: str, data: bytes, version: str | None) -> str:
        """Replace one version by another, whose version is answered; None: there is nothing yet.

        Raises MovedError, and changes nothing, when something else is held by now.
        """
        ...

    def delete(self, paths: Sequence[str]) -> None:
        """Hold these no longer; those that are not there are no error."""
        ...

    def marks(self) -> Mapping[str, str]:
        """Every name, with the MD5 of what it holds where the store tells it, else nothing."""
        ...
