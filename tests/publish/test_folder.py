"""What is not ours in the output folder, and how the folder is changed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.model.digests import content_digest
from generator.publish.folder import (
    all_stand,
    change_folder,
    changed_folders,
    contents_of,
    foreign_path,
    publishing_order,
)
from generator.publish.handles import Folder
from generator.publish.manifest import Published


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)


def names(folder: Path) -> list[str]:
    return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())


def change(
    moves: Sequence[tuple[str, str]], deletions: Sequence[str], output: Path, staging: Path
) -> None:
    with Folder.at(output) as there, Folder.at(staging) as waiting:
        change_folder(moves, deletions, there, waiting)


def test_nothing_is_foreign_where_nothing_is(tmp_path: Path) -> None:
    assert foreign_path(tmp_path, ["a/b"], []) == ""
    assert foreign_path(tmp_path / "not yet", ["a/b"], []) == ""


@pytest.mark.parametrize(
    ("new", "doomed", "foreign"),
    [
        (["x"], [], ""),
        (["a"], [], "a"),
        (["a"], ["a"], ""),
        (["A"], ["a"], ""),
        (["a/x"], [], "a"),
        (["a/x"], ["a"], ""),
        (["d"], [], "d/b"),
        (["d"], ["d/b"], "d/e/c"),
        (["d"], ["d/b", "d/e/c"], ""),
        (["d/e/f"], [], ""),
        (["d/e/c/f"], [], "d/e/c"),
        (["link"], [], "link"),
        (["link/x"], [], "link"),
        (["link/x"], ["link/y"], "link"),
        (["dangling"], [], "dangling"),
        (["with-link"], [], "with-link/l"),
    ],
)
def test_what_stands_in_the_way_and_does_not_go_is_foreign(
    tmp_path: Path, new: list[str], doomed: list[str], foreign: str
) -> None:
    output = tmp_path / "public"
    write(output, "a", "d/b", "d/e/c")
    write(tmp_path, "elsewhere/y")
    (output / "link").symlink_to(tmp_path / "elsewhere")
    (output / "dangling").symlink_to(tmp_path / "nothing")
    (output / "with-link").mkdir()
    (output / "with-link" / "l").symlink_to(tmp_path / "elsewhere")
    assert foreign_path(output, new, doomed) == foreign


def test_a_change_can_be_made_twice(tmp_path: Path) -> None:
    output, staging = tmp_path / "public", tmp_path / "staging"
    write(output, "a", "b/c", "d/e", "same")
    write(staging, "0", "1", "2")
    moves = (("0", "a/x"), ("1", "b"), ("2", "new/y"))
    for _ in range(2):
        change(moves, ("a", "b/c", "d/e"), output, staging)
        assert names(output) == ["a/x", "b", "new/y", "same"]
        assert not (output / "d").exists()
    assert (output / "b").read_text() == "1"


def test_a_name_that_changes_its_capitals_only_is_deleted_before_the_new_one_comes(
    tmp_path: Path,
) -> None:
    """Where a disk takes both for one, deleting it last would delete the new file."""
    output, staging = tmp_path / "public", tmp_path / "staging"
    write(output, "Logo.png")
    write(staging, "0")
    case = ((("0", "logo.png"),), ("Logo.png",), output, staging)
    change(*case)
    assert names(output) == ["logo.png"]
    (output / "logo.png").rename(output / "Logo.png")  # as such a disk would have it
    change(*case)
    assert names(output) == ["Logo.png"]


def test_empty_folders_make_way_and_others_are_made(tmp_path: Path) -> None:
    write(tmp_path / "staging", "1", "2")
    (tmp_path / "public/a/b/c").mkdir(parents=True)
    moves = (("1", "a"), ("2", "x/y/z"), ("3", "moved/before"))
    change(moves, ("not/there",), tmp_path / "public", tmp_path / "staging")
    assert names(tmp_path / "public") == ["a", "x/y/z"]


def test_files_stand_that_are_there_with_their_sizes(tmp_path: Path) -> None:
    write(tmp_path, "a", "b/cc")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert all_stand(tmp_path, [])
    assert all_stand(tmp_path, [("a", 1), ("b/cc", 4)])
    for path, size in [("a", 2), ("b/cc", 0), ("b", 4096), ("c", 0), ("a/x", 1), ("link", 1)]:
        assert not all_stand(tmp_path, [("a", 1), (path, size)])
    size = (tmp_path / "link").lstat().st_size
    assert not all_stand(tmp_path, [("link", size)])
    assert not all_stand(tmp_path / "nothing", [("a", 1)])


def test_names_change_in_the_folders_that_are_still_there(tmp_path: Path) -> None:
    output = tmp_path / "public"
    write(output, "a/b/c", "a/d", "e")
    paths = ["a/b/c", "a/b/new", "gone/for/ever", "e"]
    expected = [str(path) for path in (output, output / "a/b", output / "a")]
    assert list(changed_folders(output, paths)) == expected


def test_what_stands_in_a_folder_is_told_whoever_put_it_there(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"text")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "a" / "b")
    (tmp_path / "folder-link").symlink_to(tmp_path / "a")
    assert contents_of(tmp_path) == {
        "a/b": Published(content_digest(b"text"), 4),
        "empty": Published(content_digest(b""), 0),
        "link": Published("", 0),
        "folder-link": Published("", 0),
    }


def test_assets_come_first_then_pages_listings_and_feeds() -> None:
    ordered = ["site.css", "news/a/index.html", "2024/page/3/index.html", "index.html", "feed.xml"]
    assert sorted(sorted(ordered), key=publishing_order) == ordered
