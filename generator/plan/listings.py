"""Listings: section, tag and author pages, each numbered from the oldest page."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from generator.model.addresses import numbered_address, output_path
from generator.model.article import Article
from generator.model.body import Body
from generator.model.cards import Card, FeedLink, Link, Picture
from generator.model.config import Config
from generator.model.frozen import FrozenMap
from generator.model.outputs import Output
from generator.model.pages import AuthorPage, Head, Pager, SectionPage, TagPage
from generator.model.plan import Planned, Slot
from generator.model.problems import Place, Problem
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.directions import direction
from generator.plan.feeds import feed_links
from generator.plan.links import LinkResolver
from generator.plan.numbering import NumberedPage, numbered_page, older_pages
from generator.plan.pictures import picture_of
from generator.plan.subjects import (
    Kind,
    Subject,
    author_subjects,
    section_subjects,
    tag_subjects,
)


def plan_sections(site: Site, config: Config, links: LinkResolver) -> Planned[Slot]:
    """The pages of every section."""
    return Listings(site, config, links).plan(section_subjects(site, config))


def plan_tags(site: Site, config: Config, links: LinkResolver) -> Planned[Slot]:
    """The pages of every tag."""
    return Listings(site, config, links).plan(tag_subjects(site, config))


def plan_authors(site: Site, config: Config, links: LinkResolver) -> Planned[Slot]:
    """The pages of every author."""
    return Listings(site, config, links).plan(author_subjects(site, config))


@frozen
class _Shared:
    """What is the same on all pages about a subject; `body` is for its front."""

    picture: Picture | None
    feeds: tuple[FeedLink, ...]
    body: Body | None


class _Fields(TypedDict):
    """What the pages of all three kinds have, by the names of their fields."""

    head: Head
    url: str
    title: str
    cards: tuple[Card, ...]
    pager: Pager
    description: str
    source: Body | None
    feeds: tuple[FeedLink, ...]
    language: str
    direction: str
    extra: FrozenMap


class Listings:
    """Makes the pages of listings; holds what is the same for all of them."""

    def __init__(self, site: Site, config: Config, links: LinkResolver) -> None:
        self._site, self._config, self._links = site, config, links
        self._direction = direction(config.language)
        self._home = Link(config.title, config.base.url("/"))

    def plan(self, subjects: Iterable[Subject]) -> Planned[Slot]:
        """All pages about some subjects; a picture that is missing is a Problem."""
        slots: list[Slot] = []
        problems: list[Problem] = []
        for subject in subjects:
            shared, fault = self._shared(subject)
            if fault:
                hint = "Put the file beside this one, or under static/ and write /its/path."
                place = Place(_path(subject))
                problems.append(Problem(place, fault, hint, keys=(subject.image_key,)))
            last = older_pages(len(subject.articles), self._config.page_size)
            slots += (self._slot(subject, number, shared) for number in range(last + 1))
        return tuple(slots), tuple(problems)

    def page(self, subject: Subject, number: int) -> Output | None:
        """One page about a subject, 0 for its front; None where there is no such page."""
        if number > older_pages(len(subject.articles), self._config.page_size):
            return None
        return self._output(subject, number, self._shared(subject)[0])

    def _shared(self, subject: Subject) -> tuple[_Shared, str]:
        """What the pages about a subject share, and what is wrong with its picture."""
        config, source = self._config, subject.source
        picture, fault = picture_of(
            subject.image, _path(subject), subject.front, self._site.files, config.base
        )
        feeds = feed_links(subject.front, subject.title, config) if subject.has_feeds else ()
        has_body = source and source.facts.has_text
        body = self._links.body(source, subject.front) if source and has_body else None
        return _Shared(picture, feeds, body), fault

    def _slot(self, subject: Subject, number: int, shared: _Shared) -> Slot:
        path = output_path(numbered_address(subject.front, number))
        about = (subject, number, shared)
        return Slot(path, self._output, about, _layout(subject), _path(subject))

    def _output(self, subject: Subject, number: int, shared: _Shared) -> Output:
        config = self._config
        page = numbered_page(subject.articles, config.page_size, subject.front, config.base, number)
        value = _page(
            subject,
            shared.picture,
            _Fields(
                head=self._head(page, subject, shared),
                url=config.base.url(page.address),
                title=subject.title,
                cards=cards_of(page.items, self._site),
                pager=page.pager,
                description=subject.description,
                source=None if number else shared.body,
                feeds=shared.feeds,
                language=config.language,
                direction=self._direction,
                extra=subject.extra,
            ),
        )
        return Output(output_path(page.address), value, _layout(subject), _path(subject))

    def _head(
        self,
        page: NumberedPage[Article],
        subject: Subject,
        shared: _Shared,
    ) -> Head:
        base = self._config.base
        return Head(
            title=numbered_title(subject.title, page.pager.number),
            url=base.url(page.address),
            description=subject.description,
            language=self._config.language,
            direction=self._direction,
            noindex=subject.noindex,
            picture=shared.picture,
            feeds=shared.feeds,
            trail=(self._home, Link(subject.title, base.url(subject.front))),
        )


def _page(
    subject: Subject, picture: Picture | None, fields: _Fields
) -> SectionPage | TagPage | AuthorPage:
    match subject.kind:
        case Kind.SECTION:
            return SectionPage(picture=picture, **fields)
        case Kind.TAG:
            return TagPage(picture=picture, **fields)
        case Kind.AUTHOR:
            return AuthorPage(role=subject.role, links=subject.links, portrait=picture, **fields)


def _layout(subject: Subject) -> str:
    return f"{subject.kind}.html"


def _path(subject: Subject) -> str:
    return subject.source.path if subject.source else ""


def cards_of(articles: Sequence[Article], site: Site) -> tuple[Card, ...]:
    """The Cards of a run of articles."""
    return tuple(site.cards[article.source.path] for article in articles)


def numbered_title(title: str, number: int) -> str:
    """A title that no other page of the same listing has."""
    return f"{title} ({number})" if number else title
