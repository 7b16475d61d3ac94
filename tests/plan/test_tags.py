"""From the spellings of tags to one list."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Article, Name, Newsroom, Source, Tag
from generator.model.problems import Place, Problem
from generator.model.tag_keys import tag_key
from generator.model.values import replace
from generator.plan.tags import claim_keys
from tests.support.planning import NOW, arranged, story

Gathered = dict[str, list[str]]
LATER = NOW + timedelta(days=1)


def tag(slug: str, label: str, *aliases: str, path: str = "") -> Tag:
    names = tuple(
        Name(alias, tag_key(alias), tag_key(alias).replace(" ", "-")) for alias in aliases
    )
    source = Source(path or f"content/tags/{slug}.md", "0")
    return Tag(slug, label, tag_key(label), names, source=source)


def gathered(articles: list[Article], *files: Tag) -> tuple[Gathered, tuple[Problem, ...]]:
    """The tags by label with their stories' slugs, and all problems."""
    site, problems = arranged(Newsroom(tuple(articles), tags=files), now=LATER)
    found = {tag.subject.label: [user.slug for user in tag.articles] for tag in site.tags}
    return found, problems


def test_spellings_with_one_key_are_one_tag() -> None:
    articles = [
        story("a", tags=["War in Ukraine"]),
        story("b", tags=["war in  ukraine"], hours=1),
        story("c", tags=["War-in-Ukraine", "Kursk"], hours=2),
        story("d", tags=["War in Ukraine"], hours=3),
    ]
    assert gathered(articles) == ({"War in Ukraine": ["a", "b", "c", "d"], "Kursk": ["c"]}, ())


def test_c_and_its_relatives_stay_apart() -> None:
    found, problems = gathered([story("a", tags=["C", "C++", "C#", ".NET"])])
    assert (sorted(found), problems) == ([".NET", "C", "C#", "C++"], ())


@pytest.mark.parametrize(
    ("labels", "label"),
    [
        (["Kursk", "KURSK", "KURSK"], "KURSK"),
        (["Kursk", "KURSK"], "Kursk"),
        (["KURSK", "Kursk", "kursk", "Kursk", "KURSK"], "KURSK"),
    ],
)
def test_the_commonest_spelling_is_shown_and_of_equals_the_oldest(
    labels: list[str], label: str
) -> None:
    stories = [story(str(n), tags=[spelled], hours=-n) for n, spelled in enumerate(labels)]
    assert list(gathered(stories)[0]) == [label]


def test_the_address_stays_that_of_the_oldest_spelling() -> None:
    old, new = Name("R&D", "r d", "r-and-d"), Name("R D", "r d", "r-d")
    articles = [story("1", hours=9, tags=[]), story("2", hours=2), story("3", hours=1)]
    spelled = [replace(a, tags=(n,)) for a, n in zip(articles, (old, new, new), strict=True)]
    found = arranged(Newsroom(tuple(spelled)))[0].tag_of["r d"].subject
    assert (found.label, found.slug) == ("R D", "r-and-d")


def test_a_file_decides_on_label_and_address() -> None:
    file = tag("rf", "Russia", "Russian Federation", "РФ")
    spellings = ["russia", "Russian federation", "РФ", "rf"]
    articles = [story(str(n), tags=[label], hours=n) for n, label in enumerate(spellings)]
    found, problems = gathered(articles, file)
    assert found == {"Russia": ["0", "1", "2", "3"]}
    assert problems == ()


def test_a_story_with_two_names_of_one_tag_is_listed_once() -> None:
    found, _ = gathered(
        [story("a", tags=["Russia", "Russian Federation"])],
        tag("r", "Russia", "Russian Federation"),
    )
    assert found == {"Russia": ["a"]}


def test_two_files_that_claim_one_alias_are_both_named() -> None:
    files = [tag("b", "Beta", "Gamma"), tag("a", "Alpha", "gamma")]
    problems = claim_keys(files)[1]
    assert problems == (
        Problem(
            Place("content/tags/b.md"),
            '"Gamma" is claimed by content/tags/a.md too',
            "Leave the name in one of the two files.",
            keys=("aliases", 0),
        ),
    )


def test_two_files_of_one_title_are_both_named() -> None:
    files = [tag("a", "Kursk"), tag("b", "KURSK")]
    [problem] = claim_keys(files)[1]
    assert (problem.place.path, problem.keys) == ("content/tags/b.md", ("title",))
    assert "content/tags/a.md" in problem.message


def test_an_alias_that_is_the_title_of_another_file_is_a_problem() -> None:
    owner, [problem] = claim_keys([tag("a", "Alpha", "Beta"), tag("b", "Beta")])
    assert owner["beta"].slug == "b"
    assert (problem.place.path, problem.keys) == ("content/tags/a.md", ("aliases", 0))


def test_a_files_name_yields_to_the_title_of_another() -> None:
    owner, problems = claim_keys([tag("kursk", "Kursk region"), tag("city", "Kursk")])
    assert (owner["kursk"].slug, problems) == ("city", ())


@given(
    st.permutations(
        [
            tag("a", "A", "x"),
            tag("b", "B", "x"),
            tag("c", "a"),
            tag("c", "C", path="content/tags/d/c.md"),
        ]
    )
)
def test_claims_do_not_depend_on_the_order_of_files(files: list[Tag]) -> None:
    usual = claim_keys(sorted(files, key=lambda found: found.source.path if found.source else ""))
    assert claim_keys(files) == usual


def test_two_tags_with_one_address_are_a_problem_at_the_first_use() -> None:
    latin, cyrillic = Name("Lviv", "lviv", "lviv"), Name("Львів", "львів", "lviv")
    articles = [
        replace(story("old", hours=2), tags=(cyrillic,)),
        replace(story("new", hours=1), tags=(cyrillic, latin)),
    ]
    _, [problem] = gathered(articles)
    assert problem.message == 'the tags "Lviv" and "Львів" have one address: lviv'
    assert (problem.place, problem.keys) == (Place("content/articles/old.md"), ("tags", "Львів"))
    assert "content/tags/lviv.md" in problem.hint


@pytest.mark.parametrize("slug", ["", "page"])
def test_a_tag_without_a_usable_address_is_a_problem(slug: str) -> None:
    articles = [replace(story("a"), tags=(Name("Page!", "page!", slug),))]
    _, [problem] = gathered(articles)
    assert problem.message == 'the tag "Page!" has no usable address'
    assert (problem.place, problem.keys) == (Place("content/articles/a.md"), ("tags", "Page!"))


def test_a_file_gives_an_address_to_a_tag_that_has_none() -> None:
    articles = [replace(story("a"), tags=(Name("🐟", "🐟", ""),))]
    found, problems = gathered(articles, tag("fish", "🐟"))
    assert (found, problems) == ({"🐟": ["a"]}, ())


def test_a_tag_nobody_uses_is_in_no_list() -> None:
    assert gathered([story("a")], tag("kursk", "Kursk")) == ({}, ())


@given(
    st.lists(st.lists(st.sampled_from(["Kursk", "KURSK", "C", "c", "C#"]), max_size=3), max_size=5)
)
def test_no_story_is_lost_and_none_gained(tags: list[list[str]]) -> None:
    stories = [story(str(n), hours=n, tags=labels) for n, labels in enumerate(tags)]
    site, problems = arranged(Newsroom(tuple(stories)))
    assert problems == ()
    pairs = {(key, user.slug) for key, found in site.tag_of.items() for user in found.articles}
    assert pairs == {(name.key, a.slug) for a in stories for name in a.tags}
    for listed in site.tags:
        dates = [a.date for a in listed.articles]
        assert dates == sorted(dates, reverse=True)
        assert all(one - other >= timedelta(hours=1) for one, other in pairwise(dates))
