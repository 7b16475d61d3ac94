"""Failures: from what a command raised to a message and an exit code."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.console import show_problems, visible
from generator.cli.stopping import MACHINE, PROBLEMS, USAGE
from generator.model.config import CONFIG_FILE
from generator.model.problems import HinderedError, Place, Problem, SiteError
from generator.publish.transaction import OccupiedError
from generator.read.config import NoSiteError

BROKEN_PIPE = 141
"""128 and the number of SIGPIPE, as shells have it."""

NO_SITE = "Go to a site's folder, name one with --site, or make one: broadsheet init mysite"
OCCUPIED = "Move that file away, or choose another folder with --output."
MACHINE_FAILED = "Check free space and permissions, then try again."
IN_THE_WAY = "Move away what lies there, then try again."
MACHINE_HINTS = {
    errno.EEXIST: IN_THE_WAY,
    errno.EISDIR: IN_THE_WAY,
    errno.ENOTDIR: IN_THE_WAY,
    errno.EROFS: "Publish to a folder that can be written to, with --output.",
    errno.EXDEV: "Let the whole output folder be on one disk: mount that, not a part of it.",
}
EXPECTED = (NoSiteError, OccupiedError, HinderedError, OSError, MemoryError)

AsJson = Callable[[Sequence[Problem]], str]
"""A failed command's one JSON object, made from what went wrong."""


@contextmanager
def exit_codes(*, as_json: AsJson | None = None, unfinished: str = "") -> Iterator[None]:
    """Run a command's work; whatever goes wrong becomes a message and an exit code.

    With `as_json` it is told on standard output too. `unfinished` is said of work that
    problems have stopped.
    """
    _print_anything()
    try:
        with _told_failures(as_json, unfinished):
            yield
    except BrokenPipeError:  # while working, or while telling what went wrong
        _forget_output()
        sys.exit(BROKEN_PIPE)


@contextmanager
def _told_failures(as_json: AsJson | None, unfinished: str) -> Iterator[None]:
    try:
        yield
    except SiteError as error:
        if as_json:
            click.echo(as_json(error.problems))
        show_problems(error.problems)
        if unfinished and not as_json:
            click.echo(f"{unfinished} Mend the errors above first.", err=True)
        sys.exit(PROBLEMS)
    except click.UsageError as error:
        if as_json:
            click.echo(as_json([_told(error.format_message())]))
        raise
    except BrokenPipeError:
        raise
    except EXPECTED as error:
        _fail(*explained(error), as_json)


def explained(error: Exception) -> tuple[str, str, int]:
    """What went wrong, what to do about it, and the exit code."""
    match error:
        case NoSiteError():
            return str(error), NO_SITE, USAGE
        case OccupiedError():
            message = f"{error.path} stands in the output folder and is not ours"
            return message, OCCUPIED, USAGE
        case HinderedError():
            return error.message, error.hint, USAGE if error.is_usage else MACHINE
        case OSError():
            hint = MACHINE_HINTS.get(error.errno or 0, MACHINE_FAILED)
            return f"the machine failed: {_reason(error)}", hint, MACHINE
    return "the machine failed: out of memory", "Close other programs, then try again.", MACHINE


def _reason(error: OSError) -> str:
    """What the machine refused, and of which file: its path in the site, none of this machine."""
    name = _in_site(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else ""
    about = "" if not name or name.isdigit() else f" ({name})"  # staged files have numbers
    return (error.strerror or str(error)) + about


def _in_site(name: str) -> str:
    """A path from the site's folder down; of a file outside any site its name alone."""
    file = Path(name)
    if len(file.parts) > 1:  # a name alone was asked for in a folder that is open
        file = file.absolute()
        for folder in file.parents:
            if (folder / CONFIG_FILE).is_file():
                return file.relative_to(folder).as_posix()
    return file.name


def _fail(message: str, hint: str, code: int, as_json: AsJson | None) -> NoReturn:
    if as_json:
        with suppress(OSError):  # it may be standard output that failed
            click.echo(as_json([_told(message, hint)]))
    click.echo(f"{click.style('broadsheet:', bold=True)} {visible(message)}.", err=True)
    click.echo(visible(hint), err=True)
    sys.exit(code)


def _told(message: str, hint: str = "") -> Problem:
    """A Problem that lies in no file of the site."""
    return Problem(Place(""), message, hint)


def _print_anything() -> None:
    """Let a terminal that cannot show a letter show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """Nobody reads on: let Python's own last flush say nothing about it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
