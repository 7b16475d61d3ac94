"""Cards: what other pages show of an article, each made when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.model.addresses import section_address
from generator.model.article import Article, Author, Section, SourceFile
from generator.model.caches import keep
from generator.model.cards import Card, Link
from generator.model.config import Config
from generator.model.problems import Place, Problem
from generator.model.site import Collection
from generator.plan.directions import direction
from generator.plan.near_files import NearFiles
from generator.plan.pictures import picture_of

HINT = "Put the file beside the article, or under static/ and write /its/path."


@dataclass(frozen=True, slots=True, eq=False)
class Cards(Mapping[str, Card]):
    """The Cards of all articles, by source path."""

    article_of: Mapping[str, Article]
    section_of: Mapping[str, Collection[Section]]
    author_of: Mapping[str, Collection[Author]]
    files: Mapping[str, SourceFile]
    config: Config
    _made: dict[str, Card] = field(default_factory=dict)
    _links: dict[str, Link] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Card:
        """The Card of the article read from `path`."""
        card = self._made.get(path)
        if card is None:
            card = keep(self._made, path, self._card(self.article_of[path]))
        return card

    def __iter__(self) -> Iterator[str]:
        """The source paths of all articles."""
        return iter(self.article_of)

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.article_of)

    def __contains__(self, path: object) -> bool:
        """Whether an article was read from `path`."""
        return path in self.article_of

    def after(
        self,
        gone: Iterable[str],
        article_of: Mapping[str, Article],
        section_of: Mapping[str, Collection[Section]],
        author_of: Mapping[str, Collection[Author]],
    ) -> "Cards":
        """The Cards after an edit of some articles; no section or author has another name."""
        made = dict(self._made)
        for path in gone:
            made.pop(path, None)
        return Cards(article_of, section_of, author_of, self.files, self.config, made, self._links)

    def faults(self, articles: Iterable[Article]) -> tuple[Problem, ...]:
        """A Problem for each of some articles whose picture is missing."""
        faults = (
            (article, picture_of(article.image, *self._where(article))[1])
            for article in articles
            if article.image
        )
        links, near = self.config.links, NearFiles(self.files)
        return tuple(
            Problem(
                Place(article.source.path),
                fault,
                near.hint(article.image.src, article.source.path) or HINT,
                links.severity(article.date),
                keys=("image",),
            )
            for article, fault in faults
            if fault and article.image
        )

    def _card(self, article: Article) -> Card:
        picture = picture_of(article.image, *self._where(article))[0] if article.image else None
        language = article.language or self.config.language
        names = (self.author_of[name.key].subject.name for name in article.authors)
        return Card(
            title=article.short_title or article.title,
            url=self.config.base.url(article.address),
            date=article.date,
            day_only=article.day_only,
            updated=article.updated,
            summary=article.summary or article.source.facts.opening,
            kicker=article.kicker,
            section=self._link(article.section),
            byline=article.byline or ", ".join(dict.fromkeys(names)),
            picture=picture,
            type=article.type,
            language=language,
            direction=direction(language),
            title_html=article.emphasis.text("short_title" if article.short_title else "title"),
            summary_html=article.emphasis.text("summary"),
        )

    def _where(self, article: Article) -> tuple[str, str, Mapping[str, SourceFile], Config]:
        return article.source.path, article.address, self.files, self.config

    def _link(self, slug: str) -> Link:
        link = self._links.get(slug)
        if link is None:
            section = self.section_of[slug].subject
            link = self._links[slug] = Link(section.title, section_url(section, self.config))
        return link


def section_url(section: Section, config: Config) -> str:
    """Where a section's page stands; empty when section pages are switched off."""
    return config.base.url(section_address(section.slug)) if config.outputs.sections else ""
