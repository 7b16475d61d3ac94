"""From the configuration, files and articles to sections."""

import pytest

from generator.model.article import Article, Name, Newsroom, Section, Source
from generator.model.config import Config, SectionOptions
from generator.model.problems import Place, Problem
from generator.model.site import Collection
from generator.model.values import replace
from tests.support.planning import arranged, story

OPEN = Config()
CLOSED = Config(sections=SectionOptions(("World", "Sport"), closed=True))


def section(slug: str, title: str, order: int = 0, path: str = "") -> Section:
    source = Source(path or f"content/sections/{slug}.md", "0")
    return Section(slug, title, order=order, source=source)


def gathered(
    newsroom: Newsroom, config: Config = OPEN
) -> tuple[tuple[Collection[Section], ...], tuple[Problem, ...]]:
    """The sections, and what is wrong with them."""
    site, problems = arranged(newsroom, config)
    return site.sections, problems


def titles(newsroom: Newsroom) -> list[str]:
    collections, problems = gathered(newsroom)
    assert problems == ()
    return [collection.subject.title for collection in collections]


def test_the_configurations_order_comes_first_then_order_then_title() -> None:
    newsroom = Newsroom(
        (story("a", section="art"), story("b", section="world")),
        sections=(section("z", "Zoo", 1), section("y", "Yard", 2), section("world", "The World")),
        section_names=(Name("World", "world", "world"), Name("Sport", "sport", "sport")),
    )
    assert titles(newsroom) == ["The World", "Sport", "Zoo", "Yard", "Art"]
    shuffled = replace(newsroom, articles=newsroom.articles[::-1], sections=newsroom.sections[::-1])
    assert titles(shuffled) == titles(newsroom)


def test_a_section_from_articles_has_a_title_made_from_its_address() -> None:
    assert titles(Newsroom((story("a", section="local-news"),))) == ["Local news"]


def test_each_section_has_its_articles_in_order() -> None:
    articles = (story("a"), story("b", section="sport"), story("c"))
    collections, _ = gathered(Newsroom(articles))
    found = {c.subject.slug: [a.slug for a in c.articles] for c in collections}
    assert found == {"news": ["a", "c"], "sport": ["b"]}


def test_a_section_of_hidden_stories_only_is_not_there() -> None:
    newsroom = Newsroom((story("a", section="secret", draft=True),))
    assert gathered(newsroom) == ((), ())


def test_a_closed_list_refuses_other_sections() -> None:
    articles = (
        replace(story("a", section="sprot"), section_label="Sprot"),
        story("b", section="world"),
        story("c", section="art"),
        story("d"),
    )
    names = (Name("World", "world", "world"),)
    newsroom = Newsroom(articles, section_names=names, sections=(section("art", "Art"),))
    _, problems = gathered(newsroom, CLOSED)
    assert [(p.place.path, p.message, p.hint, p.keys) for p in problems] == [
        (
            "content/articles/a.md",
            'unknown section "Sprot"',
            "The sections are: World, art.",
            ("section",),
        ),
        ("content/articles/d.md", "no section", "Add one: World, art.", ("section",)),
    ]


def test_a_closed_list_without_any_section_says_where_to_write_them() -> None:
    articles = (story("a"),)
    _, [problem] = gathered(Newsroom(articles), CLOSED)
    assert "config.yaml" in problem.hint


@pytest.mark.parametrize("slug", ["tags", "page", "archive", "authors", "assets", "sitemaps"])
def test_a_reserved_name_is_a_problem_where_it_is_used(slug: str) -> None:
    articles = (story("a", section=slug),)
    _, [problem] = gathered(Newsroom(articles))
    assert (problem.place, problem.keys) == (Place("content/articles/a.md"), ("section",))
    assert problem.message == f'"{slug}" is reserved'
    _, [problem] = gathered(Newsroom(sections=(section(slug, "X"),)))
    assert (problem.place, problem.keys) == (Place(f"content/sections/{slug}.md"), ())
    named = Newsroom(section_names=(Name("X", "x", slug),))
    _, [problem] = gathered(named)
    assert (problem.place, problem.keys) == (Place("config.yaml"), ("sections",))


def test_a_section_without_an_address_is_a_problem() -> None:
    _, [problem] = gathered(Newsroom(section_names=(Name("!", "!", ""),)))
    assert problem.message == "a section without an address"


def test_two_files_about_one_section_are_both_named() -> None:
    files = (section("art", "Art"), section("art", "Arts", path="content/sections/x/art.md"))
    for order in (files, files[::-1]):
        [collection], [problem] = gathered(Newsroom(sections=order))
        assert collection.subject.title == "Art"
        assert problem.place == Place("content/sections/x/art.md")
        assert "content/sections/art.md" in problem.message


def named(slug: str, label: str, section: str = "shi-shi") -> Article:
    return replace(story(slug, section=section), section_label=label)


@pytest.mark.parametrize("names", [(), (Name("时事", "时事", "shi-shi"),)])
def test_two_names_of_sections_with_one_address_are_both_named(names: tuple[Name, ...]) -> None:
    stories = (named("a", "时事"), named("b", "实事"))
    _, problems = gathered(Newsroom(stories, section_names=names))
    [problem] = problems
    assert problem.is_error
    assert {"时事", "实事"} <= set(problem.message.split('"'))
    assert "one address: shi-shi" in problem.message


def test_two_names_in_the_configuration_with_one_address_are_both_named() -> None:
    names = (Name("Économie", "économie", "economie"), Name("Economie", "economie", "economie"))
    _, [problem] = gathered(Newsroom(section_names=names))
    assert problem.place == Place("config.yaml")
    assert {"Économie", "Economie"} <= set(problem.message.split('"'))
    twice = (Name("News", "news", "news"), Name("news", "news", "news"))
    assert gathered(Newsroom(section_names=twice))[1] == ()


def test_a_name_in_the_configuration_is_never_anothers() -> None:
    names = (Name("时事", "时事", "shi-shi"),)
    _, [problem] = gathered(Newsroom((named("a", "实事"),), section_names=names))
    assert problem.place == Place("content/articles/a.md")


def test_a_section_goes_by_its_address_and_by_any_capitals() -> None:
    stories = (named("a", "Shi shi"), named("b", "shi-shi"), named("c", "SHI SHI"), named("d", ""))
    assert gathered(Newsroom(stories))[1] == ()


def test_a_section_with_a_file_goes_by_one_name_more() -> None:
    stories = (named("a", "时事"), named("b", "shi-shi"))
    assert gathered(Newsroom(stories, sections=(section("shi-shi", "Affairs"),)))[1] == ()
