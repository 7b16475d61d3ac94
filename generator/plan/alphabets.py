"""Alphabets: the order in which readers of a language look for names, and its letters.

The alphabets are those of CLDR's collations and index letters, each held against ICU 78. PyICU,
which has them all, comes as source that wants a C++ compiler and ICU; pyuca knows the order of no
single language. What an index of names needs of them are the letters that a language has beside
those of its script.
"""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import re
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
        "cy": "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z",
        "da": NORDIC,
        "dsb": "a b c č ć d e ě f g h ch i j k ł l m n ń o p q r ŕ s š ś t u v w x y z ž ź",
        "eo": "abcĉdefgĝhĥijĵklmnopqrsŝtuŭvwxyz",
        "es": "abcdefghijklmnñopqrstuvwxyz",
        "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
        "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        "fi": LATIN + "åäö",
        "fo": "abcdefghijklmnopqrstuvwxyzæø",
        "gl": "abcdefghijklmnñopqrstuvwxyz",
        "hr": SERBO_CROATIAN,
        "hsb": "a b c č ć d dź e ě f g h ch i j k ł l m n o p q r ř s š t u v w x y z ž",
        "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
        "is": "aábcdðeéfghiíjklmnoópqrstuúvwxyýzþæöå",
        "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
        "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
        "lt": "abcčdefghijklmnopqrsštuvwxzž",
        "lv": "aābcčdeēfgģhiyījkķlļmnņopqrsštuūvwxzž",
        "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
        "mn": "абвгдежзийклмноөпрстуүфхцчшщъыьэюя",
        "mt": "a b ċ c d e f ġ g għ h ħ i j k l m n o p q r s t u v w x y ż z",
        "nb": NORDIC,
        "nn": NORDIC,
        "no": NORDIC,
        "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
        "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
        "ru": CYRILLIC,
        "sk": "a ä b c č d e f g h ch i j k l m n o ô p q r s š t u v w x y z ž",
        "sl": "abcčćdđefghijklmnopqrsštuvwxyzž",
        "sq": "a b c ç d dh e ë f g gj h i j k l ll m n nj o p q r rr s sh t th u v x xh y z zh",
        "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
        "sr-Latn": SERBO_CROATIAN,
        "sv": LATIN + "åäö",
        "tg": "абвгғдежзийкқлмнопрстуфхҳчҷшъэюя",
        "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
        "tt": "аәбвгдежҗзийклмнңоөпрстуүфхһцчшщъыьэюя",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "uz": "a b c d e f g h i j k l m n o p q r s t u v w x y z oʻ gʻ sh ch",
        "vi": "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz",
    }
)
SAME_IN = MappingProxyType(
    {
        **dict.fromkeys(
            ("da", "nb", "nn", "no"), (("aa", "å"), ("ä", "æ"), ("ö", "ø"), ("ü", "y"))
        ),
        **dict.fromkeys(("fi", "sv"), (("æ", "ä"), ("ø", "ö"), ("ü", "y"))),
        "hu": (("ő", "ö"), ("ű", "ü")),
        "lt": (("y", "i"),),
        "uz": tuple((o + sign, o + "ʻ") for o in "og" for sign in "'’‘`"),
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
TONES = str.maketrans(dict.fromkeys("\u0300\u0301\u0303\u0309\u0323"))
"""What Vietnamese sets above and below a letter that stays the same."""
HIRAGANA = str.maketrans({0x30A1 + place: 0x3041 + place for place in range(86)})
ROWS = "あかさたなはまやらわ"
"""The letters of a Japanese index: each stands for the row of kana that it begins."""
FIRST_SYLLABLE, LAST_SYLLABLE, SYLLABLES = 0xAC00, 0xD7A3, 588
INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""What Korean syllables begin with, by their number; doubled consonants stand with the plain."""
LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])|([\u0ec0-\u0ec4])([\u0e81-\u0eae])")
"""Thai and Lao vowels that are written before the consonant behind which they are sorted."""
FIRST_SIGN, LAST_SIGN = "\u0900", "\u17ff"
"""Between these lie the scripts whose vowels are signs at a letter, and count."""
TONE_MARKS = frozenset(
    "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0ec8\u0ec9\u0eca\u0ecb\u0ecc"
)
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
    if _base(language) == "vi":
        text = unicodedata.normalize("NFD", text).translate(TONES)
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    if text.isascii():
        return text
    return LEADING_VOWEL.sub(r"\2\1\4\3", text).translate(HIRAGANA)


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
    plain = [one for one in unicodedata.normalize("NFKD", sign) if _counts(one)]
    parts = "".join(SAME.get(one, one) for one in plain)
    return [weights.get(one, (OTHER, ord(one))) for one in parts]


def _counts(sign: str) -> bool:
    """Whether a sign is a letter, or a vowel that stands at one."""
    if sign.isalnum():
        return True
    return FIRST_SIGN <= sign <= LAST_SIGN and sign not in TONE_MARKS and sign.isprintable()


def initial_of(letter: str) -> str:
    """Under what a letter stands in the index of a language that has none of its own for it.

    Latin, Greek and Arabic letters lose their accents, Korean syllables all but their first sound;
    kana stand in their rows. A Cyrillic Й or Ї is a letter of its own.
    """
    number = ord(letter)
    if FIRST_SYLLABLE <= number <= LAST_SYLLABLE:
        return INITIALS[(number - FIRST_SYLLABLE) // SYLLABLES]
    plain = unicodedata.normalize("NFKD", letter)[0]
    kana = plain.translate(HIRAGANA)
    if ROWS[0] <= kana < "\u3097":
        return next(row for row in reversed(ROWS) if row <= kana)
    script = unicodedata.name(plain, "").partition(" ")[0]
    if script == "GEORGIAN":
        return letter  # it has capitals since 2018, which no index uses
    if script == "LATIN":
        return SAME.get(plain.lower(), plain)[0].upper()
    return (plain if script in ("GREEK", "ARABIC") else letter).upper()
