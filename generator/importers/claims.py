"""Who stands at which address: of two texts with one address the first keeps it.

Old generators let one page overwrite another, and a redirect a page. Broadsheet refuses both, so
it is settled here.
"""

from collections.abc import Iterable, Iterator

from generator.importers.old_site import OldText, State, TextKind
from generator.importers.own_addresses import is_own
from generator.model.addresses import AUTHORS, TAGS, folded, section_address
from generator.read.slugs import slugify

RESERVED = frozenset({TAGS, AUTHORS, "/archive/", "/page/", "/sitemaps/", "/assets/"})
"""Addresses of pages that every site has; no section may stand there."""


class Claims:
    """The addresses of one site's texts; a text is known by its number."""

    def __init__(self) -> None:
        self._pages: dict[str, int] = {}
        self._led: set[str] = set()
        self._doubles: set[int] = set()

    def gather(self, number: int, text: OldText) -> None:
        """Take down where a text stands; one on a section stands where the section does."""
        if text.state is not State.PUBLIC or text.kind is TextKind.SECTION:
            return
        if text.wanted and not is_own(text.wanted):
            key = _key(text.wanted)
            if self._pages.setdefault(key, number) != number:
                self._doubles.add(number)

    def address(self, number: int, text: OldText) -> str:
        """Where a text is to stand; "" where that does not matter, or another stands there."""
        wanted = text.wanted
        if wanted and is_own(wanted):
            wanted = f"/{wanted.strip('/').removesuffix('index.html').strip('/') or 'front'}-page/"
            self._pages.setdefault(_key(wanted), number)
        if number not in self._doubles:
            is_taken = self._pages.get(_key(wanted), number) != number
            return "" if is_taken else wanted
        stem, dot, suffix = wanted.rpartition(".") if "." in wanted[-6:] else (wanted, "", "")
        is_folder = stem.endswith("/")
        count = 2
        while True:
            found = f"{stem.rstrip('/')}-{count}{'/' if is_folder else ''}{dot}{suffix}"
            if self._pages.setdefault(_key(found), number) == number:
                return found
            count += 1

    def is_double(self, number: int) -> bool:
        """Whether another text stands at a text's address."""
        return number in self._doubles

    def free(self, addresses: Iterable[str], number: int = 0) -> Iterator[str]:
        """Those addresses at which no other text stands, and from which nothing leads on yet."""
        for address in addresses:
            key = _key(address)
            if is_own(address):
                continue
            if self._pages.get(key, number) == number and key not in self._led:
                self._led.add(key)
                yield address

    def section(self, name: str, language: str) -> str:
        """A section's name; another one where a page stands at its address."""
        address = section_address(slugify(name, language))
        if address in RESERVED or _key(address) in self._pages:
            return f"{name} stories"
        return name


def _key(address: str) -> str:
    """What two addresses have in common that a host takes for one."""
    path, mark, query = address.partition("?")
    return folded(path.removesuffix("index.html").rstrip("/") or "/") + mark + query
