"""The reading stage: from a site's folders to a Newsroom, and what is wrong in its files."""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.limits import TimeUp, watching, within
from generator.model.address_ledger import LEDGER
from generator.model.article import (
    MERGED,
    Article,
    Author,
    Name,
    Newsroom,
    Page,
    Section,
    SourceFile,
    Tag,
    section_title,
)
from generator.model.config import Config
from generator.model.digests import content_digest
from generator.model.problems import Place, Problem, warning
from generator.model.redirects import RedirectList
from generator.model.tag_keys import tag_key
from generator.model.values import field, frozen, replace
from generator.read.kinds import TEXTS, TextKinds, files_of, folders_of, held_by, kind_of
from generator.read.memory import Memory, ReadFile, digest_of, from_text, to_text
from generator.read.pictures import described, look_at, look_at_open
from generator.read.slugs import slugify
from generator.read.walk import FoundFile, found_at_top, walked
from generator.read.whole_files import LARGE, file_digest, read_whole

LARGEST_TEXT = 10 * 1024 * 1024
LARGEST_LEDGER = 1024 * 1024 * 1024
"""It has a line for each address that was ever published."""
CHUNK = 100
"""Files read in one task: many enough that handing over costs little."""

Progress = Callable[[str, int, int], None]
"""Told now and then: the stage `read`, how many files have been read, how many there are."""


@frozen
class ReadTask:
    """Some files to read, and what their reading depends on."""

    site: Path
    config: Config
    section_slugs: frozenset[str]
    files: tuple[FoundFile, ...]
    kinds: TextKinds = TEXTS


@frozen
class Survey:
    """Which files a site has, before any is read.

    `faults` are those of folders and links, and the texts that belong nowhere. `links` are the
    symbolic links that may lead to something; `targets` has, for each path reached through one,
    the path of the same file without it.
    """

    content: tuple[FoundFile, ...]
    static: tuple[FoundFile, ...]
    faults: tuple[Problem, ...]
    section_slugs: frozenset[str]
    links: tuple[str, ...] = ()
    kinds: TextKinds = TEXTS
    targets: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> tuple[FoundFile, ...]:
        """All of them."""
        return (*self.content, *self.static)


Outcome = str | ReadFile
"""What reading one file gave: as a text, which travels best, or else as it is."""
Runner = Callable[
    [Callable[[ReadTask], tuple[Outcome, ...]], Sequence[ReadTask]],
    Iterator[tuple[ReadTask, tuple[Outcome, ...] | Exception]],
]
"""Does every task, here or elsewhere; one that could not be done comes back as an error."""


def one_by_one(
    function: Callable[[ReadTask], tuple[Outcome, ...]], tasks: Sequence[ReadTask]
) -> Iterator[tuple[ReadTask, tuple[Outcome, ...] | Exception]]:
    """Do every task here."""
    for task in tasks:
        yield task, function(task)


def survey(site: Path, config: Config, kinds: TextKinds = TEXTS) -> Survey:
    """See which files there are under `content/` and `static/`."""
    texts, static = walked(site, "content"), walked(site, "static", keep_hidden=True)
    strays = {f.path: _stray(f.path, kinds) for f in texts.files if _is_stray(f, kinds)}
    content = texts.files
    if strays:
        content = tuple(file for file in content if file.path not in strays)
    slugs = _section_slugs(section_names(config), content)
    no_text = _no_text(content, texts.problems)
    at_top, not_at_top = found_at_top(site, files_of(kinds))
    content = (*content, *at_top)
    # Only a build that adds to the ledger asks what lies in its place.
    not_at_top = tuple(fault for fault in not_at_top if fault.place.path != LEDGER)
    faults = (*texts.problems, *no_text, *strays.values(), *static.problems, *not_at_top)
    links, targets = (*texts.links, *static.links), {**texts.targets, **static.targets}
    return Survey(content, static.files, faults, slugs, links, kinds, targets)


def read_newsroom(
    site: Path, config: Config, *, progress: Progress | None = None
) -> tuple[Newsroom, tuple[Problem, ...]]:
    """Read everything under `content/` and `static/`; a file with an error is left out."""
    found = survey(site, config)
    reads = read_all(site, config, found, progress=progress)
    problems = (*found.faults, *(problem for read in reads for problem in read.problems))
    return gathered(reads, section_names(config)), problems


def read_all(
    site: Path,
    config: Config,
    found: Survey,
    run: Runner = one_by_one,
    *,
    memory: Memory | None = None,
    progress: Progress | None = None,
) -> list[ReadFile]:
    """Read every file that was found, each in its place.

    Files that the `memory`, loaded already, knows unchanged are not read again.
    """
    files = found.files
    same = [file.path for file in files if memory and not memory.has_changed(site, file)]
    results = {read.path: read for read in memory.recall(same)} if memory else {}
    changed = tuple(file for file in files if file.path not in results)
    task = ReadTask(site, config, found.section_slugs, changed, found.kinds)
    for read, _ in read_again(task, memory, run):
        results[read.path] = read
        if progress and (len(results) % CHUNK == 0 or len(results) == len(files)):
            progress("read", len(results), len(files))
    if memory:
        memory.drop(gone(found, memory))
    return [results[file.path] for file in files]


def gone(found: Survey, memory: Memory) -> frozenset[str]:
    """The files that are remembered, but are there no longer."""
    return frozenset(memory.stamps.keys() - {file.path for file in found.files})


def read_again(
    task: ReadTask, memory: Memory | None, run: Runner = one_by_one
) -> Iterator[tuple[ReadFile, bool]]:
    """Read some files; with each comes whether it is news to the memory."""
    for file, read in _outcomes(task, run, CHUNK):
        if isinstance(read, str):
            value = from_text(file.path, read, task.config.timezone, held_by(task.kinds))
            yield value, memory is None or memory.learn(file, read, digest_of(value))
        else:
            yield read, memory is None or memory.learn(file, "")


def _outcomes(task: ReadTask, run: Runner, size: int) -> Iterator[tuple[FoundFile, Outcome]]:
    """Some files, so many at a time. Where one killed its process, each alone tells which."""
    chunks = [task.files[start : start + size] for start in range(0, len(task.files), size)]
    for part, outcomes in run(read_texts, [replace(task, files=chunk) for chunk in chunks]):
        if not isinstance(outcomes, Exception):
            yield from zip(part.files, outcomes, strict=True)
        elif len(part.files) > 1:
            yield from _outcomes(part, run, 1)
        else:
            yield part.files[0], _killed(part.files[0])


def _no_text(content: tuple[FoundFile, ...], problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """An error when there is nothing to read: publishing nothing would empty the old site."""
    if not problems and not any(found.is_text for found in content):
        hint = (
            'Write a first text: broadsheet new article "Ferry to run again". '
            "(Files and folders that begin with _ or a dot are passed over.)"
        )
        yield Problem(Place("content"), "there is no text in this folder", hint)


def read_texts(task: ReadTask) -> tuple[Outcome, ...]:
    """Read some files, for another process or to be remembered."""
    return tuple(to_text(read) or read for read in read_files(task))


def read_files(task: ReadTask) -> tuple[ReadFile, ...]:
    """Read some files, each as its place says."""
    with watching():
        return tuple([_read(found, task) for found in task.files])


def _killed(file: FoundFile) -> ReadFile:
    hint = "It may need more memory than there is. Look for very long lines or strange bytes."
    return _faulty(file.path, "reading this killed its process, twice", hint)


def gathered(results: Iterable[ReadFile], names: tuple[Name, ...]) -> Newsroom:
    """The Newsroom of what was read."""
    results = tuple(results)
    values = [result.value for result in results]
    return Newsroom(
        articles=tuple(value for value in values if isinstance(value, Article)),
        pages=tuple(value for value in values if isinstance(value, Page)),
        tags=tuple(value for value in values if isinstance(value, Tag)),
        sections=tuple(value for value in values if isinstance(value, Section)),
        authors=tuple(value for value in values if isinstance(value, Author)),
        section_names=names,
        files=tuple(value for value in values if isinstance(value, SourceFile)),
        redirects=tuple(value for value in values if isinstance(value, RedirectList)),
        broken=tuple(result.path for result in results if result.is_broken),
    )


def _read(found: FoundFile, task: ReadTask) -> ReadFile:
    path = found.path
    is_text = (found.is_text and path.startswith("content/")) or "/" not in path
    most = LARGEST_LEDGER if path == LEDGER else LARGEST_TEXT
    if is_text and found.size > most:
        message = f"is too large: {found.size:,} bytes; the limit is {most:,}"
        return _faulty(path, message, "Split the text, or put what is large into files beside it.")
    try:
        is_merged = path in MERGED and found.size <= LARGEST_TEXT
        if not (is_text or is_merged) and found.size > LARGE:
            return ReadFile(path, _large_file(task.site, path))
        data = read_whole(f"{task.site}/{path}", found.size)
    except OSError as error:
        return _faulty(path, f"cannot be read: {error.strerror}", "Check its permissions.")
    if is_text:
        limit = task.config.markdown.time_limit
        try:
            return within(limit, lambda: _read_text(path, data, task))
        except TimeUp:
            message = f"reading this took longer than {limit:g} s"
            hint = "Look for signs that are repeated very often, or raise markdown.time_limit."
            return _faulty(path, message, hint)
    digest = content_digest(data)
    seen = look_at(path, data, digest)
    file = described(path, len(data), digest, seen)
    if is_merged:
        file = replace(file, text=data.removeprefix(BOM_UTF8).decode(errors="replace"))
    return ReadFile(path, file)


def _large_file(site: Path, path: str) -> SourceFile:
    """What is said of a file that may be larger than the memory."""
    with (site / path).open("rb") as file:
        digest, size = file_digest(file), file.tell()
        file.seek(0)
        return described(path, size, digest, look_at_open(path, file, digest))


def _read_text(path: str, data: bytes, task: ReadTask) -> ReadFile:
    kind = kind_of(path, task.kinds)
    if kind is None:
        return ReadFile(path, None, (_stray(path, task.kinds),))
    return ReadFile(path, *kind.read(path, data, task.config, task.section_slugs))


def _is_stray(file: FoundFile, kinds: TextKinds) -> bool:
    """Whether a text lies where no text of the site does, such as `content/README.md`."""
    return not file.path.startswith(folders_of(kinds)) and file.is_text


def _stray(path: str, kinds: TextKinds) -> Problem:
    folders = [f"{kind.folder}/" for kind in kinds if kind.folder]
    hint = f"Move it to content/{', '.join(folders[:-1])} or {folders[-1]}."
    return warning(Place(path), "not published: texts of this folder are not read", hint)


def _faulty(path: str, message: str, hint: str) -> ReadFile:
    return ReadFile(path, None, (Problem(Place(path), message, hint),))


def section_names(config: Config) -> tuple[Name, ...]:
    """The sections that the configuration lists; `world` is shown as `World`."""
    return tuple(
        Name(
            section_title(label),
            tag_key(label),
            slugify(label, config.language),
        )
        for label in config.sections.names
    )


def _section_slugs(names: Iterable[Name], content: Iterable[FoundFile]) -> frozenset[str]:
    """The sections that a folder under `content/articles/` may stand for."""
    written = {
        Path(found.path).stem for found in content if found.path.startswith("content/sections/")
    }
    return frozenset({name.slug for name in names} | written)
