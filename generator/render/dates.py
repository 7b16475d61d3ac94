"""Dates and counts as people read them, in any language, by the CLDR data that Babel carries.

Nothing here asks the process for its locale or time zone: an instant is shown in the
zone that it carries, in the language that is named. Babel takes longer to import than a
page takes to render, so it is imported where it is first used. Results are kept, since a
newsroom's pages show the same days again and again.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from gettext import c2py
from typing import Any

from generator.model.languages import wider_tags

FALLBACK = "en"


@lru_cache(maxsize=256)
def nearest_locale(language: str) -> str:
    """The CLDR locale nearest to a language tag: `pt-BR` is `pt_BR`; English if none is near."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 4 ms

    for tag in wider_tags(language.replace("_", "-")):
        try:
            return str(Locale.parse(tag, sep="-"))
        except (ValueError, UnknownLocaleError):
            continue
    return FALLBACK


@lru_cache(maxsize=64)
def _locale(language: str) -> Any:  # noqa: ANN401 - it is imported late
    """The CLDR data nearest to a language tag: to find them by name takes as long as a date."""
    from babel import Locale  # noqa: PLC0415 - 4 ms

    return Locale.parse(nearest_locale(language))


@lru_cache(maxsize=256)
def open_graph_locale(language: str) -> str:
    """A language tag as Open Graph writes it, with a territory: `uk` is `uk_UA`.

    "" where nothing is known of the language.
    """
    from babel.core import get_global, parse_locale  # noqa: PLC0415 - 4 ms

    likely = get_global("likely_subtags")
    for tag in wider_tags(language.replace("_", "-")):
        try:
            parts = parse_locale(tag, sep="-")
        except ValueError:
            continue
        territory = parts[1] or likely.get(tag.replace("-", "_"), "").rpartition("_")[2]
        if territory.isdigit():
            return ""  # a continent, which Open Graph does not know
        if territory and parts[0] in likely:
            return f"{parts[0]}_{territory}"
    return ""


def long_date(when: date, language: str, weekday: bool = False) -> str:
    """The day in words: `15 August 2024`, `15 août 2024`; with its `weekday` where asked for."""
    return _day(when.year, when.month, when.day, language, "full" if weekday else "long")


def long_date_and_time(when: datetime, language: str) -> str:
    """Day, time and time zone: `15 August 2024, 14:30 EEST`; in the zone that `when` carries."""
    day = long_date(when, language)
    clock = _time_of_day(when.hour, when.minute, language)
    return _together(language).format(f"{clock} {zone_name(when)}", day)


def zone_name(when: datetime) -> str:
    """The zone's abbreviation where it has one (`EEST`), else its distance from UTC.

    CLDR knows abbreviations in few languages; these are the time zone database's own.
    """
    name = when.tzname() or "UTC"
    if name.isalpha():
        return name
    offset = when.utcoffset() or timedelta(0)
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours:02}:{rest:02}"  # noqa: RUF001 - a true minus


def counted(number: int, forms: Mapping[str, str], language: str) -> str:
    """A number with its noun: `forms` are the CLDR plural forms, with `{n}` for the number.

    `{"one": "{n} story", "other": "{n} stories"}` gives "1 story" and "1,200 stories".
    `other` must be there: it stands for every form that is not. Forms from a gettext catalogue are
    numbered, and the one to take follows from their `plural`.
    """
    form, digits = _plural(number, language)
    if "plural" in forms:
        chosen = forms.get(str(_formula(forms["plural"])(number)), forms["0"])
        return chosen.replace("{n}", digits)
    return forms.get(form, forms["other"]).replace("{n}", digits)


@lru_cache(maxsize=64)
def _formula(plural: str) -> Callable[[int], int]:
    """What a catalogue's `Plural-Forms` reckon: the number of the form for a number."""
    try:
        return c2py(plural or "n != 1")
    except ValueError:
        return c2py("n != 1")


@lru_cache(maxsize=8192)
def _day(year: int, month: int, day: int, language: str, length: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - 8 ms

    return str(format_date(date(year, month, day), length, _locale(language)))


@lru_cache(maxsize=2048)
def _time_of_day(hour: int, minute: int, language: str) -> str:
    from babel.dates import format_time  # noqa: PLC0415 - 8 ms

    return str(format_time(time(hour, minute), "short", locale=_locale(language)))


@lru_cache(maxsize=64)
def _together(language: str) -> str:
    """How the language puts a time `{0}` and a day `{1}` together; CLDR quotes its letters."""
    return str(_locale(language).datetime_formats["medium"]).replace("'", "")


@lru_cache(maxsize=1024)
def _plural(number: int, language: str) -> tuple[str, str]:
    """The plural form that a number takes, and its digits."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - 4 ms

    locale = _locale(language)
    return locale.plural_form(number), format_decimal(number, locale=locale)
