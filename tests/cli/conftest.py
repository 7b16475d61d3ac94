"""A tiny site that has been built."""

import shutil
from pathlib import Path

import pytest

from tests.support.commands import run

CONFIG = """\
title: Tiny
base_url: https://tiny.example/
outputs:
  {rss: false, atom: false, json_feed: false, sitemap: false, news_sitemap: false,
  headers_file: false, redirects_file: false, archive: false, authors: false}
"""
STORY = "---\ntitle: First\ndate: 2025-01-01\ntags: [Ferry]\n---\nIt sails.\n"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
