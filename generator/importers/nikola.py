"""Nikola: a project with `conf.py`, whose texts are reStructuredText, Markdown or HTML."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from generator.importers.comments import comments_file
from generator.importers.foreign_links import led_in_html, led_in_markdown, with_signs_shown
from generator.importers.heads import (
    as_summary,
    date_text,
    different,
    head_of,
    own_slug,
    section_of,
    without_title,
)
from generator.importers.kept_markdown import MarkdownKeeper
from generator.importers.leftovers import without_leftovers
from generator.importers.nikola_comments import find_comments
from generator.importers.nikola_galleries import GALLERIES, gallery_texts
from generator.importers.nikola_links import NikolaLinks
from generator.importers.nikola_listings import LISTINGS, Names, code_redirects, listing_redirects
from generator.importers.nikola_settings import CONFIG, NikolaSettings
from generator.importers.nikola_shortcodes import NikolaShortcodes
from generator.importers.nikola_texts import NikolaText, Place, find_texts, moment_of, read_text
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
from generator.importers.pelican_texts import modified_date
from generator.importers.python_markdown import PythonMarkdown, in_commonmark
from generator.importers.restructured import read_restructured
from generator.importers.title_text import as_title
from generator.model.frozen import FrozenMap
from generator.model.redirects import MOVED
from generator.model.values import replace

MARKS = re.compile(r"^(?:POSTS|PAGES|STORIES|BLOG_TITLE|COMPILERS)\s*=", re.MULTILINE)
OWN_KEYS = frozenset(
    (
        "title",
        "slug",
        "date",
        "updated",
        "tags",
        "category",
        "description",
        "author",
        "authors",
        "previewimage",
        "status",
        "password",
    )
)
MEANINGLESS = {"type": frozenset({"text", "rest", "rst", "markdown", "md", "html"})}
IMAGES = {"images": "images"}
FILES = {"files": ""}
UNSHOWN = re.compile(r"/(?:\.|__pycache__/)")
UNTITLED = "no title"
UNDATED = "no date that can be read"


def recognises(path: Path) -> bool:
    """Whether a folder is a Nikola project."""
    try:
        return MARKS.search((path / CONFIG).read_text("utf-8", "replace")) is not None
    except OSError:
        return False


def open_site(paths: Sequence[Path], _asked: ImportAsked) -> NikolaSite:
    """Open a project for reading; of several folders the first."""
    return NikolaSite(paths[0])


class _Item:
    """A text on its way: its place, what its file says, and what follows from that."""

    def __init__(self, place: Place, text: NikolaText) -> None:
        self.place, self.text = place, text
        self.slug = self.address = self.reason = ""
        self.state = State.PUBLIC
        self.date = moment_of(text.values.get("date", ""))

    @property
    def values(self) -> dict[str, str]:
        """The settings of the text."""
        return self.text.values

    @property
    def is_listed(self) -> bool:
        """Whether it is a story that readers could see."""
        return self.state is State.PUBLIC and self.place.is_post


class NikolaSite:
    """A Nikola project, open for reading."""

    def __init__(self, folder: Path) -> None:
        self._settings = NikolaSettings(folder)
        self._markdown = PythonMarkdown(self._settings.python.texts("MARKDOWN_EXTENSIONS"))
        self._keeper = MarkdownKeeper()
        self._remarks: list[Remark] = []
        self._shortcodes = NikolaShortcodes(folder)
        self._files = dict(self._found_files())
        self._comments = find_comments(self._settings)
        self._items = [self._settled(place, text) for place, text in self._read()]
        self._languages: defaultdict[str, set[str]] = defaultdict(set)
        for item in self._items:
            self._languages[item.place.untranslated].add(item.place.language)
        self._redirects = (
            *listing_redirects(self._settings, self._names()),
            *code_redirects(self._settings, self._files),
        )
        self._links = NikolaLinks(
            self._settings,
            {(one.slug, one.place.language): one.address for one in reversed(self._items)},
            {item.place.path: item.address for item in self._items},
            {item.address for item in self._items if item.state is State.PUBLIC},
            self._files,
            {old: new for old, new, _ in self._redirects},
        )

    # --- What there is, and what follows from it

    def _found_files(self) -> Iterator[tuple[str, Path]]:
        """Every file that was published as it is: its address, and where it lies."""
        settings = self._settings
        for name, default in (
            *(("FILES_FOLDERS", FILES), ("IMAGE_FOLDERS", IMAGES)),
            *(("GALLERY_FOLDERS", GALLERIES), ("LISTINGS_FOLDERS", LISTINGS)),
        ):
            for folder, target in settings.folders(name, default):
                start = settings.folder / folder
                for file in sorted(start.rglob("*")) if start.is_dir() else ():
                    within = file.relative_to(start).as_posix()
                    if file.is_file() and not UNSHOWN.search(f"/{within}"):
                        yield f"/{posixpath.join(target, within)}", file

    def _read(self) -> Iterator[tuple[Place, NikolaText]]:
        """Every text; what a translation does not say, the text that it translates says."""
        found = [(place, read_text(place, self._settings)) for place in find_texts(self._settings)]
        own = self._settings.language
        first = {place.untranslated: text for place, text in found if place.language == own}
        for place, text in found:
            said = first[place.untranslated].values if place.untranslated in first else {}
            yield place, replace(text, values={**said, **text.values})

    def _elsewhere(self, item: _Item) -> Iterator[str]:
        """Where else a text stood: below each language that it was not translated to."""
        settings, place = self._settings, item.place
        if not settings.python.flag("SHOW_UNTRANSLATED_POSTS", default=True):
            return
        if place.language != settings.language:
            return
        known = self._languages[place.untranslated]
        for language, folder in settings.translations.items():
            if language not in known and folder != settings.translations[place.language]:
                yield settings.page(folder, place.folder, slug=item.slug)

    def _settled(self, place: Place, text: NikolaText) -> _Item:
        item = _Item(place, text)
        values = item.values
        item.slug = values.get("slug", "").strip("/ ") or self._settings.slug(place.stem)
        item.state, item.reason = self._state(item)
        if item.state is not State.LEFT_OUT:
            language = self._settings.translations.get(place.language, place.language)
            is_pretty = values.get("pretty_url", "").lower() != "false"
            item.address = self._settings.page(
                language, place.folder, slug=item.slug, is_pretty=is_pretty
            )
        return item

    def _state(self, item: _Item) -> tuple[State, str]:  # noqa: PLR0911 - a list of reasons
        """Who saw a text, by its status and its tags; what Nikola would have refused is a draft."""
        if item.text.fault:
            return State.LEFT_OUT, item.text.fault
        status = item.values.get("status", "").strip().lower()
        tags = {tag.lower() for tag in self._tags(item)}
        held = next((name for name in ("draft", "private") if name in tags or name == status), "")
        if held:
            return State.DRAFT, f"status: {held}"
        if status not in ("", "published", "featured"):
            return State.DRAFT, f"status: {status}"
        if "password" in item.values:
            return State.DRAFT, "a password"
        if not item.values.get("title"):
            return State.DRAFT, UNTITLED
        if item.place.is_post and item.date is None:
            return State.DRAFT, UNDATED
        return State.PUBLIC, ""

    def _tags(self, item: _Item) -> tuple[str, ...]:
        return different(item.values.get("tags", "").split(","))

    def _authors(self, item: _Item) -> tuple[str, ...]:
        if named := item.values.get("authors"):
            return different(named.split(","))
        named = item.values.get("author") or self._settings.text("BLOG_AUTHOR")
        return different(named.split(","))

    def _names(self) -> Names:
        stories = [item for item in self._items if item.is_listed]
        return Names(
            tags=different(tag for item in stories for tag in self._tags(item)),
            categories=different(item.values.get("category", "") for item in stories),
            authors=different(name for item in stories for name in self._authors(item)),
            months=different(f"{item.date:%Y/%m}" for item in stories if item.date),
            stories=len(stories),
        )

    # --- What the importer gives

    def texts(self) -> Iterator[OldText]:
        """Every post and page."""
        taken: set[str] = set()
        for item in self._items:
            kind = TextKind.ARTICLE if item.place.is_post else TextKind.PAGE
            if item.state is State.LEFT_OUT:
                path, reason = item.place.path, item.reason
                self._remark(f"a text was left out: {reason}", path, is_loss=True)
                yield left_out(path, kind, reason)
                continue
            is_public = item.state is State.PUBLIC
            if is_public and item.address in taken:
                self._remark("two texts with one address: the later has another", item.place.path)
                item.slug = item.address = ""
            taken.add(item.address if is_public else "")
            head = self._head(item)
            body, seen = self._body(item)
            addresses = (item.address, *self._elsewhere(item)) if item.address else ()
            yield OldText(
                source=item.place.path,
                kind=kind,
                name=self._name(item),
                head=head,
                body=without_title(body, head),
                state=item.state,
                reason=item.reason,
                addresses=addresses if is_public else (),
                seen=seen,
                files=(*item.text.files, *(self._comments_on(item) if is_public else ())),
            )
        yield from gallery_texts(self._settings, self._keeper)

    def _comments_on(self, item: _Item) -> tuple[OldFile, ...]:
        number = item.values.get("id", "")
        said = self._comments.get(number) or self._comments.get(item.place.untranslated, ())
        return comments_file(number or item.slug, number or item.address, said)

    def _name(self, item: _Item) -> str:
        """The path of a text below its folder: as it lies in the old project."""
        place = item.place
        first = place.path.partition("/")[2] or place.path
        stem = posixpath.join(posixpath.dirname(first), place.stem)
        return stem if place.language == self._settings.language else f"{stem}.{place.language}"

    def _body(self, item: _Item) -> tuple[str, str]:
        """The body as Markdown, and as HTML that readers saw."""

        def lead(target: str) -> str:
            return self._lead(target, item)

        path, text = item.place.path, item.text
        source = self._shortcodes.expanded(text.body, path)
        if text.compiler == "rest":
            folder = self._settings.folder
            read = read_restructured(source, source=item.place.file, root=folder, takes_title=False)
            for name in read.unknown:
                self._remark(f'"{name}" of reStructuredText has no meaning here', path)
            seen = led_in_html(self._shortcodes.put_back(read.html), lead)
        elif text.compiler == "markdown":
            source = in_commonmark(self._shortcodes.put_back(source))
            source = without_leftovers(source, path, self._remarks)
            source = with_signs_shown(led_in_markdown(source, lead))
            seen = self._markdown.html(source)
            return self._keeper.kept(source, seen).markdown, seen
        else:
            seen = led_in_html(self._shortcodes.put_back(source), lead)
        seen = with_signs_shown(seen, is_html=True)
        return self._keeper.converted(seen).markdown, seen

    def _head(self, item: _Item) -> FrozenMap:
        values, settings = item.values, self._settings
        updated = moment_of(values.get("updated", ""))
        picture, key = self._picture(item)
        extra = {
            name: value
            for name, value in values.items()
            if name not in OWN_KEYS - {"previewimage"}
            and name != key
            and value not in MEANINGLESS.get(name, ())
        }
        if values.get("status", "").lower() == "featured":
            extra["status"] = "featured"
        language = item.place.language
        head: dict[str, object] = {
            "title": as_title(values.get("title") or item.place.stem),
            "updated": date_text(updated) if updated else "",
            "summary": as_summary(values.get("description", "")),
            "image": picture,
            "lang": language if language != settings.language else "",
        }
        hidden = {"draft", "private", *settings.python.texts("HIDDEN_TAGS", ("mathjax",))}
        tags = tuple(tag for tag in self._tags(item) if tag.lower() not in hidden)
        if not item.place.is_post:
            return head_of(head, {**extra, "tags": tags})
        date = item.date or modified_date(item.place.file, settings.zone)
        story: dict[str, object] = {
            "date": date_text(date, day_only=":" not in values.get("date", "")),
            "tags": tags,
            "section": section_of(values.get("category", ""), settings.language),
            "authors": self._authors(item),
            "slug": own_slug(item.slug, settings.language),
        }
        return head_of({**head, **story}, extra)

    def _picture(self, item: _Item) -> tuple[str, str]:
        named = item.values.get("previewimage", "").strip()
        target = self._lead(named, item) if named else ""
        if target.startswith(("http://", "https://")) or unquote(target) in self._files:
            return target, "previewimage"
        return "", ""

    def _lead(self, target: str, item: _Item) -> str:
        """Where an address in a text leads: `link://slug/flood` to that post."""
        place = item.place

        def missing() -> None:
            self._remark("a link to a text that is not there", f"{place.path}: {target}")

        return self._links.lead(target, item.address, place.path, place.language, missing)

    # --- What belongs to the site

    def settings(self) -> OldSettings:
        """What `conf.py` says."""
        settings = self._settings
        return OldSettings(
            generator="nikola",
            title=settings.text("BLOG_TITLE"),
            base_url=(settings.text("BASE_URL") or settings.text("SITE_URL")).rstrip("/"),
            description=settings.text("BLOG_DESCRIPTION"),
            language=settings.language,
            timezone=settings.text("TIMEZONE", "UTC"),
            address_patterns=self._patterns(),
            redirects=(*self._redirects, *self._led_on()),
        )

    def _patterns(self) -> tuple[str, ...]:
        end = "/" if self._settings.is_pretty else ".html"
        folders = {item.place.folder for item in self._items if item.is_listed}
        tops = {folder.partition("/")[0] for folder in folders}
        return tuple(
            f"/{top}/{middle}:slug{end}".replace("//", "/")
            for top in sorted(tops)
            for middle in ("", ":year/", ":year/:month/", ":year/:month/:day/")
        )

    def _led_on(self) -> Iterator[Row]:
        for old, new in self._settings.redirections():
            yield old, self._links.at_home(new), MOVED

    def files(self) -> Iterator[OldFile]:
        """Pictures and whatever else was published as it is."""
        for address, file in self._files.items():
            yield OldFile(f"static{address}", file)

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        yield from self._remarks
        yield from self._shortcodes.remarks
        for name in self._markdown.unknown:
            if not name.startswith("nikola"):
                yield Remark(f'the Markdown extension "{name}" is not read', CONFIG)

    def _remark(self, kind: str, place: str, hint: str = "", *, is_loss: bool = False) -> None:
        self._remarks.append(Remark(kind, place, hint, is_loss))
