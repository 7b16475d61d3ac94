"""Dates at both ends of what a date can be: published, held back or a problem, in every zone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import BuildOptions, build
from generator.cli.asked import instant
from generator.live.site import LiveOptions, LiveSite
from generator.model.problems import SiteError
from generator.read.dates import DateError, parse_date

MakeSite = Callable[[str], Path]
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "Europe/Kyiv", "UTC")
DATES = ("9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "1000-01-01")
SITE = """
-- config.yaml --
title: Tiny
base_url: https://tiny.example/
timezone: ZONE
feeds: {full_text: true}
-- content/articles/one.md --
---
title: One
date: 1000-01-01
tags: [a]
---
Text.
-- content/articles/two.md --
---
title: Two
date: 2024-01-01
KEY: DATE
tags: [a]
---
Text.
"""
EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


def site_of(make_site: MakeSite, zone: str, key: str, date: str) -> Path:
    text = SITE.replace("ZONE", zone).replace("KEY: DATE", f"{key}: {date}")
    return make_site(text.replace("date: 2024-01-01\n", "") if key == "date" else text)


@pytest.mark.parametrize("zone", ZONES[:2])
@pytest.mark.parametrize("key", ["date", "updated", "embargo", "expires"])
@pytest.mark.parametrize("date", DATES)
def test_a_date_at_the_end_is_shown_or_a_problem(
    make_site: MakeSite, zone: str, key: str, date: str
) -> None:
    site = site_of(make_site, zone, key, date)
    zone_info = ZoneInfo(zone)
    for now in (EARLIEST, datetime(2024, 6, 1, tzinfo=UTC), LATEST):
        try:
            local = now.astimezone(zone_info)
        except OverflowError:
            continue
        try:
            build(BuildOptions(site, local, workers=0, allow_shrink=True))
        except SiteError as error:
            lines = {found.place.line for found in error.problems}
            assert lines == {3 if key == "date" else 4}
        live = LiveSite(site, LiveOptions(now=local, held=True))
        assert live.answer("/").status == 200


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "epoch", ["-62135596800", "253402300799", "253402300800", "-62135596801", "9" * 20, "9" * 9000]
)
def test_an_epoch_at_the_end_is_an_instant_or_wrong_usage(
    zone: str, epoch: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    try:
        now = instant("", ZoneInfo(zone))
    except click.BadParameter as error:
        assert len(str(error)) < 100  # noqa: PT017 - both ends are fine
        return
    assert now.timestamp() == int(epoch)
    site = site_of(make_site, zone, "expires", "9999-12-31")
    build(BuildOptions(site, now, workers=0))


@given(
    st.integers(1, 9999),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(["", "T00:00", "T23:59:59", "T00:00Z", "T23:59:59Z", "T00:00+14:00"]),
    st.sampled_from(ZONES),
)
def test_every_year_is_read_in_every_zone_or_told(
    year: int, month: int, day: int, clock: str, zone: str
) -> None:
    found = parse_date(f"{year:04}-{month:02}-{day:02}{clock}", ZoneInfo(zone))
    if isinstance(found, DateError):
        assert found.hint
    else:
        assert found.instant.astimezone(UTC).astimezone(ZoneInfo(zone)) == found.instant
