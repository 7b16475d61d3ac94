"""The built-in theme is found wherever Broadsheet runs from."""

from pathlib import Path

import pytest

from generator.read.theme import theme_folder


def layouts_in(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "base.html").write_text("", "utf-8")
    return folder


def test_an_installed_package_carries_its_theme(tmp_path: Path) -> None:
    layouts_in(tmp_path / "layouts")
    carried = layouts_in(tmp_path / "generator" / "theme")
    assert theme_folder(tmp_path / "generator") == carried


def test_in_a_checkout_the_theme_stands_beside_the_package(tmp_path: Path) -> None:
    beside = layouts_in(tmp_path / "layouts")
    assert theme_folder(tmp_path / "generator") == beside


def test_a_broken_installation_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="install Broadsheet again"):
        theme_folder(tmp_path / "generator")
