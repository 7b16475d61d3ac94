"""Pelican: a project with `pelicanconf.py`, whose texts are Markdown, reStructuredText or HTML."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from generator.importers.heads import (
    as_summary,
    date_text,
    different,
    head_of,
    own_slug,
    section_of,
)
from generator.importers.kept_markdown import MarkdownKeeper
from generator.importers.liquid_tags import without_liquid_tags
from generator.importers.old_site import (
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    State,
    TextKind,
)
from generator.importers.pelican_includes import PelicanIncludes
from generator.importers.pelican_links import PelicanLinks, find_files, static_address
from generator.importers.pelican_listings import listing_redirects, navigation_of, our_patterns
from generator.importers.pelican_settings import CONFIGS, PelicanSettings
from generator.importers.pelican_texts import (
    HTML,
    MARKDOWN,
    NOTEBOOKS,
    RESTRUCTURED,
    PelicanText,
    modified_date,
    names_in,
    read_date,
    read_text,
    with_defaults,
)
from generator.importers.people import ADDRESS as MAIL
from generator.importers.python_markdown import PythonMarkdown, in_commonmark
from generator.importers.targets import (
    led_in_html,
    led_in_markdown,
    with_signs_shown,
)
from generator.importers.title_text import as_title
from generator.model.frozen import FrozenMap
from generator.model.line_text import line_text
from generator.render.first_heading import without_headline

SEEN_STATES = frozenset({"", "published"})
OWN_KEYS = frozenset(
    (
        "title",
        "date",
        "modified",
        "tags",
        "category",
        "author",
        "authors",
        "summary",
        "slug",
        "status",
        "lang",
        "url",
        "save_as",
        "path",
        "description",
        "keywords",
        "password",
    )
)
PICTURES = ("image", "cover", "featured_image", "header_cover", "og_image", "thumbnail")
HIDDEN = "hidden: at its address, and in no list"


def recognises(path: Path) -> bool:
    """Whether a folder is a Pelican project."""
    return any((path / name).is_file() for name in CONFIGS)


def open_site(paths: Sequence[Path], asked: ImportAsked) -> PelicanSite:
    """Open a project for reading; of several folders the first."""
    return PelicanSite(paths[0], asked.now)


class _Item:
    """A text on its way: what its file says, and what follows from that."""

    def __init__(self, file: Path, text: PelicanText, kind: TextKind) -> None:
        self.file, self.text, self.kind = file, text, kind
        self.values: dict[str, str] = {}
        self.date: datetime | None = None
        self.slug = self.language = self.reason = ""
        self.addresses: tuple[str, ...] = ()
        self.state = State.PUBLIC

    @property
    def address(self) -> str:
        """Where it stood; "" where that was nowhere."""
        return next(iter(self.addresses), "")


class PelicanSite:
    """A Pelican project, open for reading."""

    def __init__(self, folder: Path, now: datetime | None = None) -> None:
        self._settings, self._now = PelicanSettings(folder), now
        self._markdown = PythonMarkdown(self._extensions())
        self._keeper = MarkdownKeeper()
        self._remarks: list[Remark] = []
        self._static = self._static_files()
        self._names = {kind: Counter[str]() for kind in ("tag", "author", "category")}
        self._dates: list[datetime] = []
        self._items = list(self._found())
        self._redirects = tuple(listing_redirects(self._settings, self._names, self._dates))
        self._links = PelicanLinks(
            self._settings,
            {item.text.path: item.address for item in self._items},
            frozenset(item.address for item in self._items if item.state is State.PUBLIC),
            self._static,
            {old: new for old, new, _ in self._redirects},
        )

    # --- What there is

    def _extensions(self) -> tuple[str, ...]:
        settings = self._settings.python
        configured = settings.mapping("MARKDOWN").get("extension_configs")
        named = tuple(map(str, configured)) if isinstance(configured, dict) else ()
        return named or settings.texts("MD_EXTENSIONS")

    def _static_files(self) -> dict[str, str]:
        """Every file that is published as it is: its path among the texts, and its address."""
        content, found = self._settings.content, {}
        for folder in self._settings.paths("STATIC", ("images",)):
            for file in find_files(content, folder, self._settings.python.texts("STATIC_EXCLUDES")):
                path = file.relative_to(content).as_posix()
                found[path] = static_address(self._settings, path)
        return found

    def _found(self) -> Iterator[_Item]:
        """Every text, its settings and its address worked out, in the order of its path."""
        pages = self._settings.paths("PAGE", ("pages",))
        taken: set[str] = set()
        for file, kind in self._sources(pages):
            item = _Item(file, read_text(file, self._settings), kind)
            path = item.text.path
            if path in self._static and not {"title", "date"} <= item.text.values.keys():
                continue  # a file such as a search engine's token, which is no text
            self._static.pop(path, None)
            self._settle(item)
            if item.address in taken and item.state is State.PUBLIC:
                self._remark("two texts with one address: the later one gets another", path)
                item.slug, item.addresses = "", ()
            taken.add(item.address)
            yield item

    def _sources(self, pages: Sequence[str]) -> list[tuple[Path, TextKind]]:
        content, python = self._settings.content, self._settings.python
        readers = python.mapping("READERS")
        suffixes = {
            suffix
            for suffix in MARKDOWN | RESTRUCTURED | HTML
            if readers.get(suffix[1:], "") is not None
        }
        suffixes |= NOTEBOOKS if self._settings.reads_notebooks else frozenset()
        excluded = (*python.texts("ARTICLE_EXCLUDES"), *(page for page in pages if page))
        found: dict[Path, TextKind] = {}
        for folder in self._settings.paths("ARTICLE", ("",)):
            for file in find_files(content, folder, excluded):
                found.setdefault(file, TextKind.ARTICLE)
        for folder in pages:
            for file in find_files(content, folder, python.texts("PAGE_EXCLUDES")):
                found.setdefault(file, TextKind.PAGE)
        return sorted(
            (file, kind) for file, kind in found.items() if file.suffix.lower() in suffixes
        )

    # --- What follows from a text's settings

    def _settle(self, item: _Item) -> None:
        """Work out what a text is to its readers, and where it stands."""
        settings, text = self._settings, item.text
        item.values = values = with_defaults(text, settings)
        item.language = values.get("lang", "").strip().lower() or settings.language
        item.date = self._date(item)
        stem = posixpath.splitext(posixpath.basename(text.path))[0]
        by_name = settings.text("SLUGIFY_SOURCE") == "basename" or not values.get("title")
        source = stem if by_name else values["title"]
        item.slug = values.get("slug", "").strip() or settings.slug(source)
        item.state, item.reason = self._state(item)
        item.addresses = self._addresses(item)
        if item.state is State.PUBLIC and item.kind is TextKind.ARTICLE:
            self._names["tag"].update(names_in(values.get("tags", "")))
            self._names["author"].update(self._authors(values))
            self._names["category"].update([values.get("category", "")])
            self._dates += [item.date] if item.date else []

    def _date(self, item: _Item) -> datetime | None:
        written = item.values.get("date", "")
        if written:
            return read_date(written)
        default = self._settings.python.values.get("DEFAULT_DATE")
        if default == "fs":
            return modified_date(item.file, self._zone())
        if isinstance(default, list | tuple) and all(isinstance(part, int) for part in default):
            try:
                return datetime(*default)  # noqa: DTZ001 - on the site's own clocks
            except (ValueError, TypeError):
                return None
        return read_date(default) if isinstance(default, str) else None

    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self._settings.text("TIMEZONE"))
        except (OSError, ValueError):
            return ZoneInfo("UTC")

    def _state(self, item: _Item) -> tuple[State, str]:  # noqa: PLR0911 - a list of reasons
        """Who saw a text, by its status; what Pelican would have refused is a draft."""
        values = item.values
        if item.text.fault:
            return State.LEFT_OUT, item.text.fault
        status = values.get("status", "").strip().lower()
        if status == "skip":
            return State.LEFT_OUT, "status: skip"
        if status not in SEEN_STATES:
            return State.DRAFT, HIDDEN if status == "hidden" else f"status: {status}"
        if values.get("password"):
            return State.DRAFT, "a password"
        if not values.get("title"):
            return State.DRAFT, "no title: Pelican left it out"
        if item.date is None and item.kind is TextKind.ARTICLE:
            return State.DRAFT, "no date that can be read: Pelican left it out"
        if item.date and not self._settings.python.flag("WITH_FUTURE_DATES", default=True):
            zone = item.date.tzinfo or self._zone()
            if item.date.replace(tzinfo=zone) > (self._now or datetime.now(zone)):
                return State.DRAFT, "a date to come: Pelican held it back"
        return State.PUBLIC, ""

    def _addresses(self, item: _Item) -> tuple[str, ...]:
        """Where a text stood, and what else its links said."""
        settings, values = self._settings, item.values
        if item.state is State.LEFT_OUT:
            return ()
        if values.get("url") or values.get("save_as"):
            named = (values.get("url") or values["save_as"]).strip()
            path = named.removesuffix("index.html") if named.endswith("/index.html") else named
            is_file = "." in path.rpartition("/")[2] or path.endswith("/")
            return (f"/{path.lstrip('/')}" if is_file else f"/{path.strip('/')}/",)
        kind = "ARTICLE" if item.kind is TextKind.ARTICLE else "PAGE"
        below = ""
        if item.language != settings.language:
            is_subsite = item.language in settings.subsites
            kind, below = (kind, f"/{item.language}") if is_subsite else (f"{kind}_LANG", "")
        stem = posixpath.splitext(item.text.path)[0]
        authors = self._authors(values)
        known: dict[str, object] = {
            **values,
            "slug": item.slug,
            "lang": item.language,
            "path": item.text.path,
            "path_no_ext": stem,
            "base": posixpath.basename(stem),
            "date": item.date or "",
            "category": settings.slug(values.get("category", ""), "CATEGORY"),
            "author": settings.slug(authors[0], "AUTHOR") if authors else "",
        }
        return tuple(f"{below}{one}" for one in settings.addresses(kind, known))

    def _authors(self, values: Mapping[str, str]) -> tuple[str, ...]:
        named = values.get("authors", "")
        parts = (
            named.split(";" if ";" in named else ",")
            if named
            else values.get("author", "").split(";")
        )
        return different(MAIL.sub("", part) for part in parts)

    # --- What the importer gives

    def texts(self) -> Iterator[OldText]:
        """Every article and page."""
        for item in self._items:
            if item.state is State.LEFT_OUT:
                empty = head_of({}, {})
                yield OldText(
                    item.text.path, item.kind, item.text.path, empty, "", item.state, item.reason
                )
            else:
                yield self._text(item)

    def _text(self, item: _Item) -> OldText:
        for name in item.text.unknown:
            self._remark(f'"{name}" of reStructuredText has no meaning here', item.text.path)
        body, seen, files = self._body(item)
        head = self._head(item)
        body = without_headline(body, line_text(head.text("title")).plain, "", 1).text
        is_public = item.state is State.PUBLIC
        stem = posixpath.splitext(item.text.path)[0]
        if item.kind is TextKind.PAGE:
            folders = self._settings.paths("PAGE", ("pages",))
            within = next((one for one in folders if one and stem.startswith(f"{one}/")), "")
            stem = stem.removeprefix(f"{within}/")
        return OldText(
            source=item.text.path,
            kind=item.kind,
            name=stem,
            head=head,
            body=body,
            state=item.state,
            reason=item.reason,
            addresses=item.addresses if is_public else (),
            seen=seen,
            files=files,
        )

    def _body(self, item: _Item) -> tuple[str, str, tuple[OldFile, ...]]:
        """The body as Markdown, as HTML that readers saw, and the pictures that it held."""

        def lead(target: str) -> str:
            return self._links.lead(target, item.text.path, item.address)

        if item.text.markup == "html":
            seen = with_signs_shown(led_in_html(item.text.body, lead), is_html=True)
            return self._keeper.converted(seen).markdown, seen, ()
        included = PelicanIncludes(self._settings)
        source, unknown = without_liquid_tags(item.text.body, included.markdown)
        for name in unknown:
            self._remark(
                "tags of templates are shown as text, as they were", f"{item.text.path}: {name}"
            )
        source = with_signs_shown(led_in_markdown(in_commonmark(source), lead))
        seen = self._markdown.html(source)
        files = (*item.text.files, *included.files)
        return self._keeper.kept(source, seen).markdown, seen, files

    def _head(self, item: _Item) -> FrozenMap:
        settings, values = self._settings, item.values
        day_only = ":" not in values.get("date", "")
        date = item.date or (
            modified_date(item.file, self._zone()) if item.kind is TextKind.ARTICLE else None
        )
        modified = read_date(values.get("modified", ""))
        tags, section = names_in(values.get("tags", "")), ""
        if item.kind is TextKind.ARTICLE:
            section = section_of(values.get("category", ""), settings.language)
        authors = self._authors(values)
        picture, key = self._picture(item)
        extra = {name: one for name, one in values.items() if name not in OWN_KEYS and name != key}
        head = {
            "title": as_title(values.get("title", "") or posixpath.basename(item.file.stem)),
            "updated": date_text(modified) if modified else "",
            "summary": as_summary(values.get("summary") or values.get("description", "")),
            "slug": own_slug(item.slug, settings.language),
            "image": picture,
            "lang": item.language if item.language != settings.language else "",
        }
        if item.kind is TextKind.PAGE:
            return head_of({**head, "slug": ""}, {**extra, "tags": tags})
        story = {
            "date": date_text(date, day_only=day_only) if date else "",
            "tags": tags,
            "section": section,
            "authors": authors,
        }
        return head_of({**head, **story}, extra)

    def _picture(self, item: _Item) -> tuple[str, str]:
        """The picture that a text's settings name, and the key; "" where there is none."""
        for key in PICTURES:
            if named := item.values.get(key, "").strip():
                target = self._links.lead(named, item.text.path, item.address)
                path = unquote(target).lstrip("/")
                if target.startswith(("http://", "https://")) or f"/{path}" in self._links.files():
                    return target, key
        return "", ""

    # --- What belongs to the site

    def settings(self) -> OldSettings:
        """What `pelicanconf.py` says."""
        settings = self._settings
        for name in settings.python.unread:
            if name in ("SITENAME", "SITEURL", "ARTICLE_URL", "PATH", "TIMEZONE", "POSTS"):
                self._remark(f"the setting {name} is worked out by a program", "pelicanconf.py")
        return OldSettings(
            generator="pelican",
            title=settings.text("SITENAME"),
            base_url=settings.text("SITEURL").rstrip("/"),
            description=settings.text("SITESUBTITLE") or settings.text("SITEDESCRIPTION"),
            language=settings.language,
            timezone=settings.text("TIMEZONE"),
            navigation=tuple(navigation_of(self._names["category"], settings.language)),
            address_patterns=tuple(
                one
                for name in ("ARTICLE_URL", "ARTICLE_SAVE_AS")
                for one in our_patterns(settings.text(name))
            ),
            redirects=self._redirects,
        )

    def files(self) -> Iterator[OldFile]:
        """Pictures and whatever else was published as it is."""
        for address, path in sorted(self._links.files().items()):
            yield OldFile(f"static/{unquote(address).strip('/')}", self._settings.content / path)

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        yield from self._remarks
        yield from self._links.remarks
        for name in self._markdown.unknown:
            yield Remark(f'the Markdown extension "{name}" is not read', "pelicanconf.py")

    def _remark(self, kind: str, place: str, hint: str = "", *, is_loss: bool = False) -> None:
        self._remarks.append(Remark(kind, place, hint, is_loss))
