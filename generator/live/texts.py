"""Texts: what each file of the site holds, fetched from the memory when somebody asks for it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model.config import Config
from generator.read.kinds import TextKinds
from generator.read.memory import DamagedError, Memory, ReadFile, Value, open_memory
from generator.stages.version import code_version


class Texts:
    """What was read of each file, by path; of what is in the `memory` alone, when it is asked for.

    A file that has become faulty keeps what it said when it was last sound, beside its faults.
    Raises DamagedError where the memory fails.
    """

    def __init__(
        self, reads: Iterable[ReadFile] = (), memory: "SteadyMemory | None" = None
    ) -> None:
        self._memory = memory
        self._kept: set[str] = set(memory.stamps) if memory else set()
        self._reads: dict[str, ReadFile] = {}
        self._faulty: dict[str, None] = {}
        for read in reads:
            self.put(read)

    def __contains__(self, path: str) -> bool:
        """Whether something is known of a file."""
        return path in self._reads or path in self._kept

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._reads) + len(self._kept)

    def __iter__(self) -> Iterator[str]:
        """The paths of all files."""
        yield from self._reads
        yield from self._kept

    def get(self, path: str) -> ReadFile | None:
        """What was read of a file; None for one that is not there."""
        if path in self._kept:
            self._fetch([path])
        return self._reads.get(path)

    def everything(self) -> tuple[ReadFile, ...]:
        """What was read of all files."""
        self._fetch(self._kept)
        return tuple(self._reads.values())

    def faulty(self) -> tuple[ReadFile, ...]:
        """The files with something wrong in them, as far as they have been asked for."""
        return tuple(self._reads[path] for path in self._faulty)

    def broken(self) -> tuple[str, ...]:
        """The files of which nothing can be known."""
        return tuple(path for path in self._faulty if self._reads[path].is_broken)

    def put(self, read: ReadFile) -> None:
        """Take in what was read of a file."""
        self.drop(read.path)
        self._reads[read.path] = read
        if read.problems or read.value is None:
            self._faulty[read.path] = None

    def drop(self, path: str) -> None:
        """Forget a file."""
        self._kept.discard(path)
        self._reads.pop(path, None)
        self._faulty.pop(path, None)

    def _fetch(self, paths: Iterable[str]) -> None:
        if self._memory and paths:
            for read in self._memory.fetched(paths):
                self.put(read)


class SteadyMemory(Memory):
    """A memory that is asked for long: what a build stores meanwhile is never taken for the old.

    Raises DamagedError from then on; whoever asks must begin anew.
    """

    _as_loaded = 0

    def load(self, section_slugs: Iterable[str]) -> None:
        """Learn which files are remembered."""
        super().load(section_slugs)
        if self.stamps:
            self._as_loaded = self._changes()
            self._must_be_as_loaded()

    def value(self, path: str) -> Value | None:
        """What one file held; raises DamagedError when that is not known any more."""
        found = super().value(path)
        self._must_be_as_loaded()
        return found

    def fetched(self, paths: Iterable[str]) -> tuple[ReadFile, ...]:
        """What some files held; raises DamagedError when that is not known of all of them."""
        wanted = set(paths)
        found = tuple(self.recall(wanted))
        self._must_be_as_loaded()
        if len(found) < len(wanted):
            raise DamagedError(str(self.file))
        return found

    def _must_be_as_loaded(self) -> None:
        changes = self._changes()
        if changes == self._as_loaded and self._store is not None:
            return
        query = "SELECT value FROM about WHERE name = 'generation'"
        if self._open().execute(query).fetchone() != (self.generation,):
            raise DamagedError(str(self.file))
        self._as_loaded = changes

    def _changes(self) -> int:
        """A number that is another one after another process has stored something."""
        (number,) = self._open().execute("PRAGMA data_version").fetchone()
        return int(number)


def steady_memory(site: Path, config: Config, kinds: TextKinds) -> SteadyMemory:
    """The memory of a site, to be asked for long."""
    found = open_memory(site, config, code_version(site), kinds=kinds)
    return SteadyMemory(found.file, found.key, found.zone, found.seal, held=found.held)
