"""Addresses that are links without brackets (GFM 0.29, 6.9)."""

# ruff: noqa: RUF001 - marks of other scripts

import re
import unicodedata

from generator.markdown.han_lines import HAN_OR_KANA
from generator.model.late_patterns import late_pattern

SCHEME_BEFORE = late_pattern(r"(?<![a-zA-Z0-9])(?:https?|ftp)\Z", re.IGNORECASE)
MARKS = "«»“”„…‹›、。〈〉《》「」『』【】〔〕！（），：；？［］｛｝"
"""Quotation marks, brackets and full stops of other scripts: an address in prose ends before them.
GitHub takes them in, with all words up to the next space where a script has none."""
LABEL = rf"(?:[\w-]|[^\x00-\x7f\s{MARKS}])+"
DOMAIN = late_pattern(rf"{LABEL}(?:\.{LABEL})*")
ADDRESS = late_pattern(rf"[^\s<{MARKS}]*")
HAN_IN_LABEL = late_pattern(rf"(?<=\.[a-z]{{2}}){HAN_OR_KANA}|(?<=[a-z]{{3}}){HAN_OR_KANA}")
"""Chinese or Japanese right behind a domain in Latin letters: words that go on."""
ENTITY_AT_END = late_pattern(r"&[a-zA-Z0-9]+;\Z")
TRAILING = "?!.,:*_~'\"‘’"
MAY_STAND_BEFORE = frozenset("*_~(")
LOCAL_BEFORE = late_pattern(r"(?<![a-zA-Z0-9.+_-])[a-zA-Z0-9.+_-]++\Z")
MAIL_DOMAIN = late_pattern(r"[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+")
RESOURCE = late_pattern(r"/[a-zA-Z0-9@.]*[a-zA-Z0-9@]")
LONGEST_LOCAL = 256
LONGEST_SCHEME = 5


def web_address(text: str, start: int, domain: int) -> int:
    """Where the address that begins at `start`, its domain at `domain`, ends; 0 for none."""
    found = DOMAIN.match(text, domain)
    if found is None or (unicodedata.category(text[domain])[0] == "P" and text[domain] not in "-_"):
        return 0
    if not _is_valid(found.group()) or text.startswith("\\_", found.end()):
        return 0
    if not text.isascii() and (word := HAN_IN_LABEL.search(text, domain, found.end())):
        return word.start()
    match = ADDRESS.match(text, found.end())
    return _trimmed(text, start, match.end() if match else found.end())


def _is_valid(domain: str) -> bool:
    """Whether a domain has no underscore in its last two parts."""
    return not any("_" in part for part in domain.split(".")[-2:])


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of an address without what belongs to the sentence around it."""
    opened = closed = -1
    while end > start:
        last = text[end - 1]
        if last in TRAILING:
            end -= 1
        elif last == ")":
            if closed < 0:
                opened, closed = text.count("(", start, end), text.count(")", start, end)
            if closed <= opened:
                break
            closed -= 1
            end -= 1
        elif last == ";":
            entity = ENTITY_AT_END.search(text[max(start, end - 40) : end])
            end -= len(entity.group()) if entity else 1
        else:
            break
    return end


def scheme_start(text: str, colon: int, floor: int) -> int:
    """Where the scheme before `://` begins; -1 where there is none that links."""
    found = SCHEME_BEFORE.search(text[max(floor, colon - LONGEST_SCHEME - 1) : colon])
    return colon - len(found.group()) if found else -1


def may_begin(text: str, start: int) -> bool:
    """Whether an address without a scheme may begin here."""
    before = text[start - 1 : start]
    return not before or before.isspace() or before in MAY_STAND_BEFORE


def mail_address(text: str, sign: int, floor: int, *, in_lines: bool) -> tuple[int, int]:
    """Where the mail address around `@` begins and ends; both 0 for none.

    `in_lines` an underscore at its end may close emphasis, and is none of it.
    """
    local = LOCAL_BEFORE.search(text[max(floor, sign - LONGEST_LOCAL) : sign])
    domain = MAIL_DOMAIN.match(text, sign + 1)
    if local is None or domain is None:
        return 0, 0
    end = domain.end()
    while in_lines and text[end - 1] == "_":
        end -= 1
    if text[end - 1] in "-_":
        return 0, 0
    return sign - len(local.group()), end


def mail_scheme(text: str, begin: int, floor: int) -> str:
    """The scheme right before a mail address, if it is one that belongs to the link."""
    for scheme in ("mailto:", "xmpp:"):
        start = begin - len(scheme)
        if start >= floor and text.startswith(scheme, start):
            return "" if text[start - 1 : start].isalnum() and start else scheme
    return ""


def resource_end(text: str, end: int) -> int:
    """Where the resource behind an XMPP address ends."""
    found = RESOURCE.match(text, end)
    return found.end() if found else end
