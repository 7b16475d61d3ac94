"""One fault on many pages, told once."""

from collections.abc import Iterable

from generator.model.problems import Problem, Severity, in_order
from generator.model.values import replace

Fault = tuple[Severity, str, str]

MOST_PLACES = 10
"""A fault on more pages than this is the layout's: it is reported once, with their number."""


class Tally:
    """Gathers Problems, and counts what recurs instead of keeping it."""

    def __init__(self) -> None:
        self._counts: dict[Fault, int] = {}
        self._kept: dict[Fault, list[Problem]] = {}

    def add(self, problems: Iterable[Problem]) -> None:
        """Take Problems in."""
        for problem in problems:
            fault = (problem.severity, problem.message, problem.hint)
            self._counts[fault] = self._counts.get(fault, 0) + 1
            kept = self._kept.setdefault(fault, [])
            if len(kept) < MOST_PLACES:
                kept.append(problem)

    def problems(self) -> tuple[Problem, ...]:
        """All Problems in order; those of one fault in too many places as one."""
        told: list[Problem] = []
        for fault, kept in self._kept.items():
            count = self._counts[fault]
            if count > MOST_PLACES:
                kept = [replace(kept[0], message=f"{kept[0].message} ({count:,} times)")]  # noqa: PLW2901 - shorter
            told += kept
        return in_order(told)
