"""Running `list`: which texts come, go, wait or are there, as a table or for machines."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from generator.cli import console
from generator.cli.asked import config_of, instant
from generator.cli.failures import exit_codes
from generator.cli.stopping import PROBLEMS
from generator.model.problems import Problem
from generator.read.config import find_site
from generator.why.diary import Asked, Entry, entries

HEADS = ("when", "title", "file", "address", "authors")
NOTHING = {
    Asked.SCHEDULED: "No story waits for its hour.",
    Asked.EXPIRING: "No story has an end.",
    Asked.DRAFTS: "No text is a draft.",
    Asked.STORIES: "No story is published at this instant.",
}
WIDEST = 48
"""Characters of a title that a table has room for."""


def list_texts(asked: str, site: Path | None, now: str, *, as_json: bool) -> None:
    """Print the texts that were asked for; exit code 1 where others cannot be read."""
    with exit_codes(as_json=failure_json if as_json else None):
        folder = site or find_site(Path.cwd())
        config = config_of(folder)
        what = Asked(asked)
        found, problems = entries(folder, config, what, instant(now, config.timezone))
        if as_json:
            click.echo(console.json_list(map(_json, found)))
        elif not found:
            click.echo(NOTHING[what])
        else:
            for line in table([HEADS, *map(_row, found)]):
                click.echo(line)
        console.show_problems(problems)
        if problems:
            sys.exit(PROBLEMS)


def failure_json(_: Iterable[Problem]) -> str:
    """What is listed where nothing can be: no text."""
    return console.json_list(())


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table whose columns stand below each other, in cells of a terminal."""
    widths = [max(map(console.cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        line = "  ".join(text + " " * (width - console.cells(text)) for text, width in cells)
        yield line.rstrip()


def _row(entry: Entry) -> tuple[str, ...]:
    title = console.visible(entry.title)
    shown = title if len(title) <= WIDEST else title[: WIDEST - 1] + "…"
    authors = console.visible(", ".join(entry.authors))
    return _when(entry), shown, console.visible(entry.path), entry.address, authors


def _when(entry: Entry) -> str:
    if entry.when is None:
        return "-"
    return f"{entry.when:%Y-%m-%d}" if entry.is_day else f"{entry.when:%Y-%m-%d %H:%M %Z}"


def _json(entry: Entry) -> dict[str, object]:
    return {
        "when": entry.when.isoformat() if entry.when else None,
        "title": entry.title,
        "path": entry.path,
        "address": entry.address,
        "section": entry.section,
        "authors": [*entry.authors],
    }
