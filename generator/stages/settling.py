"""Settling what was found: which problems there are, where, and whether they stop the build."""

from collections.abc import Iterable
from pathlib import Path

from generator.model.problems import (
    MOST_TOLD,
    Problem,
    Severity,
    SiteError,
    bounded,
    in_order,
    told_once,
)
from generator.model.values import replace
from generator.read.places import all_placed


def faulty_texts(problems: Iterable[Problem]) -> frozenset[str]:
    """The paths under `content/` that have an error for which the text is left out."""
    errors = (problem for problem in problems if problem.is_error and not problem.spares_text)
    paths = (problem.place.path for problem in errors)
    return frozenset(path for path in paths if path.startswith("content/"))


def settle(
    found: Iterable[Problem], *, site: Path, strict: bool, keep_going: bool
) -> tuple[Problem, ...]:
    """All problems, placed and in order. Raises SiteError with them when they stop the build.

    With `strict`, warnings are errors. With `keep_going`, an error in a text under
    `content/` stops that text only, or what in it `spares_text` says.
    """
    problems = bounded(in_order(all_placed(found, site)), 2 * MOST_TOLD)
    if strict:
        problems = tuple(replace(problem, severity=Severity.ERROR) for problem in problems)
    errors = [problem for problem in problems if problem.is_error]
    if any(not (keep_going and problem.place.path.startswith("content/")) for problem in errors):
        raise SiteError(told_once(problems, errors=True))
    return problems
