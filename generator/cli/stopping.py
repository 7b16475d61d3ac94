"""Stopping: Ctrl-C and SIGTERM end a command at any moment, with the exit codes of shells."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

import click

from generator.cli.surroundings import colour, put_right

PROBLEMS, USAGE, MACHINE = 1, 2, 3
"""The exit codes: something is wrong with the site, with what was typed, or with the machine."""
STOPPING = (signal.SIGINT, signal.SIGTERM)


class Stoppable(click.Group):
    """Commands that may be stopped at any moment, also while they import their work."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Click has it
        """Run as a program."""
        put_right()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # no command's: help, to a disk that is full
            click.echo(f"broadsheet: the machine failed: {error.strerror}.", err=True)
            sys.exit(MACHINE)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 - as above
        """Begin; whether what is told has colours is decided once."""
        return super().make_context(*args, **{"color": colour(), **kwargs})

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as Click has it
        """Run the command."""
        with stoppable():
            return super().invoke(ctx)


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into exit codes, once everything on the way has been cleared up.

    The code is 128 and the signal's number. From then on signals do nothing more: the
    process ends, and would only say so again. One that is ignored stays so, as `nohup` and
    background jobs have it.
    """
    came: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        came.append(number)
        raise _StoppedError

    heeded = [number for number in STOPPING if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in heeded}
    try:
        yield
    except BaseException:
        # In the midst of an import it may have become another error on the way.
        _restore(dict.fromkeys(STOPPING, signal.SIG_IGN) if came else before)
        if not came:
            raise
        if came[0] == signal.SIGINT:
            click.echo("\nStopped.", err=True)
        sys.exit(128 + came[0])
    _restore(before)


class _StoppedError(KeyboardInterrupt):
    """A signal has come.

    It is not KeyboardInterrupt itself: when that passes through `exec` of a text, as
    dataclasses do it, Python ends with a signal of its own whatever the exit code.
    """


def _restore(handlers: dict[signal.Signals, Any]) -> None:
    for number, handler in handlers.items():
        # None stands for a handler that is not Python's: it cannot be put back from here.
        signal.signal(number, signal.SIG_DFL if handler is None else handler)
