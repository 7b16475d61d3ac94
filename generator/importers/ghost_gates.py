"""Parts of a Ghost text that not everybody saw: cards for members only, or for letters only."""

import re
from typing import Any

GATED = "a part that only members or letters had"
BEGIN = re.compile(r"<!--\s*+kg-gated-block:begin\b((?:(?!-->)[^<>])*+)-->")
END = re.compile(r"<!--\s*+kg-gated-block:end\s*+-->")


def is_gated(card: dict[str, Any]) -> bool:
    """Whether a card was kept from readers of the site who had not signed in."""
    told = card.get("visibility")
    if not isinstance(told, dict):
        return False
    web = told.get("web")
    is_for_members = isinstance(web, dict) and web.get("nonMember") is False
    return is_for_members or told.get("showOnWeb") is False or told.get("emailOnly") is True


def without_gated(html: str) -> tuple[str, bool]:
    """HTML without such parts, and whether there were any; one that never ends takes the rest."""
    parts: list[str] = []
    at, has_gated = 0, False
    while begin := BEGIN.search(html, at):
        parts.append(html[at : begin.start()])
        end = END.search(html, begin.end())
        at = end.end() if end else len(html)
        if re.search(r"\bnonMember:true\b", begin[1]):
            parts.append(html[begin.end() : end.start() if end else at])
        else:
            has_gated = True
    return "".join((*parts, html[at:])), has_gated
