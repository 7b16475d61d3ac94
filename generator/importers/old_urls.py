"""Lists of old addresses that a newsroom has: a sitemap, an access log, a list, a table.

Whatever the file is, each address counts once, decoded, from the site's root, with its query.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.model.problems import HinderedError

LOCATION = re.compile(r"<(?:\w++:)?+loc>\s*+(?:<!\[CDATA\[\s*+)?+([^<\]\s]++)", re.IGNORECASE)
REQUEST = re.compile(r'"(?:GET|HEAD) ([^\s"]++)[^"]*+" ([0-9]{3})\b')
"""The Common Log Format's request and status, as Apache, nginx and others write it."""
ADDRESS = re.compile(r"(?:https?://|/)[^\s,;\"']*")
FOUND = frozenset({"200", "206", "301", "302", "304", "307", "308"})
LONGEST_LINE = 20_000


def read_old_urls(file: Path, hosts: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The addresses in a file, in order; those of other `hosts` are left out, if any are given.

    Raises HinderedError where the file cannot be read.
    """
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            found = (one for line in lines for one in _addresses(line[:LONGEST_LINE]))
            ours = (path for url in found if (path := _path(url, hosts)))
            return tuple(dict.fromkeys(ours))
    except OSError as error:
        hint = "Name a sitemap, an access log, or a list with an address on each line."
        raise HinderedError(f"{file.name} cannot be read: {error.strerror}", hint) from None


def _addresses(line: str) -> Iterator[str]:
    if "<" in line and (locations := LOCATION.findall(line)):
        yield from map(unescape, locations)
    elif requests := REQUEST.findall(line):
        yield from (path for path, status in requests if status in FOUND)
    elif not line.lstrip().startswith(("<", "#")) and (found := ADDRESS.search(line)):
        yield found[0]


def _path(url: str, hosts: frozenset[str]) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if host and hosts and host.removeprefix("www.") not in hosts:
        return ""
    path = unquote(parts.path) or "/"
    return f"{path}?{parts.query}" if parts.query else path
