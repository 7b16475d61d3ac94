from datetime import UTC, datetime

import pytest

from generator.model.article import Article, Name, Newsroom, Source, Tag
from generator.model.problems import Problem, Severity
from generator.model.tag_keys import tag_key
from generator.plan.tag_slips import OFTEN, likely_slips
from generator.read.slugs import slugify
from tests.support.planning import arranged

DATE = datetime(2024, 1, 1, tzinfo=UTC)


def name(label: str) -> Name:
    return Name(label, tag_key(label), slugify(label))


def newsroom(*tags: str, known: tuple[Tag, ...] = ()) -> Newsroom:
    """A newsroom with one story for each tag."""
    articles = tuple(
        Article(
            Source(f"content/articles/{number}.md", ""),
            address=f"/{number}/",
            id=str(number),
            slug=str(number),
            title="A",
            date=DATE,
            section="news",
            tags=(name(label),),
            draft=number == 0,
        )
        for number, label in enumerate(tags)
    )
    return Newsroom(articles=articles, tags=known)


def tag(slug: str, label: str, *aliases: str) -> Tag:
    own = Source(f"content/tags/{slug}.md", "")
    return Tag(slug, label, tag_key(label), tuple(map(name, aliases)), source=own)


def slips(found: Newsroom) -> tuple[Problem, ...]:
    return likely_slips(arranged(found)[0])


def only_problem(found: Newsroom) -> Problem:
    (problem,) = slips(found)
    return problem


def test_a_rare_tag_that_is_nearly_a_common_one_is_doubted() -> None:
    problem = only_problem(newsroom("Lukashenko", "Lukashenko", "lukashenko", "Lukashenco"))
    assert problem.severity is Severity.WARNING
    assert problem.place.path == "content/articles/3.md"
    assert problem.keys == ("tags", "Lukashenco")
    assert problem.message.lower() == (
        'the tag "lukashenco" is used rarely and looks like "lukashenko"'
    )
    assert "content/tags/lukashenco.md" in problem.hint


@pytest.mark.parametrize(
    "tags",
    [
        ("Harbour", "HARBOUR", "harbour"),
        ("harbour", "HARBOUR", "Harbour"),
        ("HARBOUR", "Harbour", "harbour", "HARBOUR", "HARBOUR"),
    ],
)
def test_how_often_a_known_tag_is_spelt_so_changes_no_warning(tags: tuple[str, ...]) -> None:
    assert only_problem(newsroom(*tags, "Habour")).message.endswith('looks like "Harbour"')


@pytest.mark.parametrize("label", ["Kursk region", "Lukashenka", "Alexander Lukashenko"])
def test_names_in_a_tags_file_are_known_however_rare(label: str) -> None:
    known = (tag("lukashenko", "Alexander Lukashenko", "Lukashenka", "Kursk region"),)
    assert slips(newsroom(label, known=known)) == ()


def test_a_slip_for_an_alias_is_told_by_the_alias() -> None:
    known = (tag("lukashenko", "Alexander Lukashenko", "Лукашенко"),)
    assert 'looks like "Лукашенко"' in only_problem(newsroom("Лукашенкко", known=known)).message


def test_a_file_makes_a_near_miss_a_tag_of_its_own() -> None:
    tags = ["Lukashenko"] * 3
    assert slips(newsroom(*tags, "Lukashenco", known=(tag("lukashenco", "Other"),))) == ()


@pytest.mark.parametrize("uses", [1, OFTEN - 1, OFTEN])
def test_two_tags_that_are_both_in_use_are_two_words(uses: int) -> None:
    found = slips(newsroom(*["Lukashenko"] * 5, *["Lukashenco"] * uses))
    assert len(found) == (uses if uses < OFTEN else 0)


def test_rare_tags_are_not_held_against_each_other() -> None:
    assert slips(newsroom("Lukashenko", "Lukashenco")) == ()


@pytest.mark.parametrize("label", ["Tariffs", "2023", "Iraq", "Russian"])
def test_other_words_are_no_slips(label: str) -> None:
    common = ["Tariff", "2024", "Iran", "Russia"] * 3
    assert slips(newsroom(*common, label)) == ()


def test_hidden_stories_count_and_are_told() -> None:
    problem = only_problem(newsroom("Lukashenco", *["Lukashenko"] * 3))
    assert problem.place.path == "content/articles/0.md"
