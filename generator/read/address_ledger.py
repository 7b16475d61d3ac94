"""Reading the address ledger, as far as planning needs it."""

from contextlib import suppress

from generator.model.address_ledger import (
    LEDGER,
    MOVED,
    AddressLedger,
    departures_in,
    ledger_of,
    parse_ledger,
)
from generator.model.problems import Place, Problem


def read_ledger(data: bytes) -> tuple[AddressLedger, tuple[Problem, ...]]:
    """Read the address ledger, in which no line can be wrong, but all of it can be no text.

    An editor may save it in UTF-16: no address in it would be known any more.
    """
    with suppress(UnicodeDecodeError):
        if b"\0" not in data and data.decode() is not None:
            return ledger_in(data), ()
    hint = "Save it as UTF-8, or take it from version control again."
    return ledger_in(data), (Problem(Place(LEDGER), "is not UTF-8 text", hint),)


def ledger_in(data: bytes) -> AddressLedger:
    """What planning needs of a ledger; one of many years has hundreds of thousands of lines."""
    # Only what has departed is planned with: of most ledgers no more than the head is looked at.
    if f"\t{MOVED}\t".encode() not in data:
        data = b"".join(data.partition(b"\n/")[:1])
    entries, identity = parse_ledger(data.decode("utf-8", "replace"))
    return ledger_of(departures_in(entries), identity)
