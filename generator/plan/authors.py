"""Authors: from the names in bylines and the files under `content/authors/` to one list."""

from collections.abc import Iterable, Iterator, Mapping

from generator.model.addresses import PAGE
from generator.model.article import Article, Author, Name
from generator.model.config import Config
from generator.model.problems import Place, Problem
from generator.model.runs import Run, Stock
from generator.model.site import Site, Spelt
from generator.model.tag_keys import tag_key
from generator.model.values import replace
from generator.plan.gathering import Gathered, collected, commonest, first_use
from generator.plan.organizations import names_no_person


def gather_authors(
    before: Site,
    stock: Stock,
    uses: Mapping[str, Spelt],
    written: Iterable[Author],
    config: Config,
) -> Gathered[Author]:
    """The authors that have a file or a visible story, by name.

    They are found by the keys of their names as bylines spell them. The paper itself is no person.
    """
    ours = frozenset(map(tag_key, (config.title, config.organization.name))) - {""}
    credits_ = _Credits(written, uses, ours)
    known = {collection.subject.slug: collection for collection in before.authors}
    collections = tuple(
        collected(author, credits_.runs_of(author), stock, known.get(author.slug))
        for author in sorted(credits_.everyone(), key=lambda a: (a.name.casefold(), a.slug))
    )
    found = {collection.subject.slug: collection for collection in collections}
    by_key = {key: found[slug] for key, slug in credits_.slug_of.items()}
    return Gathered(collections, by_key, tuple(credits_.problems))


class _Credits:
    """Who is meant by each byline.

    A byline names an author by the name in the author's file, or by the file's name; spellings
    with one key (see `tag_key`) are one name. A name without a file makes an author too. A byline
    is a statement of fact: two names with one address are never taken for one person.
    """

    def __init__(
        self, written: Iterable[Author], uses: Mapping[str, Spelt], ours: frozenset[str]
    ) -> None:
        self.problems: list[Problem] = []
        self._ours = ours
        self.slug_of: dict[str, str] = {}
        self._by_key: dict[str, Author] = {}
        self._by_slug: dict[str, Author] = {}
        self._spelt: dict[str, dict[Name, Run]] = {}
        for author in sorted(written, key=lambda a: (a.slug, a.source.path if a.source else "")):
            self._add(author)
        for slug in self._by_slug:
            self.slug_of.setdefault(tag_key(slug), slug)
        for key in sorted(uses):
            self._credit(key, uses[key])

    def _add(self, author: Author) -> None:
        """Take an author from a file."""
        if names_no_person(author.key, self._ours) and not author.is_organization:
            author = replace(author, is_organization=True)
        path = author.source.path if author.source else author.slug
        by_name = self._by_key.setdefault(author.key, author)
        by_file = self._by_slug.setdefault(author.slug, author)
        other = next((o for o in (by_name, by_file) if o is not author), None)
        if other:
            rival = other.source.path if other.source else other.slug
            message = f"is about the same author as {rival}"
            hint = "Keep one of the two files, or give one another name."
            self.problems.append(Problem(Place(path), message, hint, keys=("name",)))
        self.slug_of.setdefault(author.key, author.slug)

    def _credit(self, key: str, spelt: Spelt) -> None:
        """Credit an author with the stories that name them so."""
        slug = self.slug_of.get(key)
        if slug is None:
            # The oldest spelling gives the address, so that it stays when another grows commoner.
            oldest = max(spelt, key=lambda n: (bool(n.slug), first_use(n, spelt[n], authors_of)))
            slug = self.slug_of[key] = oldest.slug
            name = commonest(spelt, authors_of)
            author = Author(slug, name, key, is_organization=names_no_person(key, self._ours))
            other = self._by_slug.setdefault(slug, author)
            self.problems += _faults(author, other, oldest, spelt[oldest])
        self._spelt.setdefault(slug, {}).update(spelt)

    def everyone(self) -> Iterable[Author]:
        """All authors: those with a file, and those of whom there are only bylines."""
        return self._by_slug.values()

    def runs_of(self, author: Author) -> tuple[Run, ...]:
        """The stories of an author, by how they spell the name."""
        spelt = self._spelt.get(author.slug, {})
        return tuple(spelt[name] for name in sorted(spelt, key=lambda n: (n.label, n.key, n.slug)))


def authors_of(article: Article) -> tuple[Name, ...]:
    """The authors that a story names."""
    return article.authors


def _faults(author: Author, other: Author, name: Name, run: Run) -> Iterator[Problem]:
    """What is wrong with the address of an author of whom there are only bylines."""
    if author.slug in ("", PAGE):
        message = f'no address can be made from the author "{name.label}"'
        hint = f"Add a file content/authors/<address>.md with a line name: '{name.label}'"
    elif other is not author:
        message = f'the authors "{other.name}" and "{author.name}" have one address: {author.slug}'
        hint = (
            f"If they are two people, add content/authors/<another>.md with a line "
            f"name: '{author.name}'; if not, write the name in one way."
        )
    else:
        return
    yield Problem(Place(run[-1].source.path), message, hint, keys=("authors", name.label))
