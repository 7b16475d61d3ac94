"""Article pages: each story with its neighbours and its related stories."""

from datetime import datetime, timedelta

from generator.model.addresses import author_address, output_path, tag_address
from generator.model.article import Article, Author
from generator.model.cards import AuthorLink, Card, Link
from generator.model.config import Config
from generator.model.outputs import Output
from generator.model.pages import ROBOTS, ArticlePage, Head
from generator.model.plan import Planned, Slot
from generator.model.site import Site
from generator.plan.links import LinkResolver
from generator.plan.pictures import picture_of
from generator.plan.related import RelatedStories
from generator.plan.runs import RankedRuns, Runs

LAYOUT = "article.html"


def plan_articles(site: Site, config: Config, links: LinkResolver) -> Planned[Slot]:
    """A page for every story."""
    runs = [section.articles for section in site.sections] + [tag.articles for tag in site.tags]
    pages = ArticlePages(site, config, links, RankedRuns(site.articles, runs))
    return tuple(map(pages.slot, site.articles)), pages.related.problems()


class ArticlePages:
    """Makes article pages; holds what is the same for all of them.

    `runs` tells where a story stands in its section's and its tags' runs.
    """

    def __init__(self, site: Site, config: Config, links: LinkResolver, runs: Runs) -> None:
        self._site, self._config, self._links, self._runs = site, config, links, runs
        self._base = config.base
        self._threshold = timedelta(minutes=config.updated_after)
        self._tags: dict[str, Link] = {}
        self._authors: dict[str, AuthorLink] = {}
        self._home = Link(config.title, self._base.url("/"))
        self.related = RelatedStories(site, config.related, runs)
        self._page = self.page  # one bound method for all slots

    def slot(self, article: Article) -> Slot:
        """Where one story's page stands."""
        path = output_path(article.address)
        return Slot(path, self._page, (article,), LAYOUT, article.source.path)

    def page(self, article: Article) -> Output:
        """One story's page."""
        path = article.source.path
        return Output(output_path(article.address), self._value(article), LAYOUT, path)

    def _value(self, article: Article) -> ArticlePage:
        card = self._site.cards[article.source.path]
        section = card.section or self._home
        newer, older = self._neighbours(article)
        changed = article.updated or article.date
        updated = changed if changed - article.date > self._threshold else None
        return ArticlePage(
            head=self._head(article, card, section),
            url=card.url,
            id=article.id,
            title=article.title,
            date=article.date,
            modified=updated or article.date,
            section=section,
            source=self._links.body(article.source, article.address, card.language),
            day_only=article.day_only,
            updated=updated,
            kicker=article.kicker,
            summary=article.summary,
            authors=tuple(dict.fromkeys(self._author_link(n.slug) for n in article.authors)),
            byline=article.byline,
            dateline=article.dateline,
            location=article.location,
            picture=card.picture,
            tags=tuple(dict.fromkeys(self._tag_link(name.key) for name in article.tags)),
            newer=newer,
            older=older,
            related=self.related.of(article),
            type=article.type,
            language=card.language,
            direction=card.direction,
            expires=article.expires,
            extra=article.extra,
            title_html=article.emphasis.text("title"),
            summary_html=article.emphasis.text("summary"),
        )

    def _head(self, article: Article, card: Card, section: Link) -> Head:
        return Head(
            title=article.seo_title or article.title,
            url=card.url,
            description=card.summary,
            language=card.language,
            direction=card.direction,
            noindex=article.noindex,
            robots=_robots(article.expires),
            kind="article",
            picture=card.picture,
            trail=(self._home, section, Link(article.title, card.url)),
        )

    def _neighbours(self, article: Article) -> tuple[Card | None, Card | None]:
        """The next newer and the next older story in a story's section."""
        cards, stories = self._site.cards, self._site.section_of[article.section].articles
        place = self._runs.position(stories, article)
        newer = cards[stories[place - 1].source.path] if place else None
        older = cards[stories[place + 1].source.path] if place + 1 < len(stories) else None
        return newer, older

    def _tag_link(self, key: str) -> Link:
        link = self._tags.get(key)
        if link is None:
            tag = self._site.tag_of[key].subject
            url = self._base.url(tag_address(tag.slug)) if self._config.outputs.tags else ""
            link = self._tags[key] = Link(tag.label, url)
        return link

    def _author_link(self, slug: str) -> AuthorLink:
        link = self._authors.get(slug)
        if link is None:
            link = self._authors[slug] = self._new_author_link(self._site.author_of[slug].subject)
        return link

    def _new_author_link(self, author: Author) -> AuthorLink:
        address = author_address(author.slug)
        path = author.source.path if author.source else ""
        portrait, _ = picture_of(author.portrait, path, address, self._site.files, self._base)
        on = self._config.outputs.authors
        url = self._base.url(address) if on else ""
        return AuthorLink(author.name, url, author.role, portrait if on else None)


def _robots(expires: datetime | None) -> str:
    """What search engines are told; `unavailable_after` as Google documents it."""
    return f"{ROBOTS}, unavailable_after: {expires.isoformat()}" if expires else ROBOTS
