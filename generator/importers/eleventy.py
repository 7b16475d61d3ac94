"""Eleventy: a project with `.eleventy.js` or `eleventy.config.js`, with its texts and data."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.importers.eleventy_addresses import (
    address_of,
    best_pattern,
    filled,
    links_in,
    usual_address,
)
from generator.importers.eleventy_config import CONFIGS, read_config
from generator.importers.eleventy_data import ElevenData, name_in, typed
from generator.importers.eleventy_files import find_copied, find_sources
from generator.importers.eleventy_heads import head_of_text, with_alt
from generator.importers.eleventy_items import (
    A_LISTING,
    MARKDOWN,
    PAGES,
    STORIES,
    Item,
    is_false_text,
    read_item,
)
from generator.importers.eleventy_templates import EleventyTemplates
from generator.importers.foreign import text_of, texts_of
from generator.importers.foreign_links import (
    from_the_root,
    led_in_html,
    led_in_markdown,
    parted,
    with_signs_shown,
)
from generator.importers.heads import head_of
from generator.importers.javascript_data import FilledText
from generator.importers.javascript_functions import worked
from generator.importers.javascript_library import UnworkableError
from generator.importers.kept_markdown import MarkdownKeeper
from generator.importers.markdown_it import in_our_markdown
from generator.importers.old_site import (
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    State,
    TextKind,
)
from generator.model.line_text import line_text
from generator.render.first_heading import without_headline

UNREAD = (".11ty.js", ".webc", ".hbs", ".ejs", ".pug", ".haml", ".mustache", ".vue", ".mdx")
LARGEST = 5_000_000


def recognises(path: Path) -> bool:
    """Whether a folder is an Eleventy project."""
    if any((path / name).is_file() for name in CONFIGS):
        return True
    try:
        return '"@11ty/eleventy"' in (path / "package.json").read_text("utf-8", "replace")
    except OSError:
        return False


def open_site(paths: Sequence[Path], _asked: ImportAsked) -> EleventySite:
    """Open a project for reading; of several folders the first."""
    return EleventySite(paths[0])


class EleventySite:
    """An Eleventy project, open for reading."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._config = read_config(folder)
        self._data = ElevenData(folder, self._config)
        self._templates = EleventyTemplates(folder, self._config)
        self._shared = typed(self._data.shared)
        self._keeper = MarkdownKeeper()
        self._remarks: list[Remark] = []
        self._linked: dict[str, Path] = {}
        self._people = self._data.people()
        self._named: set[str] = set()
        self._copied = dict(find_copied(folder, self._config))
        self._items = list(self._found())
        self._settle_addresses()
        self._public = {item.address: item for item in self._items if item.state is State.PUBLIC}
        self._redirects: list[tuple[str, str, int]] = []

    # --- What there is

    def _found(self) -> Iterator[Item]:
        """Every text, in the order of its path."""
        for file, path in sorted(find_sources(self._folder, self._config)):
            if path.endswith(UNREAD):
                if not path.endswith(".11tydata.js"):
                    self._remark("a text that is a program was left out", path, is_loss=True)
            elif file.suffix in MARKDOWN + PAGES and file.stat().st_size <= LARGEST:
                try:
                    item = read_item(file, path, self._data)
                except OSError:
                    self._remark("a file that cannot be read was left out", path, is_loss=True)
                    continue
                if item.text.fault:
                    self._remark(f"front matter at fault: {item.text.fault}", path)
                yield item

    # --- Addresses

    def _settle_addresses(self) -> None:
        """Give each text its address: by its permalink, by the project's links, or by its path."""
        waiting = [item for item in self._items if not self._by_permalink(item)]
        dated = [item for item in waiting if item.kind is TextKind.ARTICLE]
        links = frozenset(link for item in self._items for link in links_in(item.text.body))
        standings = [item.standing() for item in dated]
        pattern = best_pattern(self._config.patterns, standings, links) if dated else ""
        if pattern:
            hint = (
                f"Their addresses follow {pattern}, by the configuration and the texts' own links."
            )
            self._remark("addresses that a program worked out were found", pattern, hint)
        for item in waiting:
            standing = item.standing()
            made = filled(pattern, standing) if pattern and item in dated else ""
            item.address = made or standing.usual
        self._pattern = pattern

    def _by_permalink(self, item: Item) -> bool:
        """Whether a permalink tells a text's address."""
        permalink = self._permalink(item)
        if not isinstance(permalink, str) or not permalink.strip() or item.state is State.LEFT_OUT:
            return False
        if is_false_text(permalink):
            return False
        values = self._values(item)
        found = self._templates.value(permalink, self._engine(item), values)
        if not found or "{" in found or "//" in found.strip().lstrip("/"):
            self._remark("a permalink that cannot be worked out", f"{item.path}: {permalink}")
            return False
        item.address = address_of(found)
        return True

    def _permalink(self, item: Item) -> object:
        """A permalink, worked out where it is a function; False where there is to be no page."""
        permalink = item.permalink
        if not isinstance(permalink, FilledText):
            return permalink
        try:
            made = worked(permalink, [self._values(item)], {})
        except UnworkableError:
            return _as_template(permalink)
        if made is False and item.state is State.PUBLIC:
            item.state, item.reason = State.DRAFT, "permalink: false"
        return made

    def _engine(self, item: Item) -> str:
        override = text_of(item.data.get("templateEngineOverride"))
        if override:
            return override.partition(",")[0].strip()
        by_name = {".njk": "njk", ".liquid": "liquid"}
        return by_name.get(item.file.suffix, self._config.markdown_engine)

    def _values(self, item: Item) -> dict[str, Any]:
        """All that a text's templates are given."""
        page = {
            "date": item.date or datetime.fromtimestamp(item.file.stat().st_mtime, UTC),
            "fileSlug": item.slug,
            "filePathStem": f"/{posixpath.join(posixpath.dirname(item.path), item.slug)}",
            "inputPath": f"./{item.file.relative_to(self._folder).as_posix()}",
            "url": item.address,
        }
        return {**self._shared, **typed(item.data), "page": page}

    # --- What the importer gives

    def texts(self) -> Iterator[OldText]:
        """Every text, then those whom they name as authors."""
        for item in self._items:
            if item.state is State.LEFT_OUT:
                self._lead_on(item)
                nothing = head_of({}, {})
                yield OldText(item.path, item.kind, item.path, nothing, "", item.state, item.reason)
            else:
                yield self._text(item)
        for slug in sorted(self._named & self._people.keys()):
            person = self._people[slug]
            head = head_of({"name": name_in(person), "role": text_of(person.get("role"))}, {})
            yield OldText(f"author {slug}", TextKind.AUTHOR, slug, head, "")

    def _text(self, item: Item) -> OldText:
        head = head_of_text(
            item.data,
            item.kind,
            title=item.title,
            date=item.date,
            written=item.written,
            modified=datetime.fromtimestamp(item.file.stat().st_mtime, UTC),
            slug=item.slug,
            own_tags=texts_of(item.text.values.get("tags")),
            picture=lambda named: self._picture(named, item),
            inherited=frozenset(item.data.keys() - item.text.values.keys()),
        )
        authors = head.get("authors")
        self._named.update(map(str, authors) if isinstance(authors, tuple) else ())
        body, seen = self._body(item)
        body = without_headline(body, line_text(head.text("title")).plain, "", 1).text
        head = with_alt(head, body)
        is_public = item.state is State.PUBLIC
        aliases = texts_of(item.data.get("redirect_from")) + texts_of(item.data.get("aliases"))
        others = tuple(address_of(one) for one in aliases)
        return OldText(
            source=item.file.relative_to(self._folder).as_posix(),
            kind=item.kind,
            name=self._name(item),
            head=head,
            body=body,
            state=item.state,
            reason=item.reason,
            addresses=(item.address, *others) if is_public else (),
            seen=seen,
        )

    def _name(self, item: Item) -> str:
        """The path of a text below its folder: without the folder that only says `stories`."""
        first, _, rest = posixpath.splitext(item.path)[0].partition("/")
        is_folder = item.kind is TextKind.ARTICLE and first.lower() in STORIES | {
            "content",
            "pages",
        }
        stem = rest if rest and is_folder else posixpath.splitext(item.path)[0]
        return stem.removesuffix("/index") if item.kind is TextKind.ARTICLE else stem

    def _body(self, item: Item) -> tuple[str, str]:
        """The body as Markdown, and as HTML that readers saw."""

        def lead(target: str) -> str:
            return self._lead(target, item)

        text = item.text.body
        expanded = self._templates.expanded(text, self._engine(item), self._values(item), item.path)
        if item.is_markdown:
            source = led_in_markdown(in_our_markdown(expanded), lead)
            body = with_signs_shown(source)
            return body, self._keeper.shown(body)
        seen = with_signs_shown(led_in_html(expanded, lead), is_html=True)
        return self._keeper.converted(seen).markdown, seen

    def _lead_on(self, item: Item) -> None:
        """An old listing leads to the front, an old feed to ours."""
        permalink = item.permalink
        address = address_of(permalink) if isinstance(permalink, str) else usual_address(item.path)
        if "{" in address or address in ("/", "/404.html", "/404/"):
            return
        if address.endswith(".xml") and "sitemap" not in address:
            new = "/atom.xml" if "atom" in address else "/feed.xml"
        elif address.endswith(".json") and "feed" in address:
            new = "/feed.json"
        elif address.endswith("/") and item.reason == A_LISTING:
            new = "/tags/" if "tag" in address else "/archive/" if "archive" in address else "/"
        else:
            return
        if address != new:
            self._redirects.append((address, new, 301))

    # --- Where links lead

    def _lead(self, target: str, item: Item) -> str:
        """Where an address in a text leads; a file of the project is published for it."""
        prefix = self._config.prefix
        if prefix and (target == prefix or target.startswith(f"{prefix}/")):
            target = target[len(prefix) :] or "/"
        written, rest = parted(target)
        path = from_the_root(written, item.address)
        if not path.startswith("/") or path.startswith("//") or path in self._public:
            return path + rest
        bare = path.removesuffix(".html")
        for spelled in (f"{path}/", path.removesuffix("index.html"), f"{bare}/"):
            if spelled in self._public:
                return spelled + rest
        folder = posixpath.dirname(item.path)
        beside = posixpath.normpath(posixpath.join(folder, unquote(written).lstrip("/")))
        for place in (unquote(path).strip("/"), beside):
            if place.endswith(MARKDOWN) and (address := self._by_path(place)):
                return address + rest
            if self._is_found(unquote(path), place):
                return path.replace(" ", "%20") + rest
        return path + rest

    def _by_path(self, path: str) -> str:
        """The address of a text by its path in the input."""
        return next((one.address for one in self._items if one.path == path), "")

    def _is_found(self, address: str, place: str) -> bool:
        """Whether a file of the project stands for an address; it is taken then."""
        if address in self._copied or address in self._linked:
            return True
        parts = place.split("/")
        is_text = place.endswith(MARKDOWN + PAGES) or not posixpath.splitext(place)[1]
        if is_text or any(part.startswith(".") for part in parts):
            return False
        for start in (self._folder, self._folder / self._config.source, self._folder / "public"):
            if (file := start / place).is_file():
                self._linked[address] = file
                return True
        return False

    def _picture(self, named: str, item: Item) -> str:
        """Where a picture of the settings is; "" where it is nowhere."""
        if named.startswith(("http://", "https://")):
            return named
        target = self._lead(named if named.startswith(("/", ".")) else f"/{named}", item)
        return target if unquote(target) in self._copied or unquote(target) in self._linked else ""

    # --- What belongs to the site

    def settings(self) -> OldSettings:
        """What the project's data say of the site."""
        named = [
            self._shared.get(key) for key in ("site", "metadata", "meta", "siteConfig", "config")
        ]
        known = [one for one in named if isinstance(one, Mapping)]

        def first(*keys: str) -> str:
            found = (
                str(one[key]) for one in known for key in keys if isinstance(one.get(key), str)
            )
            return next(filter(None, found), "")

        return OldSettings(
            generator="eleventy",
            title=first("title", "name", "siteName", "siteTitle") or self._folder.resolve().name,
            base_url=first("url", "baseUrl", "baseURL", "siteUrl", "siteURL").rstrip("/"),
            description=first("description", "subtitle", "tagline"),
            language=first("language", "lang", "locale").partition("_")[0],
            timezone="UTC",
            address_patterns=(self._pattern.replace(":folder/", ""),) if self._pattern else (),
            redirects=tuple(self._redirects),
        )

    def files(self) -> Iterator[OldFile]:
        """Pictures and whatever else was published as it is."""
        for address, file in {**self._copied, **self._linked}.items():
            yield OldFile(f"static{address}", file)

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        yield from self._remarks
        yield from self._templates.remarks

    def _remark(self, kind: str, place: str, hint: str = "", *, is_loss: bool = False) -> None:
        self._remarks.append(Remark(kind, place, hint, is_loss))


def _as_template(function: FilledText) -> str:
    """A function's text as a template: `${data.page.fileSlug}` is `{{ page.fileSlug }}`."""
    parameter = function.parameters[0][0] if function.parameters else "data"

    def value(match: re.Match[str]) -> str:
        name = match[1].strip()
        plain = re.fullmatch(r"(?:this\.)?(?:slugify|slug)\(\s*([\w.]+)\s*\)", name)
        inner = (plain[1] if plain else name).removeprefix(f"{parameter}.")
        return f"{{{{ {inner}{' | slugify' if plain else ''} }}}}"

    return re.sub(r"\$\{([^{}]*)\}", value, function.text)
