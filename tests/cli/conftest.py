"""A tiny site that has been built, and the command that builds it."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main

Run = Callable[..., Result]
Told = Result | subprocess.CompletedProcess[str]

ABSOLUTE = re.compile(r"(?<![\w.~:/])/(?:home|root|tmp|usr|var|work|etc|Users)/")

CONFIG = """\
title: Tiny
outputs:
  {rss: false, atom: false, json_feed: false, sitemap: false, news_sitemap: false,
  headers_file: false, redirects_file: false, archive: false, authors: false}
"""
STORY = "---\ntitle: First\ndate: 2025-01-01\ntags: [Ferry]\n---\nIt sails.\n"


@pytest.fixture(scope="session")
def run() -> Run:
    """The `broadsheet` command, run here: its exit code, what it printed, and where."""

    def invoke(*words: object) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words], prog_name="broadsheet")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return invoke


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    site = tmp_path_factory.mktemp("built")
    (site / "content/articles").mkdir(parents=True)
    (site / "config.yaml").write_text(CONFIG, encoding="utf-8")
    (site / "content/articles/first.md").write_text(STORY, encoding="utf-8")
    result = run("build", "--site", site, "--quiet", "--now", "2026-01-15")
    assert (result.exit_code, result.output) == (0, "")
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A tiny site of one story that has been built into its `public/`."""
    return Path(shutil.copytree(built, tmp_path / "site"))


@pytest.fixture(scope="session")
def state() -> Callable[[Path], dict[str, object]]:
    """What stands in a folder, and when each file was written."""

    def look(folder: Path) -> dict[str, object]:
        # The lock says who builds now, and is nothing that could be lost.
        files = (f for f in folder.rglob("*") if f.is_file() and f.name != "lock")
        return {
            str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
            for file in files
        }

    return look


@pytest.fixture(scope="session")
def assert_clean() -> Callable[[Told, Path], None]:
    """No traceback, no place of this machine and no terminal escapes in what people are told."""

    def look(result: Told, site: Path) -> None:
        told = result.stdout + result.stderr
        assert "Traceback" not in told
        assert str(site.parent) not in told
        assert not ABSOLUTE.search(told), told
        assert "\x1b" not in told

    return look
