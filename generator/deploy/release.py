"""Releases: what stands at a target because we brought it there, and who did when.

A release is written down at the target as JSON. The names of the files are relative to the
site's root, with forward slashes.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from generator.deploy.serving import cache_rule_of, is_compressible, type_of
from generator.model.values import frozen

FORMAT = 1
GZIP = "gzip"


@frozen
class Entry:
    """One file at a target.

    `digest` and `size` (bytes) are those of what readers get, `encoding` says how it is stored.
    `pack` names the pack that holds it for a rollback, and says nothing of the file itself.
    """

    digest: str
    size: int
    type: str = ""
    cache: str = ""
    encoding: str = ""
    pack: str = ""

    def is_like(self, other: "Entry | None") -> bool:
        """Whether readers get the same of both."""
        return other is not None and self.about == other.about

    @property
    def about(self) -> tuple[str, str, str, str]:
        """All that readers notice."""
        return self.digest, self.type, self.cache, self.encoding


Entries = Mapping[str, Entry]


def entries_of(
    files: Iterable[tuple[str, str, int]], *, compress: bool = False
) -> dict[str, Entry]:
    """How files are served, of their paths, digests and sizes."""
    entries = {}
    for path, digest, size in files:
        media_type = type_of(path)
        encoding = GZIP if compress and is_compressible(media_type) else ""
        entries[path] = Entry(digest, size, media_type, cache_rule_of(path, digest), encoding)
    return entries


def tree_of(entries: Entries) -> str:
    """What stands for all files of a release: equal trees, equal sites for readers."""
    lines = ("\0".join((path, *entry.about)) for path, entry in sorted(entries.items()))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@frozen
class Note:
    """A release in one line: its number, when it was made and by whom, and what it changed.

    `record` names what holds all of it, `packs` what a rollback to it needs; `restored` is the
    number of the release whose content it brought back.
    """

    number: int
    made: datetime
    by: str
    tree: str
    added: int = 0
    changed: int = 0
    deleted: int = 0
    record: str = ""
    packs: tuple[str, ...] = ()
    restored: int = 0


@frozen
class Release:
    """All of a release: its files, and when each asset that no page needs any more may go."""

    format: int
    note: Note
    base_url: str
    files: Mapping[str, Entry]
    leaving: Mapping[str, datetime]

    @property
    def due(self) -> datetime | None:
        """When the first of the leaving assets may go."""
        return min(self.leaving.values(), default=None)


@frozen
class Deployer:
    """Who deploys: a name for people, and a process on a machine."""

    by: str
    machine: str
    process: int


@frozen
class Claim:
    """Somebody is deploying, and is heard of from time to time."""

    who: Deployer
    heard: datetime

    LEASE = timedelta(minutes=3)

    def has_lapsed(self, now: datetime) -> bool:
        """Whether nothing was heard for too long."""
        return now - self.heard > self.LEASE


@frozen
class Pointer:
    """What is live at a target: lock, record and list of earlier releases in one small file.

    `claim` is there while somebody deploys. `unfinished` names the records of releases that were
    begun since the live one: files of theirs may stand there. `due` is when something may be
    deleted although nothing is new.
    """

    format: int
    live: Note | None = None
    due: datetime | None = None
    earlier: tuple[Note, ...] = ()
    claim: Claim | None = None
    unfinished: tuple[str, ...] = ()


def utc_now() -> datetime:
    """This instant."""
    return datetime.now(UTC)
