"""Instants as machines read them, in English and ASCII whatever the locale."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def rfc3339(instant: datetime) -> str:
    """An aware instant as RFC 3339 and W3C-DTF have it: `2024-08-15T14:00:00+03:00`."""
    return _written(instant, instant.tzinfo, instant.fold)


def rfc822(instant: datetime) -> str:
    """An aware instant as RSS has it (RFC 822 with four digits of year)."""
    instant = _whole_minutes(instant)
    day, month = DAYS[instant.weekday()], MONTHS[instant.month - 1]
    return f"{day}, {instant.day:02} {month} {instant.year:04} {instant:%H:%M:%S %z}"


def day_or_instant(instant: datetime, *, day_only: bool) -> str:
    """The day alone where the newsroom gave no time of day, else the instant (RFC 3339)."""
    return instant.date().isoformat() if day_only else rfc3339(instant)


@lru_cache(maxsize=4096)  # a story's instant stands on all listings that show it
def _written(instant: datetime, _zone: tzinfo | None, _fold: int) -> str:
    """As `rfc3339`. Instants are equal also where their zone or fold is another."""
    return _whole_minutes(instant).isoformat(timespec="seconds")


def _whole_minutes(instant: datetime) -> datetime:
    """The same instant with an offset of whole minutes, which is all that the formats allow.

    Local mean times of long ago had seconds: Kyiv was 2:02:04 east of Greenwich until 1924.
    Raises TypeError for a naive instant, which would mean another one on each machine.
    """
    offset = instant.utcoffset()
    if offset is None:
        raise TypeError(f"an instant must be aware: {instant}")
    return instant.astimezone(UTC) if offset.seconds % 60 else instant
