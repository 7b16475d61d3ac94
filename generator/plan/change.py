"""Change: what came of some news; each kind of page asks it what it has to make again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from generator.model.article import Article, Author, Tag
from generator.model.runs import Run, newest_first
from generator.model.site import Collection, Month, Site, Spelt, Subject, month_of
from generator.model.values import frozen


@frozen
class Edit:
    """What became of one visible article: None stands for "not there"."""

    old: Article | None
    new: Article | None

    def __iter__(self) -> Iterator[Article]:
        """The article before and after, as far as it was or is there."""
        yield from (article for article in (self.old, self.new) if article)


class Change:
    """A Site before and after some news, and what they differ in.

    `edits` are the stories that readers see and that came, went or changed, `texts` the paths of
    other texts that did, `files` those of files that are no texts. `news` are the paths of all that
    was put in, `named` all that texts among them named before, or name now.
    """

    def __init__(  # noqa: PLR0917 - what a change consists of
        self,
        before: Site,
        after: Site,
        edits: tuple[Edit, ...],
        texts: frozenset[str],
        files: frozenset[str],
        news: frozenset[str],
        named: frozenset[str],
    ) -> None:
        self.before, self.after = before, after
        self.edits, self.texts, self.files = edits, texts, files
        self.news, self.named = news, named

    @cached_property
    def reshown(self) -> tuple[Edit, ...]:
        """The edits of which other pages know: the Card is another, or stands elsewhere."""
        return tuple(edit for edit in self.edits if not self._is_quiet(edit))

    def _is_quiet(self, edit: Edit) -> bool:
        old, new = edit.old, edit.new
        if old is None or new is None or old.source.path != new.source.path:
            return False
        path = new.source.path
        return self.before.cards[path] == self.after.cards[path] and _placing(old) == _placing(new)

    @cached_property
    def recarded(self) -> tuple[Article, ...]:
        """Stories with another Card that were not edited: a section, author or picture changed."""
        edited = {article.source.path for edit in self.edits for article in edit}
        found: dict[str, Article] = {}
        for run in (*self._of_renamed_sections(), *self._of_renamed_authors()):
            found |= {article.source.path: article for article in run}
        for path in self.naming(self.files):
            if article := self.after.article_of.get(path):
                found[path] = article
        return tuple(article for path, article in sorted(found.items()) if path not in edited)

    @cached_property
    def relabelled(self) -> tuple[Article, ...]:
        """Stories one of whose tags has another name or address, or an author another portrait."""
        tags = _renamed(self.before.tag_of, self.after.tag_of, _tag_name)
        authors = _renamed(self.before.author_of, self.after.author_of, _author_look)
        runs = [*_spelling(self.after.tag_uses, tags)]
        runs += _spelling(self.after.author_uses, authors | self._with_another_portrait())
        return tuple({a.source.path: a for run in runs for a in run}.values())

    def _with_another_portrait(self) -> frozenset[str]:
        """The keys by which bylines name authors one of whose files is another."""
        texts = map(self.after.texts.get, self.naming(self.files))
        slugs = {author.slug for author in texts if isinstance(author, Author)}
        named = self.after.author_of.items() if slugs else ()
        return frozenset(name for name, found in named if found.subject.slug in slugs)

    def _of_renamed_sections(self) -> Iterator[Run]:
        before, after = self.before.section_of, self.after.section_of
        for slug in _renamed(before, after, lambda section: section.title):
            yield after[slug].articles

    def _of_renamed_authors(self) -> Iterator[Run]:
        before, after = self.before.author_of, self.after.author_of
        renamed = _renamed(before, after, lambda author: author.name)
        yield from _spelling(self.after.author_uses, renamed)

    def naming(self, names: Iterable[str]) -> frozenset[str]:
        """The paths of the texts that name a file, text or address, before or after."""
        return frozenset(
            path
            for name in names
            for mentions in (self.before.mentions, self.after.mentions)
            for path in mentions.of(name)
        )

    @cached_property
    def shown(self) -> tuple[Article, ...]:
        """Every version of every story whose Card changed, came or went, before and after."""
        edited = tuple(article for edit in self.reshown for article in edit)
        return (*edited, *self.recarded)

    @cached_property
    def months(self) -> frozenset[Month]:
        """The months in which something shows otherwise."""
        return frozenset(map(month_of, self.shown))


def _placing(article: Article) -> tuple[object, ...]:
    """All of an article that decides where it is shown, beside its Card."""
    return (
        newest_first(article),
        article.section,
        article.section_label,
        article.tags,
        article.authors,
        article.address,
        article.slug,
        article.aliases,
        article.pinned,
        article.weight,
        article.noindex,
        article.feed_exclude,
        article.related,
        article.updated,
        article.type,
    )


def _spelling(uses: Mapping[str, Spelt], keys: Iterable[str]) -> Iterator[Run]:
    """The stories that name somebody or something by one of some keys."""
    for key in sorted(keys):
        yield from uses.get(key, {}).values()


def _renamed(
    before: Mapping[str, Collection[Subject]],
    after: Mapping[str, Collection[Subject]],
    look: Callable[[Subject], object],
) -> frozenset[str]:
    """The names that stand for something that looks otherwise than before."""
    return frozenset(
        name
        for name, collection in after.items()
        if (known := before.get(name)) is not None
        and known.subject is not collection.subject
        and look(known.subject) != look(collection.subject)
    )


def _tag_name(tag: Tag) -> object:
    return tag.label, tag.slug


def _author_look(author: Author) -> object:
    look = author.slug, author.name, author.role, author.portrait, author.is_organization
    return *look, author.source is None


def subjects(collections: tuple[Collection[Subject], ...]) -> tuple[Subject, ...]:
    """The sections, tags or authors themselves."""
    return tuple(collection.subject for collection in collections)


def same(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    """Whether nothing has come, gone or changed: what has not is the very same object."""
    return len(before) == len(after) and all(map(_is, before, after))


def _is(one: object, other: object) -> bool:
    return one is other
