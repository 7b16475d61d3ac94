"""A quick look at a body: its links and pictures, its first paragraph's text.

This runs for every file of a site before anything is planned. Links are those that rendering
will make, since the same parser finds them.
"""

import re

from generator.model.body import BodyFacts

MAY_LEAD_INWARD = re.compile(r"\](?::|\((?!https://|http://|mailto:))")


def scan_body(
    text: str,
    first_line: int,
    *,
    outward: bool = True,
    opening: bool = True,
    quotes: str = "",
    is_html: bool = False,
) -> BodyFacts:
    """Find what planning needs to know of a body that begins on the file's line `first_line`.

    A target stands in the facts as a browser would get it: entities and backslash
    escapes undone, no white space around it. Code and HTML comments are passed over, and
    without `outward` links to other sites too (their pictures are not). Its `opening` is looked
    for when it is wanted, its quotes curled as those of the language `quotes`, if any. A body that
    `is_html` is no Markdown.
    """
    has_text = bool(text) and not text.isspace()
    if not has_text or (not (outward or opening) and _leads_only_outward(text)):
        return BodyFacts(first_line, has_text)
    # Most texts lead outward and have a summary.
    from generator.read.parsed_body import facts_of  # noqa: PLC0415 - 20 ms: the parser

    return facts_of(
        text, first_line, outward=outward, opening=opening, quotes=quotes, is_html=is_html
    )


def _leads_only_outward(text: str) -> bool:
    """Whether a text surely has no pictures, and no links but plain ones to other sites."""
    return not ("<" in text or ("!" in text and "![" in text) or MAY_LEAD_INWARD.search(text))
