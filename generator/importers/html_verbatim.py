"""Parts of an HTML text in which nothing is markup, found in one walk, however they nest."""

import re
from collections.abc import Iterator

OPENING = re.compile(
    r"<(pre|code|script|style|svg|textarea|table|video|audio|object|figure)\b", re.IGNORECASE
)
TEXTS = frozenset(("pre", "code", "script", "style", "textarea"))
"""Elements that hold code, or text that is to be shown as it stands."""


def verbatim_parts(html: str, *, texts_only: bool) -> Iterator[tuple[int, int]]:
    """Where such elements begin and end; one that is never closed is none.

    With `texts_only` those that hold code and text; else also tables, figures and players.
    """
    lowered = html.lower()
    if len(lowered) != len(html):  # a few letters grow: then nothing can be said of places
        lowered = html
    never_closed: set[str] = set()
    done = 0
    for found in OPENING.finditer(lowered):
        tag = found[1].lower()
        if found.start() < done or tag in never_closed or (texts_only and tag not in TEXTS):
            continue
        closing = lowered.find(f"</{tag}", found.end())
        end = lowered.find(">", closing) if closing >= 0 else -1
        if end < 0:
            never_closed.add(tag)
            continue
        done = end + 1
        yield found.start(), done
