"""Departures: which published addresses no longer stand, and where what stood there has gone."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol

from generator.model.address_ledger import (
    AUTHOR,
    LEDGER,
    LOST,
    MOVED,
    PAGE,
    SECTION,
    STORY,
    TAG,
    AddressLedger,
    Departure,
    Stood,
)
from generator.model.addresses import author_address, default_id, section_address, tag_address
from generator.model.article import Article, Page
from generator.model.config import Config
from generator.model.problems import Place, Problem
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.change import Change, same, subjects
from generator.plan.subjects import author_subjects, section_subjects, tag_subjects

TOLD = 16
"""So many characters of a digest tell texts apart: 64 bits."""


class Planned(Protocol):
    """A plan, as far as its addresses are concerned."""

    site: Site
    config: Config

    def has(self, address: str) -> bool:
        """Whether something is published at an address, or leads on from there."""
        ...

    def is_withdrawn(self, address: str) -> bool:
        """Whether somebody said that what stood at an address is gone."""
        ...

    def leads_to(self, address: str) -> str:
        """The address to which an old one leads on, on this site; empty where it does not."""
        ...


@frozen
class Fates:
    """What became of addresses that no longer stand: those that lead on, and those that do not."""

    moved: tuple[Departure, ...] = ()
    lost: tuple[tuple[str, Stood], ...] = ()

    def problems(self) -> tuple[Problem, ...]:
        """An error for each address that would die."""
        return tuple(_lost(address, stood) for address, stood in self.lost)


def story_stood(article: Article) -> Stood:
    """What the ledger says of a story."""
    own = "" if article.id == default_id(article.address) else article.id
    return Stood(STORY, article.source.path, article.source.digest[:TOLD], own)


def few_standing(site: Site, config: Config) -> dict[str, Stood]:
    """What stands at all lasting addresses but those of stories: pages, sections, tags, authors."""
    found = {
        page.address: Stood(PAGE, page.source.path, page.source.digest[:TOLD])
        for page in site.pages
    }
    for kind, some in (
        (SECTION, section_subjects(site, config)),
        (TAG, tag_subjects(site, config)),
        (AUTHOR, author_subjects(site, config)),
    ):
        for subject in some:
            found[subject.front] = Stood(kind, subject.title)
    return found


def came_and_went(change: Change, config: Config) -> tuple[dict[str, Stood], dict[str, Stood]]:
    """The lasting addresses that a change brings, and those that it takes away."""
    olds = {edit.old.address: story_stood(edit.old) for edit in change.edits if edit.old}
    news = {edit.new.address: story_stood(edit.new) for edit in change.edits if edit.new}
    sides = (change.before, change.after)
    if change.texts or not all(
        same(*(subjects(getattr(side, name)) for side in sides))
        for name in ("sections", "tags", "authors")
    ):
        were, now = (few_standing(side, config) for side in sides)
        olds, news = olds | were, news | now
    came = {address: stood for address, stood in news.items() if not says(olds, address, stood)}
    return came, {address: stood for address, stood in olds.items() if address not in news}


def says(entries: Mapping[str, Stood], address: str, stood: Stood) -> bool:
    """Whether it is told already that something stands at an address, and which text it is."""
    known = entries.get(address)
    if known is None or known.kind in (MOVED, LOST):
        return False
    return known.kind not in (STORY, PAGE) or known.what == stood.what


class Reckoning:
    """Holds what was published against what a plan publishes."""

    def __init__(self, plan: Planned, dropped: Mapping[str, str]) -> None:
        self._plan, self._site, self._dropped = plan, plan.site, dropped

    @cached_property
    def _few(self) -> dict[str, Stood]:
        return few_standing(self._site, self._plan.config)

    def stands(self, address: str) -> bool:
        """Whether an address still answers, or was withdrawn on purpose."""
        plan = self._plan
        return address in self._few or plan.has(address) or plan.is_withdrawn(address)

    def fates(self, entries: Mapping[str, Stood]) -> Fates:
        """What became of those addresses of a ledger that no longer stand."""
        stories = frozenset(self._site.article_at)
        moved, lost = [], []
        for address, stood in entries.items():
            if stood.kind == LOST or address in stories:
                continue
            if self.stands(address):
                if path := self.led_on(address, stood, entries):
                    moved.append(Departure(address, path))
                continue
            if self.is_concealed(address, stood):
                continue
            path = self._home_of(stood)
            if path and not (stood.kind == MOVED and path == stood.what):
                moved.append(Departure(address, path))
            elif not path:
                lost.append((address, stood))
        return Fates(tuple(moved), tuple(lost))

    def led_on(self, address: str, stood: Stood, entries: Mapping[str, Stood]) -> str:
        """The path of a story that has moved from an address, as somebody wrote in it or in a list.

        That is one which was published nowhere else: readers' programs know it from there.
        """
        to = self._plan.leads_to(address) if stood.kind == STORY else ""
        story = self._site.article_at.get(to) or self._site.article_at.get(f"{to}/")
        return story.source.path if story and story.address not in entries else ""

    def is_concealed(self, address: str, stood: Stood) -> bool:
        """Whether readers do not see for now what stood there: a draft, an embargo, a fault."""
        site = self._site
        if stood.kind in (STORY, PAGE, MOVED):
            return stood.what in site.hidden or stood.what in site.broken
        return bool(site.broken) or address in self._of_hidden

    @cached_property
    def _of_hidden(self) -> frozenset[str]:
        """The fronts of what only hidden stories name."""
        hidden = [text for text in self._site.hidden.values() if isinstance(text, Article)]
        found = {section_address(article.section) for article in hidden}
        found |= {tag_address(name.slug) for article in hidden for name in article.tags}
        found |= {author_address(name.slug) for article in hidden for name in article.authors}
        return frozenset(found)

    def _home_of(self, stood: Stood) -> str:
        """The path of the text in which is now what stood somewhere; nothing if none is proven."""
        if stood.kind not in (STORY, PAGE, MOVED):
            return ""
        if stood.what in self._site.article_of or stood.what in self._site.texts:
            return stood.what
        if stood.id and (story := self._site.by_id.get(stood.id)):
            return story.source.path
        known = (stood.digest, self._dropped.get(stood.what, "")[:TOLD])
        return next((self._by_digest[one] for one in known if one in self._by_digest), "")

    @cached_property
    def _by_digest(self) -> dict[str, str]:
        """The paths of stories and pages by what their files hold; of twins neither."""
        texts: Iterable[Article | Page] = (*self._site.articles, *self._site.pages)
        found: dict[str, str] = {}
        twins = set()
        for text in texts:
            told = text.source.digest[:TOLD]
            if found.setdefault(told, text.source.path) != text.source.path:
                twins.add(told)
        return {digest: path for digest, path in found.items() if digest not in twins}


def firsts(ledgers: Iterable[AddressLedger]) -> Iterator[tuple[str, str]]:
    """For the texts that had other addresses: their paths, and the first address of each."""
    seen = set()
    for ledger in ledgers:
        for one in sorted(ledger.departures, key=lambda departure: departure.line or 10**9):
            if one.path not in seen:
                seen.add(one.path)
                yield one.path, one.address


def _lost(address: str, stood: Stood) -> Problem:
    message = f'the published address "{address}" would die: {stood} is not there any more'
    hint = (
        f'Lead it on: "aliases: [{address}]" in the text that has it now, or a line '
        f'"{address},/new/" in redirects.csv ("{address},,410" if it was withdrawn on purpose). '
        "--allow-lost lets it go."
    )
    return Problem(Place(LEDGER, stood.line, 1 if stood.line else 0), message, hint)
