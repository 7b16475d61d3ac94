"""The folders of releases on a server: which holds what, which is spare, what makes it a new one.

A page is a folder, so that a copy of a whole release takes seconds, however little it holds. The
folder of the release that was the last to come out of reach differs from the live one in little.
"""

from collections.abc import Collection, Iterator, Sequence

from generator.deploy.release import Note, Pointer, Release

RELEASES, RECORDS = "releases", ".broadsheet"
MOST = 2000
"""Changes beyond which a new copy is made sooner."""


def record_of(name: str) -> str:
    """Where the record of a release lies that is called so."""
    return f"{RECORDS}/release-{name}.json"


def name_of(note: Note) -> str:
    """What a release is called by, and at first its folder."""
    return note.record.removeprefix(f"{RECORDS}/release-").removesuffix(".json")


def folder_of(note: Note) -> str:
    """The folder that holds what a release shows: after a rollback, that of an earlier one."""
    return note.packs[0] if note.packs else name_of(note)


def spare_among(notes: Sequence[Note], reach: int, more: str = "") -> tuple[Note, ...]:
    """The newest note beyond reach whose folder no other needs, if there is one.

    `more` is a folder that is needed besides.
    """
    needed = {more, *map(folder_of, notes[:reach])}
    return tuple(note for note in notes[reach:] if folder_of(note) not in needed)[:1]


def kept(pointer: Pointer) -> Iterator[str]:
    """What stays on the server with this pointer, as lines of a change."""
    for note in filter(None, (pointer.live, *pointer.earlier)):
        yield f"K {RELEASES}/{folder_of(note)}"
        yield f"K {note.record}"


def recycled(spare: Release, live: Release, brought: Collection[str]) -> tuple[str, ...] | None:
    """The changes that make of a spare folder a copy of the live one, but for what is brought.

    They are `D path`, a deletion, and `L path`, a link to the live file. None are too many.
    """
    there, wanted = _contents(spare), _contents(live)
    uploads = frozenset(brought)
    gone = (f"D {path}" for path in sorted(there.keys() - wanted.keys()))
    links = (
        f"L {path}"
        for path, digest in wanted.items()
        if path not in uploads and there.get(path) != digest
    )
    changes = (*gone, *links)
    return changes if len(changes) <= MOST else None


def _contents(release: Release) -> dict[str, str]:
    """What stands in a release's folder: digests by path, none where the name tells it."""
    digests = {path: entry.digest for path, entry in release.files.items()}
    return dict.fromkeys(release.leaving, "") | digests
