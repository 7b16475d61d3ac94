"""Curly quotation marks, dashes and ellipses in plain text."""

import re

DASHES = re.compile(r"(?<![!<-])(---?)(?![->])")
ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
ADDRESS = re.compile(r"(?<!\S)\S*?://\S+")
STRAIGHT = re.compile("[\"']")
QUOTE = re.compile("[\"'\u201c\u201d]")
EM_DASH = "---"

SEE_THROUGH = "\u2060"
"""Stands for an inline tag when a quotation mark's neighbours are looked at."""

OPENERS = "([{<\u2018\u201c\u00ab\u2013\u2014-/=\u00a1\u00bf"
LEADING_APOSTROPHE = re.compile(
    r"(?:\d\ds?|tis|twas|twere|twill|til|till|em|cause|cos|bout|round|neath|n|s(?=-))\b",
    re.IGNORECASE,
)


def has_curls(language: str) -> bool:
    """Whether quotes are curled in texts of this language: in English ones only."""
    return language.lower().split("-")[0] == "en"


def curled(text: str, language: str) -> str:
    """A text that stands alone, with curly quotes (English only), dashes and ellipses."""
    return with_dashes(with_curly_quotes(text) if has_curls(language) else text)


def with_curly_quotes(text: str) -> str:
    """The text with its straight quotes curled, as long as before."""
    characters = list(text)
    in_quotation = False
    for match in QUOTE.finditer(text):
        place, mark = match.start(), match.group()
        if mark in "\"'":
            mark = characters[place] = _curled(characters, place, in_quotation=in_quotation)
        if mark in "\u201c\u201d":
            in_quotation = mark == "\u201c"
    return "".join(characters)


def _curled(text: list[str], place: int, *, in_quotation: bool) -> str:
    """The curly form of the straight quote at a place, or the same where it is no quote.

    `text` holds one character at each place; the quotes before this one are curled.
    """
    before = _neighbour(text, place, -1)
    after = _neighbour(text, place, +1)
    opens = (not before or before.isspace() or before in OPENERS) and after.strip() != ""
    if text[place] == '"':
        if before.isdigit() and not in_quotation:
            return '"'  # inches, seconds
        return "\u201c" if opens else "\u201d"
    if before.isdigit() and after.isdigit():
        return "'"  # feet, minutes
    if opens and not LEADING_APOSTROPHE.match("".join(text[place + 1 : place + 9])):
        return "\u2018"
    return "\u2019"


def _neighbour(text: list[str], place: int, step: int) -> str:
    """The next character in a direction that a reader sees, "" at the end of the block."""
    place += step
    while 0 <= place < len(text) and text[place] == SEE_THROUGH:
        place += step
    return text[place] if 0 <= place < len(text) else ""


def with_dashes(text: str) -> str:
    """The text with dashes and ellipses; web addresses in it stay as they are."""
    if "--" not in text and "..." not in text:
        return text
    parts: list[str] = []
    done = 0
    for address in ADDRESS.finditer(text):
        parts += (_dashed(text[done : address.start()]), address.group())
        done = address.end()
    return "".join((*parts, _dashed(text[done:])))


def _dashed(text: str) -> str:
    text = DASHES.sub(lambda match: "\u2014" if match[1] == EM_DASH else "\u2013", text)
    return ELLIPSIS.sub("\u2026", text)
