"""Listed: whether a path is what the folders themselves say, letter by letter.

Some disks find a file under names that are not its own: in other capitals (macOS, Windows, a
memory card), or with its accents stored apart. So after a rename the old name still answers. The
names that a folder lists are the ones that a build goes by.
"""

import os
from functools import cached_property
from pathlib import Path

from generator.model.values import field, frozen


class _Names:
    """The names in one folder, asked for once."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    @cached_property
    def all(self) -> frozenset[str]:
        """All of them; none where it cannot be read."""
        try:
            return frozenset(os.listdir(self._folder))  # noqa: PTH208 - the names alone
        except OSError:
            return frozenset()


@frozen
class Listing:
    """What the folders of a site list, as long as one look at the disk takes."""

    site: Path
    folders: dict[str, _Names] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Whether every name on the way to a path stands in the folder before it."""
        folder = str(self.site)
        for name in path.split("/"):
            if name not in self.folders.setdefault(folder, _Names(folder)).all:
                return False
            folder = f"{folder}/{name}"
        return True
