"""Problems, placed: what is wrong with the site, as a build would tell it, each with its place."""

from collections.abc import Iterable
from pathlib import Path

from generator.model.problems import Problem, SiteError
from generator.read.places import all_placed
from generator.stages.final_problems import final_problems


class ProblemPlaces:
    """Finds the place of each Problem in a site's files, once while the file is the same."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._places: dict[Problem, Problem] = {}

    def final(self, found: Iterable[Problem], *, strict: bool) -> tuple[Problem, ...]:
        """Problems as a build would tell them, in order."""
        where, found = self._places, tuple(found)
        new = [problem for problem in dict.fromkeys(found) if problem not in where]
        where |= zip(new, all_placed(new, self._site), strict=True)
        try:
            return final_problems(
                (where[problem] for problem in found),
                site=self._site,
                strict=strict,
                keep_going=False,
            )
        except SiteError as error:
            return error.problems

    def forget(self, changed: Iterable[str], told: Iterable[Problem]) -> None:
        """Look for places anew in files that have changed, and of what is `told` no more."""
        paths, kept = frozenset(changed), frozenset(told)
        self._places = {
            problem: place
            for problem, place in self._places.items()
            if problem in kept and problem.place.path not in paths
        }
