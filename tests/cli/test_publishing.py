"""Publishing as one act, and again at each change."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from generator.cli.health import Outcome
from generator.cli.publishing import LATEST, SOONEST, Act, occasions, state_of
from generator.cli.stopping import MACHINE, PROBLEMS

BEGIN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
STORY = "---\ntitle: Ferry\ndate: 2026-01-01\n{}---\nIt sails.\n"


END = 10_000


class EndOfTimeError(Exception):
    """Nothing more will happen."""


class World:
    """A clock that is asked, files that change at set seconds, and acts that are counted.

    The clock on the wall jumps once: at a second, by so many.
    """

    def __init__(
        self,
        outcomes: list[Outcome],
        saves: tuple[float, ...] = (),
        jump: tuple[float, float] = (0, 0),
    ) -> None:
        self.seconds = 0.0
        self._outcomes, self._saves, self._jump = iter(outcomes), saves, jump
        self.acts: list[float] = []

    def act(self) -> Outcome:
        self.acts.append(self.seconds)
        return next(self._outcomes)

    def state(self) -> int:
        return sum(save <= self.seconds for save in self._saves)

    def now(self) -> datetime:
        at, by = self._jump
        return BEGIN + timedelta(seconds=self.seconds + (by if self.seconds >= at else 0))

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        if self.seconds > END:
            raise EndOfTimeError

    def run(self) -> list[float]:
        acts = occasions(self.act, self.state, self.now, self.sleep)
        with pytest.raises((EndOfTimeError, RuntimeError)):  # or there is no further outcome
            list(acts)
        return self.acts


def after(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def test_a_saved_file_is_published_within_a_second() -> None:
    assert World([Outcome(0)] * 2, saves=(7.3,)).run()[:2] == [0, 8]


def test_the_sites_own_change_is_published_at_its_second() -> None:
    outcomes = [Outcome(0, after(5)), Outcome(0, after(9)), Outcome(0)]
    assert World(outcomes, saves=(20,)).run()[:4] == [0, 5, 9, 20]


def test_an_error_in_a_text_waits_for_a_saved_file() -> None:
    assert World([Outcome(PROBLEMS)] * 2, saves=(400,)).run()[:2] == [0, 400]


def test_a_failed_network_is_tried_again_with_growing_pauses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    acts = World([Outcome(MACHINE)] * 9, saves=(5000,)).run()
    pauses = [later - earlier for earlier, later in pairwise(acts)]
    assert pauses[:7] == [SOONEST, 10, 20, 40, 80, 160, LATEST]
    assert capsys.readouterr().err.count("It will be tried again") == 1


def test_a_clock_that_is_put_forward_makes_nothing_late() -> None:
    outcomes = [Outcome(0, after(500)), Outcome(0)]
    assert World(outcomes, jump=(100, 1000)).run()[:2] == [0, 100]


def test_a_clock_that_is_put_back_makes_nothing_early() -> None:
    outcomes = [Outcome(0, after(500)), Outcome(0)]
    assert World(outcomes, jump=(100, -1000)).run()[:2] == [0, 1500]


def test_a_clock_that_is_put_back_lengthens_no_pause() -> None:
    outcomes = [Outcome(MACHINE), Outcome(0)]
    assert World(outcomes, jump=(2, -3600)).run()[:2] == [0, SOONEST]


def test_the_state_tells_of_every_file_that_counts(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "config.yaml").write_text("title: T\n")
    before = state_of(tmp_path)
    (tmp_path / "content/.hidden").touch()
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").touch()
    assert state_of(tmp_path) == before
    (tmp_path / "content/a.md").touch()
    assert state_of(tmp_path) != before


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content/articles").mkdir(parents=True)
    (site / "config.yaml").write_text(
        f"title: Gazette\nbase_url: https://paper.news/\ndeploy: {{live: 'file://{tmp_path}/live'}}\n"
    )
    (site / "content/articles/ferry.md").write_text(STORY.format(""))
    return site


def command(site: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "generator", "publish", "--site", str(site), *words]


@pytest.mark.slow
def test_one_command_brings_a_site_to_readers(paper: Path) -> None:
    done = subprocess.run(command(paper, "--json"), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "It sails." in (paper.parent / "live/news/2026/01/ferry/index.html").read_text()
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["step"], line["exit_code"]) for line in lines] == [
        ("build", 0),
        ("check", 0),
        ("deploy", 0),
    ]
    assert lines[0]["articles"] == 1
    assert lines[2]["release"]["number"] == 1


@pytest.mark.slow
def test_the_first_error_ends_it(paper: Path) -> None:
    (paper / "content/articles/bad.md").write_text("No front matter.\n")
    done = subprocess.run(command(paper, "--json"), capture_output=True, text=True, check=False)
    assert done.returncode == PROBLEMS
    assert "content/articles/bad.md" in done.stderr
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["step"], line["exit_code"], line["problems"][0]["line"]) == ("build", PROBLEMS, 1)
    assert not (paper.parent / "live").exists()


@pytest.mark.slow
def test_a_failure_of_the_machine_is_told_once_however_often_it_is_tried_again(
    paper: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = paper / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("/live'", "/live/below'"), "utf-8")
    (paper.parent / "live").write_text("in the way", "utf-8")
    act = Act(paper, "", as_json=False, quiet=False, checked=paper.parent / "checked.json")
    first = act.run()
    assert (first.code, "below cannot be used" in first.reason) == (MACHINE, True)
    told = capfd.readouterr()
    assert ("Built: " in told.out, "below cannot be used" in told.err) == (True, True)
    again = act.run()
    assert (again.code, again.reason) == (MACHINE, first.reason)
    assert capfd.readouterr() == ("", "")
    (paper.parent / "live").unlink()
    assert act.run().code == 0
    assert "Deployed to live" in capfd.readouterr().out


def until(file: Path, is_there: bool = True) -> Iterator[bool]:
    deadline = time.monotonic() + 60
    while file.exists() is not is_there:
        if time.monotonic() > deadline:
            yield False
            return
        time.sleep(0.1)
    yield True


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="ends the process by a signal")
def test_it_goes_on_at_each_saved_file_until_it_is_ended(paper: Path) -> None:
    process = subprocess.Popen(command(paper, "--watch", "--quiet"))
    try:
        assert next(until(paper.parent / "live/news/2026/01/ferry/index.html"))
        (paper / "content/articles/dock.md").write_text(STORY.format(""))
        assert next(until(paper.parent / "live/news/2026/01/dock/index.html"))
    finally:
        process.terminate()
        process.wait(timeout=30)
