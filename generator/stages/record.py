"""The record: what the last build made a site of, so that the next can begin from there.

It holds no more than what arranging found out: which stories stand in which order in which
listing. What the stories hold is in the memory; what was published, in the manifest. A record
counts only when it is, to the byte, the one that the manifest names.
"""

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from generator.model.article import Article, Author, Page, Section, Tag
from generator.model.config import Config
from generator.model.site import Collection, Site, Subject
from generator.model.values import NotPlainError, from_json, to_json
from generator.plan.cards import Cards
from generator.read.memory import DamagedError, Memory
from generator.stages.facts import FORMAT, Entry, Facts, mark_of
from generator.stages.shelf import Numbers, PathsById, Shelf, ShelfFiles, ShelfIndex, ShelfRun

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, address TEXT NOT NULL, id TEXT NOT NULL
);
CREATE UNIQUE INDEX by_path ON articles (path);
CREATE UNIQUE INDEX by_address ON articles (address);
CREATE UNIQUE INDEX by_id ON articles (id);
CREATE TABLE runs (
    kind TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL,
    numbers BLOB NOT NULL, PRIMARY KEY (kind, name)
);
"""
SUBJECTS: dict[str, type[Section | Tag | Author]] = {
    "section": Section,
    "tag": Tag,
    "author": Author,
}
MONTH = "month"
RunRow = tuple[str, int, str, Section | Tag | Author | None, Numbers]
"""Kind, place among these, name, subject and stories of a run."""
Numbering = Callable[[Sequence[Article]], Numbers]
CHOICES = ("articles", "pinned", "picking", "moved")
"""Runs that are about no subject: fields of the Site."""


class Record:
    """A record that was read: its Facts, and the Site that it describes."""

    def __init__(self, store: sqlite3.Connection, facts: Facts, memory: Memory) -> None:
        self._store, self.facts, self._memory = store, facts, memory
        (free,) = store.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM articles").fetchone()
        self._shelf = Shelf(store, memory, free)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def site(self, config: Config, now: datetime) -> Site:
        """The Site as it was recorded, at a later instant of the same state."""
        facts, shelf = self.facts, self._shelf
        runs = self._runs()
        sections = self._collections(Section, runs["section"])
        tags = self._collections(Tag, runs["tag"])
        authors = self._collections(Author, runs["author"])
        article_of = ShelfIndex(shelf, "path")
        section_of = {c.subject.slug: c for c in sections}
        author_of = _named(facts.author_slugs, authors)
        files = ShelfFiles(self._memory, frozenset(facts.concealed))
        alone = {name: run for name, _, run in runs[""]}
        zone = config.timezone
        return Site(
            now=now,
            articles=alone["articles"],
            pages=tuple(map(self._page, facts.pages)),
            sections=sections,
            tags=tags,
            authors=authors,
            cards=Cards(article_of, section_of, author_of, files, config),
            files=files,
            section_of=section_of,
            tag_of=_named(facts.tag_keys, tags),
            author_of=author_of,
            unpublished={entry.key: entry.value for entry in facts.unpublished},
            unpublished_slugs=frozenset(facts.unpublished_slugs),
            next_change=facts.next_change,
            article_of=article_of,
            article_at=ShelfIndex(shelf, "address"),
            months={_month(name): run for name, _, run in runs[MONTH]},
            month_changes={
                _month(entry.key): datetime.fromisoformat(entry.value).astimezone(zone)
                for entry in facts.month_changes
            },
            path_of_id=PathsById(ShelfIndex(shelf, "id")),
            pinned=alone["pinned"],
            picking=alone["picking"],
            moved=alone["moved"],
            named_texts=frozenset(facts.named_texts),
            has_concealed=bool(facts.concealed),
        )

    def _runs(self) -> dict[str, list[tuple[str, str, ShelfRun]]]:
        runs: dict[str, list[tuple[str, str, ShelfRun]]] = {"": [], MONTH: []}
        runs |= {kind: [] for kind in SUBJECTS}
        query = "SELECT kind, name, subject, numbers FROM runs ORDER BY kind, place"
        for kind, name, subject, numbers in self._store.execute(query):
            runs[kind].append((name, subject, ShelfRun(self._shelf, array("I", numbers))))
        return runs

    def _collections(
        self, kind: type[Subject], runs: Iterable[tuple[str, str, ShelfRun]]
    ) -> tuple[Collection[Subject], ...]:
        zone = self._memory.zone
        return tuple(
            Collection(from_json(kind, subject.encode(), zone), run) for _, subject, run in runs
        )

    def _page(self, path: str) -> Page:
        value = self._memory.value(path)
        if not isinstance(value, Page):
            raise DamagedError(path)
        return value


def open_record(file: Path, facts: Facts, memory: Memory) -> Record:
    """The record that some Facts are from. Raises sqlite3.Error when it cannot be read."""
    store = sqlite3.connect(file)
    try:
        store.execute("BEGIN")  # hundreds of questions follow, and one lock will do for all
        return Record(store, facts, memory)
    except BaseException:
        store.close()
        raise


def store_record(file: Path, facts: Facts, site: Site) -> str:
    """Record a Site that was arranged from everything; answers the mark of the record.

    No record, and no mark, for a site that holds what cannot be stored, and where SQLite finds
    no room for it: then the next build looks at everything.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    # By identity: every run of an arranged Site holds the very same stories.
    numbers = {id(a): number for number, a in enumerate(reversed(site.articles), start=1)}

    def numbered(run: Sequence[Article]) -> Numbers:
        return array("I", map(numbers.__getitem__, map(id, run)))

    try:
        with closing(sqlite3.connect(file)) as store, store:
            store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
            store.executemany(
                "INSERT INTO articles VALUES (?, ?, ?, ?)",
                (_row(n, a) for n, a in enumerate(reversed(site.articles), start=1)),
            )
            _insert_runs(store, _all_runs(site, numbered))
            _store_facts(store, facts)
    except (NotPlainError, sqlite3.Error):
        file.unlink(missing_ok=True)
        return ""
    return mark_of(file)


def update_record(file: Path, facts: Facts, before: Site, after: Site) -> str:
    """Record what edits made of a recorded Site; answers the new mark."""
    old, new = before.articles, after.articles
    if not (isinstance(old, ShelfRun) and isinstance(new, ShelfRun)):
        raise TypeError("a Site that was not recorded")
    were, are = set(old.numbers), set(new.numbers)
    shelf = new.shelf

    def numbered(run: Sequence[Article]) -> Numbers:
        return run.numbers if isinstance(run, ShelfRun) else array("I", map(shelf.number, run))

    known = {(kind, name): run for kind, _, name, _, run in _all_runs(before, numbered)}
    changed = (
        row for row in _all_runs(after, numbered) if known.get((row[0], row[2])) is not row[4]
    )
    with closing(sqlite3.connect(file)) as store, store:
        # The mark tells a record that a crash left half written: nothing need be waited for.
        store.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        gone = [(number,) for number in were - are]
        store.executemany("DELETE FROM articles WHERE number = ?", gone)
        rows = [_row(number, shelf.article(number)) for number in are - were]
        store.executemany("INSERT INTO articles VALUES (?, ?, ?, ?)", rows)
        _insert_runs(store, changed)
        _store_facts(store, facts)
    return mark_of(file)


def _all_runs(site: Site, numbered: Numbering) -> Iterator[RunRow]:
    """Every run of a Site."""
    for name in CHOICES:
        yield "", 0, name, None, numbered(getattr(site, name))
    for (year, month), run in site.months.items():
        yield MONTH, 0, f"{year}-{month}", None, numbered(run)
    yield from _subject_runs("section", site.sections, numbered)
    yield from _subject_runs("tag", site.tags, numbered)
    yield from _subject_runs("author", site.authors, numbered)


def _subject_runs(
    kind: str, collections: Iterable[Collection[Subject]], numbered: Numbering
) -> Iterator[RunRow]:
    for place, collection in enumerate(collections):
        subject = collection.subject
        yield kind, place, subject.slug, subject, numbered(collection.articles)


def _insert_runs(store: sqlite3.Connection, rows: Iterable[RunRow]) -> None:
    store.executemany(
        "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?)",
        (
            (kind, place, name, _to_text(subject), numbers.tobytes())
            for kind, place, name, subject, numbers in rows
        ),
    )


def _store_facts(store: sqlite3.Connection, facts: Facts) -> None:
    rows = [("format", str(FORMAT)), ("facts", _to_text(facts))]
    store.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)


def _to_text(value: object) -> str:
    return to_json(value).decode() if value else ""


def _row(number: int, article: Article) -> tuple[int, str, str, str]:
    return number, article.source.path, article.address, article.id


def _named(
    names: Iterable[Entry], collections: Iterable[Collection[Subject]]
) -> dict[str, Collection[Subject]]:
    by_slug = {collection.subject.slug: collection for collection in collections}
    return {entry.key: by_slug[entry.value] for entry in names}


def _month(name: str) -> tuple[int, int]:
    year, _, month = name.partition("-")
    return int(year), int(month)


def month_entries(site: Site) -> tuple[Entry, ...]:
    """When each month of a Site changed, to be recorded."""
    return tuple(
        Entry(f"{year}-{month}", changed.isoformat())
        for (year, month), changed in site.month_changes.items()
    )


def slug_entries(collections: Mapping[str, Collection[Subject]]) -> tuple[Entry, ...]:
    """By which keys each tag or author is found, to be recorded."""
    return tuple(Entry(key, found.subject.slug) for key, found in collections.items())


def entries(values: Mapping[str, str]) -> tuple[Entry, ...]:
    """A mapping, to be recorded."""
    return tuple(Entry(key, value) for key, value in values.items())
