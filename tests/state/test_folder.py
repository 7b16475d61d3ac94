"""Nothing in the state folder is reached through a link."""

import os
from pathlib import Path

import pytest

from generator.state.folder import LinkedStateError, guard_state, ready_state


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
