"""Pages: every kind of HTML page, as the value that its layout sees as `page`.

URLs and instants are as in `model/cards.py`, and so are `title_html` and `summary_html`;
`site.origin` before a URL makes it absolute.
"""

from datetime import datetime

from generator.model.body import Body
from generator.model.cards import AuthorLink, Card, FeedLink, Link
from generator.model.frozen import EMPTY, FrozenMap
from generator.model.pictures import Picture
from generator.model.recordings import Recording
from generator.model.values import frozen

ROBOTS = "max-image-preview:large"
"""What every page lets search engines do: show its picture in full."""


@frozen
class Head:
    """What a page's `<head>` says.

    `robots` holds directives for search engines; `noindex` pages have no canonical.
    `kind` is Open Graph's type. `trail` leads from the front to the page (schema.org
    BreadcrumbList), the page itself last.
    """

    title: str
    url: str
    description: str = ""
    language: str = "en"
    direction: str = "ltr"
    noindex: bool = False
    robots: str = ROBOTS
    kind: str = "website"
    picture: Picture | None = None
    feeds: tuple[FeedLink, ...] = ()
    trail: tuple[Link, ...] = ()


@frozen
class Pager:
    """Where a page stands in the numbering of its listing.

    `number` is 0 on the front. URLs are empty where there is no such page: on the
    front there is no newer, on page 1 no older one.
    """

    number: int = 0
    newest_url: str = ""
    newer_url: str = ""
    older_url: str = ""
    oldest_url: str = ""


@frozen
class ArticlePage:
    """An article on its own page.

    `updated` is there only when it differs from `date` by more than the configured
    threshold; `modified` is always there, for machines, and says what readers see (so Google's
    publication dates want it). `section`, `tags` and `authors` link to their pages. `newer` and
    `older` are its neighbours in its section. `audio` and `video` can be played. `body` is HTML,
    empty until the page is rendered.
    """

    head: Head
    url: str
    id: str
    title: str
    date: datetime
    modified: datetime
    section: Link
    source: Body
    day_only: bool = False
    updated: datetime | None = None
    updated_day_only: bool = False
    kicker: str = ""
    summary: str = ""
    authors: tuple[AuthorLink, ...] = ()
    byline: str = ""
    dateline: str = ""
    location: str = ""
    picture: Picture | None = None
    tags: tuple[Link, ...] = ()
    newer: Card | None = None
    older: Card | None = None
    related: tuple[Card, ...] = ()
    type: str = "news"
    language: str = "en"
    direction: str = "ltr"
    expires: datetime | None = None
    extra: FrozenMap = EMPTY
    title_html: str = ""
    summary_html: str = ""
    audio: Recording | None = None
    video: Recording | None = None
    body: str = ""


@frozen
class Block:
    """A section's part of the front page."""

    title: str
    url: str
    cards: tuple[Card, ...]


@frozen
class FrontPage:
    """The site's front, or (with a `pager.number`) one of its older pages.

    No story stands in it twice: `lead` and `secondary` come first, `cards` are the
    rest of the listing's newest run, `blocks` are by section. An older page has
    only `cards`. `edition` is the day of the newest story, where readers are to be told.
    """

    head: Head
    url: str
    title: str
    cards: tuple[Card, ...]
    pager: Pager = Pager()
    lead: Card | None = None
    secondary: tuple[Card, ...] = ()
    blocks: tuple[Block, ...] = ()
    edition: datetime | None = None
    language: str = "en"
    direction: str = "ltr"


@frozen
class SectionPage:
    """A section's listing: its front, or an older page. `body` is HTML, on the front only."""

    head: Head
    url: str
    title: str
    cards: tuple[Card, ...]
    pager: Pager = Pager()
    description: str = ""
    picture: Picture | None = None
    source: Body | None = None
    feeds: tuple[FeedLink, ...] = ()
    language: str = "en"
    direction: str = "ltr"
    extra: FrozenMap = EMPTY
    body: str = ""


@frozen
class TagPage:
    """A tag's listing: its front, or an older page. `body`, the explainer, is on the front only."""

    head: Head
    url: str
    title: str
    cards: tuple[Card, ...]
    pager: Pager = Pager()
    description: str = ""
    picture: Picture | None = None
    source: Body | None = None
    feeds: tuple[FeedLink, ...] = ()
    language: str = "en"
    direction: str = "ltr"
    extra: FrozenMap = EMPTY
    body: str = ""


@frozen
class AuthorPage:
    """An author's listing: its front, or an older page. `body` is the biography.

    `links` are absolute URLs to the author elsewhere. One that `is_organization` is no person.
    """

    head: Head
    url: str
    title: str
    cards: tuple[Card, ...]
    pager: Pager = Pager()
    role: str = ""
    description: str = ""
    links: tuple[str, ...] = ()
    portrait: Picture | None = None
    is_organization: bool = False
    source: Body | None = None
    feeds: tuple[FeedLink, ...] = ()
    language: str = "en"
    direction: str = "ltr"
    extra: FrozenMap = EMPTY
    body: str = ""


@frozen
class IndexEntry:
    """A line of an index: a tag, an author, a year or a month.

    `count` is how many stories a tag has. It is 0 for the others: a number on each of
    their pages would change them all with every new story.
    """

    title: str
    url: str
    count: int = 0
    description: str = ""
    portrait: Picture | None = None


@frozen
class IndexGroup:
    """The entries of an index under one letter (or year)."""

    title: str
    entries: tuple[IndexEntry, ...]


@frozen
class TagsPage:
    """The A-Z index of all tags."""

    head: Head
    url: str
    title: str
    groups: tuple[IndexGroup, ...]
    language: str = "en"
    direction: str = "ltr"


@frozen
class AuthorsPage:
    """The index of all authors."""

    head: Head
    url: str
    title: str
    entries: tuple[IndexEntry, ...]
    language: str = "en"
    direction: str = "ltr"


@frozen
class ArchivePage:
    """The archive: all years, one year's months, or one month's stories.

    `year` and `month` are 0 where the page is wider than that. `entries` are the
    years or months, newest first; `cards` a month's stories, newest first.
    """

    head: Head
    url: str
    title: str
    year: int = 0
    month: int = 0
    entries: tuple[IndexEntry, ...] = ()
    cards: tuple[Card, ...] = ()
    newer: Link | None = None
    older: Link | None = None
    language: str = "en"
    direction: str = "ltr"


@frozen
class StandingPage:
    """A page that is no article: about, contact, policies. `body` is HTML."""

    head: Head
    url: str
    title: str
    source: Body
    summary: str = ""
    updated: datetime | None = None
    picture: Picture | None = None
    language: str = "en"
    direction: str = "ltr"
    extra: FrozenMap = EMPTY
    title_html: str = ""
    summary_html: str = ""
    body: str = ""


@frozen
class NotFoundPage:
    """What a host shows for an address that is not there."""

    head: Head
    url: str
    title: str
    language: str = "en"
    direction: str = "ltr"


HtmlPage = (
    ArticlePage
    | FrontPage
    | SectionPage
    | TagPage
    | AuthorPage
    | TagsPage
    | AuthorsPage
    | ArchivePage
    | StandingPage
    | NotFoundPage
)
