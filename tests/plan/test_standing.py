"""Standing pages, and the page for what is not there."""

from datetime import UTC, datetime

from generator.model.article import Image, Newsroom, Page, SourceFile
from generator.model.cards import Link
from generator.model.config import OutputOptions
from generator.model.pages import NotFoundPage, StandingPage
from generator.model.pictures import Picture
from generator.model.problems import Place
from generator.model.values import replace
from generator.plan.standing import NotFound, Standing
from tests.support.planning import CONFIG, arranged, of_kind, source, story


def test_a_page_tells_all_of_its_text() -> None:
    updated = datetime(2024, 8, 1, tzinfo=UTC)
    about = Page(
        source("content/pages/about.md", "quay.jpg", opening="We began."),
        "/about/",
        "About us",
        updated=updated,
        image=Image("quay.jpg", "The quay"),
        seo_title="About the paper",
        language="he",
        noindex=True,
    )
    file = SourceFile("content/pages/quay.jpg", 1, "0", 640, 480)
    site, _ = arranged(Newsroom(pages=(about,), files=(file,)))
    [output], problems = of_kind(Standing, site)
    page = output.value
    assert problems == ()
    assert (output.path, output.layout) == ("about/index.html", "page.html")
    assert output.source == "content/pages/about.md"
    assert isinstance(page, StandingPage)
    assert (page.title, page.url, page.updated, page.summary) == (
        "About us",
        "/about/",
        updated,
        "",
    )
    assert page.picture == Picture("/about/quay.jpg", "The quay", width=640, height=480)
    assert (page.language, page.direction, page.source.language) == ("he", "rtl", "he")
    assert [target.url for target in page.source.resolved] == ["/about/quay.jpg"]
    assert page.head.title == "About the paper"
    assert page.head.description == "We began."
    assert page.head.noindex
    assert page.head.trail == (Link("The Gazette", "/"), Link("About us", "/about/"))


def test_a_missing_picture_is_the_texts_problem() -> None:
    page = Page(source("content/pages/a.md"), "/a/", "A", image=Image("no.jpg"))
    site, _ = arranged(Newsroom(pages=(page,)))
    [output], [problem] = of_kind(Standing, site)
    assert isinstance(output.value, StandingPage)
    assert output.value.picture is None
    assert (problem.place, problem.keys) == (Place("content/pages/a.md"), ("image",))


def test_a_draft_has_no_page() -> None:
    newsroom = Newsroom(pages=(Page(source("content/pages/a.md"), "/a/", "A", draft=True),))
    for drafts in (False, True):
        site, _ = arranged(newsroom, drafts=drafts)
        outputs, _ = of_kind(Standing, site)
        assert len(outputs) == drafts


def test_the_page_for_what_is_not_there_shows_no_stories_that_would_change_it() -> None:
    site, _ = arranged(Newsroom((story("a"),)))
    [output], _ = of_kind(NotFound, site)
    more, _ = arranged(Newsroom((story("a"), story("b"))))
    assert of_kind(NotFound, more) == ((output,), ())
    page = output.value
    assert isinstance(page, NotFoundPage)
    assert (output.path, output.layout, page.title) == ("404.html", "404.html", "Page not found")
    assert page.head.noindex


def test_it_can_be_switched_off() -> None:
    off = replace(CONFIG, outputs=OutputOptions(not_found=False))
    site, _ = arranged(Newsroom(), off)
    assert of_kind(NotFound, site, off) == ((), ())
