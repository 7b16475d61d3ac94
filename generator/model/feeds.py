"""Feeds, as the values that their writers are given."""

from datetime import datetime

from generator.model.body import Body
from generator.model.cards import Card
from generator.model.podcasts import Podcast
from generator.model.recordings import Recording
from generator.model.values import frozen


@frozen
class FeedItem:
    """A story in a feed. `source` is there when the feed carries full text.

    `id` survives a new slug or headline. `tags` are labels, what kind of story it is first.
    `dateline` is run into the full text, as on the page. `recordings` are what can be heard and
    seen with it. `path` is the story's file, for Problems.
    """

    id: str
    card: Card
    title: str
    modified: datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: Body | None = None
    path: str = ""
    dateline: str = ""
    recordings: tuple[Recording, ...] = ()


@frozen
class Feed:
    """A feed in one `format`: `rss`, `atom`, `json` or `podcast`, which has its `podcast`.

    `updated` comes from its newest change. `home_url` is the page that the feed belongs to; `id`
    identifies the feed itself.
    """

    format: str
    id: str
    url: str
    home_url: str
    title: str
    description: str
    language: str
    items: tuple[FeedItem, ...]
    updated: datetime | None = None
    podcast: Podcast | None = None
