"""Outputs: the files that a site publishes, and the Frame round its pages.

All that a layout sees is `page`, its Output's value, and `site`, the Frame. The values are
made of frozen parts: `model/pages.py` has those of HTML pages, `model/feeds.py` and
`model/sitemaps.py` what machines read; the rest is here.
"""

from typing import Any, Self

from generator.model.body import Body
from generator.model.cards import FeedLink, Link
from generator.model.feeds import Feed
from generator.model.frozen import EMPTY, FrozenMap
from generator.model.layouts import ThemeFile
from generator.model.pages import HtmlPage
from generator.model.pictures import Picture, PictureFile
from generator.model.sitemaps import NewsSitemap, Sitemap, SitemapIndex
from generator.model.values import frozen


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
    `face_url` is the font of headlines, where every page needs it at once.
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
    face_url: str = ""
    copyright: str = ""
    extra: FrozenMap = EMPTY

    def asset(self, name: str) -> str:
        """The URL of a theme file, such as `asset("site.css")`; "" when there is none."""
        return next((link.url for link in self.assets if link.title == name), "")


@frozen
class RedirectPage:
    """A page at an old address that leads to `target_url`; made without a layout."""

    url: str
    target_url: str
    title: str
    language: str = "en"


@frozen
class TextFile:
    """A small file made by the plan itself: `robots.txt`, `_redirects`, `_headers`, `.nojekyll`."""

    text: str


@frozen
class FileCopy:
    """A file published as it is: `source_path` is relative to the site's folder."""

    source_path: str
    digest: str


Value = (
    HtmlPage
    | RedirectPage
    | Feed
    | Sitemap
    | SitemapIndex
    | NewsSitemap
    | TextFile
    | FileCopy
    | PictureFile
    | ThemeFile
    | Any  # of kinds that a site brings along
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
