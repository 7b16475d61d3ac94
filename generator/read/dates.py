"""Dates as newsrooms write them: from a text to an instant in the site's time zone."""

import re
from datetime import datetime, tzinfo

from generator.model.problems import shown
from generator.model.values import frozen, told_in

_DAY_LENGTH = len("2024-08-15")

# A subset of what `read_unusual` reads, and of what `datetime.fromisoformat` does in any Python.
_USUAL = re.compile(
    r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r"(?:Z|[-+](?:0[0-9]|1[0-4]):[0-5][0-9])?)?"
)
_NAME = re.compile(
    r"(?P<date>[12][0-9]{3}-[0-9]{1,2}-[0-9]{1,2})(?:[-_ ]+(?P<rest>.*))?", re.DOTALL
)


@frozen
class ParsedDate:
    """An instant, aware, in the zone asked for; `day_only` when the text named no time."""

    instant: datetime
    day_only: bool = False


@frozen
class DateError:
    """Why a text is no date, and what to write instead."""

    message: str
    hint: str


def parse_date(text: str, zone: tzinfo, *, is_late: bool = False) -> ParsedDate | DateError:
    """Read a date, or a date and time, into an instant in `zone`.

    Year, month and day in this order, between hyphens or slashes; then, behind a `T` or a
    blank, hours and minutes, seconds if there are any, and a zone (`Z`, `UTC`, `GMT`,
    `+03:00`, `-0400`, `-4`). A time without a zone is one of `zone`'s clocks: when they
    show it twice, the first is meant, or with `is_late` the second; when they skip it, it is
    as much later as they skip (02:30 is 03:30). A day is its first moment.
    """
    text = text.strip()
    usual = _usual(text)
    if usual is not None:
        local = _local(usual, zone, is_late=is_late)
        return _in_zone(local, text, zone, day_only=len(text) == _DAY_LENGTH)
    from generator.read.unusual_dates import read_unusual  # noqa: PLC0415 - 1 ms, and few dates need it

    found = read_unusual(text)
    if isinstance(found, str):
        return DateError(_not_a_date(text), found)
    local, day_only = found
    return _in_zone(_local(local, zone, is_late=is_late), text, zone, day_only=day_only)


def date_from_name(name: str) -> tuple[str, str]:
    """Split the date off a file's name: `2024-08-15-storm` is `2024-08-15` and `storm`.

    The date is a text for `parse_date`, and empty when the name begins with none.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return "", name
    month, day = (int(part) for part in match["date"].split("-")[1:])
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 # a calendar's numbers
        return "", name
    return match["date"], match["rest"] or ""


def _usual(text: str) -> datetime | None:
    """Read the forms that nearly all files have, ten times as fast; None for the others."""
    if not _USUAL.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _local(written: datetime, zone: tzinfo, *, is_late: bool) -> datetime:
    """A time on `zone`'s clocks, if it has no zone of its own."""
    if written.tzinfo is not None:
        return written
    first, second = (written.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    # Where the clocks skip a time, the second way to count it is the earlier one.
    return second if is_late and _is_repeated(first, second) else first


def _is_repeated(first: datetime, second: datetime) -> bool:
    before, after = first.utcoffset(), second.utcoffset()
    return before is not None and after is not None and before > after


def _in_zone(local: datetime, text: str, zone: tzinfo, *, day_only: bool) -> ParsedDate | DateError:
    try:
        return ParsedDate(told_in(local, zone), day_only)
    except OverflowError:
        return DateError(_not_a_date(text), f"In {zone} it lies outside the years 1 to 9999.")


def _not_a_date(text: str) -> str:
    return f'not a date: "{shown(text)}"'
