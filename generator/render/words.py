"""Words: how many a text has, for structured data and for layouts that tell a reading time."""

import re

from generator.model.entities import decoded

TAG = re.compile(r"<[^>]*>")
CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
WORD = re.compile(r"\S*\w\S*")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
LONGEST_MEAN_WORD = 20
"""Where words are longer than so many characters, the script sets no spaces between them."""


def count_words(html: str) -> int:
    """The words in a text's HTML: what stands between white space, but marks alone are none.

    Code blocks do not count. Scripts without spaces count by characters.
    """
    text = decoded(TAG.sub("", CODE.sub("", html) if "<pre" in html else html))
    count = len(WORD.findall(text))
    if len(text) > LONGEST_MEAN_WORD * count:
        count = max(count, len(UNSPACED.findall(text)))
    return count
