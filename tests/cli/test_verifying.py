import json
from pathlib import Path

import pytest

from tests.support.commands import run

WORDS = ("--now", "2026-01-15", "--workers", "0", "--verify")
PAGE = "tags/ferry/index.html"


@pytest.fixture
def edited(site: Path) -> Path:
    """The built site, in which somebody changed a published page."""
    page = site / "public" / PAGE
    page.write_text(page.read_text("utf-8").replace("Ferry", "Yrref"), "utf-8")
    return site


def test_one_line_says_that_all_is_the_same(site: Path) -> None:
    result = run("build", "--site", site, *WORDS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].startswith("Verified: a clean build makes the same ")


def test_quiet_is_silent_when_all_is_the_same(site: Path) -> None:
    assert run("build", "--site", site, "--quiet", *WORDS).output == ""


def test_a_difference_is_told_and_what_to_do(edited: Path) -> None:
    result = run("build", "--site", edited, *WORDS)
    assert result.exit_code == 1
    assert f"public/{PAGE}: error: was changed by hand after it was published" in result.stderr
    assert "build with --clean" in result.stderr
    assert "Verified" not in result.stdout
    assert run("build", "--site", edited, "--clean", *WORDS).exit_code == 0


def test_json_has_the_differences(site: Path, edited: Path) -> None:
    result = run("build", "--site", edited, "--json", *WORDS)
    assert result.exit_code == 1
    (difference,) = json.loads(result.stdout)["differences"]
    assert list(difference) == ["path", "kind", "reason", "message", "hint"]
    assert (difference["path"], difference["kind"]) == (PAGE, "changed by hand")
    assert difference["reason"] == "2026-01-15 00:00 UTC: everything was built"
    clean = run("build", "--site", site, "--clean", "--json", *WORDS)
    assert json.loads(clean.stdout)["differences"] == []
    unasked = run("build", "--site", site, "--json", *WORDS[:-1])
    assert "differences" not in json.loads(unasked.stdout)
