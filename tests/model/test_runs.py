"""Runs of stories: numbers over a stock, put together bit by bit."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Article
from generator.model.runs import FEW, Index, Run, Stock, joined, newest_first
from tests.support.planning import story

AGES = st.lists(st.integers(0, 5), max_size=12)
STEPS = st.lists(
    st.tuples(st.sets(st.integers(0, 39)), st.lists(st.integers(0, 5), max_size=20)), max_size=5
)
"""What becomes of a run again and again: the places of stories that go, the ages of new ones."""


def stories(hours: Sequence[int], prefix: str = "s") -> tuple[Article, ...]:
    """Stories so many hours old, newest first; some may have appeared at one instant."""
    made = (story(f"{prefix}{number}", hours=age) for number, age in enumerate(hours))
    return tuple(sorted(made, key=newest_first))


def run_of(articles: Sequence[Article], stock: Stock | None = None) -> Run:
    stock = stock or Stock()
    return Run(stock, map(stock.add, articles))


@given(hours=AGES, data=st.data())
def test_a_place_is_the_number_of_newer_stories(hours: list[int], data: st.DataObject) -> None:
    articles = stories(hours)
    whole = run_of(articles)
    run = Run(whole.stock, [n for n in whole.numbers if data.draw(st.booleans())])
    assert [run.position(article) for article in run] == list(range(len(run)))
    assert [run.place_of(number) for number in run.numbers] == list(range(len(run)))
    for article in articles:
        newer = sum(newest_first(other) < newest_first(article) for other in run)
        assert run.position(article) == newer


@given(AGES)
def test_a_run_is_read_as_a_sequence(hours: list[int]) -> None:
    articles = stories(hours)
    run = run_of(articles)
    assert tuple(run) == articles
    assert len(run) == len(articles)
    assert run[2:5] == articles[2:5]
    assert run == run_of(articles)
    assert hash(run) == hash(run_of(articles))
    assert all(article in run for article in articles)
    assert story("other", hours=2) not in run


@given(hours=AGES, steps=STEPS)
def test_a_run_that_changes_again_and_again_is_as_if_made_anew(
    hours: list[int], steps: list[tuple[set[int], list[int]]]
) -> None:
    articles = [*stories(hours)]
    run = run_of(articles)
    for number, (places, ages) in enumerate(steps):
        before, were = run, tuple(run)
        gone = {run.numbers[place] for place in places if place < len(run)}
        come = stories(ages, f"step{number}-")
        run = run.without(gone, map(run.stock.add, reversed(come)))
        left = [article for place, article in enumerate(articles) if place not in places]
        articles = sorted((*left, *come), key=newest_first)
        assert tuple(run) == tuple(articles)
        assert tuple(before) == were


@pytest.mark.parametrize("count", [1, FEW, FEW + 1])
def test_what_is_not_there_cannot_go(count: int) -> None:
    run = run_of(stories([1, 2]))
    strangers = {run.stock.add(article) for article in stories([1] * count, "other")}
    assert run.without(strangers) == run


@given(st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=4))
def test_joined_runs_have_each_story_once(chosen: list[set[int]]) -> None:
    whole = run_of(stories([n // 2 for n in range(10)]))
    runs = [Run(whole.stock, sorted(places)) for places in chosen]
    together = joined(runs)
    assert list(together.numbers) == sorted(set().union(*chosen))


def test_a_story_is_fetched_when_it_is_asked_for_and_once() -> None:
    articles = {article.source.path: article for article in stories([1, 2, 3])}
    fetched = []

    def recall(path: str) -> Article:
        fetched.append(path)
        return articles[path]

    run = Run(Stock(map(newest_first, articles.values()), recall), range(3))
    assert run.position(story("s1", hours=2)) == 1
    assert len(run.without({0})) == 2
    assert fetched == []
    assert run[1] is run[1] is articles["content/articles/s1.md"]
    assert fetched == ["content/articles/s1.md"]


def test_a_number_that_nobody_knows_is_no_story() -> None:
    with pytest.raises(LookupError):
        Stock([(0.0, "a.md")]).article(0)


@given(hours=AGES, steps=STEPS, is_recalled=st.booleans())
def test_an_index_that_changes_again_and_again_is_as_if_made_anew(
    *, hours: list[int], steps: list[tuple[set[int], list[int]]], is_recalled: bool
) -> None:
    stock = Stock()
    there = {stock.add(article): article for article in stories(hours)}

    def key(article: Article) -> str:
        return article.slug[-1]

    def keyed(numbers: dict[int, Article]) -> dict[int, str]:
        return {number: key(article) for number, article in numbers.items()}

    def anew() -> Index:
        return Index(stock).after({}, keyed(there))

    index = anew()
    if is_recalled:
        first = index
        index = Index(stock, first.all, lambda: list(first))
    for number, (places, ages) in enumerate(steps):
        gone = {n: a for place, (n, a) in enumerate(there.items()) if place in places}
        come = {stock.add(article): article for article in stories(ages, f"step{number}-")}
        before, were = index, {name: index.all(name) for name in index}
        index = index.after(keyed(gone), keyed(come))
        there = {n: a for n, a in {**there, **come}.items() if n not in gone}
        assert {name: index.all(name) for name in index} == {
            name: anew().all(name) for name in anew()
        }
        assert index == anew()
        assert len(index) == len(anew())
        assert {name: before.all(name) for name in before} == were


def test_of_stories_with_one_key_the_oldest_is_meant() -> None:
    stock = Stock()
    numbers = [stock.add(article) for article in stories([1, 2, 2])]
    index = Index(stock).after({}, dict.fromkeys(reversed(numbers), "x"))
    assert index.all("x") == tuple(numbers)
    assert index["x"] == stock.article(numbers[-1])
    assert index.number("y") is None
    assert "x" in index
    assert "y" not in index
    with pytest.raises(KeyError):
        index["y"]
