"""The diary: which texts come, which go, which wait, and which are there; when, where and whose.

A build only counts these. Everything is looked at and nothing is written.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator.model.article import Article
from generator.model.config import Config
from generator.model.problems import Problem, in_order
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.own_files import address_of_text
from generator.plan.visibility import release
from generator.state.folder import state_home
from generator.why.glimpse import glimpsed


class Asked(StrEnum):
    """What may be listed."""

    SCHEDULED = "scheduled"
    EXPIRING = "expiring"
    DRAFTS = "drafts"
    STORIES = "stories"


@frozen
class Entry:
    """One text of the diary.

    `when` it comes, goes or came, in the site's time zone; None for a draft without a date.
    `address` is where it stands, or will, from the site's root; `authors` are the names under it.
    """

    when: datetime | None
    title: str
    path: str
    address: str
    section: str = ""
    authors: tuple[str, ...] = ()
    is_day: bool = False


def entries(
    folder: Path, config: Config, asked: Asked, now: datetime
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The texts of a site that were asked for, in order, and the errors of those that are unknown.

    What comes or goes is told soonest first, the rest newest first. Raises OSError where the
    machine fails.
    """
    site, problems = glimpsed(folder, state_home(folder, folder / "public"), config, now)
    ways = {
        Asked.SCHEDULED: _scheduled,
        Asked.EXPIRING: _expiring,
        Asked.DRAFTS: _drafts,
        Asked.STORIES: _stories,
    }
    return tuple(ways[asked](site)), in_order(p for p in problems if p.is_error)


def _scheduled(site: Site) -> Iterable[Entry]:
    """Stories that readers will see, by when they come."""
    hidden = (text for text in site.hidden.values() if isinstance(text, Article))
    coming = (a for a in hidden if not a.draft and release(a) > site.now and _is_ever_seen(a))
    return _sorted(_entry(article, release(article), site) for article in coming)


def _expiring(site: Site) -> Iterable[Entry]:
    """Stories that go, by when they do: those that readers see, and those that will come first."""
    hidden = (text for text in site.hidden.values() if isinstance(text, Article))
    known = (*site.timed, *(article for article in hidden if not article.draft))
    going = ((a, a.expires) for a in known if a.expires and a.expires > site.now)
    return _sorted(_entry(article, when, site) for article, when in going if _is_ever_seen(article))


def _drafts(site: Site) -> Iterable[Entry]:
    """Texts of all kinds that are drafts, the newest first; those without a date last."""
    drafts = (text for text in site.hidden.values() if getattr(text, "draft", False))
    found = (_entry(text, getattr(text, "date", None), site) for text in drafts)
    return reversed(_sorted(found))


def _stories(site: Site) -> Iterator[Entry]:
    """The stories that readers see, the newest first."""
    return (_entry(article, article.date, site) for article in site.articles)


def _is_ever_seen(article: Article) -> bool:
    return article.expires is None or article.expires > release(article)


def _sorted(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda one: (one.when.timestamp() if one.when else 0.0, one.path))


def _entry(text: Any, when: datetime | None, site: Site) -> Entry:  # noqa: ANN401 - of any kind
    path, address = text.source.path, address_of_text(text)
    if not isinstance(text, Article):
        return Entry(when, getattr(text, "title", ""), path, address)
    known = (site.author_of.get(name.key) for name in text.authors)
    spelt = zip(text.authors, known, strict=True)
    names = tuple(found.subject.name if found else name.label for name, found in spelt)
    authors = (text.byline,) if text.byline else tuple(dict.fromkeys(names))
    is_day = text.day_only and when == text.date
    return Entry(when, text.title, path, address, text.section, authors, is_day)
