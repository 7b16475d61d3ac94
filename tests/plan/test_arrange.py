"""From everything that was read to the Site."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import (
    Author,
    Image,
    Newsroom,
    Page,
    Section,
    SourceFile,
    Tag,
)
from generator.model.cards import Card, Link
from generator.model.pictures import Picture
from generator.model.problems import Place
from generator.model.values import fields, replace
from generator.plan.arrange import arrange
from generator.plan.cards import section_url
from generator.plan.own_files import mentions_of
from tests.support.planning import CONFIG, NOW, arranged, contents, name_of, planned, source, story


def test_stories_are_newest_first_and_of_one_instant_by_path() -> None:
    site, _ = arranged(
        Newsroom((story("c", hours=1), story("a", hours=2), story("b", hours=1), story("d")))
    )
    assert [article.slug for article in site.articles] == ["d", "b", "c", "a"]


def test_pages_come_by_weight_then_title() -> None:
    pages = tuple(
        Page(source(f"content/pages/{n}.md"), f"/{n}/", title, weight=weight)
        for n, (title, weight) in enumerate([("B", 0), ("A", 0), ("Z", 2), ("Y", 1)])
    )
    site, _ = arranged(Newsroom(pages=pages))
    assert [page.title for page in site.pages] == ["Y", "Z", "A", "B"]


def test_a_card_shows_a_story() -> None:
    jane = Author("jd", "Jane Doe", "jane doe", source=source("content/authors/jd.md"))
    article = story(
        "a",
        authors=["jane doe", "Bob", "jd"],
        short_title="Short",
        image=Image("/boat.jpg"),
        language="he",
        kicker="Quay",
    )
    newsroom = Newsroom(
        (article,), authors=(jane,), files=(SourceFile("static/boat.jpg", 1, "0", 6, 4),)
    )
    site, problems = arranged(newsroom)
    assert problems == ()
    assert site.cards == {
        "content/articles/a.md": Card(
            title="Short",
            url="/news/a/",
            date=article.date,
            summary="So a.",
            kicker="Quay",
            section=Link("News", "/news/"),
            byline="Jane Doe, Bob",
            picture=Picture("/boat.jpg", width=6, height=4),
            language="he",
            direction="rtl",
        )
    }


def test_a_byline_in_free_text_stands_instead_of_the_names() -> None:
    article = story("a", authors=["Jane"], byline="By our staff", summary="Given.")
    [card] = arranged(Newsroom((article,)))[0].cards.values()
    assert (card.byline, card.summary) == ("By our staff", "Given.")


def test_a_missing_picture_is_the_storys_problem() -> None:
    plan, [problem] = planned(Newsroom((story("a", image=Image("no.jpg")),)))
    assert (problem.place, problem.keys) == (Place("content/articles/a.md"), ("image",))
    assert plan.site.cards["content/articles/a.md"].picture is None


def test_collections_hold_what_is_visible_only() -> None:
    newsroom = Newsroom(
        (
            story("out", tags=["Kursk"], authors=["Jane"]),
            story(
                "draft",
                tags=["Kursk", "Secret"],
                authors=["Jane", "Mole"],
                draft=True,
                section="raid",
            ),
        ),
        tags=(Tag("secret", "Secret", "secret", source=source("content/tags/secret.md")),),
    )
    site, _ = arranged(newsroom)

    def found(collections: tuple[object, ...]) -> list[tuple[str, list[str]]]:
        return [(c.subject.slug, [a.slug for a in c.articles]) for c in collections]  # type: ignore[attr-defined] # Collections

    assert found(site.sections) == [("news", ["out"])]
    assert found(site.tags) == [("kursk", ["out"])]
    assert found(site.authors) == [("jane", ["out"])]
    assert set(site.tag_of) == {"kursk"}
    assert set(site.author_of) == {"jane"}
    assert set(site.section_of) == {"news"}
    site, _ = arranged(newsroom, drafts=True)
    assert found(site.tags) == [("kursk", ["draft", "out"]), ("secret", ["draft"])]


def test_a_tag_answers_to_its_aliases() -> None:
    tag = Tag("rf", "Russia", "russia", source=source("content/tags/rf.md"))
    tag = replace(tag, aliases=(name_of("Russian Federation"),))
    site, _ = arranged(Newsroom((story("a", tags=["Russian federation"]),), tags=(tag,)))
    assert set(site.tag_of) == {"russia", "russian federation", "rf"}


def test_why_a_text_is_not_published_is_known() -> None:
    newsroom = Newsroom(
        (
            story("out"),
            story("draft", draft=True),
            story("gone", expires=NOW - timedelta(days=1)),
        ),
        (Page(source("content/pages/p.md"), "/p/", "P", draft=True),),
        broken=("content/articles/2024-01-01-bad.md", "content/articles/x/index.md"),
    )
    site, _ = arranged(newsroom)
    assert site.unpublished == {
        "content/articles/draft.md": "a draft",
        "content/articles/gone.md": "expired",
        "content/pages/p.md": "a draft",
        "content/articles/2024-01-01-bad.md": "",
        "content/articles/x/index.md": "",
    }
    assert site.unpublished_slugs == {"draft", "gone", "bad", "x"}


def test_the_site_knows_when_it_changes() -> None:
    tomorrow = NOW + timedelta(days=1)
    site, _ = arranged(Newsroom((story("a"), story("b", embargo=tomorrow))))
    assert (site.now, site.next_change) == (NOW, tomorrow)


def test_sections_have_no_url_where_they_have_no_page() -> None:
    off = replace(CONFIG, outputs=replace(CONFIG.outputs, sections=False))
    assert section_url(Section("art", "Art"), CONFIG) == "/art/"
    assert section_url(Section("art", "Art"), off) == ""


LABELS = st.lists(st.sampled_from(["Kursk", "KURSK", "war", "Lviv", "page"]), max_size=3)


@pytest.fixture(scope="session")
def room() -> Callable[[list[list[str]]], Newsroom]:
    """A newsroom with several of everything, some of it at odds with the rest."""

    def make(tags: list[list[str]]) -> Newsroom:
        articles = tuple(
            story(
                f"{n}",
                hours=n // 3,
                tags=labels,
                authors=labels,
                section=("news", "art", "tags")[n % 3],
                draft=n == 4,
                pinned=n == 5,
                links=[f"{n}.jpg", "../x/y.md", "/art/"],
                related=("0", "5"),
            )
            for n, labels in enumerate(tags)
        )
        return Newsroom(
            articles,
            tuple(Page(source(f"content/pages/{n}.md"), f"/{n // 2}/", "Same") for n in range(3)),
            tuple(
                Tag(slug, label, label.lower(), source=source(f"content/tags/{n}.md"))
                for n, (slug, label) in enumerate([("a", "War"), ("b", "War"), ("a", "Peace")])
            ),
            tuple(
                Section(slug, slug, source=source(f"content/sections/{n}.md"))
                for n, slug in enumerate(["art", "art", "zoo"])
            ),
            tuple(
                Author(slug, name, name.lower(), source=source(f"content/authors/{n}.md"))
                for n, (slug, name) in enumerate([("k", "Kursk"), ("l", "Kursk"), ("k", "War")])
            ),
            files=tuple(SourceFile(f"content/articles/{n}.jpg", 1, "0") for n in range(5)),
            broken=("content/articles/x.md", "content/articles/y.md"),
        )

    return make


@given(st.lists(LABELS, max_size=8), st.integers(0, 2**32))
def test_the_site_does_not_depend_on_the_order_of_files(
    room: Callable[[list[list[str]]], Newsroom], tags: list[list[str]], seed: int
) -> None:
    newsroom = room(tags)
    random = Random(seed)  # noqa: S311 - it shuffles
    shuffled = replace(
        newsroom,
        **{
            field.name: tuple(random.sample(values, len(values)))
            for field in fields(newsroom)
            if (values := getattr(newsroom, field.name))
        },
    )
    site, problems = arrange(newsroom, CONFIG, NOW)
    other, others = arrange(shuffled, CONFIG, NOW)
    named = {name for text in newsroom.articles for name in mentions_of(text)}
    assert contents(other, named) == contents(site, named)
    assert set(others) == set(problems)
