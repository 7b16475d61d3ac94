"""A page of every kind, and the built-in theme that makes it."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from generator.model.body import Body, BodyFacts
from generator.model.cards import AuthorLink, Card, FeedLink, Link
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame
from generator.model.pages import (
    ArchivePage,
    ArticlePage,
    AuthorPage,
    AuthorsPage,
    Block,
    FrontPage,
    Head,
    HtmlPage,
    IndexEntry,
    IndexGroup,
    NotFoundPage,
    Pager,
    SectionPage,
    StandingPage,
    TagPage,
    TagsPage,
)
from generator.model.pictures import Picture
from generator.model.recordings import Recording
from generator.model.values import replace
from generator.render.templates import Layouts, render_page
from tests.support.sites import CHECKOUT

THEME = CHECKOUT / "layouts"
NOON = datetime(2024, 8, 15, 12, 0, tzinfo=UTC)
LAYOUTS = {
    ArchivePage: "archive.html",
    ArticlePage: "article.html",
    AuthorPage: "author.html",
    AuthorsPage: "authors.html",
    FrontPage: "front.html",
    NotFoundPage: "404.html",
    SectionPage: "section.html",
    StandingPage: "page.html",
    TagPage: "tag.html",
    TagsPage: "tags.html",
}

FEEDS = (
    FeedLink("The Gazette", "/news/feed.xml", "application/rss+xml"),
    FeedLink("The Gazette", "/news/feed.json", "application/feed+json"),
)
SHOW = FeedLink("Quay talk (Podcast)", "/news/podcast.xml", "application/rss+xml", is_podcast=True)
FRAME = Frame(
    title="The Gazette",
    origin="https://example.org",
    base_path="/news",
    home_url="/news/",
    description="News of the quay.",
    tagline="The paper of the tide",
    navigation=(Link("Harbour", "/news/harbour/"), Link("World", "/news/world/")),
    footer=(Link("About us", "/news/about/"),),
    assets=(Link("site.css", "/news/assets/site.0a1b.css"),),
    face_url="/news/assets/display.0a1b.woff2",
    copyright="© The Gazette",
    feeds=FEEDS,
    default_picture=Picture("/news/share.png", "The Gazette", width=1200, height=630),
    tags_url="/news/tags/",
    authors_url="/news/authors/",
    archive_url="/news/archive/",
)
PICTURE = Picture("/news/quay.jpg", "The quay", "The quay at dawn.", "M. Quill", 1200, 800)
SOURCE = Body("content/a.md", "d", BodyFacts(has_text=True))
BODY = (
    '<p>It rained.</p>\n<h2 id="main">Main</h2>\n<p>Then <a href="/news/harbour/">more</a>.</p>\n'
    '<h3 id="_latest-not">Later</h3>\n<pre tabindex="0"><code>x</code></pre>'
)
HARBOUR = Link("Harbour", "/news/harbour/")


def card(number: int, picture: Picture | None = PICTURE, kind: str = "news") -> Card:
    return Card(
        title=f"Story {number}",
        url=f"/news/harbour/story-{number}/",
        date=NOON,
        summary="What happened, in a sentence.",
        kicker="Storm" if number % 2 else "",
        section=HARBOUR,
        byline="Ines Calder",
        picture=picture,
        type=kind,
    )


ARABIC = replace(
    card(7), title="البحر هادئ", url="/news/ar/", language="ar", direction="rtl", type="opinion"
)
CARDS = (card(1), card(2, None), card(3, kind="opinion"), ARABIC, card(5))
MIDDLE = Pager(3, "/news/", "/news/page/4/", "/news/page/2/", "/news/page/1/")
NEWEST = Pager(0, "", "", "/news/page/4/", "/news/page/1/")


def head(title: str, url: str, **more: Any) -> Head:  # noqa: ANN401 - fields of Head
    return Head(title, url, description="In a sentence.", **more)


ARTICLE = ArticlePage(
    head=head("Storm closes the port", "/news/harbour/storm/", kind="article", picture=PICTURE),
    url="/news/harbour/storm/",
    id="1",
    title="Storm closes the port",
    date=NOON,
    modified=NOON.replace(day=16),
    section=HARBOUR,
    source=SOURCE,
    updated=NOON.replace(day=16),
    kicker="Storm",
    summary="The port is shut until Friday.",
    authors=(AuthorLink("Ines Calder", "/news/authors/ines/", "Editor", PICTURE), AuthorLink("X")),
    dateline="Tarrow",
    picture=PICTURE,
    tags=(Link("Storms", "/news/tags/storms/"), Link("Untagged", "")),
    newer=card(8),
    older=ARABIC,
    related=CARDS,
    type="analysis",
    expires=NOON.replace(year=2030),
    body=BODY,
)
FRONT = FrontPage(
    head=head("The Gazette", "/news/"),
    url="/news/",
    title="The Gazette",
    cards=CARDS,
    pager=NEWEST,
    lead=card(0),
    secondary=CARDS[:3],
    edition=NOON,
    blocks=(Block("Harbour", "/news/harbour/", CARDS), Block("World", "", CARDS[:1])),
)
TAG = TagPage(
    head=head("Storms", "/news/tags/storms/", picture=PICTURE, feeds=FEEDS),
    url="/news/tags/storms/",
    title="Storms",
    cards=CARDS,
    pager=NEWEST,
    description="Wind and water.",
    picture=PICTURE,
    source=SOURCE,
    feeds=FEEDS,
    body=BODY,
)
AUTHOR = AuthorPage(
    head=head("Ines Calder", "/news/authors/ines/"),
    url="/news/authors/ines/",
    title="Ines Calder",
    cards=CARDS,
    role="Editor",
    links=("https://social.example/@ines", "mailto:ines@example.org"),
    portrait=PICTURE,
    source=SOURCE,
    feeds=FEEDS,
    body="<p>Edits.</p>",
)
ENTRIES = (IndexEntry("Storms", "/news/tags/storms/", 1, "Wind."), IndexEntry("Sea", "/s/", 1200))
EMPTY_SECTION = SectionPage(
    head("World", "/news/world/"), "/news/world/", "World", (), feeds=(SHOW, *FEEDS)
)
PAGES: dict[str, HtmlPage] = {
    "article": ARTICLE,
    "bare article": ArticlePage(
        head=Head("Bare", "/news/bare/", kind="article", noindex=True),
        url="/news/bare/",
        id="2",
        title="Bare",
        date=NOON,
        modified=NOON,
        section=Link("World", ""),
        source=SOURCE,
        day_only=True,
        byline="By our own",
    ),
    "filmed article": replace(
        ARTICLE,
        audio=Recording("audio", "/news/a.mp3", "audio/mpeg", "The talk", 65, transcript_url="/t"),
        video=Recording("video", "/news/storm.mp4", "video/mp4", poster=PICTURE, width=640),
    ),
    "wordy article": replace(
        ARTICLE,
        title="The council puts off until the spring what it had to decide about the harbour wall",
        picture=Picture(
            "/news/pole.jpg",
            "A pole",
            "",
            "An agency with a long name / its photographer",
            400,
            800,
        ),
    ),
    "arabic article": replace(ARTICLE, language="ar", direction="rtl", title="البحر هادئ"),
    "front": FRONT,
    "front with three stories": replace(FRONT, secondary=CARDS[:2], blocks=(), cards=()),
    "front with two stories": replace(FRONT, secondary=CARDS[:1], blocks=(), cards=()),
    "front with one story": replace(FRONT, secondary=(), blocks=(), cards=(), pager=Pager()),
    "front without stories": replace(FRONT, lead=None, secondary=(), blocks=(), cards=()),
    "older front": replace(FRONT, url="/news/page/3/", pager=MIDDLE, lead=None, blocks=()),
    "section": SectionPage(
        head("Harbour", "/news/harbour/"),
        "/news/harbour/",
        "Harbour",
        CARDS,
        NEWEST,
        "Ships.",
        PICTURE,
        SOURCE,
        FEEDS,
        body="<p>Ships.</p>",
    ),
    "empty section": EMPTY_SECTION,
    "tag": TAG,
    "older tag": replace(TAG, pager=MIDDLE, source=None, body=""),
    "author": AUTHOR,
    "bare author": replace(AUTHOR, portrait=None, links=(), body="", description="Edits."),
    "tags": TagsPage(
        head("Tags", "/news/tags/"),
        "/news/tags/",
        "Tags",
        (IndexGroup("#", ENTRIES[:1]), IndexGroup("S", ENTRIES)),
    ),
    "authors": AuthorsPage(
        head("Authors", "/news/authors/"),
        "/news/authors/",
        "Authors",
        (replace(ENTRIES[0], portrait=PICTURE), ENTRIES[1]),
    ),
    "archive": ArchivePage(
        head("Archive", "/news/archive/"), "/news/archive/", "Archive", entries=ENTRIES
    ),
    "empty archive": ArchivePage(head("Archive", "/news/archive/"), "/news/archive/", "Archive"),
    "empty authors": AuthorsPage(
        head("Authors", "/news/authors/"), "/news/authors/", "Authors", ()
    ),
    "empty tags": TagsPage(head("Tags", "/news/tags/"), "/news/tags/", "Tags", ()),
    "month": ArchivePage(
        head("August 2024", "/news/archive/2024/08/"),
        "/news/archive/2024/08/",
        "August 2024",
        2024,
        8,
        cards=CARDS,
        newer=Link("September 2024", "/news/archive/2024/09/"),
        older=Link("July 2024", "/news/archive/2024/07/"),
    ),
    "page": StandingPage(
        head("About us", "/news/about/"),
        "/news/about/",
        "About us",
        SOURCE,
        "Who we are.",
        NOON,
        PICTURE,
        body=BODY,
    ),
    "404": NotFoundPage(
        replace(head("Not here", "/news/404.html"), noindex=True),
        "/news/404.html",
        "Not here",
    ),
}


@cache
def theme() -> Layouts:
    """The theme's layouts."""
    files = sorted(THEME.rglob("*.html"))
    names = [file.relative_to(THEME).as_posix() for file in files]
    return Layouts(
        (),
        tuple(
            LayoutFile(name, f"theme/{name}", file.read_text("utf-8"))
            for name, file in zip(names, files, strict=True)
        ),
    )


def render(page: HtmlPage, frame: Frame = FRAME) -> str:
    """Make a page with the theme's layout for its kind."""
    return render_page(theme(), page, frame, LAYOUTS[type(page)])


@cache
def html_of(name: str) -> str:
    """The HTML of a page by its name."""
    return render(PAGES[name])
