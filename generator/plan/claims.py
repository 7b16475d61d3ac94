"""Claims: which old addresses shall lead on, as texts and lists ask for it."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from generator.model.address_ledger import LEDGER, AddressLedger
from generator.model.addresses import (
    ABSOLUTE,
    AUTHORS,
    author_address,
    section_address,
    tag_address,
)
from generator.model.article import Article, Page, Tag
from generator.model.config import Config
from generator.model.problems import Place, Problem, Severity
from generator.model.redirects import ListedRedirect, Redirect, RedirectList
from generator.model.site import Site
from generator.model.values import frozen
from generator.model.written_addresses import ELSEWHERE, written_address
from generator.plan.feeds import feed_formats
from generator.plan.own_files import path_of

ALIAS_HINT = "Write an old address on this site, such as /2019/old-name/."


@frozen
class Claim:
    """One redirect as somebody asks for it: under which key or on which line, and for which title.

    `is_name`: it is another name of a tag, not an address. `is_feed`: it comes with its page's.
    `is_departure`: nobody asks for it, but the site's ledger knows that the page stood there.
    """

    redirect: Redirect
    keys: tuple[str | int, ...]
    title: str
    language: str
    is_name: bool = False
    is_feed: bool = False
    line: int = 0
    is_departure: bool = False

    def problem(self, message: str, hint: str, *, is_error: bool = True) -> Problem:
        """What is wrong with the claim. Of a tag's name it never stops publishing.

        A tag's aliases are names first; that one of them has no old page matters little.
        """
        severity = Severity.ERROR if is_error and not self.is_name else Severity.WARNING
        place = Place(self.redirect.source, self.line, 1 if self.line else 0)
        return Problem(place, message, hint, severity, keys=() if self.line else self.keys)

    @property
    def what(self) -> str:
        """What people know it as."""
        return "the old address" if self.line else "the alias"


Claims = tuple[list[Claim], tuple[Problem, ...]]


def claims_of(site: Site, config: Config) -> Claims:
    """All that is asked for, in an order that does not depend on the files' order."""
    found = _Found(config)
    texts: tuple[Article | Page, ...] = (*site.moved, *site.pages)
    for text in texts:
        page = _Page(text.address, text.source.path, text.title, text.language or config.language)
        for number, alias in enumerate(text.aliases):
            found.alias(alias, ("aliases", number), page)
    _add_subjects(found, site, config)
    for listed in site.of(RedirectList):
        for one in listed.redirects:
            found.listed(one, listed.source.path)
    ordered = sorted(found.claims, key=lambda claim: (claim.redirect, str(claim.keys)))
    return [*ordered, *_departures(site, config)], tuple(found.problems)


def _departures(site: Site, config: Config) -> Iterator[Claim]:
    """Where texts stood before, as the ledger of addresses has it."""
    for ledger in site.of(AddressLedger):
        for one in (one for one in ledger.departures if not one.is_back):
            text = site.article_of.get(one.path) or site.texts.get(one.path)
            if isinstance(text, Article | Page):
                redirect = Redirect(one.address, text.address, LEDGER)
                language = text.language or config.language
                yield Claim(redirect, (one.address,), text.title, language, is_departure=True)


@frozen
class _Page:
    """A page that had another address: where it stands now, its text's path, title and language."""

    address: str
    path: str
    title: str
    language: str
    has_feeds: bool = False


def _add_subjects(found: "_Found", site: Site, config: Config) -> None:
    """The old addresses of sections, tags and authors, each with its feeds."""
    on, language = config.outputs, config.language
    for section in (one.subject for one in site.sections if on.sections):
        if section.source and section.aliases:
            front, path = section_address(section.slug), section.source.path
            page = _Page(front, path, section.title, language, on.section_feeds)
            for number, alias in enumerate(section.aliases):
                found.alias(alias, ("aliases", number), page)
    for author in (one.subject for one in site.authors if on.authors):
        if author.source and author.aliases:
            front, path = author_address(author.slug), author.source.path
            page = _Page(front, path, author.name, language, on.author_feeds)
            for number, alias in enumerate(author.aliases):
                written = alias if "/" in alias else AUTHORS + alias
                found.alias(written, ("aliases", number), page)
    for tag in (one.subject for one in site.tags if on.tags):
        found.claims += _tag_claims(tag, config)
        if tag.source and tag.old_addresses:
            front, path = tag_address(tag.slug), tag.source.path
            page = _Page(front, path, tag.label, language, on.tag_feeds)
            for alias in tag.old_addresses:
                found.alias(alias, ("aliases", alias), page)


class _Found:
    """The claims that are found, and what is wrong with others."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self.claims: list[Claim] = []
        self.problems: list[Problem] = []

    def alias(self, alias: str, keys: tuple[str | int, ...], page: _Page) -> None:
        """Take in an alias of a page."""
        address, fault = written_address(alias, self._config.base)
        if fault:
            message = f'the alias "{_shown(alias)}" {fault}'
            self.problems.append(Problem(Place(page.path), message, ALIAS_HINT, keys=keys))
            return
        redirect = Redirect(address, page.address, page.path)
        self.claims.append(Claim(redirect, keys, page.title, page.language))
        if not (page.has_feeds and address.endswith("/")):
            return
        for form in feed_formats(self._config, page.address):
            feed = Redirect(address + form.file, page.address + form.file, page.path)
            self.claims.append(Claim(feed, keys, page.title, page.language, is_feed=True))

    def listed(self, one: ListedRedirect, path: str) -> None:
        """Take in a redirect of a list."""
        base = self._config.base
        written, _, query = one.from_written.partition("#")[0].partition("?")
        address, fault = written_address(written or "/", base)
        target, tail, wrong = self._target(one) if one.to_written else ("", "", "")
        if fault or wrong:
            message = f'"{_shown(one.from_written if fault else one.to_written)}" {fault or wrong}'
            hint = "Write an address on this site: /2019/old-name/, /old.html, /?p=123."
            if not fault:
                hint = "Write an address on this site, or a whole one: https://example.org/new/."
            self.problems.append(Problem(Place(path, one.line, 1), message, hint))
            return
        redirect = Redirect(address, target, path, query, tail, one.status)
        claim = Claim(redirect, (one.line,), "", self._config.language, line=one.line)
        self.claims.append(claim)

    def _target(self, one: ListedRedirect) -> tuple[str, str, str]:
        """Where a listed redirect leads: an address with its tail, or a URL; and what is wrong."""
        written = one.to_written
        path = path_of(written)
        address, fault = written_address(path or "/", self._config.base)
        if fault == ELSEWHERE and written.lower().startswith(("https://", "http://", "//")):
            return written, "", ""
        if fault and not ABSOLUTE.match(path):
            # A file of the site may have a name that no address by hand has: `50% off.pdf`.
            plain = posixpath.normpath("/" + unquote(path).lstrip("/"))
            is_plain = plain.isprintable() and path.startswith("/")
            return (plain, written[len(path) :], "") if is_plain else ("", "", fault)
        return address, written[len(path) :], fault


def _tag_claims(tag: Tag, config: Config) -> Iterator[Claim]:
    """The pages and feeds that a tag's other names would have had."""
    path = tag.source.path if tag.source else ""
    new = tag_address(tag.slug)
    formats = feed_formats(config, new) if config.outputs.tag_feeds else ()
    for alias in tag.aliases:
        if alias.slug in ("", tag.slug):
            continue
        old, keys = tag_address(alias.slug), ("aliases", alias.label)
        for file in ("", *(form.file for form in formats)):
            redirect = Redirect(old + file, new + file, path)
            yield Claim(
                redirect, keys, tag.label, config.language, is_name=True, is_feed=bool(file)
            )


def _shown(alias: str) -> str:
    """An alias for a message: one short line, whatever it holds."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in alias[:80])
