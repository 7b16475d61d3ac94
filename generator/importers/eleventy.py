"""Eleventy: a project with `.eleventy.js` or `eleventy.config.js`, with its texts and data."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from generator.importers.eleventy_addresses import address_of
from generator.importers.eleventy_config import CONFIGS, read_config
from generator.importers.eleventy_data import ElevenData, name_in, typed
from generator.importers.eleventy_files import find_copied
from generator.importers.eleventy_gathering import Gathering
from generator.importers.eleventy_heads import head_of_text, with_alt
from generator.importers.eleventy_items import (
    MARKDOWN,
    PAGES,
    STORIES,
    UNWORKABLE,
    Item,
)
from generator.importers.eleventy_listings import led_on
from generator.importers.eleventy_programs import PROGRAMS
from generator.importers.eleventy_templates import EleventyTemplates
from generator.importers.foreign import text_of, texts_of
from generator.importers.foreign_links import (
    from_the_root,
    led_in_html,
    led_in_markdown,
    parted,
    with_signs_shown,
)
from generator.importers.heads import head_of, without_title
from generator.importers.javascript_functions import worked
from generator.importers.javascript_library import UnworkableError, as_text
from generator.importers.kept_markdown import MarkdownKeeper
from generator.importers.leftovers import without_leftovers
from generator.importers.markdown_it import in_our_markdown
from generator.importers.old_site import (
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    Row,
    State,
    TextKind,
    left_out,
)


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
        self._gathering = Gathering(folder, self._config, self._data, self._templates)
        self._items = self._gathering.items
        self._public = {item.address: item for item in self._items if item.state is State.PUBLIC}
        self._redirects: list[Row] = []

    # --- What the importer gives

    def texts(self) -> Iterator[OldText]:
        """Every text, then those whom they name as authors."""
        for item in self._items:
            if item.state is State.LEFT_OUT:
                self._redirects += led_on(item, self._gathering)
                yield self._left_out(item)
            else:
                yield self._text(item) or self._left_out(item)
        for slug in sorted(self._named & self._people.keys()):
            person = self._people[slug]
            head = head_of({"name": name_in(person), "role": text_of(person.get("role"))}, {})
            yield OldText(f"author {slug}", TextKind.AUTHOR, slug, head, "")

    def _text(self, item: Item) -> OldText | None:
        """A text; None for a program that only running it would tell."""
        made = self._body(item)
        if made is None:
            item.state, item.reason = State.LEFT_OUT, UNWORKABLE
            self._remark("a text that is a program was left out", item.path, is_loss=True)
            return None
        body, seen = made
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
        body = without_title(body, head)
        head = with_alt(head, body)
        is_public = item.state is State.PUBLIC
        aliases = texts_of(item.data.get("redirect_from")) + texts_of(item.data.get("aliases"))
        others = tuple(address_of(one) for one in aliases)
        return OldText(
            source=self._source(item),
            kind=item.kind,
            name=self._name(item),
            head=head,
            body=body,
            state=item.state,
            reason=item.reason,
            addresses=(item.address, *others) if is_public else (),
            seen=seen,
        )

    def _left_out(self, item: Item) -> OldText:
        return left_out(self._source(item), item.kind, item.reason)

    def _source(self, item: Item) -> str:
        path = item.file.relative_to(self._folder).as_posix()
        return path.removesuffix(item.path) + item.source

    def _name(self, item: Item) -> str:
        """The path of a text below its folder: without the folder that only says `stories`."""
        if item.part:
            return posixpath.splitext(item.address.strip("/"))[0]
        first, _, rest = item.stem.partition("/")
        is_folder = item.kind is TextKind.ARTICLE and first.lower() in STORIES | {
            "content",
            "pages",
        }
        stem = rest if rest and is_folder else item.stem
        return stem.removesuffix("/index") if item.kind is TextKind.ARTICLE else stem

    def _body(self, item: Item) -> tuple[str, str] | None:
        """The body as Markdown, and as HTML that readers saw; None where nobody can tell."""

        def lead(target: str) -> str:
            return self._lead(target, item)

        expanded = self._expanded(item)
        if expanded is None:
            return None
        if item.is_markdown:
            source = without_leftovers(in_our_markdown(expanded), item.path, self._remarks)
            source = led_in_markdown(source, lead)
            body = with_signs_shown(source)
            return body, self._keeper.shown(body)
        seen = with_signs_shown(led_in_html(expanded, lead), is_html=True)
        return self._keeper.converted(seen).markdown, seen

    def _expanded(self, item: Item) -> str | None:
        """A text without templates, or what a program makes; None where nobody can tell."""
        values = self._gathering.values(item)
        if not item.path.endswith(PROGRAMS):
            engine = self._gathering.engine(item)
            return self._templates.expanded(item.text.body, engine, values, item.path)
        if item.program is None:
            return None
        try:
            return as_text(worked(item.program, [values], self._templates.this(values)))
        except UnworkableError:
            return None

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

        pattern = self._gathering.pattern
        return OldSettings(
            generator="eleventy",
            title=first("title", "name", "siteName", "siteTitle") or self._folder.resolve().name,
            base_url=first("url", "baseUrl", "baseURL", "siteUrl", "siteURL").rstrip("/"),
            description=first("description", "subtitle", "tagline"),
            language=first("language", "lang", "locale").partition("_")[0],
            timezone="UTC",
            address_patterns=(pattern.replace(":folder/", ""),) if pattern else (),
            redirects=tuple(self._redirects),
        )

    def files(self) -> Iterator[OldFile]:
        """Pictures and whatever else was published as it is."""
        for address, file in {**self._copied, **self._linked}.items():
            yield OldFile(f"static{address}", file)

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        yield from self._gathering.remarks
        yield from self._remarks
        yield from self._templates.remarks

    def _remark(self, kind: str, place: str, hint: str = "", *, is_loss: bool = False) -> None:
        self._remarks.append(Remark(kind, place, hint, is_loss))
