"""The front page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Newsroom, Section, Source
from generator.model.cards import Card
from generator.model.config import Config, FrontOptions, OutputOptions
from generator.model.pages import FrontPage
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.front import Front
from generator.plan.numbering import front_length
from tests.support.planning import CONFIG, arranged, of_kind, story


def fronts(site: Site, config: Config) -> list[FrontPage]:
    outputs, problems = of_kind(Front, site, config)
    assert problems == ()
    assert all(output.layout == "front.html" for output in outputs)
    return [output.value for output in outputs if isinstance(output.value, FrontPage)]


def slugs(*cards: Card | None) -> list[str]:
    return [card.url.strip("/").rpartition("/")[2] for card in cards if card]


def all_cards(page: FrontPage) -> list[str]:
    blocks = (card for block in page.blocks for card in block.cards)
    return slugs(page.lead, *page.secondary, *page.cards, *blocks)


def test_the_newest_leads_and_the_next_stand_beside_it() -> None:
    small = replace(CONFIG, page_size=3, front=FrontOptions(secondary=1, block=1))
    stories = tuple(story(str(n), hours=n, section="sport" if n % 2 else "news") for n in range(9))
    front, *older = fronts(arranged(Newsroom(stories), small)[0], small)
    assert slugs(front.lead) == ["0"]
    assert slugs(*front.secondary) == ["1"]
    assert [(block.title, block.url, slugs(*block.cards)) for block in front.blocks] == [
        ("News", "/news/", ["2"]),
        ("Sport", "/sport/", ["3"]),
    ]
    assert slugs(*front.cards) == []
    assert [slugs(*page.cards) for page in older] == [["6", "7", "8"], ["3", "4", "5"]]
    assert [page.head.title for page in older] == ["The Gazette (1)", "The Gazette (2)"]
    assert older[0].lead is None
    assert not older[0].blocks


def test_pinned_stories_come_first_by_weight_however_old() -> None:
    stories = (
        *(story(str(n), hours=n) for n in range(60)),
        story("p0", hours=70, pinned=True),
        story("p2", hours=80, pinned=True, weight=2),
        story("p1", hours=90, pinned=True, weight=1),
    )
    front = fronts(arranged(Newsroom(stories))[0], CONFIG)[0]
    assert slugs(front.lead, *front.secondary) == ["p1", "p2", "p0", "0", "1"]


def test_a_block_links_to_its_section_unless_there_are_no_section_pages() -> None:
    few = replace(CONFIG, front=FrontOptions(secondary=0), outputs=OutputOptions(sections=False))
    newsroom = Newsroom((story("a"), story("b", hours=1)))
    [front] = fronts(arranged(newsroom, few)[0], few)
    assert [(block.title, block.url) for block in front.blocks] == [("News", "")]


def test_a_section_with_nothing_to_show_has_no_block() -> None:
    empty = Section("art", "Art", source=Source("content/sections/art.md", "0"))
    [front] = fronts(arranged(Newsroom((story("a"),), sections=(empty,)))[0], CONFIG)
    assert front.blocks == ()


def test_a_site_without_stories_has_a_front() -> None:
    [front] = fronts(arranged(Newsroom())[0], CONFIG)
    assert all_cards(front) == []
    assert front.head.trail[0].url == "/"


@given(
    stories=st.lists(
        st.tuples(st.sampled_from(["news", "art", "sport"]), st.booleans()), max_size=40
    ),
    size=st.integers(1, 7),
    secondary=st.integers(0, 5),
    block=st.integers(0, 5),
)
def test_no_story_twice_and_all_of_the_newest_run(
    *, stories: list[tuple[str, bool]], size: int, secondary: int, block: int
) -> None:
    chosen = replace(CONFIG, page_size=size, front=FrontOptions(secondary, block))
    made = tuple(
        story(str(n), hours=n, section=section, pinned=pinned and n % 5 == 0)
        for n, (section, pinned) in enumerate(stories)
    )
    front = fronts(arranged(Newsroom(made), chosen)[0], chosen)[0]
    shown = all_cards(front)
    newest = [str(n) for n in range(front_length(len(made), size))]
    pinned = [a.slug for a in made if a.pinned]
    assert len(shown) == len(set(shown))
    assert {*newest, *pinned} <= set(shown)
    assert shown[: 1 + secondary][: len(pinned)] == pinned[: 1 + secondary]
    assert len(front.secondary) <= secondary
    assert all(len(part.cards) <= block for part in front.blocks)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_direction_is_the_languages(language: str) -> None:
    chosen = replace(CONFIG, language=language)
    for page in fronts(arranged(Newsroom((story("a"),)), chosen)[0], chosen):
        assert page.direction == page.head.direction == {"ar": "rtl", "en": "ltr"}[language]


def test_the_edition_has_the_day_of_its_newest_story_where_it_is_asked_for() -> None:
    dated = replace(CONFIG, page_size=2, front=FrontOptions(date=True))
    stories = tuple(story(str(n), hours=n) for n in range(5))
    site, _ = arranged(Newsroom(stories), dated)
    front, *older = fronts(site, dated)
    assert front.edition == site.articles[0].date
    assert [page.edition for page in older] == [None]
    assert fronts(site, CONFIG)[0].edition is None
    assert fronts(arranged(Newsroom(), dated)[0], dated)[0].edition is None
