"""Hugo's content: every text with its settings, those that it inherits, and its address."""

import fnmatch
import os
import posixpath
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.importers.foreign import split_foreign, text_of
from generator.importers.foreign_dates import WrittenDate, read_date
from generator.importers.hugo_addresses import Placing, as_path, by_hand, expanded, ugly
from generator.importers.hugo_config import HugoConfig, HugoLanguage
from generator.model.values import frozen, replace
from generator.read.dates import date_from_name
from generator.read.walk import LEFTOVER

MARKDOWN = (".md", ".markdown", ".mdown")
MARKUP = (".html", ".htm")
OTHER = (".org", ".rst", ".adoc", ".asciidoc", ".pandoc", ".pdc")
TEXTS = (*MARKDOWN, *MARKUP, *OTHER)
LARGEST = 10 * 1024 * 1024
INDEX, LIST = "index", "_index"
NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
"""What Hugo takes for the date of a text that has none."""


@frozen
class HugoText:
    """A text of a Hugo site; `path` is relative to its language's folder, keys in small letters.

    `folders` are those that it lies in, `name` what its address is made from. `is_list` is an
    `_index`; `is_bundle` an `index`, whose folder belongs to it.
    """

    file: Path
    path: str
    language: HugoLanguage
    folders: tuple[str, ...]
    name: str
    is_list: bool
    is_bundle: bool
    values: Any
    fault: str = ""
    has_body: bool = False

    @property
    def section(self) -> str:
        """The first folder."""
        return self.folders[0] if self.folders else ""

    @property
    def suffix(self) -> str:
        """The ending of its file's name."""
        return self.file.suffix.lower()

    def text(self, key: str) -> str:
        """A setting that is one line of text."""
        return text_of(self.values.get(key))


@frozen
class HugoFile:
    """A file among the texts that is none: `owner` is the text whose bundle it belongs to."""

    file: Path
    path: str
    language: HugoLanguage
    owner: str = ""


def walk_content(
    project: Path, language: HugoLanguage, others: frozenset[str]
) -> Iterator[HugoText | HugoFile]:
    """Every text and file of a language's folder, in order; `others` are the other folders.

    Links are not followed, names with a dot or of editors' copies are passed over.
    """
    top = project / language.folder
    for root, folders, names in os.walk(top):
        here = Path(root)
        inside = here.relative_to(top).as_posix()
        inside = "" if inside == "." else inside
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and (here / name).relative_to(project).as_posix() not in others
        )
        texts = [name for name in sorted(names) if not LEFTOVER.fullmatch(name)]
        owner = next((name for name in texts if _stem(name) == INDEX and _is_text(name)), "")
        if owner:
            yield read_text(here / owner, inside, language)
            yield from _bundled(here, inside, f"{inside}/{owner}", language)
            folders.clear()
            continue
        for name in texts:
            if name.startswith("."):
                continue
            if _is_text(name):
                yield read_text(here / name, inside, language)
            else:
                yield HugoFile(here / name, posixpath.join(inside, name), language)


def _bundled(here: Path, inside: str, owner: str, language: HugoLanguage) -> Iterator[HugoFile]:
    """The files of a bundle, to the bottom; texts among them have no page of their own."""
    for root, folders, names in os.walk(here):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not (name.startswith(".") or LEFTOVER.fullmatch(name) or _is_text(name)):
                file = Path(root, name)
                path = posixpath.join(inside, file.relative_to(here).as_posix())
                yield HugoFile(file, path, language, owner)


def _is_text(name: str) -> bool:
    return name.lower().endswith(TEXTS)


def _stem(name: str) -> str:
    """A file's name without its ending, and without the code of a language before that."""
    return name.partition(".")[0]


def read_text(file: Path, inside: str, language: HugoLanguage) -> HugoText:
    """A text's settings."""
    fault, values, has_body = "", {}, False
    try:
        if file.stat().st_size > LARGEST:
            fault = "it is larger than 10 MB"
        elif not file.is_file():
            fault = "it is no file"
        else:
            found = split_foreign(file.read_bytes())
            fault, has_body = found.fault, bool(found.body.strip())
            values = {str(key).lower(): value for key, value in found.values.items()}
    except OSError as error:
        fault = f"it cannot be read: {error.strerror}"
    stem, is_bundle = file.stem, _stem(file.name) == INDEX
    is_list = _stem(file.name) == LIST
    parts = tuple(filter(None, inside.split("/")))
    folders, name = (parts[:-1], parts[-1]) if is_bundle and parts else (parts, stem)
    path = posixpath.join(inside, file.name)
    return HugoText(
        file, path, language, folders, name, is_list, is_bundle, values, fault, has_body
    )


class Cascades:
    """What texts inherit from the `_index` of the folders above them (Hugo's `cascade`)."""

    def __init__(self) -> None:
        self._of_folder: dict[
            tuple[str, str], list[tuple[Mapping[str, Any], Mapping[str, Any]]]
        ] = {}

    def add(self, text: HugoText) -> None:
        """Take a list's cascade in."""
        told = text.values.get("cascade")
        if told is None:
            return
        rules = self._of_folder.setdefault((text.language.code, "/".join(text.folders)), [])
        for rule in told if isinstance(told, list) else [told]:
            if isinstance(rule, Mapping):
                values = {str(key).lower(): value for key, value in rule.items()}
                target = values.pop("_target", values.pop("target", None))
                rules.append((target if isinstance(target, Mapping) else {}, values))

    def inherited(self, text: HugoText) -> HugoText:
        """The text with all that it inherits; what it says itself counts."""
        values: dict[str, Any] = {}
        for length in range(len(text.folders) + 1):
            folder = "/".join(text.folders[:length])
            for target, told in self._of_folder.get((text.language.code, folder), ()):
                if _is_meant(target, text):
                    values |= told
        return text if not values else replace(text, values={**values, **text.values})


def _is_meant(target: Mapping[str, Any], text: HugoText) -> bool:
    kind = text_of(target.get("kind"))
    if kind and kind not in ("{page}", "page" if not text.is_list else "section"):
        return False
    if language := text_of(target.get("lang")):
        return language == text.language.code
    pattern = text_of(target.get("path"))
    path = "/" + "/".join((*text.folders, text.name))
    return not pattern or fnmatch.fnmatchcase(path, pattern.replace("{", "[").replace("}", "]"))


def date_of(text: HugoText, key: str, config: HugoConfig) -> WrittenDate | None:
    """A date of a text, by the keys that Hugo looks under, in their order."""
    for name in config.date_keys(key):
        if name == ":filename":
            found = read_date(date_from_name(text.name)[0], config.zone)
        elif name.startswith(":"):
            continue
        else:
            found = read_date(text.text(name), config.zone)
        if found:
            return found
    return None


def address_of(text: HugoText, config: HugoConfig) -> str:
    """Where Hugo puts a text, from the site's root."""
    prefix = text.language.prefix
    if url := text.text("url"):
        address = by_hand(url)
        is_whole = address.startswith(f"{prefix}/")
        return address if is_whole or not prefix else prefix + address
    case = {"keeps_case": config.keeps_case, "without_accents": config.without_accents}
    parts = tuple(as_path(part, **case) for part in text.folders)
    if text.is_list:
        return f"{prefix}/{'/'.join(parts)}/".replace("//", "/")
    slug, name = text.text("slug"), text.name
    if ":filename" in config.date_keys("date") and not slug:
        name = date_from_name(name)[1] or name
    date = date_of(text, "date", config)
    address = ""
    if pattern := config.permalink(text.section):
        instant = date.instant if date else NO_DATE
        placing = Placing(text.text("title"), slug, name, text.folders, instant)
        address = expanded(pattern, placing, **case)
    if not address:
        last = as_path(slug or name, **case)
        address = "/" + "/".join((*parts, last)) + "/"
    if config.is_ugly(text.section):
        address = ugly(address)
    return prefix + address
