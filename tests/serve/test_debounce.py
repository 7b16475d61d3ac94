"""When the disk is looked at after events."""

from hypothesis import given
from hypothesis import strategies as st

from generator.serve.debounce import LONGEST, QUIET, Events


def test_a_save_is_over_when_it_has_been_quiet_for_a_moment() -> None:
    events = Events(set())
    events.add("a", 10.0)
    events.add("b", 10.02)
    assert events.due() == 10.02 + QUIET
    assert events.take() == frozenset({"a", "b"})
    assert events.is_empty


def test_an_event_anywhere_is_looked_for_everywhere_once() -> None:
    events = Events(set())
    events.add("a", 1.0)
    events.add(None, 1.0)
    assert events.take() is None
    events.add("b", 2.0)
    assert events.take() == frozenset({"b"})


@given(st.lists(st.floats(0, 0.05), min_size=1, max_size=200))
def test_a_storm_is_never_waited_out(gaps: list[float]) -> None:
    events, now = Events(set()), 100.0
    for gap in gaps:
        now += gap
        events.add("a", now)
    first = 100.0 + gaps[0]
    assert events.due() <= first + LONGEST
    assert events.due() <= now + QUIET
