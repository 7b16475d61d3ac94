"""When the disk is looked at after stirs."""

from hypothesis import given
from hypothesis import strategies as st

from generator.serve.quiet import LONGEST, QUIET, Stirs


def test_a_save_is_over_when_it_has_been_quiet_for_a_moment() -> None:
    stirs = Stirs(set())
    stirs.add("a", 10.0)
    stirs.add("b", 10.02)
    assert stirs.due() == 10.02 + QUIET
    assert stirs.take() == frozenset({"a", "b"})
    assert stirs.is_empty


def test_a_stir_anywhere_is_looked_for_everywhere_once() -> None:
    stirs = Stirs(set())
    stirs.add("a", 1.0)
    stirs.add(None, 1.0)
    assert stirs.take() is None
    stirs.add("b", 2.0)
    assert stirs.take() == frozenset({"b"})


@given(st.lists(st.floats(0, 0.05), min_size=1, max_size=200))
def test_a_storm_is_never_waited_out(gaps: list[float]) -> None:
    stirs, now = Stirs(set()), 100.0
    for gap in gaps:
        now += gap
        stirs.add("a", now)
    first = 100.0 + gaps[0]
    assert stirs.due() <= first + LONGEST
    assert stirs.due() <= now + QUIET
