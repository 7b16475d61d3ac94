"""Marks: what to tell of a story that readers do not see, or not yet, or not any more."""

from datetime import datetime

from generator.model.article import Article
from generator.plan.visibility import release


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


def _instant(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M %Z}"
