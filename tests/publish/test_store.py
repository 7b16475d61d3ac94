"""The manifest's file, its seal, and what becomes of it when it is damaged."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.publish import store
from generator.publish.ledger import ledger_path, read_ledger
from generator.publish.manifest import About, Manifest, Published, count_pages
from generator.publish.store import (
    change_manifest,
    is_at,
    ledger_seal,
    load_manifest,
    manifest_path,
    seal_anew,
    seal_path,
    write_manifest,
)

Files = dict[str, Published]
FILES = {
    f"{name}/index.html": Published("0a" * 16, size, f"content/{name}.md", "1b" * 16)
    for size, name in enumerate(["a", "b é", "News", "c"])
}
ABOUT = About("first", "some mark", len(FILES), len(FILES))

names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=6)
paths = st.lists(names.filter(lambda n: n not in (".", "..")), min_size=1, max_size=3).map("/".join)
sizes = st.integers(0, 2**63 - 1)
files = st.dictionaries(
    paths, st.builds(Published, st.text("0af"), sizes, names, names), max_size=4
)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A stored manifest of FILES."""
    path = tmp_path / ".broadsheet" / "published-x.db"
    write_manifest(path, FILES, ABOUT)
    return path


def about(files: Files, state: str, mark: str = "") -> About:
    return About(state, mark, len(files), count_pages(files))


def told(manifest: Manifest | None) -> tuple[Files, About] | None:
    """All that a manifest says; nothing for none."""
    return (dict(manifest.files), manifest.about) if manifest else None


def test_it_is_stored_and_loaded(stored: Path) -> None:
    manifest = load_manifest(stored)
    assert told(manifest) == (FILES, ABOUT)
    assert manifest
    assert manifest.is_stored
    assert manifest.mark == "some mark"
    files = {stored, seal_path(stored), ledger_path(stored)}
    assert set(stored.parent.iterdir()) == files
    assert load_manifest(stored.with_name("published-y.db")) is None


@settings(max_examples=50, deadline=None)
@given(files, st.lists(st.tuples(files, st.sets(paths, max_size=3), names), max_size=3))
def test_a_manifest_is_read_back_as_it_was_after_any_changes(
    tmp_path_factory: pytest.TempPathFactory,
    before: Files,
    changes: list[tuple[Files, set[str], str]],
) -> None:
    path = tmp_path_factory.mktemp("site") / ".broadsheet" / "published-x.db"
    now = dict(before)
    write_manifest(path, now, about(now, "0"))
    for number, (more, gone, mark) in enumerate(changes, start=1):
        now = {path: file for path, file in now.items() if path not in gone} | more
        after = about(now, str(number), mark)
        change_manifest(path, more, gone, base=str(number - 1), about=after)
        assert told(load_manifest(path)) == (now, after)
        sources = {path: file.source for path, file in now.items()}
        assert read_ledger(ledger_path(path), ledger_seal(path)) == sources
        assert not list(path.parent.glob("*-journal"))


def test_a_change_writes_what_changed_and_little_else(tmp_path: Path) -> None:
    path = tmp_path / "published-x.db"
    many = {f"news/{number:05}/index.html": FILES["a/index.html"] for number in range(5000)}
    write_manifest(path, many, about(many, "0"))
    pages = dict(enumerate(blocks(path)))
    ledger = ledger_path(path).read_bytes()
    row = {"news/02500/index.html": Published("", 1)}
    change_manifest(path, row, [], base="0", about=about(many, "1"))
    different = [n for n, page in enumerate(blocks(path)) if pages.get(n) != page]
    assert len(pages) > 150
    assert len(different) <= 6
    added = ledger_path(path).read_bytes().removeprefix(ledger)
    assert added.count(b"\n") == 2


def blocks(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data[start : start + 4096] for start in range(0, len(data), 4096)]


# Damage


def test_a_database_cut_short_anywhere_is_no_manifest(stored: Path) -> None:
    data = stored.read_bytes()
    for length in (*range(0, len(data), 97), len(data) - 1):
        stored.write_bytes(data[:length])
        assert load_manifest(stored) is None
    stored.write_bytes(data + b"\0")
    assert load_manifest(stored) is None


@given(st.data())
@settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_a_database_with_flipped_bits_is_no_manifest(stored: Path, data: st.DataObject) -> None:
    good = stored.read_bytes()
    bad = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, 8 * len(good) - 1), min_size=1, unique=True)):
        bad[place // 8] ^= 1 << (place % 8)
    try:
        stored.write_bytes(bad)
        assert load_manifest(stored) is None
    finally:
        stored.write_bytes(good)
    assert told(load_manifest(stored)) == (FILES, ABOUT)


def test_a_damaged_or_missing_seal_makes_it_no_manifest(stored: Path) -> None:
    good = seal_path(stored).read_bytes()
    of_the_database = good.index(b"\n") + 1
    for length in range(of_the_database):
        seal_path(stored).write_bytes(good[:length])
        assert load_manifest(stored) is None
    for place in range(of_the_database):
        seal_path(stored).write_bytes(good[:place] + b"?" + good[place + 1 :])
        assert load_manifest(stored) is None
    seal_path(stored).unlink()
    assert load_manifest(stored) is None


def test_a_damaged_seal_of_the_ledger_alone_is_mended(stored: Path) -> None:
    good = seal_path(stored).read_bytes()
    for length in range(good.index(b"\n") + 1, len(good)):
        seal_path(stored).write_bytes(good[:length])
        assert told(load_manifest(stored)) == (FILES, ABOUT)
        assert seal_path(stored).read_bytes() != good[:length]


def test_a_manifest_of_another_format_is_none(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "FORMAT", store.FORMAT + 1)
    assert load_manifest(stored) is None


@pytest.mark.parametrize("statement", ["DROP TABLE about", "DELETE FROM about", "DROP TABLE files"])
def test_a_sealed_database_that_is_none_of_ours_fails_nobody(stored: Path, statement: str) -> None:
    with closing(sqlite3.connect(stored)) as rows:
        rows.execute(statement)
        rows.commit()
    store._seal(stored)  # noqa: SLF001 - as somebody might who means harm
    manifest = load_manifest(stored)
    assert manifest is None or statement == "DROP TABLE files"


def test_another_database_can_be_put_in_place_of_a_damaged_one(stored: Path) -> None:
    stored.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    Path(f"{stored}-journal").write_bytes(b"left behind")
    write_manifest(stored, FILES, ABOUT)
    assert told(load_manifest(stored)) == (FILES, ABOUT)


def test_a_database_that_cannot_be_changed_is_an_os_error(stored: Path) -> None:
    stored.write_bytes(b"no database" * 1000)
    with pytest.raises(OSError, match="published-x"):
        change_manifest(stored, FILES, [], base="first", about=ABOUT)
    stored.unlink()
    with pytest.raises(PermissionError):
        change_manifest(stored, FILES, [], base="first", about=ABOUT)


# Between a change and its seal


def test_a_change_that_was_killed_before_its_seal_is_known_by_its_state(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "_seal", lambda _: None)
        change_manifest(stored, {}, ["a/index.html"], base="first", about=about(FILES, "second"))
    assert load_manifest(stored) is None
    assert not is_at(stored, "third")
    assert is_at(stored, "second")
    seal_anew(stored)
    manifest = load_manifest(stored)
    assert manifest
    assert manifest.about.state == "second"


def test_nothing_damaged_is_at_a_state(stored: Path) -> None:
    good = stored.read_bytes()
    place = good.index(b"b \xc3\xa9/index.html")
    stored.write_bytes(good[:place] + b"z" + good[place + 1 :])  # out of order
    assert not is_at(stored, "first")
    stored.write_bytes(good[:5000])
    assert not is_at(stored, "first")
    stored.unlink()
    assert not is_at(stored, "first")


def test_a_change_killed_halfway_is_taken_back(stored: Path) -> None:
    """What SQLite leaves when it dies: some new pages, and a journal with the old ones."""
    copies = stored.parent / "copies"
    copies.mkdir()
    many = {f"{number:04}": Published("0" * 32, number) for number in range(2000)}
    write_manifest(stored, many, about(many, "0"))
    with closing(store._opened(stored)) as rows:  # noqa: SLF001 - to stop where it is killed
        rows.execute("PRAGMA cache_size = 1")
        rows.execute("BEGIN IMMEDIATE")
        rows.execute("UPDATE files SET digest = 'changed'")
        for name in (stored.name, f"{stored.name}-journal", seal_path(stored).name):
            shutil.copy(stored.parent / name, copies / name)
    assert b"changed" in (copies / stored.name).read_bytes()
    assert told(load_manifest(copies / stored.name)) == (many, about(many, "0"))


# Where it is kept


def test_each_output_folder_has_its_own_manifest(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    site.mkdir()
    found = {manifest_path(site, folder) for folder in (site / "public", site / "beta", other)}
    assert len(found) == 3
    assert all(path.parent == site / ".broadsheet" for path in found)
    (tmp_path / "link").symlink_to(site / "public")
    assert manifest_path(site, tmp_path / "link") == manifest_path(site, site / "public")


def test_the_state_of_a_site_can_move_with_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    assert manifest_path(here, here / "public").name == manifest_path(there, there / "public").name


def test_a_site_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1? é" / ".broadsheet" / "published-x.db"
    write_manifest(path, FILES, ABOUT)
    assert told(load_manifest(path)) == (FILES, ABOUT)
    change_manifest(path, {}, FILES.keys(), base="first", about=about({}, "second"))
    assert told(load_manifest(path)) == ({}, about({}, "second"))
