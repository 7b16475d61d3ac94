"""Running `import`: from what was asked to the work, and from its result to words."""

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from generator.cli.asked import config_of, instant_of
from generator.cli.console import json_text, plural, problem_json, show_problems, visible
from generator.cli.failures import exit_codes
from generator.cli.filing import section_of
from generator.cli.progress import progress
from generator.cli.stopping import MACHINE, PROBLEMS
from generator.importers.writing import ImportedStory, ImportReport, import_wire
from generator.model.problems import Problem
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
    with exit_codes(as_json=failure_json if as_json else None):
        folder = site or find_site(Path.cwd())
        config = config_of(folder)
        if date:
            instant_of(date, config.timezone, "--date")
        section = section_of(section, folder, config)
        with progress(quiet=quiet or as_json) as tell:
            report = import_wire(
                files,
                folder,
                date=date or None,
                section=section or None,
                zone=config.timezone,
                language=config.language,
                is_by_year=":year" in config.permalink.pattern,
                progress=partial(tell, "import") if tell else None,
            )
        if as_json:
            click.echo(_report_json(report))
        elif not quiet:
            for story in report.stories:
                _show_import(story)
            stories = plural(len(report.stories), "story", "stories")
            click.echo(f"Imported {stories} from {plural(report.files, 'file')}.")
        show_problems(report.problems)
        if report.is_cut_short:
            sys.exit(MACHINE)
        if any(problem.is_error for problem in report.problems):
            sys.exit(PROBLEMS)


def _show_import(imported: ImportedStory) -> None:
    """Print what was taken for what in a piece of wire copy."""
    story = imported.story
    target = click.style(visible(imported.target), bold=True)
    click.echo(f"{target}  from {visible(imported.source)}")
    click.echo(f"  headline: {visible(story.headline)}")
    tags = ", ".join(story.tags) or "none"
    click.echo(f"  {plural(len(story.paragraphs), 'paragraph')}, tags: {visible(tags)}")
    if imported.namesake:
        click.echo(f"  not the story of this headline in {visible(imported.namesake)}")
    for line in story.dropped:
        click.echo(f'  dropped: "{visible(line)}"')


def failure_json(problems: Iterable[Problem]) -> str:
    """An import that could not begin, as `--json` prints it: the same keys."""
    return json_text(stories=[], problems=[problem_json(problem) for problem in problems])


def _report_json(report: ImportReport) -> str:
    """An import as one JSON object."""
    return json_text(
        stories=[
            {
                "source": imported.source,
                "path": imported.target,
                "headline": imported.story.headline,
                "paragraphs": len(imported.story.paragraphs),
                "tags": imported.story.tags,
                "dropped": imported.story.dropped,
            }
            for imported in report.stories
        ],
        problems=[problem_json(problem) for problem in report.problems],
    )
