"""Publishing as a transaction: everything is staged before the first published file changes.

New and changed files are written to a staging folder beside the output folder. Then a
journal is written that says what will be renamed and deleted, and only then the output
folder changes. A run that finds a whole journal finishes it; staged files without a
journal are thrown away. So a run that was killed leaves the old site, or work that the
next run completes. `recovery.py` tells the steps.
"""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from generator.media.findings import patched
from generator.media.recipe import HEAD, LARGEST, Cleaning
from generator.model.digests import content_digest, digest_of_pieces
from generator.model.problems import HinderedError
from generator.model.values import frozen
from generator.publish.access import guard_access
from generator.publish.disk import sync
from generator.publish.folder import (
    Order,
    all_stand,
    foreign_path,
    publishing_order,
    stands,
    unknown,
)
from generator.publish.journal import NAME, Journal
from generator.publish.manifest import (
    About,
    Manifest,
    Published,
    count_pages,
    is_page,
    must_be_inside,
)
from generator.publish.originals import Original, OriginalError
from generator.publish.recovery import carry_out, end, journal_seal, new_state
from generator.publish.staging import Staging, staging_folder


class OccupiedError(Exception):
    """A file that we did not publish stands where a new one would go."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


class UnsealedError(HinderedError):
    """What is known of the output folder has no seal, and other files than ours may be in it."""

    def __init__(self, name: str) -> None:
        message = f"an older version, or somebody else, wrote what .broadsheet/ knows of {name}"
        hint = f"If every file in {name} is Broadsheet's, delete both folders and build again."
        super().__init__(message, hint)


@frozen
class Changes:
    """What publishing changed: paths relative to the output folder, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    unchanged: int = 0


@frozen
class Pages:
    """How many HTML pages there are before and after a change, and which become empty by it."""

    before: int
    after: int
    empty: tuple[str, ...] = ()


@dataclass(slots=True)
class Transaction:
    """Stages one new state of an output folder, and puts it in place.

    Use: `put`, `copy`, `adopt`, `reuse` or `keep` every file of the new state, then `commit`, or
    `abandon`. After `partial()`, what is not mentioned stays, and `remove` tells what
    goes. When `is_adopting`, the files in the folder are not known to be ours: they may
    stay if they are just what would stand there, and nothing else. When the manifest
    `was_damaged`, everything is made anew.
    """

    site: Path
    output: Path
    before: Manifest
    clean: bool = False
    is_adopting: bool = False
    was_damaged: bool = False
    _staging: Staging = field(init=False)
    _is_partial: bool = False
    _files: dict[str, Published] = field(default_factory=dict)
    _removed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._staging = Staging(staging_folder(self.output, self.site))

    @property
    def staging(self) -> Path:
        """The staging folder; see `staging_folder`."""
        return self._staging.folder

    @property
    def is_committing(self) -> bool:
        """Whether the change has begun and is not finished: the next run finishes it."""
        return (self.staging / NAME).exists()

    def __enter__(self) -> Self:
        """Begin: whatever goes wrong from here on, what was staged is thrown away."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        """Throw away what was staged, after an error."""
        if kind is not None:
            self.abandon()

    def stands_whole(self) -> bool:
        """Whether every published file still stands in the folder, with its size (3 µs a file).

        False too when there is nothing to trust: no manifest, or everything is made anew.
        """
        if not self.before.is_stored or self.clean or self.is_adopting:
            return False
        return all_stand(self.output, self.before.sizes())

    def partial(self) -> None:
        """Let everything stay that is not mentioned; the cost is that of what is.

        Only on a manifest that was stored, so ask `stands_whole` first. Raises ValueError.
        """
        if not self.before.is_stored or self.clean or self.is_adopting or self._files:
            raise ValueError("not everything is known that would stay")
        self._is_partial = True

    def from_nothing(self) -> None:
        """Where nothing stands yet, let whole folders be moved; for paths that do not clash."""
        is_empty = not os.path.lexists(self.output) or (
            self.output.is_dir() and not any(self.output.iterdir())
        )
        self._staging.is_tree = is_empty and not len(self.before)

    def reuse(self, path: str, fingerprint: str) -> bool:
        """Let `path` stay as it is, if it was made from the very same; tells whether it was."""
        before = None if self.clean or not fingerprint else self._known(path)
        if before is None or before.fingerprint != fingerprint:
            return False
        if not stands(f"{self.output}/{path}", before.size):
            return False
        self._name(path, before)
        return True

    def fingerprints(self, paths: Iterable[str]) -> dict[str, str]:
        """What those of some paths were made from that may be reused."""
        found = {} if self.clean else {path: self._known(path) for path in paths}
        return {path: file.fingerprint for path, file in found.items() if file}

    def put(self, path: str, data: bytes, source: str = "", fingerprint: str = "") -> None:
        """Let `path` have this content. Content that stands there already is not written."""
        if self._is_new(path, Published(content_digest(data), len(data), source, fingerprint)):
            self._staging.write(path, data)

    def copy(self, path: str, original: Original, cleaning: Cleaning, source: str = "") -> None:
        """Let `path` have the content of a file of the site, as it is cleaned.

        Raises OriginalError when the file is no more what it was read as.
        """
        fingerprint = cleaning.fingerprint(original.digest)
        if self.reuse(path, fingerprint):
            self._files[path] = self._files[path]._replace(source=source)
            return
        with original.opened() as file:
            head = file.read(HEAD)
            file.seek(0)
            size = os.fstat(file.fileno()).st_size
            if cleaning.takes(head):
                if size > LARGEST:
                    hint = "Make it smaller: nobody waits for it."
                    raise OriginalError(original.path, f"a picture of {size:,} bytes", hint)
                data = cleaning.of(original.whole(file))
                self.put(path, data, source, fingerprint)
                return
            patches = cleaning.patches(file)
            digest = original.digest
            if patches:
                digest = digest_of_pieces(patched(original.pieces(file), patches))
                file.seek(0)
            if self._is_new(path, Published(digest, size, source, fingerprint)):
                self._staging.fill(path, patched(original.pieces(file), patches), size)

    def reserve(self, path: str) -> int:
        """A number for the new content of `path`, for another process to write into its `file`.

        `adopt` follows when that is done, or nothing, if there is no content after all.
        """
        must_be_inside(path)
        return self._staging.reserve(path)

    def file(self, path: str, number: int) -> str:
        """The absolute name of the file that was reserved for the new content of `path`."""
        return self._staging.file(path, number)

    def adopt(
        self, path: str, digest: str, size: int, source: str = "", fingerprint: str = ""
    ) -> bool:
        """Let `path` have the content that was written to its reserved file; whether it is new.

        `digest` is its `content_digest`, `size` its bytes. Raises OSError when the file is not
        there, or not of that size.
        """
        if self._is_new(path, Published(digest, size, source, fingerprint)):
            self._staging.adopt(path, size)
            return True
        self._staging.refuse(path)
        return False

    def keep(self, *sources: str) -> int:
        """Keep what was made from sources when it could last be made; tells how many files."""
        kept = self.before.sources(*sources)
        for path, file in kept.items():
            self._removed.discard(path)
            self._files.setdefault(path, file)
        return len(kept)

    def remove(self, path: str) -> None:
        """Let there be no file at `path`, if it was ours."""
        must_be_inside(path)
        self._files.pop(path, None)
        self._staging.drop(path)
        self._removed.add(path)

    def planned(self, path: str) -> Published | None:
        """What the new state has at a path, as far as it has been named."""
        return self._files.get(path)

    def pages(self) -> Pages:
        """How many pages there were and will be, for `guard_shrinking`."""
        empty = (path for path, file in self._files.items() if not file.size and is_page(path))
        empty = (path for path in empty if (known := self._known(path)) is None or known.size)
        after = self._about(self._changes(), "").pages
        return Pages(self.before.about.pages, after, tuple(sorted(empty)))

    def commit(self, mark: str = "", order: Order = unknown) -> Changes:
        """Put the new state in place; assets and articles first, deletions last.

        `mark` is for the caller to find in `before.mark` next time; `order` tells what goes first.
        Raises OccupiedError where a file that is not ours stands in the way; nothing has changed
        then. After an OSError the next run finishes the change if `is_committing`, else nothing
        has changed.
        """
        changes = self._changes()
        going = (*changes.deleted, *changes.changed)
        if foreign := foreign_path(self.output, self._staging.numbers, going):
            raise OccupiedError(foreign)
        if self.is_adopting and going:
            raise UnsealedError(self.output.name) if self.was_damaged else OccupiedError(going[0])
        journal = self._journal(changes, mark, order)
        if journal.rows or journal.deletions or mark != self.before.mark or not journal.base:
            self._begin(journal, going)
            self.before.close()
            carry_out(journal, self.site, self.output)
        end(self.site, self.output)
        return changes

    def restart(self) -> None:
        """Begin the new state again, with nothing in it; everything must be named, as at first."""
        self.abandon()
        self._is_partial = False
        self._files.clear()
        self._removed.clear()

    def abandon(self) -> None:
        """Throw away what was staged; the output folder stays as it is.

        A change that has begun cannot be abandoned: the next run finishes it.
        """
        if not self.is_committing:
            self._staging.clear()

    def _begin(self, journal: Journal, going: Collection[str]) -> None:
        """Sync what is staged and store the journal: from now on the change happens.

        Raises OSError, with the path, where it could not be carried out.
        """
        for folder in (self.output, self.staging):
            folder.mkdir(parents=True, exist_ok=True)
        guard_access(self.output, self.staging, self._staging.numbers, going)
        sync(self._staging.contents())
        journal.store(self.staging, journal_seal(self.site))
        sync([str(self.staging.parent)])

    def _journal(self, changes: Changes, mark: str, order: Order) -> Journal:
        staged, files = self._staging.numbers, self._files
        base = "" if self.clean else self.before.about.state
        if base:
            rows = {p: file for p, file in files.items() if p in staged or self._known(p) != file}
        if not base or (not self._is_partial and 2 * len(rows) > len(files)):
            base, rows = "", files  # all of it is quicker written than half of it changed

        def in_order(path: str) -> tuple[int, str]:
            return publishing_order(path, order)

        return Journal(
            moves=self._staging.moves(order),
            deletions=sorted(changes.deleted, key=in_order, reverse=True),
            rows=rows,
            about=self._about(changes, mark),
            base=base,
        )

    def _about(self, changes: Changes, mark: str) -> About:
        """What the manifest will tell of itself."""
        files = changes.unchanged + len(self._staging.numbers)
        if not self._is_partial:
            return About(new_state(), mark, files, count_pages(self._files))
        more = count_pages(changes.added) - count_pages(changes.deleted)
        return About(new_state(), mark, files, self.before.about.pages + more)

    def _changes(self) -> Changes:
        staged = sorted(self._staging.numbers)
        if self._is_partial:
            gone = {path for path in self._removed if path not in self._files and self._known(path)}
        else:
            gone = self.before.files.keys() - self._files.keys()
        added = tuple(path for path in staged if self._known(path) is None)
        total = len(self.before) + len(added) - len(gone) if self._is_partial else len(self._files)
        return Changes(
            added=added,
            changed=tuple(path for path in staged if self._known(path) is not None),
            deleted=tuple(sorted(gone)),
            unchanged=total - len(staged),
        )

    def _known(self, path: str) -> Published | None:
        """What is published at a path; rows are read one by one only when few will be."""
        return (self.before if self._is_partial else self.before.files).get(path)

    def _is_new(self, path: str, published: Published) -> bool:
        """Note a file of the new state; whether the output folder lacks this very content."""
        must_be_inside(path)
        self._name(path, published)
        before = None if self.clean else self._known(path)
        is_known = before is not None and before[:2] == published[:2]
        if is_known and stands(f"{self.output}/{path}", published.size):
            self._staging.drop(path)
            return False
        return True

    def _name(self, path: str, published: Published) -> None:
        self._files[path] = published
        self._removed.discard(path)
