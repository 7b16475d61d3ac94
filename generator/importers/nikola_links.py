"""Links of a Nikola site: `link://slug/flood`, small pictures, old lists, and where they lead."""

import posixpath
from collections.abc import Callable, Collection, Mapping
from urllib.parse import unquote, urlsplit

from generator.importers.foreign_links import from_the_root, parted
from generator.importers.nikola_settings import NikolaSettings

Missing = Callable[[], None]
"""Told where a link names a text that is not there."""


class NikolaLinks:
    """Where links lead.

    `by_slug` has addresses by slug and language, `by_path` by the text's path, `public` all that
    readers could see, `files` those of files; `listings` leads from old lists to ours.
    """

    def __init__(  # noqa: PLR0917 - what there is
        self,
        settings: NikolaSettings,
        by_slug: Mapping[tuple[str, str], str],
        by_path: Mapping[str, str],
        public: Collection[str],
        files: Collection[str],
        listings: Mapping[str, str],
    ) -> None:
        self._settings, self._by_slug, self._by_path = settings, by_slug, by_path
        self._public, self._files, self._listings = public, files, listings

    def lead(self, target: str, address: str, path: str, language: str, missing: Missing) -> str:
        """Where a target leads in the text at `path`, which stands at `address`."""
        if target.startswith("link://"):
            return self.at_home(self._linked(target, language, missing))
        from_top = f"/{parted(target)[0]}"
        if from_top in self._public or from_top in self._files:
            return f"/{target}"
        found = self.at_home(from_the_root(target, address or "/"))
        if target.startswith("../") and not self._is_there(found):
            by_file = from_the_root(target, f"/{posixpath.relpath(path)}")
            return by_file if self._is_there(by_file) else found
        return found

    def _is_there(self, target: str) -> bool:
        path = unquote(parted(target)[0])
        return path in self._public or path in self._files

    def at_home(self, target: str) -> str:
        """An address from the root as it is here: a small picture is its large one."""
        path, rest = parted(target)
        if path in self._listings:
            return self._listings[path] + rest
        if self._is_there(target):
            return target
        large = path.replace(".thumbnail.", ".")
        if unquote(large) in self._files:
            return large + rest
        for spelled in (path.removesuffix("index.html"), f"{path}/", f"{path}.html"):
            if path.startswith("/") and spelled in self._public:
                return spelled + rest
            if spelled in self._listings:
                return self._listings[spelled] + rest
        return target

    def _linked(self, target: str, language: str, missing: Missing) -> str:
        """A `link://` address: what it names, and by what."""
        parts = urlsplit(target)
        value, rest = unquote(parts.path.strip("/")), f"#{parts.fragment}" if parts.fragment else ""
        kind = parts.netloc
        if kind == "slug":
            own = self._settings.language
            found = self._by_slug.get((value, language)) or self._by_slug.get((value, own), "")
        elif kind in ("filename", "post_path"):
            found = self._by_path.get(value, "")
        elif kind in ("tag", "category", "author"):
            found = self._settings.listing_of(kind, value)
        elif kind in ("root", "index"):
            found = "/"
        elif kind == "archive":
            found = f"/archive/{value}/" if value else "/archive/"
        elif kind in ("rss", "index_rss"):
            found = "/feed.xml"
        elif kind == "gallery":
            found = f"/galleries/{value}/"
        else:
            found = f"/{kind}/{value}".rstrip("/")
        if not found:
            missing()
        return (found or "/") + rest
