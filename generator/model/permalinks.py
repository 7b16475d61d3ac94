"""Permalinks: from the patterns in the configuration to an article's address."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote

from generator.model.addresses import Base
from generator.model.options import Keys
from generator.model.problems import Fault
from generator.model.values import frozen
from generator.model.written_addresses import written_address

TOKEN = re.compile(r":([a-z]+)")
DATES = {"year": ":04", "month": ":02", "day": ":02"}
NAMES = ("slug", "title", "filename")
"""The words that tell one story from another: a pattern has one of them."""
KNOWN = ("section", "year", "month", "day", "slug", "title", "filename", "folder", "category")
OTHERS = "default"
"""In a mapping: the pattern for the sections that it does not name."""
HINT = f"Use {' '.join(f':{name}' for name in KNOWN)}, between slashes."
NOWHERE = Base("https://localhost", "")


@frozen
class Permalinks:
    """The pattern of articles' addresses, and those of `sections` that have another.

    Sections go by slug or name, in lower case.
    """

    pattern: str = "/:section/:year/:month/:slug/"
    sections: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The pattern for all."""
        return self.pattern

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every pattern."""
        return (self.pattern, *(pattern for _, pattern in self.sections))

    def of(self, slug: str, label: str = "") -> str:
        """The pattern for a section, by its slug and the name that a file gives it."""
        for name, pattern in self.sections:
            if name in (slug, label.lower()):
                return pattern
        return self.pattern


def read_permalinks(value: object, keys: Keys) -> tuple[Permalinks, tuple[Fault, ...]]:
    """Read a pattern, or a mapping from sections to patterns; what is faulty is left out."""
    written = value if isinstance(value, Mapping) else {OTHERS: value}
    found: dict[str, str] = {}
    faults = []
    for name, pattern in written.items():
        fault = permalink_fault(pattern) if isinstance(pattern, str) else "not a text"
        if fault:
            place = (*keys, str(name)) if isinstance(value, Mapping) else keys
            faults.append(Fault(place, fault, HINT))
        else:
            found[str(name).strip().lower()] = str(pattern)
    default = found.pop(OTHERS, Permalinks().pattern)
    return Permalinks(default, tuple(found.items())), tuple(faults)


def permalink_fault(pattern: str) -> str:
    """What is wrong with a permalink pattern, or nothing. The last slash may be left out."""
    unknown = [name for name in TOKEN.findall(pattern) if name not in KNOWN]
    if unknown:
        return f'unknown part ":{unknown[0]}" in the permalink pattern'
    if not any(f":{name}" in pattern for name in NAMES):
        return "the permalink pattern has no :slug"
    if not pattern.startswith("/") or written_address(TOKEN.sub("x", pattern), NOWHERE)[1]:
        return f'not a pattern of addresses: "{pattern}"'
    return ""


@lru_cache(maxsize=64)
def words_of(pattern: str) -> frozenset[str]:
    """The words that stand in a pattern, without their colons."""
    return frozenset(TOKEN.findall(pattern))


def expand(pattern: str, date: datetime, words: Mapping[str, str]) -> str:
    """The address of an article; the date counts in its own time zone.

    `words` has all `words_of` the pattern but those of the date; a folder may be empty.
    """
    form = _form(pattern)
    if words.get("folder") == "":
        form = form.replace("{folder}/", "")
    return form.format(year=date.year, month=date.month, day=date.day, **words)


@lru_cache(maxsize=64)  # a site has few, and all its stories go by them
def _form(pattern: str) -> str:
    """A pattern as `str.format` has it, closed as addresses are."""
    pattern = unquote(pattern).removesuffix("index.html")
    if written_address(TOKEN.sub("x", pattern), NOWHERE)[0].endswith("/"):
        pattern = pattern.rstrip("/") + "/"
    return TOKEN.sub(lambda token: f"{{{token[1]}{DATES.get(token[1], '')}}}", pattern)
