"""The manifest: what stands in an output folder because we put it there."""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Self

from generator.model.addresses import folded
from generator.model.values import frozen

TABLES = (
    "CREATE TABLE about (state TEXT, mark TEXT, files INTEGER, pages INTEGER)",
    """CREATE TABLE files (path TEXT PRIMARY KEY, digest TEXT, size INTEGER, source TEXT,
    fingerprint TEXT, folded TEXT) WITHOUT ROWID""",
    "CREATE INDEX by_folded ON files (folded) WHERE folded IS NOT NULL",
)
"""`folded` is what a disk may take a path for (see `folded`); NULL where that is the path."""
ROWS = "SELECT path, digest, size, source, fingerprint FROM files"
SOURCES_AT_ONCE = 500


class Published(NamedTuple):
    """A published file: the digest and size (bytes) of its content, and what it was made from.

    `fingerprint` stands for everything that its content follows from; empty when the file
    must be made again in any case. A named tuple: there are 100,000 of them, and it is
    made in a fifth of the time that a frozen dataclass takes.
    """

    digest: str
    size: int
    source: str = ""
    fingerprint: str = ""


@frozen
class About:
    """What a manifest tells of itself.

    `state` names one state of it, and no other; it is empty for a manifest that is not stored.
    `mark` is what was given to the commit that made this state. `files` and `pages` count
    the published files, and the HTML files among them.
    """

    state: str = ""
    mark: str = ""
    files: int = 0
    pages: int = 0


class Manifest:
    """The published files by path, relative to the output folder, with forward slashes.

    Rows are read when they are asked for. Made by `Manifest.of` from files in memory, or by
    `load_manifest`. Valid until the transaction that it belongs to is committed.
    """

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        weakref.finalize(self, rows.close)
        about = rows.execute("SELECT state, mark, files, pages FROM about").fetchall()
        if len(about) != 1:
            raise sqlite3.DatabaseError("it must tell one thing of itself")
        self.about = About(*about[0])

    @classmethod
    def of(cls, files: Mapping[str, Published]) -> Self:
        """A manifest of these files, in memory."""
        rows = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        fill(rows, files, About("", "", len(files), count_pages(files)))
        return cls(rows)

    @property
    def is_stored(self) -> bool:
        """Whether this is what was stored when the folder was last published."""
        return bool(self.about.state)

    @property
    def mark(self) -> str:
        """What was given to the last commit; empty when nothing was."""
        return self.about.mark

    @cached_property
    def files(self) -> Mapping[str, Published]:
        """All of them at once: about 1 µs and 500 bytes of memory for each."""
        rows = self._rows.execute(ROWS)
        return {path: Published(*row) for path, *row in rows if is_inside(path)}

    def get(self, path: str) -> Published | None:
        """The file at a path, or None."""
        row = self._rows.execute(f"{ROWS} WHERE path = ?", (path,)).fetchone()
        return Published(*row[1:]) if row else None

    def __len__(self) -> int:
        return self.about.files

    def __bool__(self) -> bool:
        """A manifest without files is one all the same."""
        return True

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Every path and its file's size in bytes, sorted by path."""
        return self._rows.execute("SELECT path, size FROM files ORDER BY path")

    def clashes(self, path: str) -> tuple[str, ...]:
        """Other published files beside which a file at this path cannot stand on every disk.

        That is one whose path differs in capitals or the composition of accents only, one
        that is where this path needs a folder, and all that stand in a folder of its name.
        """
        name = folded(path)
        same = {name, *folders_of(name)}
        marks = ",".join("?" * len(same))
        found = self._rows.execute(
            f"SELECT path FROM files WHERE path IN ({marks}) OR path BETWEEN ? AND ?"  # noqa: S608 - marks only
            f" UNION SELECT path FROM files WHERE folded IN ({marks}) OR folded BETWEEN ? AND ?",
            (*same, f"{name}/", f"{name}0", *same, f"{name}/", f"{name}0"),
        )
        others = (other for (other,) in found if other != path)
        return tuple(
            sorted(
                other
                for other in others
                if folded(other) in same or folded(other).startswith(f"{name}/")
            )
        )

    def sources(self, *sources: str) -> dict[str, Published]:
        """The files made from any of these sources, by path; looks through all, 50 ns each."""
        found: dict[str, Published] = {}
        for start in range(0, len(sources), SOURCES_AT_ONCE):
            some = sources[start : start + SOURCES_AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._rows.execute(f"{ROWS} WHERE source IN ({marks})", some)
            found |= {path: Published(*row) for path, *row in rows if is_inside(path)}
        return found

    def doubted(self) -> dict[str, Published]:
        """The same files, as far as they are ours; what is in them is no longer known."""
        return {path: file._replace(digest="", fingerprint="") for path, file in self.files.items()}

    def close(self) -> None:
        """Let go of the file; nothing can be asked for any more."""
        self._rows.close()


def fill(rows: sqlite3.Connection, files: Mapping[str, Published], about: About) -> None:
    """Make an empty database a manifest."""
    for table in TABLES:
        rows.execute(table)
    rows.execute("BEGIN")
    # In order each row is put at the end, which is quickest.
    change(rows, sorted(files.items()), (), about)
    rows.execute("COMMIT")


def change(
    rows: sqlite3.Connection,
    files: Iterable[tuple[str, Published]],
    deletions: Iterable[str],
    about: About,
) -> None:
    """Change a manifest's rows, within a transaction that is the caller's."""
    rows.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in deletions))
    rows.executemany(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
        ((path, *file, name if (name := folded(path)) != path else None) for path, file in files),
    )
    rows.execute("DELETE FROM about")
    rows.execute(
        "INSERT INTO about VALUES (?, ?, ?, ?)",
        (about.state, about.mark, about.files, about.pages),
    )


def is_page(path: str) -> bool:
    """Whether a path is that of an HTML page."""
    return path.endswith(".html")


def count_pages(paths: Iterable[str]) -> int:
    """How many of these are HTML pages."""
    return sum(map(is_page, paths))


def is_inside(path: str) -> bool:
    """Whether a path stays in the output folder: what is stored may have been tampered with."""
    if not path.isascii():
        try:
            path.encode()
        except UnicodeEncodeError:
            return False
    return "\0" not in path and {"", ".", ".."}.isdisjoint(path.split("/"))


def must_be_inside(path: str) -> None:
    """Raise ValueError for a path that leaves the output folder."""
    if not is_inside(path):
        raise ValueError(f"not a path in the output folder: {path!r}")


def folders_of(path: str) -> list[str]:
    """The folders that a path needs, innermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]
