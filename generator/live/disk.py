"""The disk as the preview knows it: what was read of each file, and what has changed since."""

import os
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.model.article import (
    Article,
    Author,
    Newsroom,
    Page,
    Section,
    SourceFile,
    Tag,
)
from generator.model.config import Config
from generator.model.problems import Problem
from generator.read.memory import YOUNG_NANOSECONDS, ReadFile, open_memory
from generator.read.newsroom import ReadTask, read_files, read_newsroom, section_names
from generator.read.walk import LEFTOVER, FoundFile, name_fault, walk
from generator.stages.version import code_version
from generator.stages.workers import Workers

Value = Article | Page | Tag | Section | Author | SourceFile
Progress = Callable[[str, int, int], None]
Hints = frozenset[str] | None
"""Paths in the site's folder at which something may have changed; None: anywhere."""

PATIENCE = 0.1
"""Seconds for which a missing file counts as being saved, not as deleted."""
MANY = 200
"""Changed files from which on everything is read again, in several processes if that pays."""
TREES = ("content/", "static/")


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the disk found: paths that are new, changed or gone.

    `again`: files are missing that may only be on their way to being saved. Look once
    more after `PATIENCE`. `has_folders`: some of the hints were no plain files.
    """

    changed: frozenset[str] = frozenset()
    again: bool = False
    has_folders: bool = False


class Disk:
    """The files under `content/` and `static/`, each with what was read of it.

    A text that has become faulty keeps what it said when it was last sound.
    """

    def __init__(self, site: Path, config: Config, progress: Progress | None = None) -> None:
        self._site, self._config = site, config
        self._values: dict[type, dict[str, Value]] = {}
        self._faults: dict[str, tuple[Problem, ...]] = {}
        self._broken: dict[str, None] = {}
        self._folder_faults: tuple[Problem, ...] = ()
        self._stamps: dict[str, tuple[int, ...]] = {}
        self._missing: dict[str, float] = {}
        self._moved: dict[str, str] = {}
        self._read_at = 0
        self._read_everything(progress)

    @property
    def newsroom(self) -> Newsroom:
        """Everything that was read, as planning takes it."""

        def all_of(kind: type) -> Iterable[Value]:
            return self._values.get(kind, {}).values()

        return Newsroom(
            articles=tuple(all_of(Article)),  # type: ignore[arg-type] # values are kept by kind
            pages=tuple(all_of(Page)),  # type: ignore[arg-type]
            tags=tuple(all_of(Tag)),  # type: ignore[arg-type]
            sections=tuple(all_of(Section)),  # type: ignore[arg-type]
            authors=tuple(all_of(Author)),  # type: ignore[arg-type]
            section_names=section_names(self._config),
            files=tuple(all_of(SourceFile)),  # type: ignore[arg-type]
            broken=tuple(self._broken),
        )

    @property
    def size(self) -> int:
        """How many files there are."""
        return sum(map(len, self._values.values())) + len(self._broken)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files and folders themselves."""
        in_files = (problem for faults in self._faults.values() for problem in faults)
        return (*self._folder_faults, *in_files)

    def article(self, path: str) -> Article | None:
        """The article that a text file holds, or held when it was last sound."""
        found = self._values.get(Article, {}).get(path)
        return found if isinstance(found, Article) else None

    def moved(self, path: str) -> str:
        """The file to which what was at `path` has been moved; nothing if it was not."""
        return self._moved.get(path, "")

    def adopt(self, config: Config) -> bool:
        """Go by another configuration; whether that made everything be read again."""
        before, self._config = self._config, config
        if _reading_options(before) == _reading_options(config):
            return False
        self._read_everything()
        return True

    def look(self, hints: Hints) -> Look:
        """See what has changed, at the hints or anywhere, and take it in."""
        if hints is not None and not hints.isdisjoint(tree[:-1] for tree in TREES):
            hints = None
        if hints is not None:
            hints = frozenset(filter(_counts, hints)) | self._missing.keys()
        if hints is None:
            return self._take(*self._everywhere())
        if not all(map(self._is_plain, hints)):
            return replace(self._take(*self._everywhere()), has_folders=True)
        return self._take(*self._at(hints))

    def _read_everything(self, progress: Progress | None = None) -> None:
        """Read the whole site, the fastest way there is."""
        self._read_at = time.time_ns()
        memory = open_memory(self._site, self._config, code_version())
        with Workers() as crew:
            newsroom, problems = read_newsroom(
                self._site, self._config, crew.each, memory=memory, progress=progress
            )
        with suppress(OSError):  # a site that may only be read can be previewed all the same
            memory.store()
        values: list[Value] = [*newsroom.articles, *newsroom.pages, *newsroom.files]
        values += (*newsroom.tags, *newsroom.sections, *newsroom.authors)
        sound = {path: value for path in newsroom.broken if (value := self._value(path))}
        self._values = {kind: {} for kind in map(type, values)}
        for value in (*values, *sound.values()):
            self._values.setdefault(type(value), {})[_path(value)] = value
        self._broken = dict.fromkeys(path for path in newsroom.broken if path not in sound)
        self._stamps.clear()
        self._missing.clear()
        self._faults, loose = {}, []
        known = self._known()
        for problem in problems:
            path = problem.place.path
            if path in known:
                self._faults[path] = (*self._faults.get(path, ()), problem)
            else:
                loose.append(problem)
        self._folder_faults = tuple(loose)

    def _known(self) -> set[str]:
        return set(self._broken).union(*self._values.values())

    def _value(self, path: str) -> Value | None:
        return next((kept[path] for kept in self._values.values() if path in kept), None)

    def _section_slugs(self) -> frozenset[str]:
        written = (path for path in self._known() if path.startswith("content/sections/"))
        named = (name.slug for name in section_names(self._config))
        return frozenset((*named, *(Path(path).stem for path in written)))

    def _everywhere(self) -> tuple[list[FoundFile], set[str]]:
        """What may have changed anywhere, and what is gone."""
        content, faults = walk(self._site, "content")
        static, more = walk(self._site, "static", keep_hidden=True)
        self._folder_faults = (*faults, *more)
        found = {file.path: file for file in (*content, *static)}
        known = self._known()
        stale = [file for path, file in found.items() if self._is_stale(path, path in known)]
        return stale, known - found.keys()

    def _at(self, hints: frozenset[str]) -> tuple[list[FoundFile], set[str]]:
        """What may have changed at some paths, and what is gone from there."""
        stale: list[FoundFile] = []
        absent: list[str] = []
        for path in sorted(hints):
            try:
                size = (self._site / path).stat().st_size
            except OSError:
                absent.append(path)
            else:
                self._is_stale(path, is_known=False)
                stale.append(FoundFile(path, size))
        known = self._known() if absent else set()
        below = tuple(path + "/" for path in absent)
        return stale, {path for path in known if path in absent or path.startswith(below)}

    def _is_stale(self, path: str, is_known: bool) -> bool:
        """Whether a file may differ from what was read of it; its stamp is noted.

        A young file has no stamp: a change within the clock's step would not show in it.
        """
        try:
            found = os.stat(self._site / path)  # noqa: PTH116 - 100,000 of them
        except OSError:
            return True
        stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        newest = max(found.st_mtime_ns, found.st_ctime_ns)
        before = self._stamps.get(path)
        self._stamps[path] = () if abs(time.time_ns() - newest) < YOUNG_NANOSECONDS else stamp
        if before is None and is_known:
            return newest > self._read_at - YOUNG_NANOSECONDS
        return before != stamp

    def _take(self, stale: list[FoundFile], gone: set[str]) -> Look:
        """Read what may have changed, and forget what is gone."""
        if len(stale) > MANY:
            before = self._known()
            self._read_everything()
            return Look(frozenset(before | self._known()))
        slugs = self._section_slugs()
        task = ReadTask(self._site, self._config, slugs, tuple(stale))
        new = {file.path for file in stale} - self._known()
        changed = {read.path for read in read_files(task) if self._keep(read)}
        for path in changed:
            self._moved.pop(path, None)
        for file in stale:
            self._missing.pop(file.path, None)
        dropped = self._part_with(gone, new)
        if self._section_slugs() != slugs:
            self._read_everything()
        return Look(frozenset(changed | dropped), bool(self._missing))

    def _keep(self, read: ReadFile) -> bool:
        """Take in what was read; whether it says anything new."""
        path, before = read.path, self._value(read.path)
        faults = self._faults.get(path, ())
        is_broken = read.value is None and before is None
        is_same = read.value in (before, None) and read.problems == faults
        if is_same and (not is_broken or path in self._broken):
            return False
        if is_broken:
            self._broken[path] = None
        else:
            self._broken.pop(path, None)
        if read.value is not None:
            if before is not None:
                del self._values[type(before)][path]
            self._values.setdefault(type(read.value), {})[path] = read.value
        self._faults.pop(path, None)
        if read.problems:
            self._faults[path] = read.problems
        return True

    def _part_with(self, gone: set[str], new: set[str]) -> set[str]:
        """Forget files that are gone for good; those that may come back are waited for."""
        digests = {_digest(value): path for path in new if (value := self._value(path))}
        now = time.monotonic()
        dropped = set()
        for path in gone:
            since = self._missing.setdefault(path, now)
            twin = digests.get(_digest(self._value(path)), "")
            if twin:
                self._moved[path] = twin
            elif now - since < PATIENCE:
                continue
            memories: tuple[dict[str, Any], ...] = (self._faults, self._broken, self._stamps)
            for memory in (*self._values.values(), *memories):
                memory.pop(path, None)
            del self._missing[path]
            dropped.add(path)
        return dropped

    def _is_plain(self, path: str) -> bool:
        """Whether a hint is at a simple file, or at nothing, so that no walk is needed."""
        if name_fault(Path(path).name) or any(p.place.path == path for p in self._folder_faults):
            return False
        file = self._site / path
        try:
            is_file = stat.S_ISREG(os.lstat(file).st_mode)
        except OSError:
            return True
        real = os.path.join(os.path.realpath(self._site), path)  # noqa: PTH118 - beside realpath
        return is_file and os.path.realpath(file) == real


def _reading_options(config: Config) -> tuple[object, ...]:
    """What reading depends on."""
    return config.timezone.key, config.language, config.permalink, config.sections.names


def _counts(path: str) -> bool:
    """Whether a path may be that of a file of the site."""
    names = path.split("/")
    if not path.startswith(TREES) or any(map(LEFTOVER.fullmatch, names)):
        return False
    return names[0] == "static" or not any(name.startswith((".", "_")) for name in names)


def _path(value: Value) -> str:
    """The file from which a value was read."""
    if isinstance(value, SourceFile):
        return value.path
    return value.source.path if value.source else ""


def _digest(value: Value | None) -> str:
    """What tells one file's content from another's."""
    if isinstance(value, SourceFile):
        return value.digest
    return value.source.digest if value and value.source else ""
