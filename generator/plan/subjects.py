"""Subjects: what sections, tags and authors have in common for the pages about them."""

from collections.abc import Collection as Some
from collections.abc import Iterator
from enum import StrEnum

from generator.model.addresses import author_address, section_address, tag_address
from generator.model.article import Article, Author, Image, Section, Source, Tag
from generator.model.config import Config
from generator.model.frozen import FrozenMap
from generator.model.podcasts import Podcast
from generator.model.runs import Run
from generator.model.site import Collection, Site
from generator.model.values import frozen


class About(StrEnum):
    """What a subject is; its listing's layout is named after it."""

    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"


@frozen
class Subject:
    """A section, tag or author that has a page at `front`, with its stories, newest first.

    `image_key` is the key under which its text names the picture. `role` and `links` are
    an author's.
    """

    kind: About
    title: str
    front: str
    articles: Run
    about: Section | Tag | Author
    source: Source | None
    image: Image | None
    description: str
    extra: FrozenMap
    has_feeds: bool
    image_key: str = "image"
    noindex: bool = False
    role: str = ""
    is_organization: bool = False
    links: tuple[str, ...] = ()
    podcast: Podcast | None = None


def all_subjects(site: Site, config: Config) -> Iterator[Subject]:
    """Everything that has a listing, but for the front page.

    What has no slug is a Problem already, and has no page.
    """
    yield from section_subjects(site, config)
    yield from tag_subjects(site, config)
    yield from author_subjects(site, config)


def section_subjects(site: Site, config: Config) -> Iterator[Subject]:
    """The sections, unless their pages are switched off."""
    if config.outputs.sections:
        yield from (section_subject(c, config) for c in site.sections if c.subject.slug)


def tag_subjects(site: Site, config: Config) -> Iterator[Subject]:
    """The tags, unless their pages are switched off."""
    if config.outputs.tags:
        yield from (tag_subject(c, config) for c in site.tags if c.subject.slug)


def author_subjects(site: Site, config: Config) -> Iterator[Subject]:
    """The authors, unless their pages are switched off."""
    if config.outputs.authors:
        yield from (author_subject(c, config) for c in site.authors if c.subject.slug)


def section_subject(collection: Collection[Section], config: Config) -> Subject:
    """A section."""
    section = collection.subject
    return Subject(
        kind=About.SECTION,
        title=section.title,
        front=section_address(section.slug),
        articles=collection.articles,
        about=section,
        source=section.source,
        image=section.image,
        description=section.description,
        extra=section.extra,
        has_feeds=config.outputs.section_feeds,
        podcast=section.podcast,
        noindex=_is_empty(collection),
    )


def tag_subject(collection: Collection[Tag], config: Config) -> Subject:
    """A tag."""
    tag = collection.subject
    return Subject(
        kind=About.TAG,
        title=tag.label,
        front=tag_address(tag.slug),
        articles=collection.articles,
        about=tag,
        source=tag.source,
        image=tag.image,
        description=tag.description,
        extra=tag.extra,
        has_feeds=config.outputs.tag_feeds,
        podcast=tag.podcast,
        noindex=tag.noindex or _is_empty(collection),
    )


def author_subject(collection: Collection[Author], config: Config) -> Subject:
    """An author."""
    author = collection.subject
    return Subject(
        kind=About.AUTHOR,
        title=author.name,
        front=author_address(author.slug),
        articles=collection.articles,
        about=author,
        source=author.source,
        image=author.portrait,
        description=author.description,
        extra=author.extra,
        has_feeds=config.outputs.author_feeds,
        noindex=_is_empty(collection),
        image_key="portrait",
        role=author.role,
        is_organization=author.is_organization,
        links=author.links,
    )


def _is_empty(collection: Collection[Section] | Collection[Tag] | Collection[Author]) -> bool:
    """Whether a page has nothing to read yet: search engines take it for an error (soft 404)."""
    source = collection.subject.source
    return not len(collection.articles) and not (source and source.facts.has_text)


def fronts_of(articles: Some[Article], site: Site) -> frozenset[str]:
    """The site's front, and those of all sections, tags and authors that stories belong to."""
    found = {"/"} if articles else set()
    for article in articles:
        found.add(section_address(article.section))
        tags = (site.tag_of.get(name.key) for name in article.tags)
        found |= {tag_address(tag.subject.slug) for tag in tags if tag}
        authors = (site.author_of.get(name.key) for name in article.authors)
        found |= {author_address(author.subject.slug) for author in authors if author}
    return frozenset(found)
