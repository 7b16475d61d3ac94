"""Going on after a run that was cut short: what of it stands at the target."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from generator.deploy.packs import stored
from generator.deploy.release import FORMAT, Entries, Entry, Note, Release
from generator.deploy.target import Live, Source
from generator.model.values import replace

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def doubtful_files(
    live: Release | None, begun: Iterable[Release]
) -> tuple[frozenset[str], dict[str, Entry]]:
    """The paths that the runs may have changed, and what the last of them wanted there."""
    before: Entries = live.files if live else {}
    doubtful: set[str] = set()
    wanted: dict[str, Entry] = {}
    for release in begun:
        doubtful |= {p for p, entry in release.files.items() if not entry.is_like(before.get(p))}
        doubtful |= before.keys() - release.files.keys()
        wanted |= release.files
    return frozenset(doubtful), {path: wanted[path] for path in doubtful if path in wanted}


def resumed(live: Live, wanted: Entries, source: Source) -> Live:
    """What stands there, with what a run before this one has brought whole counted in."""
    done = {
        path: entry
        for path, entry in live.begun.items()
        if path in wanted and entry.is_like(wanted[path]) and _stands(path, entry, live, source)
    }
    if not done:
        return live
    nothing = Note(0, EARLIEST, "", "")
    release = live.release or Release(FORMAT, nothing, "", {}, {})
    files = {**release.files, **done}
    return replace(
        live, release=replace(release, files=files), doubtful=live.doubtful - done.keys()
    )


def _stands(path: str, entry: Entry, live: Live, source: Source) -> bool:
    mark = live.marks.get(path)
    if not mark:
        return False
    data = stored(source.read(path, entry), entry)
    return hashlib.md5(data, usedforsecurity=False).hexdigest() == mark
