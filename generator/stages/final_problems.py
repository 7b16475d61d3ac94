"""The final problems of a build: placed, in order, and whether they stop it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path

from generator.model.config import Config
from generator.model.problems import (
    MOST_TOLD,
    Problem,
    Severity,
    SiteError,
    bounded,
    in_order,
    told_once,
)
from generator.model.site import Site
from generator.model.values import replace
from generator.read.places import all_placed


def faulty_texts(problems: Iterable[Problem]) -> frozenset[str]:
    """The texts under `content/` that are left out because of an error in them."""
    errors = (problem for problem in problems if problem.is_error and not problem.spares_text)
    paths = (problem.place.path for problem in errors)
    return frozenset(path for path in paths if path.startswith("content/"))


def final_problems(
    found: Iterable[Problem], *, site: Path, strict: bool, keep_going: bool
) -> tuple[Problem, ...]:
    """All problems, placed and in order. Raises SiteError with them when they stop the build.

    With `strict`, warnings are errors. With `keep_going`, an error under `content/` leaves out
    its text, or only its link where it `spares_text`, and does not stop the build.
    """
    problems = bounded(in_order(all_placed(found, site)), 2 * MOST_TOLD)
    if strict:
        problems = tuple(replace(problem, severity=Severity.ERROR) for problem in problems)
    errors = [problem for problem in problems if problem.is_error]
    if any(not (keep_going and problem.place.path.startswith("content/")) for problem in errors):
        raise SiteError(told_once(problems, errors=True))
    return problems


def of_archive(site: Site, config: Config) -> Callable[[str], bool]:
    """A function that says whether a file belongs to the archive: is dated before `links.before`.

    Nobody mends an archive today, so each kind of warning about it is told once. What has no
    date, such as a standing page or a picture, belongs to it where `links.dead` only warns.
    """
    day = config.links.before.strip()
    if not day:
        return lambda _: False
    first = datetime.combine(date.fromisoformat(day), time(), config.timezone).timestamp()
    is_lenient = config.links.severity(None) is Severity.WARNING

    def is_archive(path: str) -> bool:
        number = site.article_of.number(path)
        if number is None:
            return is_lenient and path.startswith(("content/", "static/"))
        return -site.articles.stock.keys[number][0] < first

    return is_archive
