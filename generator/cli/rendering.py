"""Running `render`: from the files that were asked for to the HTML of their bodies."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.bodies import Bodies, RenderedText
from generator.cli import console
from generator.cli.failures import exit_codes
from generator.cli.stopping import PROBLEMS
from generator.model.problems import Problem

STANDARD_INPUT = "-"


def render_files(files: tuple[str, ...], *, as_json: bool) -> None:
    """Print the HTML of each text's body; exit code 1 when one has an error."""
    with exit_codes(as_json=failure_json if as_json else None):
        bodies = Bodies(datetime.now(UTC))
        texts: list[RenderedText] = []
        for name in files:
            texts.append(_rendered(bodies, name))
            if not as_json:
                _print_html(texts[-1].html)
        if as_json:
            click.echo(console.json_list(map(_text_json, texts)))
        problems = [problem for text in texts for problem in text.problems]
        console.show_problems(problems)
        if any(problem.is_error for problem in problems):
            sys.exit(PROBLEMS)


def _rendered(bodies: Bodies, name: str) -> RenderedText:
    if name == STANDARD_INPUT:
        return bodies.render(name, sys.stdin.buffer.read())
    file = Path(name)
    return bodies.render(file.as_posix(), file.read_bytes(), file)


def _print_html(html: str) -> None:
    """Print HTML as UTF-8, whatever the terminal is set to: programs read it."""
    if html:
        click.echo(html.encode())


def failure_json(problems: Iterable[Problem]) -> str:
    """What stopped everything, as `--json` prints it: the same keys."""
    texts = (RenderedText(problem.place.path, "", (problem,)) for problem in problems)
    return console.json_list(map(_text_json, texts))


def _text_json(text: RenderedText) -> dict[str, object]:
    problems = [console.problem_json(problem) for problem in text.problems]
    return {"path": text.path, "html": text.html, "problems": problems}
