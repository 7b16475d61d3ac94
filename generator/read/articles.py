"""Articles: from a text file's bytes to an Article, or to what is wrong with it."""

import posixpath
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from generator.model.addresses import default_id
from generator.model.article import Article, ArticleType, Name, Source
from generator.model.body import is_html_text
from generator.model.config import Config
from generator.model.digests import content_digest
from generator.model.entities import decoded
from generator.model.frozen import EMPTY, FrozenMap, freeze
from generator.model.languages import language_fault
from generator.model.options import near
from generator.model.permalinks import expand, words_of
from generator.model.problems import Problem, bounded, shown
from generator.model.values import frozen
from generator.model.written_addresses import LONGEST, LONGEST_PART, TOO_LONG, written_address
from generator.read.body import scan_body
from generator.read.dates import ParsedDate, date_from_name
from generator.read.fields import Fields
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.read.images import read_image
from generator.read.names import read_names
from generator.read.recordings import read_recording
from generator.read.slugs import slugify
from generator.read.withheld import HELD_ALSO, bare

FOLDER = "content/articles/"
KNOWN = (
    *("title", "date", "updated", "tags", "section", "authors", "byline", "summary", "slug", "url"),
    *("aliases", "image", "kicker", "dateline", "location", "seo_title", "short_title", "type"),
    *("lang", "draft", "embargo", "expires", "noindex", "feed_exclude", "pinned", "weight"),
    *("related", "series", "corrections", "comments", "id", "extra", "audio", "video"),
)
ALSO = {
    **dict.fromkeys(("published", "published_at", "date_published"), "date"),
    **dict.fromkeys(("lastmod", "changed"), "updated"),
    **dict.fromkeys(("topics", "keywords"), "tags"),
    **dict.fromkeys(("category", "categories"), "section"),
    "author": "authors",
    **dict.fromkeys(("description", "excerpt", "deck", "dek", "subtitle", "blurb"), "summary"),
    "permalink": "url",
    "redirect_from": "aliases",
    "language": "lang",
    **HELD_ALSO,
}
LINES = ("byline", "kicker", "dateline", "location", "seo_title", "short_title")
FLAGS = ("draft", "noindex", "feed_exclude", "pinned")
RARE_WORDS = frozenset({"title", "filename", "folder"})
AS_IT_IS = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,198}[A-Za-z0-9_~-])?")
"""The name of a file or folder that can stand in an address as it is."""
LISTS = ("aliases", "related")
MOMENTS = ("embargo", "expires")
PAID = frozenset(
    {"sponsoredcontent", "sponsoredpost", "advertorial", "advertisement", "advert", "ad", "paid"}
    | {"paidcontent", "paidpost", "brandedcontent", "partnercontent", "promoted", "anzeige"}
    | {"werbung", "publirédactionnel", "publicité", "publicidad", "publireportaje", "publicità"}
    | {"publicidade", "annonse", "annons", "annonce", "advertentie", "mainos", "reklama", "reklam"}
    | {"реклама", "広告", "广告", "廣告", "광고", "إعلان"}
)
"""What a paid story is called elsewhere, as it is compared: never published as news."""
LONGEST_HEADLINE = 110
MOST_TAGS = 250
MOST_AUTHORS = 100
NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
"""Stands in for a missing date while the other fields are looked at; never published."""


@frozen
class Opened:
    """A text file, opened: its path, the digest of its bytes, and its front matter."""

    path: str
    digest: str
    front: FrontMatter

    def source(self, *, opening: bool, quotes: str = "") -> Source:
        """Where a text came from; with the `opening` of its body where that is its summary.

        With `quotes`, a language, its straight quotes are curled as in the body.
        """
        body, line = self.front.body, self.front.body_line
        # Links to other sites are most of all links, and planning does nothing with them.
        is_html = is_html_text(self.path)
        facts = scan_body(
            body, line, outward=False, opening=opening, quotes=quotes, is_html=is_html
        )
        return Source(self.path, self.digest, facts)


def open_text(path: str, data: bytes) -> Opened | tuple[Problem, ...]:
    """Split a text file into its front matter and its body."""
    front = split_front_matter(data, path=path)
    if not isinstance(front, FrontMatter):
        return front
    return Opened(path, content_digest(data), front)


def read_article(
    path: str, data: bytes, config: Config, section_slugs: frozenset[str]
) -> tuple[Article | None, tuple[Problem, ...]]:
    """Read one article. It is None when it has an error; warnings come beside it."""
    opened = open_text(path, data)
    if not isinstance(opened, Opened):
        return None, opened
    reader = _ArticleReader(opened, config, section_slugs)
    article = reader.read()
    problems = bounded((*opened.front.problems, *reader.fields.problems))
    return (None if any(p.is_error for p in problems) else article), problems


class _ArticleReader:
    """Reads the fields of one article."""

    def __init__(self, opened: Opened, config: Config, section_slugs: frozenset[str]) -> None:
        self._opened, self._config, self._section_slugs = opened, config, section_slugs
        self._path = opened.path
        self.fields = Fields(opened.front, KNOWN, ALSO, config.keys)

    def read(self) -> Article | None:
        """The article, or None when what it cannot do without is missing."""
        fields, zone = self.fields, self._config.timezone
        language = read_language(fields)
        if self._config.markdown.smart_quotes:
            fields.quotes = language or self._config.language
        title = self._title()
        date = self._date()
        section, section_label = self._section()
        slug = self._slug(language or self._config.language)
        updated = fields.instant("updated", zone)
        written = date.instant if date else NO_DATE
        rarely = self._rarely_there()
        # A story is published when readers may see it first: that dates it, but for its address.
        instant = max(written, rarely.get("embargo") or written)
        decides = date if instant == written else fields.instant("embargo", zone)
        day_only = bool(decides and decides.day_only)
        summary = fields.line("summary")
        address = self._address(section, section_label, slug, written)
        article = Article(
            source=self._opened.source(opening=not summary, quotes=fields.quotes),
            address=address,
            id=fields.text("id") or default_id(address),
            slug=slug,
            title=title,
            date=instant,
            section=section,
            section_label=section_label,
            day_only=day_only,
            updated=max(updated.instant, instant) if updated else None,
            updated_day_only=_is_later_day(updated, instant, day_only=day_only),
            tags=self._tags(),
            authors=self._authors(),
            summary=summary,
            type=self._type(),
            language=language,
            **rarely,
            emphasis=fields.emphasis,
        )
        return article if article.title and date else None

    def _rarely_there(self) -> dict[str, Any]:
        """The fields that few files have: only those that this one has are read."""
        fields, zone = self.fields, self._config.timezone
        ways: tuple[tuple[Callable[[str], object], tuple[str, ...]], ...] = (
            (fields.line, LINES),
            (fields.flag, FLAGS),
            (lambda key: fields.texts(key, split=False), LISTS),
            (lambda key: fields.moment(key, zone), MOMENTS),
            (lambda key: read_image(fields, key), ("image",)),
            (lambda key: read_recording(fields, key), ("audio", "video")),
            (fields.number, ("weight",)),
            (lambda _: read_extra(fields, self._opened.front), ("extra",)),
        )
        found = {key: read(key) for read, keys in ways for key in keys if fields.has(key)}
        return found | ({"draft": True} if fields.is_withheld else {})

    def _authors(self) -> tuple[Name, ...]:
        split = self.fields.written("authors") == "authors"
        language = self._config.language
        authors = read_names(self.fields, "authors", language, split=split, people=True)
        if len(authors) > MOST_AUTHORS:
            # Each has a page of their own, which names all of them.
            hint = f"Keep {MOST_AUTHORS} at most."
            self.fields.fault("authors", f"{len(authors):,} authors", hint)
        return authors

    def _tags(self) -> tuple[Name, ...]:
        tags = read_names(self.fields, "tags", self._config.language, split=True)
        if len(tags) > MOST_TAGS:
            self.fields.fault("tags", f"{len(tags):,} tags", f"Keep {MOST_TAGS} at most.")
        return tags

    def _title(self) -> str:
        title = self.fields.required_line("title", 'Add a line "title: " with the headline.')
        if len(title) > LONGEST_HEADLINE and not self.fields.has("short_title"):
            hint = f"Shorten it to {LONGEST_HEADLINE} characters, or add a short_title."
            self.fields.warn("title", f"the headline has {len(title)} characters", hint)
        return title

    def _date(self) -> ParsedDate | None:
        """The date in the front matter, else the one in the file's name."""
        zone = self._config.timezone
        if self.fields.has("date"):
            return self.fields.instant("date", zone)
        text, _ = date_from_name(_name_of(self._path))
        if text:
            return self.fields.parsed("date", text, zone)
        self.fields.fault("date", "no date", 'Add a line such as "date: 2024-08-15 14:30".')
        return None

    def _slug(self, language: str) -> str:
        name = _name_of(self._path)
        without_date = date_from_name(name)[1]
        is_needed = not self.fields.has("url")
        return self.fields.slug("slug", without_date or name, language, is_needed=is_needed)

    def _slug_of_name(self, name: str) -> str:
        return slugify(name, self._config.language)

    def _section(self) -> tuple[str, str]:
        """The section's slug, and its name as the file spells it."""
        # Others' `categories` are a list; a section's own name may hold a comma.
        is_list = self.fields.written("section") == "categories"
        written = self.fields.texts("section", split=is_list)
        if not written:
            first, slash, _ = self._path.removeprefix(FOLDER).partition("/")
            slug = self._slug_of_name(first)
            return (slug if slash and slug in self._section_slugs else "news"), ""
        label = decoded(written[0])
        slug = self._slug_of_name(label)
        if not slug:
            message = f'no address can be made from the section "{shown(label)}"'
            self.fields.fault("section", message, "Write a name with a few letters.")
        return slug, label

    def _address(self, section: str, label: str, slug: str, date: datetime) -> str:
        if url := self.fields.text("url"):
            return address_by_hand(self.fields, url, self._config)
        pattern = self._config.permalink.of(section, label)
        words = {"section": section, "category": section, "slug": slug}
        rare = words_of(pattern) & RARE_WORDS
        address = expand(pattern, date, words | {word: self._rare_word(word) for word in rare})
        if rare and (fault := written_address(address, self._config.base)[1]):
            message = f'no address can be made by "{pattern}": "{shown(address)}" {fault}'
            self.fields.fault("url", message, "Add a line such as url: /world/story/.")
        return address

    def _rare_word(self, word: str) -> str:
        """What a word stands for that few patterns have."""
        if word == "title":
            language = self.fields.text("lang") or self._config.language
            return slugify(self.fields.line("title"), language)
        name = _name_of(self._path)
        if word == "filename":
            return self._as_address(name)
        folder = posixpath.dirname(self._path.removeprefix(FOLDER))
        if posixpath.splitext(posixpath.basename(self._path))[0] == "index":
            folder = posixpath.dirname(folder)
        return "/".join(map(self._as_address, filter(None, folder.split("/"))))

    def _as_address(self, name: str) -> str:
        """A file's or folder's name as it is where it may stand in an address; else its slug."""
        return name if AS_IT_IS.fullmatch(name) else self._slug_of_name(name)

    def _type(self) -> ArticleType:
        text = self.fields.text("type").lower()
        if not text:
            return ArticleType.NEWS
        if bare(text) in PAID:
            return ArticleType.SPONSORED
        known = [str(kind) for kind in ArticleType]
        if text not in known:
            # Hugo's and WordPress's archives have their layout's name here.
            hint = near(text, known) or f"Take it out, or write one of: {', '.join(known)}."
            message = f'unknown type: "{shown(text)}"'
            self.fields.warn("type", message, f"It counts as news. {hint}", is_told_once=True)
            return ArticleType.NEWS
        return ArticleType(text)


def _is_later_day(updated: ParsedDate | None, published: datetime, *, day_only: bool) -> bool:
    """Whether an update is a day without a time, and not before the story was published.

    That may be the same day, where publication has a time of its own.
    """
    if updated is None or not updated.day_only:
        return False
    day, first = updated.instant.date(), published.date()
    return day > first or (day == first and not day_only)


def read_language(fields: Fields) -> str:
    """The text's own language, "" when it is the site's."""
    text = fields.text("lang")
    if text and (fault := language_fault(shown(text))):
        fields.fault("lang", fault, "Write a code such as uk, ar or pt-BR.")
        return ""
    return text


def address_by_hand(fields: Fields, url: str, config: Config) -> str:
    """An address written in full, with the slashes it needs; "/" for one that is none."""
    address, fault = written_address(url, config.base)
    if fault:
        hint = "Write letters, digits and hyphens between slashes: /world/story/, /old/story.html."
        if "/:" in url:
            hint = "A pattern stands once for all, in config.yaml: take this line out."
        message = f'not an address: "{shown(url)}" {fault}'
        if fault == TOO_LONG and len(url) > LONGEST:
            message = f"an address of more than {LONGEST} characters"
        elif fault == TOO_LONG:
            message = f"an address with a part of more than {LONGEST_PART} characters"
        fields.fault("url", message, hint)
    return address or "/"


def read_extra(fields: Fields, front: FrontMatter) -> FrozenMap:
    """The `extra` mapping, with the types that its values look like."""
    if not fields.has("extra"):
        return EMPTY
    value, typed = fields.value("extra"), front.typed(fields.written("extra"))
    whole: dict[str, object] = {}
    if isinstance(value, dict):  # with what the newsroom has under keys of its own
        whole |= value
        whole |= typed if isinstance(typed, dict) else {}
    frozen = freeze(whole or typed)
    if isinstance(frozen, FrozenMap):
        return frozen
    fields.fault("extra", "not a mapping", "Write one name and value a line, indented.")
    return EMPTY


def _name_of(path: str) -> str:
    """The name that stands for a text: its file's, or for an `index.md` its folder's."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    return posixpath.basename(posixpath.dirname(path)) if stem == "index" else stem
