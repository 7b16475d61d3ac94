"""Where the listings and feeds of an old Eleventy site lead: to those that Broadsheet makes."""

from collections.abc import Iterator, Sequence

from generator.importers.eleventy_addresses import address_of, usual_address
from generator.importers.eleventy_gathering import Gathering
from generator.importers.eleventy_items import A_LISTING, Item
from generator.importers.eleventy_paging import Paging, paging_of, parts_from
from generator.importers.foreign import texts_of
from generator.importers.old_site import Row, State, TextKind
from generator.model.addresses import tag_address
from generator.model.redirects import MOVED
from generator.read.slugs import slugify

FRONT = frozenset({"/", "/404.html", "/404/"})


def led_on(item: Item, gathering: Gathering) -> Iterator[Row]:
    """From the addresses of a listing or a feed, which is a text of its own there, to ours."""
    paging = paging_of(item.data)
    if paging and paging.is_of_texts:
        rows = _pages(item, paging, gathering)
    else:
        permalink = item.permalink
        is_text = isinstance(permalink, str)
        old = address_of(str(permalink)) if is_text else usual_address(item.path)
        rows = iter([(old, _place(old, is_listing=item.reason == A_LISTING))])
    for old, new in rows:
        if new and old not in FRONT and "{" not in old:
            yield old, new, MOVED


def _place(old: str, *, is_listing: bool) -> str:
    """What takes the place of an old listing or feed; "" where nothing does."""
    if old.endswith(".xml") and "sitemap" not in old:
        return "/atom.xml" if "atom" in old else "/feed.xml"
    if old.endswith(".json") and "feed" in old:
        return "/feed.json"
    if old.endswith("/") and is_listing:
        return "/tags/" if "tag" in old else "/archive/" if "archive" in old else "/"
    return ""


def _pages(item: Item, paging: Paging, gathering: Gathering) -> Iterator[tuple[str, str]]:
    """The pages of a listing: each tag's leads to ours, those of stories to the archive."""
    public = [one for one in gathering.items if one.state is State.PUBLIC]
    tags = [texts_of(one.data.get("tags")) for one in public]
    if not paging.collection:
        names = list(dict.fromkeys(tag for found in tags for tag in found))
        for part in parts_from(paging, names):
            name = str(part.values.get(paging.alias, ""))
            yield gathering.address_of_part(item, part), tag_address(slugify(name))
        return
    for number, part in enumerate(parts_from(paging, _listed(paging.collection, public, tags))):
        old = gathering.address_of_part(item, part)
        yield old, "/archive/" if number else _place(old, is_listing=True)


def _listed(
    collection: str, public: Sequence[Item], tags: Sequence[Sequence[str]]
) -> Sequence[Item]:
    """The texts of a collection: those with its tag, or else all stories."""
    tagged = [one for one, found in zip(public, tags, strict=True) if collection in found]
    return tagged or [one for one in public if one.kind is TextKind.ARTICLE]
