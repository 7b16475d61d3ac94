"""Rows of results: ratios, keeping, and which of them count."""

from pathlib import Path

import pytest

from benchmarks.results import Figures, Row, append, latest, medians, ratios, read


def row(run: str = "2026-01-01T00:00:00Z", generator: str = "broadsheet", stories: int = 10) -> Row:
    return Row(run, "a machine", 0.0, "builds", stories, "cold", generator, "1", 3, Figures(2.0))


def test_a_median_of_what_was_not_always_looked_at_is_none() -> None:
    found = medians([Figures(1.0, memory_mb=5.0), Figures(9.0), Figures(2.0, memory_mb=7.0)])
    assert found == Figures(2.0)


def test_a_ratio_is_the_median_of_the_ratios_of_pairs() -> None:
    # The machine is ten times slower in the last round, for both.
    ours = [Figures(1.0), Figures(1.5), Figures(20.0)]
    theirs = [Figures(2.0), Figures(2.0), Figures(40.0)]
    assert ratios(ours, theirs).seconds == 0.5


def test_there_is_no_ratio_to_nothing() -> None:
    assert ratios([Figures(files=3)], [Figures(files=0)]) == Figures()


def test_both_sides_must_have_the_same_number_of_rounds() -> None:
    with pytest.raises(ValueError, match="longer"):
        ratios([Figures(1.0)], [Figures(1.0), Figures(2.0)])


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    peer = Row(
        *("2026-01-01T00:00:00Z", "a machine", 0.3, "builds", 10, "cold", "hugo", "1", 3),
        figures=Figures(2.0, 1.5, 80.0, 12),
        ratios=Figures(0.5),
        stages=(("read", 0.25), ("plan", 0.5)),
    )
    append([row()], file)
    append([peer], file)
    assert read(file) == (row(), peer)


def test_without_a_file_there_are_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path / "none.jsonl") == ()


def test_figures_are_kept_to_four_digits(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    append([Row("", "", 0.0, "", 1, "", "", "", 1, Figures(0.0123456, 123456.0))], file)
    assert read(file)[0].figures == Figures(0.01235, 123500.0)


def test_of_each_size_the_newest_run_counts() -> None:
    old, new = row("2026-01-01T00:00:00Z"), row("2026-01-02T00:00:00Z")
    large = row("2026-01-01T00:00:00Z", stories=1000)
    assert latest([large, old, new], "builds") == (new, large)
    assert latest([large, old, new], "previews") == ()


def test_a_run_with_other_peers_does_not_replace_one() -> None:
    first = [row("1"), row("1", "hugo")]
    second = [row("2"), row("2", "pelican")]
    assert set(latest([*first, *second], "builds")) == {*first, *second}
