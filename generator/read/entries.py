"""Entries: standing pages, tags, sections and authors, each from its own text file."""

import posixpath
from collections.abc import Mapping
from typing import TypeVar

from generator.model.article import Author, Name, Page, Section, Tag
from generator.model.config import Config
from generator.model.problems import Problem, bounded, shown
from generator.model.tag_keys import tag_key
from generator.model.written_addresses import written_address
from generator.read.articles import (
    Opened,
    address_by_hand,
    open_text,
    read_extra,
    read_language,
)
from generator.read.fields import Fields
from generator.read.images import read_image
from generator.read.likely_holds import said_since
from generator.read.podcasts import read_podcast
from generator.read.slugs import slugify

PAGE_KEYS = (
    *("title", "summary", "slug", "url", "aliases", "image", "date", "updated", "weight", "draft"),
    *("noindex", "seo_title", "lang", "extra"),
)
PAGE_ALSO = {
    "description": "summary",
    "permalink": "url",
    "redirect_from": "aliases",
    "lastmod": "updated",
    "changed": "updated",
    "language": "lang",
    "order": "weight",
}
TAG_KEYS = ("title", "aliases", "description", "image", "noindex", "lang", "podcast", "extra")
TAG_ALSO = {"name": "title", "label": "title", "summary": "description", "picture": "image"}
SECTION_KEYS = ("title", "description", "order", "image", "aliases", "podcast", "extra")
SECTION_ALSO = {
    "name": "title",
    "summary": "description",
    "weight": "order",
    "picture": "image",
    "redirect_from": "aliases",
}
AUTHOR_KEYS = (
    *("name", "role", "links", "portrait", "description", "organization", "aliases", "extra"),
)
AUTHOR_ALSO = {
    "title": "name",
    "image": "portrait",
    "picture": "portrait",
    "organisation": "organization",
    "agency": "organization",
    "summary": "description",
    "redirect_from": "aliases",
}

NO_CONFIG = Config()
RESERVED = ("page", "index")
"""File names that mean something else: older listings' addresses, a folder's own text."""
Entry = TypeVar("Entry", Page, Tag, Section, Author)


def read_page(path: str, data: bytes, config: Config) -> tuple[Page | None, tuple[Problem, ...]]:
    """Read a standing page from `content/pages/`; its place there is its address."""
    opened = open_text(path, data)
    if not isinstance(opened, Opened):
        return None, opened
    fields = Fields(opened.front, PAGE_KEYS, PAGE_ALSO, config.keys)
    language = read_language(fields)
    if config.markdown.smart_quotes:
        fields.quotes = language or config.language
    title = _required(fields, "title")
    summary = fields.line("summary")
    date = fields.moment("date", config.timezone)
    page = Page(
        source=opened.source(opening=not summary, quotes=fields.quotes),
        address=_page_address(fields, path, language or config.language, config),
        title=title,
        summary=summary,
        updated=fields.moment("updated", config.timezone) or date,
        date=date,
        since=said_since(opened.front, config.timezone),
        image=read_image(fields, "image"),
        seo_title=fields.line("seo_title"),
        aliases=fields.texts("aliases", split=False),
        language=language,
        draft=fields.flag("draft") or fields.is_withheld,
        noindex=fields.flag("noindex"),
        weight=fields.number("weight"),
        extra=read_extra(fields, opened.front),
        emphasis=fields.emphasis,
    )
    return _finished(page, opened, fields)


def _page_address(fields: Fields, path: str, language: str, config: Config) -> str:
    if url := fields.text("url"):
        return address_by_hand(fields, url, config)
    stem = posixpath.splitext(path.removeprefix("content/pages/"))[0]
    parts = [part for part in stem.split("/") if part != "index"]
    slugs = [slugify(part, language) for part in parts]
    if parts and fields.has("slug"):
        slugs[-1] = fields.slug("slug", parts[-1], language)
    address = "/" + "".join(f"{slug}/" for slug in slugs)
    if not all(slugs) or (parts and written_address(address, config.base)[1]):
        fields.fault("slug", "no address can be made from the file's name", 'Add "slug: about".')
    return address


def read_tag(path: str, data: bytes, config: Config) -> tuple[Tag | None, tuple[Problem, ...]]:
    """Read a tag from `content/tags/`; the file's name is its slug."""
    opened = open_text(path, data)
    if not isinstance(opened, Opened):
        return None, opened
    fields = _fields(opened, TAG_KEYS, TAG_ALSO, config)
    slug = _slug_of_file(fields, path)
    language = read_language(fields) or config.language
    label = fields.line("title") or slug.replace("-", " ").capitalize()
    written = fields.texts("aliases", split=True)
    aliases = tuple(
        Name(alias, tag_key(alias), slugify(alias, language))
        for alias in written
        if not is_address(alias)
    )
    description = fields.line("description")
    tag = Tag(
        slug=slug,
        label=label,
        key=tag_key(label),
        aliases=aliases,
        old_addresses=tuple(filter(is_address, written)),
        description=description,
        image=read_image(fields, "image"),
        noindex=fields.flag("noindex"),
        source=opened.source(opening=False),
        extra=read_extra(fields, opened.front),
        podcast=read_podcast(fields, description),
        since=said_since(opened.front, config.timezone),
    )
    return _finished(tag, opened, fields)


def read_section(
    path: str, data: bytes, config: Config = NO_CONFIG
) -> tuple[Section | None, tuple[Problem, ...]]:
    """Read a section from `content/sections/`; the file's name is its slug."""
    opened = open_text(path, data)
    if not isinstance(opened, Opened):
        return None, opened
    fields = _fields(opened, SECTION_KEYS, SECTION_ALSO, config)
    slug = _slug_of_file(fields, path)
    description = fields.line("description")
    section = Section(
        slug=slug,
        title=fields.line("title") or slug.replace("-", " ").capitalize(),
        description=description,
        order=fields.number("order"),
        image=read_image(fields, "image"),
        aliases=fields.texts("aliases", split=False),
        source=opened.source(opening=False),
        extra=read_extra(fields, opened.front),
        podcast=read_podcast(fields, description),
        since=said_since(opened.front, config.timezone),
    )
    return _finished(section, opened, fields)


def read_author(
    path: str, data: bytes, config: Config = NO_CONFIG
) -> tuple[Author | None, tuple[Problem, ...]]:
    """Read an author from `content/authors/`; the file's name is the slug."""
    opened = open_text(path, data)
    if not isinstance(opened, Opened):
        return None, opened
    fields = _fields(opened, AUTHOR_KEYS, AUTHOR_ALSO, config)
    name = _required(fields, "name")
    author = Author(
        slug=_slug_of_file(fields, path),
        name=name,
        key=tag_key(name),
        role=fields.line("role"),
        links=_links(fields),
        portrait=read_image(fields, "portrait", needs_alt=False),  # it stands beside the name
        is_organization=fields.flag("organization"),
        description=fields.line("description"),
        source=opened.source(opening=False),
        extra=read_extra(fields, opened.front),
        aliases=fields.texts("aliases", split=False),
        since=said_since(opened.front, config.timezone),
    )
    return _finished(author, opened, fields)


def _fields(
    opened: Opened, keys: tuple[str, ...], also: Mapping[str, str], config: Config
) -> Fields:
    """The front matter of a text in the site's own language."""
    fields = Fields(opened.front, keys, also, config.keys)
    fields.quotes = config.language if config.markdown.smart_quotes else ""
    return fields


def is_address(alias: str) -> bool:
    """Whether an alias of a tag is an old address, and no other name of it."""
    return alias.startswith(("/", "https://", "http://"))


def _links(fields: Fields) -> tuple[str, ...]:
    links = fields.entries("links", split=False)
    for number, link in links:
        if not link.lower().startswith(("https://", "http://", "mailto:")):
            hint = "Write the whole address, such as https://example.org/@name."
            fields.fault("links", f'not a web address: "{shown(link)}"', hint, number)
    return tuple(link for _, link in links)


def _required(fields: Fields, key: str) -> str:
    return fields.required_line(key, f'Add a line "{key}: ".')


def _slug_of_file(fields: Fields, path: str) -> str:
    """The file's name, which must be fit to stand in an address as it is."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    if slugify(stem) != stem or stem in RESERVED:
        folder = posixpath.basename(posixpath.dirname(path)) if stem == "index" else ""
        better = slugify(folder or stem) if stem != "page" else ""
        hint = f'Rename the file, for example to "{better or "name"}.md".'
        fields.fault_in_name(f'not fit for an address: "{shown(stem)}"', hint)
    return stem


def _finished(
    entry: Entry, opened: Opened, fields: Fields
) -> tuple[Entry | None, tuple[Problem, ...]]:
    """What was read, or None when there is an error; and everything that was noticed."""
    problems = bounded((*opened.front.problems, *fields.problems))
    return (None if any(problem.is_error for problem in problems) else entry), problems
