"""Slugs: the last part of an address, in ASCII, from any language's words."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 80
"""How many characters a slug that is made may have; it is cut between words where it can be."""

LONGEST_BY_HAND = 200
"""How many one written by hand may have: file systems take 255 bytes for a name."""

PAGE = "page"
# What Windows keeps for its devices, with or without an extension.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(10)}
)

# Apostrophes, straight and curly, primes and the letters that stand for them (they would
# split words), accents that no letter has taken up, and what nobody sees.
_DROPPED = re.compile(
    "['`\u00b4\u2018\u2019\u201b\u2032\u02b9\u02bb-\u02bd\u0300-\u036f"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_PLUS = re.compile(r"(?<=[^\W_])\++(?!\w)")
_SHARP = re.compile(r"(?<=[^\W_])#(?!\w)")
_DOT = re.compile(r"(?<![^\s(])\.(?=[^\W\d_])")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=16_384)
def slugify(text: str, language: str = "en") -> str:
    """Make a slug: `[a-z0-9]` words between single hyphens, at most 80 characters; may be empty.

    A text that is a slug already, such as one that a newsroom chose, stays uncut up to 200.

    `language` is a BCP 47 tag. Ukrainian, Russian and Belarusian follow their official
    tables (`transliteration`), other scripts python-slugify's; an accent is dropped, so that
    German `ä` is `a`, not `ae`. `C++`, `C#` and `.NET` are `c-plus-plus`, `c-sharp` and `dot-net`.
    Equal texts in NFC and NFD have equal slugs.
    """
    if len(text) <= LONGEST_BY_HAND and _SLUG.fullmatch(text):
        return text
    if text.isascii():
        text = text.lower().replace("'", "").replace("`", "")
    else:
        text = unicodedata.normalize("NFKC", text)
        text = _DROPPED.sub("", unicodedata.normalize("NFC", text.lower()))
    text = _PLUS.sub(lambda match: " plus" * len(match[0]) + " ", text)
    text = _DOT.sub("dot ", _SHARP.sub(" sharp ", text))
    text = _THOUSANDS.sub("", text).replace(",", " ")
    if not text.isascii():
        text = _in_latin(text, language.partition("-")[0].lower())
    return _cut(_NOT_IN_SLUG.sub("-", text).strip("-"))


def is_reserved(slug: str) -> bool:
    """Whether a slug means something else: `page` in an address, `con` or `nul` on Windows."""
    return slug == PAGE or slug in _DEVICES


def _in_latin(text: str, language: str) -> str:
    """Any script in Latin letters."""
    from generator.read.transliteration import romanise  # noqa: PLC0415 - 1 ms: tables that many newsrooms never need

    text = romanise(text, language)
    if text.isascii():
        return text
    from slugify import slugify as python_slugify  # noqa: PLC0415 - 2 ms: tables again

    # The backend is named, since the default changes with what else is installed.
    return python_slugify(
        text, entities=False, decimal=False, hexadecimal=False, backend="text-unidecode"
    )


def _cut(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    end = slug.rfind("-", 0, LONGEST + 1)
    return slug[: end if end > 0 else LONGEST]
