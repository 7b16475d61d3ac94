"""Nothing in the state folder is reached through a link."""

import os
from pathlib import Path

import pytest

from generator.state.folder import (
    LinkedStateError,
    NoKeyError,
    guard_state,
    ready_state,
    state_home,
)
from generator.state.key import VARIABLE


def test_the_folder_is_made_and_what_is_ours_stays(tmp_path: Path) -> None:
    folder = ready_state(tmp_path / "site")
    (folder / "texts.db").write_text("ours")
    (folder / "pictures").mkdir()
    assert ready_state(tmp_path / "site") == folder
    assert sorted(file.name for file in folder.iterdir()) == ["pictures", "texts.db"]


def test_links_pipes_and_second_names_are_taken_out(tmp_path: Path) -> None:
    folder = ready_state(tmp_path)
    (tmp_path / "keys").write_text("mine")
    (folder / "lock").symlink_to(tmp_path / "keys")
    (folder / "gone").symlink_to(tmp_path / "nothing")
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "code.json")
    os.link(tmp_path / "keys", folder / "texts.db")
    ready_state(tmp_path)
    assert list(folder.iterdir()) == []
    assert (tmp_path / "keys").read_text() == "mine"


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".broadsheet").symlink_to(target)
    with pytest.raises(LinkedStateError, match="is a link"):
        ready_state(tmp_path)
    with pytest.raises(LinkedStateError):
        guard_state(tmp_path)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def closed(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    monkeypatch.setattr(os, "access", lambda path, *_: not Path(path).is_relative_to(site))


def test_the_state_is_in_the_site_where_that_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    assert state_home(site, tmp_path / "out") == site
    closed(monkeypatch, site)
    assert state_home(site, site / "public") == site
    assert state_home(site, tmp_path / "out") == tmp_path / ".out.state"


def test_a_state_beside_the_output_is_reached_through_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(monkeypatch, tmp_path / "site")
    (tmp_path / ".out.state").symlink_to(tmp_path)
    with pytest.raises(LinkedStateError):
        state_home(tmp_path / "site", tmp_path / "out")


def test_no_key_that_came_with_a_site_seals_a_state_beside_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    closed(monkeypatch, site)
    monkeypatch.setenv("XDG_STATE_HOME", str(site / "state"))
    with pytest.raises(NoKeyError, match="home folder"):
        state_home(site, tmp_path / "out")
    monkeypatch.setenv(VARIABLE, "0123456789abcdef")
    assert state_home(site, tmp_path / "out") == tmp_path / ".out.state"
