"""Namesakes: articles of one headline, which may be one story brought in again, or several."""

import os
import posixpath
from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import count, takewhile
from pathlib import Path

from generator.importers.plain_text import block_as_markdown
from generator.importers.wire import WireStory
from generator.read.dates import ParsedDate, parse_date
from generator.read.front_matter import FrontMatter, split_front_matter

ARTICLES = "content/articles"


def namesakes(
    target: str, day: str, site: Path, *, is_by_year: bool
) -> tuple[tuple[str, ...], str]:
    """The articles that have the names which a story can be filed under, and a free path for it.

    `target` is the path by its headline alone, in the folder of its year. Then come those with the
    day and a number: `forecast.md`, `forecast-2024-08-15.md`, `forecast-2024-08-15-2.md`. Unless
    addresses are `is_by_year`, the folders of other years count too.
    """
    folder, name = posixpath.split(target)
    folders = [folder, *([] if is_by_year else _other_folders(folder, site))]

    def there(name: str) -> str:
        paths = (f"{other}/{name}" for other in folders)
        return next((path for path in paths if os.path.lexists(site / path)), "")

    dated = [*takewhile(there, _dated(name, day))]
    taken = (*filter(there, [name]), *dated)
    free = name if name not in taken else next(n for n in _dated(name, day) if n not in dated)
    return tuple(map(there, taken)), f"{folder}/{free}"


def _other_folders(folder: str, site: Path) -> list[str]:
    years = (site / ARTICLES).glob("*/")
    return sorted({f"{ARTICLES}/{year.name}" for year in years} - {folder})


def _dated(name: str, day: str) -> Iterator[str]:
    stem, suffix = posixpath.splitext(name)
    yield f"{stem}-{day}{suffix}"
    yield from (f"{stem}-{day}-{number}{suffix}" for number in count(2))


def is_same_text(story: WireStory, file: Path) -> bool:
    """Whether an article's file holds a story, though people may have worked on it.

    It does when more than half of the story's paragraphs stand there as they were imported; a
    file that tells nothing is taken for the same story.
    """
    article = _article(file)
    if article is None or not story.paragraphs:
        return True
    written = {" ".join(block.split()) for block in article.body.split("\n\n")}
    blocks = [" ".join(block_as_markdown(text).split()) for text in story.paragraphs]
    found = [block in written for block in blocks]
    return sum(found) * 2 > len(found)


def is_same_instant(instant: datetime, file: Path, zone: tzinfo) -> bool:
    """Whether an article's file says that it was published at an instant."""
    article = _article(file)
    date = article.values.get("date") if article else None
    found = parse_date(date, zone) if isinstance(date, str) else None
    return isinstance(found, ParsedDate) and found.instant == instant


def _article(file: Path) -> FrontMatter | None:
    try:
        front = split_front_matter(file.read_bytes(), path=file.name)
    except OSError:
        return None
    return front if isinstance(front, FrontMatter) else None
