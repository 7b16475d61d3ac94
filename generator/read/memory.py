"""The memory: what was read last time, so that only files that changed are read again.

A file is known again by its size, times and inode. These are a shortcut only: a file
that was younger than two seconds when it was read is looked into, since a change within
the clock's step would leave them as they were; then the digest of its bytes decides, as it
does where all times are others, in a fresh checkout. What is stored has a check sum a row, and
belongs to one version of the code and of the options that reading depends on; anything
else is forgotten, and read anew.
"""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from generator.model.article import SourceFile
from generator.model.config import Config
from generator.model.problems import Problem
from generator.model.values import NotPlainError, from_json, frozen, in_zone, to_json
from generator.read.kinds import TEXTS, TextKinds, held_by
from generator.read.walk import FoundFile
from generator.read.whole_files import digest_at

FORMAT = "5"
YOUNG_NANOSECONDS = 2 * 10**9
Value = Any  # of whatever kinds of text there are
TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, value TEXT NOT NULL, checksum BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS stamps (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
"""
ANEW = "DROP TABLE IF EXISTS files; DROP TABLE IF EXISTS stamps;" + TABLES
"""Stamps stand apart from values: each build reads all of them, and only a tenth of the bytes."""
ASIDE = """
CREATE TEMP TABLE IF NOT EXISTS aside (
    path TEXT, stamp TEXT, digest TEXT, value TEXT, checksum BLOB
);
"""
"""Where a path comes twice the later row counts: `store` takes them in their order."""
STAMPS_ASIDE = "SELECT path, stamp, digest FROM aside ORDER BY rowid"
FILES_ASIDE = "SELECT path, digest, value, checksum FROM aside ORDER BY rowid"
MANY = 1000
"""More files than these, once read, wait for `store` in a temporary table, not in memory."""
Row = tuple[str, str, str, bytes]
"""A file's path, the digest of its bytes, what it held as a text, and the check sum of these."""
ROWS = "SELECT path, digest, value, checksum FROM files"
SAME = "JOIN stamps USING (path, digest) WHERE path = ?"
"""Of one digest: a power cut may have left the stamp of a file's new state, and the old value."""
DAMAGE = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class DamagedError(Exception):
    """Something that was remembered is not what was stored."""


@frozen
class ReadFile:
    """What one file holds; no value when it has an error, or is nothing that is published."""

    path: str
    value: Value | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether it is a text of the site of which nothing can be known."""
        return self.value is None and any(problem.is_error for problem in self.problems)


def digest_of(read: ReadFile) -> str:
    """What stands for the bytes of a file that was read; empty when it has an error."""
    value = read.value
    if isinstance(value, SourceFile):
        return value.digest
    return value.source.digest if value and value.source else ""


def to_text(read: ReadFile) -> str:
    """What was read as a text to store, or to hand from process to process; empty if it cannot be.

    A file with an error is never stored: it is read, and its error told, each time.
    """
    if read.value is None:
        return ""
    try:
        held = to_json((read.value, read.problems)).decode()
    except NotPlainError:
        return ""
    return f"{type(read.value).__name__} {held}"


def from_text(path: str, text: str, zone: tzinfo, held: Mapping[str, Any]) -> ReadFile:
    """What `to_text` made a text of; `held` as `held_by` tells. Raises DamagedError for others."""
    kind, _, data = text.partition(" ")
    try:
        value, problems = from_json(held[kind], data.encode(), zone)
    except DAMAGE:
        raise DamagedError(path) from None
    return ReadFile(path, in_zone(value, zone), problems)


@dataclass(slots=True)
class Memory:
    """What is remembered of a site's files; `file` is where it is stored.

    `key` stands for the code and options that reading depends on. `stamps` tells in which
    state each file was when it was read, by path; empty when that cannot be known again.
    `generation` is another text whenever anything but stamps was stored. What stood in the file
    may have been stored by another version of the code or its libraries: it is not used.
    Use: `load`, `recall` what has not changed, `learn` what had to be read, then `store`.
    """

    file: Path
    key: str
    zone: tzinfo
    forget: bool = False
    held: Mapping[str, Any] = field(default_factory=lambda: held_by(TEXTS))
    stamps: dict[str, str] = field(default_factory=dict)
    generation: str = ""
    was_damaged: bool = False
    is_of_another_version: bool = False
    _has_news: bool = False
    _digests: dict[str, str] | None = None
    _restamped: dict[str, str] = field(default_factory=dict)
    _learnt: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _fresh: dict[str, str] = field(default_factory=dict)
    _has_aside: bool = False
    _gone: set[str] = field(default_factory=set)
    _store: sqlite3.Connection | None = None

    def load(self, section_slugs: Iterable[str]) -> None:
        """Learn which files are remembered; none, when what is stored is of another version.

        Which sections there are decides where some articles belong.
        """
        self.key = f"{self.key} {sorted(section_slugs)}"
        if self.forget or not self.file.exists():
            return
        try:
            store = self._open()
            about = dict(store.execute("SELECT name, value FROM about"))
            key, ours = str(about.get("key", "")), self._whole_key()
            self.is_of_another_version = key.split(" ")[:2] != ours.split(" ")[:2]
            if key == ours:
                self.stamps = dict(store.execute("SELECT path, stamp FROM stamps"))
                self.generation = str(about["generation"])
        except DAMAGE:
            self._drop()

    def has_changed(self, site: Path, file: FoundFile) -> bool:
        """Whether a file is another than the one that is remembered, or cannot be read."""
        known, stamp = self.stamps.get(file.path), _stamp(file)
        if known is None or known == stamp != "":
            return known is None
        try:
            digest = digest_at(f"{site}/{file.path}", file.size)
        except OSError:
            return True
        if digest != self._known_digests().get(file.path):
            return True
        self._restamped[file.path] = "" if _is_young(file) else stamp
        return False

    def knows(self, file: FoundFile) -> bool:
        """Whether a file is the one that is remembered, as far as its stamp alone tells."""
        return self.stamps.get(file.path) == _stamp(file) != ""

    def recall(self, paths: Iterable[str]) -> Iterator[ReadFile]:
        """What some files held. A damaged row is left out, and noted in `was_damaged`."""
        wanted = set(paths)
        few = len(wanted) * 4 < len(self.stamps)
        try:
            for row in self._rows(wanted if few else None):
                if row[0] in wanted:
                    with suppress(DamagedError):
                        yield self._checked(*row)
        except sqlite3.Error:
            self.was_damaged = True

    def value(self, path: str) -> Value | None:
        """What one file held; None for a file that is not remembered.

        Raises DamagedError when what is stored of it cannot be trusted.
        """
        try:
            found = self._row(path)
        except sqlite3.Error:
            self.was_damaged = True
            raise DamagedError(path) from None
        return self._checked(*found).value if found else None

    def ask_often(self) -> None:
        """Let SQLite lock its file once for all questions until `store`, not for each of them.

        Raises sqlite3.Error. For whoever holds the site's lock: another could not store anything.
        """
        store = self._open()
        if not store.in_transaction:
            store.execute("BEGIN")

    def learn(self, file: FoundFile, text: str, digest: str = "") -> bool:
        """Remember a file that had to be read, as `to_text` has it; tells whether it is news.

        `digest` stands for its bytes.

        No text is a file with an error: it is read again next time.
        """
        known = self._text(file.path)
        if not text:
            self.drop([file.path])
            return True
        stamp = "" if _is_young(file) else _stamp(file)
        if (stamp, text) != (self.stamps.get(file.path), known):
            self._learnt[file.path] = (stamp, digest, text)
            self._fresh[file.path] = stamp
            if len(self._learnt) > MANY:
                self._set_aside()
        self._has_news = self._has_news or text != known
        return text != known

    def drop(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        gone = self.stamps.keys() & set(paths)
        self._gone |= gone
        self._has_news = self._has_news or bool(gone)

    def store(self) -> None:
        """Write down what is new, and forget what is gone. Raises OSError when it cannot."""
        self._restamped = {p: s for p, s in self._restamped.items() if s != self.stamps.get(p)}
        if not (self._fresh or self._gone or self._restamped) and self.stamps:
            return
        try:
            self._write()
        except sqlite3.DatabaseError:
            # Damaged: everything in it can be read again from the site's own files.
            self._drop()
            self._fresh.clear()
            self._restamped.clear()
        for path in self._gone:
            self.stamps.pop(path, None)
        self.stamps |= self._restamped | self._fresh
        self._digests = None
        for done in (self._restamped, self._fresh, self._learnt, self._gone):
            done.clear()
        self._has_news = self._has_aside = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_rest: object) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _open(self) -> sqlite3.Connection:
        if self._store is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._store = sqlite3.connect(self.file)
            # Rows have check sums, and can be read again: nothing need wait for the disk.
            self._store.execute("PRAGMA synchronous = OFF")
        return self._store

    def _drop(self) -> None:
        """Forget everything: the file is damaged."""
        self.was_damaged = True
        self.stamps, self._digests, self.generation = {}, {}, ""
        self._has_aside = False
        self.close()
        self.file.unlink(missing_ok=True)

    def _rows(self, paths: Iterable[str] | None) -> Iterator[Row]:
        if not self.stamps:
            return
        if paths is None:
            digests = self._known_digests()  # for all at once, a tenth of the time of a join
            yield from (row for row in self._open().execute(ROWS) if row[1] == digests.get(row[0]))
            return
        for path in paths:
            if found := self._row(path):
                yield found

    def _row(self, path: str) -> Row | None:
        if not self.stamps:
            return None
        found: Row | None = self._open().execute(f"{ROWS} {SAME}", (path,)).fetchone()
        return found

    def _checked(self, path: str, digest: str, text: str, checksum: bytes) -> ReadFile:
        try:
            if checksum == _checksum(path, digest, text):
                return from_text(path, text, self.zone, self.held)
        except (DamagedError, TypeError):
            pass
        self.was_damaged = True
        raise DamagedError(path)

    def _text(self, path: str) -> str:
        """What is stored of a file, unread; empty where nothing is."""
        if path not in self.stamps:
            return ""
        try:
            found = self._row(path)
        except sqlite3.Error:
            return ""
        return found[2] if found and found[3] == _checksum(*found[:3]) else ""

    def _write(self) -> None:
        with self._open() as store:
            store.executescript(TABLES if self.stamps else ANEW)
            if self._has_news or not self.generation:
                self.generation = os.urandom(8).hex()
            about = [("key", self._whole_key()), ("generation", self.generation)]
            store.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about)
            gone = [(path,) for path in self._gone]
            store.executemany("DELETE FROM files WHERE path = ?", gone)
            store.executemany("DELETE FROM stamps WHERE path = ?", gone)
            stamps = [(stamp, path) for path, stamp in self._restamped.items()]
            store.executemany("UPDATE stamps SET stamp = ? WHERE path = ?", stamps)
            if self._has_aside:
                store.execute(f"INSERT OR REPLACE INTO stamps {STAMPS_ASIDE}")
                store.execute(f"INSERT OR REPLACE INTO files {FILES_ASIDE}")
                store.execute("DELETE FROM aside")
            rows = [*self._rows_learnt()]
            fresh = [(path, stamp, digest) for path, stamp, digest, _, _ in rows]
            store.executemany("INSERT OR REPLACE INTO stamps VALUES (?, ?, ?)", fresh)
            files = [(path, *rest) for path, _, *rest in rows]
            store.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", files)

    def _set_aside(self) -> None:
        """Put what was learnt where it takes no memory, if that can be; the file stays unlocked."""
        with suppress(sqlite3.Error, OSError), self._open() as store:
            store.execute(ASIDE)
            insert = "INSERT INTO aside VALUES (?, ?, ?, ?, ?)"
            store.executemany(insert, self._rows_learnt())
            self._has_aside = True
            self._learnt.clear()

    def _rows_learnt(self) -> Iterator[tuple[str, str, str, str, bytes]]:
        for path, (stamp, digest, value) in self._learnt.items():
            yield path, stamp, digest, value, _checksum(path, digest, value)

    def _known_digests(self) -> dict[str, str]:
        """What stands for the bytes of each file that is remembered."""
        if self._digests is None:
            try:
                store = self._open()
                found = dict(store.execute("SELECT path, digest FROM stamps"))
                generation = store.execute("SELECT value FROM about WHERE name = 'generation'")
                # Another process may have stored others since. Then every file is read again.
                self._digests = found if generation.fetchone() == (self.generation,) else {}
            except DAMAGE:
                self._digests, self.was_damaged = {}, True
        return self._digests

    def _whole_key(self) -> str:
        return f"{FORMAT} {self.key}"


def open_memory(
    site: Path, config: Config, version: str, *, forget: bool = False, kinds: TextKinds = TEXTS
) -> Memory:
    """The memory of a site, in its `.broadsheet/`; asked to `forget`, it begins anew."""
    key = f"{version} {config.timezone.key} {config.language} {config.permalink}"
    held = held_by(kinds)
    return Memory(site / ".broadsheet" / "texts.db", key, config.timezone, forget, held)


def _stamp(file: FoundFile) -> str:
    """What tells a file's states apart; empty where nothing does."""
    return str(file.stamp) if file.stamp else ""


def _is_young(file: FoundFile) -> bool:
    """Whether the file may yet change without its times telling."""
    return abs(time.time_ns() - file.changed_ns) < YOUNG_NANOSECONDS


def _checksum(path: str, digest: str, value: str) -> bytes:
    text = f"{path}\0{digest}\0{value}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
