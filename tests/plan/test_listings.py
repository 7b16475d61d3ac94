"""Section, tag and author pages."""

import pytest

from generator.model.article import (
    Author,
    Image,
    Newsroom,
    Section,
    SourceFile,
    Tag,
)
from generator.model.cards import Link
from generator.model.config import OutputOptions
from generator.model.frozen import FrozenMap
from generator.model.pages import AuthorPage, SectionPage, TagPage
from generator.model.pictures import Picture
from generator.model.problems import Place
from generator.model.values import replace
from generator.plan.listings import Authors, Listings, Sections, Tags, numbered_title
from tests.support.planning import CONFIG, arranged, of_kind, source, story

EXTRA = FrozenMap((("colour", "red"),))
FILE = SourceFile("content/pictures/a.jpg", 1, "0", 64, 48)


@pytest.fixture(scope="session")
def room() -> Newsroom:
    """Five stories in one section, with one tag, by one author; each has a text and a picture."""
    image = Image("../pictures/a.jpg")
    stories = (story(str(n), hours=n, tags=["Kursk"], authors=["Jane"]) for n in range(5))
    return Newsroom(
        tuple(stories),
        sections=(
            Section(
                "news",
                "The News",
                "About news.",
                image=image,
                extra=EXTRA,
                source=source("content/sections/news.md", "/", has_text=True),
            ),
        ),
        tags=(
            Tag(
                "kursk",
                "Kursk!",
                "kursk",
                (),
                "About Kursk.",
                image,
                noindex=True,
                extra=EXTRA,
                source=source("content/tags/kursk.md", "a.png"),
            ),
        ),
        authors=(
            Author(
                "jane",
                "Jane",
                "jane",
                "Editor",
                ("https://x.org/",),
                image,
                "About Jane.",
                source=source("content/authors/jane.md"),
                extra=EXTRA,
            ),
        ),
        files=(FILE,),
    )


@pytest.mark.parametrize(
    ("listings", "kind", "front", "layout", "title"),
    [
        (Sections, SectionPage, "news", "section.html", "The News"),
        (Tags, TagPage, "tags/kursk", "tag.html", "Kursk!"),
        (Authors, AuthorPage, "authors/jane", "author.html", "Jane"),
    ],
)
def test_a_listing_has_a_front_and_numbered_pages(
    *, room: Newsroom, listings: type[Listings], kind: type, front: str, layout: str, title: str
) -> None:
    small = replace(CONFIG, page_size=2)
    outputs, problems = of_kind(listings, arranged(room, small)[0], small)
    assert problems == ()
    assert [output.path for output in outputs] == [
        f"{front}/index.html",
        f"{front}/page/1/index.html",
    ]
    assert {output.layout for output in outputs} == {layout}
    for number, output in enumerate(outputs):
        page = output.value
        assert isinstance(page, SectionPage | TagPage | AuthorPage)
        assert isinstance(page, kind)
        assert page.title == title
        assert page.head.title == (f"{title} (1)" if number else title)
        assert page.url == page.head.url == f"/{front}/" + ("page/1/" if number else "")
        assert [card.title for card in page.cards] == [
            f"About {n}" for n in ((3, 4) if number else (0, 1, 2))
        ]
        assert page.description.startswith("About ")
        assert page.extra == EXTRA
        assert page.head.picture == Picture(f"/{front}/a.jpg", width=64, height=48)
        assert page.head.trail == (Link("The Gazette", "/"), Link(title, f"/{front}/"))
        assert [feed.url for feed in page.feeds] == [
            f"/{front}/{name}" for name in ("feed.xml", "atom.xml", "feed.json")
        ]
        assert page.head.feeds == page.feeds
        assert page.head.noindex == (kind is TagPage)


def test_the_body_stands_on_the_front_only(room: Newsroom) -> None:
    small = replace(CONFIG, page_size=2)
    site, _ = arranged(room, small)
    for listings, has_body in ((Sections, True), (Tags, True), (Authors, False)):
        front, older = (output.value for output in of_kind(listings, site, small)[0])
        assert isinstance(front, SectionPage | TagPage | AuthorPage)
        assert isinstance(older, SectionPage | TagPage | AuthorPage)
        assert bool(front.source) == has_body
        assert older.source is None


def test_an_author_has_role_links_and_portrait(room: Newsroom) -> None:
    [output] = of_kind(Authors, arranged(room)[0], CONFIG)[0]
    page = output.value
    assert isinstance(page, AuthorPage)
    assert (page.role, page.links) == ("Editor", ("https://x.org/",))
    assert page.portrait == Picture("/authors/jane/a.jpg", width=64, height=48)


def test_a_picture_that_is_missing_is_a_problem_of_its_text(room: Newsroom) -> None:
    site, _ = arranged(replace(room, files=()))
    found = {}
    for listings in (Sections, Tags, Authors):
        [problem] = of_kind(listings, site, CONFIG)[1]
        found[problem.place] = (problem.message, problem.keys)
    message = 'no such picture: "../pictures/a.jpg"'
    assert found == {
        Place("content/sections/news.md"): (message, ("image",)),
        Place("content/tags/kursk.md"): (message, ("image",)),
        Place("content/authors/jane.md"): (message, ("portrait",)),
    }


@pytest.mark.parametrize(
    ("listings", "switch"),
    [(Sections, "sections"), (Tags, "tags"), (Authors, "authors")],
)
def test_a_family_that_is_switched_off_has_no_pages(
    *, room: Newsroom, listings: type[Listings], switch: str
) -> None:
    off = replace(CONFIG, outputs=OutputOptions(**{switch: False}))
    assert of_kind(listings, arranged(room, off)[0], off) == ((), ())


def test_feeds_that_are_switched_off_are_not_announced(room: Newsroom) -> None:
    off = replace(CONFIG, outputs=OutputOptions(tag_feeds=False))
    [output] = of_kind(Tags, arranged(room, off)[0], off)[0]
    assert isinstance(output.value, TagPage)
    assert output.value.feeds == output.value.head.feeds == ()


def test_pages_of_one_listing_have_titles_of_their_own() -> None:
    assert [numbered_title("Kursk", number) for number in (0, 1, 2)] == [
        "Kursk",
        "Kursk (1)",
        "Kursk (2)",
    ]
