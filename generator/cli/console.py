"""What people read: problems with their places, summaries, and JSON for machines."""

import json
import os
import shlex
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from generator.build import BuildReport
from generator.importers.writing import ImportedStory, ImportReport
from generator.model.problems import Problem, Severity

WIDEST_EXCERPT = 100
JOINERS = "\u200c\u200d"
FIRST_JOINING_SCRIPT = "\u0590"
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def show_problems(problems: Sequence[Problem]) -> None:
    """Print every problem, then how many there are, on standard error."""
    for problem in problems:
        click.echo(problem_text(problem), err=True)
    if problems:
        click.echo(f"\n{counted(problems)}.", err=True)


def counted(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    severities = [problem.severity for problem in problems]
    parts = [
        _plural(severities.count(severity), str(severity))
        for severity in (Severity.ERROR, Severity.WARNING)
        if severity in severities
    ]
    return " and ".join(parts)


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def problem_text(problem: Problem) -> str:
    """A problem as people see it: its place and message, the line, and what to do."""
    label = click.style(str(problem.severity), fg=COLOURS[problem.severity], bold=True)
    place = click.style(visible(str(problem.place)), bold=True)
    text = f"{place}: {label}: {visible(problem.message)}"
    hint = visible(problem.hint)
    if not problem.excerpt:
        return f"{text}\n    {hint}" if hint else text
    line, start, width = _window(problem)
    number = str(problem.place.line)
    margin = " " * len(number)
    carets = click.style("^" * width, fg=COLOURS[problem.severity])
    gap = " " if start + width + _cells(hint) < WIDEST_EXCERPT else f"\n  {margin} | "
    shown = f"{text}\n  {number} | {line}\n  {margin} | {' ' * start}{carets}"
    return f"{shown}{gap}{hint}" if hint else shown


def _window(problem: Problem) -> tuple[str, int, int]:
    """The part of the excerpt round the problem, and the cells where the carets stand below it."""
    most = 4 * WIDEST_EXCERPT  # characters looked at: a line may be ten megabytes long
    start = max(problem.place.column - 1, 0)
    end = start + problem.width
    before = visible(problem.excerpt[max(0, start - most) : start])
    marked = visible(problem.excerpt[start : min(end, start + most)])
    after = visible(problem.excerpt[end : end + most])
    marked = _beginning(marked, WIDEST_EXCERPT * 3 // 4 - 1)
    room = WIDEST_EXCERPT - _cells(marked)
    before = _ending(before, max(WIDEST_EXCERPT // 4, room - _cells(after)))
    after = _beginning(after, room - _cells(before))
    return before + marked + after, _cells(before), max(1, _cells(marked))


def _beginning(text: str, room: int) -> str:
    """The text, or as much of it as has room."""
    if _cells(text) <= room:
        return text
    kept, used = "", 1
    for char in text:
        used += _width(char)
        if used > room:
            break
        kept += char
    return kept + "…"


def _ending(text: str, room: int) -> str:
    return _beginning(text[::-1], room)[::-1]


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes, East Asian letters two (Unicode's UAX 11)."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def visible(text: str) -> str:
    """The text, of the same length, without what could move the cursor or colour the terminal."""
    if text.isprintable():
        return text
    return "".join(map(_harmless, text, " " + text))


def _harmless(char: str, before: str) -> str:
    if char.isprintable() or (char in JOINERS and before >= FIRST_JOINING_SCRIPT):
        return char
    is_blank = char == "\t" or unicodedata.category(char) == "Zs"
    return " " if is_blank else "\N{REPLACEMENT CHARACTER}"


def show_build(report: BuildReport, site: Path) -> None:
    """Print what a build did and what to do next."""
    changes = report.changes
    output = visible(shown_path(report.output, site))
    stories = _plural(report.articles, "article")
    click.echo(f"Built {stories} into {_plural(report.outputs, 'file')} in {report.seconds:.1f} s.")
    counts = {
        "new": len(changes.added),
        "changed": len(changes.changed),
        "deleted": len(changes.deleted),
        "as before": changes.unchanged,
    }
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
    click.echo(f"  {output}: {told}")
    if report.next_change:
        click.echo(f"  Build again at {instant_text(report.next_change)}: the site changes then.")
    folder = shlex.quote(output)
    click.echo(f"  Look at it: python3 -m http.server --bind 127.0.0.1 --directory {folder}")


def instant_text(instant: datetime) -> str:
    """An instant as people read it, with its zone."""
    return f"{instant:%Y-%m-%d %H:%M:%S %Z}"


def shown_path(path: Path, site: Path) -> str:
    """A path as people can type it where they are: relative, or as they gave it themselves."""
    real, here = path.resolve(), Path.cwd()
    if real.is_relative_to(here) or real.is_relative_to(site.resolve()):
        return os.path.relpath(real, here)
    return str(path)


def build_json(
    report: BuildReport, differences: Sequence[Mapping[str, object]] | None = None
) -> str:
    """A build as one JSON object, as `--json` prints it; with `differences` if it was verified."""
    changes = report.changes
    more = {} if differences is None else {"differences": differences}
    return _json(
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
        problems=[_problem_json(problem) for problem in report.problems],
        next_change=report.next_change.isoformat() if report.next_change else None,
        seconds=round(report.seconds, 3),
        **more,
    )


def failure_json(problems: Iterable[Problem], started: float) -> str:
    """A build that published nothing, as `--json` prints it: the same keys.

    `started` is what `time.perf_counter` said when it began.
    """
    return _json(
        articles=0,
        outputs=0,
        written=0,
        unchanged=0,
        deleted=0,
        changes={"added": [], "changed": [], "deleted": []},
        problems=[_problem_json(problem) for problem in problems],
        next_change=None,
        seconds=round(time.perf_counter() - started, 3),
    )


def problems_json(problems: Iterable[Problem]) -> str:
    """Problems alone, as `check --json` prints them."""
    return _json(problems=[_problem_json(problem) for problem in problems])


def _json(**values: object) -> str:
    # Escaped, so that it passes through any terminal, pipe and encoding.
    return json.dumps(values, indent=2)


def _problem_json(problem: Problem) -> dict[str, object]:
    return {
        "path": problem.place.path,
        "line": problem.place.line or None,
        "column": problem.place.column or None,
        "severity": str(problem.severity),
        "message": problem.message,
        "hint": problem.hint,
    }


def show_import(imported: ImportedStory) -> None:
    """Print what was taken for what in a piece of wire copy."""
    story = imported.story
    click.echo(
        click.style(visible(imported.target), bold=True) + f"  from {visible(imported.source)}"
    )
    click.echo(f"  headline: {visible(story.headline)}")
    tags = ", ".join(story.tags) or "none"
    click.echo(f"  {_plural(len(story.paragraphs), 'paragraph')}, tags: {visible(tags)}")
    for line in story.dropped:
        click.echo(f'  dropped: "{visible(line)}"')


def import_failure_json(problems: Iterable[Problem]) -> str:
    """An import that could not begin, as `--json` prints it: the same keys."""
    return _json(stories=[], problems=[_problem_json(problem) for problem in problems])


def import_json(report: ImportReport) -> str:
    """An import as one JSON object."""
    return _json(
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
        problems=[_problem_json(problem) for problem in report.problems],
    )
