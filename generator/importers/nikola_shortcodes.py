"""Nikola's shortcodes, and those that a site has in its own `shortcodes/` folder."""

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from generator.importers.nikola_galleries import pictures_html, pictures_in
from generator.importers.old_site import Remark
from generator.importers.players import PLAYERS, player_html
from generator.importers.sandbox import Sandbox
from generator.importers.shortcodes import Shortcode, replaced
from generator.importers.unknown_tags import remains

PLACE = re.compile(r"<p>\s*NIKOLASHORTCODE(\d+)X\s*</p>|NIKOLASHORTCODE(\d+)X")
MAKO_VALUE = re.compile(r"\$\{([^{}]*)\}")
MAKO_LINE = re.compile(
    r"^[ \t]*+%[ \t]*+((?:if|elif|else|endif|for|endfor)\b[^\n]*+)$", re.MULTILINE
)
MAKO_TAG = re.compile(r"</?%[^<>]*+>|^[ \t]*+##[^\n]*+\n", re.MULTILINE)
RAW, RAW_END = (re.compile(r"\{\{%[ \t\n]*+" + end + r"raw[ \t\n]*+%\}\}") for end in ("", "/"))
DYNAMIC = frozenset({"chart", "post-list"})
"""What a program drew anew whenever the site was built."""
LARGEST = 1_000_000
"""Bytes of a file that is shown in a text."""
MOST_TEMPLATES = 500


class NikolaShortcodes:
    """Expands shortcodes; what it makes waits while a text is read, and is put back then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates = dict(_templates(folder))
        self._sandbox = Sandbox()
        self._waiting: list[str] = []
        self._path = ""
        self.remarks: list[Remark] = []

    def expanded(self, text: str, path: str) -> str:
        """A text with a placeholder for what each shortcode makes."""
        self._waiting, self._path = [], path
        return replaced(self._without_raw(text), self._held) if "{{%" in text else text

    def _without_raw(self, text: str) -> str:
        """The text with a placeholder for what is to be shown as it stands."""
        parts: list[str] = []
        at = 0
        while (start := RAW.search(text, at)) and (end := RAW_END.search(text, start.end())):
            self._waiting.append(escape(text[start.end() : end.start()], quote=False))
            parts += [text[at : start.start()], f"NIKOLASHORTCODE{len(self._waiting) - 1}X"]
            at = end.end()
        return "".join((*parts, text[at:]))

    def put_back(self, text: str) -> str:
        """The text, or the HTML of it, with what the shortcodes made."""
        for _ in range(len(self._waiting) and 10):
            found = PLACE.sub(lambda match: self._waiting[int(match[1] or match[2])], text)
            if found == text:
                break
            text = found
        return text

    def _held(self, shortcode: Shortcode) -> str:
        if not shortcode.is_markdown:  # Hugo's sign, no Nikola's
            return ""
        self._waiting.append(self._made(shortcode))
        return f"NIKOLASHORTCODE{len(self._waiting) - 1}X"

    def _made(self, shortcode: Shortcode) -> str:  # noqa: PLR0911 - a list of kinds
        name = shortcode.name
        if source := self._templates.get(name):
            values = {
                **dict(shortcode.named),
                "_args": shortcode.positional,
                "data": shortcode.inner or "",
            }
            made = self._sandbox.expanded(source, values)
            if made is not None:
                return made.strip()
        elif maker := MAKERS.get(name):
            return maker(shortcode)
        elif name in PLAYERS:
            return player_html(name, shortcode.get(0, "id"))
        elif name == "listing" and (code := self._code(shortcode.get(0, "fname"))):
            return code
        elif name == "gallery":
            if gallery := self._gallery(shortcode.get(0, "gallery")):
                return gallery
        elif name in DYNAMIC:
            kind = f'"{name}" was made by a program: it is left out'
            self.remarks.append(Remark(kind, self._path))
            return ""
        hint = "Write in the text what it showed."
        self.remarks.append(
            Remark(f'the shortcode "{name}" has no meaning here: its words stay', self._path, hint)
        )
        return remains(shortcode.positional, shortcode.named, shortcode.inner, _file)

    def _gallery(self, name: str) -> str:
        """The pictures of a gallery; "" where none has that name."""
        root = (self._folder / "galleries").resolve()
        folder = (root / name.strip("/")).resolve()
        if root not in folder.parents or not folder.is_dir():
            return ""
        address = f"/galleries/{folder.relative_to(root).as_posix()}/"
        return pictures_html(pictures_in(folder), address, {})

    def _code(self, name: str) -> str:
        """A program of the site's, shown whole, below a link to its file; "" where none is."""
        root = (self._folder / "listings").resolve()
        file = (root / name).resolve()
        if root not in file.parents or not file.is_file() or file.stat().st_size > LARGEST:
            return ""
        text = escape(file.read_text("utf-8", "replace"), quote=False)
        mark = f' class="language-{file.suffix[1:]}"' if file.suffix[1:].isalnum() else ""
        link = f'<p><a href="/listings/{escape(name)}">{escape(name)}</a></p>'
        return f"{link}\n<pre><code{mark}>{text}</code></pre>"


def _file(argument: str) -> str:
    """The address of a file that an argument names; "" where it names none."""
    return argument if argument.startswith("/") and " " not in argument else ""


def _templates(folder: Path) -> list[tuple[str, str]]:
    """The site's own shortcodes: templates of Jinja, and of Mako as far as they are simple."""
    found: list[tuple[str, str]] = []
    for file in sorted((folder / "shortcodes").glob("*.tmpl"))[:MOST_TEMPLATES]:
        try:
            source = file.read_text("utf-8", "replace")
        except OSError:
            continue
        found.append((file.stem, _as_jinja(source)))
    return found


def _as_jinja(source: str) -> str:
    """A template of Mako in Jinja's signs, where it has any of Mako's."""
    if "${" not in source and not MAKO_LINE.search(source):
        return source
    source = MAKO_TAG.sub("", source)
    source = MAKO_LINE.sub(lambda line: f"{{% {line[1].rstrip().removesuffix(':')} %}}", source)
    return MAKO_VALUE.sub(r"{{ \1 }}", source)


def _thumbnail(shortcode: Shortcode) -> str:
    address = escape(shortcode.get(0, "uri").replace(".thumbnail.", "."))
    image = f'<img src="{address}" alt="{escape(shortcode.get("alt"))}">'
    caption = (shortcode.inner or "").strip() or escape(shortcode.get("title"))
    if not caption:
        return f"<p>{image}</p>"
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def _media(shortcode: Shortcode) -> str:
    address = shortcode.get(0, "url")
    for service in ("youtube", "vimeo"):
        if service in address or (service == "youtube" and "youtu.be" in address):
            return player_html(service, address)
    return f'<p><a href="{escape(address)}">{escape(address)}</a></p>'


def _doc(shortcode: Shortcode) -> str:
    title, _, slug = (shortcode.inner or shortcode.get(0, "slug")).strip().rpartition("<")
    slug = slug.strip("> ")
    title = shortcode.get("title") or title.strip() or slug
    return f'<a href="link://slug/{escape(slug)}">{escape(title)}</a>'


MAKERS: Mapping[str, Callable[[Shortcode], str]] = {
    "thumbnail": _thumbnail,
    "media": _media,
    "doc": _doc,
    "raw": lambda shortcode: escape(shortcode.inner or ""),
    "emoji": lambda shortcode: f":{escape(shortcode.get(0))}:",
}
