"""Links in the raw HTML of a paid story: to machines each says that it is paid for.

As Google's "Qualify your outbound links to Google" asks of advertisements; links in Markdown have
it from the start (`LinkEditor`).
"""

import re

from generator.markdown.html_links import html_addresses
from generator.render.body.addresses import is_outside

LINK = re.compile(r"<(?:a|area)(?=[\s/])", re.IGNORECASE)
REL = re.compile(r"""[\s"'/]rel\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'=<>`]+))""", re.IGNORECASE)
PAID = "sponsored"


def as_paid(html: str) -> str:
    """The HTML, each of its links to other sites with `rel="sponsored"`."""
    parts: list[str] = []
    done = 0
    for found in html_addresses(html):
        begin = html.rfind("<", done, found.begin)
        link = LINK.match(html, max(begin, 0)) if begin >= 0 else None
        if link is None or not is_outside(found.value):
            continue
        end = html.find(">", found.end)
        rel = REL.search(html, link.end() - 1, end)
        if rel is None:
            parts += (html[done : link.end()], f' rel="{PAID}"')
            done = link.end()
        elif PAID not in (words := rel[1] or rel[2] or rel[3] or "").lower().split():
            start, after = rel.span(rel.lastindex or 0)
            quote = "" if rel[3] is None else '"'
            parts += (html[done:start], f"{quote}{f'{words} {PAID}'.strip()}{quote}")
            done = after
    return "".join((*parts, html[done:])) if parts else html
