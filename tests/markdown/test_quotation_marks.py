# ruff: noqa: RUF001 - curly quotes are what this is about

import pytest

from generator.markdown.quotation_marks import QuotationMarks, marks_of


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", "“ ” ‘ ’"),
        ("en-GB", "“ ” ‘ ’"),
        ("de", "„ “ ‚ ‘"),
        ("de-AT", "„ “ ‚ ‘"),
        ("de-ch", "« » ‹ ›"),
        ("sr-Latn", "„ “ ‘ ‘"),
        ("zh", "“ ” ‘ ’"),
        ("zh-Hant-HK", "「 」 『 』"),
        ("pt", "“ ” ‘ ’"),
        ("pt-PT", "« » “ ”"),
        ("es-MX", "“ ” ‘ ’"),
        ("xx", "“ ” ‘ ’"),
    ],
)
def test_marks_are_those_of_the_nearest_language(language: str, marks: str) -> None:
    assert marks_of(language) == QuotationMarks(*marks.split())


def test_french_marks_stand_apart_from_the_words() -> None:
    assert marks_of("fr") == QuotationMarks("«\u202f", "\u202f»", "“", "”")
    assert marks_of("fr-CH").opening == "«"
