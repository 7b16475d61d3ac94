"""The facts: what is recorded of a build beside its Site, and tells if there is anything to do.

They stand in the record's file, but are read alone: a build in which nothing has changed needs
no more of it.
"""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime, tzinfo
from hashlib import file_digest
from pathlib import Path

from generator.model.left_out import LeftOut
from generator.model.problems import Problem
from generator.model.values import from_json, frozen
from generator.read.memory import DAMAGE, Memory

FORMAT = "4"


@frozen
class Facts:
    """What is recorded of a build beside the runs.

    `inputs` stands for everything that a build depends on but for the texts and the clock;
    `generation` names the state of the memory, `frame` what every page shows. From `until` on the
    site is another without an edit. `problems` were told, `left_out` says of each text that
    readers do not see why that is. `texts` are the paths of the visible texts that are no
    articles, `hidden` those of all hidden ones. Whether drafts were published, and the address
    that the site was built for, `deploy` asks.
    """

    inputs: str
    generation: str
    frame: str
    now: datetime
    until: datetime | None
    articles: int
    outputs: int
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    texts: tuple[str, ...]
    hidden: tuple[str, ...]
    month_changes: tuple[tuple[int, int, str], ...]
    drafts: bool = False
    base_url: str = ""
    ledger: str = ""


def load_facts(file: Path, mark: str, memory: Memory) -> Facts | None:
    """The Facts in a record; None when it is not the one that `mark` names, or not of now."""
    facts = facts_at(file, mark, memory.zone)
    return facts if facts and facts.generation == memory.generation != "" else None


def facts_at(file: Path, mark: str, zone: tzinfo) -> Facts | None:
    """The Facts in a record, whatever the memory is by now; instants come in `zone`."""
    if not mark or not file.exists() or mark_of(file) != mark:
        return None
    try:
        with closing(sqlite3.connect(file)) as store:
            about = dict(store.execute("SELECT name, value FROM about"))
        if about.get("format") != FORMAT:
            return None
        return from_json(Facts, about["facts"].encode(), zone)
    except DAMAGE:
        return None


def mark_of(file: Path) -> str:
    """What stands for a record's content."""
    # Processors help with SHA-256: that takes half as long as BLAKE2.
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def seal(file: Path, mark: str) -> None:
    """Note beside a record that it is whole; no `mark` notes that it is about to be another.

    A record that is not the one the manifest names may be of a build that published nothing; by its
    seal that is told from damage. Where none can be written, nothing is told.
    """
    with suppress(OSError):
        if mark:
            _seal_path(file).write_text(mark, "ascii")
        else:
            _seal_path(file).unlink(missing_ok=True)


def is_damaged(file: Path) -> bool:
    """Whether a record is another than it was when it was sealed."""
    try:
        return mark_of(file) != _seal_path(file).read_text("ascii", "replace")
    except OSError:
        return False


def _seal_path(file: Path) -> Path:
    return file.with_suffix(".seal")
