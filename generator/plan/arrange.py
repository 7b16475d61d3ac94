"""Arranging: from everything that was read to the Site, visible things only, at one instant."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from generator.model.article import LAST, Article, Newsroom, Page, Tag
from generator.model.config import Config
from generator.model.problems import Problem
from generator.model.site import Collection, Month, Site, month_of, newest_change, newest_first
from generator.plan.authors import Authors
from generator.plan.cards import Cards
from generator.plan.own_files import texts_named, texts_of, visible_files
from generator.plan.sections import gather_sections
from generator.plan.tags import claim_keys, gather_tags
from generator.plan.visibility import hidden_reason, is_visible, next_change

DATE = re.compile(r"^\d{4}-\d{2}-\d{2}-")


def arrange(
    newsroom: Newsroom, config: Config, now: datetime, *, drafts: bool = False, held: bool = False
) -> tuple[Site, tuple[Problem, ...]]:
    """Arrange what is visible at `now` by date, section, tag and author.

    With `held` everything is, as a preview shows it. The result does not depend on the order
    in which files were read.
    """
    articles, pages, hidden = _parted(newsroom, now, drafts=drafts, held=held)
    files = visible_files(newsroom, hidden)
    sections, section_problems = gather_sections(newsroom, articles, config)
    owner, claim_problems = claim_keys(newsroom.tags)
    tag_of, users, tag_problems = gather_tags(articles, owner)
    tags = _tag_collections(tag_of, users)
    people = Authors(newsroom.authors, articles)
    authors = people.collections()
    author_of = people.by_spelling(authors)
    article_of = {article.source.path: article for article in articles}
    section_of = {c.subject.slug: c for c in sections}
    months = _by_month(articles)
    cards = Cards(article_of, section_of, author_of, files, config)
    site = Site(
        now=now,
        articles=articles,
        pages=pages,
        sections=sections,
        tags=tags,
        authors=authors,
        cards=cards,
        files=files,
        section_of=section_of,
        tag_of=_by_key(tag_of, tags),
        author_of=author_of,
        unpublished=_unpublished(newsroom, hidden, now, drafts=drafts),
        unpublished_slugs=_unpublished_slugs(newsroom, hidden),
        next_change=next_change(newsroom.articles, now, drafts=drafts or held),
        article_of=article_of,
        article_at={article.address: article for article in articles},
        months=months,
        month_changes=_changes(months),
        path_of_id={article.id: article.source.path for article in articles},
        pinned=tuple(article for article in articles if article.pinned),
        picking=tuple(article for article in articles if article.related),
        moved=tuple(article for article in articles if article.aliases),
        named_texts=_named_texts(newsroom),
        has_concealed=len(files) < len(newsroom.files),
    )
    faults = (*section_problems, *claim_problems, *tag_problems, *people.problems)
    return site, (*faults, *cards.faults(articles))


def _parted(
    newsroom: Newsroom, now: datetime, *, drafts: bool, held: bool
) -> tuple[tuple[Article, ...], tuple[Page, ...], tuple[Article | Page, ...]]:
    """What is visible, each kind in its order, and what is hidden."""
    articles: list[Article] = []
    pages: list[Page] = []
    hidden: list[Article | Page] = []
    for article in newsroom.articles:
        is_shown = held or is_visible(article, now, drafts=drafts)
        (articles if is_shown else hidden).append(article)
    for page in newsroom.pages:
        (hidden if page.draft and not (drafts or held) else pages).append(page)
    articles.sort(key=newest_first)
    pages.sort(key=lambda p: (p.weight or LAST, p.title, p.source.path))
    return tuple(articles), tuple(pages), tuple(hidden)


def _by_month(articles: Iterable[Article]) -> dict[Month, tuple[Article, ...]]:
    months: dict[Month, list[Article]] = {}
    for article in articles:
        months.setdefault(month_of(article), []).append(article)
    return {month: tuple(run) for month, run in months.items()}


def _changes(months: Mapping[Month, Iterable[Article]]) -> dict[Month, datetime]:
    """When each month changed last, as far as search engines may list its stories."""
    changes = ((month, newest_change(run)) for month, run in months.items())
    return {month: changed for month, changed in changes if changed}


def _named_texts(newsroom: Newsroom) -> frozenset[str]:
    """The paths of all text files that some body links to."""
    return frozenset(path for text in texts_of(newsroom) for path in texts_named(text.source))


def _tag_collections(
    tag_of: Mapping[str, Tag], users: Mapping[str, list[Article]]
) -> tuple[Collection[Tag], ...]:
    """The tags that have stories, by label."""
    tags = {tag.slug: tag for tag in tag_of.values()}
    used = sorted((tags[slug] for slug in users), key=lambda t: (t.label.casefold(), t.slug))
    return tuple(Collection(tag, tuple(users[tag.slug])) for tag in used)


def _by_key(
    tag_of: Mapping[str, Tag], collections: tuple[Collection[Tag], ...]
) -> dict[str, Collection[Tag]]:
    by_slug = {c.subject.slug: c for c in collections}
    return {key: by_slug[tag.slug] for key, tag in tag_of.items() if tag.slug in by_slug}


def _unpublished(
    newsroom: Newsroom, hidden: Iterable[Article | Page], now: datetime, *, drafts: bool
) -> dict[str, str]:
    """Why a text file has no page, by its path: all that later stages learn of hidden stories."""
    reasons = {
        text.source.path: hidden_reason(text, now, drafts=drafts)
        if isinstance(text, Article)
        else "a draft"
        for text in hidden
    }
    return {**reasons, **dict.fromkeys(newsroom.broken, "")}


def _unpublished_slugs(newsroom: Newsroom, hidden: Iterable[Article | Page]) -> frozenset[str]:
    """The slugs of hidden stories, and those that broken texts would likely have."""
    known = (text.slug for text in hidden if isinstance(text, Article))
    return frozenset((*known, *map(_likely_slug, newsroom.broken)))


def _likely_slug(path: str) -> str:
    """The slug that a text which could not be read would have by its file's name."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    return DATE.sub("", posixpath.basename(folder) if stem == "index" else stem)
