"""Measures of work: what grows too fast is caught, however it works."""

import re

import pytest

from tests.support.work import assert_in_proportion, steps

MANY_STARTS = re.compile(r"a+b")


def count(times: int) -> int:
    total = 0
    for number in range(times):
        total += number
    return total


def test_the_same_work_has_the_same_steps() -> None:
    assert steps(lambda: count(50)) == steps(lambda: count(50))
    assert steps(lambda: count(51)) - steps(lambda: count(50)) == 2


def test_what_grows_with_the_size_is_in_proportion() -> None:
    assert_in_proportion(count, 5_000)
    assert_in_proportion(lambda size: re.search("a", "b" * size), 500_000)


def test_what_grows_with_the_square_of_the_size_is_not() -> None:
    with pytest.raises(AssertionError, match="lines become"):
        assert_in_proportion(lambda size: count(size * size), 400)


def test_what_a_regular_expression_does_is_seen_as_well() -> None:
    with pytest.raises(AssertionError, match="times when the size grows"):
        assert_in_proportion(lambda size: MANY_STARTS.search("a" * size), 16_000)
