"""Instants as machines read them."""

import locale
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.timestamps import day_or_instant, rfc822, rfc3339

KYIV = ZoneInfo("Europe/Kyiv")
INSTANTS = st.datetimes(
    min_value=datetime(1800, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    timezones=st.sampled_from([UTC, KYIV, ZoneInfo("Asia/Kathmandu")]),
).map(lambda instant: instant.replace(microsecond=0))


def test_an_instant_keeps_its_zone() -> None:
    noon = datetime(2024, 8, 15, 12, 0, 5, 999, tzinfo=KYIV)
    assert rfc3339(noon) == "2024-08-15T12:00:05+03:00"
    assert rfc822(noon) == "Thu, 15 Aug 2024 12:00:05 +0300"


@given(INSTANTS)
def test_both_formats_mean_the_same_instant(instant: datetime) -> None:
    assert datetime.fromisoformat(rfc3339(instant)) == instant.astimezone(UTC)
    assert parsedate_to_datetime(rfc822(instant)) == instant.astimezone(UTC)


def test_an_offset_with_seconds_is_told_in_utc() -> None:
    long_ago = datetime(1907, 5, 1, 12, 0, tzinfo=KYIV)
    assert rfc3339(long_ago) == "1907-05-01T09:57:56+00:00"
    assert rfc822(long_ago) == "Wed, 01 May 1907 09:57:56 +0000"


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first = datetime(2024, 10, 27, 3, 30, tzinfo=KYIV)
    assert rfc3339(first) == "2024-10-27T03:30:00+03:00"
    assert rfc3339(first.replace(fold=1)) == "2024-10-27T03:30:00+02:00"
    assert rfc3339(first.astimezone(UTC)) == "2024-10-27T00:30:00+00:00"


def test_a_day_without_a_time_is_a_day() -> None:
    day = datetime(2024, 8, 15, tzinfo=KYIV)
    assert day_or_instant(day, day_only=True) == "2024-08-15"
    assert day_or_instant(day, day_only=False) == "2024-08-15T00:00:00+03:00"


def test_the_locale_does_not_matter() -> None:
    before = locale.setlocale(locale.LC_TIME)
    for name in ("uk_UA.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        try:
            assert rfc822(datetime(2024, 5, 1, tzinfo=UTC)) == "Wed, 01 May 2024 00:00:00 +0000"
        finally:
            locale.setlocale(locale.LC_TIME, before)


def test_a_naive_instant_is_our_own_fault() -> None:
    naive = datetime(2024, 5, 1)  # noqa: DTZ001 - that is the point
    with pytest.raises(TypeError, match="aware"):
        rfc3339(naive)
