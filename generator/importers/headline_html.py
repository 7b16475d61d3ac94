"""HTML as a line of text, as front matter has it: a headline, a summary, a caption."""

import re
from html import unescape

from generator.importers.html_tree import CONTROLS
from generator.model.line_text import as_line, line_text

TAG = re.compile(r"</?[a-zA-Z][^<>]*+>|<!--.*?(?:-->|\Z)", re.DOTALL)
NOT_SHOWN = re.compile(r"<(script|style)\b.*?(?:</\1\s*+>|\Z)", re.DOTALL | re.IGNORECASE)
EMPHASIS = re.compile(r"</?(?:em|i)\s*>", re.IGNORECASE)
STRONG = re.compile(r"</?(?:strong|b)\s*>", re.IGNORECASE)


def plain_of(html: str) -> str:
    """What readers see of some HTML, on one line."""
    if "<" not in html and "&" not in html:
        return " ".join(CONTROLS.sub("", html).split())
    return " ".join(CONTROLS.sub("", unescape(TAG.sub(" ", NOT_SHOWN.sub(" ", html)))).split())


def line_of(html: str) -> str:
    """HTML as a line that Broadsheet shows as the same, with its emphasis where that can be."""
    plain = " ".join(CONTROLS.sub("", unescape(TAG.sub("", NOT_SHOWN.sub(" ", html)))).split())
    if EMPHASIS.search(html) or STRONG.search(html):
        marked = STRONG.sub("**", EMPHASIS.sub("*", html))
        marked = " ".join(unescape(TAG.sub("", marked)).split())
        if line_text(marked).plain == plain:
            return marked
    return as_line(plain)
