"""Article pages: each story with its neighbours and its related stories."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Self

from generator.model.addresses import author_address, output_path, tag_address
from generator.model.article import Article, ArticleType, Author
from generator.model.cards import AuthorLink, Card, Link
from generator.model.outputs import Output
from generator.model.pages import ROBOTS, ArticlePage, Head
from generator.model.plan import Slot
from generator.model.problems import Place, Problem, warning
from generator.model.recordings import Medium
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.cards import Cards
from generator.plan.change import Change, Edit
from generator.plan.kind import Kind, Whole
from generator.plan.near_files import NearFiles
from generator.plan.pictures import picture_of
from generator.plan.recordings import recording_faults, recordings_of
from generator.plan.related import RelatedStories

LAYOUT = "article.html"
NO_FUTURE = "Check the year and the day: readers and search engines take it for true."


class Articles(Kind):
    """A page for every story."""

    def __init__(self, plan: Whole) -> None:
        super().__init__(plan)
        self._base = self.config.base
        self._threshold = timedelta(minutes=self.config.updated_after)
        self._tags: dict[str, Link] = {}
        self._authors: dict[str, AuthorLink] = {}
        self._home = Link(self.config.title, self._base.url("/"))
        self._related = RelatedStories(self.site, self.config.related, self.config.links)
        self._page = self.page  # one bound method for all slots

    def slots(self) -> Iterable[Slot]:
        """Where each story's page stands."""
        return map(self._slot, self.site.articles)

    def at(self, address: str) -> Output | None:
        """The page of the story at an address."""
        article = self.site.article_at.get(address)
        return self.page(article) if article else None

    def has(self, address: str) -> bool:
        """Whether a story stands at an address."""
        return address in self.site.article_at

    def address_of(self, path: str) -> str:
        """Where the story from a file stands."""
        article = self.site.article_of.get(path)
        return article.address if article else ""

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: stories have parts of the sitemap for themselves."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The pages of stories that are other ones, and of those that show them."""
        yield from (article.address for edit in change.edits for article in edit)
        yield from (article.address for article in (*change.recarded, *change.relabelled))
        if not (change.shown or change.texts):
            return
        yield from (article.address for article in self.site.picking)
        for edit in (*change.reshown, *(Edit(story, story) for story in change.recarded)):
            for article, there in ((edit.old, before), (edit.new, self)):
                if article:
                    yield from there._beside(article)  # noqa: SLF001 - one of its own kind
        yield from self._related.seeing(change)

    def _beside(self, article: Article) -> Iterator[str]:
        """The stories next to one in its section."""
        run = self.site.section_of[article.section].articles
        place = run.position(article)
        yield from (a.address for a in run[max(place - 1, 0) : place + 2])

    def problems(self, change: Change | None = None) -> tuple[Problem, ...]:
        """Hand-picked stories that there are not, and ids of two stories."""
        site = self.site
        if change is None:
            ids = (number for key in site.by_id for number in site.by_id.all(key)[:-1])
            shared = map(site.articles.stock.article, ids)
            return (*self._related.problems(), *_shared_ids(site, shared))
        news = [edit.new for edit in change.edits if edit.new]
        return (*self._related.problems(), *_shared_ids(site, news))

    def _slot(self, article: Article) -> Slot:
        path = output_path(article.address)
        return Slot(path, self._page, (article,), LAYOUT, article.source.path)

    def page(self, article: Article) -> Output:
        """One story's page."""
        path = article.source.path
        return Output(output_path(article.address), self._value(article), LAYOUT, path)

    def _value(self, article: Article) -> ArticlePage:
        card = self.site.cards[article.source.path]
        section = card.section or self._home
        newer, older = self._neighbours(article)
        changed = article.updated or article.date
        is_shown = article.updated_day_only or changed - article.date > self._threshold
        updated = changed if is_shown else None
        body = self.links.body(article.source, article.address, card.language, article.date)
        is_paid = article.type is ArticleType.SPONSORED
        recordings = recordings_of(article, card.picture, self.site.files, self.config)
        return ArticlePage(
            head=self._head(article, card, section),
            url=card.url,
            id=article.id,
            title=article.title,
            date=article.date,
            modified=updated or article.date,
            section=section,
            source=replace(body, is_paid=True) if is_paid else body,
            day_only=article.day_only,
            updated=updated,
            updated_day_only=article.updated_day_only,
            kicker=article.kicker,
            summary=article.summary,
            authors=tuple(dict.fromkeys(self._author_link(n.key) for n in article.authors)),
            byline=article.byline,
            dateline=article.dateline,
            location=article.location,
            picture=card.picture,
            tags=tuple(dict.fromkeys(self._tag_link(name.key) for name in article.tags)),
            newer=newer,
            older=older,
            related=self._related.of(article),
            type=article.type,
            language=card.language,
            direction=card.direction,
            expires=article.expires,
            extra=article.extra,
            title_html=article.emphasis.text("title"),
            summary_html=article.emphasis.text("summary"),
            audio=recordings.get(Medium.AUDIO),
            video=recordings.get(Medium.VIDEO),
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
        cards, stories = self.site.cards, self.site.section_of[article.section].articles
        place = stories.position(article)
        newer = cards[stories[place - 1].source.path] if place else None
        older = cards[stories[place + 1].source.path] if place + 1 < len(stories) else None
        return newer, older

    def _tag_link(self, key: str) -> Link:
        link = self._tags.get(key)
        if link is None:
            tag = self.site.tag_of[key].subject
            url = self._base.url(tag_address(tag.slug)) if self.config.outputs.tags else ""
            link = self._tags[key] = Link(tag.label, url)
        return link

    def _author_link(self, key: str) -> AuthorLink:
        link = self._authors.get(key)
        if link is None:
            link = self._authors[key] = self._new_author_link(self.site.author_of[key].subject)
        return link

    def _new_author_link(self, author: Author) -> AuthorLink:
        address = author_address(author.slug)
        path = author.source.path if author.source else ""
        files, config = self.site.files, self.config
        portrait, _ = picture_of(author.portrait, path, address, files, config, is_cut=False)
        on = self.config.outputs.authors
        url = self._base.url(address) if on else ""
        return AuthorLink(
            author.name, url, author.role, portrait if on else None, author.is_organization
        )


def _robots(expires: datetime | None) -> str:
    """What search engines are told; `unavailable_after` as Google documents it."""
    return f"{ROBOTS}, unavailable_after: {expires.isoformat()}" if expires else ROBOTS


def story_faults(site: Site, stories: Iterable[Article]) -> Iterator[Problem]:
    """What is wrong with some stories, each by itself: a missing picture, an update to come."""
    stories = tuple(stories)
    if isinstance(site.cards, Cards):
        yield from site.cards.faults(stories)
        near, config = NearFiles(site.files), site.cards.config
        for article in (a for a in stories if a.audio or a.video):
            yield from recording_faults(article, site.files, config, near)
    for article in stories:
        if article.updated and article.updated > site.now:
            yield update_to_come(article.source.path, article.updated)


def update_to_come(path: str, updated: datetime) -> Problem:
    """A warning of an update in the future: pages and feeds tell of it already."""
    told = warning(Place(path), "an update that is still to come", NO_FUTURE, ("updated",))
    return replace(told, until=updated)


def _shared_ids(site: Site, articles: Iterable[Article]) -> Iterator[Problem]:
    """Two stories with one id: readers of a feed would never see the second."""
    stock = site.articles.stock
    shared = {article.id for article in articles if len(site.by_id.all(article.id)) > 1}
    for identity in sorted(shared):
        stories = sorted(map(stock.article, site.by_id.all(identity)), key=lambda a: a.source.path)
        # Two at one address are told as such.
        for article in (a for a in stories[1:] if a.address != stories[0].address):
            message = f'the id "{identity}" is also that of {stories[0].source.path}'
            hint = "Give the newer of the two another id: readers' feeds tell stories apart by it."
            yield Problem(Place(article.source.path), message, hint, keys=("id",))
