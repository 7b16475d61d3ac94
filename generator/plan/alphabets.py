"""Alphabets: the order in which readers of a language look for names, and its letters.

The alphabets are those of CLDR's collations and index letters. PyICU, which has them all, comes as
source that wants a C++ compiler and ICU; pyuca knows the order of no single language. What an index
of names needs of them are the letters that a language has beside those of its script.
"""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import unicodedata
from functools import lru_cache
from types import MappingProxyType

from generator.model.languages import wider_tags

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
SERBO_CROATIAN = "a b c č ć d dž đ e f g h i j k l lj m n nj o p q r s š t u v w x y z ž"
NORDIC = LATIN + "æøå"
# Letters stand one by one, or between spaces where some have two or three signs.
ALPHABETS = MappingProxyType(
    {
        "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyzw",
        "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
        "bs": SERBO_CROATIAN,
        "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
        "da": NORDIC,
        "eo": "abcĉdefgĝhĥijĵklmnopqrsŝtuŭvwxyz",
        "es": "abcdefghijklmnñopqrstuvwxyz",
        "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
        "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        "fi": LATIN + "åäö",
        "hr": SERBO_CROATIAN,
        "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
        "is": "aábcdðeéfghiíjklmnoópqrstuúvwxyýzþæöå",
        "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
        "lt": "aąbcčdeęėfghiįyjklmnopqrsštuųūvwxzž",
        "lv": "abcčdefgģhiyjkķlļmnņopqrsštuvwxzž",
        "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
        "nb": NORDIC,
        "nn": NORDIC,
        "no": NORDIC,
        "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
        "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
        "ru": CYRILLIC,
        "sk": "a ä b c č d e f g h ch i j k l m n o ô p q r s š t u v w x y z ž",
        "sl": "abcčćdđefghijklmnopqrsštuvwxyzž",
        "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
        "sr-Latn": SERBO_CROATIAN,
        "sv": LATIN + "åäö",
        "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    }
)
SAME_IN = MappingProxyType(
    {
        **dict.fromkeys(("da", "nb", "nn", "no"), (("aa", "å"), ("ä", "æ"), ("ö", "ø"))),
        **dict.fromkeys(("fi", "sv"), (("æ", "ä"), ("ø", "ö"))),
        "ro": (("ş", "ș"), ("ţ", "ț")),
    }
)
"""Spellings that stand for a letter of a language."""
SAME = MappingProxyType(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i"}
)
"""Latin letters that no accent parts from others, for all languages that have them not."""
DOTTED = frozenset({"az", "tr"})
"""Languages whose small `I` has no dot."""
SPACE, DIGIT, OWN, OTHER = range(4)
LONGEST = 3

Weight = tuple[int, int]
Key = tuple[tuple[Weight, ...], str, str]


def sort_key(text: str, language: str) -> Key:
    """What a name is sorted by among others: its letters, then their accents, then its signs."""
    weights = _weights(language)
    folded = _folded(text, language)
    found: list[Weight] = []
    place = 0
    while place < len(folded):
        part = _letter_at(folded, place, weights)
        found += [weights[part]] if part else _others(folded[place], weights)
        place += len(part) or 1
    return tuple(found), folded, text


def letter_of(text: str, language: str) -> str:
    """The letter of a language's alphabet that a text begins with, as an index shows it; or ""."""
    folded = _folded(text, language)
    start = next((place for place, sign in enumerate(folded) if sign.isalnum()), len(folded))
    part = _letter_at(folded, start, _weights(language))
    if not part:
        return ""
    same = dict(SAME_IN.get(_base(language), ()))
    part = same.get(part, part)
    return "İ" if part == "i" and _base(language) in DOTTED else part[:1].upper() + part[1:]


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _folded(text: str, language: str) -> str:
    if _base(language) in DOTTED:
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


@lru_cache(maxsize=16)
def _weights(language: str) -> dict[str, Weight]:
    """The weight of each letter of a language's alphabet, and of what is spelt for one."""
    found = next((ALPHABETS[tag] for tag in wider_tags(language) if tag in ALPHABETS), LATIN)
    letters = found.split() if " " in found else [*found]
    weights = {letter: (OWN, number) for number, letter in enumerate(letters)}
    same = SAME_IN.get(_base(language), ())
    return weights | {spelt: weights[letter] for spelt, letter in same}


def _letter_at(text: str, place: int, weights: dict[str, Weight]) -> str:
    """The longest letter of the alphabet that stands at a place; "" for none."""
    for length in range(LONGEST, 0, -1):
        part = text[place : place + length]
        if len(part) == length and part in weights:
            return part
    return ""


def _others(sign: str, weights: dict[str, Weight]) -> list[Weight]:
    """The weights of a sign that is no letter of the alphabet: its letter without an accent's."""
    if sign.isspace():
        return [(SPACE, 0)]
    if sign.isdigit():
        return [(DIGIT, unicodedata.digit(sign, 0))]
    plain = [one for one in unicodedata.normalize("NFKD", sign) if one.isalnum()]
    parts = "".join(SAME.get(one, one) for one in plain)
    return [weights.get(one, (OTHER, ord(one))) for one in parts]
