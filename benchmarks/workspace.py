"""Where measuring happens: an archive, and beside it each generator's site with a copy of it."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archive import Archive
from benchmarks.generators import Generator
from benchmarks.machine import scratch_parent

MB_PER_STORY = 0.03
"""Room that a story takes in one generator's site and output, at the most."""

Snapshot = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator with its own copy of the archive, and a place for its output."""

    generator: Generator
    site: Path
    output: Path

    @property
    def stories(self) -> Path:
        """The folder of the stories."""
        return self.site / self.generator.stories

    def read(self, path: str) -> str:
        """A story's text."""
        return (self.stories / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        """Save a story."""
        file = self.stories / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")

    def forget(self) -> None:
        """Remove the output, and all that the generator remembers."""
        shutil.rmtree(self.output, ignore_errors=True)
        self.generator.forget(self.site)

    def published(self) -> Snapshot:
        """Each file of the output with its time and inode: what tells that it was written."""
        return {
            os.path.relpath(entry.path, self.output): (entry.stat().st_mtime_ns, entry.inode())
            for entry in _files(self.output)
        }


def _files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    if not os.path.isdir(folder):  # noqa: PTH112 - a hundred thousand files: no Path for each
        return
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry


def changed(before: Snapshot, after: Snapshot) -> int:
    """How many files were written or removed between two looks."""
    written = sum(before.get(path) != stat for path, stat in after.items())
    return written + len(before.keys() - after.keys())


@dataclass(frozen=True, slots=True)
class Workspace:
    """The contenders, and the paths of the stories they all have, from the oldest."""

    contenders: tuple[Contender, ...]
    paths: tuple[str, ...]


@contextmanager
def workspace(
    generators: Sequence[Generator], stories: int, seed: int, folder: Path | None = None
) -> Iterator[Workspace]:
    """Write an archive and give each generator a copy; all is removed at the end.

    It lies in memory where there is room, so that no disk is measured; `folder` chooses
    another place.
    """
    need = MB_PER_STORY * stories * len(generators)
    parent = folder or scratch_parent(need)
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-", dir=parent) as name:
        scratch = Path(name)
        paths = Archive(stories, seed).write(scratch / "archive")
        contenders = []
        for number, generator in enumerate(generators):
            site = scratch / f"{number}-{generator.name}"
            contender = Contender(generator, site, scratch / f"{number}-output")
            shutil.copytree(generator.site, site)
            shutil.copytree(scratch / "archive", contender.stories, dirs_exist_ok=True)
            contenders.append(contender)
        shutil.rmtree(scratch / "archive")
        yield Workspace(tuple(contenders), paths)
