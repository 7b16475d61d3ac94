"""Placing files in a site: never over what an editor changed, never outside the site.

What was placed is remembered by its digest in `.broadsheet/imported.json`. A file that is still as
it was placed may be placed anew; one that is another by now, or was deleted, is an editor's. Where
that memory is lost, every file that differs is taken for an editor's.
"""

import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from shutil import copyfile

from generator.model.addresses import folded
from generator.state.folder import ready_state, state_folder

LEDGER = "imported.json"
LONGEST_NAME = 200
"""Bytes of a name: disks take 255, and some of them are ours."""
REFUSED = frozenset('\\:*?"<>|\0')


class Placed(StrEnum):
    """What became of a file."""

    WRITTEN = "written"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # an editor changed it
    DELETED = "deleted"  # an editor deleted it
    OUTSIDE = "outside"  # its place is not in the site, or it is no file


class Placer:
    """Places files in one site, and remembers what it placed; `store` keeps that."""

    def __init__(self, site: Path, *, dry_run: bool = False) -> None:
        self._site, self._dry_run = site, dry_run
        self._root = os.path.realpath(site)
        self._before: Mapping[str, str] = _load(state_folder(site) / LEDGER)
        self._now: dict[str, str] = dict(self._before)
        self.placed: dict[str, Placed] = {}

    def knows(self, target: str) -> bool:
        """Whether an earlier import placed a file."""
        return target in self._before

    def text(self, target: str, text: str, *, over: bool = False) -> Placed:
        """Place a text, in UTF-8; `over` one that an editor wrote, and that is in it."""
        data = text.encode("utf-8", "replace")
        if over and (self._site / target).is_file():
            self._before = {**self._before, target: _digest_of_file(self._site / target)}
        return self.data(target, data)

    def data(self, target: str, data: bytes) -> Placed:
        """Place some bytes."""
        found = self._state(target, digest := _digest_of(data))
        if found in (Placed.WRITTEN, Placed.UPDATED) and not self._dry_run:
            _write(self._site / target, data)
        return self._note(target, digest, found)

    def copy(self, target: str, source: Path) -> Placed:
        """Place a copy of a file. Raises OSError where it cannot be read."""
        found = self._state(target, digest := _digest_of_file(source))
        if found in (Placed.WRITTEN, Placed.UPDATED) and not self._dry_run:
            file = self._site / target
            file.parent.mkdir(parents=True, exist_ok=True)
            partial = file.with_name(f".{os.getpid()}.partial")
            try:
                copyfile(source, partial)
                partial.replace(file)
            finally:
                partial.unlink(missing_ok=True)
        return self._note(target, digest, found)

    def of(self, *kinds: Placed) -> Iterator[str]:
        """The files of which one of these became, in order."""
        return (path for path, placed in sorted(self.placed.items()) if placed in kinds)

    def store(self) -> None:
        """Remember what was placed."""
        if not self._dry_run:
            file = ready_state(self._site) / LEDGER
            data = json.dumps(self._now, indent=0, sort_keys=True, ensure_ascii=False)
            _write(file, data.encode("utf-8", "replace"))

    def _note(self, target: str, digest: str, found: Placed) -> Placed:
        if found in (Placed.WRITTEN, Placed.UPDATED, Placed.UNCHANGED):
            self._now[target] = digest
        self.placed[target] = found
        return found

    def _state(self, target: str, digest: str) -> Placed:
        """What is to become of a file whose bytes have this digest."""
        file = self._site / target
        if not is_safe(target) or not self._is_inside(file):
            return Placed.OUTSIDE
        known = self._before.get(target)
        if not os.path.lexists(file):
            return Placed.DELETED if known else Placed.WRITTEN
        if not file.is_file():
            return Placed.OUTSIDE
        there = _digest_of_file(file)
        if there == digest:
            return Placed.UNCHANGED
        return Placed.UPDATED if there == known else Placed.KEPT

    def _is_inside(self, file: Path) -> bool:
        """Whether no link on the way to a file leads out of the site."""
        real = os.path.realpath(file)
        return real.startswith(self._root + os.sep)


def is_safe(path: str) -> bool:
    """Whether a path below the site is one that every disk takes for what it says."""
    return all(
        part not in ("", ".", "..")
        and len(part.encode("utf-8", "replace")) <= LONGEST_NAME
        and REFUSED.isdisjoint(part)
        for part in path.split("/")
    )


def safe_name(name: str) -> str:
    """A text's name as a path that `is_safe` and that Broadsheet reads: no part begins hidden."""
    parts = (_safe_part(part) for part in unicodedata.normalize("NFC", name).split("/"))
    return "/".join(filter(None, parts)) or "untitled"


def _safe_part(part: str) -> str:
    kept = "".join(
        "-" if char in REFUSED or char.isspace() or not char.isprintable() else char
        for char in part
    )
    while len(kept.encode("utf-8", "replace")) > LONGEST_NAME:
        kept = kept[:-1]
    return kept.lstrip("._-~#").rstrip(".~#")


class Names:
    """Gives every text a path of its own, also on disks that fold case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, path: str) -> str:
        """The path, or the first one like it with a number that no other text has."""
        stem, dot, suffix = path.rpartition(".")
        found, number = path, 1
        while folded(found) in self._taken:
            number += 1
            found = f"{stem}-{number}{dot}{suffix}"
        self._taken.add(folded(found))
        return found


def _write(file: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{os.getpid()}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _load(file: Path) -> Mapping[str, str]:
    with suppress(OSError, ValueError, RecursionError):
        if not file.is_symlink():
            found = json.loads(file.read_bytes())
            if isinstance(found, dict):
                return {str(path): str(digest) for path, digest in found.items()}
    return {}


def _digest_of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _digest_of_file(file: Path) -> str:
    digest = blake2b(digest_size=16)
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
