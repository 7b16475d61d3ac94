"""Dates as Go writes them."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

LAYOUTS: Mapping[str, Callable[[datetime], str]] = {
    "2006": lambda day: f"{day:%Y}",
    "January": lambda day: f"{day:%B}",
    "Jan": lambda day: f"{day:%b}",
    "Monday": lambda day: f"{day:%A}",
    "Mon": lambda day: f"{day:%a}",
    "MST": lambda _: "UTC",
    "15": lambda day: f"{day:%H}",
    "01": lambda day: f"{day:%m}",
    "02": lambda day: f"{day:%d}",
    "03": lambda day: f"{day:%I}",
    "04": lambda day: f"{day:%M}",
    "05": lambda day: f"{day:%S}",
    "06": lambda day: f"{day:%y}",
    "PM": lambda day: f"{day:%p}",
    "1": lambda day: str(day.month),
    "2": lambda day: str(day.day),
    "3": lambda day: str(int(f"{day:%I}")),
}
LAYOUT = re.compile("|".join(LAYOUTS))


def go_date(moment: datetime, layout: str) -> str:
    """A date as Go writes it: the layout is how 2 January 2006, 15:04:05, would be written."""
    return LAYOUT.sub(lambda found: LAYOUTS[found[0]](moment), layout)
