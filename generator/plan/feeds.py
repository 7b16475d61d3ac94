"""Feeds: for the site, and for each section, tag and author, in three formats."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Self
from urllib.parse import quote, urlsplit

from generator.model.address_ledger import AddressLedger
from generator.model.addresses import Base, default_id, output_path
from generator.model.article import Article, ArticleType
from generator.model.caches import keep
from generator.model.cards import FeedLink
from generator.model.config import CONFIG_FILE, Config
from generator.model.feeds import Feed, FeedItem
from generator.model.outputs import Output
from generator.model.plan import Slot
from generator.model.podcasts import Podcast
from generator.model.problems import Problem
from generator.model.runs import Run
from generator.model.site import Site
from generator.model.values import frozen
from generator.plan.change import Change
from generator.plan.departures import firsts
from generator.plan.kind import Kind, Whole
from generator.plan.podcasts import show_faults, show_of
from generator.plan.recordings import recordings_of
from generator.plan.subjects import Subject, all_subjects, fronts_of

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
PODCAST = FeedFormat("podcast", "podcast.xml", "application/rss+xml", "Podcast")
HOME = "/"
Formats = Mapping[str, FeedFormat]
"""Formats by the names of their files."""


@frozen
class FeedSubject:
    """What a feed is about: the page it belongs to, and that page's stories, newest first.

    One that has `podcast` is a show, too; with `has_feeds` it has feeds as all pages have.
    """

    front: str
    title: str
    description: str
    articles: Run
    source: str
    about: object = None
    podcast: Podcast | None = None
    has_feeds: bool = True


def feed_formats(config: Config, front: str) -> tuple[FeedFormat, ...]:
    """The formats of the feeds that belong to a front, where it has any: for the site's, all."""
    on = config.outputs
    switches = ((RSS, on.rss), (ATOM, on.atom), (JSON, on.json_feed))
    formats = tuple(form for form, is_on in switches if is_on)
    return formats[:1] if config.feeds.one_format and front != HOME else formats


def feed_links(address: str, title: str, config: Config) -> tuple[FeedLink, ...]:
    """What the head of the page at `address` announces: its feeds in all their formats.

    Whether that kind of page has feeds at all (`outputs.tag_feeds` and the like) is for
    the caller to ask.
    """
    return tuple(
        FeedLink(f"{title} ({form.label})", config.base.url(address + form.file), form.media_type)
        for form in feed_formats(config, address)
    )


def podcast_link(address: str, title: str, config: Config) -> FeedLink:
    """The same of the podcast of the page at `address`."""
    url = config.base.url(address + PODCAST.file)
    return FeedLink(f"{title} ({PODCAST.label})", url, PODCAST.media_type, is_podcast=True)


def whole_site(site: Site, config: Config) -> FeedSubject:
    """What the site's own feeds are about."""
    return FeedSubject(HOME, "", config.description, site.articles, CONFIG_FILE)


def feed_subject(about: Subject) -> FeedSubject:
    """What the feeds of a section, tag or author are about."""
    path = about.source.path if about.source else ""
    title, description = about.title, about.description
    stories = about.articles
    own = (about.front, title, description, stories, path, about.about)
    return FeedSubject(*own, podcast=about.podcast, has_feeds=about.has_feeds)


class Feeds(Kind):
    """All feeds that are switched on; those of a kind of page only where there are such pages.

    A feed holds the newest `feeds.items` stories, but for those that ask to be left out
    of feeds or of search engines. A story's item is kept, since many feeds carry it.
    """

    has_texts = False
    order = 3

    def __init__(self, plan: Whole) -> None:
        super().__init__(plan)
        self._base = self.config.base
        ledgers = self.site.of(AddressLedger)
        pinned = self.config.feeds.identity
        known = next((one.identity for one in ledgers if one.identity.startswith("tag:")), "")
        self._identity = identity_of(self.config) if pinned or not known else known
        self._firsts = dict(firsts(ledgers))
        self._items: dict[str, FeedItem] = {}

    @cached_property
    def subjects(self) -> dict[str, FeedSubject]:
        """What there are feeds about, by the address of its front: the site first."""
        about = all_subjects(self.site, self.config)
        found = [whole_site(self.site, self.config)]
        found += (feed_subject(one) for one in about if one.has_feeds or one.podcast)
        return {subject.front: subject for subject in found if self._formats_of(subject)}

    def _formats_of(self, subject: FeedSubject | None) -> Formats:
        """The formats in which there are feeds about a subject."""
        if subject is None:
            return {}
        formats = feed_formats(self.config, subject.front) if subject.has_feeds else ()
        usual = {form.file: form for form in formats}
        return {**usual, PODCAST.file: PODCAST} if subject.podcast else usual

    def slots(self) -> Iterator[Slot]:
        """Where each feed stands, in each format."""
        for subject in self.subjects.values():
            for form in self._formats_of(subject).values():
                path = output_path(subject.front + form.file)
                yield Slot(path, self.feed, (subject, form), source=subject.source)

    def at(self, address: str) -> Output | None:
        """The feed at an address."""
        folder, _, name = address.rpartition("/")
        subject = self.subjects.get(folder + "/")
        form = self._formats_of(subject).get(name)
        return self.feed(subject, form) if form and subject else None

    def has(self, address: str) -> bool:
        """Whether a feed stands at an address."""
        folder, _, name = address.rpartition("/")
        return name in self._formats_of(self.subjects.get(folder + "/"))

    def listed(self) -> Iterable[tuple[str, datetime | None]]:
        """None: they are no pages."""
        return ()

    def touched(self, change: Change, before: Self) -> Iterator[str]:
        """The feeds about whatever has other stories, or stories that look otherwise."""
        items = [*change.shown, *change.relabelled, *self._edited(change, before)]
        if not (items or change.texts):
            return
        shown = fronts_of(items, before.site) | fronts_of(items, self.site)
        for front in self.subjects.keys() | before.subjects.keys():
            was, now = before.subjects.get(front), self.subjects.get(front)
            is_same = was and now and was.articles is now.articles and was.about is now.about
            if is_same and front not in shown:
                continue
            formats = {**before._formats_of(was), **self._formats_of(now)}
            yield from (front + file for file in formats)

    def _edited(self, change: Change, before: Self) -> Iterator[Article]:
        """The stories whose items are others, but for those that look otherwise on pages too."""
        for edit in change.edits:
            old, new = edit.old, edit.new
            if old and new and before._make_item(old) != self._make_item(new):
                yield new

    def carrying(self, path: str) -> Iterator[str]:
        """The feeds in which the body of a story stands, where whole stories do."""
        article = self.site.article_of.get(path) if self.config.feeds.full_text else None
        for front in fronts_of([article], self.site) if article else ():
            yield from (front + file for file in self._formats_of(self.subjects.get(front)))

    def feed(self, subject: FeedSubject, form: FeedFormat) -> Output:
        """The feed about one subject, in one format."""
        is_podcast = form is PODCAST
        items = self._episodes_of(subject) if is_podcast else self._items_of(subject)
        paper, address = self.config.title, subject.front + form.file
        feed = Feed(
            format=form.name,
            id=self._identity + quote(address, safe=TAG_SAFE),
            url=self._base.url(address),
            home_url=self._base.url(subject.front),
            title=f"{paper}: {subject.title}" if subject.title else paper,
            description=subject.description,
            language=self.config.language,
            items=items,
            updated=max((item.modified for item in items), default=None),
            podcast=show_of(subject, self.site.files, self.config) if is_podcast else None,
        )
        return Output(output_path(address), feed, "", subject.source)

    def _items_of(self, subject: FeedSubject) -> tuple[FeedItem, ...]:
        shown = filter(_is_for_feeds, subject.articles)
        return tuple(map(self._item, islice(shown, self.config.feeds.items)))

    def _episodes_of(self, subject: FeedSubject) -> tuple[FeedItem, ...]:
        """The stories that can be heard or seen: all of them are asked for, few are made items."""
        shown = (a for a in subject.articles if (a.audio or a.video) and _is_for_feeds(a))
        items = (item for item in map(self._item, shown) if item.recordings)
        return tuple(islice(items, subject.podcast.items if subject.podcast else 0))

    def problems(self, change: Change | None = None) -> tuple[Problem, ...]:  # noqa: ARG002 - as every kind
        """Podcasts whose pictures no directory takes."""
        shows = (subject for subject in self.subjects.values() if subject.podcast)
        return tuple(fault for one in shows for fault in show_faults(one, self.site.files))

    def _item(self, article: Article) -> FeedItem:
        path = article.source.path
        return self._items.get(path) or keep(self._items, path, self._make_item(article))

    def _id_of(self, article: Article) -> str:
        """The id of a story: its own, or else the address where it was published first."""
        first = self._firsts.get(article.source.path)
        is_own = article.id != default_id(article.address)
        return article.id if is_own or first is None else default_id(first)

    def _make_item(self, article: Article) -> FeedItem:
        card = self.site.cards[article.source.path]
        names = (self.site.author_of[name.key].subject.name for name in article.authors)
        labels = (self.site.tag_of[name.key].subject.label for name in article.tags)
        full = self.config.feeds.full_text
        recordings = recordings_of(article, card.picture, self.site.files, self.config)
        return FeedItem(
            id=self._identity + quote(f"/story/{self._id_of(article)}", safe=TAG_SAFE),
            card=card,
            title=article.title,
            modified=article.updated or article.date,
            authors=(article.byline,) if article.byline else tuple(dict.fromkeys(names)),
            tags=tuple(dict.fromkeys((*_kind_of(article), *labels))),
            source=self.links.body(article.source, article.address, card.language, article.date)
            if full
            else None,
            path=article.source.path,
            dateline=article.dateline if full else "",
            recordings=tuple(recordings.values()),
        )


def _kind_of(article: Article) -> Iterator[str]:
    """What the page says of a story above its headline: no reader shall take opinion for news."""
    if article.type is not ArticleType.NEWS:
        yield str(article.type)
    if article.kicker:
        yield article.kicker


def _is_for_feeds(article: Article) -> bool:
    """Whether a story goes out in feeds: a paid one does not, where no page says that it is."""
    is_paid = article.type is ArticleType.SPONSORED
    return not (article.feed_exclude or article.noindex or is_paid)


def identity_of(config: Config) -> str:
    """What every identity of a site begins with: by the option, or else by its `base_url`."""
    pinned = config.feeds.identity
    return identity_prefix(Base.parse(f"https://{pinned}/") if pinned else config.base)


def identity_prefix(base: Base) -> str:
    """What every identity of a site begins with: a tag URI (RFC 4151) without its end.

    The base path is part of it, since two sites on one host may use the same ids.
    """
    host = urlsplit(base.origin).hostname or "localhost"
    # Only a preview's host is an IP address, whose colons the syntax does not allow.
    return f"tag:{host.replace(':', '-')},{TAG_YEAR}:{quote(base.path, safe=TAG_SAFE)}"
