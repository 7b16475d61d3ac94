"""The front matter of a WordPress post or page, in the order in which it is written."""

import re
from collections.abc import Mapping

from generator.importers.headline_html import line_of, plain_of
from generator.importers.old_site import TextKind
from generator.importers.wordpress_bodies import WordPressBodies
from generator.importers.wordpress_survey import Survey
from generator.importers.wxr import WpItem
from generator.model.frozen import FrozenMap, freeze_map
from generator.read.slugs import slugify

SEO_TITLE = ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title")
SEO_SUMMARY = (
    *("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description"),
    "_aioseop_description",
)
CANONICAL = ("_yoast_wpseo_canonical", "rank_math_canonical_url")
NOINDEX = "_yoast_wpseo_meta-robots-noindex"
PLACEHOLDER = re.compile(r"%%?\w+%?%|#\w+_\w+")
LONGEST_EXTRA = 1000
SERIALISED = re.compile(r"[aOsib]:\d+[:;]")
WORDS_OF_A_TITLE = 8


class Heads:
    """Makes front matter."""

    def __init__(self, found: Survey, bodies: WordPressBodies) -> None:
        self._found, self._bodies = found, bodies

    def authors_of(self, item: WpItem) -> dict[str, str]:
        """The names of an item's authors by their slugs in old addresses."""
        together = item.of("author")
        if together:
            return {term.slug.removeprefix("cap-"): term.name for term in together}
        name = self._found.names.get(item.creator, item.creator)
        login = re.sub(r"[^a-z0-9]+", "-", item.creator.lower()).strip("-") or slugify(name)
        return {login: name} if name else {}

    def of(
        self, item: WpItem, kind: TextKind, section: str, tags: tuple[str, ...], html: str
    ) -> FrozenMap:
        """The front matter of an item; `html` is its body."""
        is_story = kind is TextKind.ARTICLE
        head: dict[object, object] = {"title": line_of(item.title) or _untitled(item, html)}
        if is_story:
            head["date"] = item.date or item.modified or "1970-01-01"
            if item.modified and item.modified[:16] > item.date[:16]:
                head["updated"] = item.modified
            head |= {"section": section} if section else {}
            head |= {"tags": tags} if tags else {}
            names = tuple(self.authors_of(item).values())
            head |= {"authors": names} if names else {}
        elif item.modified or item.date:
            head["updated"] = item.modified or item.date
        if not is_story and item.order not in ("", "0"):
            head["weight"] = int(item.order) if item.order.isdecimal() else 0
        summary = line_of(item.excerpt) or line_of(item.setting(*SEO_SUMMARY))
        head |= {"summary": summary} if summary and not PLACEHOLDER.search(summary) else {}
        head |= self._image(item)
        seo_title = item.setting(*SEO_TITLE)
        if seo_title and not PLACEHOLDER.search(seo_title):
            head["seo_title"] = line_of(seo_title)
        if is_story and item.is_sticky:
            head["pinned"] = True
        if item.setting(NOINDEX) == "1" or "noindex" in item.setting("rank_math_robots"):
            head["noindex"] = True
        if is_story and (item.guid or item.id):
            head["id"] = item.guid or f"wordpress:{item.id}"
        extra = self._extra(item)
        return freeze_map(head | ({"extra": extra} if extra else {}))

    def _image(self, item: WpItem) -> dict[object, object]:
        """The picture that leads a text."""
        picture = self._found.uploads.by_id.get(item.setting("_thumbnail_id"))
        if picture is None or not picture.url:
            return {}
        image = {
            "src": self._bodies.address(picture.url, f"wordpress {item.kind} {item.id}"),
            "alt": picture.alt,
            "caption": line_of(picture.caption),
            "credit": line_of(picture.credit),
        }
        kept = {key: value for key, value in image.items() if value or key == "alt"}
        return {"image": kept}

    def _extra(self, item: WpItem) -> Mapping[str, object]:
        """What has no meaning here: settings of the newsroom's own, and where a page said it is."""
        extra: dict[str, object] = {
            name: value.strip()
            for name, value in item.meta
            if not name.startswith("_")
            and name != "footnotes"
            and value.strip()
            and len(value) <= LONGEST_EXTRA
            and not SERIALISED.match(value)
            and name not in (*SEO_TITLE, *SEO_SUMMARY, *CANONICAL, "rank_math_robots")
        }
        canonical = item.setting(*CANONICAL)
        extra |= {"canonical": canonical} if canonical else {}
        if item.kind not in ("post", "page"):
            extra["post_type"] = item.kind
        return extra


def _untitled(item: WpItem, html: str) -> str:
    words = plain_of(html).split()[:WORDS_OF_A_TITLE]
    return line_of(" ".join(words)) or f"Untitled {item.id}"
