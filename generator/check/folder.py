"""The published folder: which files it holds, and where an address leads."""

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from generator.model.addresses import Base, address_of, output_path
from generator.model.values import frozen
from generator.model.version_control import VERSION_CONTROL

_SCRIPTS = frozenset({"javascript", "vbscript"})
_PORTS = {"http": 80, "https": 443}


@frozen
class Destination:
    """Where an address leads.

    `path` is a file in the folder, `elsewhere` an absolute URL of another site, without its
    fragment; both are empty for what cannot be followed (mail, telephone). An address that leads
    nowhere, or by a detour, has a `fault` and a `hint`; a detour `is_passable`.
    """

    path: str = ""
    fragment: str = ""
    elsewhere: str = ""
    fault: str = ""
    hint: str = ""
    is_passable: bool = False


def _nowhere(_: str) -> bool:
    return False


class PublishedFolder:
    """The files of a published site, and the addresses at which they stand."""

    def __init__(
        self,
        base: Base,
        paths: frozenset[str],
        is_elsewhere: Callable[[str], bool] = _nowhere,
        nameless: tuple[str, ...] = (),
    ) -> None:
        self.base = base
        self._is_elsewhere = is_elsewhere
        self.paths, self.nameless = paths, nameless
        self._home = base.absolute("/")
        self._host = _host(self._home)
        # Most addresses are absolute and stand on many pages.
        self._lead_anywhere = lru_cache(maxsize=100_000)(self._lead)

    @classmethod
    def walk(
        cls, output: Path, base: Base, is_elsewhere: Callable[[str], bool] = _nowhere
    ) -> "PublishedFolder":
        """Look which files there are: `paths`, and the `nameless`, which have no address.

        `is_elsewhere` tells whether another program answers at an address below `base`.
        """
        found = frozenset(_walk(output))
        nameless = frozenset(path for path in found if not has_address(path))
        return cls(base, found - nameless, is_elsewhere, tuple(sorted(nameless)))

    def url(self, path: str) -> str:
        """The absolute URL of a file in the folder."""
        return self.base.absolute(address_of(path))

    def base_of(self, path: str, base: str) -> str:
        """The URL from which the addresses in a page count, whose `<base>` is another one."""
        return joined(self.url(path), base)

    def lead(self, address: str, url: str) -> Destination:
        """Find where an address leads from the page at `url`."""
        if address.startswith("/") and not address.startswith("//"):
            return self._lead_anywhere(address, self._home)
        return self._lead(address, url)

    def _lead(self, address: str, url: str) -> Destination:
        try:
            whole, fragment = urldefrag(urljoin(url, address))
            parts = urlsplit(whole)
            host = _host(whole)
        except ValueError:
            return Destination(fault="is no address", hint="Check its brackets and its port.")
        if parts.scheme in _SCRIPTS:
            return Destination(fault="is a script", hint="Use a real address.")
        if parts.scheme not in _PORTS:
            return Destination()
        if host != self._host:
            return Destination(elsewhere=whole)
        return self._inside(unquote(parts.path), unquote(fragment))

    def _inside(self, path: str, fragment: str) -> Destination:
        below = path.removeprefix(self.base.path)
        if not path.startswith(self.base.path) or below[:1] not in ("", "/"):
            return Destination(
                fault=f"leads out of the site, which lives under {self.base.path}/",
                hint=f"Write {self.base.path}{path} if you mean this site's page.",
            )
        file = output_path(below)
        if file in self.paths:
            return Destination(file, fragment)
        if (index := f"{file}/index.html") in self.paths:
            fault, hint = "lacks the slash at its end", f"Write {path}/ to spare a redirect."
            return Destination(index, fragment, fault=fault, hint=hint, is_passable=True)
        if self._is_elsewhere(below):
            return Destination()
        return Destination(fault="leads nowhere", hint=self._advice(file))

    def _advice(self, file: str) -> str:
        """Say what to do about an address at which nothing stands."""
        for other in (file.lower(), file.removesuffix("index.html").rstrip("/")):
            if other in self.paths:
                url = self.base.url(address_of(other))
                return f"There is {url}: mind capitals and the slash at the end."
        return "Correct the address, or publish what it names."


def has_address(path: str) -> bool:
    """Whether a file's name is text, as an address is: what is not has surrogates in Python."""
    return path.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in path)


def joined(url: str, address: str) -> str:
    """The absolute form of an address on the page at `url`, which it stays where it is none."""
    try:
        return urljoin(url, address)
    except ValueError:
        return url


def _walk(output: Path) -> Iterator[str]:
    """Every file below a folder, however deep; what cannot be looked into has none."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(output / inside) as entries:
                found = list(entries)
        except OSError:
            continue
        for entry in found:
            if not inside and entry.name in VERSION_CONTROL:
                continue
            path = f"{inside}/{entry.name}" if inside else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:  # links, which no host follows alike, are told of one by one
                yield path


def _host(url: str) -> str:
    """The host of a URL, with its port if that is not the usual one. Raises `ValueError`."""
    parts = urlsplit(url)
    is_usual = parts.port in (None, _PORTS.get(parts.scheme))
    return (parts.hostname or "") + ("" if is_usual else f":{parts.port}")
