"""Hugo's configuration: one file or a folder of them, in three languages, as gohugo.io has it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from generator.importers.foreign import is_false, is_true, read_data, text_of, texts_of
from generator.importers.hugo_addresses import as_path
from generator.importers.hugo_mounts import Mount, mounts_in
from generator.importers.time_zones import zone_called
from generator.limits import TimeUp, within
from generator.model.problems import HinderedError
from generator.model.values import frozen

SUFFIXES = (".toml", ".yaml", ".yml", ".json")
ROOTS = ("hugo", "config")
FOLDERS = ("config/_default", "config/production")
LARGEST = 5_000_000
SECONDS = 0.2
TAXONOMIES = {"tag": "tags", "category": "categories"}


class NoHugoError(HinderedError):
    """No configuration of Hugo's."""


@frozen
class HugoLanguage:
    """One language of a site: its code, its folder, and what its addresses begin with."""

    code: str
    folder: str
    prefix: str
    title: str = ""


class HugoConfig:
    """What a Hugo site's configuration says; keys are told apart without case, as in Hugo."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.title = text_of(values.get("title"))
        self.base_url = text_of(values.get("baseurl"))
        self.language = text_of(values.get("defaultcontentlanguage")).lower() or "en"
        self.locale = text_of(values.get("languagecode") or values.get("locale"))
        self.timezone = text_of(values.get("timezone"))
        self.params: Mapping[str, Any] = _mapping(values.get("params"))
        self.taxonomies = self._taxonomies()
        self.content = text_of(values.get("contentdir")) or "content"
        self.static = texts_of(values.get("staticdir")) or ("static",)
        pages = _mapping(values.get("pagination"))
        size = text_of(pages.get("pagersize") or values.get("paginate"))
        self.on_page = int(size) if size.isdecimal() else 10
        self.page_path = text_of(pages.get("path") or values.get("paginatepath")) or "page"
        self.keeps_case = is_true(values.get("disablepathtolower"))
        self.without_accents = is_true(values.get("removepathaccents"))
        self.names_emoji = is_true(values.get("enableemoji"))
        self.builds_future = is_true(values.get("buildfuture"))
        self.builds_expired = is_true(values.get("buildexpired"))
        self.builds_drafts = is_true(values.get("builddrafts"))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of times that name none."""
        return zone_called(self.timezone)

    @property
    def curls_quotes(self) -> bool:
        """Whether Markdown's quotes were curled: goldmark's typographer is on unless disabled."""
        goldmark = _mapping(_mapping(self.values.get("markup")).get("goldmark"))
        told = _mapping(goldmark.get("extensions")).get("typographer")
        is_off = is_true(told.get("disable")) if isinstance(told, Mapping) else is_false(told)
        return told is None or not is_off

    def languages(self) -> tuple[HugoLanguage, ...]:
        """Every language that is not disabled, the main one first."""
        told = _mapping(self.values.get("languages"))
        in_folder = is_true(self.values.get("defaultcontentlanguageinsubdir"))
        found = [self._language(self.language, _mapping(told.get(self.language)), in_folder)]
        off = self.languages_off()
        for code, language in told.items():
            if code != self.language and code not in off:
                found.append(self._language(code, _mapping(language), True))
        return tuple(found)

    def languages_off(self) -> frozenset[str]:
        """The languages of which nothing is published."""
        told = _mapping(self.values.get("languages"))
        off = {code for code, one in told.items() if is_true(_mapping(one).get("disabled"))}
        return frozenset(off | set(map(str.lower, texts_of(self.values.get("disablelanguages")))))

    def ignores(self) -> Callable[[str], bool]:
        """Which paths of the project `ignoreFiles` means: patterns as Go has them."""
        patterns = []
        for told in texts_of(self.values.get("ignorefiles")):
            with suppress(re.error, RecursionError):
                patterns.append(re.compile(told))

        def is_ignored(path: str) -> bool:
            with suppress(TimeUp):
                return any(within(SECONDS, partial(one.search, f"/{path}")) for one in patterns)
            return False

        return is_ignored

    def _language(self, code: str, told: Mapping[str, Any], has_prefix: bool) -> HugoLanguage:
        folder = self._mounted(code) or text_of(told.get("contentdir")) or self.content
        return HugoLanguage(
            code, folder.strip("/"), f"/{code}" if has_prefix else "", text_of(told.get("title"))
        )

    def _mounted(self, code: str) -> str:
        """The folder that a module mounts as the content of a language."""
        whole = (mount for mount in mounts_in(self.values, "content") if not mount.below)
        fit = (mount for mount in whole if not mount.languages or code in mount.languages)
        return next((mount.source for mount in fit), "")

    def further_content(self) -> Iterator[tuple[Mount, HugoLanguage]]:
        """Folders that are mounted beside or below the languages' own, each with its language."""
        languages = self.languages()
        known = {language.folder for language in languages}
        by_code = {language.code: language for language in languages}
        for mount in mounts_in(self.values, "content"):
            if mount.below or mount.source not in known:
                code = mount.languages[0] if mount.languages else self.language
                if code in by_code:
                    yield mount, by_code[code]

    def static_mounts(self) -> tuple[Mount, ...]:
        """The folders whose files are published as they are."""
        mounted = tuple(dict.fromkeys(mounts_in(self.values, "static")))
        return mounted or tuple(map(Mount, self.static))

    def path(self, words: str) -> str:
        """Words as a part of an address."""
        return as_path(words, keeps_case=self.keeps_case, without_accents=self.without_accents)

    def is_ugly(self, section: str) -> bool:
        """Whether a section's pages are `name.html`."""
        ugly = self.values.get("uglyurls")
        return is_true(ugly.get(section.lower()) if isinstance(ugly, Mapping) else ugly)

    def permalink(self, section: str, kind: str = "page") -> str:
        """The pattern of addresses in a section, or of a taxonomy's terms; or nothing."""
        patterns = _mapping(self.values.get("permalinks"))
        of_kind = patterns.get(kind)
        is_flat = kind in ("page", "term") and not isinstance(of_kind, Mapping)
        return text_of((patterns if is_flat else _mapping(of_kind)).get(section.lower()))

    def date_keys(self, key: str) -> tuple[str, ...]:
        """The names under which a date may stand, in their order, as `frontmatter` has them."""
        usual = USUAL_DATES[key]
        asked = texts_of(_mapping(self.values.get("frontmatter")).get(key))
        if not asked:
            return usual
        found: list[str] = []
        for name in map(str.lower, asked):
            found.extend(usual if name == ":default" else (name,))
        return tuple(dict.fromkeys(found))

    def _taxonomies(self) -> Mapping[str, str]:
        told = self.values.get("taxonomies")
        if not isinstance(told, Mapping):
            return TAXONOMIES
        return {singular: text_of(plural) for singular, plural in told.items() if text_of(plural)}


USUAL_DATES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "lastmod": ("lastmod", "modified"),
    "publishdate": ("publishdate", "pubdate", "published"),
    "expirydate": ("expirydate", "unpublishdate"),
}


def config_files(project: Path) -> Iterator[tuple[str, Path]]:
    """The configuration's files, each with the key that it is the value of; "" for the root."""
    for name in ROOTS:
        for suffix in SUFFIXES:
            if (file := project / f"{name}{suffix}").is_file():
                yield "", file
    for folder in FOLDERS:
        if not (project / folder).is_dir():
            continue
        for file in sorted((project / folder).iterdir()):
            if file.suffix in SUFFIXES and file.is_file():
                yield "" if file.stem in ROOTS else file.stem, file


def read_hugo_config(project: Path) -> tuple[HugoConfig, tuple[str, ...]]:
    """A project's configuration, and what was wrong with its files.

    Raises NoHugoError where there is none.
    """
    values: dict[str, Any] = {}
    faults = []
    files = list(config_files(project))
    if not files:
        hint = "Name the folder that holds hugo.toml (or hugo.yaml, config.toml, config/_default)."
        raise NoHugoError(f"no Hugo project in {project.name or project}", hint)
    for key, file in files:
        shown = file.relative_to(project).as_posix()
        if file.stat().st_size > LARGEST:
            faults.append(f"{shown}: too large")
            continue
        found, fault = read_data(file.read_bytes(), file.suffix)
        if fault:
            faults.append(f"{shown}: {fault}")
        if isinstance(found, Mapping):
            for part in reversed(list(filter(None, key.split(".")))):
                found = {part: found}
            values = _merged(values, lowered(found))
    return HugoConfig(values), tuple(faults)


def lowered(value: Any) -> Any:  # noqa: ANN401 - whatever there is
    """A value whose keys, all the way down, are in small letters."""
    if isinstance(value, Mapping):
        return {str(key).lower(): lowered(inner) for key, inner in value.items()}
    return [lowered(inner) for inner in value] if isinstance(value, list) else value


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
