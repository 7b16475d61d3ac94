"""What became of `.broadsheet/` is said in one line, and the site is built all the same."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
NOW = ("--now", "2026-01-15")
DAMAGED = "Something in .broadsheet/ was damaged. It has been made anew."
OTHER = "What .broadsheet/ held is of another version. It has been made anew."


def damaged(data: bytes) -> bytes:
    return data[: len(data) // 2]


def published(site: Path) -> dict[str, bytes]:
    files = (file for file in (site / "public").rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in files}


@pytest.mark.parametrize("kind", ["texts", "published"])
def test_damage_is_told_in_one_line_and_only_once(run: Run, site: Path, kind: str) -> None:
    (file,) = (site / ".broadsheet").glob(f"{kind}*.db")
    file.write_bytes(damaged(file.read_bytes()))
    before = published(site)
    first, second = (run("build", "--site", site, "--quiet", *NOW) for _ in range(2))
    assert (first.exit_code, first.stdout, first.stderr) == (0, "", f"{DAMAGED}\n")
    assert (second.exit_code, second.output) == (0, "")
    assert published(site) == before


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is another version now."""
    monkeypatch.setattr("generator.build.code_version", lambda *_: "another")


@pytest.mark.usefixtures("upgraded")
def test_another_version_is_told_in_one_line_and_only_once(run: Run, site: Path) -> None:
    before = published(site)
    first, second = (run("build", "--site", site, *NOW) for _ in range(2))
    assert (first.exit_code, first.stderr) == (0, f"{OTHER}\n")
    assert (second.exit_code, second.stderr) == (0, "")
    assert published(site) == before


@pytest.mark.usefixtures("upgraded")
def test_another_version_is_nothing_to_tell_whoever_wants_quiet(run: Run, site: Path) -> None:
    assert run("build", "--site", site, "--quiet", *NOW).output == ""


def test_the_folder_serves_from_a_cache_under_another_path(
    run: Run, site: Path, tmp_path: Path
) -> None:
    """As on a build server: every time is another, and so is the inode; nothing is said or made."""
    elsewhere = tmp_path / "elsewhere" / "of another name"
    shutil.copytree(site, elsewhere, copy_function=shutil.copyfile)
    result = run("build", "--site", elsewhere, "--json", *NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["written"] == 0
