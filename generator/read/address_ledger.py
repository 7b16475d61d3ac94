"""Reading the address ledger, as far as planning needs it."""

from generator.model.address_ledger import (
    MOVED,
    AddressLedger,
    departures_in,
    ledger_of,
    parse_ledger,
)
from generator.model.problems import Problem


def read_ledger(data: bytes) -> tuple[AddressLedger, tuple[Problem, ...]]:
    """Read the address ledger; there is nothing in it that could be wrong."""
    return ledger_in(data), ()


def ledger_in(data: bytes) -> AddressLedger:
    """What planning needs of a ledger; one of many years has hundreds of thousands of lines."""
    # Only what has departed is planned with: of most ledgers no more than the head is looked at.
    if f"\t{MOVED}\t".encode() not in data:
        data = b"".join(data.partition(b"\n/")[:1])
    entries, identity = parse_ledger(data.decode("utf-8", "replace"))
    return ledger_of(departures_in(entries), identity)
