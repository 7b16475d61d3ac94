"""WordPress exports (WXR): posts and pages, their terms, authors, files and comments."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.importers.comments import comments_file
from generator.importers.headline_html import plain_of
from generator.importers.html_blocks import HtmlConverter
from generator.importers.old_site import (
    CURLED,
    ImportAsked,
    OldFile,
    OldSettings,
    OldText,
    Remark,
    Row,
    State,
    TextKind,
)
from generator.importers.own_addresses import GIVES_WAY, is_own
from generator.importers.time_zones import ZoneGuess
from generator.importers.uploads import Uploads
from generator.importers.wordpress_bodies import Base, WordPressBodies, as_seen
from generator.importers.wordpress_heads import Heads
from generator.importers.wordpress_lists import Lists
from generator.importers.wordpress_survey import INTERNAL, Survey, survey
from generator.importers.wxr import WpItem, item_of
from generator.importers.wxr_records import Records, is_export
from generator.model.frozen import freeze_map
from generator.model.redirects import MOVED
from generator.read.slugs import slugify

HELD = {"draft": "a draft", "pending": "waiting for review", "private": "private"}
HELD |= {"future": "scheduled"}
LEFT_OUT = {"trash": "in the trash", "auto-draft": "never saved", "inherit": "an old version"}
DAMAGED = "the export is damaged in it"


def recognises(path: Path) -> bool:
    """Whether a file is a WordPress export, or a ZIP archive of some."""
    return path.is_file() and is_export(path)


def open_site(paths: Sequence[Path], asked: ImportAsked) -> "WordPressSite":
    """The site that some exports hold together."""
    return WordPressSite(tuple(paths), asked.media)


class WordPressSite:
    """A WordPress site, open for reading.

    Its exports are read twice: for what texts refer to, and for the texts, one after another.
    """

    def __init__(self, paths: tuple[Path, ...], media: Path | None) -> None:
        self._records, self._media = Records(paths), media
        self._found = Survey(Uploads(media))
        self._lists = Lists({}, frozenset())
        self._remarks: list[Remark] = []
        self._authors: dict[str, str] = {}
        self._zone = ZoneGuess()

    def texts(self) -> Iterator[OldText]:
        """Every text, and then a file for each section and author, and for tags that need one."""
        found = self._found = survey(self._records, self._media)
        self._lists = Lists(found.terms, found.taken)
        bodies = WordPressBodies(found.base_url, found.uploads, found.reusable, found.links)
        heads, converter = Heads(found, bodies), HtmlConverter()
        seen: set[str] = set()
        for record, faults in self._records.read():
            item = item_of(record, faults) if record.tag == "item" else None
            if item is None or item.kind in INTERNAL or item.id in seen:
                continue
            seen.add(item.id)
            yield self._text(item, heads, bodies, converter)
        yield from self._lists.texts()
        for slug, name in self._authors.items():
            head = freeze_map({"name": name})
            bio = found.bios.get(name, "")
            yield OldText(f"wordpress author {slug}", TextKind.AUTHOR, slug, head, bio)

    def _text(
        self, item: WpItem, heads: Heads, bodies: WordPressBodies, converter: HtmlConverter
    ) -> OldText:
        source = f"wordpress {item.kind} {item.id}"
        kind = TextKind.PAGE if item.kind == "page" else TextKind.ARTICLE
        state, reason = state_of(item)
        if state is State.LEFT_OUT:
            return OldText(source, kind, source, freeze_map({}), "", state, reason)
        path = Base(self._found.base_url).path(item.link)
        place = self._found.links.get(item.id, "") if "?" in path else ""
        path = "" if "?" in path else path
        if path and is_own(path):
            self._remarks.append(Remark(GIVES_WAY, f"{source} ({path})"))
            path = ""
        section, tags = self._lists.section_of(item, path)
        body = bodies.shown(item)
        self._remark(item, source, body.unknown)
        if state is State.PUBLIC and kind is TextKind.ARTICLE:
            authors = heads.authors_of(item)
            self._lists.count(item, path, authors)
            self._authors |= {slugify(name): name for name in authors.values() if slugify(name)}
            self._zone.add(item.date)
        return OldText(
            source=source,
            kind=kind,
            name=_name(item, kind, path),
            head=heads.of(item, kind, section, tags, body.html),
            body=converter.convert(body.html).markdown,
            state=state,
            reason=reason,
            addresses=_addresses(item, path) if state is State.PUBLIC else (),
            place=place,
            seen=as_seen(body.html),
            files=comments_file(item.id, item.guid, item.comments) if state is State.PUBLIC else (),
        )

    def _remark(self, item: WpItem, source: str, unknown: tuple[str, ...]) -> None:
        """Note what cannot be shown here, and what kind of text is filed with the stories."""
        for name in unknown:
            is_kept = "…" in name
            what = "its content stays" if is_kept else "it is left out"
            kind = f"nothing here is like {name}: {what}"
            hint = "Write in its place what readers should see."
            self._remarks.append(Remark(kind, source, hint))
        if item.kind not in ("post", "page"):
            kind = f'items of the type "{item.kind}" are filed with the stories'
            self._remarks.append(Remark(kind, source))

    def settings(self) -> OldSettings:
        """What the exports say of the site."""
        channel = self._found.channel
        language = channel.get("language", "")
        redirects = (*self._lists.redirects(), *self._attachment_redirects())
        return OldSettings(
            generator="wordpress",
            title=plain_of(channel.get("title", "")),
            base_url=self._found.base_url,
            description=plain_of(channel.get("description", "")),
            language=language,
            timezone=self._zone.name(language),
            sections=self._lists.sections,
            options=CURLED,
            redirects=tuple(dict.fromkeys(redirects)),
        )

    def _attachment_redirects(self) -> Iterator[Row]:
        """From the pages of files to the texts that they belong to, or else to the files."""
        base, links, uploads = Base(self._found.base_url), self._found.links, self._found.uploads
        for number, parent, link in self._found.attachments:
            file = uploads.address(uploads.by_id[number].url, f"wordpress attachment {number}")
            there = links.get(parent, "") or (file if file.startswith("/") else "")
            path = base.path(link)
            if (
                path
                and path.isprintable()
                and not {" ", "?"} & {*path}
                and path not in ("/", there)
            ):
                yield path, there or "/", MOVED
            if there:
                yield f"/?attachment_id={number}", there, MOVED

    def files(self) -> Iterator[OldFile]:
        """The pictures and files of the site, where they stood."""
        return self._found.uploads.files()

    def remarks(self) -> Iterator[Remark]:
        """What people ought to know."""
        for fault in self._records.faults:
            kind = "the export is malformed" if fault.is_grave else "a character was lost"
            message = fault.message.splitlines()[0]
            hint = "Export once more, or mend the file at that line."
            yield Remark(kind, f"{fault.place}: {message}", hint, is_loss=fault.is_grave)
        yield from self._found.uploads.remarks()
        yield from self._remarks


def state_of(item: WpItem) -> tuple[State, str]:
    """Who could see an item, and why not everybody; in doubt it is a draft."""
    if item.status in LEFT_OUT:
        return State.LEFT_OUT, LEFT_OUT[item.status]
    if item.status in HELD:
        return State.DRAFT, HELD[item.status]
    if item.status != "publish":
        return State.DRAFT, f'its status is "{item.status}"'
    if item.has_password:
        return State.DRAFT, "protected by a password"
    if any(fault.is_grave for fault in item.faults):
        return State.DRAFT, DAMAGED
    return State.PUBLIC, ""


def _name(item: WpItem, kind: TextKind, path: str) -> str:
    """The file of a text: a page's place is its address, a story stands in its year's folder."""
    slug = item.slug or slugify(plain_of(item.title)) or f"untitled-{item.id}"
    if kind is TextKind.PAGE:
        return path.strip("/") or (f"{slug}-page" if is_own(slug) else slug)
    year = item.date[:4] or "undated"
    return f"{year}/{'index-' + item.id if slug == 'index' else slug}"


def _addresses(item: WpItem, path: str) -> tuple[str, ...]:
    """The addresses of a text: its own, older ones, and that by its number."""
    by_number = f"/?page_id={item.id}" if item.kind == "page" else f"/?p={item.id}"
    if not path or path == "/":
        return (by_number,)
    folder = path.rstrip("/").rpartition("/")[0]
    end = "/" if path.endswith("/") else ""
    older = (value for name, value in item.meta if name == "_wp_old_slug" and value)
    moved = (f"{folder}/{slug}{end}" for slug in older)
    pages = range(2, item.content.count("<!--nextpage-->") + 2)
    further = (f"{path.rstrip('/')}/{page}{end}" for page in pages)
    return tuple(dict.fromkeys((path, *moved, *further, by_number)))
