"""Edits: a Site in which one article came, went or changed, without arranging all others anew.

Only what can be told from that article alone is done here. Wherever an edit could reach further
(a tag's first story, the last one of an author, a spelling that may become the commonest) the
answer is None, and the Site must be arranged from the whole newsroom.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from generator.model.article import Article, Author, Name, Section, SourceFile, Tag, section_title
from generator.model.overlay import overlaid
from generator.model.site import (
    Collection,
    Month,
    Site,
    Subject,
    month_of,
    newest_change,
    newest_first,
)
from generator.model.values import frozen, replace
from generator.plan.cards import Cards
from generator.plan.own_files import ABSOLUTE, texts_named
from generator.plan.runs import patched

Value = TypeVar("Value")

MOST_SCANNED = 1000
"""The most stories whose spellings are compared; with more, arranging anew is as quick."""
OLDEST = 20
"""How many of a listing's oldest stories are searched for one that spells a name in a given way."""


@frozen
class Edit:
    """What became of one visible article: None stands for "not there"."""

    old: Article | None
    new: Article | None

    def __iter__(self) -> Iterator[Article]:
        """The article before and after, as far as it was or is there."""
        yield from (article for article in (self.old, self.new) if article)


def edited(site: Site, edit: Edit) -> Site | None:
    """The Site after an edit; None where it must be arranged anew."""
    old, new = edit.old, edit.new
    if not isinstance(site.cards, Cards) or not _stands_alone(site, edit):
        return None
    sections, tags, authors = _sections(site, edit), _tags(site, edit), _authors(site, edit)
    if sections is None or tags is None or authors is None:
        return None
    gone = [article.source.path for article in edit]
    article_of = overlaid(site.article_of, _change(edit, lambda a: a.source.path, lambda a: a))
    section_of, author_of = _with(site.section_of, sections), _with(site.author_of, authors)
    months, month_changes = _months(site, edit)
    return replace(
        site,
        articles=patched(site.articles, old, new),
        sections=tuple(sections.get(c.subject.slug, c) for c in site.sections),
        tags=tuple(tags.get(c.subject.slug, c) for c in site.tags),
        authors=tuple(authors.get(c.subject.slug, c) for c in site.authors),
        cards=site.cards.after(gone, article_of, section_of, author_of),
        section_of=section_of,
        tag_of=_with(site.tag_of, tags),
        author_of=author_of,
        article_of=article_of,
        article_at=overlaid(site.article_at, _change(edit, lambda a: a.address, lambda a: a)),
        path_of_id=overlaid(
            site.path_of_id, _change(edit, lambda a: a.id, lambda a: a.source.path)
        ),
        months=months,
        month_changes=month_changes,
        pinned=_chosen(site.pinned, edit, lambda article: article.pinned),
        picking=_chosen(site.picking, edit, lambda article: bool(article.related)),
        moved=_chosen(site.moved, edit, lambda article: bool(article.aliases)),
        named_texts=site.named_texts.union(*(texts_named(article.source) for article in edit)),
        next_change=_earlier(site.next_change, new.expires if new else None),
    )


def with_files(site: Site, files: Mapping[str, SourceFile]) -> Site | None:
    """The Site after some files, that are no texts, became others; None where one is new to it."""
    cards = site.cards
    if not isinstance(cards, Cards) or not all(path in site.files for path in files):
        return None
    after = overlaid(site.files, files)
    cards = Cards(cards.article_of, cards.section_of, cards.author_of, after, cards.config)
    return replace(site, files=after, cards=cards)


def _stands_alone(site: Site, edit: Edit) -> bool:
    """Whether nothing but articles' order and Cards follows from the edit."""
    old, new = edit.old, edit.new
    if old and old.expires:
        return False
    if new and (new.source.path in site.unpublished or _is_taken(site, old, new)):
        return False
    if site.has_concealed and any(_may_name_files(article) for article in edit):
        return False
    return old is None or site.article_of.get(old.source.path) == old


def _is_taken(site: Site, old: Article | None, new: Article) -> bool:
    """Whether another article has the new one's address or id."""
    own = {old.source.path} if old else set()
    there = site.article_at.get(new.address)
    others = {site.path_of_id.get(new.id), there.source.path if there else None, *own} - {None}
    return others > own or (old is None and new.source.path in site.article_of)


def _may_name_files(article: Article) -> bool:
    named = [target.target for target in article.source.facts.targets]
    named += [article.image.src] if article.image else []
    return any(not (name.startswith(("/", "#")) or ABSOLUTE.match(name)) for name in named)


Exchanged = dict[str, Collection[Subject]]
"""The collections that an edit changes, as they are after it, by slug."""


def _exchanged(
    before: Iterable[Collection[Subject]], after: Iterable[Collection[Subject]], edit: Edit
) -> Exchanged[Subject]:
    """The collections that an article is in before and after an edit, with it changed."""
    olds = {collection.subject.slug: collection for collection in before}
    news = {collection.subject.slug: collection for collection in after}
    return {
        slug: replace(
            collection,
            articles=patched(
                collection.articles,
                edit.old if slug in olds else None,
                edit.new if slug in news else None,
            ),
        )
        for slug, collection in {**olds, **news}.items()
    }


def _sections(site: Site, edit: Edit) -> Exchanged[Section] | None:
    """The sections after an edit; None when one would come or go."""
    if edit.new and edit.new.section not in site.section_of:
        return None
    before, after = (
        [site.section_of[article.section]] if article else [] for article in (edit.old, edit.new)
    )
    sections = _none_empty(_exchanged(before, after, edit))
    old, new = edit.old, edit.new
    if sections is None or (old and new and _spelling(old) == _spelling(new) and not _moves(edit)):
        return sections
    if new and not _fits(new.section_label, sections[new.section].subject, site):
        return None
    if old and old.section_label and not _has_own_title(site.section_of[old.section].subject, site):
        return None  # its spelling may have been the one that decided
    return sections


def _spelling(article: Article) -> tuple[str, str]:
    return article.section, article.section_label


def _fits(label: str, section: Section, site: Site) -> bool:
    """Whether a section keeps its title when one story more spells it so."""
    return section_title(label) in ("", section.title) or _has_own_title(section, site)


def _has_own_title(section: Section, site: Site) -> bool:
    """Whether a section's title is not taken from how articles spell it."""
    names = site.cards.config.sections.names if isinstance(site.cards, Cards) else ()
    return section.source is not None or section.title in map(section_title, names)


def _tags(site: Site, edit: Edit) -> Exchanged[Tag] | None:
    """The tags after an edit; None when one would come or go, or might be spelled another way."""
    before, after = (article.tags if article else () for article in (edit.old, edit.new))
    if any(name.key not in site.tag_of for name in after):
        return None
    tags = _none_empty(
        _exchanged((site.tag_of[n.key] for n in before), (site.tag_of[n.key] for n in after), edit)
    )

    def stays(name: Name) -> bool:
        collection = site.tag_of[name.key]
        return _stays_spelt(collection, collection.subject.label, name, edit, _tags_of)

    for name in _more(after, before, edit, stays):
        tag = site.tag_of[name.key].subject
        if not tag.source and (name.label, name.slug) != (tag.label, tag.slug):
            return None
    for name in _more(before, after, edit, stays):
        tag = site.tag_of[name.key].subject
        if tags is None or not (tag.source or _all_spell(tags[tag.slug], name, _tags_of)):
            return None
    return tags


def _authors(site: Site, edit: Edit) -> Exchanged[Author] | None:
    """The authors after an edit; None when one would come or go, or might have another name."""
    before, after = (article.authors if article else () for article in (edit.old, edit.new))
    if any(name.slug not in site.author_of for name in after):
        return None
    authors = _exchanged(
        (site.author_of[n.slug] for n in before), (site.author_of[n.slug] for n in after), edit
    )
    written = [c.subject for c in site.authors if c.subject.source]
    if any(not c.articles and not c.subject.source for c in authors.values()):
        return None

    def stays(name: Name) -> bool:
        collection = site.author_of[name.slug]
        return _stays_spelt(collection, collection.subject.name, name, edit, _authors_of)

    for name in _more(after, before, edit, stays):
        author = site.author_of[name.slug].subject
        owners = [a for a in written if a.key == name.key] or [
            a for a in written if a.slug == name.slug
        ]
        if owners != ([author] if author.source else []):
            return None
        if not author.source and (name.label, name.slug) != (author.name, author.slug):
            return None
    for name in _more(before, after, edit, stays):
        author = site.author_of[name.slug].subject
        if not (author.source or _all_spell(authors[author.slug], name, _authors_of)):
            return None
    return authors


def _more(
    names: Iterable[Name], others: Iterable[Name], edit: Edit, stays: Callable[[Name], bool]
) -> Counter[Name]:
    """The names that one side of an edit has beyond the other.

    Where the story's date moves, all others too but for those whose spelling stays: of equally
    common spellings the oldest decides, so the order of the stories counts.
    """
    more = Counter(names) - Counter(others)
    if _moves(edit):
        more += Counter(name for name in {*names} & {*others} if not stays(name))
    return more


def _stays_spelt(
    collection: Collection[Subject],
    label: str,
    name: Name,
    edit: Edit,
    names_of: Callable[[Article], tuple[Name, ...]],
) -> bool:
    """Whether a subject keeps its name wherever the story moves: an older one spells it so."""
    subject = collection.subject
    if subject.source or (name.label, name.slug) != (label, subject.slug):
        return subject.source is not None
    for story in islice(reversed(collection.articles), OLDEST):
        if edit.old and story.source.path == edit.old.source.path:
            return False
        if name in names_of(story):
            return True
    return False


def _moves(edit: Edit) -> bool:
    """Whether the story takes another place among the others."""
    old, new = edit.old, edit.new
    return bool(old and new and newest_first(old) != newest_first(new))


def _none_empty(collections: Exchanged[Subject]) -> Exchanged[Subject] | None:
    return collections if all(c.articles for c in collections.values()) else None


def _tags_of(article: Article) -> tuple[Name, ...]:
    return article.tags


def _authors_of(article: Article) -> tuple[Name, ...]:
    return article.authors


def _all_spell(
    collection: Collection[Subject], name: Name, names_of: Callable[[Article], tuple[Name, ...]]
) -> bool:
    """Whether all stories of a collection spell its name as one that leaves it did."""
    if len(collection.articles) > MOST_SCANNED:
        return False
    slug = collection.subject.slug
    spellings = {
        (other.label, other.slug)
        for article in collection.articles
        for other in names_of(article)
        if other.key == name.key or other.slug == slug
    }
    return spellings == {(name.label, name.slug)}


def _months(
    site: Site, edit: Edit
) -> tuple[Mapping[Month, Sequence[Article]], Mapping[Month, datetime]]:
    """The months after an edit, and when each changed."""
    months, changes = dict(site.months), dict(site.month_changes)
    for month in set(map(month_of, edit)):
        old, new = (a if a and month_of(a) == month else None for a in (edit.old, edit.new))
        run = patched(months.get(month, ()), old, new)
        changed = _newest(run, changes.get(month), old, new)
        months.pop(month, None)
        changes.pop(month, None)
        if run:
            months[month] = run
        if changed:
            changes[month] = changed
    return months, changes


def _newest(
    run: Sequence[Article], known: datetime | None, old: Article | None, new: Article | None
) -> datetime | None:
    """When the newest change was in a month that had another before.

    Its stories are looked through only where the one that decided has gone.
    """
    left, came = (newest_change([article] if article else []) for article in (old, new))
    if came and (known is None or came >= known):
        return came
    return newest_change(run) if left is not None and left == known else known


def _change(
    edit: Edit, key: Callable[[Article], str], value: Callable[[Article], Value]
) -> dict[str, Value | None]:
    """What an edit changes in a mapping from something of each article's own."""
    change: dict[str, Value | None] = {key(edit.old): None} if edit.old else {}
    return change | ({key(edit.new): value(edit.new)} if edit.new else {})


def _with(
    collections: Mapping[str, Collection[Subject]], changed: Exchanged[Subject]
) -> dict[str, Collection[Subject]]:
    return {key: changed.get(c.subject.slug, c) for key, c in collections.items()}


def _chosen(
    run: Sequence[Article], edit: Edit, is_chosen: Callable[[Article], bool]
) -> Sequence[Article]:
    old, new = (a if a and is_chosen(a) else None for a in (edit.old, edit.new))
    return patched(run, old, new)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((instant for instant in (one, other) if instant), default=None)
