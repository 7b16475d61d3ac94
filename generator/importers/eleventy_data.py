"""The data that an Eleventy project gives to its texts: global, by folder, by text.

Front matter goes before a text's own data file, that before its folder's, and the nearest folder
before those above it; lists of tags are joined (11ty.dev, "Data cascade").
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from generator.importers.eleventy_config import EleventyConfig, read_data_file
from generator.importers.foreign import Plain, text_of
from generator.importers.javascript_data import FilledText
from generator.read.dates import ParsedDate, parse_date
from generator.read.plain_yaml import as_typed

DATA_SUFFIXES = (".json", ".yaml", ".yml", ".toml", ".js", ".cjs", ".mjs")
FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
MOST_DATA_FILES = 500
ALL = ("permalink", "eleventyComputed", "tags", "eleventyExcludeFromCollections")
"""Global data that say of every text what its own settings could."""
PEOPLE = ("authors", "team", "people", "staff", "members", "contributors", "writers")


class ElevenData:
    """Data files of a project, each read when it is asked for first."""

    def __init__(self, folder: Path, config: EleventyConfig) -> None:
        self._folder, self._config = folder, config
        self._of_folder: dict[Path, dict[str, Any]] = {}
        self.shared = {**config.global_data, **self._global()}

    def _global(self) -> dict[str, Any]:
        start = self._folder / self._config.data
        found: dict[str, Any] = {}
        files = sorted(start.rglob("*")) if start.is_dir() else []
        for file in files[:MOST_DATA_FILES]:
            if file.suffix not in DATA_SUFFIXES or not file.is_file():
                continue
            value = read_data_file(file)
            if value is None:
                continue
            *folders, name = file.relative_to(start).with_suffix("").parts
            holder = found
            for part in folders:
                inner = holder.setdefault(part, {})
                holder = inner if isinstance(inner, dict) else {}
            holder[name.removesuffix(".11tydata")] = value
        return found

    def of(self, file: Path) -> dict[str, Any]:
        """What data files say of a text."""
        source = self._folder / self._config.source
        found: dict[str, Any] = {key: self.shared[key] for key in ALL if key in self.shared}
        for folder in (*reversed(file.parents),):
            if folder == source or source in folder.parents:
                found = merged(found, self._folder_data(folder))
        own = file.with_suffix("")
        return merged(found, self._beside(own.parent, own.name))

    def _folder_data(self, folder: Path) -> dict[str, Any]:
        if folder not in self._of_folder:
            self._of_folder[folder] = self._beside(folder, folder.name)
        return self._of_folder[folder]

    def _beside(self, folder: Path, name: str) -> dict[str, Any]:
        """`name.json`, `name.11tydata.json`, `name.11tydata.js`: what they say."""
        found: dict[str, Any] = {}
        for middle in ("", ".11tydata"):
            for suffix in DATA_SUFFIXES:
                if not middle and suffix in (".js", ".cjs", ".mjs"):
                    continue  # a template of its own, or a script
                file = folder / f"{name}{middle}{suffix}"
                value = read_data_file(file) if file.is_file() else None
                if isinstance(value, dict):
                    found = merged(found, value)
        return found

    def people(self) -> Mapping[str, Mapping[str, Any]]:
        """Who the project's data files know, by their slugs."""
        found: dict[str, Mapping[str, Any]] = {}
        for name in PEOPLE:
            value = self.shared.get(name)
            if isinstance(value, dict):
                entries = [(str(key), one) for key, one in value.items()]
            elif isinstance(value, list):
                entries = [(_slug_in(one), one) for one in value]
            else:
                continue
            for slug, one in entries:
                if slug and isinstance(one, Mapping) and name_in(one):
                    found.setdefault(slug, one)
        return found


def _slug_in(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    return next(
        filter(None, (text_of(value.get(key)) for key in ("slug", "id", "key", "github"))), ""
    )


def name_in(person: Mapping[str, Any]) -> str:
    """A person's name."""
    named = (text_of(person.get(key)) for key in ("full_name", "name", "fullName", "title"))
    return next(filter(None, named), "")


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Data with other data over it: mappings and lists of tags are joined."""
    found = dict(under)
    for key, value in over.items():
        held = found.get(key)
        if isinstance(held, dict) and isinstance(value, dict):
            found[key] = merged(held, value)
        elif key == "tags" and held:
            found[key] = [*_listed(held), *_listed(value)]
        else:
            found[key] = value
    return found


def _listed(value: object) -> list[Any]:
    return [*value] if isinstance(value, list | tuple) else [value] if value else []


def typed(value: object) -> Any:  # noqa: ANN401 - whatever there is
    """Data as templates take it: numbers and switches are such; functions are not there."""
    if isinstance(value, Mapping):
        return {str(key): typed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [typed(inner) for inner in value]
    if isinstance(value, Plain):
        return as_typed(str(value))
    return None if isinstance(value, FilledText) else value


def read_date(value: object, path: str) -> tuple[datetime | None, str]:
    """When a text is from, and the date as it was written; by its settings, else by its path."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)), value.isoformat(sep=" ")
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC), value.isoformat()
    written = text_of(value)
    if not written and (found := FILE_DATE.search(path)):
        written = found[1]
    parsed = parse_date(written, UTC) if written else None
    if isinstance(parsed, ParsedDate):
        return parsed.instant.astimezone(UTC), written
    return None, ""
