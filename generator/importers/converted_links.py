"""Changing where links and pictures of a body lead that is our own Markdown already.

Our parser finds them, and nothing else of the body changes.
"""

import re
from collections.abc import Callable
from html import escape

from generator.read.body import scan_body

MAY_LEAD = re.compile(r"\]\(|\]:|src\s*=|href\s*=", re.IGNORECASE)
BEFORE = r"""(\]\(\s*<?|\]:\s*<?|(?:src|href|poster)\s*=\s*["']?)"""
BEHIND = r"""(>?\s*\)|>?\s+["'(]|["'>\s]|\Z)"""

Target = Callable[[str, bool], str]
"""Where a target is to lead; it is told whether it is a picture's."""


def readdressed(text: str, target: Target) -> str:
    """A text in Markdown whose links and pictures, outside code, lead where `target` says."""
    if not MAY_LEAD.search(text):
        return text
    lines = text.split("\n")
    for found in scan_body(text, 0, opening=False).targets:
        new = target(found.target, found.is_picture)
        if new != found.target and found.line < len(lines):
            # A target may go on behind the line that its text begins on.
            for number in range(found.line, min(found.line + 6, len(lines))):
                changed = _changed(lines[number], found.target, new)
                if changed != lines[number]:
                    lines[number] = changed
                    break
    return "\n".join(lines)


def _changed(line: str, old: str, new: str) -> str:
    for written in dict.fromkeys((old, escape(old), old.replace("%20", " "))):
        shown = escape(new) if written != old and "&" in old else new
        parts = re.split(BEFORE + re.escape(written) + BEHIND, line)
        # Each match leaves two parts of its own: what stands before the address and behind it.
        made = [f"{part}{shown}" if number % 3 == 1 else part for number, part in enumerate(parts)]
        if len(parts) > 1:
            return "".join(made)
    return line
