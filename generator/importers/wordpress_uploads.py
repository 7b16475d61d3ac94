"""Pictures and files of a WordPress site: sized names back to their originals, found on disk."""

import re
from collections.abc import Iterator
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
HINT = "Copy wp-content/uploads from the old server, and import again with --media uploads."


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


class Uploads:
    """Finds files by the addresses at which they stood."""

    def __init__(self, media: Path | None) -> None:
        self._media = media
        self._used: dict[str, Path] = {}
        self._missing: dict[str, str] = {}
        self.by_id: dict[str, Attachment] = {}
        self._by_parent: dict[str, list[Attachment]] = {}
        self._known: set[str] = set()

    def add(self, attachment: Attachment) -> None:
        """Learn of a file."""
        self.by_id[attachment.id] = attachment
        self._by_parent.setdefault(attachment.parent, []).append(attachment)
        self._known.add(_path_in_uploads(attachment.url))

    def of(self, parent: str) -> list[Attachment]:
        """The files that were uploaded for a text."""
        return self._by_parent.get(parent, [])

    def address(self, url: str, source: str) -> str:
        """Where a file stands here: at its old address on this site, where it has been found.

        `source` names the text that shows it. One that is missing keeps its whole address.
        """
        path = _path_in_uploads(url)
        if not path:
            return url
        if self._media is None:
            self._missing.setdefault(path, source)
            return url
        for name in _originals(path):
            found = self._find(name)
            if found:
                self._used[name] = found
                return f"/{UPLOADS}/{quote(name)}"
        self._missing.setdefault(path, source)
        return url

    def files(self) -> Iterator[OldFile]:
        """The files that texts show, and all others that WordPress knows of."""
        if self._media is not None:
            for attachment in self.by_id.values():
                self.address(attachment.url, f"wordpress attachment {attachment.id}")
        for name, source in sorted(self._used.items()):
            yield OldFile(f"static/{UPLOADS}/{name}", source)

    def remarks(self) -> Iterator[Remark]:
        """Files that are not here."""
        kind = MISSING if self._media else NO_FOLDER
        for path, source in self._missing.items():
            yield Remark(kind, f"{path} ({source})", HINT, is_loss=True)

    def _find(self, name: str) -> Path | None:
        media = self._media
        if media is None:
            return None
        places = (media / name, media / "uploads" / name, media / UPLOADS / name)
        return next((place for place in places if place.is_file()), None)


def _path_in_uploads(url: str) -> str:
    """The path of a file below the folder of uploads; "" for what does not stand there."""
    _, mark, path = unquote(urlsplit(url.strip()).path).partition(f"/{UPLOADS}/")
    parts = PurePosixPath(path).parts
    is_inside = bool(mark and parts) and ".." not in parts and not path.startswith("/")
    return "/".join(parts) if is_inside and "\0" not in path else ""


def _originals(path: str) -> Iterator[str]:
    """The names that a file's original may have, the largest first."""
    whole = SIZED.sub("", path)
    bare = SCALED.sub("", whole)
    yield from dict.fromkeys((bare, SUFFIX.sub("-scaled", bare), whole, path))
