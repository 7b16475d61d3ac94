"""A WordPress body as the HTML that readers were shown: blocks, shortcodes, paragraphs, links."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from generator.importers.foreign_links import with_signs_shown
from generator.importers.uploads import UPLOADS, Uploads
from generator.importers.wordpress_converters import Converters
from generator.importers.wordpress_paragraphs import with_paragraphs
from generator.importers.wordpress_shortcodes import Shortcodes
from generator.importers.wxr import WpItem
from generator.model.values import frozen

BLOCK = re.compile(
    r"<!--\s++(?P<closes>/)?wp:(?P<name>[a-z][a-z0-9_/-]*+)(?P<data>(?:(?!-->|<!--).)*+)-->",
    re.DOTALL,
)
FREEFORM = re.compile(
    r"<!--\s++wp:(?:core/)?freeform\s++-->((?:(?!<!--\s++/?wp:(?:core/)?freeform\b).)*+)"
    r"<!--\s++/wp:(?:core/)?freeform\s++-->",
    re.DOTALL,
)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
HTML = re.compile(r"<[a-zA-Z/!][^<>]*+>")
ADDRESS = re.compile(
    r"""(\s(?:href|src|poster|data-src)\s{0,9}=\s{0,9})(?:"([^"<>]*)"|'([^'<>]*)')"""
)
PLAYER = re.compile(
    r"""(<(?:p|div)\b[^<>]*>)\s{0,9}(?:<a\ href="[^"<>]*">)?(https?://[^\s<>"]+)(?:</a>)?\s{0,9}
        (</(?:p|div)>)""",
    re.VERBOSE,
)
NUMBERS = ("p", "page_id", "attachment_id")
"""What stands before the number of a text or a file in WordPress's own short links."""
DEEPEST = 5
NO_TEXT = frozenset(("more", "nextpage", "spacer", "separator", "footnotes"))
"""Blocks without a text of their own."""
LISTS = re.compile(
    r"(?:archives|calendar|categories|home-link|latest-|loginout|navigation|page-list|post-|query|rss"
    r"|search|site-|social-link|tag-cloud|term-)"
)
"""Blocks that WordPress fills anew whenever a page is asked for: the theme's concern."""


@frozen
class WpBody:
    """A body as readers had it; `unknown` names what nobody can show any more."""

    html: str
    unknown: tuple[str, ...] = ()


class WordPressBodies:
    """Makes HTML of bodies.

    `reusable` are blocks that stand in many texts, by their number; `links` the addresses of
    public texts by theirs.
    """

    def __init__(
        self,
        base: str,
        uploads: Uploads,
        reusable: Mapping[str, str],
        links: Mapping[str, str],
    ) -> None:
        self._base = Base(base)
        self._uploads, self._reusable, self._links = uploads, reusable, links
        self._converters = Converters(uploads)
        self._shortcodes = Shortcodes(self._converters.all())

    def shown(self, item: WpItem) -> WpBody:
        """The HTML of an item's body."""
        self._shortcodes.unknown = Counter()
        self._converters.begin(item.id)
        text = item.content.replace("\r\n", "\n").replace("\r", "\n")
        has_blocks = "<!-- wp:" in text
        if has_blocks:
            text = FREEFORM.sub(lambda found: with_paragraphs(found[1]), text)
            text = self._without_marks(text, item, 0)
        text = self._shortcodes.replaced(text)
        if not has_blocks:
            text = with_paragraphs(text)
        text = COMMENT.sub("", text) + self._converters.notes()
        shown = with_signs_shown(self.local(text, item), is_html=True)
        return WpBody(shown, tuple(self._shortcodes.unknown))

    def local(self, html: str, item: WpItem) -> str:
        """HTML whose links into the old site begin with a slash, and whose pictures are here."""
        source = f"wordpress {item.kind} {item.id}"

        def replaced(found: re.Match[str]) -> str:
            address = self.address(unescape(found[2] or found[3] or ""), source)
            return f'{found[1]}"{escape(address)}"'

        return ADDRESS.sub(replaced, html) if "=" in html else html

    def address(self, url: str, source: str) -> str:
        """Where an address of the old site is here."""
        url = url.strip()
        inside = self._base.inside(url)
        if f"/{UPLOADS}/" in url and (inside or url.startswith("/")):
            return self._uploads.address(url, source)
        return self._numbered(inside or url, source) or inside or url

    def _numbered(self, address: str, source: str) -> str:
        """Where the text or file is that `/?p=12` names; "" where readers have none such."""
        path, mark, rest = address.partition("?")
        if not mark or path not in ("/", "/index.php"):
            return ""
        query, mark, place = rest.partition("#")
        asked = dict(one.partition("=")[::2] for one in query.split("&"))
        number = next((asked[key] for key in NUMBERS if key in asked), "")
        if there := self._links.get(number):
            return there + mark + place
        file = self._uploads.by_id.get(number)
        return self._uploads.address(file.url, source) if file else ""

    def _without_marks(self, text: str, item: WpItem, depth: int) -> str:
        """The text without the marks of blocks; those that have no HTML of their own get it."""
        parts: list[str] = []
        done = 0
        for mark in BLOCK.finditer(text):
            parts.append(text[done : mark.start()])
            done = mark.end()
            if not mark["closes"]:
                parts.append(self._made(mark, item, depth))
        return "".join((*parts, text[done:]))

    def _made(self, mark: re.Match[str], item: WpItem, depth: int) -> str:
        """What stands at the place of a block's mark."""
        said = mark["data"].strip()
        is_alone = said.endswith("/")
        name, data = mark["name"].removeprefix("core/"), _data(said.removesuffix("/"))
        made = ""
        if name == "footnotes":
            made = _footnotes(item)
        elif not is_alone:
            pass  # its HTML follows
        elif name == "block" and depth < DEEPEST:
            made = self._without_marks(
                self._reusable.get(str(data.get("ref")), ""), item, depth + 1
            )
        elif (name == "embed" or name.startswith("core-embed")) and isinstance(
            data.get("url"), str
        ):
            made = f"\n<p>{escape(str(data['url']), quote=False)}</p>\n"
        elif name == "gallery" and isinstance(ids := data.get("ids"), list):
            made = self._converters.gallery_of([str(one) for one in ids])
        elif name not in NO_TEXT and not LISTS.match(name):
            self._shortcodes.unknown[f"block {name}"] += 1
        return made


class Base:
    """The address of the old site, and what stands below it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url.strip())
        self._host = parts.netloc.lower().removeprefix("www.")
        self._folder = parts.path.rstrip("/")

    def inside(self, url: str) -> str:
        """An address within the site, from its root; "" where it leads elsewhere."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        host = parts.netloc.lower().removeprefix("www.")
        if not host or host != self._host or parts.scheme not in ("", "http", "https"):
            return ""
        folder = self._folder
        if parts.path not in ("", folder) and not parts.path.startswith(f"{folder}/"):
            return ""
        path = parts.path.removeprefix(folder) or "/"
        query = f"?{parts.query}" if parts.query else ""
        return path + query + (f"#{parts.fragment}" if parts.fragment else "")

    def path(self, url: str) -> str:
        """The address of one of the site's own texts, decoded, whatever its host is called."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return ""
        query = f"?{parts.query}" if parts.query else ""
        inside = self.inside(url.strip()) or (parts.path and f"{parts.path}{query}")
        return unquote(inside).partition("#")[0]


def _data(text: str) -> dict[str, object]:
    try:
        found = json.loads(text.strip() or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _footnotes(item: WpItem) -> str:
    """The notes of a text, which WordPress keeps beside it."""
    try:
        notes = json.loads(item.setting("footnotes") or "[]")
    except ValueError:
        return ""
    items = (
        f'<li id="{escape(str(note.get("id")))}">{note.get("content")} '
        f'<a href="#{escape(str(note.get("id")))}-link">\u21a9</a></li>'
        for note in notes
        if isinstance(note, dict)
    )
    return f"\n<ol>{''.join(items)}</ol>\n"


def as_seen(html: str) -> str:
    """A body as readers saw it: an address alone in its paragraph was shown as a player."""
    return PLAYER.sub(r'\1<a href="\2"></a>\3', html)


def plain(html: str) -> str:
    """HTML as one line of text, as in a headline or a summary."""
    return " ".join(unescape(HTML.sub(" ", html)).split()) if html else ""
