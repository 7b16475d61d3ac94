"""Frozen values: what they are, how they are kept, and what stands for them."""

import copy
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.model.frozen import EMPTY, FrozenMap, freeze_map
from generator.model.values import (
    NotPlainError,
    digest,
    field,
    fields_of,
    from_json,
    frozen,
    is_value,
    is_value_class,
    replace,
    to_bytes,
    to_json,
    told_in,
)

OSLO = ZoneInfo("Europe/Oslo")


@frozen
class Inner:
    """One that stands in another."""

    name: str = ""


@frozen
class Sent:
    """Of this module, so that it can be found by its name."""

    number: int
    names: tuple[str, ...] = ()
    inner: Inner | None = None
    at: datetime | None = None
    extra: FrozenMap = EMPTY
    made: dict[str, str] = field(default_factory=dict)

    @property
    def twice(self) -> int:
        """Of its first field."""
        return 2 * self.number


@frozen(order=True)
class Ordered:
    """With an order."""

    first: int
    second: str = ""


@frozen(eq=False)
class Alone:
    """Equal to itself alone."""

    number: int


FULL = Sent(1, ("a", "ß"), Inner("x"), datetime(2026, 7, 1, 12, tzinfo=OSLO), freeze_map({"a": 1}))


def test_a_value_has_what_a_dataclass_has() -> None:
    value = Sent(1, names=("a",))
    assert (value.number, value.names, value.inner, value.twice) == (1, ("a",), None, 2)
    assert value == Sent(1, ("a",)) != Sent(2, ("a",))
    assert repr(Inner("x")) == "Inner(name='x')"
    assert len({Inner("x"), Inner("x"), Inner("y")}) == 2
    assert Sent(1).made is not Sent(1).made
    assert copy.copy(value) == copy.deepcopy(value) == value
    assert (Ordered(1, "b") < Ordered(2, "a"), Alone(1) == Alone(1)) == (True, False)


def test_a_pattern_takes_its_fields_in_order() -> None:
    match Sent(1, ("n",)):
        case Sent(number, ("n",), inner=None):
            assert number == 1
        case _:
            pytest.fail("no match")


def test_nothing_about_it_changes() -> None:
    value: Any = Sent(1)
    with pytest.raises(AttributeError):
        value.number = 2
    with pytest.raises(AttributeError):
        del value.number
    with pytest.raises(AttributeError):
        value.other = 1
    assert not hasattr(value, "__dict__")


def test_wrong_arguments_are_refused() -> None:
    sent: Any = Sent
    with pytest.raises(TypeError):
        sent()
    with pytest.raises(TypeError):
        sent(1, (), None, None, EMPTY, {}, 7)
    with pytest.raises(TypeError):
        sent(1, other=1)


def test_a_field_is_changed_in_a_copy() -> None:
    assert replace(FULL, number=5, inner=None) == Sent(5, FULL.names, None, FULL.at, FULL.extra)
    assert FULL.number == 1
    with pytest.raises(TypeError):
        replace(FULL, unknown=1)


def test_the_fields_come_in_their_order() -> None:
    assert fields_of(Ordered(1, "b")) == (1, "b")
    assert (is_value(FULL), is_value(1), is_value_class(Sent), is_value_class(int)) == (
        True,
        False,
        True,
        False,
    )


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_can_be_sent_to_another_process(protocol: int) -> None:
    assert pickle.loads(pickle.dumps(FULL, protocol)) == FULL  # noqa: S301 - ours


def test_what_is_kept_comes_back_with_instants_by_the_clocks_of_the_zone() -> None:
    kept = from_json(Sent, to_json(FULL), OSLO)
    assert kept == FULL
    assert kept.at is not None
    assert (kept.at.tzname(), kept.at.hour) == ("CEST", 12)
    assert from_json(Sent, to_json(replace(FULL, at=FULL.at)), ZoneInfo("UTC")).at == FULL.at


def test_the_hour_that_the_clocks_repeat_keeps_its_instant() -> None:
    for hour in (0, 1):
        instant = datetime(2026, 10, 25, hour, 30, tzinfo=UTC).astimezone(OSLO)
        kept = from_json(Sent, to_json(Sent(1, at=instant)), OSLO)
        assert kept.at is not None
        assert kept.at.astimezone(UTC) == instant.astimezone(UTC)
        assert kept.at.isoformat() == instant.isoformat()


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2))
def test_instants_compare_and_differ_as_they_follow_each_other(instants: list[datetime]) -> None:
    try:
        first, second = (told_in(instant, OSLO) for instant in instants)
    except OverflowError:
        assume(False)
    assert (first < second) == (instants[0] < instants[1])
    assert second - first == instants[1] - instants[0]


def test_an_hour_lies_between_the_two_times_that_the_clocks_show_the_same() -> None:
    first, second = (told_in(datetime(2026, 10, 25, h, 30, tzinfo=UTC), OSLO) for h in (0, 1))
    assert (f"{first:%H:%M}", f"{second:%H:%M}") == ("02:30", "02:30")
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'["1"]', b"[1,[2]]", b"[1", b"\xff", b"1"])
def test_of_another_shape_nothing_is_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".|$"):
        from_json(Sent, data, OSLO)


@pytest.mark.parametrize("value", [Inner("\ud800"), FrozenMap((("a", object()),))])
def test_what_json_cannot_hold_is_not_kept(value: object) -> None:
    with pytest.raises(NotPlainError):
        to_json(value)
    assert to_bytes(value)  # a digest can be made of it all the same


@given(st.text(), st.text(), st.integers(0, 9), st.integers(0, 9))
def test_equal_digests_are_of_equal_values(a: str, b: str, m: int, n: int) -> None:
    one, other = Ordered(m, a), Ordered(n, b)
    assert (digest(one) == digest(other)) == (one == other)


def test_an_instant_told_by_other_clocks_has_another_digest() -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=OSLO)
    assert digest(Sent(1, at=at)) != digest(Sent(1, at=at.astimezone(UTC)))
