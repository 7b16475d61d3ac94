"""Near misses: a tag that differs from a known one by a likely slip of the pen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORTEST = 5
"""Shorter words differ by one letter too often: `Iran`, `Iraq`."""

SHORTEST_WRONG_LETTER = 8
"""In a shorter word another letter makes another word: `Iceland`, `Ireland`."""


class NearMisses:
    """The known tags' keys, so laid out that the nearest is found without trying them all.

    Two words that are one letter apart become equal when a letter is taken from one of them,
    or from both. So every key is entered under itself, and under what is left of it without
    each of its letters.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._entries: defaultdict[str, set[str]] = defaultdict(set)
        for key in known:
            for text in _with_one_less(key):
                self._entries[text].add(key)

    def of(self, key: str) -> str | None:
        """The known key that `key` was likely meant to be; None when it is known, or near none.

        Ask for tags that are used once or twice: two that are both in use are two words.
        """
        if key in self._entries.get(key, ()):
            return None
        near = {found for text in _with_one_less(key) for found in self._entries.get(text, ())}
        return min((found for found in near if is_slip(key, found)), default=None)


def is_slip(key: str, known: str) -> bool:
    """Whether two keys differ in one word, by a letter lost, added, doubled, swapped or wrong.

    Not a slip: another number (`2023`, `2024`), another ending (`tariff`, `tariffs`; `Russia`,
    `Russian`; a case in Ukrainian), another beginning, `-man` and `-men`, and short
    words. Two words run together, or one apart (`opensource`), are a slip.
    """
    words, others = key.split(" "), known.split(" ")
    if abs(len(words) - len(others)) == 1:
        joined = "".join(words)
        return len(joined) >= SHORTEST and joined == "".join(others)
    if len(words) != len(others):
        return False
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and _is_slip_in_word(*sorted(pairs[0], key=len))


def _is_slip_in_word(short: str, long: str) -> bool:
    if len(short) < SHORTEST or not (long.isalpha() and short.isalpha()):
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    if len(long) > len(short):
        return long[:at] + long[at + 1 :] == short and _is_odd_letter(long, at)
    if long[at + 1 :] == short[at + 1 :]:
        inside = 0 < at < len(long) - 1
        plural = {long[-3:], short[-3:]} == {"man", "men"}
        return inside and not plural and len(long) >= SHORTEST_WRONG_LETTER
    return long[:at] + long[at + 1 : at + 2] + long[at : at + 1] + long[at + 2 :] == short


def _is_odd_letter(word: str, at: int) -> bool:
    """Whether a letter too many is no ending and no beginning; a doubled one is odd anywhere."""
    is_last = at == len(word) - 1
    if word[at] == word[at - 1 : at]:
        return not (is_last and word[at] == "s")
    return at > 0 and not is_last


def _with_one_less(key: str) -> Iterator[str]:
    yield key
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]
