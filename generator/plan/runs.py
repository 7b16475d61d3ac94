"""Runs: articles in order, newest first, and where one stands among others."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from generator.model.article import Article
from generator.model.site import newest_first


class Runs(Protocol):
    """Tells positions in runs of articles."""

    def position(self, run: Sequence[Article], article: Article) -> int:
        """How many articles of a run are newer than one that is in it."""
        ...


class SearchedRuns:
    """Looks each position up: for a few articles of a run of any length."""

    def position(self, run: Sequence[Article], article: Article) -> int:
        """Half the run at a time is passed over."""
        return place_in(run, article)


class IndexedRuns:
    """Knows every position of a run once it was asked for one: for all articles of a site.

    The runs must live as long as this.
    """

    def __init__(self) -> None:
        self._known: dict[int, dict[str, int]] = {}

    def position(self, run: Sequence[Article], article: Article) -> int:
        """The first question about a run takes time, the others none."""
        index = self._known.get(id(run))
        if index is None:
            index = {each.source.path: place for place, each in enumerate(run)}
            self._known[id(run)] = index
        return index[article.source.path]


class PatchedRun(Protocol):
    """A run that knows how to be patched without being read as a whole."""

    def patched(self, old: Article | None, new: Article | None) -> Sequence[Article]:
        """The run without `old`, and with `new` in its place."""
        ...


def place_in(run: Sequence[Article], article: Article) -> int:
    """Where an article stands in a run, or would stand."""
    return bisect_left(run, newest_first(article), key=newest_first)


def patched(run: Sequence[Article], old: Article | None, new: Article | None) -> Sequence[Article]:
    """A run without `old`, which is in it, and with `new` in its place; None stands for none."""
    if old is None and new is None:
        return run
    if hasattr(run, "patched"):
        lazy: PatchedRun = run
        return lazy.patched(old, new)
    articles = list(run)
    if old is not None:
        del articles[place_in(articles, old)]
    if new is not None:
        articles.insert(place_in(articles, new), new)
    return tuple(articles)
