"""Line ends between Chinese or Japanese characters: none for readers (CSS Text 3, 4.1.3).

Dashes, dots and quotation marks that other scripts have too count for such beside one of them.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal
from xml.etree.ElementTree import Element

from generator.model.late_patterns import late_pattern

HAN_OR_KANA = (
    "[\u2e80-\u303e\u3041-\u30ff\u3105-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff9f\uffe0-\uffe6\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
MARK = "[\u00b7\u2014\u2015\u2018\u2019\u201c\u201d\u2025\u2026]"
BEHIND = "|".join(f"(?<={HAN_OR_KANA}{MARK * number})" for number in range(3))
BEFORE = f"{MARK}{{0,2}}{HAN_OR_KANA}"
HAN = late_pattern(HAN_OR_KANA)
BETWEEN_HAN = late_pattern(rf"(?:{BEHIND})\n(?={BEFORE})")
STASHED = "(?:\x02wzxhzdk:[0-9]++\x03)*+"
LINE_END = late_pattern(rf"(?:{BEHIND})({STASHED})\n(?={STASHED}{BEFORE})")
"""The same where tags stand beside it: readers see neither."""
SEEN = frozenset({"br", "img", "input"})
"""Elements that are seen, though no text is in them."""


Slot = tuple[Element, Literal["text", "tail"]]


def without_han_line_ends(text: str) -> str:
    """A plain text without the line ends between Han or kana."""
    return BETWEEN_HAN.sub("", text) if "\n" in text and not text.isascii() else text


def join_lines(element: Element) -> None:
    """Take the line ends between Han or kana out of the text of an element and its spans."""
    slots = list(_slots(element))
    texts = [(getattr(*slot) or "") if slot else "\0" for slot in slots]
    ends = [found.end(1) for found in LINE_END.finditer("".join(texts))]
    start = number = 0
    for slot, text in zip(slots, texts, strict=True):
        cuts = []
        while number < len(ends) and ends[number] < start + len(text):
            cuts.append(ends[number] - start)
            number += 1
        start += len(text)
        if slot and cuts:
            setattr(*slot, _without(text, cuts))


def _without(text: str, places: list[int]) -> str:
    """The text without the characters at some places."""
    edges = [-1, *places, len(text)]
    return "".join(text[before + 1 : after] for before, after in pairwise(edges))


def _slots(root: Element) -> Iterator[Slot | None]:
    """Where the texts of an element stand, in order; None for what is seen and has none."""
    yield root, "text"
    path, above = [root], [iter(root)]
    while above:
        child = next(above[-1], None)
        if child is None:
            above.pop()
            done = path.pop()
            if path:
                yield done, "tail"
        elif child.tag in SEEN:
            yield None
            yield child, "tail"
        else:
            yield child, "text"
            path.append(child)
            above.append(iter(child))
