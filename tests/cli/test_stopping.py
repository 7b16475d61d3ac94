"""A command that is stopped ends with the exit code that shells expect, whatever it does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from generator.cli.stopping import Stoppable

STOPPING = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def _same_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in STOPPING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@click.group(cls=Stoppable)
def commands() -> None:
    """Some commands."""


@commands.command()
@click.argument("number", type=int)
def stop(number: int) -> None:
    """Stop in the midst of work that is cleared up."""
    try:
        signal.raise_signal(number)
        click.echo("went on")
    except Exception:  # noqa: BLE001 - as a library does
        click.echo("was caught")
    finally:
        click.echo("cleared up")


@commands.command()
def muddle() -> None:
    """Stop where what is raised becomes another error."""
    try:
        signal.raise_signal(signal.SIGTERM)
    except BaseException as error:
        raise ValueError from error


@commands.command()
def leave() -> None:
    """Leave with an exit code."""
    sys.exit(3)


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, words)


@pytest.mark.parametrize(
    ("number", "code", "told"), [(signal.SIGINT, 130, "\nStopped.\n"), (signal.SIGTERM, 143, "")]
)
def test_a_signal_is_an_exit_code_once_all_is_cleared_up(number: int, code: int, told: str) -> None:
    result = run("stop", str(int(number)))
    assert (result.exit_code, result.stdout, result.stderr) == (code, "cleared up\n", told)


def test_a_second_signal_does_nothing_more() -> None:
    run("stop", str(int(signal.SIGINT)))
    for number in STOPPING:
        signal.raise_signal(number)


def test_a_signal_that_became_another_error_is_still_a_stop() -> None:
    result = run("muddle")
    assert (result.exit_code, result.output) == (143, "")


def test_the_exit_code_is_ours_even_where_python_would_end_with_a_signal(checkout: Path) -> None:
    text = (
        "from generator.cli.stopping import stoppable\n"
        "with stoppable():\n"
        "    exec('import signal; signal.raise_signal(signal.SIGINT)')"
    )
    process = subprocess.run(
        [sys.executable, "-c", text],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (130, "\nStopped.\n")


def test_what_was_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    result = run("stop", str(int(signal.SIGINT)))
    assert (result.exit_code, result.stdout) == (0, "went on\ncleared up\n")


def test_signals_mean_what_they_meant_before_when_all_is_done() -> None:
    before = [signal.getsignal(number) for number in STOPPING]
    assert run("leave").exit_code == 3
    assert run("--help").exit_code == 0
    assert [signal.getsignal(number) for number in STOPPING] == before


def test_all_commands_are_stoppable() -> None:
    assert isinstance(main, Stoppable)
