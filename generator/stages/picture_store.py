"""The picture store: what was encoded, by what it follows from, so that nothing is encoded twice.

It lies in `.broadsheet/pictures/`, and each file in it begins with this account's seal. There are
no folders in it, which could be links, and no link in place of a file is followed.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from generator.model.pictures import Rendition
from generator.model.values import digest_of_bytes, frozen, to_bytes
from generator.plan.variants import ENCODER
from generator.state.folder import state_folder
from generator.state.seal import Seal, seal_of

NAME = "pictures"
SEAL = 16
"""Bytes with which a file begins."""


def store_key(rendition: Rendition) -> str:
    """What stands for a rendition: equal keys, equal bytes."""
    made = digest_of_bytes(to_bytes((ENCODER, rendition)), 18)
    return made.replace("/", "_").replace("+", "-")


@frozen
class PictureStore:
    """The encoded pictures of the site whose state is kept at `state`."""

    folder: Path
    seal: Seal

    def load(self, rendition: Rendition) -> bytes | None:
        """What was encoded; None where nothing was, or not by this account."""
        key = store_key(rendition)
        try:
            number = os.open(self.folder / key, _READING)
        except OSError:
            return None
        with os.fdopen(number, "rb") as file:
            found = file.read()
        data = found[SEAL:]
        return data if self.seal.fits(found[:SEAL], key, data) else None

    def has(self, rendition: Rendition) -> bool:
        """Whether something is there by that name; whether it is sound, `load` tells."""
        key = store_key(rendition)
        return (self.folder / key).is_file()

    def keep(self, rendition: Rendition, data: bytes) -> None:
        """Keep what was encoded: whole, or not at all. Raises OSError."""
        key = store_key(rendition)
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{key}.{os.getpid()}"
        with suppress(FileNotFoundError):
            draft.unlink()
        number = os.open(draft, _WRITING, 0o600)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(self.seal.of(key, data) + data)
            draft.replace(self.folder / key)
        except OSError:  # on a full disk half a file would only take more of it
            draft.unlink(missing_ok=True)
            raise

    def tidy(self, wanted: Iterable[Rendition], before: float) -> None:
        """Throw away what nobody wants any more and was made `before` an instant (POSIX).

        What another look at the site wanted yesterday, drafts say, is left for it.
        """
        if not self.folder.is_dir():
            return
        keys = set(map(store_key, wanted))
        for file in self.folder.iterdir():
            with suppress(OSError):  # another build was quicker
                if file.name not in keys and file.stat().st_mtime < before:
                    file.unlink()


_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_READING = os.O_RDONLY | _BINARY
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY


def open_store(state: Path) -> PictureStore:
    """The store of the site whose state is kept at `state`; it is made when something is kept."""
    return PictureStore(state_folder(state) / NAME, seal_of(state, NAME))
