"""Running `import`: from what was asked to the work, and from its result to words."""

import sys
from pathlib import Path

import click

from generator.cli import console
from generator.cli.asked import config_of, instant_of
from generator.cli.failures import MACHINE, PROBLEMS, exit_codes
from generator.importers.writing import import_wire
from generator.read.config import find_site


def import_files(
    files: tuple[Path, ...],
    site: Path | None,
    date: str,
    section: str,
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    """Import wire copy, and tell what was taken for what."""
    with exit_codes(as_json=console.import_failure_json if as_json else None):
        folder = site or find_site(Path.cwd())
        config = config_of(folder)
        if date:
            instant_of(date, config.timezone, "--date")
        report = import_wire(
            files,
            folder,
            date=date or None,
            section=section or None,
            zone=config.timezone,
            language=config.language,
        )
        if as_json:
            click.echo(console.import_json(report))
        elif not quiet:
            for story in report.stories:
                console.show_import(story)
        console.show_problems(report.problems)
        if report.is_cut_short:
            sys.exit(MACHINE)
        if any(problem.is_error for problem in report.problems):
            sys.exit(PROBLEMS)
