"""A setting's text on one line: where the end of a line is a space, and where it is none."""

import re

from generator.markdown.han_lines import BETWEEN_HAN, HAN_OR_KANA
from generator.model.late_patterns import late_pattern

FOLDED = late_pattern(rf"(\S{{0,8}}{HAN_OR_KANA}) (?=({HAN_OR_KANA}\S{{0,8}}))")
"""A space that may be the end of a line in the file."""
MOST = 200  # such spaces in one text: no summary has more


def in_one_line(text: str, source: str) -> str:
    """A text on one line, each run of white space in it one space.

    Between Han or kana the end of a line is none (CSS Text 3, 4.1.3), even where YAML has made a
    space of it: that does not stand so in the `source`.
    """
    if text.isascii():
        return " ".join(text.split())
    text = " ".join(BETWEEN_HAN.sub("", text).split())
    if " " not in text or not FOLDED.search(text):
        return text

    def left(gap: re.Match[str]) -> str:
        return gap[0] if f"{gap[0]}{gap[2]}" in source else gap[1]

    return FOLDED.sub(left, text, count=MOST)
