"""Cards, links and pictures: what a page shows of whatever has its place elsewhere.

`url` and every field that ends in `_url` is a root-relative URL with the base path in it,
ready for an `href`. Instants are aware, in the site's time zone.
"""

from datetime import datetime

from generator.model.pictures import Picture
from generator.model.values import frozen


@frozen
class Link:
    """A title and where it leads."""

    title: str
    url: str


@frozen
class FeedLink:
    """A feed that a page announces in its head."""

    title: str
    url: str
    media_type: str
    is_podcast: bool = False


@frozen
class Card:
    """All that one page shows of an article elsewhere; nothing else crosses between pages.

    `title` is the short title where there is one. With `day_only` the date has no time
    of day. `byline` is the authors' names as text. `title_html` and `summary_html` are the same
    texts with their emphasis; "" where they have none.
    """

    title: str
    url: str
    date: datetime
    day_only: bool = False
    updated: datetime | None = None
    summary: str = ""
    kicker: str = ""
    section: Link | None = None
    byline: str = ""
    picture: Picture | None = None
    type: str = "news"
    language: str = "en"
    direction: str = "ltr"
    title_html: str = ""
    summary_html: str = ""


@frozen
class AuthorLink:
    """An author as a byline shows them; `url` is empty where author pages are switched off.

    One that `is_organization`, such as an agency, is no person.
    """

    name: str
    url: str = ""
    role: str = ""
    portrait: Picture | None = None
    is_organization: bool = False
