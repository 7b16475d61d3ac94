"""Visibility: which articles exist at an instant. Decided here once, before anything else."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from generator.model.article import Article, Author, Page, Section, Tag
from generator.model.left_out import LeftOut, State
from generator.model.problems import Place, Problem
from generator.model.site import Site

DRAFT, EXPIRED, FAULTY = "a draft", "expired", "has an error"
STATES = {DRAFT: State.DRAFT, EXPIRED: State.EXPIRED, "": State.FAULTY}


def is_visible(article: Article, now: datetime, *, drafts: bool) -> bool:
    """Whether readers may see the article at `now`.

    A story is held back until both its date and its embargo have come, and goes at
    its expiry; at the very instant of an embargo it is there, of an expiry it is not.
    """
    if article.draft and not drafts:
        return False
    return release(article) <= now and (article.expires is None or now < article.expires)


def release(article: Article) -> datetime:
    """The instant at which the story may be seen first."""
    return article.date if article.embargo is None else max(article.date, article.embargo)


def is_timed(article: Article, now: datetime) -> bool:
    """Whether the article comes or goes at an instant that `now` may not have reached yet."""
    return article.expires is not None or release(article) > now


def hidden_reason(article: Article, now: datetime, *, drafts: bool) -> str:
    """Why readers do not see the article at `now`, in a word or two."""
    if article.draft and not drafts:
        return DRAFT
    if article.expires is not None and article.expires <= now:
        return EXPIRED
    return f"held back until {release(article):%Y-%m-%d %H:%M %Z}"


def left_out(site: Site) -> tuple[LeftOut, ...]:
    """The texts that readers do not see, by path."""
    found = []
    for path, reason in sorted(site.unpublished.items()):
        text, state = site.hidden.get(path), STATES.get(reason, State.SCHEDULED)
        until = None
        if isinstance(text, Article) and state is State.SCHEDULED:
            until = release(text)
        title = getattr(text, "title", "")
        found.append(LeftOut(path, state, reason or FAULTY, title, until))
    return tuple(found)


def next_change(articles: Iterable[Article], now: datetime, *, drafts: bool) -> datetime | None:
    """The earliest instant after `now` at which a story appears or goes."""
    instants = (
        instant
        for article in articles
        if (drafts or not article.draft) and not _is_never_seen(article)
        for instant in (release(article), article.expires)
        if instant is not None and instant > now
    )
    return min(instants, default=None)


def _is_never_seen(article: Article) -> bool:
    """Whether the story expires before it may be seen first."""
    return article.expires is not None and article.expires <= release(article)


def held_in_vain(text: Page | Tag | Section | Author, now: datetime) -> Iterator[Problem]:
    """A date to come may be meant to hold a text back, as it does a story: that is an error."""
    if text.since and text.since > now and text.source:
        hint = "Keep the file out of content/ until it may be seen, or take the date out."
        if isinstance(text, Page):
            hint = 'Write "draft: true" until it may be seen, or take the date out.'
        message = "a date to come holds nothing back on this kind of text"
        yield Problem(Place(text.source.path), message, hint, keys=("date",))
