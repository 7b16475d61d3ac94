"""Where Jekyll listed its stories, what its configuration means here, and where that leads now."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.importers.foreign import text_of, texts_of
from generator.importers.jekyll_addresses import STYLES, slugified
from generator.importers.jekyll_content import JekyllConfig, JekyllText
from generator.importers.jekyll_heads import JekyllHeads
from generator.importers.old_site import CURLED, OldSettings
from generator.importers.taxonomy_addresses import older_pages
from generator.model.addresses import archive_address, section_address, tag_address
from generator.model.redirects import MOVED
from generator.read.slugs import slugify

OURS = (
    *((":i_month", ":month"), (":i_day", ":day"), (":title", ":slug"), (":categories", ":section")),
    *((":slugified_categories", ":section"), (":output_ext", ".html")),
)


class JekyllLists:
    """Learns from public stories what lists there were."""

    def __init__(self, config: JekyllConfig, heads: JekyllHeads) -> None:
        self._config, self._heads = config, heads
        self._sections: dict[str, str] = {}
        self._redirects: dict[str, str] = {}
        self._stories = 0
        told = config.values.get("jekyll-archives")
        self._archives: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
        patterns = self._archives.get("permalinks")
        self._patterns: Mapping[str, Any] = patterns if isinstance(patterns, Mapping) else {}

    def learn(self, text: JekyllText) -> None:
        """Learn what lists a public story stood in."""
        self._stories += 1
        language = self._config.language or "en"
        categories = self._heads.categories(text)
        for number, category in enumerate(categories):
            slug = slugify(category, language)
            if not slug:
                continue
            new = section_address(slug) if number == 0 else tag_address(slug)
            if number == 0:
                self._sections.setdefault(slug, category)
            self._lead("category", "/category/:name/", category, new, is_sure=number == 0)
        tags = texts_of(text.values.get("tags"))
        for tag in tags:
            if slug := slugify(tag, language):
                self._lead("tag", "/tag/:name/", tag, tag_address(slug), is_sure=False)
        if date := text.date(self._config.zone):
            day = date.instant
            year, month = archive_address(day.year), archive_address(day.year, day.month)
            told = {":year": f"{day:%Y}", ":month": f"{day:%m}", ":day": f"{day:%d}"}
            for kind, new in (("year", year), ("month", month), ("day", month)):
                if self._is_on(kind):
                    pattern = text_of(self._patterns.get(kind)) or DATED[kind]
                    for token, value in told.items():
                        pattern = pattern.replace(token, value)
                    self._redirects.setdefault(pattern, new)

    def _is_on(self, kind: str) -> bool:
        enabled = self._archives.get("enabled")
        names = texts_of(enabled)
        return bool(self._archives) and ("all" in names or kind in names or f"{kind}s" in names)

    def _lead(self, kind: str, usual: str, name: str, new: str, *, is_sure: bool) -> None:
        if not self._is_on("categories" if kind == "category" else f"{kind}s"):
            return
        pattern = text_of(self._patterns.get(kind)) or usual
        old = pattern.replace(":name", slugified(name)).replace(":type", kind)
        if is_sure or old not in self._redirects:
            self._redirects[old] = new

    def lost_page(self, address: str, target: str, *, is_list: bool) -> None:
        """Remember where a page leads that is not filed itself."""
        if target:
            self._redirects[address] = target
        elif is_list and address != "/" and not address.endswith("/404.html"):
            self._redirects[address] = archive_address()

    def settings(self) -> OldSettings:
        """The site's settings in our words."""
        config = self._config
        told = text_of(config.values.get("paginate"))
        path = text_of(config.values.get("paginate_path")).strip("/") or "page:num"
        for page in older_pages(self._stories, int(told) if told.isdecimal() else 0, f"/{path}/"):
            self._redirects.setdefault(page, archive_address())
        description = text_of(config.values.get("description") or config.values.get("tagline"))
        return OldSettings(
            generator="jekyll",
            title=config.title,
            base_url=config.url + config.base if config.url else "",
            description=description,
            language=config.language,
            timezone=config.timezone,
            sections=tuple(self._sections.values()),
            address_patterns=tuple(self._patterns_here()),
            options=CURLED,
            redirects=tuple((old, new, MOVED) for old, new in self._redirects.items()),
        )

    def _patterns_here(self) -> Iterator[str]:
        """The permalink in our words."""
        pattern = STYLES.get(self._config.permalink, self._config.permalink)
        for theirs, ours in OURS:
            pattern = pattern.replace(theirs, ours)
        yield pattern if pattern.endswith((".html", "/")) else f"{pattern}/"


DATED = {"year": "/:year/", "month": "/:year/:month/", "day": "/:year/:month/:day/"}
