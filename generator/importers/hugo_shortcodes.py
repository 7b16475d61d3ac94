"""Hugo's shortcodes: its own, those of the project's layouts, and what is kept of the others."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from generator.importers import embedding
from generator.importers.foreign import read_data
from generator.importers.go_functions import Function, Html, Known, UnsupportedError
from generator.importers.go_templates import Node, Template, parse
from generator.importers.hugo_config import HugoConfig
from generator.importers.hugo_content import HugoText
from generator.importers.old_site import Remark
from generator.importers.shortcodes import Shortcode
from generator.importers.unknown_tags import remains
from generator.model.values import frozen

LAYOUTS = ("layouts/shortcodes", "layouts/_shortcodes")
THEMES = "themes"
BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
LARGEST = 200_000

Finder = Callable[[str], str]


@frozen
class Around:
    """What a shortcode may ask of the site: a page's address, a file's, a text as HTML."""

    page: HugoText
    address: str
    refer: Finder
    find: Finder
    render: Finder


class Shortcodes:
    """Replaces the shortcodes of one site's texts, and remembers what nobody could."""

    def __init__(self, project: Path, config: HugoConfig) -> None:
        self._config = config
        self._layouts = dict(_layouts(project))
        self._parsed: dict[str, tuple[Node, ...] | None] = {}
        self._data = _Data(project)
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

    def _by_layout(self, name: str, shortcode: Shortcode, around: Around) -> str | None:
        """What the project's own layout makes of it; None where that is not understood."""
        file = self._layouts.get(name)
        if file is None:
            return None
        if name not in self._parsed:
            try:
                text = file.read_text("utf-8", errors="replace")[:LARGEST]
                self._parsed[name] = parse(text)
            except (OSError, UnsupportedError, RecursionError):
                self._parsed[name] = None
        nodes = self._parsed[name]
        if nodes is None:
            return None
        try:
            template = Template(nodes, self._functions(around))
            made = template.expanded(self._dot(shortcode, around))
        except (UnsupportedError, RecursionError):
            return None
        return made.strip() if shortcode.is_markdown else in_one_block(made)

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
            Page=self._page(around),
            Site=self._site(),
            Parent=None,
        )

    def _page(self, around: Around) -> Known:
        values = around.page.values
        link = around.address
        return Known(
            Title=around.page.text("title"),
            Params=values,
            Permalink=link,
            RelPermalink=link,
            Description=around.page.text("description"),
            Section=around.page.section,
            Site=self._site(),
            RenderString=lambda *texts: Html(around.render(str(texts[-1]))),
        )

    def _site(self) -> Known:
        config = self._config
        return Known(
            Title=config.title,
            BaseURL=config.base_url,
            Params=config.params,
            Data=self._data.all(),
            LanguageCode=config.language,
            Language=Known(Lang=config.language),
        )

    def _functions(self, around: Around) -> Mapping[str, Function]:
        def markdownify(text: object) -> Html:
            html = around.render(str(text)).strip()
            is_one = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
            return Html(html[3:-4] if is_one else html)

        def address(text: object) -> str:
            found = str(text)
            return found if re.match(r"(?:[a-z]+:)?//|/|#", found) else f"/{found}"

        def refer(*given: object) -> str:
            last = given[-1]
            return around.refer(str(last.get("path", "") if isinstance(last, Mapping) else last))

        return {
            "markdownify": markdownify,
            **dict.fromkeys(("relURL", "absURL", "relLangURL", "absLangURL"), address),
            **dict.fromkeys(("ref", "relref"), refer),
            "site": self._site,
        }


class _Data:
    """The project's data files, read when a layout asks for them."""

    def __init__(self, project: Path) -> None:
        self._folder = project / "data"
        self._read: dict[str, Any] | None = None

    def all(self) -> dict[str, Any]:
        """Every data file, by its place."""
        if self._read is None:
            self._read = {}
            for file in sorted(self._folder.rglob("*")):
                if file.suffix in (".yml", ".yaml", ".toml", ".json") and file.is_file():
                    self._put(file)
        return self._read

    def _put(self, file: Path) -> None:
        if self._read is None or file.is_symlink() or file.stat().st_size > LARGEST * 10:
            return
        *folders, _ = file.relative_to(self._folder).parts
        found, _ = read_data(file.read_bytes(), file.suffix)
        here = self._read
        for folder in folders:
            inner = here.setdefault(folder, {})
            here = inner if isinstance(inner, dict) else {}
        here[file.stem] = found


def _layouts(project: Path) -> Iterator[tuple[str, Path]]:
    """The project's shortcodes by name, those of its themes first: its own replace them."""
    themes = sorted((project / THEMES).glob("*")) if (project / THEMES).is_dir() else []
    for place in (*themes, project):
        for folder in LAYOUTS:
            for file in sorted((place / folder).rglob("*.html")):
                if file.is_file():
                    yield file.relative_to(place / folder).as_posix().removesuffix(".html"), file


def in_one_block(html: str) -> str:
    """HTML from a layout without its empty lines and indents, which Markdown would act upon."""
    if "<pre" in html:
        return html.strip()
    return INDENT.sub("", BLANK_LINES.sub("", html.strip()))


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
