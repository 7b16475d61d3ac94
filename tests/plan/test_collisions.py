"""Two outputs on one path."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.outputs import FileCopy, Output, TextFile
from generator.model.problems import Place
from generator.plan.collisions import find_collisions


def output(path: str, source: str = "") -> Output:
    return Output(path, TextFile(""), "", source)


def messages(*outputs: Output) -> list[str]:
    problems = find_collisions(outputs)
    assert all(problem.is_error and problem.hint for problem in problems)
    return [f"{problem.place}: {problem.message}" for problem in problems]


def test_each_on_its_own_path_is_no_problem() -> None:
    assert messages(output("a/index.html"), output("a/b.html"), output("index.html")) == []


def test_two_sources_on_one_path_are_both_named() -> None:
    [message] = messages(output("a", "content/2.md"), output("a", "content/1.md"))
    assert message == "content/2.md: would be published as a, and so would content/1.md"


@pytest.mark.parametrize(
    "sources", [("", "content/1.md"), ("content/1.md", ""), ("config.yaml", "content/1.md")]
)
def test_the_place_is_the_text_where_the_other_is_made_by_us(sources: tuple[str, str]) -> None:
    [message] = messages(*(output("tags/a/index.html", source) for source in sources))
    assert message.startswith("content/1.md: would be published as tags/a/index.html, and so")
    assert message.endswith("a file that Broadsheet makes")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Photo.jpg", "photo.JPG"),
        ("caf\u00e9.jpg", "cafe\u0301.jpg"),
        ("\u0419.jpg", "\u0438\u0306.jpg"),
        ("STRASSE.jpg", "stra\u00dfe.jpg"),
        ("a/X/b.html", "A/x/b.html"),
    ],
)
def test_paths_that_some_disks_cannot_tell_apart_collide(one: str, other: str) -> None:
    [message] = messages(output(one, "static/1"), output(other, "static/2"))
    assert "some disks cannot tell these apart" in message
    assert all(name in message for name in ("static/1", "static/2", one, other))


@pytest.mark.parametrize(
    ("file", "inside"), [("tags", "tags/a/index.html"), ("TAGS", "tags/index.html")]
)
def test_a_file_cannot_stand_where_a_folder_must(file: str, inside: str) -> None:
    [message] = messages(output(file, "static/tags"), output(inside))
    assert message == (
        f"static/tags: would be published as {file}, and a file that Broadsheet makes as {inside}: "
        "a folder cannot have a file's name"
    )


def test_a_file_in_the_way_of_many_is_told_once() -> None:
    stories = [output(f"news/{n}/index.html", f"content/{n}.md") for n in (1, 2, 3)]
    [message] = messages(output("news", "static/news"), *stories)
    assert message == (
        "static/news: would be published as news, and content/1.md as news/1/index.html: "
        "a folder cannot have a file's name (3 files need that folder)"
    )


def test_three_on_one_path_are_two_problems() -> None:
    found = messages(*(output("a", f"content/{n}.md") for n in (3, 1, 2)))
    assert [message.partition(":")[0] for message in found] == ["content/2.md", "content/3.md"]


@given(st.lists(st.sampled_from(["a", "A", "a/b", "\u00e9", "e\u0301", "c"]), max_size=6))
def test_problems_do_not_depend_on_the_order(paths: list[str]) -> None:
    outputs = [output(path, f"content/{n}.md") for n, path in enumerate(paths)]
    assert find_collisions(outputs) == find_collisions(outputs[::-1])
    folded = {unicodedata.normalize("NFC", path).casefold() for path in paths}
    clash = len(folded) < len(paths) or {"a", "a/b"} <= folded
    assert bool(find_collisions(outputs)) == clash


def test_an_output_without_any_source_is_named_by_its_path() -> None:
    [problem] = find_collisions([output("a"), output("a")])
    assert problem.place == Place("a")


@pytest.mark.parametrize("source", ["", "config.yaml"])
def test_a_static_file_in_the_place_of_one_of_ours_is_told_what_to_switch_off(source: str) -> None:
    ours = Output("robots.txt", TextFile("User-agent: *"), "", source)
    theirs = Output("robots.txt", FileCopy("static/robots.txt", "0"), "", "static/robots.txt")
    [problem] = find_collisions((ours, theirs))
    assert problem.place.path == "static/robots.txt"
    assert problem.message.endswith("and so would a file that Broadsheet makes")
    assert "outputs:" in problem.hint
