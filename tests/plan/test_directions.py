"""Which way a language is written."""

import pytest
from babel import Locale, localedata

from generator.plan.directions import direction


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "ltr"),
        ("uk", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("AR", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("ar-Latn", "ltr"),
        ("ks-Deva", "ltr"),
        ("az-Arab-IR", "rtl"),
        ("pa-Arab", "rtl"),
        ("ff-Adlm", "rtl"),
        ("ku-Yezi", "rtl"),
        ("de-1996", "ltr"),
        ("ur-PK", "rtl"),
        ("pa", "ltr"),
        ("pa-PK", "rtl"),
        ("prs", "rtl"),
        ("arc", "rtl"),
        ("bqi", "rtl"),
        ("xx", "ltr"),
        ("ar-1", "rtl"),
    ],
)
def test_the_script_decides_or_else_the_language(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_every_language_of_cldr_runs_as_cldr_says() -> None:
    wrong = {}
    for identifier in localedata.locale_identifiers():
        tag = identifier.replace("_", "-")
        expected = "rtl" if Locale.parse(identifier).text_direction == "rtl" else "ltr"
        if direction(tag) != expected:
            wrong[tag] = expected
    assert wrong == {}
