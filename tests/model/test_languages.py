"""What a language tag looks like."""

import pytest
from babel import localedata

from generator.model.languages import COUNTRIES, TAG, language_fault, wider_tags


@pytest.mark.parametrize("tag", ["uk", "pt-BR", "sr-Latn-RS", "de-1996", "yue-Hant"])
def test_language_tags_are_known_by_their_looks(tag: str) -> None:
    assert TAG.fullmatch(tag)


@pytest.mark.parametrize("tag", ["", "english", "uk_UA", "-", "uk-", "u", "uk UA", "uk\n"])
def test_what_is_no_tag_is_not(tag: str) -> None:
    assert not TAG.fullmatch(tag)


@pytest.mark.parametrize("tag", ["uk", "uk-UA", "be", "zh-CN", "xx"])
def test_a_language_has_no_fault(tag: str) -> None:
    assert language_fault(tag) == ""


def test_a_tag_gets_wider_by_one_subtag_at_a_time() -> None:
    assert [*wider_tags("sr-Latn-RS")] == ["sr-Latn-RS", "sr-Latn", "sr"]
    assert [*wider_tags("uk")] == ["uk"]


def test_a_country_in_the_place_of_its_language_is_told() -> None:
    assert language_fault("ua") == '"ua" is a country: its language is "uk"'
    assert language_fault("UA-ua") == '"ua" is a country: its language is "uk"'
    assert language_fault("uk_UA") == 'not a language: "uk_UA"'


def test_no_language_of_cldr_is_taken_for_a_country() -> None:
    known = {identifier.split("_")[0] for identifier in localedata.locale_identifiers()}
    assert not known & COUNTRIES.keys()
    assert known >= set(COUNTRIES.values())
