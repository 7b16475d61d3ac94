"""Running `deploy` and `rollback`: from what was asked to work, and from its result to words."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from generator.cli import console
from generator.cli.failures import exit_codes
from generator.cli.progress import progress
from generator.deploy.release import Note
from generator.deploy.site import (
    DeployOptions,
    DeployReport,
    deploy_site,
    releases_at,
    rollback_site,
    silent,
)
from generator.model.problems import Problem
from generator.model.values import frozen
from generator.read.config import find_site

UNFINISHED = "Nothing was deployed."


@frozen
class DeployRequest:
    """What `deploy` or `rollback` was asked for, as typed."""

    site: Path | None
    target: str
    output: Path | None = None
    dry_run: bool = False
    yes: bool = False
    repair: bool = False

    def options(self) -> DeployOptions:
        """The same, as the work takes it."""
        site = self.site or find_site(Path.cwd())
        words = (self.target, self.output, self.dry_run, self.yes, self.repair)
        return DeployOptions(site, *words)


def target_and_number(words: tuple[str, ...]) -> tuple[str, int]:
    """What `rollback` was given: a target, a release's number, both or neither."""
    match words:
        case ():
            return "", 0
        case (number,) if number.isdecimal():
            return "", int(number)
        case (target,):
            return target, 0
        case (target, number) if number.isdecimal():
            return target, int(number)
    raise click.UsageError("Name a target and a release's number, such as: rollback live 12")


def deploy(asked: DeployRequest, *, as_json: bool, quiet: bool) -> None:
    """Deploy, and tell what was done."""
    with exit_codes(as_json=failure_json if as_json else None, unfinished=UNFINISHED):
        with progress(quiet=quiet or as_json) as tell:
            report = deploy_site(asked.options(), tell or silent)
        console.show_problems(report.problems)
        if as_json:
            click.echo(report_json(report))
        elif not quiet:
            _show(report)


def list_releases(asked: DeployRequest, *, as_json: bool) -> None:
    """Tell which releases are within reach, newest first."""
    with exit_codes(as_json=failure_json if as_json else None):
        notes = releases_at(asked.options())
        if as_json:
            click.echo(console.json_text(releases=[note_json(note) for note in notes], problems=[]))
            return
        for place, note in enumerate(notes):
            click.echo(_line(note, is_live=not place))
        if not notes:
            click.echo("Nothing was deployed there yet.")


def rollback(asked: DeployRequest, number: int, *, as_json: bool, quiet: bool) -> None:
    """Bring an earlier release back, and tell so."""
    with exit_codes(
        as_json=failure_json if as_json else None, unfinished="Nothing was brought back."
    ):
        with progress(quiet=quiet or as_json) as tell:
            report = rollback_site(asked.options(), number, tell or silent)
        note, told = report.note, [console.problem_json(each) for each in report.problems]
        console.show_problems(report.problems)
        if as_json:
            click.echo(console.json_text(release=note_json(note), problems=told))
        elif not quiet:
            click.echo(f"Readers see release {note.restored or note.number} again.")
            click.echo(f"  {_counts(note.added, note.changed, note.deleted)}")
            click.echo("  The next deploy brings what is built. Correct that first.")


def _show(report: DeployReport) -> None:
    name = console.visible(report.target.name)
    release = f", release {report.note.number}" if report.note and report.note.number else ""
    if report.is_current:
        click.echo(f"{name} is up to date: {console.plural(report.files, 'file')}{release}.")
        return
    counts = _counts(len(report.added), len(report.changed), len(report.deleted))
    if report.is_trial:
        click.echo(f"Would deploy to {name}: {counts}.")
        for sign, paths in (("+", report.added), ("~", report.changed), ("-", report.deleted)):
            for path in paths:
                click.echo(f"  {sign} {console.visible(path)}")
        return
    click.echo(f"Deployed to {name} in {report.seconds:.1f} s{release}.")
    click.echo(f"  {counts}")


def _counts(added: int, changed: int, deleted: int) -> str:
    counts = {"new": added, "changed": changed, "deleted": deleted}
    return ", ".join(f"{n:,} {what}" for what, n in counts.items() if n) or "nothing new"


def _line(note: Note, *, is_live: bool) -> str:
    """A release as people read it; a star marks the live one."""
    mark = "*" if is_live else " "
    what = f"brought back {note.restored}" if note.restored else ""
    counts = what or _counts(note.added, note.changed, note.deleted)
    made = console.instant_text(note.made)
    return f"{mark} {note.number:>4}  {made}  {console.visible(note.by)}  {counts}"


def report_json(report: DeployReport) -> str:
    """A deploy as one JSON object, as `--json` prints it."""
    return console.json_text(
        target=report.target.name,
        dry_run=report.is_trial,
        release=note_json(report.note) if report.note else None,
        written=len(report.added) + len(report.changed),
        unchanged=report.files - len(report.added) - len(report.changed),
        deleted=len(report.deleted),
        changes={"added": report.added, "changed": report.changed, "deleted": report.deleted},
        problems=[console.problem_json(problem) for problem in report.problems],
        seconds=round(report.seconds, 3),
    )


def note_json(note: Note) -> dict[str, object]:
    """A release as `--json` prints it."""
    return {
        "number": note.number,
        "made": note.made.isoformat(),
        "by": note.by,
        "added": note.added,
        "changed": note.changed,
        "deleted": note.deleted,
        "restored": note.restored or None,
    }


def failure_json(problems: Iterable[Problem]) -> str:
    """A deploy that did nothing, as `--json` prints it."""
    told: Sequence[dict[str, object]] = [console.problem_json(problem) for problem in problems]
    return console.json_text(problems=told)
