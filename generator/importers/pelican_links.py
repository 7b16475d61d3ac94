"""Links of a Pelican site: `{filename}other.md`, `{static}/a.jpg`, and where they lead."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import unquote

from generator.importers.foreign_links import from_the_root, parted
from generator.importers.old_site import Remark
from generator.importers.pelican_settings import PelicanSettings

MARK = re.compile(r"[{|](filename|attach|static|tag|category|author|index)[|}](.*)", re.DOTALL)
SKIPPED = frozenset({"output", "theme", "themes", "plugins", "node_modules", "venv", "__pycache__"})


class PelicanLinks:
    """Where links lead, and the files that they bring in.

    `texts` are addresses by path, `static` those of files, `public` all that readers could see,
    `listings` those of old lists and what takes their place.
    """

    def __init__(
        self,
        settings: PelicanSettings,
        texts: Mapping[str, str],
        public: AbstractSet[str],
        static: Mapping[str, str],
        listings: Mapping[str, str],
    ) -> None:
        self._settings, self._texts, self._public = settings, texts, public
        self._static, self._listings = static, listings
        self._linked: dict[str, str] = {}
        self.remarks: list[Remark] = []

    def files(self) -> dict[str, str]:
        """The files that are published, those that texts link to among them, by their addresses."""
        return {address: path for path, address in {**self._static, **self._linked}.items()}

    def lead(self, target: str, source: str, address: str) -> str:
        """Where a target leads in the text at the path `source`, which stands at `address`."""
        is_quoted = target.startswith(("%7B", "%7C", "%7b"))
        found = MARK.match(unquote(target) if is_quoted else target)
        if found is None:
            return self._at_home(from_the_root(target, address or "/"))
        what, value = found[1], found[2]
        if what == "index":
            return f"/{value.lstrip('/')}"
        if what in ("tag", "category", "author"):
            slug = self._settings.slug(unquote(value), what.upper())
            return self._at_home(
                self._settings.address(what.upper(), {"slug": slug, "name": unquote(value)})
            )
        path, rest = parted(value)
        return self._of_file(path, source, address if what == "attach" else "") + rest

    def _at_home(self, target: str) -> str:
        """An address from the root, as it is here; hosts served `/a` where there was `/a.html`."""
        path, rest = parted(target)
        if path in self._listings:
            return self._listings[path] + rest
        if path.startswith("/") and path not in self._public:
            for spelled in (f"{path}.html", f"{path}/"):
                if spelled in self._public:
                    return spelled + rest
        return target

    def _of_file(self, path: str, source: str, beside: str) -> str:
        """The address of a text or a file by its path, from the top or from the text's own folder.

        A file that no one published yet is, `beside` the text where that is an address.
        """
        folder = "" if path.startswith("/") else posixpath.dirname(source)
        for written in (path, unquote(path)):
            found = posixpath.normpath(posixpath.join(folder, written.lstrip("/")))
            known = self._texts.get(found) or self._linked.get(found) or self._static.get(found)
            if known:
                return known
            if not found.startswith("..") and (self._settings.content / found).is_file():
                usual = static_address(self._settings, found)
                self._linked[found] = _attached(found, source, beside) if beside else usual
                return self._linked[found]
        self.remarks.append(Remark("a link to a file that is not there", f"{source}: {path}"))
        return from_the_root(path.lstrip("/"), "/")


def _attached(path: str, source: str, address: str) -> str:
    """The address of a file that goes with its text: beside it."""
    beside = posixpath.relpath(path, posixpath.dirname(source) or ".")
    name = posixpath.basename(path) if beside.startswith("..") else beside
    return posixpath.join(posixpath.dirname(address) or "/", name)


def static_address(settings: PelicanSettings, path: str) -> str:
    """The address of a file that is published as it is."""
    extra = settings.python.mapping("EXTRA_PATH_METADATA").get(path)
    named = extra.get("path") if isinstance(extra, dict) else None
    return settings.address("STATIC", {"path": named or path}) or f"/{path}"


def find_files(settings: PelicanSettings, folder: str, excluded: Sequence[str]) -> list[Path]:
    """The files in a folder of the texts, to the bottom.

    Hidden ones are left out, and so is what the settings ignore, and `excluded` folders.
    """
    content, ignored = settings.content, settings.python.texts("IGNORE_FILES")
    start = content / folder
    if start.is_file():
        return [start]
    unwanted = {path.strip("/") for path in excluded}
    found: list[Path] = []
    waiting = [start]
    while waiting:
        try:
            entries = sorted(waiting.pop().iterdir())
        except OSError:
            continue
        for entry in entries:
            path = entry.relative_to(content).as_posix()
            if entry.name.startswith((".", "__")) or path in unwanted or entry.is_symlink():
                continue
            if any(fnmatch(entry.name, pattern) for pattern in ignored):
                continue
            if entry.is_dir():
                waiting += [] if content == start and entry.name in SKIPPED else [entry]
            elif not fnmatch(entry.name, "*~"):
                found.append(entry)
    return sorted(found)
