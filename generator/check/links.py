"""The addresses that a page names."""

import re
from collections.abc import Iterator, Mapping

from generator.check.css import addresses_in_css
from generator.check.html import Tag
from generator.check.reference import Reference
from generator.model.values import replace

# Attributes that hold an address, and a word for what is there.
_ADDRESSES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "a": (("href", "link"), ("xlink:href", "link")),
    "area": (("href", "link"),),
    "audio": (("src", "sound"),),
    "embed": (("src", "file"),),
    "form": (("action", "form's target"),),
    "iframe": (("src", "page in a frame"),),
    "image": (("href", "picture"), ("xlink:href", "picture")),
    "img": (("src", "picture"),),
    "input": (("src", "picture"),),
    "object": (("data", "file"),),
    "script": (("src", "script"),),
    "source": (("src", "file"),),
    "track": (("src", "subtitles"),),
    "use": (("href", "picture"), ("xlink:href", "picture")),
    "video": (("src", "video"), ("poster", "picture")),
}
_SETS = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}

CANONICAL = "canonical address"
"""What the address is called that a page gives as its own."""

# What a link in the head is for, by its `rel`. The first two only open connections.
_NOT_FETCHED = frozenset({"preconnect", "dns-prefetch"})
_RELATIONS = {
    "stylesheet": "style sheet",
    "icon": "icon",
    "apple-touch-icon": "icon",
    "mask-icon": "icon",
    "canonical": CANONICAL,
    "manifest": "manifest",
}
_SHARED = {
    "og:image": "picture for sharing",
    "og:image:url": "picture for sharing",
    "og:image:secure_url": "picture for sharing",
    "twitter:image": "picture for sharing",
    "og:url": "address for sharing",
}

# A candidate is an address and, after white space, its width or density; an address may have
# commas in it, but not at its end ("srcset attributes" in the HTML standard).
_CANDIDATE = re.compile(r"[\s,]*+(?:(\S*[^\s,])(?:\s[^,]*+)?|\Z)")

# What follows the seconds: `0; url=/a/` ("shared declarative refresh steps", same standard).
_SECONDS = re.compile(r"[\d.]*+(\s*+[;,]?+\s*+)")
_URL = re.compile(r"url\s*+=\s*+", re.IGNORECASE)


def references(tags: tuple[Tag, ...]) -> Iterator[Reference]:
    """Yield every address that a page names, as links, pictures, scripts and so on."""
    for tag in tags:
        for what, url in _addresses(tag):
            yield Reference(what, url, tag.line, tag.column)
        css = tag.text if tag.name == "style" else tag.get("style")
        if css:
            for reference in addresses_in_css(css):
                yield replace(reference, line=tag.line, column=tag.column)


def base_address(tags: tuple[Tag, ...]) -> str:
    """The address in `<base>`, from which the page's relative addresses count; often empty."""
    return next((tag.get("href") or "" for tag in tags if tag.name == "base"), "")


def is_redirect(tags: tuple[Tag, ...]) -> bool:
    """Whether the page only sends its reader on."""
    return any(_refresh(tag) for tag in tags if tag.name == "meta")


def is_indexable(tags: tuple[Tag, ...]) -> bool:
    """Whether search engines are let in."""
    robots = [tag.get("content") or "" for tag in tags if tag.get("name") == "robots"]
    words = {word.strip().lower() for content in robots for word in content.split(",")}
    return not words & {"noindex", "none"}


def _addresses(tag: Tag) -> Iterator[tuple[str, str]]:
    for attribute, what in _ADDRESSES.get(tag.name, ()):
        if (url := tag.get(attribute)) is not None:
            yield what, url
    if tag.name in _SETS and (candidates := tag.get(_SETS[tag.name])):
        yield from (("picture", url) for url in _CANDIDATE.findall(candidates) if url)
    if tag.name == "link":
        yield from _in_head(tag)
    if tag.name == "meta":
        yield from _in_meta(tag)


def _in_head(tag: Tag) -> Iterator[tuple[str, str]]:
    relations = (tag.get("rel") or "").lower().split()
    url = tag.get("href")
    if url is not None and not _NOT_FETCHED.intersection(relations):
        yield next((_RELATIONS[rel] for rel in relations if rel in _RELATIONS), "link"), url


def _in_meta(tag: Tag) -> Iterator[tuple[str, str]]:
    if url := _refresh(tag):
        yield "redirect", url
    shared = _SHARED.get(tag.get("property") or tag.get("name") or "")
    if shared:
        yield shared, tag.get("content") or ""


def _refresh(tag: Tag) -> str:
    """The address in `<meta http-equiv="refresh">`; empty when it only loads the page anew."""
    if (tag.get("http-equiv") or "").lower() != "refresh":
        return ""
    content = tag.get("content") or ""
    seconds = _SECONDS.match(content)
    if seconds is None or not seconds[1]:
        return ""
    named = _URL.match(content, seconds.end())
    url = content[named.end() if named else seconds.end() :]
    return (url[1:].partition(url[0])[0] if url[:1] in ('"', "'") else url).strip()
