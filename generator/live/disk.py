"""The disk as the preview knows it: what was read of each file, and what has changed since."""

import math
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from generator.live.hints import Hints, Rescan, rescan_of
from generator.live.listed import Listing
from generator.live.reading import (
    Progress,
    differs,
    has_changed,
    is_growing,
    read_changed,
    read_site,
)
from generator.live.texts import SteadyMemory, Texts, steady_memory
from generator.model.article import Article
from generator.model.config import Config
from generator.model.kinds import NO_KINDS, Kinds
from generator.model.problems import Problem
from generator.model.values import frozen, replace
from generator.plan.view import News
from generator.read.kinds import TEXTS
from generator.read.memory import DamagedError, ReadFile, digest_of
from generator.read.newsroom import (
    ReadTask,
    Survey,
    gone,
    read_all,
    section_names,
    survey,
)
from generator.read.stamps import is_young
from generator.read.walk import FoundFile, as_text, walk
from generator.stages.building import news_of
from generator.stages.workers import Workers

PATIENCE = 0.1
"""Seconds for which a missing file counts as being saved, not as deleted."""
STILL, LONGEST_SAVE = 40_000_000, 0.2
"""Nanoseconds without a change after which a text counts as saved; seconds for which that is waited
for while somebody asks for its page."""
MANY = 200
"""Changed files from which on everything is read again, in several processes if that pays."""
FEW = 50
"""Changed files up to which what is remembered is not brought up to date at the start: so many
are put in one by one, by the next build too."""
SECTIONS = "content/sections/"


@frozen
class Look:
    """What a look at the disk found: paths that are new, changed or gone.

    `again`: files are on their way to being saved: missing, or large and growing. Look
    once more after `PATIENCE`. `folders`: the hints that were no plain files. `has_other_faults`:
    something else is wrong in the folders themselves than was before. `is_whole`: everything was
    looked through.
    """

    changed: frozenset[str] = frozenset()
    again: bool = False
    folders: frozenset[str] = frozenset()
    has_other_faults: bool = False
    is_whole: bool = False


class Disk:
    """The files under `content/` and `static/`, each with what was read of it.

    Made, it holds what is remembered; the first `look` takes in what is otherwise by now. Raises
    DamagedError where the memory fails: then `read_everything` helps. `unsaved` is what the
    memory should learn, when there is time; `is_remembered` whether that is all that was read.
    """

    def __init__(
        self,
        site: Path,
        config: Config,
        progress: Progress | None = None,
        kinds: Kinds = NO_KINDS,
    ) -> None:
        self._site, self._config = site, config
        self._kinds = (*TEXTS, *kinds.texts)
        self._texts = Texts()
        self._missing: dict[str, float] = {}
        self._asked: dict[str, tuple[int, ...]] = {}
        self._moved: dict[str, str] = {}
        self._due: tuple[FoundFile, ...] = ()
        self._growing: frozenset[str] = frozenset()
        self.unsaved: SteadyMemory | None = None
        self._was_damaged = False
        self.is_remembered = True
        found = survey(site, config, self._kinds)
        self.memory = steady_memory(site, config, self._kinds)
        self.memory.load(found.section_slugs)
        changed = tuple(file for file in found.files if has_changed(self.memory, site, file))
        lost = gone(found, self.memory)
        if not self.memory.stamps or len(changed) + len(lost) > FEW:
            with Workers() as workers:
                reads = read_all(
                    site, config, found, workers.each, memory=self.memory, progress=progress
                )
            self._note_anew(found, reads)
        else:
            self._note(found, Texts(memory=self.memory))
            self._due = changed
            self._missing = dict.fromkeys(lost, -math.inf)

    @property
    def everything(self) -> News:
        """Everything that was read, as planning takes it."""
        return news_of(self._texts.everything())

    def news(self, paths: frozenset[str]) -> News:
        """What some files hold by now."""
        found = {path: self._texts.get(path) for path in paths}
        return dict.fromkeys(paths) | news_of(read for read in found.values() if read)

    @property
    def was_damaged(self) -> bool:
        """Whether something that was remembered was damaged, and had to be read again."""
        return self._was_damaged or self.memory.was_damaged

    @property
    def size(self) -> int:
        """How many files there are."""
        return len(self._texts)

    @property
    def section_slugs(self) -> frozenset[str]:
        """The sections that a folder under `content/articles/` may stand for."""
        return self._slugs

    @property
    def links(self) -> tuple[str, ...]:
        """The symbolic links, as they were when everything was last looked through."""
        return self._links

    @property
    def folder_faults(self) -> tuple[Problem, ...]:
        """What is wrong in the folders themselves."""
        return self._folder_faults

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files and folders, as far as they have been asked for."""
        in_files = (problem for read in self._texts.faulty() for problem in read.problems)
        return (*self._folder_faults, *in_files)

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self._texts

    def may_have_changed(self, path: str) -> bool:
        """Whether a text may be another by now than was read of it: its stamp differs.

        One that is being saved this very moment is waited for, so that no half of it is seen; one
        that is not there may be on its way.
        """
        deadline = time.monotonic() + LONGEST_SAVE
        while found := self._file(path):
            if found.stamp in (self._stamps.get(path), self._asked.get(path)):
                break
            # An empty text is one whose words are about to come.
            is_still = found.size and not 0 <= time.time_ns() - found.changed_ns < STILL
            if is_still or time.monotonic() > deadline:
                self._asked[path] = found.stamp
                return True
            time.sleep(STILL / 10**9 / 4)
        return False

    def article(self, path: str) -> Article | None:
        """The article that a text file holds, or held when it was last sound."""
        found = self._texts.get(path)
        return found.value if found and isinstance(found.value, Article) else None

    def faults(self, paths: Iterable[str]) -> tuple[Problem, ...]:
        """What is wrong in some files."""
        found = (self._texts.get(path) for path in paths)
        return tuple(problem for read in found if read for problem in read.problems)

    def moved(self, path: str) -> str:
        """The file to which what was at `path` has been moved; nothing if it was not."""
        return self._moved.get(path, "")

    def adopt(self, config: Config) -> bool:
        """Go by another configuration; whether that made everything be read again."""
        before, self._config = self._config, config
        if _reading_options(before) == _reading_options(config):
            return False
        self.read_everything()
        return True

    def look(self, hints: Hints) -> Look:
        """See what has changed, at the hints or anywhere, and take it in."""
        due, self._due = self._due, ()
        before = self._folder_faults
        if hints is not None:
            hints |= self._missing.keys() | self._growing
        listing = Listing(self._site)
        where = rescan_of(self._site, hints, before, listing)
        stale, lost = self._at(where, listing) if where else self._everywhere()
        found = self._take([*due, *stale], lost)
        has_other_faults = self._folder_faults != before
        return replace(
            found,
            folders=where.folders if where else frozenset(),
            has_other_faults=has_other_faults,
            is_whole=where is None,
        )

    def read_everything(self) -> None:
        """Read the whole site, the fastest way there is."""
        self._was_damaged = self.was_damaged
        self.memory.close()
        self.memory = steady_memory(self._site, self._config, self._kinds)
        found = survey(self._site, self._config, self._kinds)
        self.memory.load(found.section_slugs)
        with Workers() as workers:
            reads, self.is_remembered = read_site(
                self._site, self._config, found, workers.each, memory=self.memory
            )
        self._note_anew(found, reads)

    def _note_anew(self, found: Survey, reads: Iterable[ReadFile]) -> None:
        self._note(found, Texts(map(self._as_last_sound, reads)))
        self.unsaved = self.memory  # still open: what it has learnt may wait in its file

    def _note(self, found: Survey, texts: Texts) -> None:
        self._texts, self._slugs = texts, found.section_slugs
        self._folder_faults, self._links = found.faults, found.links
        self._stamps = {file.path: _stamp(file) for file in found.files}
        self._missing.clear()
        self._due = ()

    def _as_last_sound(self, read: ReadFile) -> ReadFile:
        """What was read of a file; of a faulty one with what it said before."""
        if read.value is not None:
            return read
        with suppress(DamagedError):
            before = self._texts.get(read.path)
            return replace(read, value=before.value) if before else read
        return read

    def _everywhere(self) -> tuple[list[FoundFile], set[str]]:
        """What may have changed anywhere, and what is gone."""
        found = survey(self._site, self._config, self._kinds)
        self._folder_faults, self._links = found.faults, found.links
        stale = list(filter(self._is_stale, found.files))
        return stale, set(self._texts).difference(file.path for file in found.files)

    def _at(self, where: Rescan, listing: Listing) -> tuple[list[FoundFile], set[str]]:
        """What may have changed at some hints, and what is gone from there."""
        below = [file for folder in where.folders for file in self._below(folder)]
        found = {path: file for path in where.paths if (file := self._file(path))}
        there = {path: file for path, file in found.items() if listing.has(path)}
        for file in there.values():
            self._stamps[file.path] = _stamp(file)
        stale = {file.path: file for file in filter(self._is_stale, below)} | there
        told = where.paths | where.folders
        empty = tuple(f"{path}/" for path in told - there.keys())
        known = set(self._texts) if empty else set()
        lost = {path for path in known if path in told or path.startswith(empty)}
        return [*stale.values()], lost - there.keys() - {file.path for file in below}

    def _below(self, folder: str) -> tuple[FoundFile, ...]:
        return walk(self._site, folder, keep_hidden=folder.startswith("static/"))[0]

    def _file(self, path: str) -> FoundFile | None:
        try:
            found = (self._site / path).stat()
        except OSError:
            return None
        stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        return as_text(self._site, FoundFile(path, found.st_size, stamp))

    def _is_stale(self, file: FoundFile) -> bool:
        """Whether a file may differ from what was read of it; its stamp is noted."""
        before = self._stamps.get(file.path)
        self._stamps[file.path] = _stamp(file)
        return before != file.stamp

    def _take(self, stale: Iterable[FoundFile], lost: set[str]) -> Look:
        """Read what may have changed, and forget what is gone."""
        stale = tuple(stale)
        for file in stale:
            self._missing.pop(file.path, None)
        self._growing = frozenset(file.path for file in stale if is_growing(file))
        stale = tuple(filter(self._differs, stale))
        if len(stale) > MANY:
            before = set(self._texts)
            self.read_everything()
            return Look(frozenset(before.union(self._texts)), bool(self._growing))
        task = ReadTask(self._site, self._config, self._slugs, stale, self._kinds)
        new = {file.path for file in stale if file.path not in self._texts}
        changed = {read.path for read in read_changed(task) if self._keep(read)}
        for path in changed:
            self._moved.pop(path, None)
        changed |= self._part_with(lost, new)
        if any(path.startswith(SECTIONS) for path in changed) and self._has_other_sections():
            self.read_everything()
        return Look(frozenset(changed), bool(self._missing or self._growing))

    def _has_other_sections(self) -> bool:
        written = (PurePosixPath(path).stem for path in self._texts if path.startswith(SECTIONS))
        named = (name.slug for name in section_names(self._config))
        return self._slugs != frozenset((*named, *written))

    def _differs(self, file: FoundFile) -> bool:
        """Whether a file holds something else than what was read of it, and all of it."""
        if file.path in self._growing:
            return False
        return differs(self._site, file, self._texts.get(file.path), self.memory)

    def _keep(self, read: ReadFile) -> bool:
        """Take in what was read; whether it says anything new."""
        before, read = self._texts.get(read.path), self._as_last_sound(read)
        self._texts.put(read)
        return read != before

    def _part_with(self, lost: set[str], new: set[str]) -> set[str]:
        """Forget files that are gone for good; those that may come back are waited for."""
        twins = {digest: path for path in new if (digest := self._digest(path))}
        now = time.monotonic()
        dropped = set()
        for path in lost:
            since = self._missing.setdefault(path, now)
            twin = twins.get(self._digest(path), "")
            if twin:
                self._moved[path] = twin
            elif now - since < PATIENCE:
                continue
            self._texts.drop(path)
            self._stamps.pop(path, None)
            del self._missing[path]
            dropped.add(path)
        return dropped

    def _digest(self, path: str) -> str:
        """What tells a file's content from others'."""
        found = self._texts.get(path)
        return digest_of(found) if found else ""


def _reading_options(config: Config) -> tuple[object, ...]:
    """What reading depends on."""
    names = config.sections.names
    words = config.keys, config.markdown.smart_quotes
    return config.timezone.key, config.language, config.permalink, names, words


def _stamp(file: FoundFile) -> tuple[int, ...]:
    """What tells a file's states apart: nothing for a young one.

    A change within the clock's step would not show in it.
    """
    return () if is_young(file) else file.stamp
