"""Numbering that never shifts: a listing's pages are counted from the oldest.

The front shows the newest (n mod size) + size stories, or all when there are fewer
than two pages' worth. Every older page is full; once full it never changes, but for
the link "newer" of the latest one. So a new story changes the front, and every
size-th story adds one page.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from generator.model.addresses import Base, numbered_address
from generator.model.pages import Pager
from generator.model.values import frozen

Item = TypeVar("Item")


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


def _pager(number: int, last: int, front: str, base: Base) -> Pager:
    def url(page: int) -> str:
        return base.url(numbered_address(front, page))

    if number == 0:
        return Pager(0, "", "", url(last) if last else "", url(1) if last > 1 else "")
    newer = base.url(front) if number == last else url(number + 1)
    older = url(number - 1) if number > 1 else ""
    return Pager(number, base.url(front), newer, older, url(1) if number > 1 else "")
