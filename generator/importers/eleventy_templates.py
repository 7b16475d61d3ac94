"""The templates in texts of an Eleventy project: Liquid's and Nunjucks' signs, expanded.

Only the project's own includes and data files are looked at. What nobody can tell is left out,
and named once.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader as JinjaLoader
from jinja2 import ChainableUndefined, TemplateError, TemplateNotFound
from liquid.exceptions import LiquidError, TemplateNotFoundError
from liquid.loader import BaseLoader, TemplateSource

from generator.importers.eleventy_config import EleventyConfig
from generator.importers.eleventy_filters import FILTERS
from generator.importers.eleventy_shortcodes import (
    PICTURE_FILE,
    PICTURE_NAME,
    from_top,
    made_by_name,
    made_by_project,
    read_call,
    tidy_html,
)
from generator.importers.javascript_data import FilledText, filled
from generator.importers.javascript_functions import worked
from generator.importers.javascript_library import UnworkableError
from generator.importers.limited_liquid import LimitedLiquid
from generator.importers.old_site import Remark
from generator.importers.sandbox import BoundedEnvironment
from generator.importers.template_signs import Sign, outside_raw, signs_in, without_signs
from generator.importers.unknown_tags import remains
from generator.limits import TimeUp, within

FILTER = re.compile(r"\|\s*([A-Za-z_]\w*)")
NOTHING = "ELEVENTYNOTHINGX"
NOTHING_ON_LINE = re.compile(rf"(?m)^[ \t]*(?:{NOTHING}[ \t]*)+(?:\n|\Z)")
"""What was left out leaves no empty line: that would end a block of HTML."""
PLACE = re.compile(r"ELEVENTYPLACE(\d+)X")
LIQUID_TAGS = frozenset(
    (
        "assign",
        "break",
        "capture",
        "case",
        "comment",
        "continue",
        "cycle",
        "decrement",
        "doc",
        "echo",
        "else",
        "elsif",
        "for",
        "if",
        "ifchanged",
        "increment",
        "liquid",
        "raw",
        "render",
        "tablerow",
        "unless",
        "when",
        "include",
    )
)
NUNJUCKS_TAGS = frozenset(
    (
        "block",
        "call",
        "else",
        "elif",
        "elseif",
        "extends",
        "filter",
        "for",
        "from",
        "if",
        "import",
        "include",
        "macro",
        "raw",
        "set",
        "verbatim",
        "asyncEach",
        "asyncAll",
        "ifAsync",
    )
)
SIGNS = re.compile(r"\{%[^{}\n]*+%\}")
SECONDS = 2.0
LARGEST = 1_000_000
SWITCHES = {"true": True, "false": False}
HINT = "Write in the text what it showed."


class EleventyTemplates:
    """Expands the templates in texts, one after another; set up once for many."""

    def __init__(self, folder: Path, config: EleventyConfig) -> None:
        self._config = config
        self._folders = [folder / config.includes, folder / config.layouts]
        self.remarks: list[Remark] = []
        self._path = ""
        self._waiting: list[str] = []
        self._this: Mapping[str, Any] = {}
        own = {name: self._own(name, one) for name, one in config.filters.items()}
        self._filters = {**FILTERS, **own}
        self._liquid = self._liquid_environment()
        self._nunjucks = self._nunjucks_environment()

    def expanded(self, text: str, engine: str, values: Mapping[str, Any], path: str) -> str:
        """A text without templates; `engine` is `liquid`, `njk`, or another that has no meaning."""
        if engine not in ("liquid", "njk") or ("{{" not in text and "{%" not in text):
            return text
        self._path, self._waiting = path, []
        self._this = {"page": values.get("page"), "ctx": values}
        prepared = self._shortcodes_held(text, engine, values)
        rendered = self._rendered(prepared, engine, values)
        if rendered is None:
            self._remark("a template that cannot be worked out was left out", path)
            rendered = without_signs(prepared)
        for _ in range(10):
            found = PLACE.sub(lambda match: self._waiting[int(match[1])], rendered)
            if found == rendered:
                break
            rendered = found
        return NOTHING_ON_LINE.sub("", rendered).replace(NOTHING, "")

    @property
    def helpers(self) -> Mapping[str, Any]:
        """What programs of the project find at `this`: its filters."""
        return self._filters

    def this(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a program that is a text finds at `this`."""
        return {**self._filters, "page": values.get("page"), "ctx": values}

    def value(self, text: str, engine: str, values: Mapping[str, Any]) -> str | None:
        """A short text worked out, such as an address; None where that cannot be."""
        if "{{" not in text and "{%" not in text:
            return text
        return self._rendered(text, "njk" if engine == "njk" else "liquid", values)

    # --- Shortcodes

    def _shortcodes_held(self, text: str, engine: str, values: Mapping[str, Any]) -> str:
        """A text with a placeholder for what each shortcode stands for."""
        known = LIQUID_TAGS if engine == "liquid" else NUNJUCKS_TAGS
        tokens = list(self._tags(text, known))
        ends = _ends(tokens)

        def between(start: int, end: int, first: int, last: int) -> str:
            made, at, number = [], start, first
            while number < last:
                token = tokens[number]
                made.append(text[at : token.start])
                begin, inner, at = token.start, None, token.end
                if number in ends:
                    closing = tokens[ends[number]]
                    inner = between(token.end, closing.start, number + 1, ends[number])
                    number, at = ends[number], closing.end
                begins_block = _begins_block(text, begin, at)
                made.append(self._held(token, inner, values, begins_block=begins_block))
                number += 1
            return "".join((*made, text[at:end]))

        return between(0, len(text), 0, len(tokens))

    def _tags(self, text: str, known: frozenset[str]) -> Iterator[Sign]:
        """The tags that are no engine's own, and includes of what is not there."""
        for sign in outside_raw(text):
            name = sign.name
            if name in ("include", "render"):
                named = re.match(r"\s*[\"']?([\w./-]+)", sign.arguments)
                if named and self._include(named[1]) is None and "." in named[1]:
                    yield sign
            elif name and name not in known and name.removeprefix("end") not in known:
                yield sign

    def _held(
        self, token: Sign, inner: str | None, values: Mapping[str, Any], *, begins_block: bool
    ) -> str:
        """A placeholder for what a shortcode stands for.

        What a picture's shortcode made at the beginning of a block is guessed here. Its caption on
        the line below was none of its HTML: an empty line parts them.
        """
        name, arguments = token.name, token.arguments
        if name.startswith("end") and inner is None:
            return ""
        if name in ("include", "render"):
            named = re.match(r"\s*[\"']?([\w./-]+)[\"']?\s*,?", arguments)
            name, arguments = (named[1], arguments[named.end() :]) if named else (name, arguments)
        call = read_call(name, arguments, lambda one: self._word(one, values), inner)
        function = self._config.shortcodes.get(name)
        made = made_by_project(call, function, self._this) if function else None
        if made is None:
            made = made_by_name(call, function)
            made = f"{made}\n" if made and made.startswith("<") and begins_block else made
        if made is None:
            self._remark(f'the shortcode "{name}" has no meaning here: its words stay', self._path)
            made = remains(call.positional, tuple(call.named.items()), inner, _file) or NOTHING
        self._waiting.append(made)
        return f"ELEVENTYPLACE{len(self._waiting) - 1}X"

    def _word(self, word: str, values: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The value of a word: a number, a switch, a variable; None for an unknown one."""
        if re.fullmatch(r"-?\d{1,15}", word):
            return int(word)
        if word in SWITCHES:
            return SWITCHES[word]
        if not re.fullmatch(r"[A-Za-z_][\w.]*", word):
            return word.strip("\"'")
        found: Any = values
        for part in word.split("."):
            if not isinstance(found, Mapping) or part not in found:
                return None
            found = found[part]
        return found

    # --- Engines

    def _rendered(self, text: str, engine: str, values: Mapping[str, Any]) -> str | None:
        self._note_filters(text)
        try:
            if engine == "njk":
                return within(SECONDS, partial(self._nunjucks_made, text, dict(values)))
            return within(SECONDS, partial(self._liquid_made, text, dict(values)))
        except (TemplateError, LiquidError, TimeUp, RecursionError):
            return None
        except Exception:  # noqa: BLE001 - whatever a template runs into is its own fault
            return None

    def _liquid_made(self, text: str, values: dict[str, Any]) -> str:
        return self._liquid.from_string(text).render(**values)

    def _nunjucks_made(self, text: str, values: dict[str, Any]) -> str:
        return self._nunjucks.from_string(text).render(values)

    def _note_filters(self, text: str) -> None:
        """Have both engines know every filter that a text names: an unknown one changes nothing."""
        values = "".join(sign.inside for sign in signs_in(text) if not sign.is_tag)
        for name in dict.fromkeys(FILTER.findall(values)):
            for engine in (self._liquid, self._nunjucks):
                if name not in engine.filters:
                    engine.filters[name] = partial(self._unknown_filter, name)

    def _unknown_filter(self, name: str, value: object = "", *_: object, **__: object) -> object:
        shows_picture = PICTURE_NAME.search(name) is not None
        what = "is left out" if shows_picture else "changes nothing"
        self._remark(f'the filter "{name}" has no meaning here, and {what}', self._path)
        return NOTHING if shows_picture or value is None else value

    def _own(self, name: str, function: FilledText) -> Any:  # noqa: ANN401 - a filter
        """A filter of the project: as its program works, else as far as it fills in a text."""

        def made(*arguments: object, **named: object) -> object:
            given = [*arguments, *([named] if named else [])]
            with suppress(UnworkableError):
                return worked(function, given, self._this)
            values: dict[str, object] = dict(function.parameters)
            for (key, _), one in zip(function.parameters, arguments, strict=False):
                values[key] = one
            found = filled(function, {**values, **named})
            if found is not None:
                return tidy_html(found)
            usual = FILTERS.get(name)
            return usual(*arguments) if usual else self._unknown_filter(name, *arguments)

        return made

    def _liquid_environment(self) -> LimitedLiquid:
        environment = LimitedLiquid(_LiquidLoader(self))
        for name, function in self._filters.items():
            if name != "date":  # Liquid has its own
                environment.add_filter(name, function)
        return environment

    def _nunjucks_environment(self) -> BoundedEnvironment:
        environment = BoundedEnvironment(
            undefined=ChainableUndefined, loader=_JinjaLoader(self), keep_trailing_newline=True
        )
        environment.filters.update(self._filters)
        return environment

    def _include(self, name: str) -> str | None:
        """The source of an include; None where there is none of that name."""
        parts = [part for part in name.strip("/").split("/") if part != "."]
        if not parts or ".." in parts:
            return None
        for folder in self._folders:
            for suffix in ("", ".liquid", ".njk", ".html"):
                file = folder.joinpath(*parts[:-1], f"{parts[-1]}{suffix}")
                try:
                    if file.is_file() and file.stat().st_size < LARGEST:
                        return _without_front_matter(file.read_text("utf-8", "replace"))
                except OSError:
                    continue
        return None

    def _remark(self, kind: str, place: str) -> None:
        self.remarks.append(Remark(kind, place, HINT))


class _LiquidLoader(BaseLoader):
    """Finds Liquid's includes among the project's own."""

    def __init__(self, templates: EleventyTemplates) -> None:
        self._templates = templates

    def get_source(self, env: object, template_name: str, **_: object) -> TemplateSource:  # noqa: ARG002
        """The source of an include."""
        source = self._templates._include(template_name)  # noqa: SLF001 - of one mind
        if source is None:
            raise TemplateNotFoundError(template_name)
        return TemplateSource(source, template_name, None)


class _JinjaLoader(JinjaLoader):
    """Finds Nunjucks' includes among the project's own."""

    def __init__(self, templates: EleventyTemplates) -> None:
        self._templates = templates

    def get_source(self, environment: object, template: str) -> Any:  # noqa: ANN401, ARG002
        """The source of an include."""
        source = self._templates._include(template)  # noqa: SLF001 - of one mind
        if source is None:
            raise TemplateNotFound(template)
        return source, None, None


def _file(argument: str) -> str:
    """The address of a picture or page that an argument names; "" where it names none."""
    is_named = PICTURE_FILE.search(argument) or (argument.startswith("/") and " " not in argument)
    return from_top(argument) if is_named else ""


def _begins_block(text: str, start: int, end: int) -> bool:
    """Whether a sign stands alone on its line, and but for other signs at a block's beginning."""
    block = text.rfind("\n\n", 0, start) + 1
    return text.startswith("\n", end) and not SIGNS.sub("", text[block:start]).strip()


def _ends(tokens: list[Sign]) -> dict[int, int]:
    """The number of each opening tag, and of the one that closes it."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for number, token in enumerate(tokens):
        name = token.name
        if not name.startswith("end"):
            waiting.append(number)
            continue
        for at in reversed(range(len(waiting))):
            if tokens[waiting[at]].name == name[3:]:
                ends[waiting[at]] = number
                del waiting[at:]
                break
    return ends


def _without_front_matter(source: str) -> str:
    found = re.match(r"\A---\n.*?\n---\n", source, re.DOTALL)
    return source[found.end() :] if found else source
