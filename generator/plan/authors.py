"""Authors: from the names in bylines and the files under `content/authors/` to one list."""

from collections.abc import Iterable

from generator.model.addresses import PAGE
from generator.model.article import Article, Author, Name
from generator.model.problems import Place, Problem
from generator.model.site import Collection
from generator.plan.tags import commonest


class Authors:
    """The authors that have a file or a visible story, and who is meant by each byline.

    A byline names an author by the name in the author's file, or by the file's name. A
    name without a file makes an author too: spellings with one slug are one person.
    """

    def __init__(self, written: Iterable[Author], articles: Iterable[Article]) -> None:
        self.problems: list[Problem] = []
        self._by_key: dict[str, Author] = {}
        self._by_slug: dict[str, Author] = {}
        self._slug_of: dict[str, str] = {}
        self._labels: dict[str, list[str]] = {}
        self._stories: dict[str, dict[str, Article]] = {}
        for author in sorted(written, key=lambda a: (a.slug, a.source.path if a.source else "")):
            self._add(author)
        for article in articles:
            for name in article.authors:
                self._credit(name, article)

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
        self._slug_of[author.slug] = author.slug
        self._stories.setdefault(author.slug, {})

    def _credit(self, name: Name, article: Article) -> None:
        """Credit an author with a story."""
        author = self._by_key.get(name.key) or self._by_slug.get(name.slug)
        slug = author.slug if author else name.slug
        known = self._slug_of.setdefault(name.slug, slug)
        message = hint = ""
        if slug in ("", PAGE):
            message = f'no address can be made from the author "{name.label}"'
            hint = f"Add a file content/authors/<address>.md with a line name: '{name.label}'"
        elif slug != known:
            message = f'"{name.label}" may be either of two authors: {known} or {slug}'
            hint = "Name the author by the author's file, without .md."
        if message:
            place = Place(article.source.path)
            self.problems.append(Problem(place, message, hint, keys=("authors", name.label)))
        if author is None:
            self._labels.setdefault(slug, []).append(name.label)
        self._stories.setdefault(slug, {})[article.source.path] = article

    def collections(self) -> tuple[Collection[Author], ...]:
        """The authors by name, each with the stories in the order in which they came."""
        made = {
            # The oldest spelling is the last, and decides between equally common ones.
            slug: Author(slug, commonest(labels[::-1]), slug)
            for slug, labels in self._labels.items()
        }
        everyone = {**made, **self._by_slug}.values()
        return tuple(
            Collection(author, tuple(self._stories[author.slug].values()))
            for author in sorted(everyone, key=lambda a: (a.name.casefold(), a.slug))
        )

    def by_spelling(
        self, collections: Iterable[Collection[Author]]
    ) -> dict[str, Collection[Author]]:
        """Who is meant, by the slug of a name as a byline spells it."""
        found = {collection.subject.slug: collection for collection in collections}
        return {spelling: found[slug] for spelling, slug in self._slug_of.items()}
