"""Edits at random: after each few of them a site is what a clean build makes."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from generator.build import BuildOptions, build
from generator.model.problems import SiteError
from generator.verify import verify

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def assert_clean_after_edits(
    site: Path, edit: Callable[[], None], drawn: random.Random, rounds: int
) -> None:
    """Edit a site and build it, so many times; it is never other than a clean build makes it."""
    options, done = BuildOptions(site, NOW, workers=0, allow_shrink=True), 0
    for _ in range(rounds):
        for _ in range(drawn.randint(1, 2)):
            edit()
        try:
            build(options)
        except SiteError as error:
            for problem in error.problems:  # what is wrong is taken out, so that it goes on
                (site / problem.place.path).unlink(missing_ok=True)
            continue
        assert not verify(options)
        done += 1
    assert done > rounds // 3
