import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.build import BuildReport
from generator.cli import importing
from generator.cli.building import build_json, failure_json, show_build
from generator.model.left_out import LeftOut, State
from generator.model.problems import Place, Problem, Severity
from generator.publish.transaction import Changes


def report(site: Path, **values: object) -> BuildReport:
    changes = Changes(added=("a", "b"), changed=("c",), deleted=(), unchanged=1234)
    moment = datetime(2026, 1, 17, 9, 30, tzinfo=ZoneInfo("Europe/Kyiv"))
    known = {
        "articles": 1,
        "outputs": 1237,
        "output": site / "public",
        "changes": changes,
        "problems": (),
        "next_change": moment,
        "seconds": 1.2345,
    }
    return BuildReport(**{**known, **values})  # type: ignore[arg-type] # as the names say


def test_a_summary_counts_and_says_what_is_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    show_build(report(tmp_path), tmp_path)
    assert capsys.readouterr().out.splitlines() == [
        "Built 1 article into 1,237 files in 1.2 s.",
        "  public: 2 new, 1 changed, 1,234 as before",
        "  Build again at 2026-01-17 09:30:00 EET: the site changes then.",
        "  Look at it: python3 -m http.server --bind 127.0.0.1 --directory public",
    ]
    show_build(report(tmp_path, articles=2, outputs=1, next_change=None), tmp_path)
    assert capsys.readouterr().out.startswith("Built 2 articles into 1 file in 1.2 s.\n  public: ")


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (["draft"], "1 draft (--drafts builds with it)"),
        (["draft", "draft"], "2 drafts (--drafts builds with them)"),
        (["scheduled"], "1 story held back until later"),
        (["faulty", "draft"], "1 text with an error, 1 draft (--drafts builds with it)"),
        (
            ["expired", "scheduled", "draft", "expired"],
            "1 draft (--drafts builds with it), 1 story held back until later, 2 stories expired",
        ),
    ],
)
def test_a_summary_tells_what_readers_do_not_see(
    states: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tuple(LeftOut(f"{n}.md", State(state), state) for n, state in enumerate(states))
    show_build(report(tmp_path, left_out=texts), tmp_path)
    assert f"  Left out: {told}." in capsys.readouterr().out.splitlines()


def test_json_passes_through_any_pipe(tmp_path: Path) -> None:
    problem = Problem(Place("content/Київ\x9b.md"), "\u202e\udcff", severity=Severity.WARNING)
    text = build_json(report(tmp_path, problems=(problem,)))
    assert text.isascii()
    told = json.loads(text)["problems"][0]
    assert (told["path"], told["message"]) == ("content/Київ\x9b.md", "\u202e\udcff")


def test_json_has_the_same_keys_for_better_and_for_worse(tmp_path: Path) -> None:
    done, failed = json.loads(build_json(report(tmp_path))), json.loads(failure_json([], 0.0))
    assert list(done) == list(failed)
    assert {key: type(value) for key, value in failed.items() if key != "next_change"} == {
        key: type(value) for key, value in done.items() if key != "next_change"
    }
    assert done["next_change"] == "2026-01-17T09:30:00+02:00"
    assert (done["written"], done["unchanged"], done["deleted"]) == (3, 1234, 0)
    assert list(json.loads(importing.failure_json([]))) == ["stories", "problems"]


# What renders, reads texts, or belongs to another command.
NOT_FOR_A_LOOK = (
    *("babel", "difflib", "email", "importlib.metadata", "jinja2", "markdown", "pygments"),
    *("PIL", "rich", "generator.importers", "generator.model.cards", "generator.plan"),
    *("generator.read.articles", "generator.render", "generator.scaffold", "generator.verify"),
)
LOADING = f"""
import atexit, sys
atexit.register(lambda: print([name for name in {NOT_FOR_A_LOOK!r} if name in sys.modules]))
from generator.cli.main import main
main(["build", "--quiet", "--now", "2026-01-15"])
"""


def test_a_build_in_which_nothing_has_changed_loads_only_what_looks(site: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    told = []
    for edit in ("", "", "It sails again.\n"):
        story = site / "content/articles/first.md"
        story.write_text(story.read_text("utf-8") + edit, encoding="utf-8")
        result = subprocess.run(
            [sys.executable, "-c", LOADING],
            cwd=site,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        told.append(result.stdout.splitlines()[-1])
    assert told[1] == "[]"
    assert "'generator.plan'" in told[2]  # a list that holds nothing would say nothing
