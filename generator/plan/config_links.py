"""Links of the configuration: the navigation, the footer and the publisher's policies."""

import posixpath
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from generator.model.addresses import ABSOLUTE, AUTHORS, TAGS, output_path, section_address
from generator.model.config import CONFIG_FILE, Config
from generator.model.problems import Place, Problem, warning
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.feeds import HOME, feed_formats
from generator.plan.kind import Whole
from generator.plan.own_files import BUNDLING, ROOTS, path_of

POLICIES = {
    "publishing_principles": "publishingPrinciples",
    "ethics_policy": "ethicsPolicy",
    "corrections_policy": "correctionsPolicy",
    "verification_policy": "verificationFactCheckingPolicy",
    "unnamed_sources_policy": "unnamedSourcesPolicy",
    "feedback_policy": "actionableFeedbackPolicy",
    "diversity_policy": "diversityPolicy",
    "diversity_report": "diversityStaffingReport",
    "ownership": "ownershipFundingInfo",
    "masthead": "masthead",
    "mission": "missionCoveragePrioritiesPolicy",
}
"""From our option to the property of schema.org's NewsMediaOrganization."""
SPELLING = "Check the spelling."
SECTION = "Check the spelling; a section has a page once sections: names it."
ELSEWHERE = "If another program answers there, write the whole URL."
OF_MANY = (TAGS, AUTHORS)
MANY_PARTS = 4
ALIKE = 0.75
"""How alike two addresses are, by difflib's ratio, where one is likely the other mistyped."""


@frozen
class ConfigLink:
    """A link of the configuration to an address on this site: under which keys, and which."""

    keys: tuple[str | int, ...]
    target: str

    @property
    def address(self) -> str:
        """Where it leads, decoded and from the site's root."""
        return inner_address(self.target)

    @property
    def paths(self) -> tuple[str, str]:
        """The output paths that answer it. Without its last slash a folder answers too."""
        return output_path(self.address), output_path(self.address + "/")


def inner_address(target: str) -> str:
    """The address on this site that a target of the configuration names."""
    return "/" + unquote(path_of(target)).lstrip("/")


def config_links(config: Config) -> Iterator[ConfigLink]:
    """Every link of the configuration to an address on this site."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("navigation", n, "url"), entry.url) for n, entry in enumerate(config.navigation)),
        *((("footer", n, "url"), entry.url) for n, entry in enumerate(config.footer)),
        *((("organization", name), getattr(config.organization, name)) for name in POLICIES),
    ]
    return (ConfigLink(keys, url) for keys, url in named if url and not ABSOLUTE.match(url))


def dead_config_links(plan: Whole) -> tuple[Problem, ...]:
    """A warning for each link of the configuration that leads nowhere.

    It is no error: a section without a story in sight, or a page that is late, must not stop the
    news.
    """
    found = []
    for link in config_links(plan.config):
        if plan.has(link.address) or plan.has(link.address + "/"):
            continue
        if plan.config.links.leads_elsewhere(link.address):
            continue
        text, reason = _unpublished(link.address, plan.site)
        if text and not reason:
            continue  # it is there, and what is wrong with it is told already
        hint = f"{text} is {reason}: publish it first." if text else _hint(link.address, plan)
        found.append(
            warning(Place(CONFIG_FILE), f'leads nowhere: "{link.target}"', hint, link.keys)
        )
    return tuple(found)


def _unpublished(address: str, site: Site) -> tuple[str, str]:
    """The text without a page that an address likely means, and why it has none."""
    wanted = posixpath.basename(address.rstrip("/"))
    for path, reason in sorted(site.unpublished.items()):
        own = posixpath.dirname(path) if path.endswith(BUNDLING) else posixpath.splitext(path)[0]
        if path.startswith(ROOTS) and posixpath.basename(own) == wanted:
            return path, reason
    return "", ""


def _hint(address: str, plan: Whole) -> str:
    near = _nearest(address, tuple(_lasting_addresses(plan)))
    if near:
        return f'Did you mean "{near}"?'
    is_section_like = address.strip("/").count("/") == 0
    return f"{SECTION if is_section_like else SPELLING} {ELSEWHERE}"


def _nearest(address: str, known: tuple[str, ...]) -> str:
    """The known address that was likely meant: called the same elsewhere, or a slip away."""
    name = posixpath.basename(address.rstrip("/"))
    same = [other for other in known if posixpath.basename(other.rstrip("/")) == name]
    # There may be thousands of tags and authors, and each is slow to compare.
    is_of_many = address.startswith(OF_MANY)
    few = [other for other in known if is_of_many or not other.startswith(OF_MANY)]
    return next(iter([*same, *get_close_matches(address, few, n=1, cutoff=ALIKE)]), "")


def _lasting_addresses(plan: Whole) -> Iterator[str]:
    """The addresses that navigations lead to: fronts, indexes, standing pages, feeds."""
    yield from (address for address, _ in plan.listed() if address.count("/") < MANY_PARTS)
    # One without stories is in no sitemap.
    yield from filter(plan.has, (section_address(one.subject.slug) for one in plan.site.sections))
    yield from (HOME + form.file for form in feed_formats(plan.config, HOME))
