"""Outputs: every kind of file a site publishes, as the value its layout or writer is given.

A layout sees two things: `page`, one of the values below, and `site`, the Frame.
`url` and every field that ends in `_url` is a root-relative URL with the base path
in it, ready for an `href`; `site.origin` before it makes it absolute. Instants are
aware, in the site's time zone.
"""

from datetime import datetime
from typing import Self

from generator.model.body import Body
from generator.model.frozen import EMPTY, FrozenMap
from generator.model.layouts import ThemeFile
from generator.model.values import frozen


@frozen
class Link:
    """A title and where it leads."""

    title: str
    url: str


@frozen
class Picture:
    """A picture that is there: `url` is root-relative or absolute; 0 pixels means unknown."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0


@frozen
class FeedLink:
    """A feed that a page announces in its head."""

    title: str
    url: str
    media_type: str


@frozen
class Card:
    """All that one page shows of an article elsewhere; nothing else crosses between pages.

    `title` is the short title where there is one. With `day_only` the date has no time
    of day. `byline` is the authors' names as text.
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


@frozen
class AuthorLink:
    """An author as a byline shows them; `url` is empty where author pages are switched off."""

    name: str
    url: str = ""
    role: str = ""
    portrait: Picture | None = None


@frozen
class Organization:
    """The publisher, for structured data; `policies` pair schema.org properties with URLs."""

    name: str
    logo: Picture | None = None
    founded: str = ""
    email: str = ""
    same_as: tuple[str, ...] = ()
    policies: tuple[Link, ...] = ()


@frozen
class Frame:
    """What every page shows: `site` in a layout.

    `origin` is scheme and host without a slash, `base_path` the path below it
    without a trailing slash, `assets` the theme's files by name. `icon_url` is the
    paper's sign in a browser's tab: `favicon.svg`, `.png` or `.ico` under `static/`.
    """

    title: str
    origin: str
    base_path: str
    home_url: str
    description: str = ""
    tagline: str = ""
    language: str = "en"
    direction: str = "ltr"
    navigation: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    assets: tuple[Link, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    organization: Organization = Organization("")
    default_picture: Picture | None = None
    tags_url: str = ""
    authors_url: str = ""
    archive_url: str = ""
    icon_url: str = ""
    extra: FrozenMap = EMPTY

    def asset(self, name: str) -> str:
        """The URL of a theme file, such as `asset("site.css")`; "" when there is none."""
        return next((link.url for link in self.assets if link.title == name), "")


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
    robots: str = "max-image-preview:large"
    kind: str = "website"
    picture: Picture | None = None
    feeds: tuple[FeedLink, ...] = ()
    trail: tuple[Link, ...] = ()


@frozen
class ArticlePage:
    """An article on its own page.

    `updated` is there only when it differs from `date` by more than the configured
    threshold; `modified` is always there, for machines, and says what readers see (so Google's
    publication dates want it). `section`, `tags` and `authors` link to their pages. `newer` and
    `older` are its neighbours in its section. `body` is HTML, empty until the page is rendered.
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
    body: str = ""


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
    only `cards`.
    """

    head: Head
    url: str
    title: str
    cards: tuple[Card, ...]
    pager: Pager = Pager()
    lead: Card | None = None
    secondary: tuple[Card, ...] = ()
    blocks: tuple[Block, ...] = ()
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

    `links` are absolute URLs to the author elsewhere.
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
    body: str = ""


@frozen
class NotFoundPage:
    """What a host shows for an address that is not there."""

    head: Head
    url: str
    title: str
    language: str = "en"
    direction: str = "ltr"


@frozen
class RedirectPage:
    """A page at an old address that leads to `target_url`; made without a layout."""

    url: str
    target_url: str
    title: str
    language: str = "en"


@frozen
class FeedItem:
    """A story in a feed. `source` is there when the feed carries full text.

    `id` survives a new slug or headline. `tags` are labels. `path` is the story's file,
    for Problems.
    """

    id: str
    card: Card
    title: str
    modified: datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: Body | None = None
    path: str = ""


@frozen
class Feed:
    """A feed in one `format`: `rss`, `atom` or `json`. `updated` comes from its newest change.

    `home_url` is the page that the feed belongs to; `id` identifies the feed itself.
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


@frozen
class SitemapEntry:
    """A page in a sitemap; `modified` is its last significant change, if that says anything."""

    url: str
    modified: datetime | None = None
    picture_urls: tuple[str, ...] = ()


@frozen
class Sitemap:
    """A part of the sitemap: the pages of one month, or the standing pages and listings."""

    entries: tuple[SitemapEntry, ...]


@frozen
class SitemapIndex:
    """`sitemap.xml`: the parts, each with its newest change."""

    entries: tuple[SitemapEntry, ...]


@frozen
class NewsSitemapEntry:
    """A story of the last two days."""

    url: str
    title: str
    date: datetime
    language: str
    day_only: bool = False


@frozen
class NewsSitemap:
    """`news-sitemap.xml`, for Google News."""

    publication: str
    entries: tuple[NewsSitemapEntry, ...]


@frozen
class TextFile:
    """A small file made by the plan itself: `robots.txt`, `_redirects`, `_headers`, `.nojekyll`."""

    text: str


@frozen
class FileCopy:
    """A file published as it is: `source_path` is relative to the site's folder."""

    source_path: str
    digest: str


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
Value = (
    HtmlPage
    | RedirectPage
    | Feed
    | Sitemap
    | SitemapIndex
    | NewsSitemap
    | TextFile
    | FileCopy
    | ThemeFile
)


@frozen
class Output:
    """One file to publish.

    `path` is relative to the output folder, with forward slashes. `layout` is the
    layout's name for HTML pages, empty for what is made without one. `source`
    names, for people, what the output is made from.
    """

    path: str
    value: Value
    layout: str = ""
    source: str = ""

    def made(self) -> Self:
        """Itself: where an Output stands in a plan, it is made already."""
        return self

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies whose texts are needed to render this output."""
        if isinstance(self.value, Feed):
            return tuple(item.source for item in self.value.items if item.source)
        source = getattr(self.value, "source", None)
        return (source,) if isinstance(source, Body) else ()
