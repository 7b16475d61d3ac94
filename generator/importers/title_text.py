"""Headlines of other generators, written so that the same words are read here."""

import re
from html import unescape

from generator.model.line_text import as_line

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def as_title(text: str) -> str:
    """A line of text, written so that Broadsheet shows the same words.

    References to characters are shown as these; tags are left out, their text stays.
    """
    plain = " ".join(TAG.sub("", unescape(text)).split())
    return as_line(plain)
