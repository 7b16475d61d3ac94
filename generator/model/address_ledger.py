"""The address ledger: every address that a site has published, in a file at its top.

One address a line, with what stands or stood there: `ADDRESS TAB KIND TAB WHAT TAB DIGEST TAB ID`.
The last line of an address counts, so that lines are only ever added.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from generator.model.addresses import UNCHANGED
from generator.model.article import Source
from generator.model.digests import content_digest
from generator.model.values import frozen

LEDGER = "addresses.txt"
STORY, PAGE, SECTION, TAG, AUTHOR = "story", "page", "section", "tag", "author"
MOVED, LOST = "moved", "lost"
"""What led on to a text by now, and what was let go."""
IDENTITY = "# Ids in feeds begin with: "
HEAD = """\
# Every address that this site has published, and what stands there. Broadsheet adds lines when it
# publishes. Commit this file: an address in it does not die without a word.
"""


@frozen
class Stood:
    """What stands or stood at an address: a kind, and a text's path or a name.

    `digest` is of the text's bytes when its address was published first, `id` the one that it
    gave itself, `line` the ledger's, and `first` the first line of that address. With `is_back`
    it had gone from there meanwhile.
    """

    kind: str
    what: str = ""
    digest: str = ""
    id: str = ""
    line: int = 0
    first: int = 0
    is_back: bool = False

    def __str__(self) -> str:
        """As a message calls it."""
        shown = self.what if self.kind in (STORY, PAGE) else f'"{self.what}"'
        return f"the {self.kind} {shown}" if self.kind and self.what else "a page"


@frozen
class Departure:
    """An address from which a text has gone: it leads on to wherever the text at `path` is now.

    `line` is the first of that address in the ledger; 0 for one that is not there yet. With
    `is_back` the text stands there again: only its id still asks.
    """

    address: str
    path: str
    line: int = 0
    is_back: bool = False


@frozen
class AddressLedger:
    """What planning needs of the ledger: the departures, and with what ids in feeds begin."""

    source: Source
    departures: tuple[Departure, ...] = ()
    identity: str = ""


def ledger_of(departures: Iterable[Departure], identity: str) -> AddressLedger:
    """A ledger as planning has it. Lines that are added elsewhere do not make it another."""
    found = tuple(departures)
    told = "\n".join([identity, *(f"{one.address}\t{one.path}\t{one.is_back}" for one in found)])
    return AddressLedger(Source(LEDGER, content_digest(told.encode())), found, identity)


def parse_ledger(text: str) -> tuple[dict[str, Stood], str]:
    """All addresses of a ledger with what stood there last, in their order; and its identity."""
    found: dict[str, Stood] = {}
    identity = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(IDENTITY):
            identity = line.removeprefix(IDENTITY).strip()
        if not line.startswith("/"):
            continue
        address, *about = (part.strip() for part in line.split("\t"))
        kind, what, digest, own, *_ = (*about, "", "", "", "")
        address = unquote(address)
        before = found.pop(address, Stood(""))
        was_gone = before.is_back or before.kind == MOVED
        first, is_back = before.first or number, was_gone and kind in (STORY, PAGE)
        found[address] = Stood(kind, what, digest, own, number, first, is_back)
    return found, identity


def departures_in(entries: Mapping[str, Stood]) -> tuple[Departure, ...]:
    """The departures among the entries of a ledger."""
    return tuple(
        Departure(address, stood.what, stood.first, stood.is_back)
        for address, stood in entries.items()
        if stood.kind == MOVED or stood.is_back
    )


def ledger_line(address: str, stood: Stood) -> str:
    """One line of a ledger."""
    about = (stood.kind, stood.what, stood.digest, stood.id)
    shown = (" ".join(part.split()) for part in about)
    return "\t".join((quote(address, safe=UNCHANGED), *shown)).rstrip("\t") + "\n"
