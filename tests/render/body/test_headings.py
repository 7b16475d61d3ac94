import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.body.headings import Ids, levels_below_title, slug_of

levels = st.lists(st.integers(1, 6))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ([1, 2, 3], [2, 3, 4]),
        ([2, 4], [2, 3]),
        ([2, 4, 3, 4], [2, 3, 3, 4]),
        ([3, 2, 3], [2, 2, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
        ([4, 6, 5, 4], [2, 3, 3, 2]),
        ([], []),
    ],
)
def test_headings_are_shown_one_level_below_what_they_stand_under(
    written: list[int], shown: list[int]
) -> None:
    assert list(levels_below_title(written)) == shown


@given(levels)
def test_no_level_is_skipped_and_all_are_below_the_title(written: list[int]) -> None:
    last = 1
    for level in levels_below_title(written):
        assert 2 <= level <= min(last + 1, 6)
        last = level


@given(levels)
def test_levels_that_are_right_stay(written: list[int]) -> None:
    shown = list(levels_below_title(written))
    assert list(levels_below_title(shown)) == shown


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What's new in 2024?", "whats-new-in-2024"),
        ("  C++ & C#  ", "c-c"),
        ("snake_case: x", "snake-case-x"),
        ("Кінець — «війни»", "кінець-війни"),
        ("It’s é", "its-é"),  # noqa: RUF001 - a curly apostrophe
        ("e\u0301", "é"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("🎉", "section"),
        ("", "section"),
    ],
)
def test_a_slug_keeps_letters_and_digits_of_any_script(text: str, slug: str) -> None:
    assert slug_of(text) == slug


@given(st.text(max_size=30))
def test_a_slug_has_no_space_underscore_or_colon_and_is_never_empty(text: str) -> None:
    slug = slug_of(text)
    assert slug
    assert not set(slug) & set("_: \t\n\"'<>&#%")
    assert slug_of(slug) == slug


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "a-2-2", "b"])))
def test_taken_ids_are_all_different(names: list[str]) -> None:
    ids = Ids(["a", "b-2"])
    taken = [ids.take(name) for name in names]
    assert len({*taken, "a", "b-2"}) == len(taken) + 2
