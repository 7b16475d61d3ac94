"""The settings of an Eleventy text, from its data."""

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from html import unescape
from typing import Any

from generator.importers.foreign import is_true, text_of, texts_of, typed
from generator.importers.heads import as_summary, date_text, different, head_of, own_slug
from generator.importers.old_site import TextKind
from generator.importers.people import people_in
from generator.importers.title_text import as_title
from generator.model.frozen import FrozenMap, freeze_map

COLLECTIONS = frozenset(
    (
        "post",
        "posts",
        "all",
        "page",
        "pages",
        "nav",
        "article",
        "articles",
        "blog",
        "news",
        "featured",
        "mainnav",
        "entries",
        "entry",
        "story",
        "stories",
    )
)
"""Tags that only gather texts for listings: readers saw none of them."""
PICTURES = (
    *(
        "image",
        "cover",
        "featured_image",
        "featuredImage",
        "feature_image",
        "hero_image",
        "heroImage",
    ),
    *("thumbnail", "ogImage", "og_image", "socialImage", "social_image", "img", "featureImage"),
)
ALTS = ("image_alt", "imageAlt", "alt", "image_alt_text", "imageAltText", "featureImageAlt")
CAPTIONS = ("image_caption", "image_figcaption", "imageCaption", "caption")
CREDITS = ("image_credit", "imageCredit", "credit")
SUMMARIES = ("summary", "excerpt", "description", "standfirst", "subtitle", "intro")
MACHINERY = frozenset(
    (
        "layout",
        "permalink",
        "eleventyComputed",
        "eleventyExcludeFromCollections",
        "tags",
        "title",
        "date",
        "updated",
        "lastmod",
        "modified",
        "author",
        "authors",
        "draft",
        "published",
        "slug",
        "redirect_from",
        "aliases",
        "templateEngineOverride",
        "pagination",
        "eleventyNavigation",
        "lang",
        "noindex",
        "dynamicPermalink",
        "eleventyImport",
        "category",
        "categories",
        "section",
    )
)
LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
Picture = Callable[[str], str]


def tags_of(own: tuple[str, ...]) -> tuple[str, ...]:
    """The tags that readers saw: those of the text itself that are more than a collection."""
    return different(tag for tag in own if tag.lower() not in COLLECTIONS)


def head_of_text(
    data: Mapping[str, Any],
    kind: TextKind,
    *,
    title: str,
    date: datetime | None,
    written: str,
    modified: datetime,
    slug: str,
    own_tags: tuple[str, ...],
    picture: Picture,
    inherited: AbstractSet[str],
) -> FrozenMap:
    """The settings of a text; of those that it only `inherited` none goes under `extra`."""
    image, used = _image(data, picture)
    summary = next((key for key in SUMMARIES if text_of(data.get(key))), "")
    summary_text = text_of(data.get(summary)) if summary else ""
    repeated = {key for key in SUMMARIES if text_of(data.get(key)) == summary_text}
    head: dict[str, object] = {
        "title": as_title(title),
        "updated": next(
            filter(None, (text_of(data.get(key)) for key in ("updated", "lastmod"))), ""
        ),
        "summary": as_summary(summary_text),
        "image": image,
        "lang": text_of(data.get("lang")) if "lang" not in inherited else "",
        "noindex": is_true(data.get("noindex")),
    }
    unused = MACHINERY | {summary} | used | repeated | inherited
    extra = {key: typed(value) for key, value in data.items() if key not in unused}
    if kind is not TextKind.ARTICLE:
        return head_of(head, {**extra, "tags": tags_of(own_tags)})
    section = next(
        (texts_of(data.get(key)) for key in ("section", "category", "categories") if data.get(key)),
        (),
    )
    people, byline = _people(data)
    story: dict[str, object] = {
        "date": written or date_text(date or modified),
        "tags": different((*tags_of(own_tags), *section[1:])),
        "section": section[0] if section else "",
        "authors": people,
        "byline": byline,
        "slug": own_slug(slug, "en"),
    }
    return head_of({**head, **story}, extra)


def _people(data: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """Who wrote a text: those whom it lists, or whom its line of authors names."""
    written = data.get("authors") or data.get("author")
    if isinstance(written, str):
        return people_in(LINK.sub(r"\1", written))
    return different(LINK.sub(r"\1", name) for name in texts_of(written)), ""


def _image(data: Mapping[str, Any], picture: Picture) -> tuple[object, AbstractSet[str]]:
    """The picture of a text with what is said of it, and the keys that say so."""
    for key in PICTURES:
        value = data.get(key)
        inner = value if isinstance(value, Mapping) else {}
        named = text_of(inner.get("src") or inner.get("url") or inner.get("path") or value)
        found = picture(named) if named else ""
        if not found:
            continue
        said = {
            name: next(
                filter(None, (text_of(inner.get(name)), *(text_of(data.get(one)) for one in keys))),
                "",
            )
            for name, keys in (("alt", ALTS), ("caption", CAPTIONS), ("credit", CREDITS))
        }
        used = {key, *ALTS, *CAPTIONS, *CREDITS}
        given = {
            name: as_title(text) if name == "alt" else as_summary(text)
            for name, text in said.items()
            if text
        }
        return ({"src": found, **given} if given else found), used
    return "", frozenset()


def with_alt(head: FrozenMap, body: str) -> FrozenMap:
    """Settings whose picture says what it shows, where it stands in the body with such a text."""
    source = head.get("image")
    if not isinstance(source, str) or not source:
        return head
    shown = re.escape(source)
    found = re.search(rf"!\[([^\]\n]+)\]\({shown}[\s)]", body) or re.search(
        rf'<img src="{shown}" alt="([^"]+)"', body
    )
    if found is None:
        return head
    image = freeze_map({"src": source, "alt": as_title(unescape(found[1]))})
    return FrozenMap(tuple((key, image if key == "image" else one) for key, one in head.items_))
