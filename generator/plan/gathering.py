"""Gathering: what sections, tags and authors have in common when stories are put in order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic

from generator.model.article import Article, Name
from generator.model.problems import Problem
from generator.model.runs import Run, Stock, joined
from generator.model.site import Collection, Spelt, Subject
from generator.model.values import frozen
from generator.plan.change import same


@frozen
class Gathered(Generic[Subject]):
    """All sections, tags or authors in order, by the names they go by, and what is wrong."""

    collections: tuple[Collection[Subject], ...]
    by_name: Mapping[str, Collection[Subject]]
    problems: tuple[Problem, ...]


def collected(
    subject: Subject, parts: Sequence[Run], stock: Stock, known: Collection[Subject] | None
) -> Collection[Subject]:
    """A subject with its stories; the very same as before where neither is another."""
    if known is not None:
        is_same = same(tuple(parts), known.parts)
        if is_same and subject == known.subject:
            return known
        subject = known.subject if subject == known.subject else subject
        if is_same:
            return Collection(subject, known.articles, known.parts)
    return Collection(subject, joined(parts) if parts else Run(stock), tuple(parts))


Take = Callable[[Article], Sequence[Name]]
"""The tags, or the authors, that a story names, in its order."""


def commonest(spelt: Spelt, take: Take) -> str:
    """The spelling used most; of equally common ones, the one used first."""
    if len(spelt) == 1:
        return next(iter(spelt)).label
    counts: dict[str, int] = {}
    for name, run in spelt.items():
        counts[name.label] = counts.get(name.label, 0) + len(run)
    most = max(counts.values())
    return max(
        (name for name in spelt if counts[name.label] == most),
        key=lambda name: first_use(name, spelt[name], take),
    ).label


def first_use(name: Name, run: Run, take: Take) -> tuple[float, str, int]:
    """Where a name was used first; the greatest of some is the earliest."""
    names = take(run[-1])
    return *run.stock.keys[run.numbers[-1]], -names.index(name) if name in names else 0
