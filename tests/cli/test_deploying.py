"""What `rollback` is given."""

import click
import pytest

from generator.cli.deploying import target_and_number


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ("", 0)),
        (("12",), ("", 12)),
        (("live",), ("live", 0)),
        (("live", "12"), ("live", 12)),
    ],
)
def test_a_target_and_a_number_may_each_be_left_out(
    words: tuple[str, ...], expected: tuple[str, int]
) -> None:
    assert target_and_number(words) == expected


@pytest.mark.parametrize("words", [("live", "last"), ("a", "1", "2")])
def test_anything_else_is_wrong_usage(words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        target_and_number(words)
