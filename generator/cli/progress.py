"""Progress on long work: a bar on a terminal, plain lines elsewhere, nothing on short work."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

Progress = Callable[[str, int, int], None]
QUIET_SECONDS = 1.0
LINE_EVERY_SECONDS = 5.0


def label(stage: str) -> str:
    """What a stage is called: `read` is `Reading`."""
    return f"{stage.capitalize()}ing"


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
    # Rich takes a tenth of a second to import: only on a terminal, and for long work.
    from rich.console import Console  # noqa: PLC0415 - see above
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as RichProgress  # noqa: PLC0415

    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn())
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as bar:
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

    def tell(self, stage: str, done: int, total: int) -> None:
        """Print a line when one is due."""
        if time.monotonic() >= self._next:
            click.echo(f"{label(stage)}: {done:,} of {total:,}", err=True)
            self._next = time.monotonic() + LINE_EVERY_SECONDS
