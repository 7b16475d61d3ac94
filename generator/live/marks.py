"""Marks: what to tell of a story that readers do not see, or not yet, or not any more."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import unquote

from generator.live.snapshot import Snapshot
from generator.model.article import Article
from generator.plan.visibility import release

HREF = re.compile(rb"""<a\s[^<>]*?\bhref=["']?(/[^"'#?\s<>]*+)""")
"""Where a link leads within the site."""


def marks(article: Article, now: datetime) -> tuple[str, ...]:
    """Why readers would not see the article at `now`; nothing if they would."""
    found = ["Draft"] if article.draft else []
    if release(article) > now:
        is_embargo = article.embargo is not None and article.embargo > now
        word = "Embargoed until" if is_embargo else "Not before"
        found.append(f"{word} {_instant(release(article))}")
    if article.expires is not None and article.expires <= now:
        found.append(f"Expired on {_instant(article.expires)}")
    return tuple(found)


def held_on(page: bytes, snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """The URLs that a page links to and readers would not see, each with the reason."""
    base, stories = snapshot.config.base.path, snapshot.planned.site.article_at
    found = {}
    for raw in set(HREF.findall(page)):
        url = unescape(raw.decode("utf-8", "replace"))
        article = stories.get(unquote(url.removeprefix(base)))
        if article and (why := marks(article, snapshot.now)):
            found[url] = ", ".join(why)
    return tuple(sorted(found.items()))


def _instant(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M %Z}"
