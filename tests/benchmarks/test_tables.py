"""The tables of docs/performance.md."""

from dataclasses import replace

import pytest

from benchmarks import tables
from benchmarks.results import Figures, Row

OURS = Row(
    "2026-11-01T10:00:00Z",
    "a machine",
    0.0,
    "builds",
    1000,
    "cold",
    "broadsheet",
    "0.1",
    3,
    Figures(2.0, 3.0, 100.0, 1300),
)
HUGO = replace(
    OURS,
    generator="hugo",
    version="0.168.0",
    figures=Figures(4.0, 6.0, 400.0, 1400),
    ratios=Figures(0.5, 0.5, 0.25, 0.9),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (0.0, "0"),
        (0.01234, "0.012"),
        (0.5, "0.500"),
        (1.234, "1.23"),
        (62.04, "62.0"),
        (1234.5, "1,234"),
    ],
)
def test_a_number_has_the_digits_that_count(value: float | None, expected: str) -> None:
    assert tables.number(value) == expected


def test_a_ratio_above_one_stands_out() -> None:
    assert tables.ratio(1.25) == "**1.25**"
    assert tables.ratio(0.8) == "0.800"
    assert tables.ratio(None) == ""


def test_builds_stand_side_by_side_with_their_ratios() -> None:
    lines = tables.build_tables([OURS, HUGO], "hugo").splitlines()
    assert lines[0].startswith("| 1,000 stories | Broadsheet, s | Hugo, s | ratio |")
    assert lines[2] == (
        "| everything new | 2.00 | 4.00 | 0.500 | 0.500 | 100 | 400 | 0.250 | 1,300 | 1,400 |"
    )
    assert "2026-11-01; a machine; Broadsheet 0.1, Hugo 0.168.0; medians of 3" in lines[-1]


def test_each_size_has_its_table() -> None:
    large = [replace(row, stories=10_000) for row in (OURS, HUGO)]
    text = tables.build_tables([*large, OURS, HUGO], "hugo")
    assert text.index("| 1,000 stories") < text.index("| 10,000 stories")


def test_figures_of_a_busy_machine_are_called_so() -> None:
    assert "busy with other work" in tables.origin([replace(OURS, busy=1.4)])
    assert "busy" not in tables.origin([OURS])


def test_the_cost_of_a_story_is_told_for_two_sizes() -> None:
    large = replace(OURS, stories=10_000, figures=Figures(22.0))
    assert "10,000 stories against 1,000: Broadsheet 1.10 times" in tables.cost_per_story(
        [OURS, large]
    )
    assert tables.cost_per_story([OURS]) == ""
    assert tables.cost_per_story([OURS, replace(large, version="another")]) == ""


def test_every_peer_has_a_line_with_its_largest_memory() -> None:
    rows = [OURS, replace(OURS, case="published", figures=Figures(1.0, 1.0, 150.0, 30)), HUGO]
    lines = tables.peers_table(rows).splitlines()
    assert lines[2] == "| Broadsheet | 2.00 |  |  | 1.00 | 150 | 30 |"
    assert lines[3].startswith("| Hugo | 4.00 |")


def test_a_preview_tells_seconds_and_memory() -> None:
    served = [
        replace(OURS, experiment="previews", case="body", figures=Figures(0.05)),
        replace(
            HUGO, experiment="previews", case="body", figures=Figures(0.8), ratios=Figures(0.0625)
        ),
        replace(OURS, experiment="previews", case="memory", figures=Figures(memory_mb=90)),
        replace(HUGO, experiment="previews", case="memory", figures=Figures(memory_mb=900)),
    ]
    text = tables.preview_tables(served, "hugo")
    assert "| saved body to its page | 0.050 s | 0.800 s | 0.062 |" in text
    assert "| memory at the peak | 90.0 MB | 900 MB |" in text


def test_a_newspapers_stages_have_their_share() -> None:
    row = replace(OURS, stages=(("read", 1.0), ("plan", 3.0)))
    text = tables.newspaper_tables([row])
    assert "| read | 1.00 (25%) |" in text
    assert "| plan | 3.00 (75%) |" in text
    assert "| together | 4.00 |" in text


def test_every_case_in_which_a_peer_is_ahead_is_told() -> None:
    ahead = replace(HUGO, ratios=Figures(seconds=1.3, memory_mb=0.9))
    assert tables.where_peers_lead([OURS, ahead]) == (
        "- Hugo, everything new, 1,000 stories: Broadsheet takes 1.30 times the time."
    )
    assert tables.where_peers_lead([OURS, HUGO]).startswith("In none")
