"""What people read of any command: problems with their places, paths, and JSON for machines."""

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import click

from generator.model.problems import Problem, Severity

MOST_ALIKE, FEW_ALIKE = 5, 3
WIDEST_EXCERPT = 100
JOINERS = "\u200c\u200d"
FIRST_JOINING_SCRIPT = "\u0590"
DAMAGED = (
    "Something in .broadsheet/ was damaged, or not written by this account. It has been made anew."
)
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def show_problems(problems: Sequence[Problem]) -> None:
    """Print the problems, then how many there are, on standard error.

    Of more than MOST_ALIKE warnings that say the same of different places the first few are
    shown, and the rest counted: a hundred of them would hide what is said once. Errors are all
    shown.
    """
    number = Counter(filter(None, map(_saying, problems)))
    shown: Counter[str] = Counter()
    for problem in problems:
        saying = _saying(problem)
        shown[saying] += 1
        if number[saying] <= MOST_ALIKE or shown[saying] <= FEW_ALIKE:
            click.echo(problem_text(problem), err=True)
    more = {saying: count - FEW_ALIKE for saying, count in number.items() if count > MOST_ALIKE}
    for saying, count in more.items():
        click.echo(f"And {plural(count, 'more warning')} like these: {visible(saying)}", err=True)
    if more:
        click.echo("(--json lists every one.)", err=True)
    if problems:
        click.echo(f"\n{counted(problems)}.", err=True)


def _saying(problem: Problem) -> str:
    """What a warning says, wherever it stands; nothing for an error."""
    return "" if problem.is_error else problem.message


def counted(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    severities = [problem.severity for problem in problems]
    parts = [
        plural(severities.count(severity), str(severity))
        for severity in (Severity.ERROR, Severity.WARNING)
        if severity in severities
    ]
    return " and ".join(parts)


def plural(number: int, noun: str, nouns: str = "") -> str:
    """A number of things in words: `1 file`, `2,000 files`; `nouns` where an `s` is not enough."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def problem_text(problem: Problem) -> str:
    """A problem as people see it: its place and message, the line, and what to do."""
    label = click.style(str(problem.severity), fg=COLOURS[problem.severity], bold=True)
    where = visible(str(problem.place))
    place = click.style(where, bold=True) if where else ""
    text = ": ".join(filter(None, (place, label, visible(problem.message))))
    hint = visible(problem.hint)
    if not problem.excerpt:
        return f"{text}\n    {hint}" if hint else text
    line, start, width = _window(problem)
    number = str(problem.place.line)
    margin = " " * len(number)
    carets = click.style("^" * width, fg=COLOURS[problem.severity])
    gap = " " if start + width + cells(hint) < WIDEST_EXCERPT else f"\n  {margin} | "
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
    room = WIDEST_EXCERPT - cells(marked)
    before = _ending(before, max(WIDEST_EXCERPT // 4, room - cells(after)))
    after = _beginning(after, room - cells(before))
    return before + marked + after, cells(before), max(1, cells(marked))


def _beginning(text: str, room: int) -> str:
    """The text, or as much of it as has room."""
    if cells(text) <= room:
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


def cells(text: str) -> int:
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


def instant_text(instant: datetime) -> str:
    """An instant as people read it, with its zone."""
    return f"{instant:%Y-%m-%d %H:%M:%S %Z}"


def shown_path(path: Path, site: Path) -> str:
    """A path as people can type it where they are: relative, or as they gave it themselves."""
    real, here = path.resolve(), Path.cwd()
    if real.is_relative_to(here) or real.is_relative_to(site.resolve()):
        return os.path.relpath(real, here)
    return str(path)


def problems_json(problems: Iterable[Problem]) -> str:
    """Problems alone, as `check --json` prints them."""
    return json_text(problems=[problem_json(problem) for problem in problems])


def json_text(**values: object) -> str:
    """One JSON object, escaped so that it passes through any terminal, pipe and encoding."""
    return json.dumps(values, indent=2)


def json_list(values: Iterable[object]) -> str:
    """A JSON list, escaped as an object is."""
    return json.dumps([*values], indent=2)


def problem_json(problem: Problem) -> dict[str, object]:
    """A Problem as `--json` prints it."""
    return {
        "path": problem.place.path,
        "line": problem.place.line or None,
        "column": problem.place.column or None,
        "severity": str(problem.severity),
        "message": problem.message,
        "hint": problem.hint,
    }
