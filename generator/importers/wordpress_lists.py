"""The lists of a WordPress site: its categories, tags, authors and dates, and where they lead."""

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.importers.headline_html import line_of
from generator.importers.old_site import OldText, Row, TextKind
from generator.importers.own_addresses import needs_file, section_slug, tag_slug
from generator.importers.wxr import Term, WpItem
from generator.model.addresses import author_address, section_address, tag_address
from generator.model.config import Config
from generator.model.frozen import freeze_map
from generator.model.redirects import MOVED
from generator.model.tag_keys import tag_key
from generator.read.slugs import slugify

LISTED = 10
"""Stories on a page of a WordPress list, unless somebody changed it."""
OURS = Config().page_size
"""Stories on a page of a list here."""
YEAR = len("2014")
NEWS, STORIES = "news", "stories"
"""The section of stories without a category, and its name where a text stands there."""
UNCATEGORISED = frozenset(("uncategorized", "uncategorised"))
PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category", "_primary_category")


class Lists:
    """Learns the terms of stories, and tells sections, tags and the redirects to them.

    `taken` are the first parts of addresses at which texts stand: no section may have them.
    """

    def __init__(self, terms: Mapping[tuple[str, str], Term], taken: frozenset[str]) -> None:
        self._terms, self._taken = terms, taken
        self._by_number = {term.number: term for term in terms.values() if term.number}
        self._stories: Counter[tuple[str, str]] = Counter()
        self._names: dict[tuple[str, str], str] = {}
        self._sections: dict[str, Term] = {}
        self._tags: dict[str, Term] = {}  # by their keys: spellings of one tag are one
        self._authors: Counter[tuple[str, str]] = Counter()
        self._dates: Counter[str] = Counter()

    def section_of(self, item: WpItem, path: str) -> tuple[str, tuple[str, ...]]:
        """A story's section, and the names of its other categories and tags, in order."""
        categories = item.of("category")
        primary = self._primary(item, categories, path)
        others = [one for one in categories if one != primary and one.slug not in UNCATEGORISED]
        tags = (*others, *item.of("post_tag"))
        section = self._slug(primary) if primary and primary.slug not in UNCATEGORISED else ""
        if primary and section:
            self._sections.setdefault(section, primary)
        elif NEWS in self._taken:
            section = STORIES
        return section, tuple(dict.fromkeys(tag.name for tag in tags if tag.name))

    def count(self, item: WpItem, path: str, authors: Mapping[str, str]) -> None:
        """Note the lists that a public story stood in; `authors` are names by old slug."""
        primary = self._primary(item, item.of("category"), path)
        for term in (*item.of("category"), *item.of("post_tag")):
            self._stories[term.domain, term.slug] += 1
            self._names[term.domain, term.slug] = term.name
            if term != primary and term.slug not in UNCATEGORISED:
                self._tags.setdefault(tag_key(term.name), term)
        for slug, name in authors.items():
            if slug and slugify(name):
                self._authors[slug, name] += 1
        if item.date:
            self._dates[item.date[:4]] += 1
            self._dates[item.date[:7]] += 1

    def _primary(self, item: WpItem, categories: tuple[Term, ...], path: str) -> Term | None:
        """The category that an editor chose, or that the address names, or the first."""
        chosen = self._by_number.get(item.setting(*PRIMARY))
        parts = path.strip("/").split("/")[:-1]
        named = [one for one in categories if one.slug in parts]
        deepest = max(named, key=lambda one: parts.index(one.slug), default=None)
        others = [one for one in categories if one.slug not in UNCATEGORISED]
        fitting = next((one for one in categories if chosen and one.slug == chosen.slug), None)
        return fitting or deepest or next(iter(others or categories), None)

    def _slug(self, term: Term) -> str:
        """A section's slug: that of its category, unless a text stands there."""
        return section_slug(slugify(term.slug) or term.name, self._taken, "category")

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections, those with the most stories first."""
        counts = self._stories
        ranked = sorted(
            self._sections, key=lambda slug: -counts["category", self._sections[slug].slug]
        )
        return tuple(ranked)

    def texts(self) -> Iterator[OldText]:
        """A file for each section, and for each tag that has more than its name."""
        for slug, found in self._sections.items():
            term = self._terms.get(("category", found.slug), found)
            head: dict[object, object] = {"title": term.name}
            if term.description:
                head["description"] = line_of(term.description)
            if parent := self._terms.get(("category", term.parent)):
                head["extra"] = {"parent": parent.name}
            yield _term_text(TextKind.SECTION, slug, head)
        for term in self._tags.values():
            known = self._terms.get((term.domain, term.slug), term)
            slug = tag_slug(term.slug, term.name)
            if known.description or needs_file(slug, term.name):
                head = {"title": known.name or term.name}
                if known.description:
                    head["description"] = line_of(known.description)
                yield _term_text(TextKind.TAG, slug, head)

    def redirects(self) -> Iterator[Row]:
        """From the old lists, their pages and feeds to those here."""
        yield "/feed/", "/feed.xml", MOVED
        yield "/feed/rss2/", "/feed.xml", MOVED
        yield "/feed/atom/", "/atom.xml", MOVED
        for (domain, slug), number in self._stories.items():
            there = self._address(domain, slug)
            prefix = "category" if domain == "category" else "tag"
            for old in self._paths(domain, slug):
                yield from _list(f"/{prefix}/{old}/", there, number)
        for (slug, name), number in self._authors.items():
            there = author_address(slugify(name))
            yield from _list(f"/author/{slug}/", there, number)
        stories = sum(count for date, count in self._dates.items() if len(date) == YEAR)
        for page in range(_pages(stories, OURS) + 1, _pages(stories, LISTED) + 1):
            yield f"/page/{page}/", "/archive/", MOVED
        for date in self._dates:
            old = f"/{date.replace('-', '/')}/"
            yield old, f"/archive{old}", MOVED

    def _address(self, domain: str, slug: str) -> str:
        for section, term in self._sections.items():
            if domain == "category" and term.slug == slug:
                return section_address(section)
        known = self._terms.get((domain, slug))
        name = known.name if known else self._names.get((domain, slug), slug)
        tag = self._tags.get(tag_key(name))
        return tag_address(tag_slug(tag.slug, tag.name)) if tag else "/"

    def _paths(self, domain: str, slug: str) -> Iterator[str]:
        """How a term's address was written: a category also below those that it belongs to."""
        yield slug
        path, parent, seen = slug, self._terms.get((domain, slug)), {slug}
        while parent and parent.parent and parent.parent not in seen:
            seen.add(parent.parent)
            path = f"{parent.parent}/{path}"
            parent = self._terms.get((domain, parent.parent))
        if path != slug:
            yield path


def _pages(number: int, listed: int) -> int:
    """How many pages a list of so many stories has."""
    return (number + listed - 1) // listed


def _list(old: str, there: str, number: int) -> Iterator[Row]:
    """From a list of so many stories, its pages and its feed."""
    yield old, there, MOVED
    yield f"{old}feed/", f"{there}feed.xml", MOVED
    for page in range(2, _pages(number, LISTED) + 1):
        yield f"{old}page/{page}/", there, MOVED


def _term_text(kind: TextKind, slug: str, head: dict[object, object]) -> OldText:
    return OldText(f"wordpress {kind} {slug}", kind, slug, freeze_map(head), "")
