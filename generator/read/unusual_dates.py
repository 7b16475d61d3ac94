"""Dates in other forms than nearly all files have: read all the same, or told how to write."""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone, tzinfo

EXAMPLE = "2024-08-15"

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"[ \t]*(?P<zone>[Zz]|UTC|GMT|(?P<sign>[-+])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?"
    r")?"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?![0-9])")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
# In English on any machine, as the front matter's keys are.
_MONTH_NAMES = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(_MONTH_NAMES) if name}
_NAMED = re.compile(
    r"(?:(?P<before>[0-9]{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>[a-z]{3,9})\.?,?\s+"
    r"(?:(?P<after>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_CLOCK_LIMITS = (("hour", 23, "Hours"), ("minute", 59, "Minutes"), ("second", 59, "Seconds"))


def read_unusual(text: str) -> tuple[datetime, bool] | str:
    """The time that a text names, and whether it is a day alone; or what to write instead.

    The time has the zone that the text names, if any.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return _hint_for(text)
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    hint = _wrong_day(year, month, day) or _wrong_clock(match)
    if hint:
        return hint
    micros = int((match["fraction"] or "").ljust(6, "0")[:6])
    hour, minute, second = (int(match[part] or 0) for part, _, _ in _CLOCK_LIMITS)
    local = datetime(year, month, day, hour, minute, second, micros, _zone_of(match))
    return local, match["hour"] is None


def _wrong_day(year: int, month: int, day: int) -> str:
    """What is wrong with a day of the calendar, as a hint; nothing when it exists."""
    if year < 1000:  # noqa: PLR2004 # four digits, the first no zero
        return f"Write the year in four digits, such as {EXAMPLE}."
    if not 1 <= month <= 12:  # noqa: PLR2004
        swapped = 1 <= day <= 12 and not _wrong_day(year, day, month)  # noqa: PLR2004
        if swapped:
            return f"The month comes before the day: write {year:04}-{day:02}-{month:02}."
        return "There are twelve months."
    days = monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"{_MONTH_NAMES[month]} {year} has {days} days"


def _wrong_clock(match: re.Match[str]) -> str:
    for part, limit, name in _CLOCK_LIMITS:
        if int(match[part] or 0) > limit:
            return f"{name} go from 0 to {limit}."
    if int(match["hours"] or 0) > 14 or int(match["minutes"] or 0) > 59:  # noqa: PLR2004
        return "Time zones go from -12:00 to +14:00."
    return ""


def _zone_of(match: re.Match[str]) -> tzinfo | None:
    if match["zone"] is None:
        return None
    offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    return timezone(-offset if match["sign"] == "-" else offset) if offset else UTC


def _hint_for(text: str) -> str:
    """What to write instead, as near to the text as it can be told."""
    if match := _DAY_FIRST.match(text):
        days = [(int(match[2]), int(match[1])), (int(match[1]), int(match[2]))]
        return _hint_of(int(match[3]), days, text[match.end() :])
    if (match := _YEAR_FIRST.match(text)) and not _DATE.match(text):
        return _hint_of(int(match[1]), [(int(match[2]), int(match[3]))], text[match.end() :])
    if match := _NAMED.search(text):
        month = _MONTHS.get(match["month"][:3].lower(), 0)
        day = int(match["before"] or match["after"] or 0)
        return _hint_of(int(match["year"]), [(month, day)], text[match.end() :])
    if _DATE.match(text):
        return f"Write the time so: {EXAMPLE} 08:00, or with a zone {EXAMPLE} 08:00 +03:00."
    return f"Write year, month and day, such as {EXAMPLE}."


def _hint_of(year: int, days: list[tuple[int, int]], rest: str) -> str:
    """Name the days that a text may mean: `05/06/2024` is 5 June or May 6."""
    meant = {}
    for month, day in days:
        written = f"{year:04}-{month:02}-{day:02}"
        if not _wrong_day(year, month, day):
            with_time = f"{written} {rest.strip(' ,')}"
            meant[with_time if _DATE.fullmatch(with_time) else written] = (
                f"{day} {_MONTH_NAMES[month]}"
            )
    if not meant:
        return f"Write the year first, such as {EXAMPLE}."
    if len(meant) == 1:
        return f"Write {next(iter(meant))}."
    return "Write " + " or ".join(f"{written} ({said})" for written, said in meant.items()) + "."
