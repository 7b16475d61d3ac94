"""Files that tags of `liquid_tags` bring into a text: programs and notebooks."""

import re
from pathlib import Path

from generator.importers.incoming import plain_text
from generator.importers.notebooks import read_notebook
from generator.importers.old_site import OldFile
from generator.importers.pelican_settings import PelicanSettings

NAME = re.compile(r"[\w./-]++")
LANGUAGE = re.compile(r"\blang:(\w++)")
CELLS = re.compile(r"\bcells\[(-?\d*+):(-?\d*+)\]")
LARGEST = 1_000_000
"""Bytes of a file that is shown in a text."""


class PelicanIncludes:
    """What one text brings in; `files` are the pictures of its notebooks."""

    def __init__(self, settings: PelicanSettings) -> None:
        self._settings = settings
        self.files: tuple[OldFile, ...] = ()

    def markdown(self, name: str, arguments: str) -> str | None:
        """What a tag brings in; None for another tag, and for a file that is not there."""
        found = NAME.match(arguments)
        if found is None or name not in ("include_code", "notebook"):
            return None
        if name == "include_code":
            text = self._text(self._settings.text("CODE_DIR") or "code", found[0])
            language = LANGUAGE.search(arguments)
            mark = language[1] if language else Path(found[0]).suffix[1:]
            return None if text is None else f"\n\n~~~~{mark}\n{text.strip(chr(10))}\n~~~~\n\n"
        text = self._text(self._settings.text("NOTEBOOK_DIR") or "notebooks", found[0])
        cells = CELLS.search(arguments)
        wanted = (
            slice(*(int(one) if one else None for one in cells.groups())) if cells else slice(None)
        )
        notebook = read_notebook(text or "", f"notebooks/{Path(found[0]).stem}", wanted)
        if notebook is None:
            return None
        self.files += notebook.files
        return f"\n\n{notebook.markdown}\n\n"

    def _text(self, folder: str, name: str) -> str | None:
        """The text of a file in one of the site's folders; None where it lies elsewhere."""
        root = (self._settings.content / folder).resolve()
        file = (root / name).resolve()
        if root not in file.parents or not file.is_file() or file.stat().st_size > LARGEST:
            return None
        return plain_text(file.read_bytes())
