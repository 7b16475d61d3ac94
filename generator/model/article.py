"""What the newsroom writes: articles, standing pages, tags, sections and authors."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from generator.model.body import BodyFacts
from generator.model.frozen import EMPTY, FrozenMap
from generator.model.pictures import Focus, Raster
from generator.model.podcasts import Podcast
from generator.model.recordings import Clip, Medium
from generator.model.values import frozen

LAST = 10**9
"""Stands for a weight or an order that a text does not give: it comes after all that do."""


class ArticleType(StrEnum):
    """The kind of work an article is; it decides the label and the structured data."""

    NEWS = "news"
    OPINION = "opinion"
    ANALYSIS = "analysis"
    REVIEW = "review"
    BACKGROUND = "background"
    SATIRE = "satire"
    LIVE = "live"
    SPONSORED = "sponsored"


@frozen
class Image:
    """A picture as front matter names it: `src` is a path or a URL, as written.

    `caption_html` is the caption with its emphasis; "" where it has none. `focus` is what must
    not be cut off; None where nobody said.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    caption_html: str = ""
    focus: Focus | None = None


@frozen
class Source:
    """The text file that something was read from.

    `path` is relative to the site's folder, `digest` stands for the whole file's
    bytes, `facts` for what planning needs of the body.
    """

    path: str
    digest: str
    facts: BodyFacts = BodyFacts()


@frozen
class Name:
    """A tag or an author as an article spells it, with the key that decides which one it is."""

    label: str
    key: str
    slug: str


@frozen
class Article:
    """One story, as its file tells it.

    Instants (`date`, `updated`, `embargo`, `expires`) are aware, in the site's time
    zone; with `day_only` the newsroom gave a day without a time, with `updated_day_only` one of
    the update. `address` is
    the story's permanent place from the site's root. `id` is its identity in feeds.
    `section` is a slug, `section_label` the section's name as the file spells it; empty
    when the file names none. `emphasis` holds the texts that have some, as HTML, by the names of
    their fields.
    """

    source: Source
    address: str
    id: str
    slug: str
    title: str
    date: datetime
    section: str
    section_label: str = ""
    day_only: bool = False
    updated: datetime | None = None
    updated_day_only: bool = False
    tags: tuple[Name, ...] = ()
    authors: tuple[Name, ...] = ()
    byline: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    image: Image | None = None
    kicker: str = ""
    dateline: str = ""
    location: str = ""
    seo_title: str = ""
    short_title: str = ""
    type: ArticleType = ArticleType.NEWS
    language: str = ""
    draft: bool = False
    embargo: datetime | None = None
    expires: datetime | None = None
    noindex: bool = False
    feed_exclude: bool = False
    pinned: bool = False
    weight: int = 0
    related: tuple[str, ...] = ()
    extra: FrozenMap = EMPTY
    emphasis: FrozenMap = EMPTY
    audio: Clip | None = None
    video: Clip | None = None

    @property
    def clips(self) -> dict[Medium, Clip]:
        """What can be heard and seen with the story."""
        found = {Medium.AUDIO: self.audio, Medium.VIDEO: self.video}
        return {medium: clip for medium, clip in found.items() if clip}


def shared_names(value: object) -> dict[str, tuple[Name, ...]]:
    """A story's tags and authors, each one value in all stories that have it: half of its size.

    Nothing for what is no story.
    """
    if not isinstance(value, Article):
        return {}
    lists = {"tags": value.tags, "authors": value.authors}
    return {
        field: tuple([_shared(name.label, name.key, name.slug) for name in names])
        for field, names in lists.items()
    }


@lru_cache(maxsize=65_536)
def _shared(label: str, key: str, slug: str) -> Name:
    return Name(label, key, slug)


@frozen
class Page:
    """A standing page, such as the corrections policy; `emphasis` as of an Article.

    `date` is what the file calls so; where nothing else says when the page was updated, that did.
    `since`: here and below, the last day from which the file says that it is to be seen.
    """

    source: Source
    address: str
    title: str
    summary: str = ""
    updated: datetime | None = None
    date: datetime | None = None
    image: Image | None = None
    seo_title: str = ""
    aliases: tuple[str, ...] = ()
    language: str = ""
    draft: bool = False
    noindex: bool = False
    weight: int = 0
    extra: FrozenMap = EMPTY
    emphasis: FrozenMap = EMPTY
    since: datetime | None = None


@frozen
class Tag:
    """A tag: from its file under `content/tags/`, or made from the way articles spell it.

    `aliases` are its other names, `old_addresses` where its page stood elsewhere.
    """

    slug: str
    label: str
    key: str
    aliases: tuple[Name, ...] = ()
    description: str = ""
    image: Image | None = None
    noindex: bool = False
    source: Source | None = None
    extra: FrozenMap = EMPTY
    old_addresses: tuple[str, ...] = ()
    podcast: Podcast | None = None
    since: datetime | None = None


@frozen
class Section:
    """A section: from its file under `content/sections/`, the configuration, or its articles."""

    slug: str
    title: str
    description: str = ""
    order: int = 0
    image: Image | None = None
    source: Source | None = None
    extra: FrozenMap = EMPTY
    aliases: tuple[str, ...] = ()
    podcast: Podcast | None = None
    since: datetime | None = None


def section_title(name: str) -> str:
    """How a section's name is shown where it has no other title: `war-crimes` as `War crimes`."""
    return name.replace("-", " ").capitalize() if name.islower() else name


@frozen
class Author:
    """An author: from a file under `content/authors/`, or made from a byline's name.

    `links` are absolute URLs to the author elsewhere. One that `is_organization`, such as an
    agency, is no person.
    """

    slug: str
    name: str
    key: str
    role: str = ""
    links: tuple[str, ...] = ()
    portrait: Image | None = None
    description: str = ""
    source: Source | None = None
    extra: FrozenMap = EMPTY
    aliases: tuple[str, ...] = ()
    is_organization: bool = False
    since: datetime | None = None


MERGED = ("static/_redirects", "static/_headers", "static/.htaccess", "static/robots.txt")
"""A site's own files whose lines are published before ours, in one file."""


@frozen
class SourceFile:
    """A file that may be published as it is: a picture, a PDF, anything under `static/`.

    `path` is relative to the site's folder; `size` in bytes; `width` and `height` in
    pixels, 0 when unknown. `raster` is what is known of a picture made of pixels, `fault` what
    is wrong with one that cannot be shown, `doubt` what is strange about a file of its name.
    `text` is what stands in one of the `MERGED`. `seconds` is how long a sound or film takes,
    0 when unknown. `tells` is what a file that is published as it is tells beside what is seen.
    """

    path: str
    size: int
    digest: str
    width: int = 0
    height: int = 0
    raster: Raster | None = None
    fault: str = ""
    doubt: str = ""
    text: str = ""
    seconds: int = 0
    tells: str = ""


@frozen
class Newsroom:
    """Everything read from `content/` and `static/`, before anything is left out or arranged.

    `section_names` are the configuration's, in its order. `broken` are the paths of text
    files that have a Problem of their own: they exist, but nothing is known of them.
    """

    articles: tuple[Article, ...] = ()
    pages: tuple[Page, ...] = ()
    tags: tuple[Tag, ...] = ()
    sections: tuple[Section, ...] = ()
    authors: tuple[Author, ...] = ()
    section_names: tuple[Name, ...] = ()
    files: tuple[SourceFile, ...] = ()
    broken: tuple[str, ...] = ()
    redirects: tuple[Any, ...] = ()  # of RedirectList, which is made with what stands here

    def news(self, broken: object) -> dict[str, Any]:
        """Everything by its path from the site's folder; `broken` for what has an error."""
        named: list[tuple[str, Any]] = [(text.source.path, text) for text in self.articles]
        named += [(text.source.path, text) for text in self.pages]
        entries: list[Tag | Section | Author] = [*self.tags, *self.sections, *self.authors]
        named += [(one.source.path if one.source else one.slug, one) for one in entries]
        named += [(file.path, file) for file in self.files]
        named += [(listed.source.path, listed) for listed in self.redirects]
        return {**dict(named), **dict.fromkeys(self.broken, broken)}
