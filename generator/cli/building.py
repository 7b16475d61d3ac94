"""Running `build`: from what was asked to the work, and from its result to words."""

import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from generator.build import BuildOptions, build
from generator.cli import console, verifying
from generator.cli.asked import config_of, instant
from generator.cli.failures import PROBLEMS, exit_codes
from generator.cli.progress import progress
from generator.read.config import find_site
from generator.stages.collector import spare_collector


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What `build` was asked for, as typed."""

    site: Path | None
    output: Path | None
    base_url: str
    now: str
    drafts: bool
    workers: int | None
    clean: bool
    keep_going: bool
    verify: bool
    executor: str
    wait: float
    allow_shrink: bool


def build_site(asked: BuildRequest, *, as_json: bool, quiet: bool) -> None:
    """Build, and tell what was done."""
    failure = partial(console.failure_json, started=time.perf_counter()) if as_json else None
    with exit_codes(as_json=failure, unfinished="Nothing was published."):
        site = asked.site or find_site(Path.cwd())
        config = config_of(site, asked.base_url)
        options = BuildOptions(
            site=site,
            now=instant(asked.now, config.timezone),
            output=asked.output,
            base_url=asked.base_url,
            drafts=asked.drafts,
            workers=asked.workers,
            clean=asked.clean,
            keep_going=asked.keep_going,
            executor=asked.executor,
            wait_seconds=asked.wait,
            allow_shrink=asked.allow_shrink,
        )
        spare_collector()
        with progress(quiet=quiet or as_json) as tell:
            report = build(options, tell, partial(click.echo, err=True))
            differences = verifying.verified(options, tell) if asked.verify else None
        if report.was_damaged:
            click.echo("Something in .broadsheet/ was damaged. It has been made anew.", err=True)
        console.show_problems(report.problems)
        if as_json:
            found = None if differences is None else verifying.differences_json(differences)
            click.echo(console.build_json(report, found))
        elif not quiet:
            console.show_build(report, site)
        if differences is not None:
            folder = console.shown_path(report.output, site)
            verifying.show_differences(differences, report, folder, quiet=quiet or as_json)
        if differences or any(problem.is_error for problem in report.problems):
            sys.exit(PROBLEMS)
