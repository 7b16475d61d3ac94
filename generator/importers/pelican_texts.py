"""Texts of a Pelican site: from a file to its settings and its body, by Pelican's rules."""

import html
import posixpath
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path

from dateutil import parser as date_parser

from generator.importers.foreign import split_foreign
from generator.importers.incoming import plain_text
from generator.importers.notebooks import read_notebook
from generator.importers.old_site import OldFile
from generator.importers.pelican_settings import PelicanSettings
from generator.importers.python_markdown import split_meta
from generator.importers.restructured import read_restructured
from generator.model.values import frozen

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
RESTRUCTURED = frozenset({".rst"})
HTML = frozenset({".html", ".htm"})
NOTEBOOKS = frozenset({".ipynb"})
BESIDE_NOTEBOOKS = (".nbdata", ".ipynb-meta")
"""What plug-ins call the file with a notebook's settings."""
META = re.compile(r"""<meta\b((?:[^<>"']|"[^"]*+"|'[^']*+')*+)>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
TITLE = re.compile(r"<title\b[^<>]*+>((?:(?!</?title\b).)*+)</title>", re.DOTALL | re.IGNORECASE)
HTML_BODY = re.compile(r"<body[^<>]*+>(.*?)(?:</body>|\Z)", re.DOTALL | re.IGNORECASE)
SEVERAL = frozenset({"tags", "authors", "author"})


@frozen
class PelicanText:
    """A text as it lies in its file: settings by name in small letters, and its body.

    `markup` is `markdown` or `html`; a body of reStructuredText is HTML by now. `unknown` names
    directives and roles without a meaning; `files` are pictures that a notebook held.
    """

    path: str
    values: dict[str, str]
    body: str
    markup: str
    fault: str = ""
    unknown: tuple[str, ...] = ()
    files: tuple[OldFile, ...] = ()


def names_in(text: str) -> tuple[str, ...]:
    """A list of names: set apart by semicolons where there are any, else by commas."""
    parts = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))


def read_text(file: Path, settings: PelicanSettings) -> PelicanText:
    """Read one text. What is no text comes back with a fault and nothing else."""
    path = file.relative_to(settings.content).as_posix()
    try:
        text = plain_text(file.read_bytes())
    except OSError as error:
        return PelicanText(path, {}, "", "html", f"cannot be read: {error.strerror}")
    if text is None:
        return PelicanText(path, {}, "", "html", "not a text file")
    suffix = file.suffix.lower()
    if suffix in RESTRUCTURED:
        return _restructured(path, text, file, settings)
    if suffix in HTML:
        return _html(path, text)
    if suffix in NOTEBOOKS:
        return _notebook(path, text, file)
    return _markdown(path, text)


def _markdown(path: str, text: str) -> PelicanText:
    if text.startswith("---\n"):
        found = split_foreign(text.encode("utf-8", "replace"))
        if found.values and not found.fault:
            values = {key.lower(): _joined(value) for key, value in found.values.items()}
            return PelicanText(path, values, found.body, "markdown")
    meta, body = split_meta(text.lstrip("\n"))
    values = {
        key: (", " if key in SEVERAL else "\n").join(lines) if key != "date" else lines[0]
        for key, lines in meta.items()
    }
    return PelicanText(path, values, body, "markdown")


def _notebook(path: str, text: str, file: Path) -> PelicanText:
    """A notebook, whose settings stand in a file beside it or in its first cell."""
    found = read_notebook(text, posixpath.splitext(path)[0])
    if found is None:
        return PelicanText(path, {}, "", "html", "no notebook that can be read")
    values = found.settings
    for suffix in BESIDE_NOTEBOOKS:
        beside = file.with_suffix(suffix)
        if beside.is_file() and (told := plain_text(beside.read_bytes())):
            values = {**values, **_markdown(path, f"{told.strip()}\n\n").values}
    return PelicanText(path, values, found.markdown, "markdown", files=found.files)


def _joined(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value) + ";"
    return "" if value is None else str(value)


def _html(path: str, text: str) -> PelicanText:
    values: dict[str, str] = {}
    if title := TITLE.search(text):
        values["title"] = " ".join(html.unescape(title[1]).split())
    head = text[: body.start()] if (body := HTML_BODY.search(text)) else ""
    for tag in META.finditer(head):
        told = {one[1].lower(): one[2] or one[3] or "" for one in ATTRIBUTE.finditer(tag[1])}
        value = told.get("content", told.get("contents"))
        if told.get("name") and value is not None:
            values[told["name"].lower()] = html.unescape(value)
    if "keywords" in values:
        values["tags"] = values.get("tags") or values.pop("keywords")
    return PelicanText(path, values, html_body(text), "html")


def html_body(text: str) -> str:
    """What stands in the body of a page of HTML; all of it where there is none."""
    body = HTML_BODY.search(text)
    return body[1] if body else text


def _restructured(path: str, text: str, file: Path, settings: PelicanSettings) -> PelicanText:
    found = read_restructured(text, source=file, root=settings.folder)
    values = {name: markup if name == "summary" else plain for name, plain, markup in found.fields}
    if found.title:
        values.setdefault("title", found.title)
    return PelicanText(path, values, found.html, "html", unknown=found.unknown)


def with_defaults(text: PelicanText, settings: PelicanSettings) -> dict[str, str]:
    """A text's settings, with those of its name, its path, its folder, and the site's own."""
    values = settings.python
    found = {"category": settings.text("DEFAULT_CATEGORY")}
    if author := settings.text("AUTHOR"):
        found["author"] = author
    metadata = values.values.get("DEFAULT_METADATA")
    for key, value in _items(metadata):
        found[key.lower()] = value
    found |= _of_path(text.path, values.mapping("EXTRA_PATH_METADATA"))
    found |= _of_name(text.path, settings)
    return {**found, **{key: value for key, value in text.values.items() if value}}


def _items(value: object) -> list[tuple[str, str]]:
    pairs: list[object] = []
    if isinstance(value, dict):
        pairs += value.items()
    elif isinstance(value, list | tuple):
        pairs += value
    return [
        (str(pair[0]), _joined(pair[1]))
        for pair in pairs
        if isinstance(pair, tuple | list) and len(pair) == 2  # noqa: PLR2004 - key and value
    ]


def _of_path(path: str, extra: Mapping[object, object]) -> dict[str, str]:
    """What EXTRA_PATH_METADATA says of a file and the folders above it, the nearest last."""
    found: dict[str, str] = {}
    folders = [known for known in extra if isinstance(known, str)]
    for known in sorted(folders, key=len):
        folder = known.strip("/")
        if path == folder or path.startswith(f"{folder}/"):
            found |= {key.lower(): value for key, value in _items(extra[known])}
    return found


def _of_name(path: str, settings: PelicanSettings) -> dict[str, str]:
    """What FILENAME_METADATA and PATH_METADATA read from a text's name, and its folder."""
    folder, name = posixpath.split(path)
    patterns = [
        (settings.text("FILENAME_METADATA"), posixpath.splitext(name)[0]),
        (settings.text("PATH_METADATA"), path),
    ]
    found: dict[str, str] = {}
    for pattern, subject in patterns:
        try:
            match = re.match(pattern, subject) if pattern else None
        except (re.error, RecursionError):
            match = None
        for key, value in (match.groupdict() if match else {}).items():
            if value is not None:
                found.setdefault(key.lower(), value)
    if settings.python.flag("USE_FOLDER_AS_CATEGORY", default=True) and folder:
        found.setdefault("category", posixpath.basename(folder))
    return found


def read_date(text: str) -> datetime | None:
    """A date as Pelican reads it; None where it is none."""
    try:
        default = datetime(2000, 1, 1)  # noqa: DTZ001 - on the site's own clocks
        found = date_parser.parse(re.sub(" +", " ", text.strip()), default=default)
    except (ValueError, OverflowError, TypeError):
        return None
    return found if isinstance(found, datetime) else None


def modified_date(file: Path, zone: tzinfo) -> datetime:
    """When a file was last changed, on the clocks of `zone`."""
    return datetime.fromtimestamp(file.stat().st_mtime, zone).replace(tzinfo=None, microsecond=0)
