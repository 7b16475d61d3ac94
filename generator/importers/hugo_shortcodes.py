"""Hugo's shortcodes: its own, those of the project's layouts, and what is kept of the others."""

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from generator.importers import embedding
from generator.importers.go_functions import Html, Known, UnsupportedError
from generator.importers.go_templates import Template
from generator.importers.hugo_config import HugoConfig
from generator.importers.hugo_values import SHORTCODES, Around, Layouts, Values
from generator.importers.old_site import Remark
from generator.importers.shortcodes import Shortcode
from generator.importers.unknown_tags import remains
from generator.limits import TimeUp, within

SECONDS = 2.0
BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
SIZE = re.compile(r"""\s(?:width|height)=(?:""|'')""")
PREFORMATTED = re.compile(r"<pre\b", re.IGNORECASE)
END_OF_PREFORMATTED = re.compile("</pre>", re.IGNORECASE)
EMPTY_LINE = re.compile(r"(?<=\n)([ \t]*)\n")
SHOWS_CODE = re.compile(r"<(?:pre|code)\b|[|{(\s](?:transform\.H|h)ighlight\b")
NAMES_CODE = re.compile(r"(?:\A|[-_/])(?:code|snippet|source|terminal|console|shell|command)\b")
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Shortcodes:
    """Replaces the shortcodes of one site's texts, and remembers what nobody could."""

    def __init__(self, project: Path, config: HugoConfig) -> None:
        self._config = config
        self._layouts = Layouts(project, SHORTCODES)
        self.values = Values(project, config)
        self.remarks: list[Remark] = []

    def made(self, shortcode: Shortcode, around: Around) -> str:
        """What a shortcode becomes, in Markdown."""
        name = shortcode.name.removesuffix(".html")
        own = self._by_layout(name, shortcode, around)
        if own is not None:
            return own
        built_in = BUILT_IN.get(name)
        if built_in is not None and name not in self._layouts:
            return built_in(shortcode, around)
        if (parameter := self._parameter(name, shortcode, around)) is not None:
            return parameter
        why = "its layout does more than arrange its arguments"
        is_known = name in self._layouts
        kind = f'shortcode "{name}": {why if is_known else "its layout is not in the project"}'
        hint = "What its arguments say was kept; look at one of these texts."
        self.remarks.append(Remark(kind, around.page.path, hint))
        if built_in is not None:
            return built_in(shortcode, around)
        return self._kept(name, shortcode, around)

    def _kept(self, name: str, shortcode: Shortcode, around: Around) -> str:
        """What readers had of a shortcode that nobody knows, as far as its arguments tell."""
        if shortcode.inner is not None and self._is_code(name):
            return _code(shortcode)
        if shortcode.is_address:
            return _address(shortcode, around)
        return remains(shortcode.positional, shortcode.named, shortcode.inner, around.find)

    def _parameter(self, name: str, shortcode: Shortcode, around: Around) -> str | None:
        if name != "param":
            return None
        key = shortcode.get(0).lower()
        found: Any = around.page.values
        for values in (around.page.values, around.page.values.get("params"), self._config.params):
            found = values
            for part in key.split("."):
                found = found.get(part) if isinstance(found, Mapping) else None
            if isinstance(found, str):
                return found
        return ""

    def _is_code(self, name: str) -> bool:
        """Whether a shortcode shows what it encloses as code, as its layout or its name tells."""
        source = self._layouts.source(name)
        return bool(".Inner" in source and SHOWS_CODE.search(source)) or (
            not source and NAMES_CODE.search(name) is not None
        )

    def _by_layout(self, name: str, shortcode: Shortcode, around: Around) -> str | None:
        """What the project's own layout makes of it; None where that is not understood."""
        if name not in self._layouts:
            return None
        try:
            template = Template(self._layouts.nodes(name), self.values.functions(around))
            made = within(SECONDS, partial(template.expanded, self._dot(shortcode, around)))
        except (UnsupportedError, RecursionError, TimeUp):
            return None
        if shortcode.is_markdown:
            return made.strip()
        block = in_one_block(made)
        # Between words an element that stands alone in its line would begin a block.
        return block if shortcode.is_block or "<pre" in block else block.replace("\n", " ")

    def _dot(self, shortcode: Shortcode, around: Around) -> Known:
        inner = shortcode.inner or ""

        def get(key: str | int) -> str:
            return shortcode.get(key)

        named = dict(shortcode.named)
        return Known(
            Get=get,
            Inner=Html(inner),
            InnerDeindent=Html(inner),
            Params=named or [*shortcode.positional],
            IsNamedParams=bool(named),
            Name=shortcode.name,
            Ordinal=shortcode.line,
            Page=self.values.page(around),
            Site=self.values.site(around),
            Parent=None,
        )


def in_one_block(html: str) -> str:
    """HTML from a layout without its empty lines and indents, which Markdown would act upon."""
    html, pieces, at = SIZE.sub("", html).strip(), list[str](), 0
    while begins := PREFORMATTED.search(html, at):
        ends = END_OF_PREFORMATTED.search(html, begins.end())
        if not ends:
            break
        pieces.append(_without_gaps(html[at : begins.start()]))
        pieces.append(EMPTY_LINE.sub(r"\1&#10;", html[begins.start() : ends.end()]))
        at = ends.end()
    return "".join((*pieces, _without_gaps(html[at:])))


def _without_gaps(html: str) -> str:
    return INDENT.sub("", BLANK_LINES.sub("", html))


def _code(code: Shortcode) -> str:
    """What an unknown shortcode encloses, as code; a file's name stands above it."""
    file = code.get("file", "filename", "title", "name", "caption")
    language = code.get("codelang", "codeLang", "lang", "language", "syntax", "type")
    first = code.get(0) if re.fullmatch(r"[\w+#-]{1,20}", code.get(0)) else ""
    suffix = posixpath.splitext(file)[1].removeprefix(".")
    block = embedding.code(code.inner or "", language or first or suffix)
    return f"`{file}`\n\n{block}" if file and "`" not in file else block


def _address(code: Shortcode, around: Around) -> str:
    """What an unknown shortcode says where an address stands: a page's, a file's, or its own."""
    said = code.get(0, "path", "src", "file", "url", "href", "link")
    if said.endswith(".md"):
        return around.refer(said)
    return around.find(said) or (said if "://" in said or not said else "/" + said.lstrip("/"))


def _figure(code: Shortcode, around: Around) -> str:
    caption = " ".join(filter(None, (code.get("title"), code.get("caption"))))
    if credit := code.get("attr"):
        linked = embedding.link(credit, target) if (target := code.get("attrlink")) else credit
        caption = f"{caption} {linked}".strip()
    source = code.get("src", 0)
    alt = code.get("alt") or code.get("caption") or code.get("title")
    return embedding.figure(around.find(source) or source, alt, caption, code.get("link"))


def _reference(code: Shortcode, around: Around) -> str:
    return around.refer(code.get(0, "path"))


def _highlight(code: Shortcode, _: Around) -> str:
    return embedding.code(code.inner or "", code.get(0, "lang", "type"))


def _youtube(code: Shortcode, _: Around) -> str:
    return embedding.youtube(code.get("id", 0), code.get("title"))


def _vimeo(code: Shortcode, _: Around) -> str:
    return embedding.vimeo(code.get("id", 0), code.get("title"))


def _tweet(code: Shortcode, _: Around) -> str:
    user, number = code.get("user") or "i", code.get("id", 1, 0)
    address = number if "://" in number else f"https://twitter.com/{user}/status/{number}"
    return embedding.post(address, f"Post by @{user}" if code.get("user") else "")


def _instagram(code: Shortcode, _: Around) -> str:
    return embedding.post(f"https://www.instagram.com/p/{code.get('id', 0)}/")


def _gist(code: Shortcode, _: Around) -> str:
    return embedding.post(f"https://gist.github.com/{code.get(0)}/{code.get(1)}")


def _inner(code: Shortcode, _: Around) -> str:
    return (code.inner or "").strip("\n")


def _nothing(_: Shortcode, __: Around) -> str:
    return ""


def _details(code: Shortcode, _: Around) -> str:
    summary = escape(code.get("summary") or "Details")
    return f"<details>\n<summary>{summary}</summary>\n\n{(code.inner or '').strip()}\n\n</details>"


BUILT_IN: Mapping[str, Callable[[Shortcode, Around], str]] = {
    "figure": _figure,
    **dict.fromkeys(("ref", "relref"), _reference),
    "highlight": _highlight,
    "youtube": _youtube,
    **dict.fromkeys(("vimeo", "vimeo_simple"), _vimeo),
    **dict.fromkeys(("tweet", "x", "x_simple", "twitter", "twitter_simple"), _tweet),
    **dict.fromkeys(("instagram", "instagram_simple"), _instagram),
    "gist": _gist,
    **dict.fromkeys(("raw", "rawhtml", "html"), _inner),
    "comment": _nothing,
    "details": _details,
}
