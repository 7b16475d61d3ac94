"""Files of an old site that stand in one folder: sized names back to originals, found on disk."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from generator.importers.old_site import OldFile, Remark
from generator.model.values import frozen

UPLOADS = "wp-content/uploads"
SIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[A-Za-z0-9]+$)")
SCALED = re.compile(r"-(?:scaled|rotated)(?=\.[A-Za-z0-9]+$)")
SUFFIX = re.compile(r"(?=\.[A-Za-z0-9]+$)")
MISSING = "a file of the old site is not in the media folder"
NO_FOLDER = "files stay at their old addresses, since no folder of media was given"
HINT = "Copy that folder from the old server, and import again with --media FOLDER."


@frozen
class Attachment:
    """What WordPress says of a file: `url` is where it stood."""

    id: str
    parent: str
    url: str
    title: str
    caption: str
    alt: str
    credit: str


Originals = Callable[[str], Iterable[str]]


class Uploads:
    """Finds files by the addresses at which they stood, all below one `folder` of the old site.

    `originals` gives the names that a file's original may have, likeliest first.
    """

    def __init__(
        self, media: Path | None, folder: str = UPLOADS, originals: Originals | None = None
    ) -> None:
        self._media, self._folder = media, folder
        self._originals = originals or wordpress_originals
        self._used: dict[str, Path] = {}
        self._missing: dict[str, str] = {}
        self.by_id: dict[str, Attachment] = {}
        self._by_parent: dict[str, list[Attachment]] = {}

    def add(self, attachment: Attachment) -> None:
        """Learn of a file."""
        self.by_id[attachment.id] = attachment
        self._by_parent.setdefault(attachment.parent, []).append(attachment)

    def of(self, parent: str) -> list[Attachment]:
        """The files that were uploaded for a text."""
        return self._by_parent.get(parent, [])

    def address(self, url: str, source: str) -> str:
        """Where a file stands here: at its old address on this site, where it has been found.

        `source` names the text that shows it. One that is missing keeps its whole address.
        """
        path = self._path(url)
        if not path:
            return url
        if self._media is None:
            self._missing.setdefault(path, source)
            return url
        for name in self._originals(path):
            found = self._find(name)
            if found:
                self._used[name] = found
                return f"/{self._folder}/{quote(name)}"
        self._missing.setdefault(path, source)
        return url

    def files(self) -> Iterator[OldFile]:
        """The files that texts show, and all others that WordPress knows of."""
        if self._media is not None:
            for attachment in self.by_id.values():
                self.address(attachment.url, f"wordpress attachment {attachment.id}")
        for name, source in sorted(self._used.items()):
            yield OldFile(f"static/{self._folder}/{name}", source)

    def remarks(self) -> Iterator[Remark]:
        """Files that are not here."""
        kind = MISSING if self._media else NO_FOLDER
        for path, source in self._missing.items():
            yield Remark(kind, f"{path} ({source})", HINT)

    def _find(self, name: str) -> Path | None:
        media = self._media
        if media is None:
            return None
        last = self._folder.rpartition("/")[2]
        places = (media / name, media / last / name, media / self._folder / name)
        return next((place for place in places if place.is_file()), None)

    def _path(self, url: str) -> str:
        """The path of a file below the folder; "" for what does not stand there."""
        _, mark, path = unquote(urlsplit(url.strip()).path).partition(f"/{self._folder}/")
        parts = PurePosixPath(path).parts
        is_inside = bool(mark and parts) and ".." not in parts and not path.startswith("/")
        return "/".join(parts) if is_inside and "\0" not in path else ""


def wordpress_originals(path: str) -> Iterator[str]:
    """The names that a file's original may have, the largest first."""
    whole = SIZED.sub("", path)
    bare = SCALED.sub("", whole)
    yield from dict.fromkeys((bare, SUFFIX.sub("-scaled", bare), whole, path))
