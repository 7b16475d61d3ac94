"""What a style sheet names: pictures, fonts and other style sheets."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from generator.check.reference import Reference

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# What has begun always matches, and nothing is given back: an address that does not end is none.
_ADDRESS = re.compile(
    r"""
    (?:
        url\(\s*+(?:"([^"\n]*+)"?+|'([^'\n]*+)'?+|([^)"'\s]*+)) (?P<end>\s*+\))?+
      | @import\s++(?:"([^"\n]*+)(?P<sheet>")?+|'([^'\n]*+)(?P<sheet_single>')?+)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def addresses_in_css(css: str) -> Iterator[Reference]:
    """Yield every address in `url()` and `@import`, with its place in the text."""
    if "url(" not in css.lower() and "@import" not in css.lower():
        return
    css = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)
    starts = [0, *(match.end() for match in re.finditer("\n", css))]
    for match in _ADDRESS.finditer(css):
        if not (match["end"] or match["sheet"] or match["sheet_single"]):
            continue
        url = next((group for group in match.groups() if group is not None), "").strip()
        if url.startswith("#"):
            continue  # a part of the very page, as in `filter: url(#blur)`
        line = bisect_right(starts, match.start())
        column = match.start() - starts[line - 1] + 1
        yield Reference("file in a style sheet", url, line, column)
