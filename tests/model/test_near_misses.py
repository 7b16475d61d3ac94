import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.near_misses import NearMisses, is_slip
from generator.model.tag_keys import tag_key
from tests.support.work import assert_in_proportion

KEYS = st.text(alphabet="abcs 2", max_size=12).map(tag_key)


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("krusk", "kursk"),
        ("lukshenko", "lukashenko"),
        ("lukaashenko", "lukashenko"),
        ("lukashanko", "lukashenko"),
        ("zelenskyy", "zelensky"),
        ("enviroment", "environment"),
        ("war in ukrane", "war in ukraine"),
        ("opensource", "open source"),
        ("лукшенко", "лукашенко"),
    ],
)
def test_a_slip_is_seen_from_both_sides(key: str, known: str) -> None:
    assert NearMisses([known, "something else"]).of(key) == known
    assert NearMisses([key, "something else"]).of(known) == key


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("2023", "2024"),
        ("elections 2023", "elections 2024"),
        ("covid19", "covid20"),
        ("g7", "g8"),
        ("war", "wars"),
        ("iran", "iraq"),
        ("tariff", "tariffs"),
        ("russia", "russian"),
        ("princes", "princess"),
        ("iceland", "ireland"),
        ("gambia", "zambia"),
        ("spokesman", "spokesmen"),
        ("lukashenka", "lukashenko"),
        ("україна", "україни"),
        ("war on ukraine", "war in ukraine"),
        ("lgbtq", "lgbtq+"),
        ("kursk", "kursk"),
        ("kursk", "minsk"),
        ("a b", "ab"),
    ],
)
def test_two_words_are_no_slip(key: str, known: str) -> None:
    assert not is_slip(key, known)
    assert not is_slip(known, key)
    assert NearMisses([known]).of(key) is None


def test_a_known_key_is_no_slip_of_another() -> None:
    assert NearMisses(["kursk", "krusk"]).of("kursk") is None


def test_the_first_of_several_is_named() -> None:
    assert NearMisses(["zellensky", "zeelensky"]).of("zelensky") == "zeelensky"


@given(KEYS, KEYS)
def test_being_near_has_no_direction(key: str, known: str) -> None:
    assert is_slip(key, known) == is_slip(known, key)


@given(KEYS, st.lists(KEYS, max_size=6))
def test_the_index_finds_what_trying_all_would_find(key: str, known: list[str]) -> None:
    tried = sorted(other for other in known if is_slip(key, other))
    expected = None if key in known or not tried else tried[0]
    assert NearMisses(known).of(key) == expected


def test_thousands_of_tags_take_time_in_proportion() -> None:
    chance = random.Random(1)  # noqa: S311 # no secret, but the same words in each run
    keys = ["".join(chance.choices("abcdefghijklmnop", k=12)) for _ in range(5_000)]

    def find(size: int) -> None:
        index = NearMisses(keys[:size])
        assert all(index.of(key[:3] + key[4:]) for key in keys[:size])

    assert_in_proportion(find, len(keys))
