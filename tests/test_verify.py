"""What is published is compared with a clean build: planted differences are found."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.differences import Difference, Kind
from generator.plan.fingerprints import Fingerprints
from generator.verify import verify
from tests.support.sites import MakeSite

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
SITE = """\
-- config.yaml --
title: Tiny
outputs: {rss: false, atom: false, json_feed: false}
-- content/articles/kursk.md --
---
title: Kursk
date: 2025-01-02
tags: [Ferry]
---
A text.
-- content/articles/bridge.md --
---
title: Bridge
date: 2025-01-01
---
It opens.
-- static/logo.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>
"""
PAGE = "news/2025/01/kursk/index.html"


def options(site: Path, now: datetime = NOW, *, keep_going: bool = False) -> BuildOptions:
    return BuildOptions(site, now, workers=0, keep_going=keep_going)


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """A site of two stories that was built at NOW."""
    folder = make_site(SITE)
    build(options(folder))
    return folder


def found(site: Path, now: datetime = NOW, *, keep_going: bool = False) -> list[tuple[str, Kind]]:
    differences = verify(options(site, now, keep_going=keep_going))
    return [(difference.path, difference.kind) for difference in differences]


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(file): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_what_was_built_is_what_a_clean_build_makes(site: Path) -> None:
    assert found(site) == []


def test_verifying_touches_nothing_in_the_site(site: Path) -> None:
    shutil.rmtree(site / ".broadsheet")
    before = tree(site)
    verify(options(site))
    assert tree(site) == before


def test_a_file_changed_by_hand_is_named_as_such(site: Path) -> None:
    page = site / "public" / PAGE
    page.write_text(page.read_text("utf-8").replace("A text.", "A fext."), "utf-8")
    build(options(site))  # which looks at sizes only
    (difference,) = verify(options(site))
    assert (difference.path, difference.kind) == (PAGE, Kind.CHANGED)
    assert difference.message == (
        "was changed by hand after it was published"
        " (last made 2026-01-01 00:00 UTC: everything was built)"
    )
    assert "--clean" in difference.hint


def test_a_link_in_place_of_a_file_is_a_change_by_hand(site: Path) -> None:
    page = site / "public" / PAGE
    page.rename(site / "elsewhere.html")
    page.symlink_to(site / "elsewhere.html")
    assert found(site) == [(PAGE, Kind.CHANGED)]


def test_missing_and_foreign_files_are_found(site: Path) -> None:
    (site / "public" / PAGE).unlink()
    (site / "public/news/notes.txt").write_text("mine", "utf-8")
    (site / "public/away").symlink_to(site)
    assert found(site) == [
        ("away", Kind.FOREIGN),
        (PAGE, Kind.MISSING),
        ("news/notes.txt", Kind.FOREIGN),
    ]


def test_a_folder_published_with_git_is_no_difference(site: Path) -> None:
    (site / "public/.git").mkdir()
    (site / "public/.git/HEAD").write_text("ref", "utf-8")
    assert found(site) == []


def test_a_page_that_was_wrongly_kept_is_found_with_its_reason(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fingerprints, "of", lambda _self, output: output.path)
    build(BuildOptions(site, NOW, workers=0, clean=True))
    text = (site / "content/articles/kursk.md").read_text("utf-8")
    (site / "content/articles/kursk.md").write_text(text + "\nMore.\n", "utf-8")
    build(options(site, LATER))
    assert verify(options(site, LATER)) == (
        Difference(PAGE, Kind.DIFFERENT, "2026-01-01 00:00 UTC: everything was built"),
    )


def test_a_file_that_should_be_gone_is_found(site: Path) -> None:
    (site / "content/articles/kursk.md").unlink()
    assert (PAGE, Kind.EXTRA) in found(site)


def test_the_instant_is_that_of_the_build(site: Path) -> None:
    story = site / "content/articles/later.md"
    story.write_text("---\ntitle: Later\ndate: 2026-01-01T00:03:00Z\n---\n", "utf-8")
    build(options(site))
    assert found(site) == []
    assert ("news/2026/01/later/index.html", Kind.MISSING) in found(site, LATER)


def test_the_last_good_page_of_a_broken_text_is_no_difference(site: Path) -> None:
    (site / "content/articles/kursk.md").write_text("---\ntitle: [\n---\n", "utf-8")
    build(options(site, keep_going=True))
    assert (site / "public" / PAGE).exists()
    assert found(site, keep_going=True) == []


@pytest.mark.parametrize("kind", Kind)
def test_every_difference_says_what_to_do(kind: Kind) -> None:
    difference = Difference("index.html", kind)
    assert difference.message
    assert difference.hint.endswith(".")
