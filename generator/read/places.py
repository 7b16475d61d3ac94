"""Finding the line of a Problem that planning could only name by its key."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from generator.model.frozen import EMPTY
from generator.model.problems import Problem
from generator.model.values import replace
from generator.read.articles import ALSO
from generator.read.config import NAME
from generator.read.entries import AUTHOR_ALSO, PAGE_ALSO, SECTION_ALSO, TAG_ALSO
from generator.read.foreign_keys import peers_meaning
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.read.located_yaml import locate_in_yaml
from generator.read.plain_yaml import Value
from generator.read.source_spans import KeyPath, SourceSpan
from generator.read.text_files import decode

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "articles": ALSO,
    "pages": PAGE_ALSO,
    "tags": TAG_ALSO,
    "sections": SECTION_ALSO,
    "authors": AUTHOR_ALSO,
}


def all_placed(
    problems: Iterable[Problem], site: Path, own: Mapping[str, object] = EMPTY
) -> tuple[Problem, ...]:
    """The same Problems with line, column and excerpt, where their files still tell them.

    The first of a Problem's keys may stand in the file under another name. A text as the last
    key is an entry of a list: `("tags", "Kursk")`. Each file is read once. `own` says what the
    newsroom's own keys mean.
    """
    found = list(problems)
    of_file: dict[str, list[int]] = {}
    for number, problem in enumerate(found):
        if problem.keys and not problem.place.line:
            of_file.setdefault(problem.place.path, []).append(number)
    for path, numbers in of_file.items():
        locate = _locating(site, path, own)
        if locate is None:
            continue
        for number in numbers:
            span = locate(found[number].keys)
            found[number] = replace(
                found[number], place=span.place, excerpt=span.excerpt, width=span.width
            )
    return tuple(found)


def _locating(
    site: Path, path: str, own: Mapping[str, object]
) -> Callable[[KeyPath], SourceSpan] | None:
    """What tells where keys stand in a file; None where the file does not tell any more."""
    try:
        data = (site / path).read_bytes()
    except OSError:
        return None
    if path == NAME:
        text = decode(data, path=path)
        return partial(locate_in_yaml, text, path=NAME) if isinstance(text, str) else None
    front = split_front_matter(data, path=path)
    return _Keys(front, own).span if isinstance(front, FrontMatter) else None


class _Keys:
    """Where the keys of one text stand, by the names that planning has for them."""

    def __init__(self, front: FrontMatter, own: Mapping[str, object]) -> None:
        self._front = front
        folder = front.path.removeprefix("content/").partition("/")[0]
        also = OTHER_NAMES.get(folder, {})
        there = [name for name, value in front.values.items() if value]
        self._written = {peers_meaning(name): name for name in reversed(there)}
        self._written |= {str(own[name]): name for name in reversed(there) if name in own}
        self._written |= {also[name]: name for name in reversed(there) if name in also}
        self._written |= {name: name for name in there}
        self._numbers: dict[str, dict[str, int]] = {}

    def span(self, keys: KeyPath) -> SourceSpan:
        """Where the value at `keys` stands."""
        front, (key, *inner) = self._front, keys
        written = self._written.get(str(key), str(key))
        value, entry = front.values.get(written), next(iter(inner), None)
        if entry is None and isinstance(value, dict) and "src" in value:
            return front.locate(written, "src")  # what planning finds wrong with a picture
        if not isinstance(entry, str) or isinstance(value, dict):
            return front.locate(written, *inner)
        if isinstance(value, list):
            number = self._numbers_in(written, value).get(entry)
            return front.locate(written, *([] if number is None else [number]))
        return front.locate(written).within(entry)

    def _numbers_in(self, written: str, entries: list[Value]) -> dict[str, int]:
        """The number of each entry of a list, by its text; the first of a text counts."""
        if written not in self._numbers:
            texts = [" ".join(one.split()) if isinstance(one, str) else "" for one in entries]
            self._numbers[written] = {text: n for n, text in reversed(list(enumerate(texts)))}
        return self._numbers[written]
