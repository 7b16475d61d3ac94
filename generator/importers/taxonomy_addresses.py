"""Where the lists of an old site stood, and where the same stories are listed here."""

from collections.abc import Callable, Iterator

from generator.importers.old_site import Row
from generator.model.addresses import PAGE, author_address, section_address, tag_address
from generator.model.config import Config
from generator.model.redirects import MOVED
from generator.read.slugs import slugify

MOST_PAGES = 1_000
OURS = Config().page_size


def older_pages(count: int, on_page: int, pattern: str, here: str = "/") -> Iterator[str]:
    """The addresses of a list's pages from the second on; `:num` stands for their number.

    Those at which a page of our own list stands, which is at `here`, are left to it.
    """
    last = -(-count // on_page) if on_page > 0 else 0
    is_ours = pattern == f"{here}{PAGE}/:num/"
    first = max(2, -(-count // OURS) + 1) if is_ours else 2
    for number in range(first, min(last, MOST_PAGES) + 1):
        yield pattern.replace(":num", str(number))


class TermAddresses:
    """Learns the terms of public stories, and tells the redirects from their old lists.

    `path` makes the part of an address of a term, as the old generator did; `ending` is what
    stood behind it.
    """

    def __init__(
        self,
        language: str,
        path: Callable[[str], str],
        *,
        ending: str = "/",
    ) -> None:
        self._language, self._path = language, path
        self._ending = ending
        self._lists: dict[str, str] = {}
        self._sections: dict[str, str] = {}

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections, in the order in which they were met."""
        return tuple(self._sections.values())

    @property
    def section_addresses(self) -> frozenset[str]:
        """Where sections stand here."""
        return frozenset(section_address(slug) for slug in self._sections)

    def section_address(self, name: str) -> str:
        """Where a section of this name stands here."""
        return section_address(slugify(name, self._language))

    def add_section(self, name: str) -> None:
        """Learn a section's name."""
        if slug := slugify(name, self._language):
            self._sections.setdefault(slug, name)

    def add(
        self,
        plural: str,
        term: str,
        *,
        section: str = "",
        is_author: bool = False,
        now: str = "",
        at: str = "",
    ) -> None:
        """Learn that a public story stood in the list of a term: `tags`, `Ferry`.

        `now` is what an author is called here, `at` where the list stood if a pattern said that.
        """
        old = at or f"/{plural}/{self._path(term)}{self._ending}"
        slug = slugify(section or (now if is_author else "") or term, self._language)
        # The list of `C#` stood at an address that no redirect can name.
        if not slug or "#" in old or "?" in old:
            return
        if section:
            self._lists[old] = section_address(slug)
        else:
            made = author_address(slug) if is_author else tag_address(slug)
            self._lists.setdefault(old, made)

    def redirects(self) -> Iterator[Row]:
        """Each list that stands elsewhere here, and its feed."""
        for old, new in self._lists.items():
            if old != new:
                yield old, new, MOVED
            folder = old.removesuffix(self._ending).rstrip("/")
            yield f"{folder}/index.xml", f"{new}feed.xml", MOVED
