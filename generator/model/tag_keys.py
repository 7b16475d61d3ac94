"""Tags' keys: which spellings are one tag, and which hide something from the eye."""

import re
import unicodedata
from functools import lru_cache

# Straight and curly apostrophes, primes, and the letters that stand for them.
_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u201b\u2032\u02b9\u02bb-\u02bd]")
# A sign that makes a name another: C++ and C# are not C, .NET is not NET.
_SIGN = re.compile(r"(?<=[^\W_])(?:\++|#)(?![^\W_])|(?<!\S)\.(?=[^\W\d_])")

_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_EMOJI_STYLE = "\ufe0f"
_BLACK_FLAG = "\U0001f3f4"
# Marks and letters that draw nothing, beside the format characters (Cf).
_DRAW_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\uffa0"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# Format characters that do draw: signs put before Arabic, Syriac and Kaithi numbers.
_DRAWN_FORMATS = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
_FIRST_JOINING_SCRIPT = "\u0590"
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


@lru_cache(maxsize=32_768)
def tag_key(label: str) -> str:
    """The key of a tag: two spellings with equal keys are one tag.

    NFKC and case-folded, by Unicode's rule for caseless matching (D146); white space and
    punctuation are one space, apostrophes and invisible characters nothing. `+` and `#`
    behind a word and a dot before one stay: `C`, `C++`, `C#`, `NET` and `.NET` are five
    tags. A label of punctuation alone is its own key; a blank one has none (""). A key
    is its own key.
    """
    if label.isascii():
        text = label.lower()
    else:
        text = unicodedata.normalize("NFKC", label)
        text = unicodedata.normalize("NFKC", text.casefold())
    if not text.isascii():
        text = "".join(char for char in text if not _draws_nothing(char))
    bare = _APOSTROPHES.sub("", text)
    parts, at = [], 0
    for sign in _SIGN.finditer(bare):
        parts += [_folded(bare[at : sign.start()]), sign[0]]
        at = sign.end()
    parts.append(_folded(bare[at:]))
    words = "".join(parts).split() or _APOSTROPHES.sub("'", text).split()
    return unicodedata.normalize("NFC", " ".join(words))


def invisible_characters(text: str) -> tuple[str, ...]:
    """Name what is in a text and cannot be seen, such as `U+202E RIGHT-TO-LEFT OVERRIDE`.

    For slugs, tags and file names, which would look like others that they are not.
    Passed over where they belong: joiners inside words of scripts that join (Persian,
    Hindi) and between emoji, style selectors behind emoji and ideographs, flags' tags.
    """
    if text.isascii() and text.isprintable():
        return ()
    return tuple(
        f"U+{ord(char):04X} {unicodedata.name(char, 'CONTROL CHARACTER')}"
        for index, char in enumerate(text)
        if _draws_nothing(char) and not _belongs(text, index)
    )


def mixed_script_word(text: str) -> str:
    """Find a word that mixes Latin, Cyrillic or Greek letters, as look-alikes do; "" for none."""
    if text.isascii():
        return ""
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(letter, "?").split(" ", 1)[0] for letter in word}
        if len(scripts.intersection(_SCRIPTS)) > 1:
            return str(word)
    return ""


def _folded(text: str) -> str:
    if text.isalnum():
        return text
    return "".join(" " if _separates(char) else char for char in text)


def _separates(char: str) -> bool:
    """Whether a character parts words: white space, punctuation, operators, lone accents."""
    category = unicodedata.category(char)
    return category[0] in "PZ" or category in ("Cc", "Sm", "Sk")


def _draws_nothing(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cf":
        return not _DRAWN_FORMATS.match(char)
    return category == "Cc" or bool(_DRAW_NOTHING.match(char))


def _belongs(text: str, index: int) -> bool:
    """Whether an invisible character does something that can be seen, where it stands."""
    char, before, after = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    if not before:
        return False
    if char in _ZERO_WIDTH_JOINERS:
        return min(before, after or " ") >= _FIRST_JOINING_SCRIPT
    if char == _EMOJI_STYLE:
        return unicodedata.category(before) in ("So", "Sm") or before in "0123456789#*"
    if "\U000e0100" <= char <= "\U000e01ef":
        return unicodedata.category(before) == "Lo"
    if "\U000e0020" <= char <= "\U000e007f":
        return before == _BLACK_FLAG or "\U000e0020" <= before <= "\U000e007f"
    return False
