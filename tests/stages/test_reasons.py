import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.build import BuildOptions, build, record_path
from generator.publish.manifest import Published
from generator.publish.store import load_manifest, manifest_path
from generator.stages.reasons import (
    WORDS,
    Reason,
    causes_of,
    in_words,
    reason_for,
    reasons_path,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
OLD, NEW = "code.frame.layout.text.stories.own", "code.frame.layout.other.stories.else"
STORY = "content/articles/a.md"
PAGE = "news/2025/01/a/index.html"


def write(site: Path, body: str, title: str = "A") -> None:
    file = site / STORY
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: {title}\ndate: 2025-01-01\n---\n{body}\n", "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one story that was built at NOW."""
    (tmp_path / "config.yaml").write_text("title: Tiny\nfeeds: {full_text: true}\n", "utf-8")
    write(tmp_path, "Text.")
    build(BuildOptions(tmp_path, NOW, workers=0))
    return tmp_path


def reasons_of(site: Path) -> Path:
    return reasons_path(record_path(site, site / "public"))


def reason(site: Path, path: str = PAGE) -> Reason | None:
    manifest = load_manifest(manifest_path(site, site / "public"))
    published = manifest.get(path) if manifest else None
    return reason_for(reasons_of(site), path, published) if published else None


def rows(site: Path) -> int:
    store = sqlite3.connect(reasons_of(site))
    (count,) = store.execute("SELECT COUNT(*) FROM files").fetchone()
    store.close()
    return int(count)


@pytest.mark.parametrize(
    ("old", "new", "causes"),
    [
        (None, Published("d", 1, "", NEW), ("new",)),
        (Published("c", 1, "", OLD), Published("d", 1, "", NEW), ("text", "own")),
        (Published("c", 1, "", ""), Published("d", 1, STORY, NEW), ("warning",)),
        (Published("c", 1, "", OLD), Published("d", 1, STORY, ""), ("warning",)),
        (Published("c", 1, "static/a.svg", "copy:1"), Published("d", 1, "", "copy:2"), ("file",)),
        (Published("c", 1, "", OLD), Published("c", 1, "", OLD), ("folder",)),
    ],
)
def test_two_states_of_a_file_tell_the_causes(
    old: Published | None, new: Published, causes: tuple[str, ...]
) -> None:
    assert causes_of(old, new) == causes
    assert WORDS.keys() >= set(causes)


def test_the_layout_is_named_where_it_is_known() -> None:
    assert in_words(("layout",)) == "its layout or something that it includes changed"
    told = in_words(("layout", "text"), "article.html")
    assert told == "the layout article.html or something that it includes changed; its text changed"


def test_a_build_of_everything_is_noted_in_one_row(site: Path) -> None:
    assert reason(site) == Reason(NOW, ("clean",))
    assert rows(site) == 0


def test_an_edit_is_noted_for_the_files_that_it_changes(site: Path) -> None:
    write(site, "Another text.")
    changed = build(BuildOptions(site, LATER, workers=0)).changes.changed
    assert reason(site) == Reason(LATER, ("text", "own"))  # its summary is its first paragraph
    assert reason(site, "robots.txt") == Reason(NOW, ("clean",))
    assert rows(site) == len(changed)


def test_a_build_that_changes_nothing_notes_nothing(site: Path) -> None:
    before = reasons_of(site).stat().st_mtime_ns
    build(BuildOptions(site, LATER, workers=0))
    assert reasons_of(site).stat().st_mtime_ns == before


def test_what_is_deleted_is_forgotten(site: Path) -> None:
    write(site, "Another text.")
    build(BuildOptions(site, LATER, workers=0))
    (site / STORY).rename(site / "content/articles/b.md")
    build(BuildOptions(site, LATER, workers=0))
    assert reason(site) is None
    assert reason(site, PAGE.replace("/a/", "/b/")) == Reason(LATER, ("new",))
    store = sqlite3.connect(reasons_of(site))
    assert store.execute("SELECT * FROM files WHERE path = ?", (PAGE,)).fetchall() == []
    store.close()


def test_a_clean_build_begins_anew(site: Path) -> None:
    write(site, "Another text.")
    build(BuildOptions(site, LATER, workers=0))
    build(BuildOptions(site, LATER + timedelta(1), clean=True, workers=0))
    assert reason(site) == Reason(LATER + timedelta(1), ("clean",))
    assert rows(site) == 0


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0 and nothing more", b"x" * 5000])
def test_damaged_reasons_are_not_known_and_stop_no_build(site: Path, damage: bytes) -> None:
    reasons_of(site).write_bytes(damage)
    assert reason(site) is None
    for body in ("One.", "Two."):
        write(site, body)
        build(BuildOptions(site, LATER, workers=0))
    assert reason(site) == Reason(LATER, ("text", "own"))


def test_a_reason_for_other_content_is_not_told(site: Path) -> None:
    write(site, "Another text.")
    build(BuildOptions(site, LATER, workers=0))
    kept = reasons_of(site).read_bytes()
    write(site, "A third text.")
    build(BuildOptions(site, LATER, workers=0))
    reasons_of(site).write_bytes(kept)  # as if the build had been killed before it wrote them
    assert reason(site) is None
