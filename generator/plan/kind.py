"""A kind of published file: what every kind can tell, and how it does unless it knows better.

A new kind is a class with `slots`. The other methods have an answer that is right for all, and may
take long: a kind with many files gives one of its own. A page with a body is a Slot, not an Output:
its links may lead to pages of its own kind, which must be known before any is made.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import ClassVar, Protocol, Self

from generator.model.addresses import address_of
from generator.model.article import Source
from generator.model.body import Body
from generator.model.config import Config
from generator.model.layouts import ThemeFile
from generator.model.outputs import Output
from generator.model.plan import Slot
from generator.model.policy import Policy
from generator.model.problems import Problem
from generator.model.site import Site
from generator.plan.change import Change


class Links(Protocol):
    """Finds out where the links of a body lead."""

    def body(
        self, source: Source, address: str, language: str = "", date: datetime | None = None
    ) -> Body:
        """All that rendering the body of a text published at `address` takes."""
        ...


class Whole(Protocol):
    """The plan that a kind is part of."""

    @property
    def site(self) -> Site:
        """What is planned."""
        ...

    @property
    def config(self) -> Config:
        """By which configuration."""
        ...

    @property
    def theme(self) -> tuple[ThemeFile, ...]:
        """The theme's files."""
        ...

    @property
    def policy(self) -> Policy:
        """The content security policy that pages are sent with."""
        ...

    @property
    def links(self) -> Links:
        """What knows where links lead."""
        ...

    def address_of(self, path: str) -> str:
        """Where the page of a text file stands; empty where none is made of it."""
        ...

    def others_at(self, asking: "Kind", address: str) -> Slot | Output | None:
        """What another kind has at an address."""
        ...

    def has(self, address: str) -> bool:
        """Whether something is published at an address."""
        ...

    def listed(self) -> Iterator[tuple[str, datetime | None]]:
        """The pages that are no stories, for the sitemap."""
        ...


class Kind:
    """Everything about one kind of file of a Site.

    `order` is its place in publishing: 0 for what pages show, 1 for pages, 2 for those that lead
    to others, 3 for what machines read. `reserved` are the first parts of its addresses, which no
    section may have. A kind that `follows` the others is made when all their files are known. One
    that has no texts (`has_texts`) makes no page of a text file.
    """

    order: ClassVar[int] = 1
    follows: ClassVar[bool] = False
    has_texts: ClassVar[bool] = True
    reserved: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, plan: Whole) -> None:
        self.plan, self.site, self.config, self.links = plan, plan.site, plan.config, plan.links

    def slots(self) -> Iterable[Slot | Output]:
        """Every file of the kind, or a place for it."""
        return ()

    def at(self, address: str) -> Output | None:
        """The file at an address."""
        found = self._by_address.get(address)
        return found.made() if found else None

    def has(self, address: str) -> bool:
        """Whether there is a file at an address. None is made to find out."""
        return address in self._by_address

    def is_withdrawn(self, address: str) -> bool:  # noqa: ARG002 - for others
        """Whether somebody said that what stood at an address is gone."""
        return False

    def leads_to(self, address: str) -> str:  # noqa: ARG002 - for others
        """The address to which an old one leads on, on this site; empty where it does not."""
        return ""

    def address_of(self, path: str) -> str:
        """Where the page of a text file stands; empty where none is made of it."""
        return self._by_source.get(path, "") if self.has_texts else ""

    def carrying(self, path: str) -> Iterable[str]:
        """The addresses at which the body of a text file stands."""
        return filter(None, (self.address_of(path),))

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """The addresses that belong into the sitemap, and when each changed, if it says so."""
        for address, slot in self._by_address.items():
            head = getattr(slot.made().value, "head", None) if slot.layout else None
            if head is not None and not head.noindex:
                yield address, None

    def touched(self, change: Change, before: Self) -> Iterable[str]:  # noqa: ARG002 - for others
        """The addresses at which something may be another than in the plan `before` a change.

        Too many do no harm: what turns out to be the same is not rendered.
        """
        return {*self._by_address, *before._by_address}

    def problems(self, change: Change | None = None) -> tuple[Problem, ...] | None:  # noqa: ARG002 - as above
        """What is wrong with the files of the kind.

        After a change, what is wrong with those that it touches; None where that is as before.
        """
        return ()

    @cached_property
    def _by_address(self) -> dict[str, Slot | Output]:
        return {address_of(slot.path): slot for slot in self.slots()}

    @cached_property
    def _by_source(self) -> dict[str, str]:
        return {slot.source: address for address, slot in self._by_address.items() if slot.layout}
