"""Bylines: who is named in one line of text."""

import pytest

from generator.importers.people import people_in


@pytest.mark.parametrize(
    ("text", "names", "byline"),
    [
        ("Ann Lee", ("Ann Lee",), ""),
        ("Ann Lee and Bo Ek", ("Ann Lee", "Bo Ek"), ""),
        ("Ann Lee, Bo Ek & Cy Dun", ("Ann Lee", "Bo Ek", "Cy Dun"), ""),
        ("Ann Lee, Harbour Director", ("Ann Lee",), "Ann Lee, Harbour Director"),
        ("Ann Lee <ann@example.org>", ("Ann Lee",), ""),
        ("Staff, with agencies", (), "Staff, with agencies"),
        ("", (), ""),
    ],
)
def test_a_byline_names_people(text: str, names: tuple[str, ...], byline: str) -> None:
    assert people_in(text) == (names, byline)
