"""Rows of `redirects.csv`: from addresses that nothing answers, to addresses that there are."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from generator.importers.claims import Claims
from generator.importers.old_site import Row
from generator.model.addresses import AUTHORS, TAGS, Base
from generator.model.redirects import GONE
from generator.model.written_addresses import written_address

NAMES = ("from", "to", "status")
FEEDS = ("feed.xml", "atom.xml", "feed.json")
NO_FEED = re.compile(rf"(?:{TAGS}|{AUTHORS})\Z|/archive/")
"""Lists that have no feed."""
NOWHERE = Base("", "")
"""Old addresses are paths of this site, wherever it lives."""


def leading(
    rows: Iterable[Row], claims: Claims, living: Collection[str], site: Path
) -> Iterator[Row]:
    """The rows at whose old addresses nothing stands; a list that is empty now is the front page.

    A tag that is a section now leads there. `living` are the addresses of pages.
    """
    for old, told, status in rows:
        section = told.removeprefix(TAGS[:-1])
        is_section = told.startswith(TAGS) and told not in living and section in living
        new = section if is_section else told
        written = encoded(old.partition("?")[0]) or "/"
        is_itself = old == new and not old.startswith(TAGS)
        if is_itself or written_address(written, NOWHERE)[1]:
            continue
        if "?" not in old and not any(claims.free([old])):
            continue
        if "?" not in old and _is_there(old, living, site):
            continue
        target = new.partition("#")[0]
        if status == GONE or not new.startswith("/") or _is_there(target, living, site):
            yield old, new, status
        else:
            yield old, "/feed.xml" if new.endswith(FEEDS) else "/", status


def _is_there(address: str, living: Collection[str], site: Path) -> bool:
    path = address.partition("?")[0]
    folder, _, name = path.rpartition("/")
    if name in FEEDS:
        return f"{folder}/" in living and not NO_FEED.match(f"{folder}/")
    return path in living or f"{path}/" in living or (site / "static" / path.lstrip("/")).is_file()


def encoded(address: str) -> str:
    """An old address as it is written here, where a space or a `#` within it would be a slip."""
    return address.replace(" ", "%20").replace("#", "%23")


def rows_text(rows: Iterable[Row], before: str = "") -> str:
    """The text of a `redirects.csv`: the rows that stand there already, then these, in order."""
    known = {line.partition(",")[0].strip('"') for line in before.splitlines()}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not before:
        writer.writerow(NAMES)
    spelt = ((encoded(old), new.replace(" ", "%20"), code) for old, new, code in rows)
    told = {old: (old, new, status) for old, new, status in spelt if old not in known}
    writer.writerows(told[old] for old in sorted(told))
    if not before or not told:
        return before or text.getvalue()
    return before.rstrip("\n") + "\n" + text.getvalue()
