"""From the names in bylines to authors."""

from collections.abc import Sequence

import pytest

from generator.model.article import Article, Author, Name, Newsroom, Source
from generator.model.config import Config
from generator.model.problems import Place
from generator.model.site import Site
from generator.model.tag_keys import tag_key
from generator.model.values import replace
from tests.support.planning import arranged, story


def author(slug: str, name: str, key: str = "", path: str = "") -> Author:
    source = Source(path or f"content/authors/{slug}.md", "0")
    return Author(slug, name, key or name.lower(), source=source)


def credited(files: Sequence[Author], stories: Sequence[Article]) -> Site:
    """The Site of some stories; the problems of it are those of its authors."""
    return arranged(Newsroom(tuple(stories), authors=tuple(files)))[0]


def listed(people: Site) -> dict[str, list[str]]:
    return {
        f"{found.subject.slug}: {found.subject.name}": [a.slug for a in found.articles]
        for found in people.authors
    }


def test_a_name_without_a_file_makes_an_author() -> None:
    people = credited([], [story("a", authors=["Jane Doe"]), story("b", authors=["jane doe"])])
    assert listed(people) == {"jane-doe: jane doe": ["a", "b"]}
    assert people.problems == ()


def test_the_commonest_spelling_is_shown_and_of_equals_the_oldest() -> None:
    names = ["Jane Doe", "JANE DOE", "Jane Doe", "JANE DOE"]
    stories = [story(str(n), authors=[name], hours=n) for n, name in enumerate(names)]
    assert list(listed(credited([], stories))) == ["jane-doe: JANE DOE"]


def test_a_byline_names_a_file_by_the_name_in_it_or_by_its_own() -> None:
    file = author("jd", "Jane Doe")
    stories = [story("a", authors=["Jane Doe"]), story("b", authors=["jd"])]
    people = credited([file], stories)
    assert listed(people) == {"jd: Jane Doe": ["a", "b"]}
    [collection] = people.authors
    assert people.author_of == {"jane doe": collection, "jd": collection}


def test_a_story_that_names_someone_twice_is_listed_once() -> None:
    people = credited([author("jd", "Jane Doe")], [story("a", authors=["Jane Doe", "jd"])])
    assert listed(people) == {"jd: Jane Doe": ["a"]}


def test_an_author_with_a_file_and_no_story_is_there() -> None:
    assert listed(credited([author("jd", "Jane Doe")], [])) == {"jd: Jane Doe": []}


def test_authors_come_by_name() -> None:
    people = credited([author("b", "alice")], [story("a", authors=["Zoe", "Bob"])])
    assert list(listed(people)) == ["b: alice", "bob: Bob", "zoe: Zoe"]


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ([author("b", "Jane Doe"), author("a", "Jane Doe")], "content/authors/b.md"),
        (
            [author("a", "Jane"), author("a", "Joan", path="content/authors/x/a.md")],
            "content/authors/x/a.md",
        ),
    ],
)
def test_two_files_about_one_author_are_both_named(files: list[Author], path: str) -> None:
    for order in (files, files[::-1]):
        [problem] = credited(order, []).problems
        assert problem.place == Place(path)
        assert "content/authors/a.md" in problem.message


@pytest.mark.parametrize("slug", ["", "page"])
def test_a_name_without_a_usable_address_is_a_problem(slug: str) -> None:
    article = replace(story("a"), authors=(Name("山田", "山田", slug),))
    [problem] = credited([], [article]).problems
    assert problem.place == Place("content/articles/a.md")
    assert problem.message == 'no address can be made from the author "山田"'
    assert "content/authors/" in problem.hint


def test_bylines_with_one_address_go_by_the_name_in_a_file() -> None:
    files = [author("ivan", "Ivan Petrov"), author("petrov", "Іван")]
    latin, cyrillic = Name("Ivan", "ivan", "ivan"), Name("Іван", "іван", "ivan")
    stories = [
        replace(story("a"), authors=(latin,)),
        replace(story("b"), authors=(cyrillic,)),
    ]
    people = credited(files, stories)
    assert people.problems == ()
    assert {c.subject.slug: [a.source.path for a in c.articles] for c in people.authors} == {
        "ivan": ["content/articles/a.md"],
        "petrov": ["content/articles/b.md"],
    }


@pytest.mark.parametrize("files", [[], [author("wang-wei", "王维")]])
def test_two_people_with_one_address_are_both_named(files: list[Author]) -> None:
    stories = [
        replace(story("a"), authors=(Name("王伟", "王伟", "wang-wei"),)),
        replace(story("b"), authors=(Name("王维", "王维", "wang-wei"),)),
    ]
    [problem] = credited(files, stories).problems
    assert "王伟" in problem.message
    assert "王维" in problem.message
    assert "one address: wang-wei" in problem.message
    assert "content/authors/" in problem.hint


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reuters", True),
        ("The Gazette", True),
        ("the gazette", True),
        ("Gazette Media", True),
        ("Mara Gazette", False),
        ("AP/Reuters", True),
        ("Reuters, AFP and dpa", True),
        ("Gazette Media Staff", True),
        ("Editorial Board", True),
        ("Die Redaktion", True),
        ("Редакція", True),
        ("Kyodo News", True),
        ("Ann Staff", False),
        ("Reuters Lindqvist", False),
    ],
)
@pytest.mark.parametrize("has_file", [False, True])
def test_an_agency_and_the_paper_itself_are_no_persons(
    name: str, *, expected: bool, has_file: bool
) -> None:
    config, _ = Config.parse({"title": "The Gazette", "organization": {"name": "Gazette Media"}})
    files = (author("a", name, tag_key(name)),) if has_file else ()
    people, _ = arranged(Newsroom((story("x", authors=[name]),), authors=files), config)
    assert [found.subject.is_organization for found in people.authors] == [expected]
