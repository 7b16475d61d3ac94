"""The reasons: when each published file was last made anew, and why; for whoever asks.

Nothing is built by them. They are written after a build has published: one row for each file that
changed, and one in all for a build of everything. A damaged file of reasons is forgotten.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from generator.media.recipe import COPIED, PICTURE
from generator.model.values import frozen
from generator.plan.fingerprints import Part, differing
from generator.publish.manifest import Published
from generator.publish.transaction import Changes
from generator.stages.job import Job

TABLES = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, instant TEXT NOT NULL, digest TEXT NOT NULL, causes TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clean (instant TEXT NOT NULL);
"""
CLEAN, NEW, FILE, WARNING, FOLDER = "clean", "new", "file", "warning", "folder"
WORDS = {
    CLEAN: "everything was built",
    NEW: "it is new",
    FILE: "its file changed",
    WARNING: "it had a warning, so it is made anew each time",
    FOLDER: "it was missing or changed in the output folder",
    Part.CODE: "Broadsheet, a library or an option changed",
    Part.FRAME: "what every page shows changed (title, navigation, style sheet)",
    Part.LAYOUT: "its layout or something that it includes changed",
    Part.TEXT: "its text changed",
    Part.STORIES: "a story that it shows changed",
    Part.OWN: "its own title, date, links or lists changed",
}
Known = Callable[[str], Published | None]


@frozen
class Reason:
    """When a file was last made anew, and why: keys of WORDS, the most telling first."""

    instant: datetime
    causes: tuple[str, ...]


def in_words(causes: tuple[str, ...], layout: str = "") -> str:
    """Causes as people read them; `layout` is the name of the page's layout, if it is known."""
    words = {**WORDS}
    if layout:
        words[Part.LAYOUT] = f"the layout {layout} or something that it includes changed"
    return "; ".join(words[cause] for cause in causes)


def causes_of(old: Published | None, new: Published) -> tuple[str, ...]:
    """Why a file was made anew."""
    if old is None:
        return (NEW,)
    if new.fingerprint.startswith((COPIED, PICTURE)):
        return (FILE,)
    if not old.fingerprint or not new.fingerprint:
        return (WARNING,)
    return tuple(map(str, differing(old.fingerprint, new.fingerprint))) or (FOLDER,)


def reasons_path(beside: Path) -> Path:
    """Where the reasons are kept: beside the manifest and the record of the same output folder."""
    return beside.with_name("reasons-" + beside.name.partition("-")[2])


def note_reasons(job: Job, changes: Changes, known: Known) -> None:
    """Write down why files have changed; `known` tells what stood at a path before.

    Nothing is written when nothing has changed. What goes wrong here stops no build: the site is
    published by now.
    """
    if not (changes.added or changes.changed or changes.deleted):
        return
    file = reasons_path(job.record)
    before = job.transaction.before
    is_clean = job.transaction.clean or not before.is_stored
    if is_clean:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    rows = () if is_clean else _rows(job, changes, known)
    try:
        _write(file, rows, changes.deleted, clean=job.now if is_clean else None)
    except sqlite3.Error:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _rows(job: Job, changes: Changes, known: Known) -> Iterator[tuple[str, str, str, str]]:
    instant = job.now.isoformat()
    for path in (*changes.added, *changes.changed):
        new = job.transaction.planned(path)
        if new:
            yield path, instant, new.digest, " ".join(causes_of(known(path), new))


def _write(
    file: Path,
    rows: Iterator[tuple[str, str, str, str]] | tuple[()],
    deleted: tuple[str, ...],
    clean: datetime | None,
) -> None:
    with closing(sqlite3.connect(file)) as store, store:
        store.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;" + TABLES)
        if clean:
            store.execute("INSERT INTO clean VALUES (?)", (clean.isoformat(),))
        store.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in deleted))
        store.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)


def reason_for(file: Path, path: str, published: Published) -> Reason | None:
    """Why the published file at a path was last made anew; None where that is not known.

    `file` is the file of the reasons; it is only read.
    """
    if not file.exists():
        return None
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as store:
            query = "SELECT instant, causes, digest FROM files WHERE path = ?"
            row = store.execute(query, (path,)).fetchone()
            clean = store.execute("SELECT instant FROM clean").fetchone()
        instant, causes, digest = row or (*(clean or ("",)), CLEAN, published.digest)
        known = tuple(causes.split())
        # Another digest: a build was killed before it could write its reasons down.
        is_known = digest == published.digest and WORDS.keys() >= set(known)
        return Reason(datetime.fromisoformat(instant), known) if is_known else None
    except (sqlite3.Error, ValueError, TypeError, AttributeError):
        return None
