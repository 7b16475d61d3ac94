"""Finding the page that somebody means: by its address, its published file, or its source file."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.model.addresses import address_of, output_path
from generator.model.values import frozen
from generator.plan.plan import Plan
from generator.publish.manifest import Manifest

MANY = 2000
"""Among more names than this, near misses are sought where the beginning is right."""
SOURCES = ("content/", "static/")


class UnknownAddressError(Exception):
    """No page of the site has the address that was asked for; `near` are some like it."""

    def __init__(self, message: str, near: Sequence[str] = ()) -> None:
        self.message = message
        names = " or ".join([", ".join(near[:-1]), near[-1]] if near[1:] else near)
        ask = "Ask for a page's address, such as /tags/ferry/, or its text file."
        self.hint = f"Did you mean {names}?" if near else ask
        super().__init__(message)


@frozen
class Finder:
    """Finds what `asked` names: in a site that has been arranged, or in what was published.

    `folder` is the site's, `output` the published one, without links on the way.
    """

    asked: str
    folder: Path
    output: Path
    plan: Plan
    manifest: Manifest | None

    def candidates(self) -> Iterator[str]:
        """The output paths that may have been meant, the most likely first."""
        if source := self._source():
            yield from filter(None, [self._page_of(source)])
        asked = self._below_origin()
        plain = unquote(asked.partition("#")[0].partition("?")[0])
        prefix = self.plan.config.base.path + "/"
        below = [plain.removeprefix(prefix)] if plain.startswith(prefix) else []
        for text in (*below, plain, asked):
            address = "/" + text.lstrip("/")
            yield output_path(address)
            yield output_path(address + "/")
        yield from self._on_disk(self.output)

    def _below_origin(self) -> str:
        """What was asked for without scheme and host."""
        try:
            self.asked.encode()
            parts = urlsplit(self.asked)
        except ValueError:
            raise UnknownAddressError("that is no address") from None
        if "://" not in self.asked:
            return self.asked
        base = self.plan.config.base
        if parts.netloc.lower() != urlsplit(base.origin).netloc:
            raise UnknownAddressError(f"{self.asked} is not an address of {base.absolute('/')}")
        return parts.path

    def _source(self) -> str:
        """The path of the source file that was asked for, from the site's folder; or nothing."""
        if self.asked.startswith(SOURCES) and _is_file(self.folder / self.asked):
            return self.asked
        return next(self._on_disk(self.folder.resolve()), "")

    def _on_disk(self, folder: Path) -> Iterator[str]:
        """What was asked for as a path below a folder, where it names a file there."""
        file = Path(self.asked)
        if _is_file(file) and file.resolve().is_relative_to(folder):
            yield file.resolve().relative_to(folder).as_posix()

    def _page_of(self, source: str) -> str:
        """The output path of what is made from a source file; UnknownAddressError for none."""
        if address := self.plan.address_of(source):
            return output_path(address)
        made = sorted(self.manifest.sources(source)) if self.manifest else []
        if made:
            return made[0]
        if source.startswith("content/"):
            why = self.plan.site.unpublished.get(source)
            reason = f": it is {why}" if why else ": it has an error" if why == "" else ""
            raise UnknownAddressError(f"{source} has no page{reason}")
        return ""

    def unknown(self) -> UnknownAddressError:
        """That there is no such page, and which ones are nearly called so."""
        asked = unquote(urlsplit(self.asked).path).strip("/")
        site = self.plan.site
        known = {story.address for story in site.articles}
        known |= set(filter(None, map(self.plan.address_of, site.texts)))
        if self.manifest:
            known |= {address_of(path) for path in self.manifest.files}
        names: dict[str, str] = {}
        for address in sorted(known, key=len, reverse=True):
            names |= {address.strip("/"): address, _last(address): address}
        if len(names) > MANY:
            names = {name: address for name, address in names.items() if name[:2] == asked[:2]}
        near = [
            names[name]
            for word in dict.fromkeys((_last(asked), asked))
            for name in get_close_matches(word, names, n=2, cutoff=0.75)
        ]
        message = f"there is no page at {self.asked}"
        return UnknownAddressError(message, tuple(dict.fromkeys(near)))


def _last(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
