"""Listings: section, tag and author pages, each numbered from the oldest page."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Self, TypedDict

from generator.model.addresses import (
    numbered,
    numbered_address,
    output_path,
    web_url,
)
from generator.model.article import Article
from generator.model.body import Body
from generator.model.cards import Card, FeedLink, Link
from generator.model.frozen import FrozenMap
from generator.model.outputs import Output
from generator.model.pages import AuthorPage, Head, Pager, SectionPage, TagPage
from generator.model.pictures import Picture
from generator.model.plan import Slot
from generator.model.problems import Place, Problem
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.change import Change
from generator.plan.directions import direction
from generator.plan.feeds import feed_links, podcast_link
from generator.plan.kind import Kind, Whole
from generator.plan.numbering import NumberedPage, differing_pages, numbered_page, older_pages
from generator.plan.pictures import picture_of
from generator.plan.subjects import (
    About,
    Subject,
    author_subjects,
    fronts_of,
    section_subjects,
    tag_subjects,
)
from generator.plan.visibility import held_in_vain


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


class Listings(Kind):
    """The pages about each section, tag or author: a front, and older pages behind it."""

    order = 2

    def __init__(self, plan: Whole) -> None:
        super().__init__(plan)
        self._direction = direction(self.config.language)
        self._home = Link(self.config.title, self.config.base.url("/"))

    def collect(self) -> Iterable[Subject]:
        """Everything that has such pages."""
        return ()

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """The same, by the address of its front."""
        return {subject.front: subject for subject in self.collect()}

    def slots(self) -> Iterator[Slot]:
        """All pages about all subjects."""
        for subject in self.subjects.values():
            shared, _ = self._shared(subject)
            for number in range(self._last(subject) + 1):
                yield self._slot(subject, number, shared)

    def at(self, address: str) -> Output | None:
        """One page about a subject."""
        front, number = numbered(address)
        subject = self.subjects.get(front)
        if subject is None or number > self._last(subject):
            return None
        return self._output(subject, number, self._shared(subject)[0])

    def has(self, address: str) -> bool:
        """Whether a page about a subject stands at an address."""
        front, number = numbered(address)
        subject = self.subjects.get(front)
        return subject is not None and number <= self._last(subject)

    def address_of(self, path: str) -> str:
        """Where the page about the subject from a file stands."""
        return self._by_path.get(path, "")

    @cached_property
    def _by_path(self) -> dict[str, str]:
        return {s.source.path: front for front, s in self.subjects.items() if s.source}

    def listed(self) -> Iterator[tuple[str, datetime | None]]:
        """The fronts: older pages are found by following links. A listing has no date."""
        return ((front, None) for front, s in self.subjects.items() if not s.noindex)

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The pages about subjects that are others, and those with stories that look otherwise."""
        if not (change.shown or change.texts or change.files):
            return
        shown = fronts_of(change.shown, before.site) | fronts_of(change.shown, self.site)
        named = change.naming(change.files)
        for front in self.subjects.keys() | before.subjects.keys():
            was, now = before.subjects.get(front), self.subjects.get(front)
            if was is None or now is None or was.about is not now.about or _path(now) in named:
                numbers = {*range(max(self._last(was), self._last(now)) + 1)}
            elif was.articles is not now.articles or front in shown:
                size = self.config.page_size
                numbers = differing_pages(was.articles, now.articles, size, change.shown)
            else:
                continue
            yield from (numbered_address(front, number) for number in numbers)

    def _last(self, subject: Subject | None) -> int:
        return older_pages(len(subject.articles), self.config.page_size) if subject else 0

    def problems(self, change: Change | None = None) -> tuple[Problem, ...]:  # noqa: ARG002 - as every kind
        """Pictures that are missing, and dates that are still to come."""
        found: list[Problem] = []
        for subject in self.subjects.values():
            found.extend(held_in_vain(subject.about, self.site.now))
            fault = self._shared(subject)[1] if subject.image else ""
            if fault:
                hint = "Put the file beside this one, or under static/ and write /its/path."
                place = Place(_path(subject))
                severity = self.config.links.severity(None)
                found.append(Problem(place, fault, hint, severity, keys=(subject.image_key,)))
        return tuple(found)

    def _shared(self, subject: Subject) -> tuple[_Shared, str]:
        """What the pages about a subject share, and what is wrong with its picture."""
        config, source = self.config, subject.source
        picture, fault = picture_of(
            subject.image,
            _path(subject),
            subject.front,
            self.site.files,
            config,
            is_cut=subject.image_key == "image",
        )
        feeds = feed_links(subject.front, subject.title, config) if subject.has_feeds else ()
        if subject.podcast:
            feeds = (podcast_link(subject.front, subject.title, config), *feeds)
        has_body = source and source.facts.has_text
        body = self.links.body(source, subject.front) if source and has_body else None
        return _Shared(picture, feeds, body), fault

    def _slot(self, subject: Subject, number: int, shared: _Shared) -> Slot:
        path = output_path(numbered_address(subject.front, number))
        about = (subject, number, shared)
        return Slot(path, self._output, about, _layout(subject), _path(subject))

    def _output(self, subject: Subject, number: int, shared: _Shared) -> Output:
        config = self.config
        page = numbered_page(subject.articles, config.page_size, subject.front, config.base, number)
        value = _page(
            subject,
            shared.picture,
            _Fields(
                head=self._head(page, subject, shared),
                url=config.base.url(page.address),
                title=subject.title,
                cards=cards_of(page.items, self.site),
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
        base = self.config.base
        return Head(
            title=numbered_title(subject.title, page.pager.number),
            url=base.url(page.address),
            description=subject.description,
            language=self.config.language,
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
        case About.SECTION:
            return SectionPage(picture=picture, **fields)
        case About.TAG:
            return TagPage(picture=picture, **fields)
        case About.AUTHOR:
            return AuthorPage(
                role=subject.role,
                links=tuple(map(web_url, subject.links)),
                portrait=picture,
                is_organization=subject.is_organization,
                **fields,
            )


class Sections(Listings):
    """The pages of every section."""

    def collect(self) -> Iterable[Subject]:
        """The sections, unless their pages are switched off."""
        return section_subjects(self.site, self.config)


class Tags(Listings):
    """The pages of every tag."""

    reserved = frozenset({"tags"})

    def collect(self) -> Iterable[Subject]:
        """The tags, unless their pages are switched off."""
        return tag_subjects(self.site, self.config)


class Authors(Listings):
    """The pages of every author."""

    reserved = frozenset({"authors"})

    def collect(self) -> Iterable[Subject]:
        """The authors, unless their pages are switched off."""
        return author_subjects(self.site, self.config)


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
