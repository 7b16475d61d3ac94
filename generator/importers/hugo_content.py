"""Hugo's content: every text with its settings, those that it inherits, and its address."""

import fnmatch
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.importers.foreign import Foreign, split_foreign, text_of
from generator.importers.foreign_dates import WrittenDate, read_date
from generator.importers.hugo_addresses import Placing, as_path, by_hand, expanded, ugly
from generator.importers.hugo_config import HugoConfig, HugoLanguage
from generator.importers.org_text import split_org
from generator.model.values import frozen, replace
from generator.read.dates import date_from_name
from generator.read.walk import LEFTOVER

MARKDOWN = (".md", ".markdown", ".mdown")
MARKUP = (".html", ".htm")
ORG = ".org"
OTHER = (ORG, ".rst", ".adoc", ".asciidoc", ".pandoc", ".pdc")
TEXTS = (*MARKDOWN, *MARKUP, *OTHER)
LARGEST = 10 * 1024 * 1024
INDEX, LIST = "index", "_index"
MOST_WAYS = 20
NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
"""What Hugo takes for the date of a text that has none."""


@frozen
class HugoText:
    """A text of a Hugo site; `path` is relative to its language's folder, keys in small letters.

    `folders` are those that it lies in, `sections` those of them that are sections, `name` what its
    address is made from. `is_list` is an `_index`; `is_bundle` an `index`, whose folder belongs to
    it.
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
    sections: tuple[str, ...] = ()

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


@frozen
class Spoken:
    """Which language a file of the content is in: as its name says (`a.de.md`), else its folder's.

    `codes` are all languages of the site, None for one that is off; `folders` the languages'
    folders, each with the first language that has it.
    """

    codes: Mapping[str, HugoLanguage | None]
    folders: Mapping[str, HugoLanguage]
    folder: str = ""

    def within(self, folder: str) -> "Spoken":
        """The same, for files of one of the folders."""
        return replace(self, folder=folder)

    def told(self, name: str) -> tuple[str, HugoLanguage | None]:
        """A file's name without the code of its language, and the language; None for one off."""
        stem, ending = posixpath.splitext(name)
        first, code = posixpath.splitext(stem)
        if first and code[1:].lower() in self.codes:
            return first + ending, self.codes[code[1:].lower()]
        return name, self.folders[self.folder]


def walk_content(
    project: Path, folder: str, spoken: Spoken, ignored: Callable[[str], bool], below: str = ""
) -> Iterator[HugoText | HugoFile]:
    """Every text and file of a folder of content, in order, each in its language.

    The folder itself may lie `below` another one, by a mount.

    Links are not followed; names with a dot, editors' copies and what the site has `ignored` are
    passed over, and so is what is in a language that is off.
    """
    top = project / folder
    for root, folders, names in os.walk(top):
        here = Path(root)
        inside = here.relative_to(top).as_posix()
        inside = posixpath.join(below, "" if inside == "." else inside).strip("/")
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and (here / name).relative_to(project).as_posix() not in spoken.folders
        )
        known = [
            name
            for name in sorted(names)
            if not (name.startswith(".") or LEFTOVER.fullmatch(name))
            and not ignored((here / name).relative_to(project).as_posix())
        ]
        owners = [name for name in known if _stem(name) == INDEX and _is_text(name)]
        if owners:
            yield from _bundle(here, inside, owners, spoken.within(folder))
            folders.clear()
            continue
        for name in known:
            plain, language = spoken.within(folder).told(name)
            if language is None:
                continue
            path = posixpath.join(inside, plain)
            if _is_text(name):
                yield read_text(here / name, path, language)
            else:
                yield HugoFile(here / name, posixpath.join(inside, name), language)


def _bundle(
    here: Path, inside: str, owners: Sequence[str], spoken: Spoken
) -> Iterator[HugoText | HugoFile]:
    """A bundle in each of its languages, which share its files but for those of one of them."""
    for name in owners:
        plain, language = spoken.told(name)
        if language is not None:
            path = posixpath.join(inside, plain)
            yield read_text(here / name, path, language)
            yield from _bundled(here, inside, path, language, spoken)


def _bundled(
    here: Path, inside: str, owner: str, language: HugoLanguage, spoken: Spoken
) -> Iterator[HugoFile]:
    """The files of a bundle, to the bottom; texts among them have no page of their own."""
    for root, folders, names in os.walk(here):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            plain, own = spoken.told(name)
            is_others = plain != name and own is not language
            if not (
                name.startswith(".") or LEFTOVER.fullmatch(name) or _is_text(name) or is_others
            ):
                file = Path(root, name)
                path = posixpath.join(inside, file.relative_to(here).as_posix())
                yield HugoFile(file, path, language, owner)


def _is_text(name: str) -> bool:
    return name.lower().endswith(TEXTS)


def _stem(name: str) -> str:
    """A file's name without its ending, and without the code of a language before that."""
    return name.partition(".")[0]


def split_text(file: Path) -> Foreign:
    """A text's settings and body; those of one in Org stand in lines of their own."""
    found = split_foreign(file.read_bytes())
    return split_org(found.body) if file.suffix.lower() == ORG and not found.values else found


def read_text(file: Path, path: str, language: HugoLanguage) -> HugoText:
    """A text's settings; `path` is relative to its folder, without the code of a language."""
    fault, values, has_body = "", {}, False
    try:
        if file.stat().st_size > LARGEST:
            fault = "it is larger than 10 MB"
        elif not file.is_file():
            fault = "it is no file"
        else:
            found = split_text(file)
            fault, has_body = found.fault, bool(found.body.strip())
            values = {str(key).lower(): value for key, value in found.values.items()}
    except OSError as error:
        fault = f"it cannot be read: {error.strerror}"
    inside, _, filename = path.rpartition("/")
    stem, is_bundle = posixpath.splitext(filename)[0], _stem(filename) == INDEX
    is_list = _stem(filename) == LIST
    parts = tuple(filter(None, inside.split("/")))
    folders, name = (parts[:-1], parts[-1]) if is_bundle and parts else (parts, stem)
    return HugoText(
        file, path, language, folders, name, is_list, is_bundle, values, fault, has_body
    )


def with_sections(texts: Sequence[HugoText]) -> list[HugoText]:
    """Texts with their sections: the first folder, and those below that have an `_index`."""
    known = {(text.language.code, text.folders) for text in texts if text.is_list}

    def of(text: HugoText) -> tuple[str, ...]:
        lengths = range(len(text.folders), 1, -1)
        found = (n for n in lengths if (text.language.code, text.folders[:n]) in known)
        return text.folders[: next(found, 1)]

    return [replace(text, sections=of(text)) for text in texts]


Rule = tuple[Mapping[str, Any], Mapping[str, Any]]
"""Which texts are meant, and what they inherit."""


class Cascades:
    """What texts inherit from the `_index` of the folders above them (Hugo's `cascade`).

    `of_site` is what the configuration gives to all of them.
    """

    def __init__(self, of_site: object = None) -> None:
        self._of_site = list(_rules(of_site))
        self._of_folder: dict[tuple[str, str], list[Rule]] = {}

    def add(self, text: HugoText) -> None:
        """Take a list's cascade in."""
        place = text.language.code, "/".join(text.folders)
        self._of_folder.setdefault(place, []).extend(_rules(text.values.get("cascade")))

    def inherited(self, text: HugoText) -> HugoText:
        """The text with all that it inherits; what it says itself counts."""
        rules = [*self._of_site]
        for length in range(len(text.folders) + 1):
            folder = "/".join(text.folders[:length])
            rules += self._of_folder.get((text.language.code, folder), ())
        values: dict[str, Any] = {}
        for target, told in rules:
            if _is_meant(target, text):
                values |= told
        return text if not values else replace(text, values={**values, **text.values})


def _rules(told: object) -> Iterator[Rule]:
    for rule in told if isinstance(told, list) else [told]:
        if isinstance(rule, Mapping):
            values = {str(key).lower(): value for key, value in rule.items()}
            target = values.pop("_target", values.pop("target", None))
            yield target if isinstance(target, Mapping) else {}, values


def _is_meant(target: Mapping[str, Any], text: HugoText) -> bool:
    path = "/" + "/".join((*text.folders, *(() if text.is_list else (text.name,))))
    facts = {
        "kind": "page" if not text.is_list else "section" if text.folders else "home",
        "lang": text.language.code,
        "path": path.lower().replace(" ", "-"),
        "environment": "production",
    }
    return all(
        not text_of(target.get(key)) or _fits(fact, text_of(target.get(key)).lower())
        for key, fact in facts.items()
    )


def _fits(fact: str, pattern: str) -> bool:
    """Whether a pattern such as `/{news,blog}/**` means something."""
    before, brace, rest = pattern.partition("{")
    if not brace:
        return fnmatch.fnmatchcase(fact, pattern)
    inside, _, behind = rest.partition("}")
    return any(_fits(fact, before + one.strip() + behind) for one in inside.split(",")[:MOST_WAYS])


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
        pattern = config.permalink(text.section, "section") if len(parts) == 1 else ""
        placing = Placing(text.text("title"), "", text.section, text.folders, NO_DATE)
        address = expanded(pattern, placing, **case) if pattern else f"/{'/'.join(parts)}/"
        return f"{prefix}{address}".replace("//", "/")
    slug, name = text.text("slug"), text.name
    if ":filename" in config.date_keys("date") and not slug:
        name = date_from_name(name)[1] or name
    date = date_of(text, "date", config)
    address = ""
    if pattern := config.permalink(text.section):
        instant = date.instant if date else NO_DATE
        placing = Placing(text.text("title"), slug, name, text.sections or text.folders, instant)
        address = expanded(pattern, placing, **case)
    if not address:
        last = as_path(slug or name, **case)
        address = f"/{'/'.join((*parts, last.strip('/')))}/"
    if config.is_ugly(text.section):
        address = ugly(address)
    return prefix + address
