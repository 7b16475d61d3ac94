"""What a newsroom does all day: each act does what it says, and costs are told beside a peer's."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import tables
from benchmarks.acts import ACTS, WrongPageError, measure_acts
from benchmarks.generators import DEFAULT_THEME
from benchmarks.workspace import workspace
from tests.benchmarks.test_builds import copier, quiet
from tests.benchmarks.test_tables import HUGO, OURS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells of its processes")


@pytest.mark.slow
def test_each_act_is_done_and_told_beside_the_peer(tmp_path: Path) -> None:
    with workspace([DEFAULT_THEME, copier(tmp_path)], 12, 1) as space:
        found = list(measure_acts(space, 1, 1, quiet))
    files = {case: figures.files for case, by, figures in found if by is DEFAULT_THEME}
    assert list(files) == list(ACTS)
    assert {case for case, by, _ in found if by is not DEFAULT_THEME} == set(ACTS)
    for case in ("nothing", "draft saved", "draft saved again", "embargo set"):
        assert files.pop(case) == 0
    assert all(files.values())


def test_an_act_without_its_page_is_an_error(tmp_path: Path) -> None:
    with (
        workspace([replace(copier(tmp_path), stories="content/articles")], 12, 1) as space,
        pytest.raises(WrongPageError, match=r"nothing: index\.html"),
    ):
        list(measure_acts(space, 1, 1, quiet))


def test_acts_stand_beside_the_peer() -> None:
    rows = [replace(row, experiment="acts", case="draft saved") for row in (OURS, HUGO)]
    made = tables.act_tables(rows, "hugo")
    assert "| draft saved | 2.00 | 3.00 | 1,300 | 0.500 | 0.500 |" in made
