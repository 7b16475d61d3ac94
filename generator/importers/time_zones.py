"""The time zone of an old site, told by how far its local times are from Greenwich."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

BY_LANGUAGE = {
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "es": "Europe/Madrid",
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "uk": "Europe/Kyiv",
    "fi": "Europe/Helsinki",
    "sv": "Europe/Stockholm",
    "nb": "Europe/Oslo",
    "da": "Europe/Copenhagen",
    "ja": "Asia/Tokyo",
    "he": "Asia/Jerusalem",
}
ZONES = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul"),
    *("Europe/Moscow", "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Halifax"),
    *("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Santiago"),
    *("America/Mexico_City", "Asia/Jerusalem", "Africa/Lagos", "Africa/Johannesburg"),
    *("Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka"),
    *("Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Brisbane", "Australia/Sydney"),
    *("Australia/Adelaide", "Pacific/Auckland"),
)
MOST = 2000


def zone_called(name: str) -> ZoneInfo:
    """The zone that a configuration names; UTC where it names none that there is."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError):
        return ZoneInfo("UTC")


class ZoneGuess:
    """Gathers local times with their offsets, and tells the zone that has them all."""

    def __init__(self) -> None:
        self._times: list[datetime] = []
        self._offsets: Counter[timedelta] = Counter()

    def add(self, date: str) -> None:
        """Learn of a date, as front matter has it; one without an offset tells nothing."""
        if len(self._times) < MOST and date[-5:-4] in ("+", "-"):
            time = datetime.strptime(date, "%Y-%m-%d %H:%M:%S %z")
            self._times.append(time)
            self._offsets[time.utcoffset() or timedelta()] += 1

    def name(self, language: str) -> str:
        """The zone of most of the times; that of the language's country, where it fits as well."""
        if not self._times:
            return ""
        likely = BY_LANGUAGE.get(language.replace("_", "-").partition("-")[0].lower(), "")
        found = {zone: self._hits(zone) for zone in (*filter(None, (likely,)), *ZONES)}
        best = max(found, key=lambda zone: found[zone])
        offset, count = self._offsets.most_common(1)[0]
        hours, rest = divmod(offset, timedelta(hours=1))
        if count > found[best] and not rest:
            return f"Etc/GMT{-hours:+d}"
        return best

    def _hits(self, zone: str) -> int:
        there = ZoneInfo(zone)
        return sum(time.astimezone(there).utcoffset() == time.utcoffset() for time in self._times)
