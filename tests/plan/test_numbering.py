"""Numbering that never shifts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import Base
from generator.model.values import replace
from generator.plan.numbering import (
    NumberedPage,
    front_length,
    numbered_page,
    older_pages,
    page_of,
)

BASE = Base("https://example.org", "/gazette")
FRONT = "/tags/kursk/"

totals = st.integers(0, 200)
sizes = st.integers(1, 30)


def pages(total: int, size: int) -> dict[int, NumberedPage[int]]:
    """A listing of `total` stories, the newest with the highest number."""
    run = tuple(range(total, 0, -1))
    made = [
        numbered_page(run, size, FRONT, BASE, number)
        for number in range(older_pages(total, size) + 1)
    ]
    assert [page.pager.number for page in made] == [*range(len(made))]
    return dict(enumerate(made))


@pytest.mark.parametrize(
    ("total", "shown"), [(0, 0), (1, 1), (19, 19), (20, 10), (21, 11), (29, 19), (30, 10)]
)
def test_the_front_shows_the_remainder_and_one_page_more(total: int, shown: int) -> None:
    assert front_length(total, 10) == shown


@given(totals, sizes)
def test_every_story_stands_on_exactly_one_page_in_its_order(total: int, size: int) -> None:
    numbered = pages(total, size)
    order = [0, *range(len(numbered) - 1, 0, -1)]
    shown = [item for number in order for item in numbered[number].items]
    assert shown == list(range(total, 0, -1))


@given(totals, sizes)
def test_a_story_is_found_on_the_page_that_shows_it(total: int, size: int) -> None:
    for number, page in pages(total, size).items():
        places = [total - item for item in page.items]
        assert {page_of(place, total, size) for place in places} <= {number}


@given(totals, sizes)
def test_older_pages_are_full_and_the_front_is_never_short_of_stories(
    total: int, size: int
) -> None:
    front, *older = pages(total, size).values()
    assert all(len(page.items) == size for page in older)
    assert len(front.items) < 2 * size
    assert len(front.items) >= min(total, size)


@given(totals, st.integers(1, 60), sizes)
def test_old_pages_never_change_but_for_the_newer_link_of_the_latest(
    total: int, more: int, size: int
) -> None:
    before, after = pages(total, size), pages(total + more, size)
    latest = len(before) - 1
    for number in range(1, latest + 1):
        old, new = before[number], after[number]
        if number == latest:
            newer_url = new.pager.newer_url
            old = replace(old, pager=replace(old.pager, newer_url=newer_url))
        assert old == new


@given(totals, sizes)
def test_links_lead_from_the_front_to_the_oldest_page_and_back(total: int, size: int) -> None:
    by_url = {BASE.url(page.address): page for page in pages(total, size).values()}
    page = by_url["/gazette/tags/kursk/"]
    way = [page]
    while page.pager.older_url:
        older = by_url[page.pager.older_url]
        assert older.pager.newer_url == BASE.url(page.address)
        page = older
        way.append(page)
    assert [page.pager.number for page in way] == [0, *range(len(by_url) - 1, 0, -1)]
    oldest = BASE.url(page.address)
    for step in way:
        assert step.pager.newest_url == ("" if step.pager.number == 0 else "/gazette/tags/kursk/")
        assert step.pager.oldest_url == ("" if step is way[-1] or len(way) < 3 else oldest)


def test_pages_are_counted_from_the_oldest() -> None:
    numbered = pages(25, 10)
    assert numbered[1].address == "/tags/kursk/page/1/"
    assert numbered[1].items == tuple(range(10, 0, -1))
    assert numbered[0].address == FRONT
    assert numbered[0].items == tuple(range(25, 10, -1))
