"""Redirects: which old addresses lead on, checked; a page for each, and the files of hosts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Self

from generator.model.addresses import ABSOLUTE, address_of, folded, output_path
from generator.model.config import CONFIG_FILE, Config
from generator.model.hosts import Host
from generator.model.outputs import Output, RedirectPage, TextFile
from generator.model.plan import Slot
from generator.model.problems import Place, Problem, warning
from generator.model.redirects import LISTS, Redirect
from generator.model.values import replace
from generator.plan.change import Change, same, subjects
from generator.plan.claims import Claim, Claims, claims_of
from generator.plan.collisions import OURS
from generator.plan.host_limits import text_of_file, too_many_redirects
from generator.plan.kind import Kind
from generator.plan.own_files import own_text
from generator.plan.redirect_files import LIST, MAP_FILES, redirect_map, redirects_file

__all__ = ["Redirects", "chain_problems", "redirects_file"]

STRAIGHT = 2
"""A redirect that leads straight to its end names two addresses."""
# Files of the site that are made after redirects; nobody may claim their names.
TAKEN = frozenset({"/404.html", "/robots.txt", "/_headers/", "/_redirects/"})


class Redirects(Kind):
    """The redirects of a site: a page at each old address that can have one, and `_redirects`.

    A redirect never takes the place of anything else that the site publishes.
    """

    has_texts = False
    follows = True

    @cached_property
    def _claims(self) -> Claims:
        return claims_of(self.site, self.config)

    @cached_property
    def _claimed(self) -> frozenset[str]:
        redirects = (claim.redirect for claim in self._claims[0])
        return frozenset(r.from_address for r in redirects if not (r.query or r.is_gone))

    def is_withdrawn(self, address: str) -> bool:
        """Whether a list says that what stood at an address is gone."""
        return address in self._withdrawn

    @cached_property
    def _withdrawn(self) -> frozenset[str]:
        redirects = (claim.redirect for claim in self._claims[0])
        return frozenset(r.from_address for r in redirects if r.is_gone and not r.query)

    def leads_to(self, address: str) -> str:
        """The address to which an old one leads on, on this site; empty where it does not."""
        return self._leading.get(address, "") if address in self._claimed else ""

    @cached_property
    def _leading(self) -> dict[str, str]:
        """Where each old address leads that keeps nothing of a query."""
        return {one.from_address: one.to_address for one in self.kept if not one.query}

    @cached_property
    def _targets(self) -> frozenset[str]:
        return frozenset(claim.redirect.to_address for claim in self._claims[0] if claim.line)

    @cached_property
    def _checked(self) -> "_Checked":
        checked = _Checked(self.config, self._living)
        for claim in self._claims[0]:
            checked.add(claim)
        checked.follow(self._leads_somewhere)
        return checked

    def _living(self, path: str) -> Slot | Output | None:
        return self.plan.others_at(self, address_of(path))

    def _leads_somewhere(self, redirect: Redirect) -> bool:
        """Whether there is something where a listed redirect leads."""
        to = redirect.to_address
        if redirect.is_gone or ABSOLUTE.match(to) or to in self._lists:
            return True
        if self.config.links.leads_elsewhere(to):
            return True
        return self.plan.has(to) or (not to.endswith("/") and self.plan.has(to + "/"))

    @property
    def kept(self) -> tuple[Redirect, ...]:
        """The redirects that stand, in the order of their old addresses."""
        return tuple(claim.redirect for claim in self._checked.claims)

    def slots(self) -> Iterator[Output]:
        """The pages at old addresses, and the lists of all redirects for hosts that read them."""
        checked, on = self._checked, self.config.outputs
        yield from (_page(c, self.config) for c in checked.claims if c in checked.paged)
        own = own_text(LIST, self.site, self.config)
        if on.redirects_file and (checked.claims or own):
            text = own + redirects_file(self.config, self.kept)
            yield Output(LIST[1:], TextFile(text), "", CONFIG_FILE)
        for form in self.config.redirect_maps:
            path = MAP_FILES[form]
            text = own_text(f"/{path}", self.site, self.config)
            text += redirect_map(form, self.config, self.kept)
            yield Output(path, TextFile(text), "", CONFIG_FILE)

    def at(self, address: str) -> Output | None:
        """The page at an old address."""
        if address not in self._claimed and address not in self._lists:
            return None
        found = self._by_address.get(address)
        return found.made() if found else None

    @cached_property
    def _lists(self) -> tuple[str, ...]:
        """Where the lists for hosts may stand."""
        return (LIST, *(f"/{MAP_FILES[form]}" for form in self.config.redirect_maps))

    def has(self, address: str) -> bool:
        """Whether an address leads on, by a page or at a host that reads `_redirects`."""
        return address in self._claimed or (address in self._lists and self.at(address) is not None)

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they lead on to pages that are listed."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterable[str]:
        """The old addresses that lead elsewhere than before, and the lists."""
        if not self._may_differ(change):
            return ()
        was, now = before._by_address, self._by_address
        return (address for address in {**was, **now} if was.get(address) != now.get(address))

    def _may_differ(self, change: Change) -> bool:
        known = self._claimed | self._targets
        stories = [article for edit in change.edits for article in edit]
        if change.texts or any(story.aliases or story.address in known for story in stories):
            return True
        # A list may lead to any file; and a site's own list is published with ours.
        sides = (change.before, change.after)
        has_lists = any(name in side.texts for name in LISTS for side in sides)
        if change.files and (has_lists or any(f"static{at}" in change.files for at in self._lists)):
            return True
        # What pages there are about follows from the stories.
        return not all(
            same(*(subjects(getattr(side, name)) for side in sides))
            for name in (("sections", "tags", "authors") if has_lists else ("tags",))
        )

    def problems(self, change: Change | None = None) -> tuple[Problem, ...] | None:
        """What is wrong with the claims to old addresses."""
        if change and not self._may_differ(change):
            return None
        # Those of lists have been followed already.
        aliases = (redirect for redirect in self.kept if redirect.source not in LISTS)
        return (
            *self._claims[1],
            *self._checked.problems,
            *chain_problems(aliases),
            *too_many_redirects(text_of_file(self._by_address.get(LIST)), self.config),
        )


def chain_problems(redirects: Iterable[Redirect]) -> tuple[Problem, ...]:
    """A Problem for each redirect that leads to another redirect: a chain, or a loop."""
    by_address = {redirect.from_address: redirect for redirect in redirects if not redirect.query}
    problems = []
    for first in by_address.values():
        way = _way(first, by_address)
        if len(way) > STRAIGHT or way[0] == way[-1]:
            message = f"a redirect that leads to a redirect: {' -> '.join(way)}"
            hint = "Let each old address lead straight to the page."
            problems.append(Problem(Place(first.source), message, hint, keys=("aliases",)))
    return tuple(problems)


def _way(first: Redirect, by_address: dict[str, Redirect]) -> list[str]:
    """The addresses to which a redirect leads one after another; a loop ends where it closes."""
    way = [first.from_address, first.to_address]
    while (step := by_address.get(way[-1])) and way[-1] not in way[:-1]:
        way.append(step.to_address)
    return way


class _Checked:
    """Sorts out claims: those that stand, and among them those that can have a page."""

    def __init__(self, config: Config, living: Callable[[str], Slot | Output | None]) -> None:
        self._config, self._living = config, living
        self._owner: dict[str, Claim] = {}
        self._leading: set[str] = set()
        self.claims: list[Claim] = []
        self.paged: set[Claim] = set()
        self.problems: list[Problem] = []

    def add(self, claim: Claim) -> None:
        """Take a claim, or report why not. A page's comes before those of its feeds."""
        redirect = claim.redirect
        address, path = redirect.from_address, output_path(redirect.from_address)
        page = None if redirect.query else self._living(path)
        key = f"{folded(path)}?{redirect.query}"
        owner = self._owner.get(key)
        in_use = address in TAKEN or (page and page.path == path)
        if claim.is_feed and (self._is_feed_of_none(claim) or in_use or owner):
            pass  # what hinders its page is told already
        elif claim.is_departure and (in_use or owner):
            pass  # something else stands there by now, or somebody said where it leads
        elif address == redirect.to_address and not redirect.query:
            message = f'{claim.what} "{address}" is the page\'s own address'
            self.problems.append(claim.problem(message, _delete(claim), is_error=False))
        elif in_use:
            source = page.source if page else ""
            what = "a file that Broadsheet makes" if source in OURS else source
            message = f'the old address "{address}" is in use: {what}'
            hint = f"{_delete(claim)[:-1]}, or give one of the two another address."
            self.problems.append(claim.problem(message, hint))
        elif owner and owner.redirect.to_address != redirect.to_address:
            message = f'the old address "{address}" is claimed by {_claimant(owner)} too'
            self.problems.append(claim.problem(message, "Leave it in one of the two places."))
        elif owner is None or owner.redirect.from_address != address:
            self.claims.append(claim)
            self._leading.add(address)
            self._owner.setdefault(key, claim)
            self._decide_page(claim, is_alone=not page and not owner)

    def _is_feed_of_none(self, claim: Claim) -> bool:
        """Whether this is the feed of an old page that does not lead on itself."""
        return claim.redirect.from_address.rpartition("/")[0] + "/" not in self._leading

    def _decide_page(self, claim: Claim, *, is_alone: bool) -> None:
        """Whether a page can stand at the old address; a warning where readers may be lost."""
        on, redirect = self._config.outputs, claim.redirect
        if redirect.query or redirect.is_gone or not on.redirect_pages:
            return
        if redirect.can_be_page and is_alone:
            self.paged.add(claim)
        elif redirect.can_be_page:
            message = f'"{redirect.from_address}" differs only in case from another address'
            hint = "It leads on only at hosts that read _redirects: delete it if yours does not."
            self.problems.append(claim.problem(message, hint, is_error=False))
        elif not (
            on.redirects_file or self._config.redirect_maps or claim.is_name or claim.is_feed
        ):
            message = f'no page can stand at "{redirect.from_address}"'
            hint = "Switch outputs.redirects_file on, or redirect it at your host."
            self.problems.append(claim.problem(message, hint, is_error=False))

    def follow(self, leads_somewhere: Callable[[Redirect], bool]) -> None:
        """Let every listed redirect lead straight to its end; report what has none."""
        by_address = {c.redirect.from_address: c.redirect for c in self.claims if not _query(c)}
        self.problems += _unseen_queries(self.claims, self._config)
        for number, claim in enumerate(self.claims):
            redirect = claim.redirect
            if not claim.line or redirect.is_gone:
                continue
            way = _way(redirect, by_address)
            shown = " -> ".join(way)
            if way[-1] in way[:-1]:
                message = f"a redirect that leads round in a circle: {shown}"
                self.problems.append(claim.problem(message, "Take one of these lines out."))
            elif way[-1] and not leads_somewhere(replace(redirect, to_address=way[-1])):
                message = f'there is nothing at "{way[-1]}"'
                hint = "Write where it is now, or 410 for the status and no address: it is gone."
                self.problems.append(claim.problem(message, hint))
            elif len(way) > STRAIGHT:
                message = f"a redirect that leads to a redirect: {shown}"
                hint = "Write the last one: readers are led there straight."
                self.problems.append(claim.problem(message, hint, is_error=False))
                self._lead_straight(number, by_address[way[-2]])

    def _lead_straight(self, number: int, last: Redirect) -> None:
        """Let a claim lead to where the last redirect of a chain does."""
        claim = self.claims[number]
        end = replace(claim.redirect, to_address=last.to_address, tail=last.tail)
        if last.is_gone:
            end = replace(end, status=last.status)
        straight = replace(claim, redirect=end)
        self.claims[number] = straight
        if claim in self.paged:
            self.paged.remove(claim)
            if not last.is_gone:
                self.paged.add(straight)


def _query(claim: Claim) -> str:
    return claim.redirect.query


def _delete(claim: Claim) -> str:
    return "Delete the line." if claim.line else "Delete the alias."


def _claimant(claim: Claim) -> str:
    source = claim.redirect.source
    return f"{source}:{claim.line}" if claim.line else source


def _unseen_queries(claims: Iterable[Claim], config: Config) -> Iterator[Problem]:
    """A warning where addresses with a query lead on nowhere."""
    asked = [claim for claim in claims if claim.redirect.query]
    if asked and config.host is not Host.NETLIFY and not config.redirect_maps:
        first = asked[0]
        count = f"{len(asked):,} redirects from addresses" if len(asked) > 1 else "an address"
        message = f"{count} with a query: no page can stand there"
        hint = "Of hosts only Netlify tells them apart (host: netlify), and servers of your own do "
        hint += "(redirect_maps)."
        yield warning(Place(first.redirect.source, first.line, 1), message, hint)


def _page(claim: Claim, config: Config) -> Output:
    redirect = claim.redirect
    page = RedirectPage(
        url=config.base.url(redirect.from_address),
        target_url=redirect.target_url(config.base),
        title=claim.title,
        language=claim.language,
    )
    return Output(output_path(redirect.from_address), page, "", redirect.source)
