"""Which way a language is written."""

from functools import lru_cache

from babel.core import get_global

# The scripts of ISO 15924 whose letters Unicode calls right-to-left (Bidi_Class R and AL).
RIGHT_TO_LEFT = frozenset(
    {
        *("adlm", "arab", "aran", "armi", "avst", "chrs", "cprt", "elym", "gara"),
        *("hatr", "hebr", "hung", "lydi", "mand", "mani", "mend", "merc", "mero"),
        *("narb", "nbat", "nkoo", "orkh", "ougr", "palm", "phli", "phlp", "phnx"),
        *("prti", "rohg", "samr", "sarb", "sogd", "sogo", "syrc", "thaa", "todr"),
        "yezi",
    }
)
SCRIPT_LENGTH, COUNTRY_LENGTH = 4, 2


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML's `dir` takes it, for a BCP 47 language tag.

    A language that CLDR does not know is `ltr`.
    """
    return "rtl" if script_of(language) in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=256)
def script_of(language: str) -> str:
    """The script of a language tag by ISO 15924, in small letters: `cyrl`; "" where unknown.

    A script in the tag decides (RFC 5646, 2.2.3: the only subtag of four letters). Without
    one it is the script in which CLDR says that the language is mostly written, in the
    country that the tag names or else anywhere.
    """
    first, *rest = language.split("-")
    letters = [subtag for subtag in rest if subtag.isalpha()]
    script = next((subtag for subtag in letters if len(subtag) == SCRIPT_LENGTH), "")
    country = next((subtag.upper() for subtag in letters if len(subtag) == COUNTRY_LENGTH), "")
    return (script or _usual_script(first.lower(), country)).lower()


def _usual_script(language: str, country: str) -> str:
    """The script of a language, `Arab` for `ar`, or nothing."""
    known = str(get_global("language_aliases").get(language, language)).partition("_")[0]
    likely = get_global("likely_subtags")
    found = likely.get(f"{known}_{country}") or likely.get(known, "")
    return str(found).split("_")[1] if found else ""
