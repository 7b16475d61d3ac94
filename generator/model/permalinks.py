"""Permalinks: from the pattern in the configuration to an article's address."""

import re
from datetime import datetime
from functools import lru_cache

TOKEN = re.compile(r":([a-z]+)")
KNOWN = frozenset({"section", "year", "month", "day", "slug"})
DIGITS = {"year": ":04", "month": ":02", "day": ":02"}
ADDRESS = re.compile(r"/(?:[a-z0-9._~-]+/)*")
LONGEST = 500
"""Characters of an address: hosts read lines of up to 1,000, disks take paths of 4,096 bytes."""
LONGEST_PART = 200
"""Characters between two slashes: disks take names of 255 bytes."""


def permalink_fault(pattern: str) -> str:
    """What is wrong with a permalink pattern, or nothing. The last slash may be left out."""
    unknown = [name for name in TOKEN.findall(pattern) if name not in KNOWN]
    if unknown:
        return f'unknown part ":{unknown[0]}" in the permalink pattern'
    if ":slug" not in pattern:
        return "the permalink pattern has no :slug"
    name = pattern.rpartition("/")[2]
    if "." in name or address_fault(TOKEN.sub("x", _closed(pattern))):
        return f'not a pattern of addresses: "{pattern}"'
    return ""


def address_fault(address: str) -> str:
    """What is wrong with a page's address written by hand, or nothing.

    Lower-case ASCII between slashes is the only form that works on every host.
    """
    if len(address) > LONGEST:
        return f"an address of more than {LONGEST} characters"
    parts = address.split("/")
    if not ADDRESS.fullmatch(address) or any(p.startswith(".") or p.endswith(".") for p in parts):
        return f'not an address: "{address}"'
    if any(len(part) > LONGEST_PART for part in parts):
        return f"an address with a part of more than {LONGEST_PART} characters"
    return ""


def expand(pattern: str, *, section: str, slug: str, date: datetime) -> str:
    """The address of an article; the date counts in its own time zone."""
    return _form(pattern).format(
        section=section, slug=slug, year=date.year, month=date.month, day=date.day
    )


@lru_cache(maxsize=16)  # a site has one, and all its stories go by it
def _form(pattern: str) -> str:
    """A pattern as `str.format` has it."""
    return _closed(TOKEN.sub(lambda token: f"{{{token[1]}{DIGITS.get(token[1], '')}}}", pattern))


def _closed(address: str) -> str:
    return address if address.endswith("/") else address + "/"
