"""Near files: which file was likely meant by a name that none has."""

import posixpath
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import unquote

from generator.model.addresses import folded
from generator.plan.own_files import Files, path_of, text_path

ALIKE = 0.7
"""How alike two names are, by difflib's ratio, where one is likely the other mistyped."""
MOST_NAMES = 500
"""Names in a folder among which a slip is looked for."""
MOST_ASKED = 200
"""Names for which files are looked for: in a site with more missing, the cause is another."""


UNSHOWN = "Save it again as a JPEG, PNG or WebP."
"""What to do about a picture that is there, and that no browser shows."""
TOO_LARGE = "Save it smaller, 4,000 pixels wide say: no reader sees more."
"""What to do about one that is too large; of one that is damaged no width is known."""


class NearFiles:
    """Looks for the files that misspelt names mean. It lists all files once it is asked."""

    def __init__(self, files: Files) -> None:
        self._files, self._asked = files, 0

    def hint(self, target: str, source_path: str) -> str:
        """What to write instead of a target in a text; "" where no file is like it."""
        self._asked += 1
        if self._asked > MOST_ASKED:
            return ""
        path = path_of(target)
        wanted = text_path(path, source_path)
        if path.startswith("/"):
            wanted = "static" + posixpath.normpath(unquote(path))
        if there := self._files.get(wanted):
            return TOO_LARGE if there.width else UNSHOWN
        folder, name = posixpath.split(wanted)
        near = self._in_folder(folder, name)
        if near:
            return f'Did you mean "{posixpath.join(posixpath.dirname(path), near)}"?'
        elsewhere = self._by_name.get(folded(name), ())
        return f"There is {elsewhere[0]}: write its path." if elsewhere else ""

    def _in_folder(self, folder: str, name: str) -> str:
        """The file of a folder whose name is likest to another; "" where none is."""
        names = {folded(known): known for known in self._by_folder.get(folder, ())[:MOST_NAMES]}
        close = get_close_matches(folded(name), names, n=1, cutoff=ALIKE)
        return names[close[0]] if close else ""

    @cached_property
    def _by_folder(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self._files):
            folder, name = posixpath.split(path)
            found.setdefault(folder, []).append(name)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for folder, names in self._by_folder.items():
            for name in names:
                found.setdefault(folded(name), []).append(posixpath.join(folder, name))
        return found
