"""Shortcodes of Eleventy projects: their own, and what those of the usual names stand for."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from generator.importers.javascript_data import FilledText, filled
from generator.importers.javascript_functions import parameter_names, worked
from generator.importers.javascript_library import UnworkableError, as_text
from generator.importers.players import PLAYERS, player_html
from generator.model.values import frozen

PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif)(?:[?#].*)?$", re.IGNORECASE)
FILM_FILE = re.compile(r"\.(mp4|webm|mov|mp3|ogg|m4a|wav)(?:[?#].*)?$", re.IGNORECASE)
PICTURE_NAME = re.compile(r"image|img|picture|figure|photo", re.IGNORECASE)
ARGUMENT = re.compile(
    r"""(?:(?P<key>[A-Za-z_][\w-]*)\s*[:=]\s*)?
    (?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<bare>[^\s,"'=]+))""",
    re.VERBOSE,
)
SOURCES = ("src", "image", "path", "url", "file", "img", "filename", "source", "imageSrc")
DESCRIPTIONS = ("alt", "altText", "alt_text", "description")
CAPTIONS = ("caption", "figcaption", "title", "credit")


@frozen
class Call:
    """A shortcode where it stands: `positional` and `named` arguments, and what it encloses.

    `values` and `options` are the same arguments as a program takes them: lists and numbers too.
    """

    name: str
    positional: tuple[str, ...]
    named: Mapping[str, str]
    inner: str | None = None
    values: tuple[Any, ...] = ()
    options: Mapping[str, Any] = {}

    def get(self, names: Sequence[str], position: int = -1) -> str:
        """An argument by one of these names, or by its position."""
        for name in names:
            if self.named.get(name):
                return self.named[name]
        return self.positional[position] if 0 <= position < len(self.positional) else ""


Value = Callable[[str], Any]
"""From an expression of a template to its value; None where it has none."""


def read_call(name: str, arguments: str, value: Value, inner: str | None = None) -> Call:
    """A call with its arguments worked out; a word without a value is the word itself."""
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for match in ARGUMENT.finditer(arguments):
        if match["bare"] is not None:
            found = value(match["bare"])
            one = match["bare"].strip("\"'") if found is None else found
        else:
            quoted = match["double"] if match["double"] is not None else match["single"]
            one = re.sub(r"\\(.)", r"\1", quoted)
        if match["key"]:
            named[match["key"]] = one
        else:
            positional.append(one)
    texts = tuple(map(str, positional))
    said = {key: str(one) for key, one in named.items()}
    return Call(name, texts, said, inner, tuple(positional), named)


def made_by_project(call: Call, function: FilledText, this: Mapping[str, Any]) -> str | None:
    """What the project's own function makes of a shortcode; None where nobody can tell.

    `this` is what programs may ask of the page.
    """
    try:
        made = worked(function, _given(call, function), this)
        if isinstance(made, str | int | float):
            return without_indents(as_text(made))
    except UnworkableError:
        pass
    given = ([call.inner] if call.inner is not None else []) + [*call.positional]
    values: dict[str, object] = dict(function.parameters)
    for (name, _), text in zip(function.parameters, given, strict=False):
        values[name] = text
    values.update(call.named)
    told = filled(function, values)
    return None if told is None else tidy_html(told)


def made_by_name(call: Call, function: FilledText | None) -> str | None:
    """What shortcodes of its name usually stand for; None where nobody can tell."""
    if function is not None:
        call = _with_names(call, function)
    service = call.name.lower().removesuffix("embed").removesuffix("video") or call.name.lower()
    if service in PLAYERS:
        name = call.get(("id", "url", "src", "videoId", "video_id", "slug"), 0)
        return player_html(service, name, call.get(("title",), 1))
    return _picture(call) or _film(call)


def _given(call: Call, function: FilledText) -> list[Any]:
    """What a program is given: what the shortcode encloses, its arguments, those by name.

    Nunjucks hands arguments by name over as one mapping; Liquid has none, so they fill parameters.
    """
    given = [*([call.inner] if call.inner is not None else []), *call.values]
    if not call.options:
        return given
    names = parameter_names(function)
    if not any(name in call.options for name in names):
        return [*given, dict(call.options)]
    behind = names[len(given) :]
    return [*given, *(call.options.get(name) for name in behind)]


def without_indents(html: str) -> str:
    """What a program made, without the indents of its own lines, which Markdown would act upon."""
    if "<" not in html or "<pre" in html:
        return html
    return "\n".join(line.strip() for line in html.strip("\n").split("\n"))


def _with_names(call: Call, function: FilledText) -> Call:
    """A call whose arguments have the names of the function's parameters."""
    names = [name for name, _ in function.parameters]
    given = dict(zip(names, call.positional, strict=False))
    return Call(call.name, call.positional, {**given, **call.named}, call.inner)


def _picture(call: Call) -> str | None:
    """A picture, where a shortcode has a picture's name or file."""
    source = call.get(SOURCES, 0)
    if not PICTURE_FILE.search(source) and not (PICTURE_NAME.search(call.name) and "/" in source):
        return None
    texts = [text for text in call.positional[1:] if not re.fullmatch(r"[\d.,% pxvw()-]*", text)]
    has_class = "class" in call.name and len(texts) > 1
    first = 1 if has_class else 0
    last = texts[first:]
    alt = call.get(DESCRIPTIONS) or (" ".join(last) if not call.named and len(last) > 2 else "")  # noqa: PLR2004
    alt = alt or (last[0] if last else "")
    caption = call.get(CAPTIONS) or (call.inner or "").strip()
    image = f'<img src="{escape(from_top(source))}" alt="{escape(alt)}">'
    if target := call.named.get("link") or (call.named.get("url") if "image" in call.named else ""):
        image = f'<a href="{escape(target)}">{image}</a>'
    if caption and caption != alt:
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
    return image


def _film(call: Call) -> str | None:
    """A film or sound of the site's own, where a shortcode names its file."""
    source = call.get(SOURCES, 0)
    found = FILM_FILE.search(source)
    if found is None:
        return None
    element = "audio" if found[1].lower() in ("mp3", "ogg", "m4a", "wav") else "video"
    return f'<{element} controls src="{escape(from_top(source))}"></{element}>'


def from_top(source: str) -> str:
    """A picture's path as an address: those of shortcodes begin at the project's top."""
    if source.startswith(("/", "http://", "https://")):
        return source
    return "/" + source.removeprefix("./")


def tidy_html(html: str) -> str:
    """HTML without indents and empty lines, so that Markdown takes it for one block."""
    if "<" not in html:
        return html
    return "\n".join(line.strip() for line in html.split("\n") if line.strip())
