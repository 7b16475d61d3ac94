"""Kept layouts: what Jinja compiled of them, for the next build; it takes longer than many pages.

Compiled code runs when it is loaded. So it is believed with the seal of this account alone, and
of this version of the code and its libraries.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from generator.state.folder import state_folder
from generator.state.seal import seal_of

NAME = "layouts.db"
TABLE = """
CREATE TABLE IF NOT EXISTS layouts (
    key TEXT PRIMARY KEY, code BLOB NOT NULL, seal BLOB NOT NULL
) WITHOUT ROWID;
"""


class KeptLayouts(BytecodeCache):
    """Compiled layouts by their names; Jinja asks for them, and hands in what it compiled.

    Jinja itself holds each against its text. `store` writes down what is new; what cannot be read
    or written is compiled again next time.
    """

    def __init__(self, site: Path, version: str) -> None:
        self._file = state_folder(site) / NAME
        self._seal = seal_of(site, "layouts").within(version)
        self._kept = self._load()
        self._news: dict[str, bytes] = {}

    def _load(self) -> dict[str, bytes]:
        if not self._file.exists():
            return {}
        try:
            with closing(sqlite3.connect(self._file)) as store:
                rows = store.execute("SELECT key, code, seal FROM layouts").fetchall()
            return {key: code for key, code, seal in rows if self._seal.fits(seal, key, code)}
        except (sqlite3.Error, TypeError):
            return {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what was compiled, if that is known."""
        code = self._kept.get(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take in what Jinja has compiled."""
        self._news[bucket.key] = bucket.bytecode_to_string()

    def store(self) -> None:
        """Write down what is new."""
        rows = [(key, code, self._seal.of(key, code)) for key, code in self._news.items()]
        if not rows or not self._seal.is_lasting:
            return
        with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(self._file)) as store, store:
            store.executescript("PRAGMA synchronous = OFF;" + TABLE)
            store.executemany("INSERT OR REPLACE INTO layouts VALUES (?, ?, ?)", rows)
        self._news.clear()
