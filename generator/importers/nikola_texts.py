"""Texts of a Nikola site: from a file, or two, to its settings and its body."""

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path

from generator.importers.foreign import split_foreign, text_of
from generator.importers.incoming import text_of_file
from generator.importers.nikola_settings import Gathering, NikolaSettings
from generator.importers.notebooks import read_notebook
from generator.importers.old_site import OldFile
from generator.importers.pelican_texts import html_body, read_date
from generator.model.values import frozen

SETTING = re.compile(r"^[ \t]*\.\. ([^:\n]+):[ \t]?(.*)$", re.MULTILINE)
ZONE = re.compile(r" UTC([+-]\d\d:\d\d)")
BLANK = re.compile(r"\n[ \t]*\n")
COMMENT = re.compile(r"\A\s*<!--(.*?)-->", re.DOTALL)
TEASER = re.compile(
    r"<!--\s*+(?:TEASER_END|END_TEASER)\b(?:(?!-->|<!--)[^\n])*+\s*+-->|^\.\. TEASER_END.*+$",
    re.MULTILINE,
)
REST_TITLE = re.compile(
    r"\A\s*+(?:([=\-~^\"#*+`.:_])\1++\n)?+[ ]*+(?P<title>\S[^\n]*+)\n"
    r"([=\-~^\"#*+`.:_])\3{2,}+[ \t]*+\n"
)
MARKDOWN_TITLE = re.compile(r"\A\s*+#[ \t]++([^\n]++)\n")


@frozen
class Place:
    """A text of the site: its file, language, and where its gathering publishes it."""

    file: Path
    path: str
    language: str
    folder: str
    is_post: bool

    @property
    def stem(self) -> str:
        """The name without language and ending."""
        name = self.path.rpartition("/")[2]
        name = name.rpartition(".")[0]
        return name.removesuffix(f".{self.language}")

    @property
    def untranslated(self) -> str:
        """Its path without language and ending: what all its translations have in common."""
        return posixpath.join(posixpath.dirname(self.path), self.stem)


@frozen
class NikolaText:
    """A text's settings, by their names, and its body, in `compiler`'s markup.

    `files` are pictures that a notebook held.
    """

    values: dict[str, str]
    body: str
    compiler: str
    fault: str = ""
    files: tuple[OldFile, ...] = ()


def find_texts(settings: NikolaSettings) -> Iterator[Place]:
    """Every text that Nikola would find, in the order of its path."""
    found: dict[str, Place] = {}
    for gathering in settings.gatherings():
        for place in _gathered(settings, gathering):
            found.setdefault(place.path, place)
    yield from (found[path] for path in sorted(found))


def _gathered(settings: NikolaSettings, gathering: Gathering) -> Iterator[Place]:
    start = settings.folder / gathering.folder
    suffix = posixpath.splitext(gathering.pattern)[1]
    others = [one for one in settings.translations if one != settings.language]
    for file in sorted(start.rglob("*")) if start.is_dir() else ():
        within = file.relative_to(start).as_posix()
        if any(part.startswith(".") for part in within.split("/")) or not file.is_file():
            continue
        name = file.name
        language = next(
            (one for one in others if name.endswith(f".{one}{suffix}")), settings.language
        )
        if language == settings.language and name.endswith((".meta", "~")):
            continue
        plain = (
            name
            if language == settings.language
            else (f"{name.removesuffix(f'.{language}{suffix}')}{suffix}")
        )
        if fnmatch(plain, gathering.pattern):
            folder = posixpath.normpath(
                posixpath.join(gathering.destination(language), posixpath.dirname(within))
            )
            path = file.relative_to(settings.folder).as_posix()
            yield Place(file, path, language, folder.strip("./"), gathering.is_post)


def read_text(place: Place, settings: NikolaSettings) -> NikolaText:
    """Read a text, with its settings from its own file or the one beside it."""
    compiler = settings.compiler_of(place.file.suffix.lower())
    text = text_of_file(place.file)
    if text is None:
        return NikolaText({}, "", compiler, "not a text file")
    beside = _settings_beside(place)
    named = settings.in_name(place.path)
    if compiler == "ipynb" and (notebook := read_notebook(text, f"images/{place.untranslated}")):
        values = {**named, **(beside or notebook.settings)}
        return NikolaText(values, notebook.markdown, "markdown", files=notebook.files)
    if compiler not in ("rest", "markdown", "html", "wordpress"):
        return NikolaText({}, "", compiler, f"written for {compiler or place.file.suffix}")
    if beside:
        values = {**named, **settings.renamed(beside)}
        return NikolaText(values, _body(text, compiler), compiler)
    values, body = split_settings(text)
    values = {**named, **settings.renamed(values)}
    if "title" not in values and (title := _first_title(body, compiler)):
        values["title"] = title
    return NikolaText(values, _body(body, compiler), compiler)


def _settings_beside(place: Place) -> dict[str, str]:
    """The settings in a `.meta` file beside a text; those of its language first."""
    base = place.file.with_name(place.stem)
    for name in dict.fromkeys((f"{place.stem}.{place.language}.meta", f"{place.stem}.meta")):
        if (file := base.with_name(name)).is_file() and (text := text_of_file(file)) is not None:
            return split_settings(f"{text}\n\n")[0]
    return {}


def split_settings(text: str) -> tuple[dict[str, str], str]:
    """The settings at the top of a text, and the text below them."""
    if text.lstrip().startswith(("---\n", "+++\n")):
        found = split_foreign(text.encode("utf-8", "replace"))
        if not found.fault:
            return {
                str(key).lower(): _joined(value) for key, value in found.values.items()
            }, found.body
    start = text.lstrip("\n")
    comment = COMMENT.match(start)
    if comment and SETTING.search(comment[1].strip().split("\n")[0]):
        head, body = comment[1], start[comment.end() :]
    elif SETTING.match(start):
        blank = BLANK.search(start)
        head, body = (start[: blank.start()], start[blank.end() :]) if blank else (start, "")
    else:
        return {}, text
    values: dict[str, str] = {}
    for line in head.split("\n"):
        if match := SETTING.match(line):
            values[match[1].strip().lower()] = match[2].strip()
    return values, body


def _joined(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else text_of(value)


def _body(text: str, compiler: str) -> str:
    text = html_body(text) if compiler == "html" else text
    return TEASER.sub("", text)


def _first_title(body: str, compiler: str) -> str:
    """A title from the first heading, as Nikola takes it where no setting names one."""
    found = (REST_TITLE if compiler == "rest" else MARKDOWN_TITLE).match(body)
    if found is None:
        return ""
    return found["title"].strip() if compiler == "rest" else found[1].rstrip("#").strip()


def moment_of(text: str) -> datetime | None:
    """A date as Nikola reads it: `UTC+01:00` is a zone whose clocks are an hour ahead."""
    return read_date(ZONE.sub(r"\1", text))
