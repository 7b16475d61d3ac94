"""The addresses that Jekyll gives its texts (jekyllrb.com/docs/permalinks)."""

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from generator.importers.foreign import is_true
from generator.importers.hugo_addresses import DAYS, MONTHS
from generator.model.values import frozen

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
TOKEN = re.compile(r":([a-z_]+)")


@frozen
class Posted:
    """What a post's address is made of; the date is told by the site's clocks.

    `path` is that of its file below its collection, without the ending.
    """

    slug: str
    categories: tuple[str, ...]
    date: datetime
    collection: str = "posts"
    path: str = ""


def slugified(text: str, *, is_pretty: bool = False, keeps_case: bool = False) -> str:
    """Words as Jekyll's `slugify`: what is no letter or digit is a hyphen; `pretty` keeps signs."""
    signs = "._~!$&'()+,;=@" if is_pretty else ""
    made = "".join(
        char if char in signs or char.isdecimal() or unicodedata.category(char)[0] in "LM" else " "
        for char in text
    )
    slug = "-".join(filter(None, re.split(r"[\s]+", made.strip())))
    return slug if keeps_case else slug.lower()


def post_address(pattern: str, post: Posted) -> str:
    """Where a post stood, by a pattern or one of Jekyll's styles."""
    pattern = STYLES.get(pattern.strip("/"), pattern) if pattern else STYLES["date"]
    known = _parts(post)

    def part(match: re.Match[str]) -> str:
        name = match[1]
        # `:title_x` is the title and a word: the longest name that is known counts.
        end = next((end for end in range(len(name), 0, -1) if name[:end] in known), 0)
        return known[name[:end]] + name[end:] if end else match[0]

    address = "/" + TOKEN.sub(part, pattern)
    return re.sub("/{2,}", "/", address)


def _parts(post: Posted) -> Mapping[str, str]:
    date = post.date
    week = date.isocalendar()
    categories = dict.fromkeys(category.lower() for category in post.categories)
    slugs = dict.fromkeys(slugified(category) for category in post.categories)
    return {
        "title": slugified(post.slug, is_pretty=True, keeps_case=True),
        "slug": slugified(post.slug),
        "name": slugified(posixpath.basename(post.path) or post.slug),
        "path": post.path,
        "collection": post.collection,
        "output_ext": ".html",
        "categories": "/".join(categories),
        "slugified_categories": "/".join(slugs),
        "year": f"{date:%Y}",
        "month": f"{date:%m}",
        "day": f"{date:%d}",
        "hour": f"{date:%H}",
        "minute": f"{date:%M}",
        "second": f"{date:%S}",
        "i_month": str(date.month),
        "i_day": str(date.day),
        "short_year": f"{date:%y}",
        "short_month": MONTHS[date.month - 1][:3],
        "long_month": MONTHS[date.month - 1],
        "short_day": DAYS[date.weekday()][:3],
        "long_day": DAYS[date.weekday()],
        "y_day": f"{date.timetuple().tm_yday:03}",
        "week": f"{week.week:02}",
        "w_year": str(week.year),
        "w_day": str(week.weekday),
    }


def with_style(path: str, style: str) -> str:
    """A page's path with what the site's permalink style puts behind it."""
    if style in STYLES or not style:
        return f"{path}/" if style == "pretty" else f"{path}.html"
    if style.endswith("/"):
        return f"{path}/"
    return f"{path}.html" if style.endswith(":output_ext") else path


def page_address(path: str, style: str) -> str:
    """Where a page stood; `path` is its file's, with its ending."""
    stem = posixpath.splitext(path)[0]
    folder, _, name = stem.rpartition("/")
    if name == "index":
        return f"/{folder}/".replace("//", "/")
    return with_style(f"/{stem}", style)


def place_of_file(path: str, collections: Mapping[str, Mapping[str, Any]]) -> str:
    """Where a file stood that is no text: one of a collection in its folder; "" for nowhere."""
    parts = path.split("/")
    for number, part in enumerate(parts):
        if part.startswith("_") and (settings := collections.get(part[1:])) is not None:
            is_seen = is_true(settings.get("output"))
            return "/".join((part[1:], *parts[number + 1 :])) if is_seen else ""
    return path
