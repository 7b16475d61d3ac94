"""Absolute URLs, for what is read away from the site."""

import re
from urllib.parse import urljoin

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
STRIPPED = "".join(map(chr, range(0x21)))


def absolute_url(url: str, origin: str) -> str:
    """The absolute form of a URL from the root (`/a/`, `//host/a`); others stay as they are."""
    if url.startswith("//"):
        return origin.partition("//")[0] + url
    return origin + url if url.startswith("/") else url


def resolved(url: str, page_url: str) -> str:
    """A URL as a browser on the page would ask for it (URL standard, 4.4, in short)."""
    url = url.strip(STRIPPED).translate({9: None, 10: None, 13: None})
    if SCHEME.match(url):
        return url
    if url.startswith("/"):
        return absolute_url(url, "/".join(page_url.split("/", 3)[:3]))
    if url.startswith("#"):
        return page_url + url
    try:
        return urljoin(page_url, url)
    except ValueError:  # such as a bracket that is no IPv6 address: a dead link stays a dead link
        return url
