"""What must not be cut off a picture, as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.pictures import Focus, focus_of


@pytest.mark.parametrize(
    ("written", "focus"),
    [
        (["0.3", "0.4"], Focus(1, 2)),
        ("0.3, 0.4", Focus(1, 2)),
        ("0,1", Focus(0, 4)),
        ("left top", Focus(0, 0)),
        ("top left", Focus(0, 0)),
        ("Right-Bottom", Focus(4, 4)),
        ("upper", Focus(2, 1)),
        ("lower right", Focus(4, 3)),
        ("center", Focus(2, 2)),
        ("left middle", Focus(0, 2)),
        (["left", "top"], Focus(0, 0)),
    ],
)
def test_numbers_and_words_say_where(written: object, focus: Focus) -> None:
    assert focus_of(written) == focus


@pytest.mark.parametrize("written", ["", "here", "0.3", "1.2,0", "-1 0", "nan 0", [], "0 0 0"])
def test_anything_else_says_nothing(written: object) -> None:
    assert focus_of(written) is None


@given(st.text(max_size=12) | st.lists(st.text(max_size=5), max_size=3))
def test_whatever_is_written_does_no_harm(written: object) -> None:
    found = focus_of(written)
    assert found is None or (found.x in range(5) and found.y in range(5))


def test_the_middle_needs_no_class() -> None:
    assert Focus().classes == ""
    assert Focus(0, 2).classes == "focus-x0"
    assert Focus(3, 1).classes == "focus-x3 focus-y1"
