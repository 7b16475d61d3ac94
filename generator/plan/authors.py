"""Authors: from the names in bylines and the files under `content/authors/` to one list."""

from collections.abc import Iterable, Iterator, Mapping

from generator.model.addresses import PAGE
from generator.model.article import Article, Author, Name
from generator.model.problems import Place, Problem
from generator.model.runs import Run, Stock
from generator.model.site import Site, Spelt
from generator.plan.gathering import Gathered, collected, commonest, last_use


def gather_authors(
    before: Site, stock: Stock, uses: Mapping[str, Spelt], written: Iterable[Author]
) -> Gathered[Author]:
    """The authors that have a file or a visible story, by name.

    They are found by the slugs of their names as bylines spell them.
    """
    credits_ = _Credits(written, uses)
    known = {collection.subject.slug: collection for collection in before.authors}
    collections = tuple(
        collected(author, credits_.runs_of(author), stock, known.get(author.slug))
        for author in sorted(credits_.everyone(), key=lambda a: (a.name.casefold(), a.slug))
    )
    found = {collection.subject.slug: collection for collection in collections}
    by_spelling = {name: found[slug] for name, slug in credits_.slug_of.items()}
    return Gathered(collections, by_spelling, tuple(credits_.problems))


class _Credits:
    """Who is meant by each byline.

    A byline names an author by the name in the author's file, or by the file's name. A
    name without a file makes an author too: spellings with one slug are one person.
    """

    def __init__(self, written: Iterable[Author], uses: Mapping[str, Spelt]) -> None:
        self.problems: list[Problem] = []
        self.slug_of: dict[str, str] = {}
        self._by_key: dict[str, Author] = {}
        self._by_slug: dict[str, Author] = {}
        self._spelt: dict[str, dict[Name, Run]] = {}
        self._unwritten: dict[str, dict[Name, Run]] = {}
        for author in sorted(written, key=lambda a: (a.slug, a.source.path if a.source else "")):
            self._add(author)
        by_slug: dict[str, dict[Name, Run]] = {}
        for name, run in (item for spelt in uses.values() for item in spelt.items()):
            by_slug.setdefault(name.slug, {})[name] = run
        for names in by_slug.values():
            in_order = [*names]
            if len(names) > 1:
                # Of names with one slug, the newest story tells who is meant.
                uses_of = {name: last_use(name, names[name], authors_of) for name in names}
                in_order.sort(key=uses_of.__getitem__)
            for name in in_order:
                self._credit(name, names[name])

    def _add(self, author: Author) -> None:
        """Take an author from a file."""
        path = author.source.path if author.source else author.slug
        by_name = self._by_key.setdefault(author.key, author)
        by_file = self._by_slug.setdefault(author.slug, author)
        other = next((o for o in (by_name, by_file) if o is not author), None)
        if other:
            rival = other.source.path if other.source else other.slug
            message = f"is about the same author as {rival}"
            hint = "Keep one of the two files, or give one another name."
            self.problems.append(Problem(Place(path), message, hint, keys=("name",)))
        self.slug_of[author.slug] = author.slug

    def _credit(self, name: Name, run: Run) -> None:
        """Credit an author with the stories that spell the name so."""
        author = self._by_key.get(name.key) or self._by_slug.get(name.slug)
        slug = author.slug if author else name.slug
        known = self.slug_of.setdefault(name.slug, slug)
        self.problems += _faults(name, slug, known, run)
        if author is None:
            self._unwritten.setdefault(slug, {})[name] = run
        self._spelt.setdefault(slug, {})[name] = run

    def everyone(self) -> Iterator[Author]:
        """All authors: those with a file, and those of whom there are only bylines."""
        yield from self._by_slug.values()
        for slug, spelt in self._unwritten.items():
            if slug not in self._by_slug:
                yield Author(slug, commonest(spelt, authors_of), slug)

    def runs_of(self, author: Author) -> tuple[Run, ...]:
        """The stories of an author, by how they spell the name."""
        spelt = self._spelt.get(author.slug, {})
        return tuple(spelt[name] for name in sorted(spelt, key=lambda n: (n.label, n.key, n.slug)))


def authors_of(article: Article) -> tuple[Name, ...]:
    """The authors that a story names."""
    return article.authors


def _faults(name: Name, slug: str, known: str, run: Run) -> Iterator[Problem]:
    message = hint = ""
    if slug in ("", PAGE):
        message = f'no address can be made from the author "{name.label}"'
        hint = f"Add a file content/authors/<address>.md with a line name: '{name.label}'"
    elif slug != known:
        message = f'"{name.label}" may be either of two authors: {known} or {slug}'
        hint = "Name the author by the author's file, without .md."
    if message:
        for article in run:
            keys = ("authors", name.label)
            yield Problem(Place(article.source.path), message, hint, keys=keys)
