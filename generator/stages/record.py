"""The record: what the last build made a site of, so that the next can begin from there.

It holds what putting the stories in order found out: which stories stand in which order in which
run, who names what, and what was wrong. What the stories hold is in the memory; what was published,
in the manifest. A record counts only when it is, to the byte, the one that the manifest names.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.model.article import Article, Name, SourceFile
from generator.model.mentions import Mentions
from generator.model.problems import Problem
from generator.model.runs import Index, Key, Run, Stock
from generator.model.site import Month, Site
from generator.model.values import NotPlainError, from_json, replace, to_json, told_in
from generator.plan.arrange import empty_site, put
from generator.plan.change import Change
from generator.plan.own_files import mentions_of
from generator.plan.view import View
from generator.plan.visibility import left_out
from generator.read.memory import DamagedError, Memory
from generator.stages.facts import FORMAT, Facts, mark_of

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE stories (
    number INTEGER PRIMARY KEY, time REAL NOT NULL, path TEXT NOT NULL, address TEXT NOT NULL,
    id TEXT NOT NULL, slug TEXT NOT NULL
);
CREATE INDEX by_path ON stories (path);
CREATE INDEX by_address ON stories (address);
CREATE INDEX by_id ON stories (id);
CREATE INDEX by_slug ON stories (slug);
CREATE TABLE runs (
    kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, numbers BLOB NOT NULL,
    PRIMARY KEY (kind, key, name)
) WITHOUT ROWID;
CREATE TABLE mentions (
    name TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (name, path)
) WITHOUT ROWID;
CREATE INDEX by_naming ON mentions (path);
CREATE TABLE problems (unit TEXT PRIMARY KEY, found TEXT NOT NULL) WITHOUT ROWID;
"""
QUICK = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
"""A record that a crash left half written is told by its mark: nothing need be waited for."""
CHOICES = ("articles", "pinned", "picking", "moved", "timed")
USES = {"section": "section_uses", "tag": "tag_uses", "author": "author_uses"}
Found = Mapping[str, tuple[Problem, ...]]
"""What is wrong, by what was looked at: a text, a page, or the plan as a whole."""
Runs = dict[tuple[str, str, str], Run]
"""Every run of a Site, by its kind, its key and how that is spelt."""


def facts_of(site: Site, now: datetime, until: datetime | None, **more: Any) -> Facts:  # noqa: ANN401 - as Facts
    """What is to be recorded of a Site that was made at an instant."""
    changes = site.month_changes.items()
    return Facts(
        now=now,
        until=until,
        articles=len(site.articles),
        left_out=left_out(site),
        texts=tuple(sorted(site.texts)),
        hidden=tuple(sorted(site.hidden)),
        month_changes=tuple(sorted((*month, at.isoformat()) for month, at in changes)),
        **more,
    )


class Record:
    """A record that is open: its Facts, what was wrong, and the Site that it describes."""

    def __init__(self, store: sqlite3.Connection, facts: Facts, memory: Memory) -> None:
        self._store, self.facts, self._memory = store, facts, memory

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def found(self) -> dict[str, tuple[Problem, ...]]:
        """What was wrong, by what was looked at."""
        rows = self._store.execute("SELECT unit, found FROM problems")
        zone, kind = self._memory.zone, tuple[Problem, ...]
        return {unit: from_json(kind, text.encode(), zone) for unit, text in rows}

    def site(self, view: View) -> Site:
        """The Site as it was recorded, looked at as it was then.

        Raises DamagedError and sqlite3.Error when it cannot be had.
        """
        view = replace(view, now=self.facts.now)
        stock = self._stock()
        runs = self._runs(stock)
        uses: dict[str, dict[str, dict[Name, Run]]] = {kind: {} for kind in USES}
        months: dict[Month, Run] = {}
        for (kind, key, name), run in runs.items():
            if kind == "month":
                year, _, month = key.partition("-")
                months[int(year), int(month)] = run
            elif kind:
                spelt = uses[kind].setdefault(key, {})
                spelt[from_json(Name, name.encode(), self._memory.zone)] = run
        every = MemoryFiles(self._memory)
        zone = self._memory.zone
        bare = replace(
            empty_site(view, stock),
            **{name: runs[("", name, "")] for name in CHOICES},
            **{field: uses[kind] for kind, field in USES.items()},
            months=months,
            month_changes={
                (year, month): told_in(datetime.fromisoformat(at), zone)
                for year, month, at in self.facts.month_changes
            },
            article_of=self._index(stock, "path"),
            article_at=self._index(stock, "address"),
            by_id=self._index(stock, "id"),
            by_slug=self._index(stock, "slug"),
            texts=self._texts(self.facts.texts),
            hidden=self._texts(self.facts.hidden),
            files=every,
            every_file=every,
            mentions=Mentions(self._mentioning),
        )
        return put(bare, {}, view).after

    def update(self, facts: Facts, change: Change, found: Found, were: Found) -> None:
        """Record what a change made of the Site; what was wrong before, and is now, comes along."""
        store, before, after = self._store, change.before, change.after
        known, runs = _all_runs(before), _all_runs(after)
        gone = _numbers((edit.old for edit in change.edits), before)
        come = _numbers((edit.new for edit in change.edits), after)
        stories = [(number, after.articles.stock.article(number)) for number in come]
        texts = [after.article_of.get(path) or after.texts.get(path) for path in change.news]
        texts += [after.hidden.get(path) for path in change.news]
        store.rollback()  # nothing is asked any more
        store.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        with store:
            store.executemany("DELETE FROM stories WHERE number = ?", ((one,) for one in gone))
            _insert_stories(store, stories)
            lost = known.keys() - runs.keys()
            store.executemany("DELETE FROM runs WHERE kind = ? AND key = ? AND name = ?", lost)
            _insert_runs(store, ((at, run) for at, run in runs.items() if known.get(at) is not run))
            news = [(path,) for path in change.news]
            store.executemany("DELETE FROM mentions WHERE path = ?", news)
            _insert_mentions(store, filter(None, texts))
            units = [(unit,) for unit in were.keys() - found.keys()]
            store.executemany("DELETE FROM problems WHERE unit = ?", units)
            others = (item for item in found.items() if were.get(item[0]) != item[1])
            _insert_problems(store, others)
            _store_facts(store, facts)

    def _stock(self) -> Stock:
        rows = self._store.execute("SELECT number, time, path FROM stories ORDER BY number")
        keys: list[Key] = []
        for number, time, path in rows:
            while len(keys) < number:
                keys.append((0.0, ""))
            keys.append((time, path))
        return Stock(keys, self._story)

    def _story(self, path: str) -> Article:
        value = self._memory.value(path)
        if not isinstance(value, Article):
            raise DamagedError(path)
        return value

    def _texts(self, paths: tuple[str, ...]) -> dict[str, Any]:
        """The texts at some paths. Raises DamagedError when one is not to be had."""
        found = {read.path: read.value for read in self._memory.recall(paths)}
        if len(found) < len(paths):
            raise DamagedError("texts")
        return {path: found[path] for path in paths}

    def _runs(self, stock: Stock) -> Runs:
        rows = self._store.execute("SELECT kind, key, name, numbers FROM runs")
        return {(kind, key, name): Run(stock, array("I", data)) for kind, key, name, data in rows}

    def _index(self, stock: Stock, column: str) -> Index:
        query = f"SELECT number FROM stories WHERE {column} = ? ORDER BY time, path"  # noqa: S608 - a column of ours
        names = f"SELECT DISTINCT {column} FROM stories"  # noqa: S608 - a column of ours

        def numbers(key: str) -> tuple[int, ...]:
            return tuple([number for (number,) in self._store.execute(query, (key,))])

        return Index(stock, numbers, lambda: [key for (key,) in self._store.execute(names)])

    def _mentioning(self, name: str) -> Iterator[str]:
        found = self._store.execute("SELECT path FROM mentions WHERE name = ?", (name,))
        return (path for (path,) in found.fetchall())


class MemoryFiles(Mapping[str, SourceFile]):
    """The site's files that are no texts, by path, each fetched when it is asked for."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def __getitem__(self, path: str) -> SourceFile:
        """What is known of a file."""
        value = self._memory.value(path) if path in self._memory.stamps else None
        if not isinstance(value, SourceFile):
            raise KeyError(path)
        return value

    def __iter__(self) -> Iterator[str]:
        """The paths of all files."""
        return (path for path in self._memory.stamps if path in self)

    def __len__(self) -> int:
        """How many files there are."""
        return sum(1 for _ in self)


def open_record(file: Path, facts: Facts, memory: Memory) -> Record:
    """The record that some Facts are from. Raises sqlite3.Error when it cannot be read."""
    store = sqlite3.connect(file)
    try:
        store.execute("BEGIN")  # hundreds of questions follow, and one lock will do for all
        return Record(store, facts, memory)
    except BaseException:
        store.close()
        raise


def store_record(file: Path, facts: Facts, site: Site, found: Found) -> str:
    """Record a Site; answers the mark of the record.

    No record, and no mark, for a site that holds what cannot be stored, and where SQLite finds
    no room for it: then the next build looks at everything.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    texts = (*site.articles, *site.texts.values(), *site.hidden.values())
    try:
        with closing(sqlite3.connect(file)) as store, store:
            store.executescript(QUICK + TABLES)
            _insert_stories(store, zip(site.articles.numbers, site.articles, strict=True))
            _insert_runs(store, _all_runs(site).items())
            _insert_mentions(store, texts)
            _insert_problems(store, found.items())
            _store_facts(store, facts)
    except (NotPlainError, sqlite3.Error):
        file.unlink(missing_ok=True)
        return ""
    return mark_of(file)


def _numbers(articles: Iterable[Article | None], site: Site) -> list[int]:
    found = (site.article_of.number(article.source.path) for article in articles if article)
    return [number for number in found if number is not None]


def _all_runs(site: Site) -> Runs:
    """Every run of a Site."""
    found: Runs = {("", name, ""): getattr(site, name) for name in CHOICES}
    for (year, month), run in site.months.items():
        found["month", f"{year}-{month}", ""] = run
    for kind, field in USES.items():
        for key, spelt in getattr(site, field).items():
            for name, run in spelt.items():
                found[kind, key, to_json(name).decode()] = run
    return found


def _insert_stories(store: sqlite3.Connection, rows: Iterable[tuple[int, Article]]) -> None:
    store.executemany(
        "INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, -a.date.timestamp(), a.source.path, a.address, a.id, a.slug)
            for number, a in rows
        ),
    )


def _insert_runs(
    store: sqlite3.Connection, runs: Iterable[tuple[tuple[str, str, str], Run]]
) -> None:
    store.executemany(
        "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?)",
        ((*at, run.numbers.tobytes()) for at, run in runs),
    )


def _insert_mentions(store: sqlite3.Connection, texts: Iterable[Any]) -> None:
    rows = ((name, text.source.path) for text in texts for name in mentions_of(text))
    store.executemany("INSERT OR REPLACE INTO mentions VALUES (?, ?)", rows)


def _insert_problems(
    store: sqlite3.Connection, found: Iterable[tuple[str, tuple[Problem, ...]]]
) -> None:
    rows = ((unit, to_json(problems).decode()) for unit, problems in found if problems)
    store.executemany("INSERT OR REPLACE INTO problems VALUES (?, ?)", rows)


def _store_facts(store: sqlite3.Connection, facts: Facts) -> None:
    rows = [("format", FORMAT), ("facts", to_json(facts).decode())]
    store.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)
