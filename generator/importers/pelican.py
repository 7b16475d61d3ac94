"""Pelican: a project with `pelicanconf.py`, whose texts are Markdown, reStructuredText or HTML."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from generator.importers.foreign_links import (
    led_in_html,
    led_in_markdown,
    with_signs_shown,
)
from generator.importers.heads import (
    as_summary,
    date_text,
    head_of,
    own_slug,
    section_of,
    without_title,
)
from generator.importers.kept_markdown import MarkdownKeeper
from generator.importers.leftovers import without_leftovers
from generator.importers.liquid_tags import without_liquid_tags
from generator.importers.old_site import (
    CURLED,
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    State,
    TextKind,
    left_out,
)
from generator.importers.pelican_includes import PelicanIncludes
from generator.importers.pelican_items import PelicanItem
from generator.importers.pelican_links import PelicanLinks, find_files, static_address
from generator.importers.pelican_listings import listing_redirects, our_patterns
from generator.importers.pelican_settings import CONFIGS, OTHER_CONFIGS, PelicanSettings
from generator.importers.pelican_texts import (
    HTML,
    MARKDOWN,
    NOTEBOOKS,
    RESTRUCTURED,
    modified_date,
    names_in,
    read_date,
    read_text,
)
from generator.importers.python_markdown import PythonMarkdown, in_commonmark
from generator.importers.title_text import as_title
from generator.model.frozen import EMPTY, FrozenMap

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
MARKS = re.compile(r"^SITENAME[ \t]*+=", re.MULTILINE)
PICTURES = ("image", "cover", "featured_image", "header_cover", "og_image", "thumbnail")


def recognises(path: Path) -> bool:
    """Whether a folder is a Pelican project: by the name of its settings, or what they set."""
    if any((path / name).is_file() for name in CONFIGS):
        return True
    others = (path / name for name in OTHER_CONFIGS)
    return any(MARKS.search(one.read_text("utf-8", "replace")) for one in others if one.is_file())


def open_site(paths: Sequence[Path], asked: ImportAsked) -> PelicanSite:
    """Open a project for reading; of several folders the first."""
    return PelicanSite(paths[0], asked.now)


class PelicanSite:
    """A Pelican project, open for reading."""

    def __init__(self, folder: Path, now: datetime | None = None) -> None:
        self._settings, self._now = PelicanSettings(folder), now
        self._markdown = PythonMarkdown(self._extensions())
        self._keeper = MarkdownKeeper()
        self._remarks: list[Remark] = []
        self._static = self._static_files()
        self._names = {kind: Counter[str]() for kind in ("tag", "author", "category", "lang")}
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
        settings, found = self._settings, {}
        content, excluded = settings.content, settings.python.texts("STATIC_EXCLUDES")
        for folder in settings.paths("STATIC", ("images",)):
            for file in find_files(settings, folder, excluded):
                path = file.relative_to(content).as_posix()
                found[path] = static_address(settings, path)
        return found

    def _found(self) -> Iterator[PelicanItem]:
        """Every text, its settings and its address worked out, in the order of its path."""
        pages = self._settings.paths("PAGE", ("pages",))
        taken: set[str] = set()
        for file, kind in self._sources(pages):
            text = read_text(file, self._settings)
            item = PelicanItem(file, text, kind, self._settings, self._now)
            path = item.text.path
            if path in self._static and not item.is_whole:
                continue  # a file such as a search engine's token, which is no text
            self._static.pop(path, None)
            if item.address in taken and item.state is State.PUBLIC:
                self._remark("two texts with one address: the later one gets another", path)
                item.slug, item.addresses = "", ()
            taken.add(item.address)
            if item.is_listed:
                self._names["tag"].update(names_in(item.values.get("tags", "")))
                self._names["author"].update(item.authors)
                self._names["category"].update([item.values.get("category", "")])
                self._names["lang"].update([item.language])
                self._dates += [item.date] if item.date else []
            yield item

    def _sources(self, pages: Sequence[str]) -> list[tuple[Path, TextKind]]:
        settings, python = self._settings, self._settings.python
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
            for file in find_files(settings, folder, excluded):
                found.setdefault(file, TextKind.ARTICLE)
        for folder in pages:
            for file in find_files(settings, folder, python.texts("PAGE_EXCLUDES")):
                found.setdefault(file, TextKind.PAGE)
        return sorted(
            (file, kind) for file, kind in found.items() if file.suffix.lower() in suffixes
        )

    # --- What the importer gives

    def texts(self) -> Iterator[OldText]:
        """Every article and page."""
        for item in self._items:
            if item.state is State.LEFT_OUT:
                yield left_out(item.text.path, item.kind, item.reason)
            else:
                yield self._text(item)

    def _text(self, item: PelicanItem) -> OldText:
        for name in item.text.unknown:
            self._remark(f'"{name}" of reStructuredText has no meaning here', item.text.path)
        body, seen, files = self._body(item)
        head = self._head(item)
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
            body=without_title(body, head),
            state=item.state,
            reason=item.reason,
            addresses=item.addresses if is_public else (),
            seen=seen,
            files=files,
        )

    def _body(self, item: PelicanItem) -> tuple[str, str, tuple[OldFile, ...]]:
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
        source = without_leftovers(in_commonmark(source), item.text.path, self._remarks)
        source = with_signs_shown(led_in_markdown(source, lead))
        seen = self._markdown.html(source)
        files = (*item.text.files, *included.files)
        return self._keeper.kept(source, seen).markdown, seen, files

    def _head(self, item: PelicanItem) -> FrozenMap:
        settings, values = self._settings, item.values
        day_only = ":" not in values.get("date", "")
        date = item.date or (
            modified_date(item.file, self._settings.zone) if item.kind is TextKind.ARTICLE else None
        )
        modified = read_date(values.get("modified", ""))
        tags, section = names_in(values.get("tags", "")), ""
        if item.kind is TextKind.ARTICLE:
            section = section_of(values.get("category", ""), settings.language)
        authors = item.authors
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

    def _picture(self, item: PelicanItem) -> tuple[str, str]:
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
            address_patterns=tuple(
                one
                for name in ("ARTICLE_URL", "ARTICLE_SAVE_AS")
                for one in our_patterns(settings.text(name))
            ),
            options=CURLED if settings.python.flag("TYPOGRIFY", default=False) else EMPTY,
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
