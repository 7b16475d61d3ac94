"""Numbering that never shifts: a listing's pages are counted from the oldest.

The front shows the newest (n mod size) + size stories, or all when there are fewer
than two pages' worth. Every older page is full; once full it never changes, but for
the link "newer" of the latest one. So a new story changes the front, and every
size-th story adds one page.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from generator.model.addresses import Base, numbered_address
from generator.model.article import Article
from generator.model.pages import Pager
from generator.model.runs import Numbers, Run
from generator.model.values import frozen

Item = TypeVar("Item")

MANY = 1000
"""Where more stories look otherwise, all pages of a listing may."""


@frozen
class NumberedPage(Generic[Item]):
    """A page of a listing: its address, what it shows (newest first) and its place."""

    address: str
    items: tuple[Item, ...]
    pager: Pager


def front_length(total: int, size: int) -> int:
    """How many of `total` stories the front shows."""
    return total if total < 2 * size else total % size + size


def older_pages(total: int, size: int) -> int:
    """How many numbered pages a listing of `total` stories has behind its front."""
    return (total - front_length(total, size)) // size


def numbered_page(
    items: Sequence[Item], size: int, front: str, base: Base, number: int
) -> NumberedPage[Item]:
    """Page `number` of a listing of `items`, newest first; page 0 stands at `front`.

    No items are taken but the page's own.
    """
    last = older_pages(len(items), size)
    start = len(items) - number * size if number else 0
    count = size if number else front_length(len(items), size)
    address = numbered_address(front, number)
    return NumberedPage(
        address, tuple(items[start : start + count]), _pager(number, last, front, base)
    )


def page_of(position: int, total: int, size: int) -> int:
    """The number of the page that shows the item at `position`, counted from the newest."""
    if position < front_length(total, size):
        return 0
    return (total - 1 - position) // size + 1


def differing_pages(before: Run, after: Run, size: int, shown: Iterable[Article]) -> set[int]:
    """The numbers of the pages of a listing that may differ once some stories in it do.

    `shown` are all versions of all stories that look otherwise than they did.
    """
    last_before, last_after = older_pages(len(before), size), older_pages(len(after), size)
    shown = [*shown]
    if len(shown) > MANY:
        return set(range(max(last_before, last_after) + 1))
    found = {0}
    if before is not after:
        old, new = before.numbers, after.numbers
        for number in range(1, max(last_before, last_after) + 1):
            if _slice(old, number, size) != _slice(new, number, size):
                found.add(number)
        if last_before != last_after:
            found |= {last_before, last_after}
    for article in shown:
        place = after.position(article)
        if place < len(after):
            found.add(page_of(place, len(after), size))
    return found


def _slice(numbers: Numbers, number: int, size: int) -> Sequence[int]:
    """What stands on an older page; nothing where there is no such page."""
    start = len(numbers) - number * size
    if number > older_pages(len(numbers), size):
        return ()
    return numbers[start : start + size]


def _pager(number: int, last: int, front: str, base: Base) -> Pager:
    def url(page: int) -> str:
        return base.url(numbered_address(front, page))

    if number == 0:
        return Pager(0, "", "", url(last) if last else "", url(1) if last > 1 else "")
    newer = base.url(front) if number == last else url(number + 1)
    older = url(number - 1) if number > 1 else ""
    return Pager(number, base.url(front), newer, older, url(1) if number > 1 else "")
