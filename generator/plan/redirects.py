"""Redirects: from the aliases of articles, pages and tags to one list, checked."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Self

from generator.model.addresses import address_of, folded, output_path, tag_address
from generator.model.article import Article, Page, Tag
from generator.model.config import CONFIG_FILE, Config
from generator.model.outputs import Output, RedirectPage, TextFile
from generator.model.plan import Slot
from generator.model.problems import Place, Problem, Severity
from generator.model.redirects import Redirect
from generator.model.site import Site
from generator.model.values import frozen
from generator.model.written_addresses import written_address
from generator.plan.change import Change, same, subjects
from generator.plan.collisions import OURS
from generator.plan.feeds import feed_formats
from generator.plan.kind import Kind

# Files of the site that are made after redirects; nobody may claim their names.
LIST = "/_redirects"
ENCODED = re.compile(r"(?:%[0-9A-F]{2})+")
TAKEN = frozenset({"/404.html", "/robots.txt", "/_headers/", "/_redirects/"})


@frozen
class _Claim:
    """One redirect as somebody asks for it: under which key, for a page of which title."""

    redirect: Redirect
    keys: tuple[str | int, ...]
    title: str
    language: str
    is_tag: bool = False

    def problem(self, message: str, hint: str, *, is_error: bool = True) -> Problem:
        """What is wrong with the claim. Of a tag it never stops publishing.

        A tag's aliases are names first; that one of them has no old page matters little.
        """
        severity = Severity.ERROR if is_error and not self.is_tag else Severity.WARNING
        place = Place(self.redirect.source)
        return Problem(place, message, hint, severity, keys=self.keys)


class Redirects(Kind):
    """The redirects of a site: a page at each old address that can have one, and `_redirects`.

    A redirect never takes the place of anything else that the site publishes.
    """

    has_texts = False
    follows = True

    @cached_property
    def _claims(self) -> tuple[list[_Claim], tuple[Problem, ...]]:
        return _claims(self.site, self.config)

    @cached_property
    def _claimed(self) -> frozenset[str]:
        return frozenset(claim.redirect.from_address for claim in self._claims[0])

    @cached_property
    def _checked(self) -> "_Checked":
        checked = _Checked(self._living)
        for claim in self._claims[0]:
            checked.add(claim, self.config)
        return checked

    def _living(self, path: str) -> Slot | Output | None:
        return self.plan.others_at(self, address_of(path))

    @property
    def kept(self) -> tuple[Redirect, ...]:
        """The redirects that stand, in the order of their old addresses."""
        return tuple(claim.redirect for claim in self._checked.claims)

    def slots(self) -> Iterator[Output]:
        """The pages at old addresses, and the list of all redirects for hosts that read it."""
        checked = self._checked
        yield from (_page(c, self.config) for c in checked.claims if c in checked.paged)
        if self.config.outputs.redirects_file and checked.claims:
            text = redirects_file(self.config, self.kept)
            yield Output("_redirects", TextFile(text), "", CONFIG_FILE)

    def at(self, address: str) -> Output | None:
        """The page at an old address."""
        if address != LIST and address not in self._claimed:
            return None
        found = self._by_address.get(address)
        return found.made() if found else None

    def has(self, address: str) -> bool:
        """Whether an address leads on, by a page or at a host that reads `_redirects`."""
        return address in self._claimed or (address == LIST and self.at(LIST) is not None)

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they lead on to pages that are listed."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterable[str]:
        """The old addresses of texts that are others."""
        if not self._may_differ(change):
            return ()
        return {*self._claimed, *before._claimed, LIST}

    def _may_differ(self, change: Change) -> bool:
        stories = [article for edit in change.edits for article in edit]
        has_moved = any(story.aliases or story.address in self._claimed for story in stories)
        tags = (subjects(site.tags) for site in (change.before, change.after))
        return has_moved or bool(change.texts) or not same(*tags)

    def problems(self, change: Change | None = None) -> tuple[Problem, ...] | None:
        """What is wrong with the claims to old addresses."""
        if change and not self._may_differ(change):
            return None
        return (*self._claims[1], *self._checked.problems, *chain_problems(self.kept))


def chain_problems(redirects: Iterable[Redirect]) -> tuple[Problem, ...]:
    """A Problem for each redirect that leads to another redirect: a chain, or a loop."""
    by_address = {redirect.from_address: redirect for redirect in redirects}
    problems = []
    for first in by_address.values():
        way, step = [first.from_address], first
        while step.to_address in by_address and step.to_address not in way:
            way.append(step.to_address)
            step = by_address[step.to_address]
        if len(way) > 1 or step.to_address in way:
            message = f"a redirect that leads to a redirect: {' -> '.join([*way, step.to_address])}"
            hint = "Let each old address lead straight to the page."
            problems.append(Problem(Place(first.source), message, hint, keys=("aliases",)))
    return tuple(problems)


class _Checked:
    """Sorts out claims: those that stand, and among them those that can have a page."""

    def __init__(self, living: Callable[[str], Slot | Output | None]) -> None:
        self._living = living
        self._owner: dict[str, _Claim] = {}
        self._leading: set[str] = set()
        self.claims: list[_Claim] = []
        self.paged: set[_Claim] = set()
        self.problems: list[Problem] = []

    def add(self, claim: _Claim, config: Config) -> None:
        """Take a claim, or report why not. A tag page's comes before those of its feeds."""
        redirect = claim.redirect
        address, path = redirect.from_address, output_path(redirect.from_address)
        page = self._living(path)
        owner = self._owner.get(folded(path))
        if self._is_feed_of_none(claim):
            pass  # what hinders its page is told already
        elif address == redirect.to_address:
            message = f'the alias "{address}" is the page\'s own address'
            self.problems.append(claim.problem(message, "Delete the alias.", is_error=False))
        elif address in TAKEN or (page and page.path == path):
            source = page.source if page else ""
            what = "a file that Broadsheet makes" if source in OURS else source
            message = f'the old address "{address}" is in use: {what}'
            hint = "Delete the alias, or give one of the two another address."
            self.problems.append(claim.problem(message, hint))
        elif owner and owner.redirect.to_address != redirect.to_address:
            message = f'the old address "{address}" is claimed by {owner.redirect.source} too'
            self.problems.append(claim.problem(message, "Leave it in one of the two files."))
        elif owner is None or owner.redirect.from_address != address:
            self.claims.append(claim)
            self._leading.add(address)
            self._owner.setdefault(folded(path), claim)
            self._decide_page(claim, config, is_alone=not page and not owner)

    def _is_feed_of_none(self, claim: _Claim) -> bool:
        """Whether this is the feed of an old tag page that does not lead on itself."""
        folder, _, file = claim.redirect.from_address.rpartition("/")
        return claim.is_tag and bool(file) and folder + "/" not in self._leading

    def _decide_page(self, claim: _Claim, config: Config, *, is_alone: bool) -> None:
        """Whether a page can stand at the old address; a warning where readers may be lost."""
        on, address = config.outputs, claim.redirect.from_address
        if not on.redirect_pages:
            return
        if claim.redirect.can_be_page and is_alone:
            self.paged.add(claim)
        elif claim.redirect.can_be_page:
            message = f'"{address}" differs only in case from another address'
            hint = "It leads on only at hosts that read _redirects: delete it if yours does not."
            self.problems.append(claim.problem(message, hint, is_error=False))
        elif not on.redirects_file and not claim.is_tag:
            message = f'no page can stand at "{address}"'
            hint = "Switch outputs.redirects_file on, or redirect it at your host."
            self.problems.append(claim.problem(message, hint, is_error=False))


def _claims(site: Site, config: Config) -> tuple[list[_Claim], tuple[Problem, ...]]:
    """All that is asked for, in an order that does not depend on the files' order."""
    claims: list[_Claim] = []
    problems: list[Problem] = []
    texts: tuple[Article | Page, ...] = (*site.moved, *site.pages)
    for text in texts:
        for number, alias in enumerate(text.aliases):
            address, fault = written_address(alias, config.base)
            keys = ("aliases", number)
            if fault:
                message = f'the alias "{_shown(alias)}" {fault}'
                hint = "Write an old address on this site, such as /2019/old-name/."
                problems.append(Problem(Place(text.source.path), message, hint, keys=keys))
                continue
            redirect = Redirect(address, text.address, text.source.path)
            claims.append(_Claim(redirect, keys, text.title, text.language or config.language))
    if config.outputs.tags:
        for tag in site.tags:
            claims += _tag_claims(tag.subject, config)
    return sorted(claims, key=lambda claim: (claim.redirect, claim.keys[-1])), tuple(problems)


def _tag_claims(tag: Tag, config: Config) -> Iterator[_Claim]:
    """The pages and feeds that a tag's other names would have had."""
    path = tag.source.path if tag.source else ""
    formats = feed_formats(config) if config.outputs.tag_feeds else ()
    new = tag_address(tag.slug)
    for number, alias in enumerate(tag.aliases):
        if alias.slug in ("", tag.slug):
            continue
        old = tag_address(alias.slug)
        for file in ("", *(form.file for form in formats)):
            redirect = Redirect(old + file, new + file, path)
            keys = ("aliases", number)
            yield _Claim(redirect, keys, tag.label, config.language, is_tag=True)


def _page(claim: _Claim, config: Config) -> Output:
    redirect = claim.redirect
    page = RedirectPage(
        url=config.base.url(redirect.from_address),
        target_url=config.base.url(redirect.to_address),
        title=claim.title,
        language=claim.language,
    )
    return Output(output_path(redirect.from_address), page, "", redirect.source)


def _shown(alias: str) -> str:
    """An alias for a message: one short line, whatever it holds."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in alias[:80])


def redirects_file(config: Config, redirects: Iterable[Redirect]) -> str:
    """One line for each redirect: the old URL, the new URL, and that it is for good.

    Some hosts take an address without its last slash for another one, and `%d1` for another than
    `%D1`, though RFC 3986 (6.2.2.1) says that they are equal and WordPress writes the former. A
    redirect page answers at all of them; without such pages, a line of its own does.
    """
    lines = []
    for redirect in redirects:
        old, new = config.base.url(redirect.from_address), config.base.url(redirect.to_address)
        spellings = [old]
        if not config.outputs.redirect_pages:
            spellings += [ENCODED.sub(lambda found: found[0].lower(), old)]
            spellings += [spelling.rstrip("/") for spelling in spellings if old.endswith("/")]
        lines += [f"{spelling} {new} 301\n" for spelling in dict.fromkeys(spellings)]
    return "".join(lines)
