"""Blocks of copy: prose whose lines run on, and lines that stand for themselves.

Agencies wrap their prose by hand, and set results, fact boxes and tables in lines too. A list's
lines begin with a mark or a number. Of the others the line that goes on tells: running prose
begins most of its lines in small letters, and fills them.
"""

# ruff: noqa: RUF001 - signs as lists have them

import re
from collections.abc import Sequence
from itertools import pairwise

MARK = re.compile(
    r"""(?:--? | [–—*+•·▪●○‣→►▶✓✔☐☑] | [0-9]{1,3}[.)] | \([0-9]{1,3}\))\s+\S
      | (?:[・■□◆◇◎※①-⑳] | [0-9０-９]{1,3}[．、）])\s*\S""",
    re.VERBOSE,
)
"""What an item begins with; the signs of East Asia stand close to it."""
TITLE = re.compile(r"\A#|:\Z")
"""What stands above a list, be it of one item."""
LETTER = re.compile(r"([A-Za-z]+)[.)]\s+\S")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
CELLS = re.compile(r"(?<! )(?: *\t[ \t]*| {2,})")
WRAPPED_AT = range(40, 101)
"""How wide, in characters, the widest line of hard-wrapped copy is."""
SENTENCE_END = re.compile(r"""[.!?…:;\u3002\uff01\uff1f\u061f]["'”\u2019»)\]]*$""")
"""With the full stop, exclamation and question marks of Chinese, Japanese and Arabic."""
TAB = re.compile(r"(?<! )[ ]*\t[ \t]*")
WHOLE = 0.7
"""A line that ends before this part of the copy's width, though the next word would fit: broken."""
FEW, SOME = 3, 4
"""How many lines in a row begin by chance with a capital: seldom three with numbers in them, or
three short ones, and seldom four."""

Lines = Sequence[str]


def block_texts(lines: Lines, width: int = 0) -> list[str]:
    """The paragraphs of lines that stand together; one whose lines matter has line ends in it.

    The cells of a table's line have a tab between them. `width` is that of the whole copy.
    """
    marked = [number for number, line in enumerate(lines) if MARK.match(line.strip())]
    if len(marked) > 1 and 2 * len(marked) >= len(lines) - marked[0]:
        above = block_texts(lines[: marked[0]], width) if marked[0] else []
        return [*above, "\n".join(_items(lines[marked[0] :]))]
    if len(marked) == 1 and marked[0] and TITLE.search(lines[marked[0] - 1].strip()):
        return [*block_texts(lines[: marked[0]], width), *_items(lines[marked[0] :])]
    if _are_lettered(lines):
        return ["\n".join(map(tidy, lines))]
    if _is_table(lines):
        return ["\n".join("\t".join(_cells(line)) for line in lines)]
    are_lines = _stand_alone(lines) or _are_broken(lines, width)
    return [("\n" if are_lines else " ").join(map(tidy, lines))]


def tidy(line: str) -> str:
    """A line without white space around it, and with no tabs in it."""
    return TAB.sub(" ", line.strip())


def is_wrapped(lines: Lines) -> bool:
    """Tell one paragraph broken into lines of nearly one length from a paragraph per line."""
    *full, _ = lines
    widths = [len(line) for line in full] or [0]
    ends = sum(bool(SENTENCE_END.search(line)) for line in full)
    is_even = min(widths) >= max(widths) * 0.6
    return max(widths) in WRAPPED_AT and is_even and ends * 2 < len(lines)


def _items(lines: Lines) -> list[str]:
    """The items of a list, each on one line, however many it was wrapped into."""
    items: list[list[str]] = []
    for line in lines:
        if MARK.match(line.strip()):
            items.append([])
        items[-1].append(tidy(line))
    return [" ".join(parts) for parts in items]


def _cells(line: str) -> list[str]:
    return CELLS.split(line.strip())


def _is_table(lines: Lines) -> bool:
    """Whether all lines have the same number of cells, set apart by tabs or wide gaps."""
    counts = {len(_cells(line)) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts.pop() > 1


def _are_lettered(lines: Lines) -> bool:
    """Whether the lines begin with A., B., C. or i., ii., iii. in order."""
    marks = [LETTER.match(line.strip()) for line in lines]
    found = [mark[1].lower() for mark in marks if mark]
    if len(lines) == 1 or len(found) != len(lines):
        return False
    return tuple(found) == ROMAN[: len(found)] or (
        "".join(found) in ALPHABET and max(map(len, found)) == 1
    )


def _stand_alone(lines: Lines) -> bool:
    """Whether lines without a mark are no wrapped prose."""
    texts = [line.strip() for line in lines]
    if len(texts) == 1 or any(text[0].islower() for text in texts[1:]):
        return False
    # Above results there may be what they are of; scripts without capitals tell by numbers alone.
    counted = texts[1:] if texts[0].endswith(":") else texts
    have_numbers = all(map(_has_digit, counted))
    has_case = any(text != text.swapcase() for text in texts)
    if max(map(len, texts)) < WRAPPED_AT.start:
        return have_numbers or (has_case and len(texts) >= FEW)
    if len(texts) >= FEW and have_numbers:
        return True
    return has_case and len(texts) >= SOME and not is_wrapped(texts)


def _are_broken(lines: Lines, width: int) -> bool:
    """Whether each line ends where the next word would have fitted, in copy wrapped at a width."""
    texts = [line.strip() for line in lines]
    if width < WRAPPED_AT.start or any(text[0].islower() for text in texts[1:]):
        return False
    return len(texts) > 1 and all(
        len(line) + 1 + len(below.split()[0]) < WHOLE * width for line, below in pairwise(texts)
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
