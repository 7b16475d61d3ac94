"""Character references such as `&amp;` and `&#8217;`: what they stand for."""

import html
import re
from html.entities import html5

REFERENCE = re.compile(
    r"&(?:(#)0*([0-9]{1,7})|(#[xX])0*([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]*));"
)

ENDLESS = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")


def unescaped(text: str) -> str:
    """The text with every reference decoded that browsers decode (HTML standard, 13.2.5.72).

    A number that is no character's, however long, is U+FFFD.
    """
    return html.unescape(ENDLESS.sub("\ufffd", text)) if "&" in text else text


def decoded(text: str) -> str:
    """The text with its character references decoded.

    Only those that end in a semicolon are references, as in Markdown: the `&copy`
    in `?a=1&copy=2` is none (CommonMark 0.31, 2.5).
    """
    return REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    """The character of a reference, which may be written with any number of zeros."""
    if (name := match[5]) and f"{name};" not in html5:
        return match[0]  # browsers would take `&notit;` for `&not`
    return html.unescape("&" + "".join(part for part in match.groups() if part) + ";")
