"""The site: all that is visible at one instant, by date, section, tag and author."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from generator.model.article import Article, Author, Name, Page, Section, SourceFile, Tag
from generator.model.cards import Card
from generator.model.mentions import Mentions
from generator.model.problems import Problem
from generator.model.runs import Index, Run, newest_first
from generator.model.values import frozen

__all__ = ["Collection", "Month", "Site", "Spelt", "month_of", "newest_change", "newest_first"]

Subject = TypeVar("Subject", Section, Tag, Author)
Month = tuple[int, int]
"""A year and a month, in the site's time zone."""
Spelt = Mapping[Name, Run]
"""The stories that name one section, tag or author, by how they spell it."""


@frozen
class Collection(Generic[Subject]):
    """A section, tag or author with its articles, newest first.

    `parts` are the runs of which the articles are made: one for each name it goes by.
    """

    subject: Subject
    articles: Run
    parts: tuple[Run, ...] = ()


@frozen
class Site:
    """All that planning works from: visible things only, at the instant `now`.

    `articles` are newest first (ties: by path), and so is every run of articles here; a run
    fetches its articles when they are asked for, so take no more of it than is needed.
    `article_of` is keyed by an article's source path, `article_at` by its address, `by_id` and
    `by_slug` by these; `cards` by source path; `months` by date; `month_changes` has the newest
    change of a month's stories that search engines may list. `section_uses`, `tag_uses` and
    `author_uses` have the stories by what they name and how they spell it. `section_of` is keyed
    by slug, `tag_of` by tag key (aliases included), `author_of` by the key of a name as a byline
    spells it. `pinned`, `picking`, `moved` and `timed` are the articles that ask to
    stand on the front, that name related stories by hand, that had another address, and that come
    or go at an instant of their own.

    `texts` are all other texts that are visible, by source path, `pages` the standing pages among
    them, by weight, then title; `files` are the visible ones of `every_file` that is no text.
    `hidden` are the texts that readers do not see; nothing that makes pages may look into them.
    `unpublished` says of a text file without a page why it has none (empty for a file that has a
    Problem of its own), and `unpublished_slugs` are the slugs of hidden stories: so that what
    names one can be told from a slip. `mentions` tells which texts name a text, file or address.
    `next_change` is the earliest instant after `now` at which a story appears or goes.
    `problems` are what was found while all this was put in order.
    """

    now: datetime
    articles: Run
    sections: tuple[Collection[Section], ...]
    tags: tuple[Collection[Tag], ...]
    authors: tuple[Collection[Author], ...]
    cards: Mapping[str, Card]
    files: Mapping[str, SourceFile]
    every_file: Mapping[str, SourceFile]
    pages: tuple[Page, ...]
    texts: Mapping[str, Any]
    hidden: Mapping[str, Any]
    broken: frozenset[str]
    article_of: Index
    article_at: Index
    by_id: Index
    by_slug: Index
    section_uses: Mapping[str, Spelt]
    tag_uses: Mapping[str, Spelt]
    author_uses: Mapping[str, Spelt]
    section_of: Mapping[str, Collection[Section]]
    tag_of: Mapping[str, Collection[Tag]]
    author_of: Mapping[str, Collection[Author]]
    months: Mapping[Month, Run]
    month_changes: Mapping[Month, datetime]
    pinned: Run
    picking: Run
    moved: Run
    timed: Run
    unpublished: Mapping[str, str]
    unpublished_slugs: frozenset[str]
    mentions: Mentions
    next_change: datetime | None = None
    problems: tuple[Problem, ...] = ()

    def of(self, kind: type) -> tuple[Any, ...]:
        """The visible texts of a kind that are no articles, by path."""
        found = (text for text in self.texts.values() if isinstance(text, kind))
        return tuple(sorted(found, key=lambda text: text.source.path))


def month_of(article: Article) -> Month:
    """The month in whose archive an article stands."""
    return article.date.year, article.date.month


def newest_change(articles: Iterable[Article]) -> datetime | None:
    """When the newest change was among the articles that search engines may list."""
    return max((a.updated or a.date for a in articles if not a.noindex), default=None)
