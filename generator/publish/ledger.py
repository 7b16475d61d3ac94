"""The ledger: a second record of whose the files are, for when the manifest is damaged.

Without the manifest nobody could tell which files in the output folder may be replaced or
deleted, and the newsroom would have to empty the folder by hand. So each commit adds
to a file of its own what was published and what went: a seal and a JSON list a line, and at
its end the state that the manifest is in. Each line's seal is of the one before it too, so that
none can be left out or put elsewhere.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from generator.publish.disk import append_file, store_whole
from generator.publish.handles import Folder
from generator.publish.manifest import Published, is_inside
from generator.state.seal import Seal

ROWS_A_LINE = 500
LONGEST_END = 256
FIRST = b""
"""Before the first line there is no other's seal."""


def ledger_path(stored: Path) -> Path:
    """Where the ledger of a manifest is kept."""
    return stored.with_suffix(".ledger")


def write_ledger(path: Path, files: Mapping[str, Published], state: str, seal: Seal) -> None:
    """Begin a ledger anew. Its name is left to be synced with the next file in its folder."""
    lines = _lines(files.items(), (), state)
    store_whole(path, _sealed(lines, FIRST, seal), with_name=False)


def extend_ledger(
    path: Path,
    files: Iterable[tuple[str, Published]],
    deletions: Iterable[str],
    *,
    before: str,
    after: str,
    seal: Seal,
) -> bool:
    """Add a change from one state to another; False when the ledger does not end in the first."""
    state, last = _end(path)
    is_whole = state == before
    if is_whole:
        append_file(str(path), _sealed(_lines(files, deletions, after), last, seal))
    return is_whole


def read_ledger(path: Path, seal: Seal) -> dict[str, str] | None:
    """The published files, and what each was made from; None when the ledger is not ours."""
    found: dict[str, str] = {}
    kind, last = "", FIRST
    try:
        with Folder.at(path.parent) as folder:
            lines = folder.read(path.name).splitlines()
        for line in lines:
            mark, _, text = line.partition(b" ")
            if not seal.fits(mark.decode("ascii"), last, text):
                return None
            last = mark
            kind, *entries = json.loads(text)
            if kind == "file":
                found |= {str(name): str(source) for name, source in entries}
            for name in entries if kind == "gone" else ():
                found.pop(str(name), None)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return found if kind == "end" and all(map(is_inside, found)) else None


def _end(path: Path) -> tuple[str, bytes]:
    """The state that a ledger ends in, and its last seal; nothing when it is cut short."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_END))
            text = file.read()
        mark, _, line = text.splitlines()[-1].partition(b" ")
        if not text.endswith(b"\n"):
            return "", FIRST
        kind, state = json.loads(line)
    except (OSError, ValueError, TypeError, IndexError, RecursionError):
        return "", FIRST
    return (str(state), mark) if kind == "end" else ("", FIRST)


def _lines(
    files: Iterable[tuple[str, Published]], deletions: Iterable[str], state: str
) -> Iterator[bytes]:
    made = ((path, file.source) for path, file in files)
    for kind, entries in (("gone", iter(deletions)), ("file", made), ("end", iter([state]))):
        while some := list(islice(entries, ROWS_A_LINE)):
            yield json.dumps([kind, *some], ensure_ascii=False).encode()


def _sealed(lines: Iterable[bytes], last: bytes, seal: Seal) -> Iterator[bytes]:
    """Lines with their seals, after one whose seal was `last`."""
    for text in lines:
        last = seal.text(last, text).encode()
        yield b"%s %s\n" % (last, text)
