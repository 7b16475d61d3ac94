"""Linked: where the site's symbolic links lead, and which of them a change elsewhere concerns."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from generator.model.values import field, frozen

Places = dict[str, bool]
"""Folders, relative to the site's own, each with whether all below it counts."""


@frozen
class Linked:
    """What links lead to: each target, relative to the site's folder, with the links to it."""

    targets: dict[str, list[str]] = field(default_factory=dict)
    places: Places = field(default_factory=dict)

    def changed(self, path: str) -> Iterator[str]:
        """The paths, by way of links, of what has changed at a path in the site's folder."""
        for above in (path, *map(str, PurePosixPath(path).parents)):
            for link in self.targets.get(above, ()):
                yield link + path[len(above) :]


def linked(site: Path, links: Iterable[str], watched: Iterable[str]) -> Linked:
    """Where links of a site lead; its folders that are `watched` anyway are no `places`.

    What is linked and missing may come back: the folder that it would be in is a place. A link that
    leads out of the site is nobody's concern.
    """
    roots = {name: os.path.realpath(site / name) for name in watched}
    found = Linked()
    for link in sorted(links):
        real = os.path.realpath(site / link)
        target = next((t for n, root in roots.items() if (t := _within(real, root, n))), "")
        if not target and (target := _within(real, os.path.realpath(site), "")):
            is_folder = (site / target).is_dir()
            place = target if is_folder else os.path.dirname(target)  # noqa: PTH120 - a str
            found.places[place] = found.places.get(place, False) or is_folder
        if target:
            found.targets.setdefault(target, []).append(link)
    return found


def _within(real: str, root: str, name: str) -> str:
    """A real path as it is told of, below the folder of that name; nothing for one elsewhere."""
    if real == root:
        return name
    return (Path(name) / real[len(root) + 1 :]).as_posix() if real.startswith(root + os.sep) else ""
