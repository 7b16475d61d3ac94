"""The ledger: a second record of whose the files are, for when the manifest is damaged.

Without the manifest nobody could tell which files in the output folder may be replaced or
deleted, and the newsroom would have to empty the folder by hand. So each commit adds
to a file of its own what was published and what went: a check sum and a JSON list a line,
and at its end the state that the manifest is in.
"""

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from generator.publish.disk import append_file, store_whole
from generator.publish.manifest import Published, is_inside

ROWS_A_LINE = 500
LONGEST_END = 256


def ledger_path(stored: Path) -> Path:
    """Where the ledger of a manifest is kept."""
    return stored.with_suffix(".ledger")


def write_ledger(path: Path, files: Mapping[str, Published], state: str) -> None:
    """Begin a ledger anew. Its name is left to be settled with the next file in its folder."""
    store_whole(path, _lines(files.items(), (), state), with_name=False)


def extend_ledger(
    path: Path,
    files: Iterable[tuple[str, Published]],
    deletions: Iterable[str],
    before: str,
    after: str,
) -> bool:
    """Add a change from one state to another; False when the ledger does not end in the first."""
    is_whole = _end(path) == before
    if is_whole:
        append_file(str(path), _lines(files, deletions, after))
    return is_whole


def read_ledger(path: Path) -> dict[str, str] | None:
    """The published files, and what each was made from; None when the ledger is not whole."""
    found: dict[str, str] = {}
    kind = ""
    try:
        for line in path.read_bytes().splitlines():
            kind, *entries = _checked(line)
            if kind == "file":
                found |= {str(name): str(source) for name, source in entries}
            for name in entries if kind == "gone" else ():
                found.pop(str(name), None)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return found if kind == "end" and all(map(is_inside, found)) else None


def _end(path: Path) -> str:
    """The state that a ledger ends in; nothing when it is cut short."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_END))
            text = file.read()
        kind, state = _checked(text.splitlines()[-1]) if text.endswith(b"\n") else ("", "")
    except (FileNotFoundError, ValueError, TypeError, IndexError):
        return ""
    return str(state) if kind == "end" else ""


def _lines(
    files: Iterable[tuple[str, Published]], deletions: Iterable[str], state: str
) -> Iterator[bytes]:
    made = ((path, file.source) for path, file in files)
    for kind, entries in (("gone", iter(deletions)), ("file", made), ("end", iter([state]))):
        while some := list(islice(entries, ROWS_A_LINE)):
            text = json.dumps([kind, *some], ensure_ascii=False).encode()
            yield b"%08x %s\n" % (zlib.crc32(text), text)


def _checked(line: bytes) -> list[Any]:
    """What a line says. Raises ValueError when it is damaged."""
    check, _, text = line.partition(b" ")
    if b"%08x" % zlib.crc32(text) != check:
        raise ValueError("damaged")
    found: list[Any] = json.loads(text)
    return found
