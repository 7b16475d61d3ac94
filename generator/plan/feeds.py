"""Feeds: for the site, and for each section, tag and author, in three formats."""

from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import quote, urlsplit

from generator.model.addresses import (
    Base,
    output_path,
)
from generator.model.article import Article
from generator.model.caches import keep
from generator.model.cards import FeedLink
from generator.model.config import CONFIG_FILE, Config
from generator.model.feeds import Feed, FeedItem
from generator.model.outputs import Output
from generator.model.plan import Planned, Slot
from generator.model.problems import Place, Problem
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.links import LinkResolver
from generator.plan.subjects import Subject, all_subjects

# Part of every identity, so it never changes. A tag URI needs a year in which the host's name was
# its owner's; the year in which Broadsheet appeared serves all.
TAG_YEAR = 2026
TAG_SAFE = "/:@!$&()*+,;=-._~"


@frozen
class FeedFormat:
    """A format: its name in a Feed, its file's name, its media type, and what people call it."""

    name: str
    file: str
    media_type: str
    label: str


RSS = FeedFormat("rss", "feed.xml", "application/rss+xml", "RSS")
ATOM = FeedFormat("atom", "atom.xml", "application/atom+xml", "Atom")
JSON = FeedFormat("json", "feed.json", "application/feed+json", "JSON Feed")


@frozen
class FeedSubject:
    """What a feed is about: the page it belongs to, and that page's stories, newest first."""

    front: str
    title: str
    description: str
    articles: Sequence[Article]
    source: str


def feed_formats(config: Config) -> tuple[FeedFormat, ...]:
    """The formats that are switched on."""
    on = config.outputs
    switches = ((RSS, on.rss), (ATOM, on.atom), (JSON, on.json_feed))
    return tuple(form for form, is_on in switches if is_on)


def feed_links(address: str, title: str, config: Config) -> tuple[FeedLink, ...]:
    """What the head of the page at `address` announces: its feeds in all formats switched on.

    Whether that kind of page has feeds at all (`outputs.tag_feeds` and the like) is for
    the caller to ask.
    """
    return tuple(
        FeedLink(f"{title} ({form.label})", config.base.url(address + form.file), form.media_type)
        for form in feed_formats(config)
    )


def plan_feeds(site: Site, config: Config, links: LinkResolver) -> Planned[Slot]:
    """All feeds that are switched on; those of a kind of page only where there are such pages.

    A feed holds the newest `feeds.items` stories, but for those that ask to be left out
    of feeds or of search engines. Two stories with one id are a Problem: readers of
    a feed would never see the second.
    """
    maker = FeedMaker(site, config, links)
    slots = tuple(
        maker.slot(subject, form)
        for subject in feed_subjects(site, config)
        for form in feed_formats(config)
    )
    return slots, _shared_ids(site.articles)


def feed_subjects(site: Site, config: Config) -> Iterator[FeedSubject]:
    """Everything that has feeds: the site first."""
    yield whole_site(site, config)
    yield from (feed_subject(about) for about in all_subjects(site, config) if about.has_feeds)


def whole_site(site: Site, config: Config) -> FeedSubject:
    """What the site's own feeds are about."""
    return FeedSubject("/", "", config.description, site.articles, CONFIG_FILE)


def feed_subject(about: Subject) -> FeedSubject:
    """What the feeds of a section, tag or author are about."""
    path = about.source.path if about.source else ""
    return FeedSubject(about.front, about.title, about.description, about.articles, path)


class FeedMaker:
    """Makes feeds; a story's item is kept, since many feeds carry it."""

    def __init__(self, site: Site, config: Config, links: LinkResolver) -> None:
        self._site, self._config, self._links = site, config, links
        self._base = config.base
        self._identity = identity_prefix(self._base)
        self._items: dict[str, FeedItem] = {}

    def slot(self, subject: FeedSubject, form: FeedFormat) -> Slot:
        """Where the feed about one subject stands, in one format."""
        path = output_path(subject.front + form.file)
        return Slot(path, self.feed, (subject, form), source=subject.source)

    def feed(self, subject: FeedSubject, form: FeedFormat) -> Output:
        """The feed about one subject, in one format."""
        items = self._items_of(subject)
        paper, address = self._config.title, subject.front + form.file
        feed = Feed(
            format=form.name,
            id=self._identity + quote(address, safe=TAG_SAFE),
            url=self._base.url(address),
            home_url=self._base.url(subject.front),
            title=f"{paper}: {subject.title}" if subject.title else paper,
            description=subject.description,
            language=self._config.language,
            items=items,
            updated=max((item.modified for item in items), default=None),
        )
        return Output(output_path(address), feed, "", subject.source)

    def _items_of(self, subject: FeedSubject) -> tuple[FeedItem, ...]:
        shown = (a for a in subject.articles if not (a.feed_exclude or a.noindex))
        return tuple(map(self._item, islice(shown, self._config.feeds.items)))

    def _item(self, article: Article) -> FeedItem:
        path = article.source.path
        return self._items.get(path) or keep(self._items, path, self._make_item(article))

    def _make_item(self, article: Article) -> FeedItem:
        card = self._site.cards[article.source.path]
        names = (self._site.author_of[name.slug].subject.name for name in article.authors)
        labels = (self._site.tag_of[name.key].subject.label for name in article.tags)
        full = self._config.feeds.full_text
        return FeedItem(
            id=self._identity + quote(f"/story/{article.id}", safe=TAG_SAFE),
            card=card,
            title=article.title,
            modified=article.updated or article.date,
            authors=(article.byline,) if article.byline else tuple(dict.fromkeys(names)),
            tags=tuple(dict.fromkeys(labels)),
            source=self._links.body(article.source, article.address, card.language)
            if full
            else None,
            path=article.source.path,
        )


def identity_prefix(base: Base) -> str:
    """What every identity of a site begins with: a tag URI (RFC 4151) without its end.

    The base path is part of it, since two sites on one host may use the same ids.
    """
    host = urlsplit(base.origin).hostname or "localhost"
    # Only a preview's host is an IP address, whose colons the syntax does not allow.
    return f"tag:{host.replace(':', '-')},{TAG_YEAR}:{quote(base.path, safe=TAG_SAFE)}"


def _shared_ids(articles: Sequence[Article]) -> tuple[Problem, ...]:
    first: dict[str, Article] = {}
    problems = []
    for article in sorted(articles, key=lambda a: a.source.path):
        other = first.setdefault(article.id, article)
        if other is not article:
            message = f'the id "{article.id}" is also that of {other.source.path}'
            hint = "Give the newer of the two another id: readers' feeds tell stories apart by it."
            problems.append(Problem(Place(article.source.path), message, hint, keys=("id",)))
    return tuple(problems)
