"""Places in runs of articles."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Article
from generator.model.site import newest_first
from generator.plan.runs import RankedRuns, Runs, SearchedRuns, patched, place_in
from tests.support.planning import story


def stories(hours: Sequence[int]) -> tuple[Article, ...]:
    """Stories so many hours old, newest first; some may have appeared at one instant."""
    made = (story(f"s{number}", hours=age) for number, age in enumerate(hours))
    return tuple(sorted(made, key=newest_first))


@pytest.fixture(scope="session", params=["searched", "ranked"])
def kind(request: pytest.FixtureRequest) -> Callable[[Sequence[Article], Sequence[Article]], Runs]:
    """Makes what tells places, for all articles and one run of them."""
    if request.param == "searched":
        return lambda articles, run: SearchedRuns()  # noqa: ARG005 - it needs to know nothing
    return lambda articles, run: RankedRuns(articles, [run])


@given(hours=st.lists(st.integers(0, 5), max_size=12), data=st.data())
def test_a_place_is_the_number_of_newer_stories(
    kind: Callable[[Sequence[Article], Sequence[Article]], Runs],
    hours: list[int],
    data: st.DataObject,
) -> None:
    articles = stories(hours)
    run = tuple(article for article in articles if data.draw(st.booleans()))
    runs = kind(articles, run)
    assert [runs.position(run, article) for article in run] == list(range(len(run)))


@given(hours=st.lists(st.integers(0, 5), min_size=2, max_size=12))
def test_a_patched_run_is_in_order(hours: list[int]) -> None:
    old, new, *others = stories(hours)
    run = tuple(sorted([old, *others], key=newest_first))
    assert patched(run, old, None) == tuple(others)
    assert patched(tuple(others), None, new) == tuple(sorted([new, *others], key=newest_first))
    assert patched(run, old, new) == tuple(sorted([new, *others], key=newest_first))
    assert place_in(others, old) == 0
