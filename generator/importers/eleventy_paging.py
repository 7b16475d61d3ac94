"""Pages that an Eleventy text makes of data, or of a list of texts: its `pagination`.

Of data each is a page of its own. Of texts they are a listing: Broadsheet makes its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.importers.foreign import is_true, text_of, texts_of
from generator.model.values import frozen

USUAL_SIZE = 10
MOST_PAGES = 5_000
TEXTS = "collections"


@frozen
class Paging:
    """What a text says of its pages: of which data, how many of it on each, under which name."""

    data: str
    size: int = USUAL_SIZE
    alias: str = ""
    is_reversed: bool = False
    takes_values: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def is_of_texts(self) -> bool:
        """Whether its pages list texts."""
        return self.data.partition(".")[0] == TEXTS

    @property
    def collection(self) -> str:
        """The tag of the texts that its pages list; "" where it makes a page for each tag."""
        return self.data.partition(".")[2]


@frozen
class PagePart:
    """One of the pages: its number from 0, and what its templates are given besides."""

    number: int
    values: Mapping[str, Any]


def paging_of(data: Mapping[str, Any]) -> Paging | None:
    """What a text's data say of its pages; None where it is one page."""
    told = data.get("pagination")
    if not isinstance(told, Mapping) or not text_of(told.get("data")):
        return None
    size = text_of(told.get("size"))
    return Paging(
        data=text_of(told.get("data")),
        size=max(int(size), 1) if size.isdecimal() else USUAL_SIZE,
        alias=text_of(told.get("alias")),
        is_reversed=is_true(told.get("reverse")),
        takes_values=text_of(told.get("resolve")) == "values",
        left_out=texts_of(told.get("filter")),
    )


def parts_of(paging: Paging, values: Mapping[str, Any]) -> Iterator[PagePart]:
    """The pages that a text makes of the data among these values; none where nobody knows them."""
    yield from parts_from(paging, _items(paging, values))


def parts_from(paging: Paging, items: Sequence[Any]) -> Iterator[PagePart]:
    """The pages for these items."""
    kept = [one for one in items if str(one) not in paging.left_out]
    if paging.is_reversed:
        kept.reverse()
    chunks = [kept[at : at + paging.size] for at in range(0, len(kept), paging.size)][:MOST_PAGES]
    for number, chunk in enumerate(chunks):
        about = {
            "items": chunk,
            "pageNumber": number,
            "size": paging.size,
            "data": paging.data,
            "alias": paging.alias,
        }
        named = {paging.alias: chunk[0] if paging.size == 1 else chunk} if paging.alias else {}
        yield PagePart(number, {"pagination": about, **named})


def _items(paging: Paging, values: Mapping[str, Any]) -> Sequence[Any]:
    """The items that a text pages through: of a mapping its keys, unless its values are asked."""
    found: Any = values
    for name in paging.data.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    if isinstance(found, Mapping):
        return [*found.values()] if paging.takes_values else [*found]
    return [*found] if isinstance(found, list | tuple) else []
