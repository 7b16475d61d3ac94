import json
from pathlib import Path

import pytest

from tests.support.commands import run

STORY = "content/articles/first.md"


def test_why_tells_what_a_page_is_made_of(site: Path) -> None:
    result = run("why", "/tags/ferry/", "--site", site, "--base-url", "https://x.org/a/")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "https://x.org/a/tags/ferry/  (tags/ferry/index.html)"
    assert lines[1].startswith("  layout       theme/tag.html, theme/base.html, ")
    assert lines[1].endswith(" more")
    assert lines[2] == f"  shows        1 story: {STORY}"
    assert lines[-2] == "  last made    2026-01-15 00:00:00 UTC: everything was built"
    assert lines[-1].startswith("  now          to be made anew: ")
    assert "what every page shows changed" in lines[-1]


def test_why_says_that_all_is_well(site: Path) -> None:
    lines = run("why", STORY, "--site", site).stdout.splitlines()
    assert f"  made from    {STORY}" in lines
    assert lines[-1] == "  now          as it should be"


def test_why_tells_the_reason_of_the_last_change(site: Path) -> None:
    with (site / STORY).open("a", encoding="utf-8") as file:
        file.write("\nMore.\n")
    assert run("build", "--site", site, "--now", "2026-01-16").exit_code == 0
    lines = run("why", STORY, "--site", site).stdout.splitlines()
    assert lines[-2] == "  last made    2026-01-16 00:00:00 UTC: its text changed"


def test_why_json_is_one_object(site: Path) -> None:
    told = json.loads(run("why", STORY, "--json", "--site", site).stdout)
    assert list(told) == [
        *("path", "url", "source", "layouts", "stories", "feeds", "fingerprint", "built"),
        *("published", "rebuilt", "reason", "stale"),
    ]
    assert told["source"] == STORY
    assert list(told["fingerprint"]) == ["code", "frame", "layout", "text", "stories", "own"]
    assert told["rebuilt"] == "2026-01-15T00:00:00+00:00"
    assert (told["reason"], told["stale"]) == ("everything was built", None)


def test_an_unknown_address_is_told_with_near_misses(site: Path) -> None:
    result = run("why", "/tags/fery/", "--site", site)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "broadsheet: there is no page at /tags/fery/.\nDid you mean /tags/ferry/?\n"
    )
    result = run("why", "/tags/fery/", "--site", site, "--json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["hint"] == "Did you mean /tags/ferry/?"


def test_without_a_build_why_says_so(site: Path) -> None:
    result = run("why", "/", "--site", site, "--output", site / "elsewhere")
    assert result.exit_code == 0
    assert (
        "  last made    never: this site has not been built into this folder yet" in result.stdout
    )
    assert result.stdout.endswith("  now          it is not published yet: build it\n")


def test_why_without_a_site_is_wrong_usage(tmp_path: Path) -> None:
    assert run("why", "/", "--site", tmp_path).exit_code == 2


@pytest.mark.parametrize("hostile", ["\x1b[31m", "/a\x07b/"])
def test_what_is_printed_cannot_move_the_cursor(site: Path, hostile: str) -> None:
    result = run("why", hostile, "--site", site)
    assert result.exit_code == 1
    assert hostile not in result.stderr
