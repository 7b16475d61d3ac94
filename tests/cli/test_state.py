"""What became of `.broadsheet/`, and who else is building, is said in one line."""

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.publish.lock import hold
from generator.publish.transaction import Transaction
from tests.support.commands import run, state

NOW = ("--now", "2026-01-15")
DAMAGED = (
    "Something in .broadsheet/ was damaged, or not written by this account. It has been made anew."
)
OTHER = "What .broadsheet/ held is of another version. It has been made anew."
HOLD = """
import sys, time
from pathlib import Path
from generator.publish.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def damaged(data: bytes) -> bytes:
    return data[: len(data) // 2]


def published(site: Path) -> dict[str, bytes]:
    files = (file for file in (site / "public").rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in files}


@pytest.mark.parametrize("kind", ["texts", "published", "record"])
def test_damage_is_told_in_one_line_and_only_once(site: Path, kind: str) -> None:
    (file,) = (site / ".broadsheet").glob(f"{kind}*.db")
    file.write_bytes(damaged(file.read_bytes()))
    before = published(site)
    first, second = (run("build", "--site", site, "--quiet", *NOW) for _ in range(2))
    assert (first.exit_code, first.stdout, first.stderr) == (0, "", f"{DAMAGED}\n")
    assert (second.exit_code, second.output) == (0, "")
    assert published(site) == before


def test_a_record_of_a_build_that_published_nothing_is_not_called_damage(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is written before the folder is: when that fails, it is ahead of the manifest."""
    (record,) = (site / ".broadsheet").glob("record-*.db")
    older, story = record.read_bytes(), next((site / "content/articles").rglob("*.md"))
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(Transaction, "commit", fail)
        for kind in ("part", "whole"):
            story.write_text(story.read_text("utf-8") + f"\nMore of a {kind}.\n", "utf-8")
            assert run("build", "--site", site, *NOW).exit_code == 3
    assert record.read_bytes() != older
    assert run("build", "--site", site, *NOW).stderr == ""
    record.unlink()
    assert run("build", "--site", site, *NOW).stderr == ""


def test_no_damage_is_told_of_what_was_to_be_built_clean_anyway(site: Path) -> None:
    (record,) = (site / ".broadsheet").glob("record-*.db")
    record.write_bytes(damaged(record.read_bytes()))
    assert run("build", "--site", site, "--clean", *NOW).stderr == ""


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is another version now."""
    monkeypatch.setattr("generator.build.code_version", lambda *_: "another")


@pytest.mark.usefixtures("upgraded")
def test_another_version_is_told_in_one_line_and_only_once(site: Path) -> None:
    before = published(site)
    first, second = (run("build", "--site", site, *NOW) for _ in range(2))
    assert (first.exit_code, first.stderr) == (0, f"{OTHER}\n")
    assert (second.exit_code, second.stderr) == (0, "")
    assert published(site) == before


@pytest.mark.usefixtures("upgraded")
def test_another_version_is_nothing_to_tell_whoever_wants_quiet(site: Path) -> None:
    assert run("build", "--site", site, "--quiet", *NOW).output == ""


def test_the_folder_serves_from_a_cache_under_another_path(site: Path, tmp_path: Path) -> None:
    """As on a build server: every time is another, and so is the inode; nothing is said or made."""
    elsewhere = tmp_path / "elsewhere" / "of another name"
    shutil.copytree(site, elsewhere, copy_function=shutil.copyfile)
    result = run("build", "--site", elsewhere, "--json", *NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["written"] == 0


def test_a_second_build_gives_up_in_the_end_and_names_who_is_building(site: Path) -> None:
    before = state(site)
    with hold(site):
        result = run("build", "--site", site, "--wait", "0.2", *NOW)
        told = run("build", "--site", site, "--wait", "0", "--json", *NOW)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"process {os.getpid()} " in result.stderr
    assert told.exit_code == 3
    (problem,) = json.loads(told.stdout)["problems"]
    assert f"process {os.getpid()} " in problem["message"]
    assert state(site) == before


def test_a_build_waits_for_another_and_says_for_whom(site: Path) -> None:
    """One that is killed lets go, as one that ends does: the system sees to it."""
    held = [sys.executable, "-c", HOLD, str(site)]
    with subprocess.Popen(held, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        killer = threading.Timer(0.5, other.kill)
        killer.start()
        result = run("build", "--site", site, "--wait", "60", *NOW)
        killer.join()
    assert result.exit_code == 0
    assert result.stderr.startswith(f"Waiting for process {other.pid} ")
    assert len(result.stderr.splitlines()) == 1
