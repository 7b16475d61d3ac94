"""Hints: a simple file is looked at alone, a folder walked, and what is odd makes all be read."""

from pathlib import Path

import pytest

from generator.live.hints import Rescan, rescan_of
from generator.model.problems import Place, Problem
from tests.support.sites import MakeSite

FERRY, FOLDER = "content/articles/ferry.md", "content/articles/2026"


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(f"-- {FERRY} --\nF\n-- {FOLDER}/fog.md --\nF\n-- static/.well-known/a --\nA\n")


def at(*paths: str, folders: tuple[str, ...] = ()) -> Rescan:
    return Rescan(frozenset(paths), frozenset(folders))


def test_files_and_what_is_not_there_are_looked_at_alone_and_folders_walked(site: Path) -> None:
    told = frozenset({FERRY, FOLDER, "content/articles/gone.md", "static/.well-known/a"})
    where = at(*(told - {FOLDER}), folders=(FOLDER,))
    assert rescan_of(site, told, ()) == where


@pytest.mark.parametrize(
    "path",
    ["content/articles/.ferry.md.swp", "content/_draft.md", "static/a~", "layouts/a.html", "x"],
)
def test_what_is_no_file_of_the_site_is_not_looked_at(site: Path, path: str) -> None:
    assert rescan_of(site, frozenset({path}), ()) == at()


@pytest.mark.parametrize("path", ["content", "static", "content/articles/link", "content/x.md"])
def test_a_tree_as_a_whole_a_link_and_what_is_odd_need_a_look_at_everything(
    site: Path, path: str
) -> None:
    (site / "content/articles/link").symlink_to("2026")
    (site / "content/x.md").mkdir()
    assert rescan_of(site, frozenset({FERRY, path}), ()) is None


def test_a_folder_with_a_link_in_it_needs_a_look_at_everything(site: Path) -> None:
    (site / FOLDER / "link.md").symlink_to("fog.md")
    assert rescan_of(site, frozenset({FOLDER}), ()) is None


def test_where_something_was_wrong_a_look_at_everything_tells_whether_it_still_is(
    site: Path,
) -> None:
    fault = Problem(Place(f"{FOLDER}/bad"), "is neither a file nor a folder")
    assert rescan_of(site, frozenset({FOLDER}), (fault,)) is None
    assert rescan_of(site, frozenset({FERRY}), (fault,)) == at(FERRY)
    everywhere = Problem(Place("content"), "there is no text in this folder")
    assert rescan_of(site, frozenset({FERRY}), (everywhere,)) is None
