"""The plan: what is published of a Site, by all kinds, and what a change makes anew.

An Output is made when its address is asked for, always by the same function: so the preview shows
what a build publishes, and a build after a change makes what a clean one would.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from generator.model.addresses import address_of, folded, output_path
from generator.model.config import Config
from generator.model.layouts import ThemeFile
from generator.model.outputs import Frame, Output
from generator.model.plan import Slot
from generator.model.policy import Policy
from generator.model.problems import Problem
from generator.model.site import Site
from generator.plan.change import Change
from generator.plan.collisions import find_collisions
from generator.plan.config_links import dead_config_links
from generator.plan.frame import make_frame
from generator.plan.host_files import sent_policy
from generator.plan.kind import Kind
from generator.plan.kinds import KINDS, Kinds
from generator.plan.links import LinkResolver
from generator.plan.own_files import address_of_text
from generator.plan.sitemaps import news_sitemap_change


class Plan:
    """Every file of a Site at one instant, each made when it is asked for."""

    def __init__(
        self, site: Site, config: Config, theme: tuple[ThemeFile, ...], kinds: Kinds = KINDS
    ) -> None:
        self.site, self.config, self.theme = site, config, theme
        self.links = LinkResolver(site, config, self)
        self.kinds: tuple[Kind, ...] = tuple(kind(self) for kind in kinds)
        self._standing: dict[str, Slot | Output] | None = None

    @cached_property
    def frame(self) -> Frame:
        """What every page shows."""
        return self._framed[0]

    @cached_property
    def _framed(self) -> tuple[Frame, tuple[Problem, ...]]:
        return make_frame(self.site, self.config, self.theme)

    @cached_property
    def policy(self) -> Policy:
        """The content security policy that pages are sent with."""
        return sent_policy(self.config, self.site.files)

    @property
    def next_change(self) -> datetime | None:
        """The earliest instant after the Site's at which a file is another without an edit."""
        has_news = self.config.outputs.news_sitemap
        changes = (self.site.next_change, news_sitemap_change(self.site) if has_news else None)
        return min((instant for instant in changes if instant), default=None)

    @cached_property
    def slots(self) -> tuple[Slot | Output, ...]:
        """A place for every file, sorted by path."""
        slots = [slot for kind in self.kinds if not kind.follows for slot in kind.slots()]
        self._standing = {folded(slot.path): slot for slot in slots}
        slots += (slot for kind in self.kinds if kind.follows for slot in kind.slots())
        return tuple(sorted(slots, key=lambda slot: (slot.path, slot.source)))

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Every Output, made now: for a small site, or a patient caller."""
        return tuple(slot.made() for slot in self.slots)

    def at(self, path: str) -> Output | None:
        """The Output at a path relative to the output folder; None where there is none."""
        address = address_of(path)
        made = (kind.at(address) for kind in self.kinds)
        return next((output for output in made if output and output.path == path), None)

    def is_contested(self, path: str) -> bool:
        """Whether more than one file would stand at a path, or another's old address is there."""
        address = address_of(path)
        stories = len(self.site.article_at.all(address))
        return stories > 1 or sum(kind.has(address) for kind in self.kinds) > 1

    def order_of(self, path: str) -> int | None:
        """The place of a file in publishing; None for one that the plan does not have."""
        address = address_of(path)
        return next((kind.order for kind in self.kinds if kind.has(address)), None)

    def has(self, address: str) -> bool:
        """Whether something is published at an address, or leads on from there."""
        return any(kind.has(address) for kind in self.kinds)

    def is_withdrawn(self, address: str) -> bool:
        """Whether somebody said that what stood at an address is gone."""
        return any(kind.is_withdrawn(address) for kind in self.kinds)

    def leads_to(self, address: str) -> str:
        """The address to which an old one leads on, on this site; empty where it does not."""
        found = (kind.leads_to(address) for kind in self.kinds)
        return next(filter(None, found), "")

    def address_of(self, path: str) -> str:
        """Where the page of a text file stands; empty where none is made of it."""
        found = (kind.address_of(path) for kind in self.kinds)
        return next(filter(None, found), "")

    def listed(self) -> Iterator[tuple[str, datetime | None]]:
        """The pages that are no stories and that search engines may list."""
        return (page for kind in self.kinds for page in kind.listed())

    def others_at(self, asking: Kind, address: str) -> Slot | Output | None:
        """What another kind has at an address; once all is known, however a disk folds its name."""
        if self._standing is not None:
            return self._standing.get(folded(output_path(address)))
        others = (kind.at(address) for kind in self.kinds if kind is not asking)
        return next(filter(None, others), None)

    def touched(self, change: Change, before: "Plan") -> frozenset[str]:
        """The paths of all files that may be others than in the plan before a change."""
        addresses: set[str] = set()
        for kind, was in zip(self.kinds, before.kinds, strict=True):
            addresses.update(kind.touched(change, was))
        return frozenset(map(output_path, addresses))

    def naming(self, change: Change, addresses: Iterable[str]) -> frozenset[str]:
        """The paths of pages whose texts name addresses that came or went, or texts that moved."""
        moved = frozenset(addresses)
        names = {address.rstrip("/") for address in moved} | change.texts
        names.update(a.source.path for edit in change.edits for a in edit)
        for site in (change.before, change.after):
            # A link may name the file of a tag, say, of which there is a page only by now.
            names.update(p for p, text in site.texts.items() if address_of_text(text) in moved)
        return frozenset(
            output_path(page)
            for path in change.naming(names)
            for kind in self.kinds
            for page in kind.carrying(path)
        )

    def problems(self, change: Change | None = None) -> dict[str, tuple[Problem, ...]]:
        """What is wrong with the plan, by the name of the kind, or of the check, that found it.

        After a change, those only are named that looked again.
        """
        slots = self.slots if change is None else ()
        found = {"frame": self._framed[1], "config": dead_config_links(self)}
        for kind in self.kinds:
            told = kind.problems(change)
            if told is not None:
                found[type(kind).__name__] = told
        if change is None:
            found["collisions"] = find_collisions(slots)
        return found
