"""Running `publish`: build, check, deploy as one act; with `--watch` again at each change.

With `--json` each step is one line, and so is each wait.

Each act is a process of its own: what one of them does to memory or breaks, the next does not
feel, and a new version of Broadsheet counts from the next act on.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from generator.cli.failures import exit_codes
from generator.cli.health import Outcome, health_at
from generator.cli.stopping import MACHINE
from generator.model.values import frozen
from generator.read.config import NAME, find_site

WATCHED = ("content", "layouts", "static")
LISTS = (NAME, "redirects.csv", "redirects.yaml")
PROGRAM = "broadsheet: "
"""With this begins what a command says of the machine or the network."""
TICK = 1.0
"""Seconds between two looks at the files and the clock."""
SOONEST, LATEST = 5.0, 300.0
"""Seconds until another try after the machine or the network failed: twice as many each time."""


@frozen
class PublishRequest:
    """What `publish` was asked for, as typed; `port` is where its health is told, 0: nowhere."""

    site: Path | None
    target: str
    watches: bool = False
    port: int = 0


def publish(asked: PublishRequest, *, as_json: bool, quiet: bool) -> None:
    """Publish once, or at each change until the process is ended."""
    with exit_codes(unfinished="Nothing was deployed."):
        if asked.port and not asked.watches:
            raise click.UsageError("--healthz goes with --watch.")
        site = (asked.site or find_site(Path.cwd())).absolute()
        if not asked.watches:
            sys.exit(Act(site, asked.target, as_json=as_json, quiet=quiet).run().code)
        with ExitStack() as stack:
            folder = stack.enter_context(TemporaryDirectory(prefix="broadsheet-"))
            checked = Path(folder, "checked.json")
            act = Act(site, asked.target, as_json=as_json, quiet=quiet, checked=checked)
            tell = stack.enter_context(health_at(asked.port)) if asked.port else None
            for outcome in occasions(act.run, lambda: state_of(site)):
                if tell:
                    tell(outcome)
                if as_json:
                    due = outcome.next_change
                    click.echo(_line(step="wait", next_change=due.isoformat() if due else None))


class Act:
    """Building, checking and deploying a site, in that order, up to the first error.

    `checked` is a file by which a check knows what the one before has found sound: there is one
    where acts are repeated. Then the same failure of the machine is told once, however often it is
    tried again.
    """

    def __init__(
        self, site: Path, target: str, *, as_json: bool, quiet: bool, checked: Path | None = None
    ) -> None:
        self._site, self._repeats = site, checked is not None
        self._as_json, self._quiet = as_json, quiet
        since = ("--since", str(checked)) if checked else ()
        deploy = ("deploy", *([target] if target else []))
        self._steps = (("build",), ("check", *since), deploy)
        self._failure = ""
        self._held: list[tuple[str, bool]] = []

    def run(self) -> Outcome:
        """Do all three, and tell what each says."""
        before, self._failure, self._held = self._failure, "", []
        outcome = self._run(before)
        if outcome.code != MACHINE:
            self._failure = ""
        if not before or self._failure != before:
            self._release()
        return outcome

    def _run(self, before: str) -> Outcome:
        steps: list[tuple[str, datetime]] = []
        next_change = None
        for words in self._steps:
            code, report = self._done(*words)
            steps.append((words[0], datetime.now(UTC)))
            if words[0] == "build":
                next_change = _instant(report.get("next_change"))
                self._show_built(code, report)
            if not before:
                self._release()
            if code:
                return Outcome(code, next_change, tuple(steps), _reason(report) or self._failure)
        return Outcome(0, next_change, tuple(steps))

    def _release(self) -> None:
        """Tell what was held back."""
        for text, is_error in self._held:
            click.echo(text, nl=False, err=is_error)
        self._held = []

    def _show_built(self, code: int, report: dict[str, Any]) -> None:
        if self._as_json or self._quiet or code:
            return
        counts = {name: len(paths) for name, paths in report.get("changes", {}).items() if paths}
        told = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        self._held.append((f"Built: {told or 'nothing new'}.\n", False))

    def _done(self, *words: str) -> tuple[int, dict[str, Any]]:
        """A step's exit code and its report. People are shown what it says, but of a build."""
        is_shown = not self._as_json and words[0] != "build"
        flags = (["--quiet"] if self._quiet else []) if is_shown else ["--json"]
        command = [sys.executable, "-m", "generator", *words, "--site", str(self._site), *flags]
        sys.stdout.flush()
        stderr = subprocess.PIPE if self._repeats else None
        done = subprocess.run(
            command,
            stdout=None if is_shown and not self._repeats else subprocess.PIPE,
            stderr=stderr,
            text=True,
            check=False,
        )
        self._hold(done, is_shown=is_shown)
        if is_shown:
            return done.returncode, {}
        report = _report(done.stdout)
        if self._as_json:
            click.echo(_line(step=words[0], exit_code=done.returncode, **report))
        return done.returncode, report

    def _hold(self, done: "subprocess.CompletedProcess[str]", *, is_shown: bool) -> None:
        """Keep what a step said until it is told; the last lines are what it failed of."""
        said = done.stderr or ""
        self._held.append((said, True))
        if is_shown:
            self._held.append((done.stdout or "", False))
        if done.returncode:
            message = [line for line in said.splitlines() if line.startswith(PROGRAM)][-1:]
            self._failure = "".join(message).removeprefix(PROGRAM).strip().rstrip(".")


def _line(**values: object) -> str:
    """A JSON object on one line, for whoever reads line by line."""
    return json.dumps(values, ensure_ascii=False)


def _reason(report: dict[str, Any]) -> str:
    """The first error that a report tells, with its place."""
    for problem in report.get("problems", ()):
        if problem.get("severity") == "error":
            return ": ".join(filter(None, (problem.get("path"), problem.get("message"))))
    return ""


def _report(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:  # it has said what was wrong
        return {}
    return found


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def occasions(
    act: Callable[[], Outcome],
    state: Callable[[], object],
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """Publish at first, and then whenever there is a reason to, without end.

    A reason is a file that has been saved, an instant at which the site changes by itself, and,
    after the machine or the network failed, the end of a pause. The clock on the wall is asked each
    second, so that one that is put forward, or a machine that slept, makes nothing late. A pause is
    counted, so that a clock that is put back does not lengthen it.
    """
    pause = SOONEST
    while True:
        seen = state()
        outcome = act()
        has_failed = outcome.code == MACHINE
        if has_failed and pause == SOONEST:
            click.echo("It will be tried again, with longer and longer pauses.", err=True)
        yield outcome
        rest = pause if has_failed else inf
        pause = min(pause * 2, LATEST) if has_failed else SOONEST
        due = outcome.next_change
        while rest > 0 and (left := _seconds_until(due, now())) > 0 and state() == seen:
            nap = min(TICK, rest, left)
            sleep(nap)
            rest -= nap


def _seconds_until(due: datetime | None, now: datetime) -> float:
    return (due - now).total_seconds() if due else inf


def state_of(site: Path) -> frozenset[tuple[str, int, int]]:
    """Every file that a build looks at, with its size (bytes) and time (nanoseconds)."""
    files = (os.path.join(site, name) for name in LISTS)  # noqa: PTH118 - thousands each second
    found = {entry for file in files for entry in _entry(file)}
    for name in WATCHED:
        found.update(_entries(os.path.join(site, name)))  # noqa: PTH118 - as above
    return frozenset(found)


def _entries(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder) as found:
            for one in found:
                if one.name.startswith("."):
                    continue
                if one.is_dir():
                    yield from _entries(one.path)
                else:
                    yield from _entry(one.path)
    except OSError:  # it went while we looked: the next look sees what there is
        return


def _entry(file: str) -> Iterator[tuple[str, int, int]]:
    try:
        status = os.stat(file)  # noqa: PTH116 - as above
    except OSError:
        return
    yield file, status.st_size, status.st_mtime_ns
