"""Dates of other generators: the day by their own clocks stays the day."""

from zoneinfo import ZoneInfo

import pytest

from generator.importers.foreign_dates import read_date

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2014-03-05", "2014-03-05"),
        ("2014-03-05T00:00:00Z", "2014-03-05"),
        ("2014-03-05 00:00:00 -0800", "2014-03-05"),
        ("2014-03-05 10:30", "2014-03-05 10:30:00"),
        ("2014-03-05 10:30:00 +0200", "2014-03-05 10:30:00"),
        ("2014-03-05 22:30:00 -0500", "2014-03-05 22:30:00-05:00"),
        ("2014-03-05T20:30:00+15:00", "2014-03-05 07:30:00"),
        ("Wed, 05 Mar 2014 10:30:00 +0200", "2014-03-05 10:30:00"),
        ("March 5, 2014", "2014-03-05"),
        ("05 Mar 2014", "2014-03-05"),
    ],
)
def test_dates_are_read_and_written(text: str, written: str) -> None:
    found = read_date(text, KYIV)
    assert found is not None
    assert found.written(KYIV) == written
    assert found.day.isoformat() == "2014-03-05"


@pytest.mark.parametrize("text", ["", "soon", "2014-13-45", "12", "0000-00-00"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, KYIV) is None
