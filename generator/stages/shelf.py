"""The shelf: the stories of the last build, each fetched when something asks for it.

A Site over a shelf is like any other, but that its runs of articles hold numbers: only the
stories that a page shows are ever read back.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, overload

from generator.model.article import Article, SourceFile
from generator.plan.runs import place_in
from generator.read.memory import DamagedError, Memory

Numbers: TypeAlias = "array[int]"
"""The numbers of stories, newest first; of type "I"."""
KEYS = ("path", "address", "id")


@dataclass(slots=True)
class Shelf:
    """The stories of one build, by number. `store` has their paths, `memory` what they hold."""

    store: sqlite3.Connection
    memory: Memory
    first_free: int
    _fetched: dict[int, Article] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)

    def article(self, number: int) -> Article:
        """A story. Raises DamagedError when it is not what it was."""
        found = self._fetched.get(number)
        if found is None:
            row = self.store.execute("SELECT path FROM articles WHERE number = ?", (number,))
            path, *_ = row.fetchone() or ("",)
            value = self.memory.value(path)
            if not isinstance(value, Article):
                raise DamagedError(path)
            found = self._take(number, value)
        return found

    def number(self, article: Article) -> int:
        """The number of a story that is on the shelf."""
        return self._numbers[id(article)]

    def place(self, article: Article) -> int:
        """Put a story on the shelf, beside the one that it may stand for from now on."""
        if id(article) not in self._numbers:
            self._take(self.first_free, article)
            self.first_free += 1
        return self.number(article)

    def _take(self, number: int, article: Article) -> Article:
        self._fetched[number] = article
        self._numbers[id(article)] = number
        return article

    def find(self, key: str, value: str) -> int | None:
        """The number of the story with a path, address or id."""
        if key not in KEYS:
            raise LookupError(key)
        query = f"SELECT number FROM articles WHERE {key} = ?"  # noqa: S608 - one of ours
        found = self.store.execute(query, (value,)).fetchone()
        return found[0] if found else None


@dataclass(frozen=True, slots=True, eq=False)
class ShelfRun(Sequence[Article]):
    """A run of stories, newest first."""

    shelf: Shelf
    numbers: Numbers

    def __len__(self) -> int:
        """How many stories."""
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | Sequence[Article]:
        """The story at a place, or those at some."""
        if isinstance(place, slice):
            return tuple(map(self.shelf.article, self.numbers[place]))
        return self.shelf.article(self.numbers[place])

    def __iter__(self) -> Iterator[Article]:
        """The stories, each as it is asked for."""
        return map(self.shelf.article, self.numbers)

    def patched(self, old: Article | None, new: Article | None) -> "ShelfRun":
        """The run without `old`, and with `new` in its place."""
        numbers = array("I", self.numbers)
        if old is not None:
            numbers.remove(self.shelf.number(old))
        if new is not None:
            place = place_in(ShelfRun(self.shelf, numbers), new)
            numbers.insert(place, self.shelf.place(new))
        return ShelfRun(self.shelf, numbers)


@dataclass(frozen=True, slots=True, eq=False)
class ShelfIndex(Mapping[str, Article]):
    """Stories by path, by address or by id."""

    shelf: Shelf
    key: str

    def __getitem__(self, value: str) -> Article:
        """The story with a path, address or id."""
        number = self.shelf.find(self.key, value)
        if number is None:
            raise KeyError(value)
        return self.shelf.article(number)

    def __contains__(self, value: object) -> bool:
        """Whether there is one; it is not fetched for that."""
        return isinstance(value, str) and self.shelf.find(self.key, value) is not None

    def __iter__(self) -> Iterator[str]:
        """All paths, addresses or ids."""
        query = f"SELECT {self.key} FROM articles"  # noqa: S608 - one of ours
        return (value for (value,) in self.shelf.store.execute(query))

    def __len__(self) -> int:
        """How many stories there are."""
        (count,) = self.shelf.store.execute("SELECT COUNT(*) FROM articles").fetchone()
        return int(count)


@dataclass(frozen=True, slots=True, eq=False)
class PathsById(Mapping[str, str]):
    """The source path of the story with an id."""

    articles: ShelfIndex

    def __getitem__(self, identity: str) -> str:
        """The path of the story with an id."""
        return self.articles[identity].source.path

    def __iter__(self) -> Iterator[str]:
        """All ids."""
        return iter(self.articles)

    def __len__(self) -> int:
        """How many stories there are."""
        return len(self.articles)


@dataclass(frozen=True, slots=True, eq=False)
class ShelfFiles(Mapping[str, SourceFile]):
    """The site's files that are no texts, by path, but for those that only hidden texts name."""

    memory: Memory
    concealed: frozenset[str]

    def __getitem__(self, path: str) -> SourceFile:
        """What is known of a file."""
        value = None if path in self.concealed else self.memory.value(path)
        if not isinstance(value, SourceFile):
            raise KeyError(path)
        return value

    def __iter__(self) -> Iterator[str]:
        """The paths of all files."""
        return (path for path in self._candidates() if path in self)

    def __len__(self) -> int:
        """How many files there are."""
        return sum(1 for _ in self)

    def _candidates(self) -> Iterable[str]:
        return (path for path in self.memory.stamps if path not in self.concealed)
