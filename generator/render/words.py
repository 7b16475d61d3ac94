"""Words: how many a text has, for structured data and for layouts that tell a reading time."""

import re

from generator.model.entities import decoded
from generator.model.late_patterns import late_pattern

TAG = re.compile(r"<[^<>]*>")
BETWEEN = late_pattern(r"<(?:br|hr|/?(?:[dou]l|d[dt]|div|h[1-6]|li|p|t[dhr]))\b[^<>]*+>")
"""What stands between words, even without a space."""
WORD = re.compile(r"\w\S*")
"""Each that holds a letter or a digit, once: no part is looked at twice, whatever the text."""
UNSPACED = late_pattern(
    "["
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # Japanese, Chinese
    "\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e50-\u0e59"  # Thai: letters, no marks above or below
    "\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0ed0-\u0edf"  # Lao
    "\u1000-\u102a\u103f-\u1049\u1780-\u17b3\u17e0-\u17e9"  # Burmese, Khmer
    "]"
)
"""The letters of scripts that set no spaces between words."""


def count_words(html: str) -> int:
    """The words in a text's HTML: what stands between white space, but marks alone are none.

    Code blocks and comments do not count. Scripts without spaces count by characters.
    """
    html = _without(_without(html, "<pre", "</pre>"), "<!--", "-->")
    if "><" in html or "<br" in html:
        html = BETWEEN.sub(" ", html)
    text = decoded(TAG.sub("", html))
    if text.isascii():
        return len(WORD.findall(text))
    letters = len(UNSPACED.findall(text))
    if 2 * letters < len(text):
        return len(WORD.findall(text))
    return letters + len(WORD.findall(UNSPACED.sub(" ", text)))


def _without(html: str, opening: str, closing: str) -> str:
    parts, at = [], 0
    while (start := html.find(opening, at)) >= 0 and (end := html.find(closing, start)) >= 0:
        parts.append(html[at:start])
        at = end + len(closing)
    return "".join((*parts, html[at:]))
