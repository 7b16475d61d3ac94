"""Runs: articles in order, newest first, and where one stands among others."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
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
        """By halving: few articles of the run are looked at."""
        return place_in(run, article)


class RankedRuns:
    """Knows the place of every article in every run: for all articles of a site.

    Each article has a rank among all, and a run is a row of ranks in order: 4 bytes for each
    story in it, in which a place is found by halving.
    """

    def __init__(self, articles: Sequence[Article], runs: Iterable[Sequence[Article]]) -> None:
        self._rank = {article.source.path: rank for rank, article in enumerate(articles)}
        # The runs are kept, so that no other gets the id of one of them.
        self._known = {id(run): (run, array("I", self._ranks(run))) for run in runs}

    def position(self, run: Sequence[Article], article: Article) -> int:
        """By ranks alone: no article of the run is looked at."""
        return bisect_left(self._known[id(run)][1], self._rank[article.source.path])

    def _ranks(self, run: Iterable[Article]) -> Iterator[int]:
        return (self._rank[article.source.path] for article in run)


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
