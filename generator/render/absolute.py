"""Absolute URLs, for what is read away from the site: in values, and in the HTML of a body."""

import re
from html import escape, unescape
from urllib.parse import urljoin

URL_ATTRIBUTES = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src"})
CANDIDATE_ATTRIBUTES = frozenset({"imagesrcset", "srcset"})
SCRIPT_SCHEMES = ("javascript:", "vbscript:", "data:text/html")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
STRIPPED = "".join(map(chr, range(0x21)))

# Tags as the HTML standard's tokenizer cuts them (13.2.5). No part of these patterns gives back
# what it took, and a tag that has begun always matches: time is linear in the text.
NAME = r"[^\s/>][^\s/>=]*+"
VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)"""
ATTRIBUTE = re.compile(rf"({NAME})(?:\s*+=\s*+({VALUE})?+)?+")
TAG = re.compile(
    rf"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<code>script|style)(?=[\s/>]).*?(?:</(?P=code)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)
    | (?P<tag><[a-z][^\s/>]*+)
      (?P<attributes>(?:[\s/]++|{NAME}(?:\s*+=\s*+{VALUE}?+)?+)*+)
      (?P<end>>|\Z)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# A candidate of `srcset`: a URL, which may hold commas but not end in one, and its descriptors.
CANDIDATE = re.compile(r"[\s,]*+(?:(\S*[^\s,])(\s[^,]*+)?|\Z)")


def absolute_url(url: str, origin: str) -> str:
    """The absolute form of a URL from the root (`/a/`, `//host/a`); others stay as they are."""
    if url.startswith("//"):
        return origin.partition("//")[0] + url
    return origin + url if url.startswith("/") else url


def absolute_html(html: str, page_url: str) -> str:
    """The HTML of a body as a feed carries it: it stands alone, and runs nothing.

    Every URL is resolved against `page_url`, the absolute URL of the body's page.
    Scripts, style sheets, comments and event handlers are left out.
    """

    def attribute(match: re.Match[str]) -> str:
        return _absolute_attribute(match, page_url)

    def tag(match: re.Match[str]) -> str:
        if not match["end"]:
            return ""
        attributes = match["attributes"]
        if "=" not in attributes:
            return match[0]
        return f"{match['tag']}{ATTRIBUTE.sub(attribute, attributes)}>"

    return TAG.sub(tag, html)


def _absolute_attribute(match: re.Match[str], page_url: str) -> str:
    """One attribute as a feed carries it: as written, changed, or nothing."""
    name = match[1].lower()
    if name.startswith("on") or name == "srcdoc":
        return ""
    if name not in URL_ATTRIBUTES and name not in CANDIDATE_ATTRIBUTES:
        return match[0]
    written = match[2] or ""
    value = unescape(written.strip(written[0]) if written[:1] in ('"', "'") else written)
    if name in CANDIDATE_ATTRIBUTES:
        found = [match.groups("") for match in CANDIDATE.finditer(value)]
        value = ", ".join(_resolved(url, page_url) + more.rstrip() for url, more in found if url)
    else:
        value = _resolved(value, page_url)
        if value.lower().startswith(SCRIPT_SCHEMES):
            return ""
    return f'{match[1]}="{escape(value)}"'


def _resolved(url: str, page_url: str) -> str:
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
