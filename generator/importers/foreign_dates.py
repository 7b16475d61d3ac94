"""Dates of other generators: the clocks that they were written by, and how we write them.

The day in an address is the day by those clocks. A date at midnight names a day and no more: it
is written as a day, which is the same day in every zone.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from generator.model.values import frozen, replace
from generator.read.dates import ParsedDate, parse_date

OFFSET = re.compile(r"[0-9][ \t]*(?:Z|UTC|GMT|([-+])([0-9]{1,2}):?([0-9]{2})?)[ \t]*\Z")
LARGEST, LARGEST_WRITTEN = timedelta(hours=24), timedelta(hours=14)
FORMS = (
    *("%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S", "%d %b %Y %H:%M:%S", "%d %b %Y"),
    *("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y %H:%M", "%Y-%m-%d %I:%M %p"),
    *("%Y-%m-%d %I:%M:%S %p", "%Y.%m.%d", "%d.%m.%Y", "%m/%d/%Y", "%Y%m%d"),
    *("%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S.%f %z", "%Y-%m-%d %H:%M:%S.%f"),
)
MIDNIGHT = time()


@frozen
class WrittenDate:
    """An instant, told by the clocks that it was written by."""

    instant: datetime
    day_only: bool

    @property
    def day(self) -> date:
        """The day by its own clocks: the one in an address."""
        return self.instant.date()

    @property
    def is_day(self) -> bool:
        """Whether it names a day and no more."""
        return self.day_only or self.instant.time() == MIDNIGHT

    def told_in(self, zone: tzinfo) -> "WrittenDate":
        """The same by the clocks of a zone; a day stays the day."""
        return self if self.day_only else replace(self, instant=self.instant.astimezone(zone))

    def written(self, zone: tzinfo) -> str:
        """As it stands in front matter, in a site of this zone."""
        if self.is_day:
            return self.day.isoformat()
        local = self.instant.replace(microsecond=0)
        if local.utcoffset() == local.astimezone(zone).utcoffset():
            return local.replace(tzinfo=None).isoformat(sep=" ")
        offset = abs(local.utcoffset() or timedelta())
        if offset > LARGEST_WRITTEN or offset.seconds % 60:
            return local.astimezone(zone).replace(tzinfo=None).isoformat(sep=" ")
        return local.isoformat(sep=" ")


def read_date(text: str, zone: tzinfo) -> WrittenDate | None:
    """What a foreign text says of a date; `zone` is the one of dates that name none."""
    text = " ".join(text.split())
    if not text:
        return None
    offset = _offset(text)
    found = parse_date(text, offset or zone)
    if isinstance(found, ParsedDate):
        return WrittenDate(found.instant, found.day_only)
    # Offsets that no clock has, such as +15:00, are sums all the same; names of zones are not.
    without = re.sub(r"[ \t]*[-+][0-9]{2}:?[0-9]{2}\Z", "", text)
    for again in (without, re.sub(r"[ \t]+[A-Z]{2,5}\Z", "", without)):
        found = parse_date(again, offset or zone) if again != text else found
        if isinstance(found, ParsedDate):
            return WrittenDate(found.instant, found.day_only)
    return _other_form(text, zone)


def _offset(text: str) -> tzinfo | None:
    """The offset from UTC that a text names, if it is one."""
    match = OFFSET.search(text)
    if match is None or ":" not in text:
        return None
    if match[1] is None:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset) if offset < LARGEST else None


def _other_form(text: str, zone: tzinfo) -> WrittenDate | None:
    for form in FORMS:
        with suppress(ValueError, OverflowError):
            found = datetime.strptime(text, form)  # noqa: DTZ007 - it gets a zone below
            local = found if found.tzinfo else found.replace(tzinfo=zone)
            return WrittenDate(local, "%H" not in form and "%I" not in form)
    return None
