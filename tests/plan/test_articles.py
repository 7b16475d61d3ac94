"""Article pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

import pytest

from generator.model.article import (
    Author,
    Image,
    Newsroom,
    Section,
    Source,
    SourceFile,
    Tag,
)
from generator.model.cards import AuthorLink, Link
from generator.model.config import Config, OutputOptions
from generator.model.pages import ArticlePage
from generator.model.pictures import Picture
from generator.model.values import replace
from generator.plan.articles import Articles
from tests.support.planning import CONFIG, arranged, name_of, of_kind, source, story


@pytest.fixture(scope="session")
def pages() -> Callable[..., dict[str, ArticlePage]]:
    """The article pages of a newsroom, by slug."""

    def plan(newsroom: Newsroom, chosen: Config = CONFIG) -> dict[str, ArticlePage]:
        site, _ = arranged(newsroom, chosen)
        outputs, problems = of_kind(Articles, site, chosen)
        assert problems == ()
        found = {}
        for output in outputs:
            page = cast("ArticlePage", output.value)
            assert output.path == page.url.removeprefix("/").removeprefix("gazette/") + "index.html"
            assert output.layout == "article.html"
            found[page.url.strip("/").rpartition("/")[2]] = page
        return found

    return plan


Pages = Callable[..., dict[str, ArticlePage]]


def test_a_page_tells_all_of_its_story(pages: Pages) -> None:
    article = story(
        "a",
        tags=["Kursk", "KURSK", "War"],
        authors=["Jane Doe", "jd", "Bob"],
        links=["boat.jpg"],
        summary="The summary.",
        short_title="Short",
        seo_title="Searched",
        kicker="Harbour",
        dateline="QUAY",
        image=Image("boat.jpg", "A boat"),
        language="ar",
    )
    jane = Author(
        "jd",
        "Jane Doe",
        "jane doe",
        "Editor",
        portrait=Image("jd.jpg"),
        source=source("content/authors/jd.md"),
    )
    newsroom = Newsroom(
        (article,),
        authors=(jane,),
        files=(
            SourceFile("content/articles/boat.jpg", 1, "0", 640, 480),
            SourceFile("content/authors/jd.jpg", 1, "0", 64, 64),
        ),
    )
    below = replace(CONFIG, base_url="https://example.org/gazette/")
    page = pages(newsroom, below)["a"]
    boat = Picture("/gazette/news/a/boat.jpg", "A boat", width=640, height=480)
    portrait = Picture("/gazette/authors/jd/jd.jpg", width=64, height=64)
    assert page.url == "/gazette/news/a/"
    assert page.title == "About a"
    assert (page.kicker, page.summary, page.dateline) == ("Harbour", "The summary.", "QUAY")
    assert page.section == Link("News", "/gazette/news/")
    assert page.tags == (Link("Kursk", "/gazette/tags/kursk/"), Link("War", "/gazette/tags/war/"))
    assert page.authors == (
        AuthorLink("Jane Doe", "/gazette/authors/jd/", "Editor", portrait),
        AuthorLink("Bob", "/gazette/authors/bob/"),
    )
    assert page.picture == boat
    assert (page.language, page.direction) == ("ar", "rtl")
    assert page.source.language == "ar"
    assert [target.url for target in page.source.resolved] == [boat.url]
    assert page.head.title == "Searched"
    assert page.head.description == "The summary."
    assert page.head.kind == "article"
    assert page.head.trail == (
        Link("The Gazette", "/gazette/"),
        Link("News", "/gazette/news/"),
        Link("About a", "/gazette/news/a/"),
    )


def test_without_a_summary_the_head_has_the_opening(pages: Pages) -> None:
    page = pages(Newsroom((story("a"),)))["a"]
    assert (page.summary, page.head.description, page.head.title) == ("", "So a.", "About a")


@pytest.mark.parametrize(("minutes", "shown"), [(59, False), (60, False), (61, True)])
def test_an_update_is_shown_from_the_threshold_on(pages: Pages, minutes: int, shown: bool) -> None:
    article = story("a", hours=9)
    updated = article.date + timedelta(minutes=minutes)
    page = pages(Newsroom((replace(article, updated=updated),)))["a"]
    assert page.updated == (updated if shown else None)
    # Machines are told on the page what readers see there.
    assert page.modified == (updated if shown else article.date)


def test_without_an_update_the_story_was_modified_when_published(pages: Pages) -> None:
    article = story("a")
    page = pages(Newsroom((article,)))["a"]
    assert (page.modified, page.updated) == (article.date, None)


def test_neighbours_are_those_in_the_section(pages: Pages) -> None:
    found = pages(
        Newsroom(
            tuple(
                story(name, hours=hours, section=name[:-1])
                for hours, name in enumerate(["art1", "news1", "art2", "news2", "art3"])
            )
        )
    )

    def neighbours(slug: str) -> list[str]:
        page = found[slug]
        return [card.title if card else "" for card in (page.newer, page.older)]

    assert neighbours("art1") == ["", "About art2"]
    assert neighbours("art2") == ["About art1", "About art3"]
    assert neighbours("art3") == ["About art2", ""]
    assert neighbours("news1") == ["", "About news2"]


def test_search_engines_are_told_of_the_expiry(pages: Pages) -> None:
    article = story("a", noindex=True)
    expires = article.date + timedelta(days=1)
    head = pages(Newsroom((replace(article, expires=expires),)))["a"].head
    assert head.noindex
    assert head.robots == "max-image-preview:large, unavailable_after: 2024-08-21T12:00:00+00:00"


def test_there_are_no_links_to_pages_that_are_switched_off(pages: Pages) -> None:
    off = replace(CONFIG, outputs=OutputOptions(tags=False, authors=False, sections=False))
    jane = Author(
        "jd", "Jane", "jane", portrait=Image("jd.jpg"), source=source("content/authors/jd.md")
    )
    newsroom = Newsroom(
        (story("a", tags=["Kursk"], authors=["Jane"]),),
        authors=(jane,),
        files=(SourceFile("content/authors/jd.jpg", 1, "0"),),
    )
    page = pages(newsroom, off)["a"]
    assert page.tags == (Link("Kursk", ""),)
    assert page.authors == (AuthorLink("Jane"),)
    assert page.section == Link("News", "")


def test_a_tag_goes_by_its_own_name_on_every_page(pages: Pages) -> None:
    tag = Tag("rf", "Russia", "russia", source=source("content/tags/rf.md"))
    tag = replace(tag, aliases=(name_of("Russian Federation"),))
    page = pages(Newsroom((story("a", tags=["russian federation"]),), tags=(tag,)))["a"]
    assert page.tags == (Link("Russia", "/tags/rf/"),)


def test_a_section_without_stories_is_no_obstacle(pages: Pages) -> None:
    empty = Section("art", "Art", source=Source("content/sections/art.md", "0"))
    assert list(pages(Newsroom((story("a"),), sections=(empty,)))) == ["a"]
