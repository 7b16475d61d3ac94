"""A frozen class is, in everything but the time it takes, what the standard library would make."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar, NamedTuple

import pytest

from generator.model.values import frozen, with_field

ByLibrary = dataclass(frozen=True, slots=True)


class Four(NamedTuple):
    """Classes made by the same decorator."""

    nothing: Any
    one: Any
    several: Any
    own: Any


def make(decorator: Callable[[type], type]) -> Four:
    """The same four classes, made by either."""

    class Nothing:
        """Without fields."""

    class One:
        """With one."""

        a: object

    class Several:
        """With defaults, a method, a constant, and names that a careless compiler would mix up."""

        known: ClassVar[int] = 7
        self: int
        name: str
        set: tuple[int, ...] = ()
        make: list[int] = field(default_factory=list)
        percent: str = "%s"

        @property
        def twice(self) -> int:
            """Of its first field."""
            return 2 * self.self

    class Own:
        """With methods of its own, which stay."""

        a: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 1

    return Four(*map(decorator, (Nothing, One, Several, Own)))


@frozen
class Sent:
    """Of this module, so that it can be found by its name."""

    a: int
    b: tuple[str, ...] = ()


BOTH = [make(ByLibrary), make(frozen)]


@pytest.mark.parametrize("made", BOTH)
def test_what_a_dataclass_does_is_done(made: Four) -> None:
    nothing, one, several, own = made
    value = several(1, "n", percent="100 %")
    assert (value.self, value.name, value.set, value.make) == (1, "n", (), [])
    assert (value.twice, value.known) == (2, 7)
    where = "make.<locals>."
    assert repr(value) == f"{where}Several(self=1, name='n', set=(), make=[], percent='100 %')"
    assert [repr(nothing()), repr(one((1,)))] == [f"{where}Nothing()", f"{where}One(a=(1,))"]
    assert value == several(1, name="n", percent="100 %") != several(1, "n")
    assert (one(1) == 1, nothing() == one(1), nothing() == nothing()) == (False, False, True)
    assert len({one(1), one(1.0), one(2), nothing(), nothing()}) == 3
    assert several(1, "n").make is not several(1, "n").make
    assert (repr(own(1)), own(1) == 2, hash(own(3))) == ("own", True, 1)
    assert replace(value, self=5).twice == 10
    assert copy.copy(value) == copy.deepcopy(value) == value


@pytest.mark.parametrize("made", BOTH)
def test_a_pattern_takes_its_fields_in_order(made: Four) -> None:
    several = made.several
    match several(1, "n"):
        case several(number, "n", set=()):
            assert number == 1
        case _:
            pytest.fail("no match")


@pytest.mark.parametrize("made", BOTH)
def test_wrong_arguments_are_refused(made: Four) -> None:
    nothing, one, several, _ = made
    with pytest.raises(TypeError):
        nothing(1)
    with pytest.raises(TypeError):
        one()
    with pytest.raises(TypeError):
        one(1, 2)
    with pytest.raises(TypeError):
        several(1, "n", unknown=2)


@pytest.mark.parametrize("made", BOTH)
def test_nothing_about_it_changes(made: Four) -> None:
    value = made.one(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        value.a = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del value.a
    with pytest.raises((FrozenInstanceError, TypeError)):
        value.other = 1
    assert (value.a, hasattr(value, "__dict__")) == (1, False)
    with pytest.raises(TypeError):
        hash(made.several(1, "n"))  # a list stands in it


def test_the_library_sees_the_same_class() -> None:
    for theirs, ours in zip(*BOTH, strict=True):
        assert is_dataclass(ours)
        assert _seen(ours) == _seen(theirs)


def _seen(kind: Any) -> list[object]:  # noqa: ANN401 - a class
    found = [(field.name, field.type, field.default) for field in fields(kind)]
    return [found, kind.__match_args__, kind.__slots__, kind.__doc__, kind.__qualname__]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_can_be_sent_to_another_process(protocol: int) -> None:
    value = Sent(1, ("a", "b"))
    assert pickle.loads(pickle.dumps(value, protocol)) == value  # noqa: S301 - ours


def test_a_value_with_another_field_is_the_one_that_replace_makes() -> None:
    value = Sent(1, ("b",))
    assert with_field(value, "a", 2) == replace(value, a=2)
    assert with_field(value, "b", ()) == replace(value, b=())
    assert value == Sent(1, ("b",))


def test_a_field_that_is_not_there_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="'c'"):
        with_field(Sent(1), "c", 2)
