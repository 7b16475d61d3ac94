from pathlib import Path

import pytest

from tests.support.commands import run

SECTIONS = "sections: {names: [Harbour News, town], closed: true}\n"


@pytest.fixture
def closed(site: Path) -> Path:
    """A site whose sections are a closed list, and one with a file of its own."""
    config = site / "config.yaml"
    config.write_text(config.read_text("utf-8") + SECTIONS, encoding="utf-8")
    (site / "content/sections").mkdir()
    (site / "content/sections/world.md").write_text("---\ntitle: World\n---\n", encoding="utf-8")
    return site


@pytest.mark.parametrize("command", ["new", "import"])
def test_no_story_is_filed_under_a_section_that_a_closed_list_lacks(
    closed: Path, tmp_path: Path, command: str
) -> None:
    (tmp_path / "a.txt").write_text("A\n\nIt sails.\n", encoding="utf-8")
    words = ("new", "article", "A") if command == "new" else ("import", "wire", tmp_path / "a.txt")
    result = run(*words, "--site", closed, "--section", "harbor-news")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'no section "harbor-news". The sections are: Harbour News, town.' in result.stderr
    assert not list(closed.glob("content/articles/*/*"))


@pytest.mark.parametrize("section", ["harbour-news", "Harbour News", "Town", "world"])
def test_sections_are_known_by_name_address_and_file(closed: Path, section: str) -> None:
    result = run("new", "article", "Ferry", "--site", closed, "--section", section)
    assert (result.exit_code, result.stderr) == (0, "")


def test_an_open_list_takes_any_section(site: Path) -> None:
    assert run("new", "article", "Ferry", "--site", site, "--section", "tides").exit_code == 0
