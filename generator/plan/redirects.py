"""Redirects: from the aliases of articles, pages and tags to one list, checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.model.addresses import folded, output_path, tag_address
from generator.model.article import Article, Page, Tag
from generator.model.config import Config
from generator.model.outputs import Output, RedirectPage
from generator.model.plan import Slot
from generator.model.problems import Place, Problem, Severity
from generator.model.redirects import Redirect
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.collisions import OURS
from generator.plan.feeds import feed_formats
from generator.plan.old_addresses import old_address

# Files of the site that are made after redirects; nobody may claim their names.
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


def alias_addresses(site: Site, config: Config) -> frozenset[str]:
    """Every old address that leads on, so that links to one of them are not dead."""
    claims, _ = _claims(site, config)
    return frozenset(claim.redirect.from_address for claim in claims)


def plan_redirects(
    site: Site, config: Config, others: Sequence[Slot | Output]
) -> tuple[tuple[Output, ...], tuple[Redirect, ...], tuple[Problem, ...]]:
    """The redirects of a site, the pages that perform them, and what is wrong with them.

    `others` is everything else that the site publishes: a redirect never takes its place.
    Redirects come in the order of their old addresses.
    """
    claims, problems = _claims(site, config)
    checked = _Checked({folded(other.path): other for other in others})
    for claim in claims:
        checked.add(claim, config)
    kept = tuple(claim.redirect for claim in checked.claims)
    pages = tuple(_page(claim, config) for claim in checked.claims if claim in checked.paged)
    return pages, kept, (*problems, *checked.problems, *chain_problems(kept))


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

    def __init__(self, living: Mapping[str, Slot | Output]) -> None:
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
        page = self._living.get(folded(path))
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
            address, fault = old_address(alias, config.base)
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
