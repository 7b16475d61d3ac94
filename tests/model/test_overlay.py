"""A mapping with a few entries changed."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.overlay import Overlay, overlaid

keys = st.sampled_from("abcdef")
bases = st.dictionaries(keys, st.integers())
changes = st.dictionaries(keys, st.none() | st.integers())


def changed(
    base: Mapping[str, int], *each: Mapping[str, int | None]
) -> tuple[Mapping[str, int], dict[str, int]]:
    """The base with changes laid over it one after another, and a dict that had the same."""
    laid, plain = base, dict(base)
    for change in each:
        laid = overlaid(laid, change)
        for key, value in change.items():
            if value is None:
                plain.pop(key, None)
            else:
                plain[key] = value
    return laid, plain


@given(bases, st.lists(changes, max_size=3))
def test_it_reads_as_a_dict_that_was_changed(
    base: dict[str, int], each: list[dict[str, int | None]]
) -> None:
    laid, plain = changed(base, *each)
    assert dict(laid) == plain
    assert len(laid) == len(plain)
    for key in (*"abcdef", 1):
        assert (key in laid) == (key in plain)
    for key in "abcdef":
        assert laid.get(key) == plain.get(key)


def test_what_was_taken_away_is_not_there_though_the_base_has_it() -> None:
    with pytest.raises(KeyError):
        overlaid({"a": 1}, {"a": None})["a"]


@given(bases, st.lists(changes, min_size=1, max_size=3))
def test_the_base_stays_as_it_was_and_has_one_overlay_at_most(
    base: dict[str, int], each: list[dict[str, int | None]]
) -> None:
    before = dict(base)
    laid, _ = changed(base, *each)
    assert base == before
    assert isinstance(laid, Overlay)
    assert laid.base is base
