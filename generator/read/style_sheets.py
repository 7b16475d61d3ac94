"""Style sheets of a theme: the face of headlines, and how they name the files beside them."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from generator.model.config import NO_FACE, THEME_FACE
from generator.model.digests import content_digest
from generator.model.layouts import ThemeFile

SHEET = ".css"
MAIN_SHEET = "site.css"
FACE_FILES = ("display.woff2", "display.woff2.license")
_RULE = re.compile(r'@font-face\s*\{[^{}]*"Broadsheet [^{}]*\}\n?')
_ADDRESS = re.compile(r"""url\(\s*(["']?)([^"'()\s?#]+)""")
_FACE = """@font-face {{
  font-family: "Broadsheet Display";
  src: url("..{path}");
  font-weight: 100 900;
  font-display: swap;
}}
"""


def styled(files: Iterable[ThemeFile], face: str = THEME_FACE) -> tuple[ThemeFile, ...]:
    """A theme's files with the `face` that `fonts: {display: …}` asks for, sorted by name.

    A style sheet names a file beside it as it lies in `layouts/`; in what is published, that file's
    name tells its content, so the sheet's digest follows from it too.
    """
    by_name = {file.name: file for file in files}
    if face != THEME_FACE:
        by_name = _with_face(by_name, face)
    others = {name: file for name, file in by_name.items() if not name.endswith(SHEET)}
    for name, file in by_name.items():
        if name.endswith(SHEET):
            by_name[name] = _naming_published(file, others)
    return tuple(by_name[name] for name in sorted(by_name))


def _with_face(files: Mapping[str, ThemeFile], face: str) -> dict[str, ThemeFile]:
    """The files with another face than the theme's, or with none."""
    kept = {name: file for name, file in files.items() if name not in FACE_FILES}
    if sheet := kept.get(MAIN_SHEET):
        rules = "" if face == NO_FACE else _FACE.format(path=quote(face))
        text = sheet.data.decode("utf-8", "surrogateescape")
        kept[MAIN_SHEET] = _file(sheet.name, rules + _RULE.sub("", text))
    return kept


def _naming_published(sheet: ThemeFile, others: Mapping[str, ThemeFile]) -> ThemeFile:
    """A style sheet that calls the theme's other files by the names under which they stand."""
    folder = posixpath.dirname(sheet.name)

    def published(match: re.Match[str]) -> str:
        named = posixpath.normpath(posixpath.join(folder, unquote(match[2])))
        if named not in others:
            return match[0]
        name = posixpath.basename(others[named].published_name)
        path = posixpath.join(posixpath.dirname(match[2]), quote(name))
        return f"url({match[1]}{path}"

    text = sheet.data.decode("utf-8", "surrogateescape")
    changed = _ADDRESS.sub(published, text)
    return sheet if changed == text else _file(sheet.name, changed)


def _file(name: str, text: str) -> ThemeFile:
    data = text.encode("utf-8", "surrogateescape")
    return ThemeFile(name, content_digest(data), data)
