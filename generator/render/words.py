"""Words: how many a text has, for structured data and for layouts that tell a reading time."""

import re

from generator.model.entities import decoded

TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"\w\S*")
"""Each that holds a letter or a digit, once: no part is looked at twice, whatever the text."""
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
LONGEST_MEAN_WORD = 20
"""Where words are longer than so many characters, the script sets no spaces between them."""


def count_words(html: str) -> int:
    """The words in a text's HTML: what stands between white space, but marks alone are none.

    Code blocks do not count. Scripts without spaces count by characters.
    """
    text = decoded(TAG.sub("", _without_code(html)))
    count = len(WORD.findall(text))
    if len(text) > LONGEST_MEAN_WORD * count:
        count = max(count, len(UNSPACED.findall(text)))
    return count


def _without_code(html: str) -> str:
    parts, at = [], 0
    while (start := html.find("<pre", at)) >= 0 and (end := html.find("</pre>", start)) >= 0:
        parts.append(html[at:start])
        at = end
    return "".join((*parts, html[at:]))
