"""Fenced code in a text: where it begins and ends, for whoever must not look inside."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from generator.model.values import frozen

FENCE = re.compile(r" *+(?:(`{3,}+)([^`]*+)|(~{3,}+)(.*+))")
LIST_ITEM = re.compile(r" *(?:[*+-]|\d+[.)]) ")
CODE_INDENT = 4


@frozen
class CodeFence:
    """A fenced code block: its lines, counted from 0, both fences among them.

    `indent` is how many spaces stand before the opening fence, `info` what stands
    after it. A block `in_list` belongs to the list item above it. A fence that
    nothing closes is text, not code; its `last` is -1.
    """

    first: int
    last: int
    indent: int
    info: str
    in_list: bool = False


@frozen
class _Closer:
    """A line that can close a fence; `longest` is the length of the longest from here on."""

    line: int
    length: int
    longest: int


def code_fences(lines: Sequence[str]) -> tuple[CodeFence, ...]:
    """Find the fenced code blocks of a text, in order, and the fences that nothing closes.

    A fence is closed by a line of the same character that is at least as long
    (CommonMark 0.31, 4.5); it may be indented by three spaces, in a list item by any
    number. Tabs must have been turned into spaces. Takes time in proportion to the
    text, whatever is in it.
    """
    closers: dict[tuple[str, bool], list[_Closer]] = {}
    fences: list[CodeFence] = []
    in_list = False
    number = 0
    while number < len(lines):
        line = lines[number]
        indent = len(line) - len(line.lstrip(" "))
        fence = _opened(line, number, indent, in_list=in_list)
        if fence:
            in_list = fence.in_list
            fence = _closed(fence, lines, closers)
            fences.append(fence)
            number = max(number, fence.last)
        elif LIST_ITEM.match(line):
            in_list = True
        elif line and not indent and not (number and lines[number - 1].strip()):
            in_list = False
        number += 1
    return tuple(fences)


def _opened(line: str, number: int, indent: int, *, in_list: bool) -> CodeFence | None:
    """The fence that a line opens, as yet unclosed."""
    if "```" not in line and "~~~" not in line:
        return None
    match = FENCE.fullmatch(line)
    if match is None or (indent >= CODE_INDENT and not in_list):
        return None
    info = (match[2] or match[4] or "").strip()
    return CodeFence(number, -1, indent, info, in_list and indent > 0)


def _closed(
    fence: CodeFence, lines: Sequence[str], closers: dict[tuple[str, bool], list[_Closer]]
) -> CodeFence:
    """The same fence with its last line, if any line closes it."""
    opening = lines[fence.first].lstrip(" ")
    mark = opening[0]
    length = len(opening) - len(opening.lstrip(mark))
    key = (mark, fence.in_list)
    if key not in closers:
        closers[key] = _closers(lines, mark, deep=fence.in_list)
    candidates = closers[key]
    here = bisect_right(candidates, fence.first, key=lambda closer: closer.line)
    if here == len(candidates) or candidates[here].longest < length:
        return fence
    while candidates[here].length < length:
        here += 1
    last = candidates[here].line
    return CodeFence(fence.first, last, fence.indent, fence.info, fence.in_list)


def _closers(lines: Sequence[str], mark: str, *, deep: bool) -> list[_Closer]:
    """All lines of nothing but a fence, in order; deeply indented ones only when `deep`."""
    found: list[_Closer] = []
    longest = 0
    for number in range(len(lines) - 1, -1, -1):
        bare = lines[number].strip()
        if len(bare) < 3 or bare.strip(mark):  # noqa: PLR2004 - a fence has three marks or more
            continue
        indent = len(lines[number]) - len(lines[number].lstrip(" "))
        if deep or indent < CODE_INDENT:
            longest = max(longest, len(bare))
            found.append(_Closer(number, len(bare), longest))
    found.reverse()
    return found
