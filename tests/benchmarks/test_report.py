"""docs/performance.md: what stands between its markers is made from results."""

import shutil
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.results import Figures, Row


def row(case: str, generator: str, stories: int = 1000) -> Row:
    place = ("2026-11-01T10:00:00Z", "a machine", 0.0, "builds", stories, case, generator, "1", 3)
    is_peer = generator != "broadsheet"
    return Row(*place, Figures(2.0, 2.0, 90.0, 5), Figures(0.5) if is_peer else None)


CASES = ("cold", "unchanged", "edited", "published")
DUEL = [row(case, generator) for case in CASES for generator in ("broadsheet", "hugo")]


def test_only_what_stands_between_markers_is_replaced() -> None:
    page = "Before\n<!-- builds -->\nold\n<!-- end of builds -->\nafter\n"
    expected = "Before\n<!-- builds -->\n\nnew \\1\n\n<!-- end of builds -->\nafter\n"
    assert report.between_markers(page, "builds", "new \\1") == expected


def test_a_page_without_the_markers_is_an_error() -> None:
    with pytest.raises(LookupError, match="builds"):
        report.between_markers("Nothing here", "builds", "new")


def test_the_page_is_written_with_its_picture(tmp_path: Path) -> None:
    page, picture = tmp_path / "performance.md", tmp_path / "pictures" / "performance.svg"
    shutil.copy(report.PAGE, page)
    report.write_report(DUEL, page, picture)
    text = page.read_text("utf-8")
    assert "| everything new | 2.00 | 2.00 | 0.500 |" in text
    assert "Hugo 2" in picture.read_text("utf-8")
    report.write_report(DUEL, page, picture)
    assert page.read_text("utf-8") == text


def test_without_results_the_page_says_so(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    shutil.copy(report.PAGE, page)
    report.write_report([], page, tmp_path / "none.svg")
    assert page.read_text("utf-8").count(report.NOT_YET) == 6
    assert not (tmp_path / "none.svg").exists()


def test_a_run_with_several_peers_goes_to_the_table_of_peers() -> None:
    others = [row("cold", generator, 2000) for generator in ("broadsheet", "pelican", "eleventy")]
    others = [Row("2", *(getattr(each, name) for name in Row.__slots__[1:])) for each in others]
    parts = report.sections([*DUEL, *others])
    assert "Pelican" in parts["peers"]
    assert "Pelican" not in parts["builds"]
    assert "1,000 stories" in parts["builds"]
