"""The front page: the lead, the stories beside it, the newest run, and a block for each section."""

from collections.abc import Iterator
from datetime import datetime
from typing import Self

from generator.model.addresses import PAGE, numbered, numbered_address, output_path
from generator.model.article import LAST, Article
from generator.model.cards import Card, Link
from generator.model.config import Config
from generator.model.outputs import Output
from generator.model.pages import Block, FrontPage, Head
from generator.model.plan import Slot
from generator.model.site import Site
from generator.plan.change import Change, same, subjects
from generator.plan.directions import direction
from generator.plan.kind import Kind
from generator.plan.listings import cards_of, numbered_title
from generator.plan.numbering import NumberedPage, differing_pages, numbered_page, older_pages

LAYOUT = "front.html"


class Front(Kind):
    """The front and its older pages. No story stands on the front twice."""

    has_texts = False
    order = 2
    reserved = frozenset({PAGE})

    def slots(self) -> Iterator[Slot]:
        """The front and its older pages."""
        for number in range(self._last + 1):
            path = output_path(numbered_address("/", number))
            yield Slot(path, front_page, (self.site, self.config, number), LAYOUT)

    def at(self, address: str) -> Output | None:
        """The front, or one of its older pages."""
        return (
            front_page(self.site, self.config, numbered(address)[1]) if self.has(address) else None
        )

    def has(self, address: str) -> bool:
        """Whether the front, or an older page of it, stands at an address."""
        front, number = numbered(address)
        return front == "/" and number <= self._last

    def listed(self) -> Iterator[tuple[str, datetime | None]]:
        """The front alone: its older pages are found by following links."""
        yield "/", None

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The front, and the older pages that have other stories, or others at their side."""
        sections = (subjects(site.sections) for site in (change.before, change.after))
        if change.shown or not same(*sections):
            size = self.config.page_size
            numbers = differing_pages(before.site.articles, self.site.articles, size, change.shown)
            yield from (numbered_address("/", number) for number in numbers)

    @property
    def _last(self) -> int:
        return older_pages(len(self.site.articles), self.config.page_size)


def front_page(site: Site, config: Config, number: int) -> Output:
    """The front, with `number` 0, or one of its older pages."""
    page = numbered_page(site.articles, config.page_size, "/", config.base, number)
    value = _older_page(page, site, config) if number else _front(page, site, config)
    return Output(output_path(page.address), value, LAYOUT)


def _older_page(page: NumberedPage[Article], site: Site, config: Config) -> FrontPage:
    return FrontPage(
        head=_head(page, config),
        url=config.base.url(page.address),
        title=config.title,
        cards=cards_of(page.items, site),
        pager=page.pager,
        language=config.language,
        direction=direction(config.language),
    )


def _front(page: NumberedPage[Article], site: Site, config: Config) -> FrontPage:
    pinned = sorted(site.pinned, key=lambda article: article.weight or LAST)
    chosen = list(dict.fromkeys(article.source.path for article in (*pinned, *page.items)))
    top = chosen[: 1 + config.front.secondary]
    blocks = _blocks(set(top), site, config)
    shown = {*top, *(path for _, paths in blocks for path in paths)}
    rest = [path for path in chosen if path not in shown]
    return FrontPage(
        head=_head(page, config),
        url=config.base.url(page.address),
        title=config.title,
        cards=_cards(rest, site),
        pager=page.pager,
        lead=site.cards[top[0]] if top else None,
        secondary=_cards(top[1:], site),
        blocks=tuple(Block(link.title, link.url, _cards(paths, site)) for link, paths in blocks),
        edition=page.items[0].date if config.front.date and page.items else None,
        language=config.language,
        direction=direction(config.language),
    )


def _blocks(shown: set[str], site: Site, config: Config) -> list[tuple[Link, list[str]]]:
    """For each section its newest stories that are not shown already."""
    size = config.front.block
    blocks = []
    for section in site.sections:
        fresh = (a.source.path for a in section.articles if a.source.path not in shown)
        paths = [path for path, _ in zip(fresh, range(size), strict=False)]
        if paths:
            link = site.cards[paths[0]].section
            blocks.append((link or Link(section.subject.title, ""), paths))
    return blocks


def _cards(paths: list[str], site: Site) -> tuple[Card, ...]:
    return tuple(site.cards[path] for path in paths)


def _head(page: NumberedPage[Article], config: Config) -> Head:
    return Head(
        title=numbered_title(config.title, page.pager.number),
        url=config.base.url(page.address),
        description=config.description or config.tagline,
        language=config.language,
        direction=direction(config.language),
        trail=(Link(config.title, config.base.url("/")),),
    )
