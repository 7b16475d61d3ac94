"""What goes to another process comes out of it as it went in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from pickle import PicklingError
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.frozen import freeze
from generator.stages.packing import pack, unpack


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class One:
    only: object


@dataclass(frozen=True, slots=True)
class Several:
    first: object
    second: object = None
    third: tuple[object, ...] = ()


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.just(Colour.RED)
    | st.just(ZoneInfo("Europe/Kyiv"))
    | st.just(datetime(2024, 10, 27, 3, 30, fold=1, tzinfo=ZoneInfo("Europe/Kyiv")))
    | st.just(datetime(2024, 10, 27, tzinfo=UTC))
    | st.just(Path("a/b"))
    | st.frozensets(st.integers(), max_size=1)
)
values = st.recursive(
    scalars | st.just(Nothing()),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(One, inner)
        | st.builds(Several, inner, inner, st.lists(inner, max_size=2).map(tuple))
        | st.dictionaries(st.text(), inner, max_size=2).map(freeze)
    ),
    max_leaves=10,
)


@given(values)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    found = unpack(pack(value))
    assert found == value
    assert repr(found) == repr(value)


def test_what_was_one_value_is_one_again() -> None:
    shared = Several("a", One(1))
    first, second = unpack(pack((shared, One(shared))))
    assert second.only is first


def test_a_function_that_has_no_name_cannot_be_packed() -> None:
    with pytest.raises((AttributeError, PicklingError)):
        pack(One(lambda: None))
