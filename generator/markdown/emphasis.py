"""Runs of `*`, `_` and `~`: which open and close emphasis (CommonMark 0.31.2, 6.2; GFM 6.5)."""

import unicodedata
from functools import cache

PAIR = 2


class DelimiterRun:
    """A run of marks: how many are left, and the elements that begin and end at it.

    `start` is its place.
    """

    __slots__ = (
        "can_close",
        "can_open",
        "closes",
        "count",
        "length",
        "number",
        "opens",
        "sign",
        "start",
    )

    def __init__(self, sign: str, length: int, before: str, after: str, start: int = 0) -> None:
        """Take a run between two characters, "" for none (CommonMark 0.31.2, 6.2)."""
        self.sign, self.start = sign, start
        self.count = self.length = length
        self.opens: list[str] = []
        self.closes = self.number = 0
        if not before or before.isspace():  # as most are that open
            self.can_open, self.can_close = bool(after) and not after.isspace(), False
        elif not after or after.isspace():
            self.can_open, self.can_close = False, True
        else:
            self._look_at_punctuation(before, after)
        if sign == "~" and length > PAIR:
            self.can_open = self.can_close = False

    def _look_at_punctuation(self, before: str, after: str) -> None:
        mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
        left, right = not mark_after or mark_before, not mark_before or mark_after
        if self.sign == "_":
            self.can_open = left and (not right or mark_before)
            self.can_close = right and (not left or mark_after)
        else:
            self.can_open, self.can_close = left, right


@cache
def _is_punctuation(character: str) -> bool:
    if not character or character.isalnum():
        return False
    return unicodedata.category(character)[0] in "PS"


def pair(runs: list[DelimiterRun]) -> None:
    """Match the runs of a text, in their order. Takes time in proportion to their number.

    Below `bottoms`, for runs of a kind, no opener is left that could match.
    """
    openers: list[DelimiterRun] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    for number, run in enumerate(runs):
        run.number = number
        if run.can_close:
            _close(run, openers, bottoms)
        if run.count and run.can_open:
            openers.append(run)


def _close(
    run: DelimiterRun, openers: list[DelimiterRun], bottoms: dict[tuple[str, bool, int], int]
) -> None:
    sign, length = run.sign, run.length
    kind = (sign, run.can_open, length if sign == "~" else length % 3)
    while run.count:
        bottom = bottoms.get(kind, -1)
        place = len(openers) - 1
        while place >= 0 and openers[place].number > bottom and not _match(openers[place], run):
            place -= 1
        if place < 0 or openers[place].number <= bottom:
            bottoms[kind] = run.number - 1
            return
        del openers[place + 1 :]
        opener = openers[place]
        if sign == "~":
            size, tag = run.count, "del"
        elif run.count >= PAIR and opener.count >= PAIR:
            size, tag = PAIR, "strong"
        else:
            size, tag = 1, "em"
        opener.opens.append(tag)
        run.closes += 1
        opener.count -= size
        run.count -= size
        if not opener.count:
            openers.pop()


def _match(opener: DelimiterRun, closer: DelimiterRun) -> bool:
    if opener.sign != closer.sign:
        return False
    if opener.sign == "~":
        return opener.length == closer.length
    if opener.can_close or closer.can_open:
        total = opener.length + closer.length
        return total % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)
    return True


def idle_stars(runs: list[DelimiterRun]) -> int:
    """Where two stars were meant to open emphasis, and open none; -1 if there are none.

    One such run alone is the author's, and so are two that could only close: `Prices** and fees**`.
    """
    idle = [run for run in runs if run.count >= PAIR and run.sign == "*"]
    was_meant = len(idle) > 1 and (idle[0].can_open or not idle[0].can_close)
    return idle[0].start if was_meant else -1
