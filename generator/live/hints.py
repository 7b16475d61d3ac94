"""Hints: where on the disk something may have changed, and how little needs to be looked at."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from generator.live.listed import Listing
from generator.live.reading import is_text
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.read.kinds import TEXTS, files_of
from generator.read.walk import LEFTOVER, name_fault, walked

Hints = frozenset[str] | None
"""Paths in the site's folder at which something may have changed; None: anywhere."""

TREES = ("content/", "static/")
TOP = files_of(TEXTS)


@frozen
class Rescan:
    """The hints to be looked at: paths of simple files or of nothing, and folders to be walked."""

    paths: frozenset[str]
    folders: frozenset[str]


def rescan_of(
    site: Path, hints: Hints, faults: Iterable[Problem], listing: Listing | None = None
) -> Rescan | None:
    """Where to look, of hints; None where that does not do, and everything must be looked through.

    `faults` are what was wrong in the folders before. Whatever is linked, or has something wrong
    with it, is understood by a walk only.
    """
    if hints is None or not hints.isdisjoint(tree[:-1] for tree in TREES):
        return None
    faulty = frozenset(problem.place.path for problem in faults)
    eye = _Eye(site, faulty, listing or Listing(site))
    hints = frozenset(filter(_counts, hints))
    folders = frozenset(filter(eye.is_folder, hints))
    paths = hints - folders
    return Rescan(paths, folders) if all(map(eye.is_plain, paths)) else None


@frozen
class _Eye:
    """Looks at single paths; `faulty` are the places at which something was wrong."""

    site: Path
    faulty: frozenset[str]
    listing: Listing

    def is_folder(self, path: str) -> bool:
        """Whether a hint is at a folder about which there is nothing to say."""
        if path in TOP or not stat.S_ISDIR(self._mode(path)):
            return False
        if is_text(path) or self._is_odd(path):
            return False
        found = walked(self.site, path, keep_hidden=path.startswith("static/"))
        return not (found.problems or found.links)

    def is_plain(self, path: str) -> bool:
        """Whether a hint is at a simple file, or at nothing, so that no walk is needed."""
        mode = self._mode(path)
        if not mode:  # what is told of an odd name may be told under another
            return not (self._has_fault(path) or name_fault(path.rpartition("/")[2]))
        return stat.S_ISREG(mode) and not self._is_odd(path)

    def _mode(self, path: str) -> int:
        """What there is at a path; 0 for nothing, and for a name that the folder does not list."""
        try:
            mode = (self.site / path).lstat().st_mode
        except OSError:
            return 0
        return mode if self.listing.has(path) else 0

    def _is_odd(self, path: str) -> bool:
        """Whether a path leads elsewhere, or something is wrong with it."""
        real = os.path.join(os.path.realpath(self.site), path)  # noqa: PTH118 - beside realpath
        is_elsewhere = os.path.realpath(self.site / path) != real
        return is_elsewhere or bool(name_fault(path.rpartition("/")[2])) or self._has_fault(path)

    def _has_fault(self, path: str) -> bool:
        """Whether something is wrong with a folder or link there, or with all of `content/`."""
        return any(
            place in ("content", path) or place.startswith(f"{path}/") for place in self.faulty
        )


def _counts(path: str) -> bool:
    """Whether a path may be that of a file of the site."""
    if path in TOP:
        return True
    names = path.split("/")
    if not path.startswith(TREES) or any(map(LEFTOVER.fullmatch, names)):
        return False
    return names[0] == "static" or not any(name.startswith((".", "_")) for name in names)
