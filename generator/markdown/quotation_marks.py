"""Quotation marks as the languages have them (CLDR 48, delimiters), by what is typed for them.

What is typed as `"` gets the outer marks, what is typed as `'` the inner ones.
"""

# ruff: noqa: RUF001 - curly quotes are what this is about

from functools import cache
from types import MappingProxyType

from generator.model.languages import wider_tags
from generator.model.values import frozen

NARROW_SPACE = "\u202f"
SCRIPT = 4  # letters of a subtag that names one


@frozen
class QuotationMarks:
    """What opens and closes a quotation, and one within a quotation."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


USUAL = "“ ” ‘ ’"
_LANGUAGES = """
„ “ ‚ ‘ : bg cs de dsb et hr hsb is lb lt mk sk sl
„ “ ‘ ‘ : sr
„ “ « » : ka
„ ” « » : pl ro
„ ” » « : hu
„ ” ‘ ’ : bs
« » „ “ : be ky ru uk
« » “ ” : ast br ca el es eu fr hy it kk oc pt-PT sc sq ti
« » ‘ ’ : nb nn no
« » ‹ › : am de-CH de-LI fa fr-CH rm
” ” ’ ’ : fi he se smn sv yi
” “ ’ ‘ : ar ur
“ ” ’ ‘ : uz
「 」 『 』 : ja zh-Hant zh-HK zh-MO zh-TW
“ ” ‘ ’ : es-419 es-AR es-CL es-CO es-MX es-PE es-US es-UY
"""
"""Languages whose marks are not the usual ones. Beside CLDR stands what newsrooms go by: Swiss
German takes the marks of the Federal Chancellery, French sets another pair within its own."""
SPACED = frozenset({"fr"})
"""Languages that set their marks apart from the words, by a narrow space that breaks no line."""
BY_LANGUAGE = MappingProxyType(
    {
        language: marks.strip()
        for marks, _, languages in (line.partition(":") for line in _LANGUAGES.split("\n"))
        for language in languages.split()
    }
)


@cache
def marks_of(language: str) -> QuotationMarks:
    """The quotation marks of a language."""
    primary, *further = language.split("-")
    subtags = (part.title() if len(part) == SCRIPT else part.upper() for part in further)
    tag = "-".join((primary.lower(), *subtags))
    found = next((one for one in wider_tags(tag) if one in BY_LANGUAGE), "")
    opening, closing, *inner = BY_LANGUAGE.get(found, USUAL).split()
    if found in SPACED:
        opening, closing = opening + NARROW_SPACE, NARROW_SPACE + closing
    return QuotationMarks(opening, closing, *inner)
