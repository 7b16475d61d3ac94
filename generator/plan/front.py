"""The front page: the lead, the stories beside it, the newest run, and a block for each section."""

from generator.model.addresses import numbered_address, output_path
from generator.model.article import LAST, Article
from generator.model.cards import Card, Link
from generator.model.config import Config
from generator.model.outputs import Output
from generator.model.pages import Block, FrontPage, Head
from generator.model.plan import Planned, Slot
from generator.model.site import Site
from generator.plan.directions import direction
from generator.plan.links import LinkResolver
from generator.plan.listings import cards_of, numbered_title
from generator.plan.numbering import NumberedPage, numbered_page, older_pages

LAYOUT = "front.html"


def plan_front(site: Site, config: Config, links: LinkResolver) -> Planned[Slot]:  # noqa: ARG001 - a planner
    """The front and its older pages. No story stands on the front twice."""
    last = older_pages(len(site.articles), config.page_size)
    return tuple(_slot(site, config, number) for number in range(last + 1)), ()


def _slot(site: Site, config: Config, number: int) -> Slot:
    path = output_path(numbered_address("/", number))
    return Slot(path, front_page, (site, config, number), LAYOUT)


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
