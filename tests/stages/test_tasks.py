"""A task writes its own results where it is told to, and tells of them instead."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.digests import content_digest
from generator.model.values import replace
from generator.stages.tasks import RenderTask, render_outputs
from generator.stages.workers import Workers
from tests.support.stories import tasks_of


@pytest.fixture
def task(make_stories: Callable[[int], Path]) -> RenderTask:
    first, *others = tasks_of(make_stories(3))
    return replace(first, outputs=sum((other.outputs for other in others), first.outputs))


def placed(task: RenderTask, folder: Path) -> RenderTask:
    """The task with a place for each output but the first."""
    places = [str(folder / str(number)) for number in range(1, len(task.outputs))]
    return replace(task, places=("", *places))


def test_results_are_written_where_they_have_a_place(task: RenderTask, tmp_path: Path) -> None:
    expected = render_outputs(task)
    first, *others = render_outputs(placed(task, tmp_path))
    assert first == expected[0]
    for number, (written, given) in enumerate(zip(others, expected[1:], strict=True), 1):
        data = (tmp_path / str(number)).read_bytes()
        assert data == given.data
        assert written.data is None
        assert written.size == len(data)
        assert written.digest == content_digest(data)
        assert written.problems == given.problems


def test_what_cannot_be_made_is_not_written(task: RenderTask, tmp_path: Path) -> None:
    sources = [output.source for output in task.outputs]
    number = next(n for n, source in enumerate(sources) if source.endswith("story-1.md"))
    (task.site / sources[number]).write_text("changed")
    result = render_outputs(placed(task, tmp_path))[number]
    assert [problem.is_error for problem in result.problems] == [True]
    assert (result.data, result.digest) == (None, "")
    assert not (tmp_path / str(number)).exists()


@pytest.mark.parametrize("count", [0, 1])
def test_a_file_that_cannot_be_written_is_an_oserror(
    task: RenderTask, tmp_path: Path, *, count: int
) -> None:
    (tmp_path / "file").touch()
    with Workers(count) as crew, pytest.raises(NotADirectoryError) as raised:
        list(crew.each(render_outputs, [placed(task, tmp_path / "file")]))
    assert raised.value.filename == str(tmp_path / "file" / "1")


def test_places_and_results_travel(task: RenderTask, tmp_path: Path) -> None:
    asked = placed(task, tmp_path)
    assert pickle.loads(pickle.dumps(asked)) == asked  # noqa: S301 - ours
    results = render_outputs(asked)
    assert pickle.loads(pickle.dumps(results)) == results  # noqa: S301 - ours
