"""Eleventy's configuration, read as text as far as it says things plainly; it is never run."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.importers.foreign import read_data
from generator.importers.javascript_data import (
    FilledText,
    NotDataError,
    exported,
    filled_text,
    value_at,
)
from generator.importers.javascript_functions import worked
from generator.importers.javascript_library import UnworkableError
from generator.model.values import frozen

CONFIGS = (
    *(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
    *("eleventy.config.ts", ".eleventy.cjs"),
)
DIR = re.compile(r"\bdir\s*:\s*(?=\{)|\bexport\s+const\s+config\s*=\s*(?=\{)")
SETTER = re.compile(r"\.set(Input|Output|Includes|Layouts|Data)Directory\(\s*([\"'`])(.*?)\2")
PASSTHROUGH = re.compile(r"\.addPassthroughCopy\(\s*")
SHORTCODE = re.compile(
    r"\.add(?P<kind>Paired|Async|PairedAsync|PairedLiquid|PairedNunjucks|Liquid|Nunjucks)?"
    r"(?P<what>Shortcode|Filter)\(\s*([\"'`])(?P<name>[\w-]+)\3\s*,\s*"
)
LAYOUT_DATA = re.compile(r"\.addGlobalData\(\s*([\"'`])([\w.]+)\1\s*,\s*")
REQUIRED = re.compile(
    r"\b(?:const|let|var|import)\s++(\{[^{}]*+\}|\w++)\s*+(?:=\s*+require\(\s*+|from\s++)"
    r"([\"'])(\.{1,2}/[^\"'\n]++)\2"
)
PATTERN = re.compile(r"(?<![\w./:*{}$-])/[\w.:$\{\}/-]++")
DATED = frozenset({"YYYY", "MM", ":year"})
PREFIX = re.compile(r"\bpathPrefix\s*:\s*([\"'`])(.*?)\1")
TOLD = re.compile(r"(?m)^[ \t]*(?://|\*|/\*)[^\n]*?\bat\s+(/[\w./:<>{}$-]*)")
IN_TEXTS = re.compile(r"(?m)^[ \t]*//[^\n]*\b(Nunjucks|njk) in texts\b", re.IGNORECASE)
WORDS = {
    "yyyy": ":year",
    "mm": ":month",
    "dd": ":day",
    "year": ":year",
    "month": ":month",
    **dict.fromkeys(("day",), ":day"),
    **dict.fromkeys(("name", "slug", "title", "fileslug", "filename", "post"), ":slug"),
}
ENGINE = re.compile(r"\bmarkdownTemplateEngine\s*:\s*(?:([\"'`])(\w+)\1|(false))")
LARGEST = 1_000_000
MOST_FILES = 40


@frozen
class EleventyConfig:
    """What a project's configuration says.

    Folders are relative to the project. `copied` maps what is copied as it is to where it goes.
    `shortcodes` and `filters` are the project's own, as far as they only fill in a text; `patterns`
    are addresses with a date in them that the configuration speaks of.
    """

    source: str = "."
    includes: str = "_includes"
    layouts: str = "_includes"
    data: str = "_data"
    output: str = "_site"
    prefix: str = ""
    markdown_engine: str = "liquid"
    copied: tuple[tuple[str, str], ...] = ()
    shortcodes: Mapping[str, FilledText] = {}
    paired: frozenset[str] = frozenset()
    filters: Mapping[str, FilledText] = {}
    patterns: tuple[str, ...] = ()
    global_data: Mapping[str, Any] = {}


def read_config(folder: Path) -> EleventyConfig:
    """Read a project's configuration; the defaults of Eleventy where there is none."""
    text = next(filter(None, (_text_of(folder / name) for name in CONFIGS)), "")
    file = next((folder / name for name in CONFIGS if (folder / name).is_file()), folder)
    dirs = _dirs(text)
    source = _tidy(dirs.get("input", "."))
    functions = _Functions(text, file)
    prefix = PREFIX.search(text)
    engine, in_texts = ENGINE.search(text), IN_TEXTS.search(text)
    includes = _joined(source, dirs.get("includes", "_includes"))
    return EleventyConfig(
        source=source,
        includes=includes,
        layouts=_joined(source, dirs["layouts"]) if "layouts" in dirs else includes,
        data=_joined(source, dirs.get("data", "_data")),
        output=_tidy(dirs.get("output", "_site")),
        prefix=f"/{prefix[2].strip('/')}" if prefix and prefix[2].strip("/") else "",
        markdown_engine=(engine[2] or "") if engine else "njk" if in_texts else "liquid",
        copied=tuple(_copied(text, source)),
        shortcodes=functions.shortcodes,
        paired=frozenset(functions.paired),
        filters=functions.filters,
        patterns=tuple(dict.fromkeys((*_told(text), *_patterns(text)))),
        global_data=dict(_global_data(text)),
    )


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace") if file.stat().st_size < LARGEST else ""
    except OSError:
        return ""


def _tidy(path: str) -> str:
    return posixpath.normpath(path.strip() or ".").removeprefix("./").strip("/") or "."


def _joined(source: str, path: str) -> str:
    return _tidy(posixpath.join(source, path))


def _dirs(text: str) -> dict[str, str]:
    """The folders that are named, by what they are for."""
    found: dict[str, str] = {}
    for match in DIR.finditer(text):
        try:
            value, _ = value_at(text, match.end())
        except (NotDataError, RecursionError):
            continue
        inner = value.get("dir", value)
        if isinstance(inner, dict):
            found |= {key: path for key, path in inner.items() if isinstance(path, str)}
    for match in SETTER.finditer(text):
        found[match[1].lower()] = match[3]
    return found


def _copied(text: str, source: str) -> Iterator[tuple[str, str]]:
    """What is copied as it is: a path in the project, and one on the site."""
    for match in PASSTHROUGH.finditer(text):
        at = match.end()
        try:
            value, _ = value_at(text, at)
        except (NotDataError, RecursionError):
            continue
        if isinstance(value, str):
            path = _tidy(value)
            target = path.removeprefix(f"{source}/") if source != "." else path
            yield path, target
        elif isinstance(value, dict):
            for path, target in value.items():
                if isinstance(target, str):
                    yield _tidy(str(path)), _tidy(target)


def _told(text: str) -> Iterator[str]:
    """Addresses that a note tells: `posts/*.md at /blog/name/`."""
    for match in TOLD.finditer(text):
        parts = [part for part in match[1].split("/") if part]
        words = [WORDS.get(part.strip("<>{}:$").lower(), part) for part in parts]
        stem, dot, ending = words[-1].partition(".") if words else ("", "", "")
        name = WORDS.get(stem.strip("<>{}:$").lower(), stem)
        if ":slug" in (*words, name) and not any(
            re.search(r"[<>{}*$]", word) for word in words[:-1]
        ):
            last = f"{name}{dot}{ending}" if ending else name
            yield f"/{'/'.join([*words[:-1], last])}{'' if ending else '/'}"


def _patterns(text: str) -> Iterator[str]:
    """Addresses of the kind `/YYYY/MM/DD/name/`, in our words."""
    for match in PATTERN.finditer(text):
        parts = [part for part in match[0].split("/") if part]
        if not DATED & {*parts}:
            continue
        ours = {"YYYY": ":year", "MM": ":month", "DD": ":day"}
        words = [ours.get(part, part) for part in parts]
        last = words[-1] if words else ""
        if last not in ours.values():
            ending = ".html" if last.endswith(".html") else "/"
            yield f"/{'/'.join([*words[:-1], ':slug'])}{ending}"


def _global_data(text: str) -> Iterator[tuple[str, Any]]:
    for match in LAYOUT_DATA.finditer(text):
        try:
            yield match[2], value_at(text, match.end())[0]
        except (NotDataError, RecursionError):
            if function := filled_text(text, match.end()):
                yield match[2], _handed_out(function)


def _handed_out(function: FilledText) -> Any:  # noqa: ANN401 - whatever there is
    """The data that a function hands out; the function itself where these are one again."""
    try:
        made = worked(function, [], {})
    except UnworkableError:
        return function
    return function if callable(made) else made


class _Functions:
    """The project's own shortcodes and filters, from its configuration and what that requires."""

    def __init__(self, text: str, file: Path) -> None:
        self.shortcodes: dict[str, FilledText] = {}
        self.filters: dict[str, FilledText] = {}
        self.paired: set[str] = set()
        self._seen = 0
        self._read(text, file)

    def _read(self, text: str, file: Path) -> None:
        modules = dict(self._required(text, file))
        for match in SHORTCODE.finditer(text):
            found = self._function(text, match.end(), modules)
            kind = match["kind"] or ""
            if match["what"] == "Filter":
                self.filters.setdefault(match["name"], found)
                continue
            self.shortcodes.setdefault(match["name"], found)
            if kind.startswith("Paired"):
                self.paired.add(match["name"])
        for other, source in modules.values():
            if (
                ".addShortcode(" in source
                or ".addPairedShortcode(" in source
                or ".addFilter(" in source
            ):
                self._read(source, other)

    def _function(self, text: str, at: int, modules: Mapping[str, tuple[Path, str]]) -> FilledText:
        """The function that is given: there and then, by a name of the file, or of another."""
        name = re.compile(r"(?:\w+\.)*(\w+)\s*[,)]").match(text, at)
        if name is None:
            return filled_text(text, at) or FilledText(())
        named = re.compile(
            rf"(?:function\s+{re.escape(name[1])}\s*(?=\()|(?:const|let|var)\s+{re.escape(name[1])}\s*=\s*"
            rf"|(?:exports\.{re.escape(name[1])}|module\.exports\.{re.escape(name[1])})\s*=\s*)"
        )
        for source in (text, *(source for _, source in modules.values())):
            if (found := named.search(source)) and (function := filled_text(source, found.end())):
                return function
        if name[1] in modules:
            function = exported_function(modules[name[1]][1])
            return function or FilledText(())
        return FilledText(())

    def _required(self, text: str, file: Path) -> Iterator[tuple[str, tuple[Path, str]]]:
        for match in REQUIRED.finditer(text):
            base = file.parent / match[3]
            for path in (base, base.with_name(f"{base.name}.js"), base / "index.js"):
                self._seen += 1
                if path.is_file() and self._seen < MOST_FILES and (source := _text_of(path)):
                    names = match[1].strip("{} \n")
                    for name in re.split(r"\s*,\s*", names):
                        yield name.partition(":")[2].strip() or name, (path, source)
                    break


def exported_function(source: str) -> FilledText | None:
    """The function that a file exports."""
    found = re.search(r"\bmodule\.exports\s*=\s*|\bexport\s+default\s+", source)
    return filled_text(source, found.end()) if found else None


def read_data_file(file: Path) -> Any:  # noqa: ANN401 - whatever there is
    """What a data file holds: JSON, YAML, TOML, or JavaScript as far as it is data."""
    if file.suffix in (".js", ".mjs", ".cjs", ".ts"):
        return exported(_text_of(file))
    try:
        return read_data(file.read_bytes(), file.suffix)[0]
    except OSError:
        return None
