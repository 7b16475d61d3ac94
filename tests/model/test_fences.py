from hypothesis import given
from hypothesis import strategies as st

from generator.model.fences import CodeFence, code_fences
from tests.support.work import assert_in_proportion


def fences(text: str) -> tuple[CodeFence, ...]:
    return code_fences(text.split("\n"))


def test_a_fence_reaches_to_the_line_that_closes_it() -> None:
    assert fences("a\n```python\nx\n```\nb") == (CodeFence(1, 3, 0, "python"),)


def test_a_fence_is_closed_by_the_same_mark_at_least_as_long() -> None:
    assert fences("````\n```\n~~~~\n`````") == (CodeFence(0, 3, 0, ""),)


def test_tildes_make_a_fence_and_may_have_backticks_behind_them() -> None:
    assert fences("~~~ a`b\n```\n~~~") == (CodeFence(0, 2, 0, "a`b"),)


def test_backticks_behind_backticks_are_a_code_span() -> None:
    assert fences("``` x ``` y\n```") == (CodeFence(1, -1, 0, ""),)


def test_a_fence_that_nothing_closes_is_text() -> None:
    assert fences("```\nx\n~~~\ny\n~~~") == (CodeFence(0, -1, 0, ""), CodeFence(2, 4, 0, ""))


def test_an_indented_fence_is_code_of_another_kind() -> None:
    assert fences("    ```\n    x\n    ```") == ()
    assert fences("   ```\n   x\n   ```") == (CodeFence(0, 2, 3, ""),)


def test_in_a_list_item_a_fence_may_be_indented() -> None:
    text = "1. Do\n\n      ```sh\n      ls\n      ```\n2. Then"
    assert fences(text) == (CodeFence(2, 4, 6, "sh", in_list=True),)


def test_a_paragraph_ends_the_list_before_it() -> None:
    assert fences("- a\n\nb\n\n    ```\n    x\n    ```") == ()


def test_a_fence_at_the_margin_ends_the_list() -> None:
    assert fences("- a\n```\nx\n```\n\n    ```\n    y\n    ```") == (CodeFence(1, 3, 0, ""),)


@given(st.lists(st.sampled_from(["```", "````x", "~~~", "   ```", "a", "", "- b", "      ```"])))
def test_fences_never_overlap(lines: list[str]) -> None:
    done = -1
    for fence in code_fences(lines):
        assert fence.first > done
        assert fence.last == -1 or fence.last > fence.first
        done = max(fence.first, fence.last)


def test_many_open_fences_take_no_more_time_than_their_share() -> None:
    assert_in_proportion(lambda size: fences("```\n" + "````x\n~~~~y\n" * size), 20_000)
