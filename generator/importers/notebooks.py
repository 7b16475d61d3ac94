"""Jupyter notebooks (nbformat 3 and 4) as Markdown: what was written, the code, and what it gave.

Results are what readers saw: of several forms of one result the richest that a page can show.
Pictures, which a notebook holds within itself, become files.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.importers.embedding import code
from generator.importers.foreign import text_of
from generator.importers.html_tree import without_blank_lines
from generator.importers.old_site import OldFile
from generator.model.values import frozen

PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
OLD_PICTURES = {"png": "image/png", "jpeg": "image/jpeg"}
"""Names of results in nbformat 3, which had no media types."""
COLOURS = re.compile(r"\x1b\[[\d;]*+[a-zA-Z]")
ATTACHED = re.compile(r"\(attachment:([^\s()]++)")
ITEM = re.compile(r"-[ \t]+(\w[\w ]*+):[ \t]*+(.*)")


@frozen
class Notebook:
    """A notebook as Markdown, its settings, and the pictures that it held.

    `settings` are those of a first cell that is a list of them, and what stands in the notebook's
    own metadata for Nikola.
    """

    markdown: str
    settings: dict[str, str]
    files: tuple[OldFile, ...] = ()


def read_notebook(text: str, place: str, cells: slice = slice(None)) -> Notebook | None:
    """Read a notebook, or some of its cells; None where the text is none.

    `place` is the address below which its pictures are filed, such as `/notebooks/tides`.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    sheets = found.get("worksheets")
    held = sheets[0] if isinstance(sheets, list) and sheets else found
    listed = held.get("cells") if isinstance(held, dict) else None
    if not isinstance(listed, list):
        return None
    about = found.get("metadata")
    return _Reader(place, about if isinstance(about, dict) else {}).read(listed, cells)


class _Reader:
    """Reads one notebook."""

    def __init__(self, place: str, about: dict[str, Any]) -> None:
        self._place, self._about = place.strip("/"), about
        self._files: list[OldFile] = []

    def read(self, listed: Sequence[object], wanted: slice) -> Notebook:
        cells = [cell for cell in listed if isinstance(cell, dict)]
        settings = dict(self._settings(cells))
        if cells and settings and _is_list(cells[0]):
            cells = cells[1:]
        parts = [part for cell in cells[wanted] for part in self._cell(cell) if part.strip()]
        return Notebook("\n\n".join(parts) + "\n", settings, tuple(self._files))

    def _settings(self, cells: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        own = self._about.get("nikola")
        for key, value in own.items() if isinstance(own, dict) else ():
            yield str(key).lower(), text_of(value) or str(value)
        if cells and _is_list(cells[0]):
            for line in _joined(cells[0].get("source")).splitlines():
                if found := ITEM.match(line.strip()):
                    yield found[1].strip().lower(), found[2].strip()

    def _cell(self, cell: Mapping[str, Any]) -> Iterator[str]:
        kind = cell.get("cell_type")
        source = _joined(cell.get("source", cell.get("input")))
        if kind == "markdown":
            yield self._with_attachments(source, cell.get("attachments"))
        elif kind == "heading":
            level = cell.get("level")
            yield f"{'#' * (level if isinstance(level, int) else 2)} {source}"
        elif kind == "code":
            yield _fenced(source, self._language(cell))
            outputs = cell.get("outputs")
            for output in outputs if isinstance(outputs, list) else ():
                if isinstance(output, dict):
                    yield self._result(output)

    def _language(self, cell: Mapping[str, Any]) -> str:
        info, kernel = self._about.get("language_info"), self._about.get("kernelspec")
        named = info.get("name") if isinstance(info, dict) else None
        named = named or (kernel.get("language") if isinstance(kernel, dict) else None)
        found = str(named or cell.get("language") or "python")
        return found if found.replace("+", "").isalnum() else ""

    def _result(self, output: Mapping[str, Any]) -> str:
        """What a cell gave, in the richest form that a page can show."""
        data = output.get("data")
        forms = data if isinstance(data, dict) else {}
        forms = forms or {OLD_PICTURES.get(k, f"text/{k}"): v for k, v in output.items()}
        for kind in PICTURES:
            if kind in forms and (shown := self._picture(_joined(forms[kind]), kind)):
                return shown
        for kind in ("text/html", "image/svg+xml", "text/svg"):
            if kind in forms:
                return without_blank_lines(_joined(forms[kind])).strip()
        if "text/markdown" in forms:
            return _joined(forms["text/markdown"])
        text = _joined(output.get("text") or forms.get("text/plain") or output.get("traceback"))
        return _fenced(COLOURS.sub("", text), "")

    def _picture(self, data: str, kind: str) -> str:
        try:
            found = base64.b64decode(data.encode("ascii", "replace"))
        except (binascii.Error, ValueError):
            return ""
        name = f"{self._place}/picture-{len(self._files) + 1}.{PICTURES[kind]}"
        self._files.append(OldFile(f"static/{name}", data=found))
        return f"![](/{name})"

    def _with_attachments(self, source: str, attached: object) -> str:
        """A text whose pictures lie in the notebook beside it."""
        known = attached if isinstance(attached, dict) else {}

        def led(match: re.Match[str]) -> str:
            forms = known.get(match[1])
            for kind, data in forms.items() if isinstance(forms, dict) else ():
                if kind in PICTURES and (shown := self._picture(_joined(data), kind)):
                    return shown.removeprefix("![]").removesuffix(")")
            return match[0]

        return ATTACHED.sub(led, source) if known else source


def _is_list(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is a list of settings, with a title among them."""
    lines = _joined(cell.get("source")).strip().splitlines()
    items = [ITEM.match(line.strip()) for line in lines]
    return all(items) and any(one and one[1].strip().lower() == "title" for one in items)


def _joined(value: object) -> str:
    if isinstance(value, list):
        lines = [str(line) for line in value]
        return "".join(lines) if any("\n" in line for line in lines) else "\n".join(lines)
    return value if isinstance(value, str) else ""


def _fenced(text: str, language: str) -> str:
    return code(text, language) if text.strip() else ""
