"""Related stories."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Newsroom
from generator.model.problems import Place
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.related import RelatedStories
from tests.support.planning import arranged, story


def related(site: Site, count: int = 4) -> dict[str, list[str]]:
    """The related stories of each, by their slugs."""
    finder = RelatedStories(site, count)
    slug_of = {card.url: path.rpartition("/")[2][:-3] for path, card in site.cards.items()}
    return {a.slug: [slug_of[card.url] for card in finder.of(a)] for a in site.articles}


def test_earlier_stories_come_by_their_rarest_tag_then_newest_first() -> None:
    site, _ = arranged(
        Newsroom(
            (
                story("own", tags=["War", "Kursk", "Bees"]),
                story("war1", tags=["War"], hours=1),
                story("kursk2", tags=["Kursk"], hours=2),
                story("both3", tags=["War", "Kursk"], hours=3),
                story("war4", tags=["War"], hours=4),
                story("bees5", tags=["Bees"], hours=5),
                story("other6", tags=["Fish"], hours=6),
            )
        )
    )
    assert related(site)["own"] == ["bees5", "kursk2", "both3", "war1"]
    assert related(site, 9)["own"] == ["bees5", "kursk2", "both3", "war1", "war4"]
    assert related(site, 0)["own"] == []
    assert related(site)["other6"] == []


@pytest.mark.parametrize("tags", [["A", "B"], ["B", "A"]])
def test_of_equally_rare_tags_the_newest_story_wins_whatever_the_order_of_tags(
    tags: list[str],
) -> None:
    site, _ = arranged(
        Newsroom(
            (
                story("own", tags=tags),
                story("b1", tags=["B"], hours=1),
                story("a2", tags=["A"], hours=2),
                story("b3", tags=["B"], hours=3),
                story("a4", tags=["A"], hours=4),
            )
        )
    )
    assert related(site, 3)["own"] == ["b1", "a2", "b3"]


def test_stories_of_one_instant_come_by_path() -> None:
    stories = [story(name, tags=["A"], hours=1) for name in ("c", "a", "b")]
    site, _ = arranged(Newsroom((story("own", tags=["A"]), *stories)))
    assert related(site)["own"] == ["a", "b", "c"]


def test_rarity_is_counted_before_the_story_only() -> None:
    later = [story(f"later{n}", tags=["A"], hours=-n) for n in range(1, 5)]
    earlier = [
        story("a1", tags=["A"], hours=1),
        *(story(f"b{n}", tags=["B"], hours=1 + n) for n in range(1, 3)),
    ]
    site, _ = arranged(
        Newsroom((*later, story("own", tags=["B", "A"]), *earlier)),
        now=story("x").date + timedelta(days=1),
    )
    assert related(site, 2)["own"] == ["a1", "b1"]


def test_hand_picked_stories_come_first_as_they_are_named() -> None:
    site, _ = arranged(
        Newsroom(
            (
                story(
                    "2024/own",
                    tags=["A"],
                    related=("by-slug", "/articles/2023/x.md", "y.md", "own"),
                ),
                story("2024/tagged", tags=["A"], hours=1),
                story("2023/by-slug", hours=2),
                story("2023/x", hours=-1, tags=["A"]),
                story("2024/y", hours=3),
                story("y", hours=4),
            )
        ),
        now=story("x").date + timedelta(days=1),
    )
    assert related(site)["own"] == ["by-slug", "x", "y", "tagged"]
    assert related(site, 2)["own"] == ["by-slug", "x"]
    assert RelatedStories(site, 4).problems() == ()


@pytest.mark.parametrize(
    "pick",
    [
        "../2023/x.md",
        "2023/x.md",
        "articles/2023/x.md",
        "content/articles/2023/x.md",
        "/articles/2023/x.md",
        "x",
        "/x/",
    ],
)
def test_a_story_is_picked_by_slug_or_path(pick: str) -> None:
    site, _ = arranged(Newsroom((story("2024/own", related=(pick,)), story("2023/x", hours=1))))
    assert related(site)["own"] == ["x"]


@pytest.mark.parametrize(("pick", "stored"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_story_is_picked_however_its_accents_are_stored(
    pick: Literal["NFC", "NFD"], stored: Literal["NFC", "NFD"]
) -> None:
    own = story("2024/own", related=(normalize(pick, "../2023/caf\u00e9.md"),))
    name = normalize(stored, "caf\u00e9")
    site, _ = arranged(Newsroom((own, story(f"2023/{name}", hours=1))))
    assert related(site)["own"] == [name]
    assert RelatedStories(site, 4).problems() == ()


def test_a_pick_that_nobody_knows_is_a_problem() -> None:
    site, _ = arranged(Newsroom((story("a", related=("b", "no", "/articles/no.md")), story("b"))))
    problems = RelatedStories(site, 4).problems()
    assert [(problem.place, problem.message, problem.keys) for problem in problems] == [
        (Place("content/articles/a.md"), 'no such article: "no"', ("related", 1)),
        (Place("content/articles/a.md"), 'no such article: "/articles/no.md"', ("related", 2)),
    ]
    assert related(site)["a"] == ["b"]


@pytest.mark.parametrize(
    "pick", ["held", "2024/held.md", "broken", "2024/2024-08-01-broken.md", "trip"]
)
def test_a_pick_that_is_hidden_or_broken_is_passed_over(pick: str) -> None:
    newsroom = Newsroom(
        (story("a", related=(pick,)), story("2024/held", draft=True)),
        broken=(
            "content/articles/2024/2024-08-01-broken.md",
            "content/articles/2024/2024-08-02-trip/index.md",
        ),
    )
    site, _ = arranged(newsroom)
    assert related(site)["a"] == []
    assert RelatedStories(site, 4).problems() == ()


tags = st.lists(st.sampled_from("ABCDE"), max_size=3, unique=True)


@given(st.lists(tags, max_size=9), st.lists(tags, min_size=1, max_size=4), st.integers(1, 4))
def test_a_new_story_changes_no_older_one(
    old: Sequence[list[str]], new: Sequence[list[str]], count: int
) -> None:
    before = [story(f"old{n}", tags=labels, hours=1 + n // 2) for n, labels in enumerate(old)]
    after = [story(f"new{n}", tags=labels) for n, labels in enumerate(new)]
    then = related(arranged(Newsroom(tuple(before)))[0], count)
    now = related(arranged(Newsroom((*before, *after)))[0], count)
    assert {slug: now[slug] for slug in then} == then


@given(st.lists(tags, max_size=9), st.integers(0, 4))
def test_as_many_as_there_are_and_never_the_story_itself_or_one_twice(
    old: Sequence[list[str]], count: int
) -> None:
    stories = [story(str(n), tags=labels, hours=n) for n, labels in enumerate(old)]
    found = related(arranged(Newsroom(tuple(stories)))[0], count)
    for n, labels in enumerate(old):
        sharing = {str(m) for m in range(n + 1, len(old)) if set(old[m]) & set(labels)}
        assert set(found[str(n)]) <= sharing
        assert len(found[str(n)]) == min(count, len(sharing))


def test_merged_tags_count_as_one() -> None:
    one = replace(story("own"), tags=story("x", tags=["kursk", "KURSK"]).tags)
    site, _ = arranged(Newsroom((one, story("b", tags=["Kursk"], hours=1))))
    assert related(site)["own"] == ["b"]
