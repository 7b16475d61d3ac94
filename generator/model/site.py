"""The Site: every visible article, arranged by date, section, tag and author."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from generator.model.article import Article, Author, Page, Section, SourceFile, Tag
from generator.model.cards import Card
from generator.model.values import field, frozen

Subject = TypeVar("Subject", Section, Tag, Author)
Month = tuple[int, int]
"""A year and a month, in the site's time zone."""


@frozen
class Collection(Generic[Subject]):
    """A section, tag or author with its articles, newest first."""

    subject: Subject
    articles: Sequence[Article]


@frozen
class Site:
    """All that planning works from: visible things only, at the instant `now`.

    `articles` are newest first (ties: by path), and so is every run of articles here. A run
    may fetch its articles when they are asked for, so take no more of it than is needed.
    `cards` and `article_of` are keyed by an article's source path, `article_at` by its
    address, `months` by its date; `month_changes` has the newest change of a month's stories that
    search engines may list. `files` is keyed by a file's path, `section_of` by slug,
    `tag_of` by tag key (aliases included), `author_of` by the slug of a name as a
    byline spells it. `pinned`, `picking` and `moved` are the articles that ask to stand on the
    front, that name related stories by hand, and that had another address. `unpublished`
    says of a text file without
    a page why it has none (empty for a file that has a Problem of its own), and
    `unpublished_slugs` are the slugs of hidden stories: so that what names one can be told from
    a slip. `path_of_id` has the source path of the article with an id, `named_texts` the paths of
    the text files that bodies link to; `has_concealed` tells of files that only hidden texts name.
    `next_change` is the earliest instant after `now` at which a story appears or goes.
    """

    now: datetime
    articles: Sequence[Article]
    pages: tuple[Page, ...]
    sections: tuple[Collection[Section], ...]
    tags: tuple[Collection[Tag], ...]
    authors: tuple[Collection[Author], ...]
    cards: Mapping[str, Card]
    files: Mapping[str, SourceFile]
    section_of: Mapping[str, Collection[Section]]
    tag_of: Mapping[str, Collection[Tag]]
    author_of: Mapping[str, Collection[Author]]
    unpublished: Mapping[str, str]
    unpublished_slugs: frozenset[str] = frozenset()
    next_change: datetime | None = None
    article_of: Mapping[str, Article] = field(default_factory=dict)
    article_at: Mapping[str, Article] = field(default_factory=dict)
    months: Mapping[Month, Sequence[Article]] = field(default_factory=dict)
    month_changes: Mapping[Month, datetime] = field(default_factory=dict)
    path_of_id: Mapping[str, str] = field(default_factory=dict)
    pinned: Sequence[Article] = ()
    picking: Sequence[Article] = ()
    moved: Sequence[Article] = ()
    named_texts: frozenset[str] = frozenset()
    has_concealed: bool = False


def newest_first(article: Article) -> tuple[float, str]:
    """The key by which every run of articles is in order."""
    return -article.date.timestamp(), article.source.path


def month_of(article: Article) -> Month:
    """The month in whose archive an article stands."""
    return article.date.year, article.date.month


def newest_change(articles: Iterable[Article]) -> datetime | None:
    """When the newest change was among the articles that search engines may list."""
    return max((a.updated or a.date for a in articles if not a.noindex), default=None)
