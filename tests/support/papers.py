"""A paper at random, as hypothesis draws it: what its files hold, and what becomes of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from generator.model.article import (
    Article,
    ArticleType,
    Author,
    Image,
    Name,
    Page,
    Section,
    Source,
    SourceFile,
    Tag,
)
from generator.model.body import LinkTarget
from generator.model.values import replace
from generator.plan.view import BROKEN
from tests.support.planning import NOW, name_of, source, story

Files = dict[str, Any]
"""What was read of each file, by its path; or what news there are of some."""

STORIES = (
    *("s0", "s1", "s2", "s3", "s4", "s5"),
    *("2024/s6", "2024/s7", "trip/index", "trip/in/index", "x/s1"),
)
LABELS = ("Kursk", "KURSK", "Kurrsk", "War", "war", "Conflict", "Peace", "Rare")
BYLINES = ("Jo", "JO", "jo", "Ann", "ann", "Bo")
SECTIONS = (("news", ""), ("world", "World"), ("world", "world"), ("world", "WORLD"))
SOON = tuple(timedelta(hours=hours) for hours in (-30, -1, 0, 1, 5, 20, 50))
LINKS = (
    *("s0.md", "s3.md", "/articles/s1.md", "2024/s6.md", "../s2.md", "trip/index.md", "S4.md"),
    *("../pages/about.md", "/tags/war.md", "/authors/ann.md", "/sections/art.md"),
    *(
        "boat.jpg",
        "b%6Fat.jpg",
        "../boat.jpg",
        "Boat.jpg",
        "/logo.png",
        "/docs/",
        "/docs/index.html",
    ),
    *("map.png", "in/plan.png", "trip/map.png", "trip/in/plan.png", "jo.jpg"),
    *("/tags/", "/tags/rare/", "/tags/rare", "/tags/war/#x", "/tags/conflict/", "/tags/strife/"),
    *("/authors/ann/", "/authors/bo/?x", "/authors/", "/world/", "/art/", "/world/feed.xml"),
    *("/page/1/", "/page/2/", "/news/page/1/", "/tags/kursk/page/1/", "/archive/2024/"),
    *("/archive/2024/07/", "/archive/2024/06/", "/sitemaps/2024-07.xml", "/feed.xml"),
    *("/news/s3/", "../s4/", "/news/s5", "/old/1/", "/old/2.html", "/about/", "../../about/"),
    *("https://elsewhere.org/", "#top", "/nowhere/"),
)
PICTURES = ("boat.jpg", "/logo.png", "https://elsewhere.org/p.jpg")
FILES = (
    *("static/logo.png", "static/favicon.svg", "static/docs/index.html"),
    *("content/articles/boat.jpg", "content/articles/trip/map.png"),
    *("content/articles/trip/in/plan.png", "content/authors/jo.jpg", "content/pages/boat.jpg"),
)
USUAL = ("static/logo.png", "content/articles/boat.jpg", "content/authors/jo.jpg")
"""Files that pictures name: seldom does one go."""

Vary = Callable[[st.DrawFn, Article], Article]


def _set(field: str, *values: object) -> tuple[str, Vary]:
    """Give a field one of some values."""
    return field, lambda draw, article: replace(article, **{field: draw(st.sampled_from(values))})


def _shift(field: str) -> tuple[str, Vary]:
    """Give a field an instant near the story's own or the paper's, or none."""

    def vary(draw: st.DrawFn, article: Article) -> Article:
        base = draw(st.sampled_from([NOW, article.date]))
        at = draw(st.sampled_from([None, *SOON]))
        return replace(article, **{field: base + at if at is not None else None})

    return field, vary


def _vary_date(draw: st.DrawFn, article: Article) -> Article:
    hours = draw(st.sampled_from([-800, -30, -20, -1, 1, 20, 45]))
    return replace(article, date=article.date + timedelta(hours=hours))


def _vary_body(draw: st.DrawFn, article: Article) -> Article:
    return replace(article, source=body(draw, article.source.path))


def _vary_section(draw: st.DrawFn, article: Article) -> Article:
    slug, label = draw(st.sampled_from((*SECTIONS, ("art", "Art"))))
    address = article.address
    if address.startswith(f"/{article.section}/"):
        address = f"/{slug}/{article.slug}/"
    return replace(article, section=slug, section_label=label, address=address)


def _vary_address(draw: st.DrawFn, article: Article) -> Article:
    usual = f"/{article.section}/{article.slug}/"
    others = (f"/away/{article.slug}/", "/about/", "/page/1/")
    return replace(article, address=draw(st.sampled_from((usual, usual, *others))))


def _vary_slug(draw: st.DrawFn, article: Article) -> Article:
    slug = draw(st.sampled_from(["s0", "s1", "else"]))
    return replace(article, slug=slug)


VARIATIONS: dict[str, Vary] = dict(
    (
        *(_set(field, "", "One", "Two") for field in ("title", "short_title", "summary", "kicker")),
        *(_set(field, "", "One") for field in ("byline", "dateline", "seo_title", "location")),
        *(
            _set(field, True, False)
            for field in ("noindex", "pinned", "feed_exclude", "draft", "day_only")
        ),
        _set("weight", 0, 1, 2),
        _set("language", "", "he"),
        _set("type", ArticleType.NEWS, ArticleType.SPONSORED),
        _set("aliases", (), ("/old/1/",), ("/old/2.html", "/old/1/"), ("/news/s3/",)),
        _set("related", (), ("s1",), ("/articles/s2.md", "s0"), ("x/s1.md", "in"), ("s5",)),
        _set("image", None, *map(Image, PICTURES)),
        _set("id", "one", "two"),
        *map(_shift, ("updated", "embargo", "expires")),
        ("date", _vary_date),
        ("body", _vary_body),
        ("section", _vary_section),
        ("address", _vary_address),
        ("slug", _vary_slug),
        ("tags", lambda draw, article: replace(article, tags=names(draw, LABELS))),
        ("authors", lambda draw, article: replace(article, authors=names(draw, BYLINES))),
    )
)


def names(draw: st.DrawFn, labels: Sequence[str]) -> tuple[Name, ...]:
    """A few names of tags or authors."""
    return tuple(map(name_of, draw(st.lists(st.sampled_from(labels), max_size=3))))


def body(draw: st.DrawFn, path: str) -> Source:
    """A text's source: its words and its links."""
    links = draw(st.lists(st.sampled_from(LINKS), max_size=2))
    words = draw(st.sampled_from(["One.", "Two."]))
    made = source(path, *links, has_text=True, opening=words)
    targets = tuple(LinkTarget(link, 5 + n, 1) for n, link in enumerate(links))
    facts = replace(made.facts, targets=targets)
    return Source(path, f"{words} {links}", facts)


@st.composite
def stories(draw: st.DrawFn, name: str) -> Article:
    """A story in `content/articles/<name>.md`."""
    section, label = draw(st.sampled_from(SECTIONS))
    slug = name.removesuffix("/index").rpartition("/")[2]
    article = replace(
        story(name, hours=draw(st.integers(0, 40)) * 20),
        slug=slug,
        section=section,
        section_label=label,
        address=f"/{section}/{slug}/",
        tags=names(draw, LABELS),
        authors=names(draw, BYLINES),
    )
    return draw(varied(article)) if draw(st.booleans()) else article


@st.composite
def varied(draw: st.DrawFn, article: Article) -> Article:
    """The same story with something about it changed."""
    for field in draw(st.lists(st.sampled_from(sorted(VARIATIONS)), min_size=1, max_size=2)):
        article = VARIATIONS[field](draw, article)
    return article


@st.composite
def _pages(draw: st.DrawFn, name: str) -> Page:
    path = f"content/pages/{name}.md"
    return Page(
        body(draw, path),
        f"/{name}/",
        draw(st.sampled_from(["About", "Us"])),
        summary=draw(st.sampled_from(["", "Short."])),
        aliases=draw(st.sampled_from([(), ("/old/1/",), ("/old/3/",)])),
        image=draw(st.sampled_from([None, Image("boat.jpg"), Image("/logo.png")])),
        draft=draw(st.sampled_from([False, False, True])),
        noindex=draw(st.booleans()),
    )


@st.composite
def _tags(draw: st.DrawFn, name: str) -> Tag:
    label = draw(st.sampled_from([name.title(), name.upper()]))
    aliases = names(draw, ("Conflict", "Strife")) if name == "war" else ()
    image = draw(st.sampled_from([None, Image("/logo.png")]))
    found = replace(name_of(label))
    return Tag(
        draw(st.sampled_from([name, name, f"{name}-2"])),
        label,
        found.key,
        tuple(dict.fromkeys(aliases)),
        draw(st.sampled_from(["", "What it is."])),
        image,
        draw(st.booleans()),
        body(draw, f"content/tags/{name}.md"),
    )


@st.composite
def _sections(draw: st.DrawFn, name: str) -> Section:
    return Section(
        name,
        draw(st.sampled_from([name.title(), "The Wide World"])),
        order=draw(st.integers(0, 2)),
        image=draw(st.sampled_from([None, Image("/logo.png")])),
        source=body(draw, f"content/sections/{name}.md"),
    )


@st.composite
def _authors(draw: st.DrawFn, name: str) -> Author:
    label = draw(st.sampled_from([name.title(), f"{name.title()} Doe"]))
    return Author(
        name,
        label,
        label.lower(),
        draw(st.sampled_from(["", "Editor"])),
        portrait=draw(st.sampled_from([None, Image("jo.jpg"), Image("/logo.png")])),
        source=body(draw, f"content/authors/{name}.md"),
    )


def _files(path: str) -> st.SearchStrategy[SourceFile]:
    return st.sampled_from([1, 2]).map(lambda n: SourceFile(path, n, f"digest {n}", 4 * n, 3))


FURTHER: dict[str, st.SearchStrategy[Any]] = {
    **{f"content/pages/{name}.md": _pages(name) for name in ("about", "ethics")},
    **{f"content/tags/{name}.md": _tags(name) for name in ("war", "rare")},
    **{f"content/sections/{name}.md": _sections(name) for name in ("world", "art")},
    **{f"content/authors/{name}.md": _authors(name) for name in ("jo", "ann")},
    **{path: _files(path) for path in FILES},
}
"""All that is no story, by its path."""
PATHS = {f"content/articles/{name}.md": name for name in STORIES}
"""The stories' names by their paths."""


@st.composite
def papers(draw: st.DrawFn) -> Files:
    """What the files of a paper hold."""
    files: Files = {path: draw(FURTHER[path]) for path in USUAL}
    written = draw(st.lists(st.sampled_from(sorted(PATHS)), max_size=9, unique=True))
    files |= {path: draw(stories(PATHS[path])) for path in written}
    others = sorted(FURTHER.keys() - files.keys())
    further = draw(st.lists(st.sampled_from(others), max_size=6, unique=True))
    return files | {path: draw(FURTHER[path]) for path in further}


@st.composite
def news_of(draw: st.DrawFn, files: Files, *, may_break: bool = True) -> Files:
    """News of one, two or three files of a paper: what they hold by now."""
    count = draw(st.sampled_from([1, 1, 1, 2, 3]))
    return dict(draw(_one_news(files, may_break=may_break)) for _ in range(count))


@st.composite
def _one_news(draw: st.DrawFn, files: Files, *, may_break: bool) -> tuple[str, Any]:
    is_story = draw(st.sampled_from([True, True, True, False]))
    path = draw(st.sampled_from(sorted(PATHS if is_story else FURTHER)))
    known = files.get(path)
    if known is not None and draw(st.integers(0, 3)) == 0 and path not in USUAL:
        is_text = not isinstance(known, SourceFile)
        return path, BROKEN if may_break and is_text and draw(st.booleans()) else None
    if isinstance(known, Article):
        return path, draw(varied(known))
    return path, draw(stories(PATHS[path]) if is_story else FURTHER[path])


def after(files: Files, news: Files) -> Files:
    """What the files of a paper hold once there are some news."""
    return {path: value for path, value in {**files, **news}.items() if value is not None}


def later(now: datetime) -> st.SearchStrategy[datetime]:
    """An instant at which there are news: often the same as before."""
    steps = st.sampled_from([0, 0, 0, 1, 6, 30, 60, 800])
    return steps.map(lambda hours: now + timedelta(hours=hours))
