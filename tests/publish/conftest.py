"""What tests of publishing build on."""

import os
from pathlib import Path

import pytest

from generator.publish import disk, store
from generator.publish.transaction import Changes
from tests.support.publishing import Files, Publish, Read, files_below, run


@pytest.fixture(autouse=True)
def hasty_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests kill processes, not the power: nothing is learned by waiting for the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(disk, "_sync_disk", lambda _: True)
    monkeypatch.setattr(store, "SYNCHRONOUS", "OFF")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site's folder, with its sources."""
    site = tmp_path / "site"
    for folder in ("content", "layouts", "static", ".git"):
        (site / folder).mkdir(parents=True)
    (site / "config.yaml").write_text("title: The Gazette\n")
    (site / "content" / "story.md").write_text("---\ntitle: A\n---\n")
    return site


@pytest.fixture
def output(site: Path) -> Path:
    """Where the site is published."""
    return site / "public"


@pytest.fixture
def publish(site: Path, output: Path) -> Publish:
    """A function that makes some files, by path, the whole published site."""

    def publish_files(files: Files, *, clean: bool = False, partial: bool = False) -> Changes:
        return run(site, output, files, clean=clean, partial=partial)

    return publish_files


@pytest.fixture
def published(output: Path) -> Read:
    """A function that reads what is published: texts by path."""
    return lambda: files_below(output)
