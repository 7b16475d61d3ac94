"""The journal: what will be done to the output folder, written down before anything is done."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from generator.model.values import fields_of, frozen
from generator.publish.disk import store_whole
from generator.publish.folder import TREE
from generator.publish.handles import Folder
from generator.publish.manifest import About, Published, is_inside
from generator.state.seal import Seal

NAME = "journal"
FORMAT = 4
ROWS_A_LINE = 500


@frozen
class Journal:
    """A change of an output folder, and of its manifest.

    `moves` pair the name of a staged file, or folder, with the path where it will stand, in the
    order in which they are made; `deletions` are paths of files that go. `rows` are the files
    that the manifest gets or that change in it, and `about` what it tells of itself
    when all is done. `base` is the state of the manifest to which that is done; when
    empty, `rows` are all that will be in it.
    """

    moves: Sequence[tuple[str, str]]
    deletions: Sequence[str]
    rows: Mapping[str, Published]
    about: About
    base: str = ""

    def store(self, staging: Path, seal: Seal) -> None:
        """Write the journal into the staging folder: from now on the change happens."""
        text = b"".join(self._lines())
        store_whole(staging / NAME, [text, seal.text(text).encode()])

    def _lines(self) -> Iterator[bytes]:
        yield _line([FORMAT, self.base, *fields_of(self.about)])
        rows = ((path, *file) for path, file in self.rows.items())
        for kind, entries in (("move", self.moves), ("delete", self.deletions), ("row", rows)):
            waiting = iter(entries)
            while some := list(islice(waiting, ROWS_A_LINE)):
                yield _line([kind, *some])

    @classmethod
    def load(cls, staging: Folder, seal: Seal) -> "Journal | None":
        """The journal in a staging folder; None when there is none that this account wrote."""
        try:
            lines = _checked(staging.read(NAME), seal)
            (version, base, *about), *rest = map(json.loads, lines)
            if version != FORMAT:
                return None
            found: dict[str, list[Any]] = {"move": [], "delete": [], "row": []}
            for kind, *entries in rest:
                found[kind] += entries
            journal = cls(
                tuple((str(name), str(path)) for name, path in found["move"]),
                tuple(map(str, found["delete"])),
                {str(path): Published(*row) for path, *row in found["row"]},
                About(*about),
                str(base),
            )
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        paths = (*journal.rows, *journal.deletions, *(path for _, path in journal.moves))
        are_staged = all(name.isdigit() or name == f"{TREE}/{path}" for name, path in journal.moves)
        return journal if are_staged and all(map(is_inside, paths)) else None


def _line(values: object) -> bytes:
    return f"{json.dumps(values, ensure_ascii=False)}\n".encode()


def _checked(data: bytes, seal: Seal) -> list[bytes]:
    """The lines before the last one, which is their seal. Raises ValueError when it is not."""
    text, _, found = data.rpartition(b"\n")
    if not seal.fits(found.decode("ascii"), text + b"\n"):
        raise ValueError("damaged, or somebody else's")
    return text.split(b"\n")
