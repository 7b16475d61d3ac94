"""How many stories each section has, and which of them the navigation names."""

from collections import Counter
from collections.abc import Iterator

from generator.importers.claims import Claims
from generator.importers.old_site import OldText, State, TextKind
from generator.model.addresses import section_address
from generator.read.slugs import slugify

MOST_IN_A_LINE = 10


class SectionCounts:
    """Counts the public stories of sections, and learns what these are called."""

    def __init__(self) -> None:
        self._stories: Counter[str] = Counter()
        self._titles: dict[str, str] = {}

    def add(self, text: OldText) -> None:
        """Take in one text of the old site; its name is its path here."""
        section = text.head.get("section")
        if text.kind is TextKind.SECTION:
            slug = text.name.rpartition("/")[2].removesuffix(".md")
            self._titles[slug] = text.head.text("title")
        elif text.kind is TextKind.ARTICLE and text.state is State.PUBLIC:
            self._stories[section if isinstance(section, str) else ""] += 1

    def navigation(self, claims: Claims, language: str) -> Iterator[tuple[str, str]]:
        """The sections with most stories, where there are too many for a line; else none."""
        counts: Counter[str] = Counter()
        names: dict[str, str] = {}
        for name, count in self._stories.most_common():
            section = claims.section(name, language) if name else ""
            slug = slugify(section, language)
            names.setdefault(slug, section)
            counts[slug] += count if slug else 0
        if len(counts) <= MOST_IN_A_LINE:
            return
        for slug, count in counts.most_common(MOST_IN_A_LINE):
            if count:
                yield self._titles.get(slug) or names[slug], section_address(slug)
