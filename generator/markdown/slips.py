"""Lines that were meant as a list, a table or a heading, and are a paragraph: what to say of them.

Word processors make bullets of hyphens, and set spaces that are none of Markdown's; other programs
have marks of their own. Readers see the signs, and the lines run together. They do so on GitHub
too: nothing is changed, but told.
"""

# ruff: noqa: RUF001 - signs as word processors have them

import re
from collections.abc import Iterator, Sequence

from generator.markdown.han_lines import HAN
from generator.markdown.patterns import DELIMITER_ROW
from generator.model.late_patterns import late_pattern
from generator.model.problems import Severity
from generator.model.values import frozen

GAPS = "\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
"""Spaces that are not Markdown's, and characters without a width."""
UNSEEN = rf"{GAPS}\u00ad\u200c-\u200f"
BEGINS_ODDLY = re.compile(rf"[#|:!?{UNSEEN}]")
"""What a paragraph of one line must begin with to be looked at."""
KINDS = late_pattern(
    rf"""(?P<heading>\#{{2,6}}[^\#\s{UNSEEN}] | \#{{7}})
      | (?P<gap>\#{{1,6}}[{GAPS}]+(?=[^\W\d_]))
      | (?P<unseen>[{UNSEEN}]+
          (?:\#{{1,6}}[ \t] | [-*+][ \t] | [0-9]{{1,9}}[.)][ \t] | > | `{{3}} | \|))
      | (?P<block>(?: :{{3,}}[ ]*[\w{{] | !!![ ]+[a-z] | \?\?\?\+?[ ]+[a-z] )[^\n]{{0,40}})
      | (?P<note>\[(?://|\#|_?comment)\]:[ ]*(?:\#|<>)[^\n]{{0,40}})
      | (?P<table>\|) | (?P<rule>:?-+:?[ \t]*\|)
      | (?P<bullet>[•‣⁃∙●○◦·▪▫■□◆◇★☆☐☑☒✓✔✗✘✅❌⭐→➔➜➤►▶※・①-⑳]|[\U0001f300-\U0001faff])
      | (?P<dash>[–—―](?=[ \t{GAPS}]))
      | (?P<hyphen>[-*+](?=[{GAPS}]) | -(?=[^\W\d_]))
      | (?P<number>\(?[0-9]{{1,3}}[.)](?=[^\W\d_]|[{GAPS}]) | \([0-9]{{1,3}}\)
          | (?![0-9])\d{{1,3}}[.)．、-] | [0-9]{{1,2}}、)
      | (?P<letter>\(?[A-Za-z]\)(?=\s) | \#\.(?=[ ]))
    """,
    re.VERBOSE,
)
"""What a line begins with, by what was meant."""
BREAK = re.compile(r"(?:  |\\|<br ?/?>)\Z")
ALONE = frozenset({"heading", "gap", "unseen", "block", "note"})
"""What is a slip by itself; all else is one where two lines in a row have it."""
SHORTEST, SHORTEST_HAN = 50, 15  # characters of a sentence
SENTENCE_ENDS = frozenset(".!?…:。！？")
QUOTES = "\"'”»’)」』"
SIGNS_OF_CODE = frozenset("{}<>=;$\\|#`_[]/@~^")
CELLS = 3  # bars in a line that is a row of a table by itself
LIST_HINT = 'For a list begin each with "- ", in plain signs; for lines end each with a backslash.'
NUMBER_HINT = 'For a list begin each with "1. " and so on; for lines end each with a backslash.'
TABLE_HINT = "Below a table's first row stands a line such as |---|---|, with as many cells."
BREAK_HINT = "Take it out: it breaks a line only where another follows right below it."


@frozen
class Slip:
    """What is amiss: `line` counts from the paragraph's first, `sign` is what it is about."""

    line: int
    message: str
    hint: str
    sign: str = ""
    severity: Severity = Severity.WARNING


def is_odd(text: str, lines: Sequence[str]) -> bool:
    """Whether a paragraph must be looked at: nearly none of one line must."""
    return len(lines) > 1 or text[-1] == "\\" or BEGINS_ODDLY.match(text) is not None


def slips_in(lines: Sequence[str], *, is_quoted: bool) -> Iterator[Slip]:
    """What is amiss in the lines of a paragraph; each kind is told once.

    In a quotation people may talk, each line behind a dash.
    """
    told: set[str] = set()
    before = ""
    for number, line in enumerate(lines):
        kind, sign = _kind(line)
        if kind and kind not in told and not (is_quoted and kind == "dash"):
            is_last = number + 1 == len(lines)
            if kind in ALONE or kind == before or (kind == "table" and is_last and _is_row(line)):
                told.add(kind)
                yield _told(kind, sign, line, number)
            elif kind == "rule" and number and DELIMITER_ROW.match(line):
                told.add("table")
                yield _told("table", sign, line, number)
        before = "" if BREAK.search(line) else kind
        if line[-2:] == "\\ " and "break" not in told:
            told.add("break")
            yield Slip(number, "a backslash before a space is shown", "Take the space out.", "\\")
    last = lines[-1].rstrip()
    if last[-1:] == "\\" and (len(last) - len(last.rstrip("\\"))) % 2:
        yield Slip(len(lines) - 1, "a backslash that ends a paragraph is shown", BREAK_HINT)


def reads_as_prose(text: str) -> bool:
    """Whether what is indented as code is a paragraph of sentences, with no sign of a program."""
    text = text.strip()
    first, last = text[:1], text.rstrip(QUOTES)[-1:]
    least = SHORTEST if text.isascii() or not HAN.search(text) else SHORTEST_HAN
    return (
        len(text) >= least
        and first.isalpha()
        and not first.islower()
        and last in SENTENCE_ENDS
        and SIGNS_OF_CODE.isdisjoint(text)
    )


def _kind(line: str) -> tuple[str, str]:
    """What a line begins with, and how that is written; nothing for words."""
    if line[:1].isalpha() and line[1:2] != ")":
        return "", ""
    found = KINDS.match(line)
    return (found.lastgroup or "", found.group()) if found else ("", "")


def _is_row(line: str) -> bool:
    return line.rstrip()[-1:] == "|" and line.count("|") >= CELLS


def _told(kind: str, sign: str, line: str, number: int) -> Slip:
    match kind:
        case "heading":
            marks = line[: len(line) - len(line.lstrip("#"))]
            hint = f"Put a space behind the {marks}." if len(marks) < 7 else "Six are the most."  # noqa: PLR2004 - levels
            return Slip(number, f"this is no heading, and is shown with its {marks}", hint, marks)
        case "gap" | "unseen":
            seen = sign.strip("#-*+0123456789.)>`| \t")
            where = "behind" if kind == "gap" else "before"
            name = f"U+{ord(seen[0]):04X}"
            message = f"readers see this sign: an invisible character ({name}) stands {where} it"
            return Slip(number, message, "Delete it, and write a plain space.")
        case "block":
            message = f"this means nothing here, and is shown as it stands: {sign.strip()}"
            hint = "For an aside or a fact box write {.aside} or {.factbox} below its last line."
            return Slip(number, message, hint, sign)
        case "note":
            message = f"readers would see this note: {sign}"
            return Slip(number, message, "Put a blank line above it.", sign, Severity.ERROR)
        case "table" | "rule":
            return Slip(number, "this is no table, and its lines run together", TABLE_HINT)
    hint = NUMBER_HINT if kind in ("number", "letter") else LIST_HINT
    return Slip(number, f"lines that begin with {sign.strip()} run together", hint, sign)
