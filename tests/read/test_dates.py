from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.read.dates import DateError, ParsedDate, date_from_name, parse_date

KYIV = ZoneInfo("Europe/Kyiv")


def parsed(text: str) -> ParsedDate:
    found = parse_date(text, KYIV)
    assert isinstance(found, ParsedDate), found
    return found


def utc(text: str) -> str:
    return parsed(text).instant.astimezone(UTC).isoformat()


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2013-05-01 14:22:08 -0400", "2013-05-01T18:22:08+00:00"),
        ("2018-04-06 09:23:41+00:00", "2018-04-06T09:23:41+00:00"),
        ("2015-03-17 14:00:00 -4", "2015-03-17T18:00:00+00:00"),
        ("2024-08-15T08:00Z", "2024-08-15T08:00:00+00:00"),
        ("2024-08-15t08:00z", "2024-08-15T08:00:00+00:00"),
        ("2024-08-15 08:00 UTC", "2024-08-15T08:00:00+00:00"),
        ("2024-08-15T08:00:00GMT", "2024-08-15T08:00:00+00:00"),
        ("2024-08-15T08:00:00+05:45", "2024-08-15T02:15:00+00:00"),
        ("2024-08-15T08:00:00-0330", "2024-08-15T11:30:00+00:00"),
        ("2024-08-15T08:00:00.5Z", "2024-08-15T08:00:00.500000+00:00"),
        ("2024-08-15T08:00:00.123456789Z", "2024-08-15T08:00:00.123456+00:00"),
        ("2024-08-15 08:00", "2024-08-15T05:00:00+00:00"),
        ("2024-08-15  8:00", "2024-08-15T05:00:00+00:00"),
        ("2024/8/5 8:00:59", "2024-08-05T05:00:59+00:00"),
        (" 2024-08-15T08:00:00 ", "2024-08-15T05:00:00+00:00"),
        ("2024-01-15T08:00:00", "2024-01-15T06:00:00+00:00"),
        ("2024-08-15", "2024-08-14T21:00:00+00:00"),
        ("2024/08/15", "2024-08-14T21:00:00+00:00"),
        ("2024-8-5", "2024-08-04T21:00:00+00:00"),
        ("2024-02-29", "2024-02-28T22:00:00+00:00"),
        ("1856-03-14", "1856-03-13T21:57:56+00:00"),
    ],
)
def test_dates_as_newsrooms_write_them_are_read(text: str, instant: str) -> None:
    assert utc(text) == instant


def test_an_instant_is_in_the_zone_asked_for() -> None:
    assert parsed("2024-08-15T08:00Z").instant.isoformat() == "2024-08-15T11:00:00+03:00"
    assert parsed("2024-08-15T08:00Z").instant.tzname() == "EEST"


@pytest.mark.parametrize("text", ["2024-08-15", "2024/8/15"])
def test_a_day_without_a_time_is_told_apart(text: str) -> None:
    assert parsed(text).day_only
    assert not parsed(f"{text} 00:00").day_only
    assert parsed(text).instant.date() == date(2024, 8, 15)


def test_a_time_that_the_clocks_skip_is_as_much_later() -> None:
    assert parsed("2024-03-31 03:30").instant.isoformat() == "2024-03-31T04:30:00+03:00"


def test_a_time_that_the_clocks_show_twice_is_the_first() -> None:
    assert utc("2024-10-27 03:30") == "2024-10-27T00:30:00+00:00"


def test_a_day_whose_midnight_the_clocks_skip_begins_later() -> None:
    found = parse_date("2018-11-04", ZoneInfo("America/Sao_Paulo"))
    assert isinstance(found, ParsedDate)
    assert found.instant.isoformat() == "2018-11-04T01:00:00-02:00"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2024-06-31 10:00", "June 2024 has 30 days"),
        ("2024-08-00", "August 2024 has 31 days"),
        ("2024-15-08", "The month comes before the day: write 2024-08-15."),
        ("2024-13-45", "There are twelve months."),
        ("05/06/2024", "Write 2024-06-05 (5 June) or 2024-05-06 (6 May)."),
        ("05/05/2024", "Write 2024-05-05."),
        ("25/12/2024", "Write 2024-12-25."),
        ("12/25/2024", "Write 2024-12-25."),
        ("25.12.2024 18:30", "Write 2024-12-25 18:30."),
        ("31.02.2024", "Write the year first, such as 2024-08-15."),
        ("2024.08.15", "Write 2024-08-15."),
        ("2024-08/15", "Write 2024-08-15."),
        ("15 August 2024", "Write 2024-08-15."),
        ("August 15th, 2024", "Write 2024-08-15."),
        ("Aug. 15, 2024", "Write 2024-08-15."),
        ("Thu, 15 Aug 2024 08:00:00 +0000", "Write 2024-08-15 08:00:00 +0000."),
        ("August 2024", "Write the year first, such as 2024-08-15."),
        ("2024-08-15 24:00", "Hours go from 0 to 23."),
        ("2024-08-15T08:60", "Minutes go from 0 to 59."),
        ("2024-08-15 08:00:60", "Seconds go from 0 to 59."),
        ("2024-08-15 08:00 +15", "Time zones go from -12:00 to +14:00."),
        (
            "2024-08-15 08:00 EST",
            "Write the time so: 2024-08-15 08:00, or with a zone 2024-08-15 08:00 +03:00.",
        ),
        ("0024-08-15", "Write the year in four digits, such as 2024-08-15."),
        ("9999-12-31T23:00-10:00", "In Europe/Kyiv it lies outside the years 1 to 9999."),
        ("2024", "Write year, month and day, such as 2024-08-15."),
        ("20240815", "Write year, month and day, such as 2024-08-15."),
        ("2024-W33-4", "Write year, month and day, such as 2024-08-15."),
        ("tomorrow", "Write year, month and day, such as 2024-08-15."),
        ("٢٠٢٤-08-15", "Write year, month and day, such as 2024-08-15."),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(text: str, hint: str) -> None:
    assert parse_date(text, KYIV) == DateError(f'not a date: "{text}"', hint)


def test_a_long_text_is_cut_in_the_message() -> None:
    found = parse_date("x" * 1000 + "\n", KYIV)
    assert isinstance(found, DateError)
    assert found.message == f'not a date: "{"x" * 60}…"'


FIRST = datetime(1000, 1, 2)  # noqa: DTZ001 # hypothesis takes bounds without a zone
LAST = datetime(9999, 12, 30)  # noqa: DTZ001 # as above
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(FIRST, LAST, timezones=OFFSETS), st.sampled_from([" ", "T"]))
def test_an_iso_date_is_read_as_the_instant_it_names(instant: datetime, mark: str) -> None:
    found = parsed(instant.isoformat(mark)).instant
    # In UTC: an hour that the clocks show twice never equals one of another zone.
    assert found.astimezone(UTC) == instant


@given(st.datetimes(FIRST, LAST).map(lambda local: local.replace(microsecond=0)))
def test_usual_and_unusual_spellings_agree(local: datetime) -> None:
    usual, aware = parsed(local.isoformat()), parsed(f"{local.isoformat()}+03:00")
    unusual = f"{local.year:04}/{local.month}/{local.day}  {local:%H:%M:%S}"
    assert parsed(unusual) == usual
    assert parsed(f"{unusual}.0 +3") == aware


@given(st.text(alphabet="0123456789-/:. +TZUTCaugAP", max_size=30))
def test_any_text_is_a_date_or_a_reason(text: str) -> None:
    found = parse_date(text, KYIV)
    assert isinstance(found, ParsedDate) or (found.message and found.hint)


@pytest.mark.parametrize(
    ("name", "day", "rest"),
    [
        ("2024-08-15-some-story", "2024-08-15", "some-story"),
        ("2024-08-15", "2024-08-15", ""),
        ("2024-8-5_two words", "2024-8-5", "two words"),
        ("2024-08-15 story", "2024-08-15", "story"),
        ("2024-02-30-story", "2024-02-30", "story"),
        ("2024-13-45-story", "", "2024-13-45-story"),
        ("1000-20-30", "", "1000-20-30"),
        ("12024-08-15-x", "", "12024-08-15-x"),
        ("2024-08-15story", "", "2024-08-15story"),
        ("24-08-15-story", "", "24-08-15-story"),
        ("some-story-2024-08-15", "", "some-story-2024-08-15"),
        ("", "", ""),
    ],
)
def test_the_date_in_a_file_name_is_split_off(name: str, day: str, rest: str) -> None:
    assert date_from_name(name) == (day, rest)
