"""Standing pages: about, contact, policies; and the page for what is not there."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Self

from generator.model.addresses import output_path
from generator.model.article import Page
from generator.model.cards import Link
from generator.model.config import Config
from generator.model.outputs import Output
from generator.model.pages import Head, NotFoundPage, StandingPage
from generator.model.problems import Place, Problem
from generator.model.site import Site
from generator.plan.articles import update_to_come
from generator.plan.change import Change
from generator.plan.directions import direction
from generator.plan.kind import Kind, Links
from generator.plan.pictures import picture_of
from generator.plan.visibility import held_in_vain

NOT_FOUND = "static/404.html"


class Standing(Kind):
    """A page for every text under `content/pages/`."""

    @cached_property
    def _page_at(self) -> dict[str, Page]:
        return {page.address: page for page in reversed(self.site.pages)}

    def slots(self) -> Iterator[Output]:
        """Every page, made at once: there are few."""
        return (self._made(page)[0] for page in self.site.pages)

    def _made(self, page: Page) -> tuple[Output, tuple[Problem, ...]]:
        return standing_page(page, self.site, self.config, self.links)

    def at(self, address: str) -> Output | None:
        """The page at an address."""
        page = self._page_at.get(address)
        return self._made(page)[0] if page else None

    def has(self, address: str) -> bool:
        """Whether a page stands at an address."""
        return address in self._page_at

    def address_of(self, path: str) -> str:
        """Where the page from a file stands."""
        page = self.site.texts.get(path)
        return page.address if isinstance(page, Page) else ""

    def listed(self) -> Iterator[tuple[str, datetime | None]]:
        """The pages that search engines may list."""
        return ((page.address, page.updated) for page in self.site.pages if not page.noindex)

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The pages whose texts, or pictures, are others."""
        for path in change.texts | change.naming(change.files):
            yield from filter(None, (before.address_of(path), self.address_of(path)))

    def problems(self, change: Change | None = None) -> tuple[Problem, ...]:  # noqa: ARG002 - as every kind
        """Pictures that are missing, and dates that are still to come."""
        pages = self.site.pages
        missing = (problem for page in pages if page.image for problem in self._made(page)[1])
        return (*missing, *(problem for page in pages for problem in self._to_come(page)))

    def _to_come(self, page: Page) -> Iterator[Problem]:
        vain = [*held_in_vain(page, self.site.now)]
        yield from vain
        if not vain and page.updated and page.updated > self.site.now:
            yield update_to_come(page.source.path, page.updated)


def standing_page(
    page: Page, site: Site, config: Config, links: Links
) -> tuple[Output, tuple[Problem, ...]]:
    """One standing page; a picture that is missing is a Problem."""
    base, path = config.base, page.source.path
    language = page.language or config.language
    picture, fault = picture_of(page.image, path, page.address, site.files, config)
    hint = "Put the file beside the page, or under static/ and write /its/path."
    severity = config.links.severity(None)
    problems = (Problem(Place(path), fault, hint, severity, keys=("image",)),) if fault else ()
    url = base.url(page.address)
    head = Head(
        title=page.seo_title or page.title,
        url=url,
        description=page.summary or page.source.facts.opening,
        language=language,
        direction=direction(language),
        noindex=page.noindex,
        picture=picture,
        trail=(Link(config.title, base.url("/")), Link(page.title, url)),
    )
    value = StandingPage(
        head=head,
        url=url,
        title=page.title,
        source=links.body(page.source, page.address, language),
        summary=page.summary,
        updated=page.updated,
        picture=picture,
        language=language,
        direction=direction(language),
        extra=page.extra,
        title_html=page.emphasis.text("title"),
        summary_html=page.emphasis.text("summary"),
    )
    return Output(output_path(page.address), value, "page.html", path), problems


class NotFound(Kind):
    """`404.html`, unless the site has one of its own, under `static/` or as a page."""

    has_texts = False

    def slots(self) -> Iterator[Output]:
        """The one page."""
        taken = NOT_FOUND in self.site.files or any(
            page.address == "/404.html" for page in self.site.pages
        )
        if self.config.outputs.not_found and not taken:
            yield not_found_page(self.config)

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """Never."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterable[str]:  # noqa: ARG002 - as every kind
        """When the site's own comes or goes; else it follows from the configuration."""
        return ("/404.html",) if NOT_FOUND in change.files or change.texts else ()


def not_found_page(config: Config) -> Output:
    """What hosts answer where there is nothing."""
    url = config.base.url("/404.html")
    title = config.titles.not_found
    head = Head(
        title=title,
        url=url,
        language=config.language,
        direction=direction(config.language),
        noindex=True,
    )
    page = NotFoundPage(
        head=head,
        url=url,
        title=title,
        language=config.language,
        direction=direction(config.language),
    )
    return Output("404.html", page, "404.html")
