"""Running `build`: from what was asked to the work, and from its result to words."""

import os
import shlex
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from generator.build import BuildOptions, BuildReport, build
from generator.cli import console, verifying
from generator.cli.asked import config_of, instant
from generator.cli.failures import exit_codes
from generator.cli.progress import progress
from generator.cli.stopping import PROBLEMS
from generator.model.left_out import LeftOut, State
from generator.model.problems import Problem, in_order
from generator.model.values import frozen, replace
from generator.read.config import address_doubt, find_site


@frozen
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
    allow_lost: bool = False


def build_site(asked: BuildRequest, *, as_json: bool, quiet: bool) -> None:
    """Build, and tell what was done."""
    failure = partial(failure_json, started=time.perf_counter()) if as_json else None
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
            keeps_addresses=not (
                asked.now or asked.keep_going or os.environ.get("SOURCE_DATE_EPOCH")
            ),
            allow_lost=asked.allow_lost,
        )
        with progress(quiet=quiet or as_json) as tell:
            report = build(options, tell, partial(click.echo, err=True))
            differences = verifying.verified(options, tell) if asked.verify else None
        if report.was_damaged:
            click.echo(console.DAMAGED, err=True)
        elif report.is_from_another_version and not quiet:
            told = "What .broadsheet/ held is of another version. It has been made anew."
            click.echo(told, err=True)
        if not quiet:  # it changes nothing, and who asks for silence has been told
            doubts = address_doubt(site, config, asked.base_url)
            report = replace(report, problems=in_order((*doubts, *report.problems)))
        console.show_problems(report.problems)
        if as_json:
            found = None if differences is None else verifying.differences_json(differences)
            click.echo(build_json(report, found))
        elif not quiet:
            show_build(report, site)
        if differences is not None:
            folder = console.shown_path(report.output, site)
            verifying.show_differences(differences, report, folder, quiet=quiet or as_json)
        if differences or any(problem.is_error for problem in report.problems):
            sys.exit(PROBLEMS)


def show_build(report: BuildReport, site: Path) -> None:
    """Print what a build did and what to do next."""
    changes = report.changes
    output = console.visible(console.shown_path(report.output, site))
    stories = console.plural(report.articles, "article")
    files = console.plural(report.outputs, "file")
    click.echo(f"Built {stories} into {files} in {report.seconds:.1f} s.")
    counts = {
        "new": len(changes.added),
        "changed": len(changes.changed),
        "deleted": len(changes.deleted),
        "as before": changes.unchanged,
    }
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
    click.echo(f"  {output}: {told}")
    if report.left_out:
        click.echo(f"  Left out: {_left_out(report.left_out)}.")
    if report.next_change:
        instant = console.instant_text(report.next_change)
        click.echo(f"  Build again at {instant}: the site changes then.")
    folder = shlex.quote(output)
    click.echo(f"  Look at it: python3 -m http.server --bind 127.0.0.1 --directory {folder}")


def _left_out(texts: Iterable[LeftOut]) -> str:
    """What readers do not see: `1 draft (--drafts builds with it), 2 stories held back`."""
    states = Counter(text.state for text in texts)
    drafts, held, expired, faulty = (states[state] for state in State)
    counts = (
        (faulty, "text", "texts", " with an error"),
        (drafts, "draft", "drafts", f" (--drafts builds with {'it' if drafts == 1 else 'them'})"),
        (held, "story", "stories", " held back until later"),
        (expired, "story", "stories", " expired"),
    )
    return ", ".join(console.plural(n, one, many) + more for n, one, many, more in counts if n)


def build_json(
    report: BuildReport, differences: Sequence[Mapping[str, object]] | None = None
) -> str:
    """A build as one JSON object, as `--json` prints it; with `differences` if it was verified."""
    changes = report.changes
    more = {} if differences is None else {"differences": differences}
    return console.json_text(
        articles=report.articles,
        outputs=report.outputs,
        written=len(changes.added) + len(changes.changed),
        unchanged=changes.unchanged,
        deleted=len(changes.deleted),
        changes={
            "added": changes.added,
            "changed": changes.changed,
            "deleted": changes.deleted,
        },
        problems=[console.problem_json(problem) for problem in report.problems],
        left_out=[left_out_json(text) for text in report.left_out],
        next_change=report.next_change.isoformat() if report.next_change else None,
        seconds=round(report.seconds, 3),
        **more,
    )


def left_out_json(text: LeftOut) -> dict[str, object]:
    """A text that readers do not see, as `--json` prints it."""
    return {
        "path": text.path,
        "title": text.title,
        "state": str(text.state),
        "reason": text.reason,
        "until": text.until.isoformat() if text.until else None,
    }


def failure_json(problems: Iterable[Problem], started: float) -> str:
    """A build that published nothing, as `--json` prints it: the same keys.

    `started` is what `time.perf_counter` said when it began.
    """
    return console.json_text(
        articles=0,
        outputs=0,
        written=0,
        unchanged=0,
        deleted=0,
        changes={"added": [], "changed": [], "deleted": []},
        problems=[console.problem_json(problem) for problem in problems],
        left_out=[],
        next_change=None,
        seconds=round(time.perf_counter() - started, 3),
    )
