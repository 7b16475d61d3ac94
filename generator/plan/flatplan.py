"""The flatplan: the plan asked for one file at a time.

`plan_site` makes every Output at once; here a path is looked up, and only what stands there is
made. Both have the very same Outputs, by one set of functions: so the preview shows what a build
publishes, and a build that knows which pages can have changed makes no others.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial

from generator.model.addresses import address_of, output_path
from generator.model.article import Page
from generator.model.config import Config
from generator.model.layouts import ThemeFile
from generator.model.outputs import Frame, Output
from generator.model.site import Site
from generator.plan.archive import Archive
from generator.plan.articles import ArticlePages
from generator.plan.feeds import FeedMaker, feed_formats, feed_subject, whole_site
from generator.plan.files import file_at
from generator.plan.frame import asset_address, make_frame, plan_assets
from generator.plan.front import front_page
from generator.plan.host_files import plan_host_files
from generator.plan.indexes import index_at
from generator.plan.links import LinkResolver
from generator.plan.listings import Listings
from generator.plan.numbering import older_pages
from generator.plan.own_files import Text, text_of
from generator.plan.planners import further_addresses, plan_site
from generator.plan.redirects import alias_addresses
from generator.plan.runs import SearchedRuns
from generator.plan.sitemaps import (
    INDEX,
    NEWS,
    month_parts,
    news_sitemap,
    page_parts,
    sitemap_index,
)
from generator.plan.standing import plan_not_found, standing_page
from generator.plan.subjects import Subject, all_subjects

NUMBERED = re.compile(r"(/(?:.+/)?)page/([1-9][0-9]{0,8})/")
ARCHIVE = re.compile(r"/archive/(?:([0-9]{4,})/(?:([0-9]{2})/)?)?")
SITEMAP = re.compile(r"/sitemaps/(?:pages|([0-9]{4,})-([0-9]{2}))(?:-[0-9]+)?\.xml")
REDIRECTS = "_redirects"


class Flatplan:
    """Every Output of a site, each made when its path is asked for."""

    def __init__(self, site: Site, config: Config, theme: tuple[ThemeFile, ...]) -> None:
        self._site, self._config, self._theme = site, config, theme
        self._links = LinkResolver(site, config, partial(further_addresses, site, config))
        self._articles = ArticlePages(site, config, self._links, SearchedRuns())
        self._listings = Listings(site, config, self._links)
        self._feeds = FeedMaker(site, config, self._links)
        self._finders: tuple[Callable[[str], Output | None], ...] = (
            self._article,
            self._standing,
            self._listing,
            self._index,
            self._feed,
            self._sitemap,
            self._single_file,
            self._own_file,
            self._redirect,
        )

    @cached_property
    def frame(self) -> Frame:
        """What every page shows."""
        return make_frame(self._site, self._config, self._theme)[0]

    def at(self, path: str) -> Output | None:
        """The Output at a path relative to the output folder; None where there is none."""
        return next(self._all_at(path), None)

    def is_contested(self, path: str) -> bool:
        """Whether a path has two Outputs, or is an old address too: a Problem of the whole plan."""
        return path in self._old_paths or len([*self._all_at(path)]) > 1

    def _all_at(self, path: str) -> Iterator[Output]:
        address = address_of(path)
        found = (find(address) for find in self._finders)
        return (output for output in found if output and output.path == path)

    def _article(self, address: str) -> Output | None:
        article = self._site.article_at.get(address)
        return self._articles.page(article) if article else None

    def _standing(self, address: str) -> Output | None:
        page = self._page_at.get(address)
        return standing_page(page, self._site, self._config, self._links)[0] if page else None

    def _listing(self, address: str) -> Output | None:
        """A page of the front's or a subject's listing."""
        numbered = NUMBERED.fullmatch(address)
        front, number = (numbered[1], int(numbered[2])) if numbered else (address, 0)
        if front == "/":
            last = older_pages(len(self._site.articles), self._config.page_size)
            return front_page(self._site, self._config, number) if number <= last else None
        subject = self._subjects.get(front)
        return self._listings.page(subject, number) if subject else None

    def _index(self, address: str) -> Output | None:
        """An index, or a page of the archive."""
        period = ARCHIVE.fullmatch(address)
        if period is None or not self._config.outputs.archive:
            return index_at(address, self._site, self._config)
        when = int(period[1] or 0), int(period[2] or 0)
        return self._archive.page(when) if when in self._archive.periods else None

    def _feed(self, address: str) -> Output | None:
        folder, _, name = address.rpartition("/")
        form = next((form for form in feed_formats(self._config) if form.file == name), None)
        if form is None:
            return None
        if not folder:
            return self._feeds.feed(whole_site(self._site, self._config), form)
        about = self._subjects.get(folder + "/")
        return self._feeds.feed(feed_subject(about), form) if about and about.has_feeds else None

    def _sitemap(self, address: str) -> Output | None:
        site, on = self._site, self._config.outputs
        if address == NEWS and on.news_sitemap:
            return news_sitemap(site, self._config)
        if address == INDEX and on.sitemap:
            return sitemap_index(site, self._config)
        part = SITEMAP.fullmatch(address) if on.sitemap else None
        if part is None:
            return None
        month = (int(part[1]), int(part[2])) if part[1] else None
        if month and month not in site.months:
            return None
        parts = dict(month_parts(site, month) if month else page_parts(site, self._config))
        return Output(output_path(address), parts[address]) if address in parts else None

    def _single_file(self, address: str) -> Output | None:
        """One of the theme's files and of those that hosts look for."""
        return self._single_files.get(output_path(address))

    def _own_file(self, address: str) -> Output | None:
        return file_at(output_path(address), self._site, self._text_at)

    def _text_at(self, address: str) -> Text | None:
        text = self._site.article_at.get(address) or self._page_at.get(address)
        if text:
            return text_of(text)
        about = self._subjects.get(address)
        return Text(about.source, about.front, about.image) if about and about.source else None

    def _redirect(self, address: str) -> Output | None:
        """What stands at an old address, or the list of all of these.

        Whether an old address is free depends on everything else: the whole plan knows.
        """
        path = output_path(address)
        return self._redirects.get(path) if path in self._old_paths else None

    @cached_property
    def _page_at(self) -> dict[str, Page]:
        return {page.address: page for page in self._site.pages}

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        return {about.front: about for about in all_subjects(self._site, self._config)}

    @cached_property
    def _archive(self) -> Archive:
        return Archive(self._site, self._config)

    @cached_property
    def _single_files(self) -> dict[str, Output]:
        assets = [asset_address(file) for file in self._theme]
        not_found, _ = plan_not_found(self._site, self._config, self._links)
        hosts = plan_host_files(self._config, (), assets)
        return {o.path: o for o in (*plan_assets(self._theme), *not_found, *hosts)}

    @cached_property
    def _old_paths(self) -> frozenset[str]:
        paths = map(output_path, alias_addresses(self._site, self._config))
        return frozenset((*paths, REDIRECTS))

    @cached_property
    def _redirects(self) -> dict[str, Output]:
        plan, _ = plan_site(self._site, self._config, self._theme)
        slots = (slot for slot in reversed(plan.slots) if slot.path in self._old_paths)
        return {slot.path: slot.made() for slot in slots}
