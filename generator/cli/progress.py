"""Progress on long work: a bar on a terminal, plain lines elsewhere, nothing on short work."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

Progress = Callable[[str, int, int], None]
QUIET_SECONDS = 1.0
LINE_EVERY_SECONDS = 5.0
MANY, HOUR = 90, 3600
LONG_SECONDS = 20.0
"""From here on it is told how long work still takes."""


def label(stage: str) -> str:
    """What a stage is called: `read` is `Reading`."""
    return f"{stage.capitalize()}ing"


def duration(seconds: float) -> str:
    """About how long something takes, in words."""
    for unit, length in (("seconds", 1), ("minutes", 60)):
        if seconds < MANY * length:
            return f"about {round(seconds / length)} {unit}"
    return f"about {round(seconds / HOUR)} hours"


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress | None]:
    """Something to tell progress to, while a command runs; None when nobody wants to know."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _patient_bar() as tell:
            yield tell
    else:
        yield _Lines().tell


@contextmanager
def _patient_bar() -> Iterator[Progress]:
    """A bar that comes after a second, so that short work shows none."""
    start = time.monotonic() + QUIET_SECONDS
    shown: list[Progress] = []
    with ExitStack() as stack:

        def tell(stage: str, done: int, total: int) -> None:
            if not shown and time.monotonic() >= start:
                shown.append(stack.enter_context(_bar()))
            for bar in shown:
                bar(stage, done, total)

        yield tell


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich import console, progress  # noqa: PLC0415 - 25 ms: on a terminal, and for long work

    text, count = progress.TextColumn("{task.description:9}"), progress.MofNCompleteColumn()
    columns = (text, progress.BarColumn(), count, progress.TimeRemainingColumn())
    screen = console.Console(stderr=True)
    with progress.Progress(*columns, console=screen, transient=True) as bar:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(label(stage), total=total)
            bar.update(tasks[stage], completed=done)

        yield tell


class _Lines:
    """Plain lines, the first after a second and then one every five."""

    def __init__(self) -> None:
        self._next = time.monotonic() + QUIET_SECONDS
        self._began: dict[str, tuple[float, int]] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        """Print a line when one is due."""
        now = time.monotonic()
        began, first = self._began.setdefault(stage, (now, done))
        if now >= self._next:
            left = (now - began) * (total - done) / max(done - first, 1)
            more = f", {duration(left)} left" if left >= LONG_SECONDS else ""
            click.echo(f"{label(stage)}: {done:,} of {total:,}{more}", err=True)
            self._next = now + LINE_EVERY_SECONDS
