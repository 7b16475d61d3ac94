"""Settling what was found: which problems there are, where, and whether they stop the build."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.model.config import Config, base_url_fault
from generator.model.problems import Place, Problem, Severity, SiteError, in_order
from generator.read.config import read_config
from generator.read.places import placed


def load_config(site: Path, base_url: str = "") -> tuple[Config, tuple[Problem, ...]]:
    """The configuration, with another `base_url` if one is given.

    Raises SiteError when it has an error: everything else would be judged by wrong rules.
    """
    config, problems = read_config(site)
    if base_url and (fault := base_url_fault(base_url)):
        hint = "Write the whole address, such as https://example.org/news/."
        problems = (*problems, Problem(Place("--base-url"), fault, hint))
    if any(problem.is_error for problem in problems):
        raise SiteError(problems)
    return (replace(config, base_url=base_url) if base_url else config), problems


def faulty_texts(problems: Iterable[Problem]) -> frozenset[str]:
    """The paths under `content/` that have an error."""
    paths = (problem.place.path for problem in problems if problem.is_error)
    return frozenset(path for path in paths if path.startswith("content/"))


def settle(
    found: Iterable[Problem], *, site: Path, strict: bool, keep_going: bool
) -> tuple[Problem, ...]:
    """All problems, placed and in order. Raises SiteError with them when they stop the build.

    With `strict`, warnings are errors. With `keep_going`, an error in a text under
    `content/` stops that text only.
    """
    problems = in_order(placed(problem, site) for problem in found)
    if strict:
        problems = tuple(replace(problem, severity=Severity.ERROR) for problem in problems)
    errors = [problem for problem in problems if problem.is_error]
    if any(not (keep_going and problem.place.path.startswith("content/")) for problem in errors):
        raise SiteError(problems)
    return problems
