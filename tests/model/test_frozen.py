"""A mapping that cannot change."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.frozen import EMPTY, FrozenMap, freeze


def test_it_reads_like_a_dict() -> None:
    frozen = freeze({"b": 1, "a": {"c": [1, {"d": None}]}})
    assert isinstance(frozen, FrozenMap)
    assert list(frozen) == ["b", "a"]
    assert (len(frozen), frozen["b"], "a" in frozen, frozen.get("x", 7)) == (2, 1, True, 7)
    inner = frozen["a"]
    assert isinstance(inner, FrozenMap)
    assert dict(inner) == {"c": (1, FrozenMap((("d", None),)))}
    with pytest.raises(KeyError):
        frozen["x"]


def test_it_cannot_change() -> None:
    frozen = FrozenMap((("a", 1),))
    with pytest.raises(TypeError):
        frozen["a"] = 2  # type: ignore[index] # that is the point
    with pytest.raises(AttributeError):
        frozen.items_ = ()


def test_keys_are_texts() -> None:
    frozen = freeze({1: "a", None: "b"})
    assert isinstance(frozen, FrozenMap)
    assert list(frozen) == ["1", "None"]


def test_nothing_is_empty() -> None:
    assert (len(EMPTY), bool(EMPTY), freeze({})) == (0, False, EMPTY)


trees = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), trees, max_size=4))
def test_equal_values_are_equal_hash_alike_and_travel(tree: dict[str, object]) -> None:
    frozen = freeze(tree)
    assert frozen == freeze(tree)
    assert hash(frozen) == hash(freeze(tree))
    assert freeze(frozen) == frozen
    assert pickle.loads(pickle.dumps(frozen)) == frozen  # noqa: S301 - our own bytes
