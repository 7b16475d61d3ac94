"""Originals: a site's files that are copied, opened so that they stay what they were.

Between reading a file and copying it, it may be changed, or become a link to something else. So
it is opened once, what is copied comes from there, and it must have the digest that the site was
planned with.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from generator.model.digests import LENGTH
from generator.model.values import frozen
from generator.publish.handles import Folder

CHUNK = 1 << 20


class OriginalError(Exception):
    """A file of the site that cannot be published as it was planned: why, and what to do."""

    def __init__(self, path: str, message: str, hint: str) -> None:
        self.path, self.message, self.hint = path, message, hint
        super().__init__(path, message, hint)


@frozen
class Original:
    """A file below a site's folder, and the `content_digest` that it was read with."""

    site: Path
    path: str
    digest: str

    @contextmanager
    def opened(self) -> Iterator[BufferedReader]:
        """The file, with no link followed that leads out of the site. Raises OriginalError."""
        try:
            number = self._open()
        except OSError as error:
            hint = "Build again."
            raise OriginalError(self.path, f"cannot be read: {error.strerror}", hint) from None
        with os.fdopen(number, "rb") as file:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise self.changed()
            yield file

    def _open(self) -> int:
        root = os.path.realpath(self.site)
        real = os.path.realpath(self.site / self.path)
        if not Path(real).is_relative_to(root):
            raise self.changed()
        inside = os.path.relpath(real, root).replace(os.sep, "/")
        with Folder.at(root) as folder:
            holder, name = folder.holder(inside)
            return holder.open(name)

    def changed(self) -> OriginalError:
        """What is raised when the file is another than it was."""
        return OriginalError(self.path, "changed while the site was being built", "Build again.")

    def whole(self, file: BufferedReader) -> bytes:
        """All bytes of the opened file. Raises OriginalError when they are others."""
        data = file.read()
        if hashlib.sha256(data).hexdigest()[:LENGTH] != self.digest:
            raise self.changed()
        return data

    def pieces(self, file: BufferedReader) -> Iterator[bytes]:
        """The same, piece by piece; raises OriginalError after the last."""
        total = hashlib.sha256()
        while piece := file.read(CHUNK):
            total.update(piece)
            yield piece
        if total.hexdigest()[:LENGTH] != self.digest:
            raise self.changed()
