"""Languages: what a language tag looks like."""

import re
from collections.abc import Iterator
from types import MappingProxyType

TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
"""A BCP 47 language tag, in the forms that occur: `uk`, `pt-BR`, `sr-Latn`."""

_COUNTRIES = "by be, cn zh, cz cs, dk da, ge ka, gr el, jp ja, kz kk, rs sr, ua uk"
COUNTRIES = MappingProxyType({pair[:2]: pair[3:] for pair in _COUNTRIES.split(", ")})
"""Codes of countries that are written for their languages, and stand for no language at all."""


def language_fault(tag: str) -> str:
    """What is wrong with a language tag, or nothing."""
    if not TAG.fullmatch(tag):
        return f'not a language: "{tag}"'
    country = tag.partition("-")[0].lower()
    meant = COUNTRIES.get(country)
    return f'"{country}" is a country: its language is "{meant}"' if meant else ""


def wider_tags(language: str) -> Iterator[str]:
    """A language tag, then the same with ever less in it: `sr-Latn-RS`, `sr-Latn`, `sr`."""
    subtags = language.split("-")
    for length in range(len(subtags), 0, -1):
        yield "-".join(subtags[:length])
