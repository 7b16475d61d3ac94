"""What Hugo's modules mount: a folder of the project as another, or as a part of it."""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.importers.foreign import text_of, texts_of
from generator.model.values import frozen


@frozen
class Mount:
    """A folder, and where it lies `below` the one that it is mounted into; "" for all of that.

    `languages` are those that it is for; empty for any.
    """

    source: str
    below: str = ""
    languages: tuple[str, ...] = ()

    def file_at(self, project: Path, path: str) -> Path | None:
        """The file that is published at a path; None where there is none."""
        inside = posixpath.relpath(path.strip("/"), self.below or ".")
        file = project / self.source / inside
        return None if inside.startswith("..") or not file.is_file() else file


def mounts_in(values: Mapping[str, Any], target: str) -> Iterator[Mount]:
    """The folders that a configuration mounts into a folder of Hugo's, such as `content`."""
    module = values.get("module")
    listed = module.get("mounts") if isinstance(module, Mapping) else None
    for mount in listed if isinstance(listed, list) else ():
        if not isinstance(mount, Mapping):
            continue
        source = posixpath.normpath(text_of(mount.get("source")).strip("/") or ".")
        first, _, below = text_of(mount.get("target")).strip("/").partition("/")
        if first == target and source != "." and not source.startswith(".."):
            yield Mount(source, below, tuple(map(str.lower, _languages(mount))))


def _languages(mount: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages of a mount: its `lang`, or since Hugo 0.153 `sites.matrix.languages`."""
    found: Any = mount
    for key in ("sites", "matrix", "languages"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return texts_of(mount.get("lang")) or texts_of(found)
