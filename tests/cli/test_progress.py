import io
import sys

import pytest

from generator.cli import progress as module
from generator.cli.progress import label, progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(module, "QUIET_SECONDS", 1.0)  # of no work elsewhere in the tests
    return clock


def test_who_wants_quiet_is_told_nothing() -> None:
    with progress(quiet=True) as tell:
        assert tell is None


def test_short_work_tells_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress(quiet=False) as tell:
        assert tell
        for done in range(100):
            clock.now = done / 101
            tell("read", done, 100)
    assert capsys.readouterr() == ("", "")


def test_long_work_tells_a_line_now_and_then(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(quiet=False) as tell:
        assert tell
        for second in range(13):
            clock.now = second
            tell("read" if second < 6 else "render", second * 1000, 12_000)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "Reading: 1,000 of 12,000",
        "Rendering: 6,000 of 12,000",
        "Rendering: 11,000 of 12,000",
    ]


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    return terminal


def test_short_work_shows_no_bar(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_a_terminal(monkeypatch)
    with progress(quiet=False) as tell:
        assert tell
        clock.now = 0.9
        tell("read", 5, 10)
    assert terminal.getvalue() == ""


def test_a_terminal_gets_a_bar_that_goes_away(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = on_a_terminal(monkeypatch)
    with progress(quiet=False) as tell:
        assert tell
        clock.now = 1
        tell("read", 5, 10)
        tell("read", 10, 10)
        tell("render", 1, 20)
    shown = terminal.getvalue()
    assert "Reading" in shown
    assert "10/10" in shown
    assert "Rendering" in shown
    assert shown.endswith("\x1b[2K")  # the last line is wiped


@pytest.mark.parametrize(
    ("stage", "words"), [("read", "Reading"), ("render", "Rendering"), ("import", "Importing")]
)
def test_stages_have_words(stage: str, words: str) -> None:
    assert label(stage) == words


def test_long_work_tells_how_long_it_still_takes(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(quiet=False) as tell:
        assert tell
        for second in range(0, 12, 2):
            clock.now = second
            tell("encod", second, 10_000 if second < 6 else 100)
    err = capsys.readouterr().err
    assert err.splitlines() == [
        "Encoding: 2 of 10,000, about 3 hours left",
        "Encoding: 8 of 100, about 2 minutes left",
    ]
