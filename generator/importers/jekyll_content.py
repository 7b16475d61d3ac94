"""Jekyll's content: posts, drafts, collections and pages, with the defaults that they inherit."""

import fnmatch
import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from generator.importers.foreign import is_true, read_data, split_foreign, text_of, texts_of
from generator.importers.foreign_dates import WrittenDate, read_date
from generator.importers.time_zones import zone_called
from generator.model.problems import HinderedError
from generator.model.values import frozen
from generator.read.walk import LEFTOVER

CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
POSTS, DRAFTS = "_posts", "_drafts"
MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown")
MARKUP = (".html", ".htm", ".xhtml")
OTHER = (".textile", ".adoc", ".asciidoc", ".rst", ".org")
TEXTS = (*MARKDOWN, *MARKUP, *OTHER)
NAME = re.compile(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>.*)")
TOOLS = frozenset(
    (
        *("readme", "license", "licence", "contributing", "changelog", "code_of_conduct"),
        *("copying", "authors", "gemfile", "gemfile.lock", "rakefile", "makefile", "dockerfile"),
        *("package.json", "package-lock.json", "yarn.lock"),
    )
)
TOOL_STARTS = ("gulpfile", "gruntfile", "webpack", "docker-compose")
TOOL_ENDINGS = (".gemspec", ".rb", ".sh", ".toml")
"""What lies in a project for those who work on it; Jekyll copies some of it, nobody wants it."""
FOLDERS = frozenset({"node_modules", "vendor", "bin", "script", "scripts", "tests", "spec"})
LARGEST = 10 * 1024 * 1024


class NoJekyllError(HinderedError):
    """No Jekyll project."""


class JekyllConfig:
    """What `_config.yml` says."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.title = text_of(values.get("title") or values.get("name"))
        self.url = text_of(values.get("url")).rstrip("/")
        self.base = "/" + text_of(values.get("baseurl")).strip("/")
        self.base = "" if self.base == "/" else self.base
        self.language = text_of(values.get("lang") or values.get("locale")).replace("_", "-")
        self.timezone = text_of(values.get("timezone"))
        self.permalink = text_of(values.get("permalink")) or "date"
        self.source = text_of(values.get("source")).strip("./")
        plugins = (*texts_of(values.get("plugins")), *texts_of(values.get("gems")))
        self.names_emoji = "jemoji" in plugins

    @property
    def zone(self) -> ZoneInfo:
        """The zone by which days are told."""
        return zone_called(self.timezone)

    def collections(self) -> Mapping[str, Mapping[str, Any]]:
        """The collections besides posts, each with its settings."""
        told = self.values.get("collections")
        if isinstance(told, list):
            return {name: {} for name in texts_of(told)}
        pairs = told.items() if isinstance(told, Mapping) else ()
        return {str(name): value if isinstance(value, Mapping) else {} for name, value in pairs}

    def defaults(self, path: str, kind: str) -> dict[str, Any]:
        """What a text inherits; of two the one that is told more closely counts."""
        found: list[tuple[int, dict[str, Any]]] = []
        told = self.values.get("defaults")
        for rule in told if isinstance(told, list) else ():
            scope = rule.get("scope") if isinstance(rule, Mapping) else None
            values = rule.get("values") if isinstance(rule, Mapping) else None
            if not isinstance(values, Mapping):
                continue
            scope = scope if isinstance(scope, Mapping) else {}
            inside, of_kind = text_of(scope.get("path")).strip("/"), text_of(scope.get("type"))
            if of_kind in ("", kind, kind.rstrip("s"), f"{kind}s") and _lies_in(path, inside):
                closeness = len(inside) * 2 + bool(of_kind)
                found.append((closeness, {str(key): value for key, value in values.items()}))
        merged: dict[str, Any] = {}
        for _, values in sorted(found, key=lambda one: one[0]):
            merged |= values
        return merged


def _lies_in(path: str, inside: str) -> bool:
    if not inside or path == inside or path.startswith(f"{inside}/"):
        return True
    bare = path.replace("_posts/", "").replace("_drafts/", "")
    return fnmatch.fnmatch(path, inside) or fnmatch.fnmatch(path, f"{inside}/*") or bare == inside


@frozen
class JekyllText:
    """A text of a Jekyll project. `kind` is `posts`, `drafts`, `pages` or a collection's name.

    `path` is relative to the project, `slug` its name without date and ending; `name_date` the
    date in its name, `folders` those above `_posts` (categories) or within a collection.
    """

    file: Path
    path: str
    kind: str
    slug: str
    name_date: str
    folders: tuple[str, ...]
    values: Any
    fault: str = ""

    def text(self, key: str) -> str:
        """A setting that is one line of text."""
        return text_of(self.values.get(key))

    @property
    def stem(self) -> str:
        """The name of its file without the ending."""
        return posixpath.splitext(posixpath.basename(self.path))[0]

    def date(self, zone: ZoneInfo) -> WrittenDate | None:
        """Its date, by the site's clocks: as told, else as in its name; a draft's, of its file."""
        found = read_date(self.text("date"), zone) or read_date(self.name_date, zone)
        if found is None and self.kind == "drafts":
            changed = datetime.fromtimestamp(self.file.stat().st_mtime, UTC)
            found = read_date(changed.isoformat(sep=" ", timespec="minutes"), zone)
        return found.told_in(zone) if found else None


def read_config(project: Path) -> tuple[JekyllConfig, str]:
    """A project's configuration, and what is wrong with it. Raises NoJekyllError."""
    for name in CONFIGS:
        file = project / name
        if file.is_file() and file.stat().st_size < LARGEST:
            found, fault = read_data(file.read_bytes(), file.suffix)
            values = (
                {str(key): value for key, value in found.items()}
                if isinstance(found, Mapping)
                else {}
            )
            return JekyllConfig(values), f"{name}: {fault}" if fault else ""
    if (project / POSTS).is_dir():
        return JekyllConfig({}), ""
    hint = "Name the folder that holds _config.yml and _posts."
    raise NoJekyllError(f"no Jekyll project in {project.name or project}", hint)


def walk_project(project: Path, config: JekyllConfig) -> Iterator[JekyllText | Path]:
    """Every text of a project, and every other file that is published, in order."""
    top = project / config.source if config.source else project
    collections = {f"_{name}": name for name in config.collections() if name != "posts"}
    excluded = tuple(texts_of(config.values.get("exclude")))
    included = frozenset(texts_of(config.values.get("include")))
    for root, folders, names in os.walk(top):
        here = Path(root)
        inside = here.relative_to(top).as_posix()
        inside = "" if inside == "." else inside
        parts = tuple(filter(None, inside.split("/")))
        special = next((part for part in parts if part.startswith("_")), "")
        folders[:] = sorted(
            name
            for name in folders
            if _is_walked(name, special, collections, included)
            and not _is_excluded(posixpath.join(inside, name), excluded)
        )
        for name in sorted(names):
            path = posixpath.join(inside, name)
            hidden = name.startswith((".", "_", "#")) and name not in included
            if hidden or LEFTOVER.fullmatch(name) or _is_excluded(path, excluded):
                continue
            kind = _kind_of(special, collections)
            found = _read(here / name, path, kind, config)
            if found is not None:
                yield found
            elif (kind == "pages" or special in collections) and (parts or not _is_tool(name)):
                yield here / name


def _is_tool(name: str) -> bool:
    """Whether a file at the top is for those who work on the project."""
    small = name.lower()
    is_named = small in TOOLS or small.partition(".")[0] in TOOLS
    return is_named or small.startswith(TOOL_STARTS) or small.endswith(TOOL_ENDINGS)


def _is_walked(
    name: str,
    special: str,
    collections: Mapping[str, str],
    included: frozenset[str],
) -> bool:
    if name in included:
        return True
    if special:
        return not name.startswith((".", "_"))
    if name.startswith("_"):
        return name in (POSTS, DRAFTS) or name in collections
    return not name.startswith(".") and name not in FOLDERS


def _is_excluded(path: str, excluded: Sequence[str]) -> bool:
    return any(
        path == one.strip("/")
        or path.startswith(f"{one.strip('/')}/")
        or fnmatch.fnmatch(path, one)
        for one in excluded
    )


def _kind_of(special: str, collections: Mapping[str, str]) -> str:
    if special == POSTS:
        return "posts"
    return "drafts" if special == DRAFTS else collections.get(special, "pages")


def _read(file: Path, path: str, kind: str, config: JekyllConfig) -> JekyllText | None:
    """A text; None for a file that is none: it has no settings at its head."""
    fault, values = "", {}
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            has_head = stream.read(8).lstrip(b"\xef\xbb\xbf").startswith(b"---")
        is_text = file.suffix.lower() in TEXTS
        if not has_head and not (is_text and kind in ("posts", "drafts")):
            return None
        if size > LARGEST:
            fault = "it is larger than 10 MB"
        else:
            found = split_foreign(file.read_bytes())
            fault, values = found.fault, dict(found.values)
    except OSError as error:
        fault = f"it cannot be read: {error.strerror}"
    stem = posixpath.splitext(posixpath.basename(path))[0]
    name = NAME.fullmatch(stem) if kind in ("posts", "drafts") or kind != "pages" else None
    folders = tuple(part for part in posixpath.dirname(path).split("/") if part)
    mark = next((number for number, part in enumerate(folders) if part.startswith("_")), None)
    if mark is not None:
        folders = folders[:mark] if kind in ("posts", "drafts") else folders[mark + 1 :]
    merged = {**config.defaults(path, kind), **{str(key): value for key, value in values.items()}}
    slug, date = (name["slug"], name["date"]) if name else (stem, "")
    return JekyllText(file, path, kind, slug, date, folders, merged, fault)


def is_published(values: Mapping[str, Any]) -> bool:
    """Whether a collection has pages of its own."""
    return is_true(values.get("output"))
