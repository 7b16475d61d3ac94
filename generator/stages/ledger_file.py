"""The ledger's file, as a build sees it before it knows whether there is anything to do."""

import os
from pathlib import Path
from stat import S_ISREG

from generator.model.address_ledger import LEDGER
from generator.model.digests import content_digest

NONE = "none"
"""Stands for a ledger that is not there."""


def ledger_bytes(site: Path) -> bytes | None:
    """What the ledger of a site holds; None where there is none, or something else in its place."""
    file = site / LEDGER
    try:
        return file.read_bytes() if S_ISREG(os.lstat(file).st_mode) else None
    except OSError:
        return None


def ledger_mark(site: Path) -> str:
    """What stands for the ledger of a site."""
    data = ledger_bytes(site)
    return NONE if data is None else content_digest(data)
