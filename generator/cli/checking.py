"""Running `check`: from what was asked to the work, and from its result to words."""

import sys
import time
from functools import partial
from pathlib import Path

import click

from generator.check.external import check_external
from generator.check.site import check_site
from generator.cli import console
from generator.cli.asked import config_of
from generator.cli.failures import exit_codes
from generator.cli.progress import Progress, progress
from generator.cli.stopping import PROBLEMS
from generator.model.config import Config
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.read.config import find_site
from generator.since import check_since


@frozen
class CheckRequest:
    """What `check` was asked for, as typed; `timeout` is in seconds.

    `since` is the file with what the check before noted, and where this one notes it.
    """

    site: Path | None
    output: Path | None
    base_url: str
    external: bool
    timeout: float
    since: Path | None = None


def check_output(asked: CheckRequest, *, as_json: bool, quiet: bool) -> None:
    """Check a published folder; exit code 1 when it has errors."""
    started = time.perf_counter()
    with exit_codes(as_json=console.problems_json if as_json else None):
        site = asked.site or find_site(Path.cwd())
        config = config_of(site, asked.base_url)
        output = asked.output or site / "public"
        with progress(quiet=quiet or as_json) as tell:
            problems = _problems(site, output, config, asked, tell)
        if as_json:
            click.echo(console.problems_json(problems))
        console.show_problems(problems)
        if not problems and not (quiet or as_json):
            shown, seconds = console.shown_path(output, site), time.perf_counter() - started
            click.echo(f"Checked {console.visible(shown)} in {seconds:.1f} s: all is well.")
        if any(problem.is_error for problem in problems):
            sys.exit(PROBLEMS)


def _problems(
    site: Path, output: Path, config: Config, asked: CheckRequest, tell: Progress | None
) -> tuple[Problem, ...]:
    base_url, told = config.base_url, partial(tell, "check") if tell else None
    if asked.since:
        problems = check_since(asked.since, site, output, config, told)
    else:
        problems = check_site(output, base_url=base_url, links=config.links, progress=told)
    if asked.external:
        problems += check_external(
            output,
            base_url=base_url,
            timeout=asked.timeout,
            progress=partial(tell, "ask") if tell else None,
        )
    return problems
