"""Tasks write their results where they are told to; one that is sent holds all it needs."""

import pickle
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.model.digests import content_digest
from generator.model.values import replace
from generator.stages.tasks import SentTask, make_sent, self_contained
from generator.stages.workers import Workers
from tests.support.stories import tasks_of


@pytest.fixture
def task(make_stories: Callable[[int], Path]) -> SentTask:
    (task,) = tasks_of(make_stories(3), chunk=1_000)
    return task


def placed(task: SentTask, folder: Path) -> SentTask:
    """The task with a place for each output but the first."""
    places = [str(folder / str(number)) for number in range(1, len(task.outputs))]
    return replace(task, places=("", *places))


def test_results_are_written_where_they_have_a_place(task: SentTask, tmp_path: Path) -> None:
    expected = make_sent(task)
    first, *others = make_sent(placed(task, tmp_path))
    assert first == expected[0]
    for number, (made, given) in enumerate(zip(others, expected[1:], strict=True), 1):
        data = (tmp_path / str(number)).read_bytes()
        assert given[3]
        assert data == given[3].data
        assert made == (given[0], content_digest(data), len(data), None)


def test_what_stands_already_is_not_made(task: SentTask, tmp_path: Path) -> None:
    published = tuple([fingerprint for fingerprint, *_ in make_sent(task)])
    asked = replace(placed(task, tmp_path), published=published)
    assert make_sent(asked) == tuple([(fingerprint, "", 0, None) for fingerprint in published])
    assert not any(tmp_path.glob("[0-9]*"))


def test_what_cannot_be_made_is_not_written(task: SentTask, tmp_path: Path) -> None:
    sources = [output.source for output in task.outputs]
    number = next(n for n, source in enumerate(sources) if source.endswith("story-1.md"))
    (task.site / sources[number]).write_text("changed")
    _, digest, _, rendered = make_sent(placed(task, tmp_path))[number]
    assert rendered
    assert [problem.is_error for problem in rendered.problems] == [True]
    assert (rendered.data, digest) == (None, "")
    assert not (tmp_path / str(number)).exists()


@pytest.mark.parametrize("count", [0, 1])
def test_a_file_that_cannot_be_written_is_an_oserror(
    task: SentTask, tmp_path: Path, *, count: int
) -> None:
    (tmp_path / "file").touch()
    with Workers(count) as workers, pytest.raises(NotADirectoryError) as raised:
        list(workers.each(make_sent, [placed(task, tmp_path / "file")]))
    assert raised.value.filename == str(tmp_path / "file" / "1")


def test_places_and_results_travel(task: SentTask, tmp_path: Path) -> None:
    asked = placed(task, tmp_path)
    assert pickle.loads(pickle.dumps(asked)) == asked  # noqa: S301 - ours
    results = make_sent(asked)
    assert pickle.loads(pickle.dumps(results)) == results  # noqa: S301 - ours


@pytest.fixture
def site(make_stories: Callable[[int], Path]) -> Path:
    return make_stories(30)


def test_the_site_is_not_needed_any_more(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [make_sent(task) for task in tasks_of(site)]
    sent = [self_contained(task) for task in tasks_of(site)]
    shutil.rmtree(site)
    monkeypatch.chdir(tmp_path)
    assert [make_sent(task) for task in sent] == here
    assert any(
        rendered and rendered.data and b"<em>ferry</em>" in rendered.data
        for results in here
        for *_, rendered in results
    )


def test_nothing_of_this_machine_is_sent(site: Path) -> None:
    for task in tasks_of(site):
        assert str(site).encode() not in pickle.dumps(self_contained(task))


def test_each_text_is_sent_once(site: Path) -> None:
    found = [tuple(path for path, _ in self_contained(task).texts) for task in tasks_of(site)]
    assert any(found)
    assert [len(paths) for paths in found] == [len(set(paths)) for paths in found]


def test_a_text_that_has_changed_is_told_by_whoever_renders(site: Path) -> None:
    planned = tasks_of(site)
    (site / "content/articles/story-3.md").write_text("---\ntitle: Other\n---\n", "utf-8")
    (site / "content/articles/story-4.md").unlink()
    told = {
        (problem.place.path, problem.message)
        for task in planned
        for *_, rendered in make_sent(self_contained(task))
        for problem in (rendered.problems if rendered else ())
    }
    message = "changed while the site was being built"
    assert told == {(f"content/articles/story-{number}.md", message) for number in (3, 4)}


def test_threads_of_a_foreign_executor_give_the_same_bytes(site: Path) -> None:
    planned = tasks_of(site)
    with ThreadPoolExecutor(4) as threads, Workers(0, threads) as workers:
        sent = (self_contained(task) for task in planned)
        found = [result for _, result in workers.each_anywhere(make_sent, sent)]
    assert found == [make_sent(task) for task in planned]
