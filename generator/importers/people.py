"""Bylines of other generators: who is named in one line of text."""

import re

ROLES = re.compile(
    r"\b(?:director|editor|engineer|manager|president|officer|ceo|cto|coo|cfo|head|chief|reporter"
    r"|correspondent|columnist|fellow|professor|analyst|writer|developer|designer|founder|lead"
    r"|member|chair(?:man|woman|person)?|coordinator|specialist|producer|staff|counsel|advisor"
    r"|architect|scientist|researcher|intern|secretary|team|department|inc|llc|jr|sr|phd|md)\b",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
BETWEEN = re.compile(r"(?:(?<!\s)\s++)?+(?:,|;|&|\b(?:and|und|et|y|e)\b)\s*+")
NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")  # noqa: RUF001 - as names have it
ADDRESS = re.compile(r"(?:(?<!\s)\s++)?+<[^<>\s@]++@[^<>\s]++>")


def people_in(text: str) -> tuple[tuple[str, ...], str]:
    """The people whom a byline names, and the byline where it says more than their names.

    `Ann Lee, Harbour Director` names one, `Ann Lee and Bo Ek` two.
    """
    text = " ".join(ADDRESS.sub("", text).split())
    parts = [part for part in BETWEEN.split(text) if part]
    if len(parts) < 2:  # noqa: PLR2004 - one person
        return ((text,) if text else ()), ""
    if all(NAME.fullmatch(part) and not _is_role(part) for part in parts):
        return tuple(dict.fromkeys(parts)), ""
    first, comma, _ = text.partition(",")
    is_first = comma and NAME.fullmatch(first.strip()) and not _is_role(first)
    return ((first.strip(),), text) if is_first else ((), text)


def _is_role(part: str) -> bool:
    return bool(ROLES.search(part) or CAPITALS.search(part))
