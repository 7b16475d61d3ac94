"""Indexes: all tags from A to Z, and all authors."""

import operator
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Self

from generator.model.addresses import AUTHORS, TAGS, author_address, output_path, tag_address
from generator.model.article import Author
from generator.model.cards import Link
from generator.model.config import Config
from generator.model.late_patterns import late_pattern
from generator.model.outputs import Output
from generator.model.pages import AuthorsPage, Head, IndexEntry, IndexGroup, TagsPage
from generator.model.pictures import Picture
from generator.model.site import Site
from generator.plan.alphabets import Key, initial_of, letter_of, sort_key
from generator.plan.change import Change, same, subjects
from generator.plan.directions import direction
from generator.plan.kind import Kind
from generator.plan.pictures import picture_of

HAN = late_pattern("[^\\w]*[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class Indexes(Kind):
    """The indexes of all tags and all authors, as far as they are switched on."""

    has_texts = False
    order = 2

    def slots(self) -> Iterator[Output]:
        """Both."""
        indexes = (self.at(address) for address in (TAGS, AUTHORS))
        return (output for output in indexes if output)

    def at(self, address: str) -> Output | None:
        """The index at an address."""
        return index_at(address, self.site, self.config)

    def has(self, address: str) -> bool:
        """Whether an index stands at an address."""
        on = self.config.outputs
        return (address == TAGS and on.tags) or (address == AUTHORS and on.authors)

    def listed(self) -> Iterator[tuple[str, datetime | None]]:
        """Those with something in them: an index has no date."""
        filled = ((TAGS, self.site.tags), (AUTHORS, self.site.authors))
        return ((address, None) for address, all_ in filled if all_ and self.has(address))

    def touched(self, change: Change, before: Self) -> Iterator[str]:  # noqa: ARG002 - as every kind
        """An index when any of its entries may be another."""
        old, new = change.before, change.after
        sizes = ([len(tag.articles) for tag in site.tags] for site in (old, new))
        if not same(subjects(old.tags), subjects(new.tags)) or operator.ne(*sizes):
            yield TAGS
        if not same(subjects(old.authors), subjects(new.authors)) or change.files:
            yield AUTHORS


def index_at(address: str, site: Site, config: Config) -> Output | None:
    """The index page at an address; None where there is none, or it is switched off."""
    path = output_path(address)
    if address == TAGS and config.outputs.tags:
        return Output(path, tags_page(site, config), "tags.html")
    if address == AUTHORS and config.outputs.authors:
        return Output(path, authors_page(site, config), "authors.html")
    return None


def tags_page(site: Site, config: Config) -> TagsPage:
    """All tags by first letter; digits and signs come first, under `#`."""
    language, groups = config.language, dict[str, list[IndexEntry]]()
    for tag in sorted(
        site.tags, key=lambda tag: _place(tag.subject.label, tag.subject.slug, language)
    ):
        label, slug = tag.subject.label, tag.subject.slug
        url = config.base.url(tag_address(slug))
        entry = IndexEntry(label, url, len(tag.articles), tag.subject.description)
        letter = first_letter(_heard(label, slug, language), language)
        groups.setdefault(letter, []).append(entry)
    ordered = sorted(
        groups.items(), key=lambda group: (group[0] != "#", sort_key(group[0], language))
    )
    return TagsPage(
        head=_head(config.titles.tags, TAGS, config, noindex=not ordered),
        url=config.base.url(TAGS),
        title=config.titles.tags,
        groups=tuple(IndexGroup(letter, tuple(entries)) for letter, entries in ordered),
        language=config.language,
        direction=direction(config.language),
    )


def _place(name: str, slug: str, language: str) -> tuple[Key, str]:
    return sort_key(_heard(name, slug, language), language), name


def _heard(name: str, slug: str, language: str) -> str:
    """A name as an index sorts it: a Chinese one by its sound, which its slug is written by.

    Where signs are looked up by their strokes, they stay as they are.
    """
    base, *further = language.lower().split("-")
    by_strokes = {"hant", "hk", "mo", "tw"}.intersection(further)
    is_han = base == "zh" and not by_strokes and HAN.match(name)
    return slug.replace("-", " ") if is_han else name


def first_letter(label: str, language: str = "") -> str:
    """The letter under which a label stands; `#` when it begins with a digit or holds no letter.

    A letter of the language's own alphabet is one, if with an accent or of two signs.

    For letters that it does not have see `initial_of`.
    """
    if language and (own := letter_of(label, language)):
        return own
    for character in unicodedata.normalize("NFC", label):
        if character.isalpha():
            return initial_of(character)
        if character.isdigit():
            break
    return "#"


def authors_page(site: Site, config: Config) -> AuthorsPage:
    """All authors by name, with their portraits."""
    entries = tuple(
        IndexEntry(
            title=author.subject.name,
            url=config.base.url(author_address(author.subject.slug)),
            description=author.subject.role,
            portrait=_portrait(author.subject, site, config),
        )
        for author in sorted(
            site.authors,
            key=lambda author: _place(author.subject.name, author.subject.slug, config.language),
        )
    )
    return AuthorsPage(
        head=_head(config.titles.authors, AUTHORS, config, noindex=not entries),
        url=config.base.url(AUTHORS),
        title=config.titles.authors,
        entries=entries,
        language=config.language,
        direction=direction(config.language),
    )


def _portrait(author: Author, site: Site, config: Config) -> Picture | None:
    path = author.source.path if author.source else ""
    address = author_address(author.slug)
    return picture_of(author.portrait, path, address, site.files, config, is_cut=False)[0]


def _head(title: str, address: str, config: Config, *, noindex: bool) -> Head:
    base = config.base
    return Head(
        title=title,
        url=base.url(address),
        language=config.language,
        direction=direction(config.language),
        noindex=noindex,
        trail=(Link(config.title, base.url("/")), Link(title, base.url(address))),
    )
