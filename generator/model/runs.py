"""Runs: stories in order, newest first, each a number until somebody asks for the story.

A site of 100,000 stories has a million entries in its listings. Here each takes four bytes,
and a story that no page shows is never read back from the disk.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, overload

from generator.model.article import Article

Numbers: TypeAlias = "array[int]"
"""The numbers of stories; of type "I"."""
Key = tuple[float, str]
"""Where a story stands among others: the newest first, those of one instant by path."""


def newest_first(article: Article) -> Key:
    """The key by which every run of stories is in order."""
    return -article.date.timestamp(), article.source.path


class Stock:
    """Every version of every story that a Site, or one before it, has shown: by number.

    A story that changes gets another number, so what was taken from the stock stays as it was.
    `keys` has a place for each number. `recall` fetches a story that was not put here, by path.
    """

    def __init__(
        self, keys: Iterable[Key] = (), recall: Callable[[str], Article] | None = None
    ) -> None:
        self.keys = list(keys)
        self._recall = recall
        self._held: dict[int, Article] = {}

    def add(self, article: Article) -> int:
        """Put in a story; its number."""
        number = len(self.keys)
        self.keys.append(newest_first(article))
        self._held[number] = article
        return number

    def article(self, number: int) -> Article:
        """The story with a number. Raises what `recall` raises."""
        found = self._held.get(number)
        if found is None:
            if self._recall is None:
                raise LookupError(number)
            found = self._held[number] = self._recall(self.keys[number][1])
        return found


class Run(Sequence[Article]):
    """Some stories of a stock, newest first. Nothing about it changes."""

    __slots__ = ("numbers", "stock")

    def __init__(self, stock: Stock, numbers: Iterable[int] = ()) -> None:
        self.stock = stock
        self.numbers: Numbers = numbers if isinstance(numbers, array) else array("I", numbers)

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
            return tuple(map(self.stock.article, self.numbers[place]))
        return self.stock.article(self.numbers[place])

    def __iter__(self) -> Iterator[Article]:
        """The stories, each as it is asked for."""
        return map(self.stock.article, self.numbers)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same stories."""
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Run({list(self)!r})"

    def position(self, article: Article) -> int:
        """Where a story stands, or would stand: how many are newer. None is fetched for that."""
        return bisect_left(self.numbers, newest_first(article), key=self.stock.keys.__getitem__)

    def place_of(self, number: int) -> int:
        """Where the story with a number stands, or would stand."""
        keys = self.stock.keys
        return bisect_left(self.numbers, keys[number], key=keys.__getitem__)

    def __contains__(self, article: object) -> bool:
        """Whether a story, in this version, is among them."""
        if not isinstance(article, Article):
            return False
        place = self.position(article)
        return place < len(self) and self[place] == article

    def without(self, gone: Collection[int], come: Iterable[int] = ()) -> "Run":
        """The run without some stories, and with others, each at its place."""
        come = [*come]
        keys = self.stock.keys
        if len(gone) + len(come) > FEW:
            left = [number for number in self.numbers if number not in gone]
            return Run(self.stock, sorted((*left, *come), key=keys.__getitem__))
        numbers = array("I", self.numbers)
        for number in gone:
            place = bisect_left(numbers, keys[number], key=keys.__getitem__)
            if place < len(numbers) and numbers[place] == number:
                del numbers[place]
        for number in come:
            numbers.insert(bisect_left(numbers, keys[number], key=keys.__getitem__), number)
        return Run(self.stock, numbers)


FEW = 16
"""So many changes of a run are made one by one; with more, it is put in order anew."""


def joined(runs: Sequence[Run]) -> Run:
    """One run of all stories that are in some; each once."""
    if len(runs) == 1:
        return runs[0]
    stock = runs[0].stock
    together = {number for run in runs for number in run.numbers}
    return Run(stock, sorted(together, key=stock.keys.__getitem__))


Lookup = Callable[[str], tuple[int, ...]]
"""The numbers of the stories that were found under a key before."""


class Index(Mapping[str, Article]):
    """The stories of a Site by something of their own, such as their address.

    Two may have the same; then the oldest is meant, and `all` has the others. What was there
    `before` is asked for when it is wanted, and laid over with what has gone and come since.
    """

    __slots__ = ("_before", "_come", "_gone", "_names", "stock")

    def __init__(
        self,
        stock: Stock,
        before: Lookup | None = None,
        names: Callable[[], Iterable[str]] = tuple,
        gone: frozenset[int] = frozenset(),
        come: Mapping[str, tuple[int, ...]] | None = None,
    ) -> None:
        self.stock, self._before, self._names = stock, before, names
        self._gone, self._come = gone, come or {}

    def all(self, key: str) -> tuple[int, ...]:
        """The numbers of all stories under a key, the newest first."""
        came = self._come.get(key, ())
        before = self._before(key) if self._before else ()
        if not before:
            return came
        left = [number for number in before if number not in self._gone]
        return tuple(sorted((*left, *came), key=self.stock.keys.__getitem__))

    def number(self, key: str) -> int | None:
        """The number of the story that a key stands for."""
        found = self.all(key)
        return found[-1] if found else None

    def __getitem__(self, key: str) -> Article:
        """The story that a key stands for."""
        number = self.number(key)
        if number is None:
            raise KeyError(key)
        return self.stock.article(number)

    def __contains__(self, key: object) -> bool:
        """Whether there is one; it is not fetched for that."""
        return isinstance(key, str) and bool(self.all(key))

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        if self._before:
            yield from (key for key in self._names() if key not in self._come and self.all(key))
        yield from (key for key in self._come if self.all(key))

    def __len__(self) -> int:
        """How many keys there are."""
        return sum(1 for _ in self)

    def after(self, gone: Mapping[int, str], come: Mapping[int, str]) -> "Index":
        """The index when some numbers, under their keys, have gone, and others have come."""
        news = dict(self._come)
        for number, key in gone.items():
            news[key] = tuple(n for n in news.get(key, ()) if n != number)
        for number, key in come.items():
            news[key] = (*news.get(key, ()), number)
        if len(come) > FEW:
            keys = self.stock.keys
            news = {k: tuple(sorted(found, key=keys.__getitem__)) for k, found in news.items()}
        else:
            for key in come.values():
                news[key] = tuple(sorted(news[key], key=self.stock.keys.__getitem__))
        left = self._gone.union(gone) if self._before else self._gone
        return Index(self.stock, self._before, self._names, left, news)
