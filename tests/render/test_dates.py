"""Dates and counts are right in many languages, and the same on every machine."""

import json
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.dates import (
    counted,
    long_date,
    long_date_and_time,
    nearest_locale,
    open_graph_locale,
    zone_name,
)

AFTERNOON = datetime(2024, 8, 5, 14, 30, tzinfo=ZoneInfo("Europe/Kyiv"))
STORIES = {"one": "{n} story", "other": "{n} stories"}
UKRAINIAN = {
    "one": "{n} матеріал",
    "few": "{n} матеріали",
    "many": "{n} матеріалів",
    "other": "{n} матеріалу",
}


def with_plain_spaces(text: str) -> str:
    """Which spaces hold a date together differs from one edition of CLDR to the next."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "August 5, 2024"),
        ("en-GB", "5 August 2024"),
        ("uk", "5 серпня 2024 р."),  # noqa: RUF001 - Ukrainian
        ("ar", "5 أغسطس 2024"),
        ("he", "5 באוגוסט 2024"),
        ("pt-BR", "5 de agosto de 2024"),
        ("zh-TW", "2024年8月5日"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(language: str, expected: str) -> None:
    assert with_plain_spaces(long_date(AFTERNOON, language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "August 5, 2024, 2:30 PM EEST"),
        ("en-GB", "5 August 2024, 14:30 EEST"),
        ("uk", "5 серпня 2024 р., 14:30 EEST"),  # noqa: RUF001 - Ukrainian
        ("ar", "5 أغسطس 2024، 2:30 م EEST"),
    ],
)
def test_an_instant_has_its_time_and_zone(language: str, expected: str) -> None:
    assert with_plain_spaces(long_date_and_time(AFTERNOON, language)) == expected


def test_quoted_letters_of_a_pattern_come_without_their_quotes() -> None:
    assert "'" not in long_date_and_time(AFTERNOON, "co")


def test_summer_and_winter_have_their_own_zone_names() -> None:
    assert zone_name(AFTERNOON) == "EEST"
    assert zone_name(AFTERNOON.replace(month=1)) == "EET"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (ZoneInfo("America/Sao_Paulo"), "UTC\N{MINUS SIGN}03:00"),
        (ZoneInfo("Asia/Kathmandu"), "UTC+05:45"),
        (timezone(timedelta(hours=-9, minutes=-30)), "UTC\N{MINUS SIGN}09:30"),
        (ZoneInfo("UTC"), "UTC"),
    ],
)
def test_a_zone_without_a_name_is_told_by_its_distance(
    zone: ZoneInfo | timezone, expected: str
) -> None:
    assert zone_name(datetime(2024, 8, 5, 14, 30, tzinfo=zone)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pt-BR", "pt_BR"),
        ("sr-Latn-RS", "sr_Latn_RS"),
        ("de-CH-1996", "de_CH"),
        ("zh-TW", "zh_Hant_TW"),
        ("xx-UA", "en"),
        ("tlh", "en"),
        ("", "en"),
        ("../../etc/passwd", "en"),
    ],
)
def test_an_unknown_language_gets_the_nearest_locale(language: str, expected: str) -> None:
    assert nearest_locale(language) == expected


@given(st.text(max_size=20))
@settings(max_examples=60)
def test_no_language_tag_is_too_odd(language: str) -> None:
    assert "2024" in long_date(AFTERNOON, language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *(
            ("uk", "uk_UA"),
            ("en", "en_US"),
            ("en-GB", "en_GB"),
            ("ar", "ar_EG"),
            ("zh-TW", "zh_TW"),
        ),
        *(("zh", "zh_CN"), ("zh-Hant", "zh_TW"), ("sr", "sr_RS"), ("sr-Latn", "sr_RS")),
        *(("tlh", ""), ("es-419", ""), ("no such", "")),
    ],
)
def test_open_graph_names_a_territory(language: str, expected: str) -> None:
    assert open_graph_locale(language) == expected


def test_numbers_bring_the_right_form_of_their_noun() -> None:
    assert counted(1, STORIES, "en") == "1 story"
    assert counted(1200, STORIES, "en") == "1,200 stories"
    numbers = [counted(number, UKRAINIAN, "uk") for number in (1, 3, 5, 21)]
    assert numbers == ["1 матеріал", "3 матеріали", "5 матеріалів", "21 матеріал"]


def test_a_form_that_is_not_there_is_the_general_one() -> None:
    assert counted(3, {"other": "{n}"}, "uk") == "3"


def test_years_of_long_ago_and_far_ahead_are_written() -> None:
    assert long_date(date(1605, 2, 28), "en-GB") == "28 February 1605"
    assert long_date(date(9999, 12, 31), "en-GB") == "31 December 9999"


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Apia", "LC_ALL": "ar_EG.UTF-8", "LANG": "ar_EG.UTF-8"},
        {"TZ": "No/Where", "LC_ALL": "nonsense", "LANGUAGE": "xx:yy"},
    ],
)
def test_the_environment_changes_nothing(environment: dict[str, str]) -> None:
    program = (
        "import json\n"
        "from datetime import datetime\n"
        "from zoneinfo import ZoneInfo\n"
        "from generator.render.dates import long_date, long_date_and_time\n"
        "when = datetime(2024, 8, 5, 14, 30, tzinfo=ZoneInfo('Europe/Kyiv'))\n"
        "print(json.dumps([long_date(when, 'uk'), long_date_and_time(when, 'uk')]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )
    here = [long_date(AFTERNOON, "uk"), long_date_and_time(AFTERNOON, "uk")]
    assert json.loads(done.stdout) == here
