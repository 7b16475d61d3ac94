"""Keys of others: what a key means that another generator, or the newsroom itself, writes.

A newsroom says under `keys:` what its own names mean. Where the name that Hugo, Jekyll, Eleventy,
Pelican, Ghost or an exporter of WordPress has for a key of ours can mean nothing else, it is known
without that. Keys that have no meaning here, such as `layout`, are told of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from generator.model.options import FALSE, TRUE
from generator.read.plain_yaml import Value
from generator.read.withheld import bare

LIKENESS = 0.72
"""How alike two keys are (1.0: equal) for one to be a slip for the other."""
IGNORED = "ignore"
"""What a newsroom writes for a key that shall mean nothing."""
PICTURES = ("image", "portrait")
RESERVED = frozenset(
    {"series", "part", "corrections", "comments", "coverage", "paywall", "translation"}
)
"""Keys that a later version will read: here they do nothing."""
GROUPS = ("image", "extra")
"""Keys of ours that hold others: `image.credit`."""
IMAGE_PARTS = ("src", "alt", "caption", "credit")
SOURCES = ("src", "url", "path", "image", "file", "filename", "overlay_image", "teaser", "feature")
"""Names that others have for a picture's `src`, the best first."""
NAMES = ("name", "display_name", "displayName")
"""Names that others have for a person's name, the best first."""

ROBOTS = frozenset({"robots", "metarobots", "robotsmeta", "googlebot", "seorobots"})
NOINDEX = frozenset(
    {"robotsnoindex", "seonoindex", "hidefromsearch", "excludefromsearch", "searchhidden"}
)
INDEX = frozenset({"index", "indexable", "seoindex"})
"""Keys of others that say whether search engines may have a text."""

_PICTURES = (
    *("coverimage", "cover", "featuredimage", "featureimage", "featuredimg", "featureimg"),
    *("heroimage", "hero", "headerimage", "header", "mainimage", "leadimage", "titleimage"),
    *("postimage", "bannerimage", "banner", "imageurl", "images", "photo", "picture", "img"),
    *("ogimage", "socialimage", "shareimage", "previewimage", "teaserimage"),
    *("thumbnail", "thumbnailimage", "thumbnailurl", "thumb"),
)
_WITH_WORDS = ("image", "coverimage", "cover", "featuredimage", "featureimage", "heroimage", "hero")
_OF_A_PICTURE = {
    f"{name}{part}": f"image.{part}"
    for name in _WITH_WORDS
    for part in ("alt", "caption", "credit")
}
_UPDATED = (
    *("modified", "lastmodified", "lastmodifiedat", "modifieddate", "datemodified", "updatedat"),
    *("dateupdated", "updateddate", "updatedon", "lastupdated", "lastupdate", "lastupdatedat"),
)
_DATE = ("publicationdate", "postdate", "datecreated", "createdat", "created")
_SUMMARY = ("standfirst", "lede", "abstract", "customexcerpt", "metadescription", "seodescription")
_PAID = (
    *("sponsored", "issponsored", "sponsoredcontent", "advertorial", "isadvertorial", "isad"),
    *("advertisement", "isadvertisement", "paidcontent", "brandedcontent", "promotedcontent"),
)
PEERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_PICTURES, "image"),
        **_OF_A_PICTURE,
        "photocredit": "image.credit",
        **dict.fromkeys(_UPDATED, "updated"),
        **dict.fromkeys(_DATE, "date"),
        **dict.fromkeys(_SUMMARY, "summary"),
        **dict.fromkeys(("metatitle", "titletag"), "seo_title"),
        "linktitle": "short_title",
        **dict.fromkeys(_PAID, "type.sponsored"),
        "authorname": "authors",
        **dict.fromkeys(("tag", "taglist"), "tags"),
        **dict.fromkeys(("pin", "sticky"), "pinned"),
        "locale": "lang",
        "alias": "aliases",
        **dict.fromkeys(("postname", "urlslug"), "slug"),
    }
)
"""What a key of others means, by its `bare` name; of several the first counts."""
RANK: Mapping[str, int] = MappingProxyType({name: rank for rank, name in enumerate(PEERS)})


def peers_meaning(key: str) -> str:
    """The key of ours that a key of others means, or a part of it (`image.alt`); "" for none."""
    return PEERS.get(bare(key), "")


def renamed(
    values: Mapping[str, Value], own: Mapping[str, object]
) -> Iterator[tuple[str, str, Value]]:
    """The keys of a file that the newsroom has a meaning for: key, meaning and value of each.

    One of its names may lead into a mapping: `cover.file`.
    """
    for name, meaning in own.items():
        if name in values:
            yield name, str(meaning), values[name]
            continue
        outer, dot, inner = name.partition(".")
        within = values.get(outer)
        if dot and isinstance(within, dict) and inner in within:
            yield outer, str(meaning), within[inner]


def asks_for_noindex(key: str, value: Value) -> bool:
    """Whether a key of others asks search engines to leave the text out."""
    name = bare(key)
    word = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    word = word.strip().lower()
    if name == "seo" and isinstance(value, dict):
        return any(asks_for_noindex(f"seo{bare(inner)}", value[inner]) for inner in value)
    return (
        (name in ROBOTS and bool(re.search(r"\b(?:noindex|none)\b", word)))
        or (name in NOINDEX and word in TRUE)
        or (name in INDEX and word in FALSE)
    )


def fault_of_meaning(meaning: str, known: Iterable[str]) -> bool:
    """Whether no kind of text has the key, or the part of one, that a name is said to mean."""
    head, dot, part = meaning.partition(".")
    if meaning == IGNORED:
        return False
    if dot:
        return head not in GROUPS or (head == "image" and part not in IMAGE_PARTS)
    return head not in {*known}


def of_ours(name: str, value: Value) -> Value:
    """The value of a key of ours as others may write it: `author: {name: Ann}` names Ann."""
    if name == "authors":
        if isinstance(value, dict):
            return _first(value, NAMES)
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            return [_first(one, NAMES) if isinstance(one, dict) else one for one in value]
    if name in PICTURES and isinstance(value, dict):
        return _picture(value)
    return value


def plainer(name: str, value: Value) -> Value:
    """The same of a key of others, which may have a list of pictures: the first stands for all."""
    if name in PICTURES and isinstance(value, list) and value:
        value = value[0]
    return of_ours(name, value)


def _picture(value: dict[str, Value]) -> Value:
    """A picture as we have it, its file under `src`."""
    if "src" in value:
        return value
    source = _first(value, SOURCES)
    words = {part: value[part] for part in IMAGE_PARTS[1:] if part in value}
    return {"src": source, **words} if isinstance(source, str) else value


def _first(value: Mapping[str, Value], names: Iterable[str]) -> Value:
    found = (value[name] for name in names if value.get(name))
    return next(found, None)


@lru_cache(maxsize=1024)
def spelt(key: str, known: tuple[str, ...], also: tuple[tuple[str, str], ...]) -> str:
    """The key that is meant by one in capitals or with hyphens; the key itself where none is."""
    names = {bare(name): meant for name, meant in also} | {bare(name): name for name in known}
    return names.get(bare(key), key)


@lru_cache(maxsize=256)  # an archive has the same unknown key in thousands of files
def hint_for_key(key: str, names: tuple[str, ...]) -> str:
    """What to do about a key that is none of these names."""
    close = get_close_matches(key.lower(), names, n=1, cutoff=LIKENESS)
    if close:
        return f'Did you mean "{close[0]}"?'
    return 'Take it out, or write it under "extra:" to hand it to your layouts.'


def says_something(value: Value) -> bool:
    """Whether a value is neither empty nor a switch that is off."""
    return value.strip().lower() not in FALSE | {""} if isinstance(value, str) else bool(value)


def says_nothing(value: Value) -> bool:
    """Whether a picture's value is none: empty, or a switch of another theme."""
    if isinstance(value, str):
        return value.strip().lower() in TRUE | FALSE | {""}
    return not isinstance(value, dict) or not isinstance(value.get("src"), str)
