"""Stamps: in which state each file was when it was read, and the digest of its bytes then.

Every build asks for all of them, so they are kept in one row, a column each: reading that
takes a third of the time of a row a file. Its seal is of all at once. Without it somebody
could let a file that changed pass for one that did not.
"""

import sqlite3
import time
from collections.abc import Mapping
from typing import NamedTuple

from generator.read.walk import FoundFile
from generator.state.seal import Seal

TABLE = """
CREATE TABLE IF NOT EXISTS stamps (
    paths TEXT NOT NULL, stamps TEXT NOT NULL, digests TEXT NOT NULL, seal BLOB NOT NULL
);
"""
BETWEEN = "\0"
"""No name and no stamp has it in it."""
YOUNG_NANOSECONDS = 2 * 10**9


class Packed(NamedTuple):
    """Paths, stamps and digests of all files that are remembered, in the same order."""

    paths: str = ""
    stamps: str = ""
    digests: str = ""

    def stamps_by_path(self) -> dict[str, str]:
        """The stamp of each file."""
        return self._by_path(self.stamps)

    def digests_by_path(self) -> dict[str, str]:
        """The digest of each file."""
        return self._by_path(self.digests)

    def _by_path(self, column: str) -> dict[str, str]:
        if not self.paths:
            return {}
        return dict(zip(self.paths.split(BETWEEN), column.split(BETWEEN), strict=True))


def pack(stamps: Mapping[str, str], digests: Mapping[str, str]) -> Packed:
    """Stamps and digests to be stored; every path has both."""
    columns = (stamps, stamps.values(), map(digests.__getitem__, stamps))
    return Packed(*map(BETWEEN.join, columns))


def load_packed(store: sqlite3.Connection, seal: Seal, about: str) -> Packed:
    """What is stored; nothing where nothing is. `about` is sealed with it.

    Raises ValueError for what this account has not stored, sqlite3.Error for damage.
    """
    row = store.execute("SELECT paths, stamps, digests, seal FROM stamps").fetchone()
    if row is None:
        return Packed()
    *columns, found = row
    if not seal.fits(found, about, *columns):
        raise ValueError("not sealed by this account")
    return Packed(*columns)


def store_packed(store: sqlite3.Connection, packed: Packed, seal: Seal, about: str) -> None:
    """Store it in place of what was there."""
    store.execute("DELETE FROM stamps")
    row = (*packed, seal.of(about, *packed))
    store.execute("INSERT INTO stamps VALUES (?, ?, ?, ?)", row)


def stamp_of(file: FoundFile) -> str:
    """What tells a file's states apart; empty where nothing does."""
    return str(file.stamp) if file.stamp else ""


def is_young(file: FoundFile) -> bool:
    """Whether the file may yet change without its times telling."""
    return abs(time.time_ns() - file.changed_ns) < YOUNG_NANOSECONDS
