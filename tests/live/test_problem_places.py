"""ProblemPlaces: each Problem with its place, looked for again when its file has changed."""

from pathlib import Path

import pytest

from generator.live.problem_places import ProblemPlaces
from generator.model.problems import Place, Problem, Severity, warning

PATH = "content/a.md"
FAULT = Problem(Place(PATH), "no such picture", keys=("image",))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / PATH).write_text("---\ntitle: A\nimage: b.jpg\n---\n")
    return tmp_path


def line(places: ProblemPlaces) -> int | None:
    (found,) = places.final([FAULT], strict=False)
    return found.place.line


def test_a_place_is_looked_for_again_only_when_its_file_has_changed(site: Path) -> None:
    places = ProblemPlaces(site)
    assert line(places) == 3
    (site / PATH).write_text("---\ntitle: A\ndraft: true\nimage: b.jpg\n---\n")
    places.forget(["content/b.md"], [FAULT])
    assert line(places) == 3
    places.forget([PATH], [FAULT])
    assert line(places) == 4


def test_what_is_told_no_more_is_forgotten(site: Path) -> None:
    places = ProblemPlaces(site)
    assert line(places) == 3
    (site / PATH).write_text("---\nimage: b.jpg\ntitle: A\n---\n")
    places.forget([], [])
    assert line(places) == 2


def test_a_strict_site_has_no_warnings(site: Path) -> None:
    (found,) = ProblemPlaces(site).final([warning(Place(PATH), "no alt text")], strict=True)
    assert found.severity is Severity.ERROR
