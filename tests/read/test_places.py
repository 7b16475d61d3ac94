from pathlib import Path

import pytest

from generator.model.problems import Place, Problem
from generator.read.places import all_placed

Keys = tuple[str | int, ...]


def placed_in(site: Path, path: str, text: str, keys: Keys) -> Problem:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    (problem,) = all_placed([Problem(Place(path), "wrong", keys=keys)], site)
    return problem


def marked(problem: Problem) -> tuple[int, str]:
    """The line, and what the carets would stand below."""
    start = problem.place.column - 1
    return problem.place.line, problem.excerpt[start : start + problem.width]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("image",), (3, "a.jpg")),
        (("tags",), (4, "[War, Kursk]")),
        (("tags", 1), (4, "Kursk")),
        (("tags", "Kursk"), (4, "Kursk")),
        (("tags", "Nothing"), (4, "[War, Kursk]")),
        (("aliases", 1), (7, "/b/")),
        (("aliases", "/a/"), (6, "/a/")),
        (("missing",), (1, "---")),
    ],
)
def test_a_key_is_found_in_front_matter(
    tmp_path: Path, keys: Keys, expected: tuple[int, str]
) -> None:
    text = "---\ntitle: A\nimage: a.jpg\ntags: [War, Kursk]\naliases:\n  - /a/\n  - /b/\n---\n"
    assert marked(placed_in(tmp_path, "content/articles/a.md", text, keys)) == expected


@pytest.mark.parametrize(
    ("line", "keys", "expected"),
    [
        ("topics: [War]", ("tags",), "[War]"),
        ("keywords: War, Kursk", ("tags", "Kursk"), "Kursk"),
        ("redirect_from: [/a/, /b/]", ("aliases", 1), "/b/"),
        ("permalink: /a/", ("url",), "/a/"),
        ("tags:\ntopics: [War]", ("tags", "War"), "War"),
        ("image: {alt: A boat, src: a.jpg}", ("image",), "a.jpg"),
        ("image:\n  src: a.jpg", ("image",), "a.jpg"),
        ("image: [a.jpg]", ("image",), "[a.jpg]"),
        ("tags: ['Open  Source']", ("tags", "Open Source"), "'Open  Source'"),
    ],
)
def test_a_key_is_found_under_its_other_names(
    tmp_path: Path, line: str, keys: Keys, expected: str
) -> None:
    text = f"---\n{line}\n---\n"
    assert marked(placed_in(tmp_path, "content/articles/a.md", text, keys))[1] == expected


@pytest.mark.parametrize(
    ("folder", "line", "key"),
    [
        ("pages", "redirect_from", "aliases"),
        ("tags", "picture", "image"),
        ("sections", "picture", "image"),
        ("authors", "picture", "portrait"),
    ],
)
def test_other_names_are_those_of_the_kind_of_text(
    tmp_path: Path, folder: str, line: str, key: str
) -> None:
    text = f"---\n{line}: here\n---\n"
    assert marked(placed_in(tmp_path, f"content/{folder}/a.md", text, (key,))) == (2, "here")


def test_toml_is_looked_through_too(tmp_path: Path) -> None:
    text = '+++\ntitle = "A"\ntags = ["War", "Kursk"]\n+++\n'
    problem = placed_in(tmp_path, "content/articles/a.md", text, ("tags", "Kursk"))
    assert marked(problem) == (3, '"Kursk"')


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_configuration_is_looked_through(tmp_path: Path, newline: str) -> None:
    text = newline.join(["title: A", "outputs:", "  rss: false", ""])
    problem = placed_in(tmp_path, "config.yaml", text, ("outputs", "rss"))
    assert marked(problem) == (3, "false")


@pytest.mark.parametrize("text", ["---\n: broken", "no front matter", "---\ntitle: [\n---\n"])
@pytest.mark.parametrize("path", ["content/articles/a.md", "elsewhere.md"])
def test_a_file_that_cannot_be_read_any_more_keeps_its_problem(
    tmp_path: Path, path: str, text: str
) -> None:
    problem = placed_in(tmp_path, path, text, ("title",))
    assert problem == Problem(Place(path), "wrong", keys=("title",))


def test_a_file_that_is_gone_keeps_its_problem(tmp_path: Path) -> None:
    problem = Problem(Place("content/articles/gone.md"), "wrong", keys=("title",))
    assert all_placed([problem], tmp_path) == (problem,)


def test_a_problem_that_knows_its_line_stays(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("title: A\n", encoding="utf-8")
    problem = Problem(Place("config.yaml", 7), "wrong", keys=("title",))
    assert all_placed([problem], tmp_path) == (problem,)
    (unplaced,) = all_placed([Problem(Place("config.yaml"), "wrong")], tmp_path)
    assert unplaced.place.line == 0
