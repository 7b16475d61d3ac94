"""Cyrillic in Latin letters, by the official table of each language."""
# ruff: noqa: RUF001, RUF002, RUF003 (letters that look Latin and are not: what this file is about)

import re

# Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010: 33 letters.
_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN_AT_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

# ICAO Doc 9303, part 3, section 6 B: Russian, as in passports; the soft sign is left out.
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip

# The same table's Belarusian column: г is h, ё is io, ў is u.
_BELARUSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "ё": "io", "ж": "zh",
    "з": "z", "і": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip

# A word of a neighbour's language keeps the letters that a table does not have.
_ALL = _RUSSIAN | _BELARUSIAN | _UKRAINIAN
_TABLES = {
    "uk": str.maketrans(_ALL | _UKRAINIAN),
    "ru": str.maketrans(_ALL | _RUSSIAN),
    "be": str.maketrans(_ALL | _BELARUSIAN),
}
OFFICIAL = frozenset(_TABLES)
"""The languages that have an official table here."""

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WORD_START = re.compile(r"(?<!\w)[єїйюя]")


def romanise(text: str, language: str) -> str:
    """Write lower-case Cyrillic in Latin letters; everything else stays.

    `language` is a language's two letters. Ukrainian, Russian and Belarusian have official tables;
    other languages written in Cyrillic are left to the caller, and for one written in
    other letters the words' own letters tell which table is meant. Apostrophes
    inside words must be gone: they would begin a word anew. Text is in NFC.
    """
    if not _CYRILLIC.search(text):
        return text
    if language not in OFFICIAL:
        if language in _OTHER_CYRILLIC:
            return text
        language = likely_language(text)
    if language == "uk":
        text = text.replace("зг", "zgh")
        text = _WORD_START.sub(lambda match: _UKRAINIAN_AT_START[match[0]], text)
    return text.translate(_TABLES[language])


def likely_language(text: str) -> str:
    """Tell Ukrainian, Belarusian and Russian apart by the letters that only one has.

    ў is Belarusian, and so is і beside ы, э or ё; ґ, є, ї and і are Ukrainian; ы, э, ё and ъ
    Russian. Words without any of these ("Кремль") count as Ukrainian: where the two
    tables differ there (г, и, х) a language in the front matter decides.
    """
    letters = set(text)
    if "ў" in letters or ("і" in letters and letters & set("ыэё")):
        return "be"
    if letters & set("ґєїі"):
        return "uk"
    return "ru" if letters & set("ыэёъ") else "uk"


# These write Cyrillic by other rules; python-slugify's general table serves them.
_OTHER_CYRILLIC = frozenset({"bg", "kk", "ky", "mk", "mn", "sr", "tg", "tt", "uz", "az", "ba"})
