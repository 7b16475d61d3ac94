"""What a style sheet names: pictures, fonts and other style sheets."""

import re
from collections.abc import Iterator

from generator.check.reference import Reference

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ADDRESS = re.compile(
    r"""
    url\(\s*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^)"'\s]*))\s*\)
    | @import\s+(?:"(?P<sheet>[^"\n]*)"|'(?P<sheet_single>[^'\n]*)')
    """,
    re.VERBOSE | re.IGNORECASE,
)


def addresses_in_css(css: str) -> Iterator[Reference]:
    """Yield every address in `url()` and `@import`, with its place in the text."""
    if "url(" not in css.lower() and "@import" not in css.lower():
        return
    css = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)
    for match in _ADDRESS.finditer(css):
        url = next((group for group in match.groups() if group is not None), "").strip()
        if url.startswith("#"):
            continue  # a part of the very page, as in `filter: url(#blur)`
        line = css.count("\n", 0, match.start()) + 1
        column = match.start() - css.rfind("\n", 0, match.start())
        yield Reference("file in a style sheet", url, line, column)
