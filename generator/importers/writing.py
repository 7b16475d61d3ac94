"""Importing files of agency copy into a site: one new article for each, never over another."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from generator.importers.incoming import Incoming, find_copy, read_copy
from generator.importers.namesakes import ARTICLES, is_same_instant, is_same_text, namesakes
from generator.importers.wire import WireStory, parse_wire, story_markdown
from generator.model.problems import Place, Problem, in_order, warning
from generator.model.values import frozen, replace
from generator.read.dates import DateError, ParsedDate, parse_date
from generator.read.slugs import is_reserved, slugify


@frozen
class ImportedStory:
    """An article that was written, and what was taken for what.

    `source` is the file as it was named, `target` the article's path relative to the site,
    `encoding` how the file was read: utf-8, utf-16 or windows-1252. `namesake` is the article of
    another story that has the headline's own name.
    """

    source: str
    target: str
    encoding: str
    story: WireStory
    namesake: str = ""


@frozen
class ImportReport:
    """What an import wrote, and what was wrong with the rest.

    `files` counts the files of copy that there were. `is_cut_short` tells that the machine refused
    to write (a full disk, no permission), so that the files that follow were not tried.
    """

    stories: tuple[ImportedStory, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: int = 0
    is_cut_short: bool = False


@frozen
class _Filing:
    """How stories are filed: what the user asked for all of them.

    `is_by_year`: addresses tell the year, so that each year a name is free again.
    """

    date: str | None
    section: str
    zone: tzinfo
    language: str
    is_by_year: bool


@frozen
class _Article:
    """An article to write: what is reported of it, its instant, and the whole text of its file."""

    story: ImportedStory
    instant: datetime
    text: str


def import_wire(
    files: Sequence[Path],
    site: Path,
    *,
    date: str | None,
    section: str | None,
    zone: tzinfo,
    language: str = "en",
    is_by_year: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Write an article into `content/articles/<year>/` for each file of plain agency copy.

    `files` may name folders. `date`, a date as front matter has it, is the date of all; without
    it each story has the time its file was last changed, in `zone`. An article's file is
    named after the headline, in `language`; where that is another story's, after its day too. A
    story that is there already is not written again, and no file is ever touched. `is_by_year`:
    the year is part of an article's address. `progress` is told how many files are done, of how
    many.
    """
    if date is not None and isinstance(fault := parse_date(date, zone), DateError):
        problem = Problem(Place("--date"), fault.message, fault.hint)
        return ImportReport(problems=(problem,))
    filing = _Filing(date, section or "", zone, language, is_by_year)
    stories: dict[str, ImportedStory] = {}
    problems: list[Problem] = []
    found = list(find_copy(files))
    count = sum(isinstance(file, Path) for file in found)
    for done, copied in enumerate(_articles(found, filing), start=1):
        if progress:
            progress(done, len(found))
        article = copied if isinstance(copied, Problem) else _filed(copied, site, filing, stories)
        if isinstance(article, Problem):
            problems.append(article)
            continue
        try:
            problems += _write(article, site, stories)
        except OSError as error:
            problems.append(_not_written(article.story, error))
            return ImportReport(tuple(stories.values()), in_order(problems), count, True)
    return ImportReport(tuple(stories.values()), in_order(problems), count)


def _articles(files: Iterable[Path | Problem], filing: _Filing) -> Iterator[_Article | Problem]:
    for file in files:
        incoming = file if isinstance(file, Problem) else read_copy(file)
        yield incoming if isinstance(incoming, Problem) else _article(incoming, filing)


def _article(incoming: Incoming, filing: _Filing) -> _Article | Problem:
    source = incoming.path.as_posix()
    story = parse_wire(incoming.text)
    if not story.headline:
        return Problem(Place(source), "nothing in this file", "Its first line is the headline.")
    name = _file_name(story.headline, filing.language)
    if not name:
        message = f'no file can be named after the headline "{story.headline}"'
        hint = "Change the headline, or write this article by hand."
        return Problem(Place(source), message, hint)
    modified = datetime.fromtimestamp(incoming.modified, filing.zone)
    date = filing.date or modified.isoformat(sep=" ", timespec="seconds")
    found = parse_date(date, filing.zone)
    instant = found.instant if isinstance(found, ParsedDate) else modified
    target = f"{ARTICLES}/{date[:4]}/{name}.md"
    text = story_markdown(story, date=date, section=filing.section)
    return _Article(ImportedStory(source, target, incoming.encoding, story), instant, text)


def _file_name(headline: str, language: str) -> str:
    """Name a file after a headline; empty when no file should have that name.

    A file named `index` would make its whole folder one article.
    """
    slug = slugify(headline, language)
    return "" if slug == "index" or is_reserved(slug) else slug


def _filed(
    article: _Article, site: Path, filing: _Filing, stories: dict[str, ImportedStory]
) -> _Article | Problem:
    """The article under a name that is free; a Problem where the story is there already.

    Of two files that came together with one date, each is a story. One that comes later, with
    the date of an article that is there, is taken for a newer version of it.
    """
    story, day = article.story, article.instant.date().isoformat()
    taken, free = namesakes(story.target, day, site, is_by_year=filing.is_by_year)
    for path in taken:
        if is_same_text(story.story, site / path):
            return _is_there(story, path, stories.get(path))
    for path in taken:
        is_older = path not in stories
        if is_older and is_same_instant(article.instant, site / path, filing.zone):
            return _is_there(story, path)
    namesake = next(iter(taken), "")
    return replace(article, story=replace(story, target=free, namesake=namesake))


def _write(article: _Article, site: Path, stories: dict[str, ImportedStory]) -> Iterable[Problem]:
    """Write an article where none is, add it to `stories`, and return what is to be said of it."""
    story = article.story
    if not _create(site / story.target, article.text):
        return (_is_there(story, story.target),)
    stories[story.target] = story
    return _doubts(story)


def _create(target: Path, text: str) -> bool:
    """Write a new file, whole or not at all; false when there is one already."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        return _move_to_new(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _move_to_new(partial: Path, target: Path) -> bool:
    try:
        os.link(partial, target)
    except FileExistsError:
        return False
    except OSError:
        # This file system has no hard links: claim the name first, then move the text to it.
        try:
            target.open("x").close()
        except FileExistsError:
            return False
        partial.replace(target)
    return True


def _doubts(imported: ImportedStory) -> Iterator[Problem]:
    place = Place(imported.source)
    if imported.encoding == "windows-1252":
        hint = "Look at its accents and quotes; if they are wrong, save the file as UTF-8."
        yield warning(place, "not UTF-8: read as Windows-1252", hint)
    if not imported.story.paragraphs:
        yield warning(place, "a headline and no text", f"Write the text in {imported.target}.")


def _is_there(imported: ImportedStory, path: str, other: ImportedStory | None = None) -> Problem:
    place = Place(imported.source)
    if other:
        message = f"the same story as {other.source}, which is now {path}"
        return Problem(place, message, "Leave one of the two files out.")
    message = f"there is an article already: {path}"
    hint = "It was not touched: rename or delete it, or change this headline."
    return Problem(place, message, hint)


def _not_written(imported: ImportedStory, error: OSError) -> Problem:
    message = f"cannot write {imported.target}: {error.strerror or error}"
    hint = "Put this right, then import again: what was written stays as it is."
    return Problem(Place(imported.source), message, hint)
