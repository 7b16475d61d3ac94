"""Problems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.problems import (
    Place,
    Problem,
    Severity,
    SiteError,
    in_order,
    shown,
    told_once,
    warning,
)
from generator.model.values import replace


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.md"), "a.md"),
        (Place("a.md", 4), "a.md:4"),
        (Place("a.md", 4, 7), "a.md:4:7"),
    ],
)
def test_a_place_is_written_as_far_as_it_is_known(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_warning_stops_nothing() -> None:
    doubt = warning(Place("a.md"), "odd", "Look.", ("title",))
    assert not doubt.is_error
    assert doubt == Problem(Place("a.md"), "odd", "Look.", Severity.WARNING, keys=("title",))
    assert Problem(Place("a.md"), "wrong").is_error


problems = st.builds(
    Problem,
    st.builds(Place, st.sampled_from(["a", "b"]), st.integers(0, 11), st.integers(0, 2)),
    st.sampled_from(["x", "y"]),
    st.sampled_from(["", "h"]),
    st.sampled_from(Severity),
)


@given(st.lists(problems, max_size=8))
def test_problems_come_by_place_each_once(found: list[Problem]) -> None:
    ordered = in_order(found)
    assert set(ordered) == set(found)
    assert len(ordered) == len(set(found))
    assert ordered == in_order(reversed(found))
    assert [problem.place for problem in ordered] == sorted(problem.place for problem in ordered)


def test_lines_are_ordered_as_numbers() -> None:
    late, early = Problem(Place("a", 10), "x"), Problem(Place("a", 9), "x")
    assert in_order([late, early]) == (early, late)


def test_an_error_of_the_site_carries_its_problems_in_order() -> None:
    error = SiteError([Problem(Place("b"), "two"), Problem(Place("a", 1), "one")])
    assert [problem.message for problem in error.problems] == ["one", "two"]
    assert str(error) == "a:1: one; b: two"


def test_doubts_of_one_kind_about_an_archive_are_told_once_whatever_they_name() -> None:
    def dead(path: str, target: str) -> Problem:
        return warning(Place(path, 3), f'leads nowhere: "{target}"')

    told = (
        dead("old/a.md", "/x"),
        dead("old/a.md", "/y"),
        dead("old/b.md", "/z"),
        warning(Place("old/b.md"), "<port> is no HTML element"),
        warning(Place("old/b.md"), "nothing has these attributes: {.a}"),
        warning(Place("old/c.md"), "nothing has these attributes: {#b}"),
        warning(Place("old/c.md"), 'no HTML tag: <a href="/x/'),
        warning(Place("old/c.md"), 'no HTML tag: <img src="y'),
        warning(Place("old/c.md"), "shown as it stands: :heart:"),
        warning(Place("old/c.md"), "shown as it stands: :rocket:"),
        replace(dead("old/c.md", "/w"), severity=Severity.ERROR),
        dead("today.md", "/x"),
        dead("today.md", "/y"),
    )
    found = told_once(told, is_archive=lambda path: path.startswith("old/"))
    assert [problem.message for problem in found] == [
        'leads nowhere: "/x" (3 such, in 2 files)',
        "<port> is no HTML element",
        "nothing has these attributes: {.a} (2 such, in 2 files)",
        'no HTML tag: <a href="/x/ (2 such)',
        "shown as it stands: :heart: (2 such)",
        'leads nowhere: "/w"',
        'leads nowhere: "/x"',
        'leads nowhere: "/y"',
    ]


def test_what_has_one_cause_is_told_at_its_first_place_with_the_number_of_files() -> None:
    def unknown(key: str, path: str) -> Problem:
        told = warning(Place(path, 3), f'unknown key "{key}"')
        return replace(told, is_told_once=True)

    doubts = (warning(Place("a.md", 9), "doubtful"), warning(Place("b.md", 9), "doubtful"))
    many = [unknown("layout", f"{name}.md") for name in "abc"]
    found = told_once((*many, *doubts, unknown("math", "b.md")))
    assert [(p.place.path, p.message) for p in found] == [
        ("a.md", 'unknown key "layout" (in 3 files)'),
        ("a.md", "doubtful"),
        ("b.md", "doubtful"),
        ("b.md", 'unknown key "math"'),
    ]
    errors = tuple(replace(problem, severity=Severity.ERROR) for problem in many)
    assert told_once(errors) == errors
    assert len(told_once(errors, errors=True)) == 1


def test_a_message_quotes_no_more_than_a_line() -> None:
    assert shown("a\nb  c") == "a b c"
    assert shown("x" * 61) == "x" * 60 + "…"
