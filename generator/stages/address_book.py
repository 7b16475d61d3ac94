"""The address book: the site's ledger of addresses, as a build checks it and adds to it.

Only a build that publishes the site for its readers adds lines. Every build goes by a ledger.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from generator.model.address_ledger import (
    HEAD,
    IDENTITY,
    LEDGER,
    LOST,
    MOVED,
    STORY,
    AddressLedger,
    Stood,
    departures_in,
    ledger_line,
    ledger_of,
    parse_ledger,
)
from generator.model.digests import content_digest
from generator.model.problems import Place, Problem
from generator.plan.change import Change
from generator.plan.departures import (
    Fates,
    Reckoning,
    came_and_went,
    few_standing,
    says,
    story_stood,
)
from generator.plan.feeds import identity_of
from generator.plan.plan import Plan
from generator.publish.disk import store_whole
from generator.publish.handles import Folder
from generator.read.address_ledger import ledger_in
from generator.read.memory import ReadFile, to_text
from generator.read.walk import found_at_top
from generator.stages.job import Job
from generator.stages.ledger_file import ledger_bytes
from generator.state.folder import ready_state

Added = list[tuple[str, Stood]]


class AddressBook:
    """The ledger of one build."""

    def __init__(self, job: Job, data: bytes | None) -> None:
        self._job, self._data = job, data
        self.is_kept = job.keeps_addresses
        self._fates = Fates()

    @property
    def is_new(self) -> bool:
        """Whether there is no ledger yet."""
        return self._data is None

    @cached_property
    def _parsed(self) -> tuple[dict[str, Stood], str]:
        return parse_ledger((self._data or b"").decode("utf-8", "replace"))

    @cached_property
    def value(self) -> AddressLedger:
        """The ledger as it stands in the file, as planning has it."""
        entries, identity = self._parsed
        if self.is_new:
            identity = identity_of(self._job.config)
        return ledger_of(departures_in(entries), identity)

    def reckoned(self, plan: Plan) -> AddressLedger | None:
        """The ledger with what it proves of addresses that no longer stand; None for none such."""
        self._fates = Reckoning(plan, self._job.memory.dropped).fates(self._parsed[0])
        if not self._fates.moved:
            return None
        again = {one.address for one in self._fates.moved}
        kept = (one for one in self.value.departures if one.address not in again)
        return ledger_of((*kept, *self._fates.moved), self.value.identity)

    def problems(self) -> tuple[Problem, ...]:
        """The addresses that would die, and a ledger that is none."""
        if self.is_kept and os.path.lexists(self._job.site / LEDGER) and self.is_new:
            hint = "Put the file itself in its place."
            return (Problem(Place(LEDGER), "is a link, or no file", hint),)
        return () if self._job.allow_lost else self._fates.problems()

    def after_all(self, plan: Plan) -> str:
        """Write down all that stands, after a build of everything; what stands for the ledger."""
        if not self.is_kept:
            return ""
        added: Added = [
            *((one.address, Stood(MOVED, one.path)) for one in self._fates.moved),
            *((address, Stood(LOST, str(stood))) for address, stood in self._fates.lost),
            *self._missing(plan),
        ]
        return self._write(added)

    def _missing(self, plan: Plan) -> Iterator[tuple[str, Stood]]:
        """What stands and is not in the ledger yet, or not any more; in order."""
        entries, site = self._parsed[0], plan.site
        few, paths = few_standing(site, plan.config), site.articles.stock.keys
        for address in sorted({*site.article_at, *few}):
            number = None if address in few else site.article_at.number(address)
            told = few.get(address) or Stood(STORY, "" if number is None else paths[number][1])
            if not says(entries, address, told):
                yield address, few.get(address) or story_stood(site.article_at[address])

    def follows(self, change: Change, plan: Plan, known: str) -> Added | None:
        """What a change adds to the ledger that `known` stands for; None where more is to be done.

        More is to be done where an address would die, and where the ledger says something new.
        """
        if LEDGER in change.texts or self.is_new:
            return None
        reckoning = Reckoning(plan, {})
        if self.is_kept and known != content_digest(self._data or b""):
            fates = reckoning.fates(self._parsed[0])
            return None if fates.moved or fates.lost else [*self._missing(plan)]
        came, went = came_and_went(change, plan.config)
        if self._departs(went, reckoning) or self._loses_a_departure(change):
            return None
        return [
            (address, stood) for address, stood in came.items() if not self._says(address, stood)
        ]

    def _departs(self, went: Mapping[str, Stood], reckoning: Reckoning) -> bool:
        """Whether one of some addresses was published, and what stood there is elsewhere now."""
        return any(self._has(one) and self._has_left(one, went[one], reckoning) for one in went)

    def _has_left(self, address: str, stood: Stood, reckoning: Reckoning) -> bool:
        if reckoning.stands(address):
            return bool(reckoning.led_on(address, stood, self._parsed[0]))
        return not reckoning.is_concealed(address, stood)

    def _loses_a_departure(self, change: Change) -> bool:
        ledger = change.after.texts.get(LEDGER) or self.value
        paths = {one.path for one in ledger.departures}
        gone = {path for path in change.news if path in paths}
        return any(
            path not in change.after.article_of and path not in change.after.texts for path in gone
        )

    def _has(self, address: str) -> bool:
        """Whether the ledger has a line of an address. It is not taken apart for that."""
        line = ledger_line(address, Stood("")).rstrip().encode()
        data = self._data or b""
        return any(data.find(b"\n" + line + end) >= 0 for end in (b"\t", b"\n")) or (
            data.startswith((line + b"\t", line + b"\n"))
        )

    def _says(self, address: str, stood: Stood) -> bool:
        """Whether the ledger says already what stands at an address."""
        return self._has(address) and says(self._parsed[0], address, stood)

    def after_change(self, added: Added) -> str:
        """Write down what a change has brought; what stands for the ledger then."""
        return self._write(added) if self.is_kept else ""

    def _write(self, added: Iterable[tuple[str, Stood]]) -> str:
        """Add lines, all at once, and remember what the file says; what stands for it."""
        lines = "".join(ledger_line(address, stood) for address, stood in added)
        data = self._data
        if data is None:
            data = f"{HEAD}{IDENTITY}{self.value.identity}\n".encode()
        elif not lines:
            return content_digest(data)
        data += (b"" if data.endswith(b"\n") else b"\n") + lines.encode()
        state = ready_state(self._job.site)
        store_whole(state / LEDGER, [data])
        with Folder.at(state) as folder, Folder.at(self._job.site) as site:
            # In one step, and in place of whatever has come there: nothing is written through it.
            folder.move(LEDGER, site, LEDGER)
        self._remember(data)
        return content_digest(data)

    def _remember(self, data: bytes) -> None:
        value = ledger_in(data)
        for file in found_at_top(self._job.site, [LEDGER])[0]:
            text = to_text(ReadFile(LEDGER, value))
            self._job.memory.learn(file, text, value.source.digest)


def opened_book(job: Job) -> AddressBook | None:
    """The address book of a build; None where there is no ledger, and none is to be begun."""
    data = ledger_bytes(job.site)
    return AddressBook(job, data) if data is not None or job.keeps_addresses else None
