"""A task that is sent away holds all it needs, and tells of what has changed meanwhile."""

import pickle
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.stages.sending import self_contained
from generator.stages.tasks import render_outputs
from generator.stages.workers import Workers
from tests.support.stories import tasks_of


@pytest.fixture
def site(make_stories: Callable[[int], Path]) -> Path:
    return make_stories(30)


def test_the_site_is_not_needed_any_more(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [render_outputs(task) for task in tasks_of(site)]
    sent = [self_contained(task) for task in tasks_of(site)]
    shutil.rmtree(site)
    monkeypatch.chdir(tmp_path)
    assert [render_outputs(task) for task in sent] == here
    assert any(
        result.data and b"<em>ferry</em>" in result.data for results in here for result in results
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
        for rendered in render_outputs(self_contained(task))
        for problem in rendered.problems
    }
    message = "changed while the site was being built"
    assert told == {(f"content/articles/story-{number}.md", message) for number in (3, 4)}


def test_threads_of_a_foreign_executor_give_the_same_bytes(site: Path) -> None:
    planned = tasks_of(site)
    with ThreadPoolExecutor(4) as threads, Workers(0, threads) as crew:
        sent = (self_contained(task) for task in planned)
        found = [result for _, result in crew.each_anywhere(render_outputs, sent)]
    assert found == [render_outputs(task) for task in planned]
