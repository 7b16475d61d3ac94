"""Languages: which way a script runs, and what a language tag looks like."""

import re
from collections.abc import Iterator
from types import MappingProxyType

TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
"""A BCP 47 language tag, in the forms that occur: `uk`, `pt-BR`, `sr-Latn`."""

_COUNTRIES = "by be, cn zh, cz cs, dk da, ge ka, gr el, jp ja, kz kk, rs sr, ua uk"
COUNTRIES = MappingProxyType({pair[:2]: pair[3:] for pair in _COUNTRIES.split(", ")})
"""Codes of countries that are written for their languages, and stand for no language at all."""

# Of the languages and scripts in CLDR, those that run from right to left.
RIGHT_TO_LEFT = frozenset(
    {
        *("apc", "ar", "arc", "ary", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he"),
        *("iw", "ji", "khw", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh"),
        *("skr", "syr", "trw", "ug", "ur", "yi"),
    }
)
RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"}
)
SCRIPT_LENGTH = 4


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


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML's `dir` takes it, for a BCP 47 language tag.

    A script in the tag decides (RFC 5646, 2.2.3: the only subtag of four letters); without
    one, the script in which the language is mostly written.
    """
    subtags = language.lower().split("-")
    script = next((s for s in subtags[1:] if len(s) == SCRIPT_LENGTH and s.isalpha()), "")
    is_rtl = script in RIGHT_TO_LEFT_SCRIPTS if script else subtags[0] in RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"
