"""The memory: what was read last time, so that only files that changed are read again.

A file is known again by its size, times and inode. These are a shortcut only. In a fresh
checkout all times are others: there the digest of its bytes decides. So it does for a file that
was younger than two seconds when it was read: a change within the clock's step would leave its
times as they were. Each row has this account's seal, and belongs to one version of the code and
of the options that reading depends on. Anything else is forgotten, and read anew.
"""

import os
import sqlite3
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from generator.model.article import SourceFile, shared_names
from generator.model.config import Config
from generator.model.digests import content_digest
from generator.model.problems import Problem
from generator.model.values import NotPlainError, from_json, frozen, in_zone, to_json
from generator.read import stamps as stamped
from generator.read.kinds import TEXTS, TextKinds, held_by
from generator.read.stamps import Packed, is_young, pack, stamp_of
from generator.read.walk import FoundFile
from generator.read.whole_files import digest_at
from generator.state.folder import ready_state, state_folder
from generator.state.seal import Seal, seal_of

FORMAT = "5"
Value = Any  # of whatever kinds of text there are
TABLES = (
    """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, value TEXT NOT NULL, seal BLOB NOT NULL
);
"""
    + stamped.TABLE
)
ANEW = "DROP TABLE IF EXISTS files; DROP TABLE IF EXISTS stamps;" + TABLES
ASIDE = "CREATE TEMP TABLE IF NOT EXISTS aside (path TEXT, digest TEXT, value TEXT, seal BLOB)"
"""Where a path comes twice the later row counts: `store` takes them in their order."""
FILES_ASIDE = "SELECT path, digest, value, seal FROM aside ORDER BY rowid"
MANY = 1000
"""More files than these, once read, wait for `store` in a temporary table, not in memory."""
Row = tuple[str, str, str, bytes]
"""A file's path, the digest of its bytes, what it held as a text, and the seal of these."""
ROWS = "SELECT path, digest, value, seal FROM files"
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
    return ReadFile(path, in_zone(value, zone, **shared_names(value)), problems)


@dataclass(slots=True)
class Memory:
    """What is remembered of a site's files; `file` is where it is stored.

    `key` stands for the code and options that reading depends on, `seal` tells what this
    account has stored. `stamps` tells in which
    state each file was when it was read, by path; empty when that cannot be known again.
    `generation` is another text whenever anything but stamps was stored. What stood in the file
    may have been stored by another version of the code or its libraries: it is not used.
    `dropped` are the digests of files that are gone, so that they are known again elsewhere.
    Use: `load`, `recall` what has not changed, `learn` what had to be read, then `store`.
    """

    file: Path
    key: str
    zone: tzinfo
    seal: Seal
    forget: bool = False
    held: Mapping[str, Any] = field(default_factory=lambda: held_by(TEXTS))
    stamps: dict[str, str] = field(default_factory=dict)
    generation: str = ""
    was_damaged: bool = False
    is_of_another_version: bool = False
    dropped: dict[str, str] = field(default_factory=dict)
    _has_news: bool = False
    _packed: Packed = field(default_factory=Packed)
    _digests: dict[str, str] | None = None
    _restamped: dict[str, str] = field(default_factory=dict)
    _learnt: dict[str, tuple[str, str]] = field(default_factory=dict)
    _fresh: dict[str, tuple[str, str]] = field(default_factory=dict)
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
                self.generation = str(about["generation"])
                self._packed = stamped.load_packed(store, self.seal, self._about())
                self.stamps = self._packed.stamps_by_path()
        except DAMAGE:
            self._drop()

    def has_changed(self, site: Path, file: FoundFile) -> bool:
        """Whether a file is another than the one that is remembered, or cannot be read."""
        known, stamp = self.stamps.get(file.path), stamp_of(file)
        if known is None or known == stamp != "":
            return known is None
        try:
            digest = digest_at(f"{site}/{file.path}", file.size)
        except OSError:
            return True
        if digest != self._known_digests().get(file.path):
            return True
        self._restamped[file.path] = "" if is_young(file) else stamp
        return False

    def knows(self, file: FoundFile) -> bool:
        """Whether a file is the one that is remembered, as far as its stamp alone tells."""
        return self.stamps.get(file.path) == stamp_of(file) != ""

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
        stamp = "" if is_young(file) else stamp_of(file)
        if (stamp, text) != (self.stamps.get(file.path), known):
            self._learnt[file.path] = (digest, text)
            self._fresh[file.path] = (stamp, digest)
            if len(self._learnt) > MANY:
                self._set_aside()
        self._has_news = self._has_news or text != known
        return text != known

    def drop(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        gone = self.stamps.keys() & set(paths)
        with suppress(sqlite3.Error):
            self.dropped |= {path: row[1] for path in gone if (row := self._row(path))}
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
            ready_state(self.file.parent.parent)
            self._store = sqlite3.connect(self.file)
            # Rows have seals, and can be read again: nothing need wait for the disk.
            self._store.execute("PRAGMA synchronous = OFF")
        return self._store

    def _drop(self) -> None:
        """Forget everything: the file is damaged."""
        self.was_damaged = True
        self.stamps, self._digests, self.generation = {}, None, ""
        self._packed = Packed()
        self._has_aside = False
        self.close()
        self.file.unlink(missing_ok=True)

    def _rows(self, paths: Iterable[str] | None) -> Iterator[Row]:
        if not self.stamps:
            return
        if paths is None:
            digests = self._known_digests()
            yield from (row for row in self._open().execute(ROWS) if row[1] == digests.get(row[0]))
            return
        for path in paths:
            if found := self._row(path):
                yield found

    def _row(self, path: str) -> Row | None:
        if not self.stamps:
            return None
        found: Row | None = self._open().execute(f"{ROWS} WHERE path = ?", (path,)).fetchone()
        # A power cut may have left the stamp of a file's new state, and the old value.
        return found if found and found[1] == self._known_digests().get(path) else None

    def _checked(self, path: str, digest: str, text: str, seal: bytes) -> ReadFile:
        try:
            if self._row_seal().fits(seal, path, digest, text):
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
        return found[2] if found and self._row_seal().fits(found[3], *found[:3]) else ""

    def _write(self) -> None:
        with self._open() as store:
            store.executescript(TABLES if self.stamps else ANEW)
            if self._has_news or not self.generation:
                self.generation = os.urandom(8).hex()
            about = [("key", self._whole_key()), ("generation", self.generation)]
            store.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about)
            gone = [(path,) for path in self._gone]
            store.executemany("DELETE FROM files WHERE path = ?", gone)
            if self._has_aside:
                store.execute(f"INSERT OR REPLACE INTO files {FILES_ASIDE}")
                store.execute("DELETE FROM aside")
            store.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", self._sealed())
            stamps, digests = self._as_learnt()
            packed = pack(stamps, digests)
            stamped.store_packed(store, packed, self.seal, self._about())
        self.stamps, self._digests, self._packed = stamps, digests, packed

    def _as_learnt(self) -> tuple[dict[str, str], dict[str, str]]:
        """Stamps and digests of all files, with what is new among them and without what is gone."""
        stamps, digests = self.stamps | self._restamped, {**self._known_digests()}
        for path, (stamp, digest) in self._fresh.items():
            stamps[path], digests[path] = stamp, digest
        for path in self._gone:
            stamps.pop(path, None)
        return stamps, digests

    def _set_aside(self) -> None:
        """Put what was learnt where it takes no memory, if that can be; the file stays unlocked."""
        with suppress(sqlite3.Error, OSError), self._open() as store:
            store.execute(ASIDE)
            store.executemany("INSERT INTO aside VALUES (?, ?, ?, ?)", self._sealed())
            self._has_aside = True
            self._learnt.clear()

    def _sealed(self) -> Iterator[Row]:
        seal = self._row_seal()
        for path, (digest, value) in self._learnt.items():
            yield path, digest, value, seal.of(path, digest, value)

    def _known_digests(self) -> dict[str, str]:
        """What stands for the bytes of each file that is remembered."""
        if self._digests is None:
            self._digests = self._packed.digests_by_path()
        return self._digests

    def _row_seal(self) -> Seal:
        """The seal of rows of this version and these options."""
        return self.seal.within(self._whole_key())

    def _about(self) -> str:
        """What stamps are sealed with."""
        return f"{self.generation} {self._whole_key()}"

    def _whole_key(self) -> str:
        return f"{FORMAT} {self.key}"


def open_memory(
    site: Path, config: Config, version: str, *, forget: bool = False, kinds: TextKinds = TEXTS
) -> Memory:
    """The memory of a site, in its `.broadsheet/`; asked to `forget`, it begins anew."""
    zone = f"{config.timezone.key} {_rules_of(config.timezone)}"
    key = f"{version} {zone} {config.language} {config.permalink!r} {config.keys!r}"
    key += f" {config.markdown.smart_quotes}"
    file, seal = state_folder(site) / "texts.db", seal_of(site, "texts")
    return Memory(file, key, config.timezone, seal, forget, held_by(kinds))


def _rules_of(zone: ZoneInfo) -> str:
    """What stands for a time zone's rules on this machine, which updates of it may change.

    "" where they come with the package tzdata: its version is one of those that we know.
    """
    for folder in zoneinfo.TZPATH:
        with suppress(OSError, ValueError):
            return content_digest(Path(folder, zone.key).read_bytes())
    return ""
