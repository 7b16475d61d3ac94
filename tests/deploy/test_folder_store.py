"""A folder as a store: whole files, one winner, no link followed."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.deploy.folder_store import FolderStore
from generator.deploy.release import Entry
from generator.deploy.store import MovedError
from generator.deploy.target import DeployError
from tests.deploy.conftest import BuiltPaper
from tests.support.sites import CHECKOUT

PAGE = Entry("", 0)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "there")


def test_what_is_put_is_held(store: FolderStore) -> None:
    store.put("a/b/c.html", b"1", PAGE)
    store.put("a/b/c.html", b"2", PAGE)
    held = store.read("a/b/c.html")
    assert held is not None
    assert held.data == b"2"
    assert store.read("a/b/d.html") is None
    assert store.read("a/b/c.html/d") is None


def test_deleting_takes_folders_that_are_left_empty(store: FolderStore) -> None:
    store.put("a/b/c.html", b"1", PAGE)
    store.put("a/d.html", b"1", PAGE)
    store.delete(["a/b/c.html", "not/there.html"])
    assert not (store.root / "a/b").exists()
    assert (store.root / "a/d.html").exists()


def test_a_file_takes_the_place_of_an_empty_folder(store: FolderStore) -> None:
    (store.root / "a").mkdir(parents=True)
    store.put("a", b"1", PAGE)
    assert (store.root / "a").read_bytes() == b"1"


def test_a_version_is_swapped_once(store: FolderStore) -> None:
    first = store.swap("live", b"1", None)
    with pytest.raises(MovedError):
        store.swap("live", b"2", None)
    store.swap("live", b"2", first)
    with pytest.raises(MovedError):
        store.swap("live", b"3", first)


def test_nothing_is_written_through_a_link(store: FolderStore, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    store.root.mkdir()
    (store.root / "a").symlink_to(elsewhere)
    with pytest.raises(DeployError, match=r"cannot be used: .* \(a\)"):
        store.put("a/b.html", b"1", PAGE)
    assert list(elsewhere.iterdir()) == []


def test_a_draft_that_a_killed_run_left_is_no_hindrance(store: FolderStore) -> None:
    (store.root / ".broadsheet").mkdir(parents=True)
    (store.root / ".broadsheet/draft").write_bytes(b"half")
    store.put("a.html", b"1", PAGE)
    assert store.read(".broadsheet/draft") is None


@pytest.mark.slow
def test_of_processes_that_deploy_at_once_each_wins_or_is_told_who_did(
    built_paper: BuiltPaper, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    site = built_paper(f"file://{there}")
    words = [sys.executable, "-m", "generator", "deploy", "--site", str(site)]
    running = [
        subprocess.Popen(words, cwd=CHECKOUT, stdout=-1, stderr=-1, text=True) for _ in range(4)
    ]
    ended = [(*each.communicate(timeout=120), each.returncode) for each in running]
    assert any(code == 0 for _, _, code in ended), ended
    assert all("is deploying" in told for _, told, code in ended if code), ended
    public = site / "public"
    files = {f.relative_to(public): f.read_bytes() for f in public.rglob("*") if f.is_file()}
    assert {path: (there / path).read_bytes() for path in files} == files
