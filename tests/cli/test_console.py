import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.console import (
    WIDEST_EXCERPT,
    counted,
    instant_text,
    problem_text,
    problems_json,
    show_problems,
    shown_path,
    visible,
)
from generator.model.problems import Place, Problem, warning

HARMLESS = re.compile(r"\x1b\[(?:0|1|31|33)m")


def shown(problem: Problem) -> list[str]:
    return click.unstyle(problem_text(problem)).split("\n")


def problem_in(line: str, marked: str, hint: str = "") -> Problem:
    column = line.index(marked) + 1
    place = Place("content/articles/a.md", 12, column)
    return Problem(place, "wrong", hint, excerpt=line, width=len(marked))


def cells(text: str) -> int:
    """How wide a terminal shows a text."""
    wide = {"W": 2, "F": 2}
    return sum(
        wide.get(unicodedata.east_asian_width(char), 1)
        for char in text
        if not unicodedata.combining(char) and char not in "\u200c\u200d"
    )


def pointed_at(problem: Problem) -> str:
    """What stands above the carets, counted in a terminal's cells."""
    _, line, carets, *_ = shown(problem)
    below = re.search(r"\^+", carets.partition(" | ")[2])
    assert below
    start, end = below.span()
    line, found, at = line.partition(" | ")[2], "", 0
    for char in line:
        if start <= at < end or (found and not cells(char)):
            found += char
        at += cells(char)
    return found


def test_a_problem_shows_its_place_its_line_and_what_to_do() -> None:
    place = Place("content/articles/world/kursk.md", 4, 7)
    line = "date: 2024-02-30"
    hint = "February 2024 has 29 days"
    problem = Problem(place, 'not a date: "2024-02-30"', hint, excerpt=line, width=10)
    assert shown(problem) == [
        'content/articles/world/kursk.md:4:7: error: not a date: "2024-02-30"',
        "  4 | date: 2024-02-30",
        "    |       ^^^^^^^^^^ February 2024 has 29 days",
    ]


def test_a_problem_without_a_line_shows_its_hint_below() -> None:
    problem = warning(Place("content/articles/a.pdf"), "no text names this file", "Name it.")
    assert shown(problem) == [
        "content/articles/a.pdf: warning: no text names this file",
        "    Name it.",
    ]
    assert shown(Problem(Place("content"), "empty")) == ["content: error: empty"]


def test_a_long_hint_stands_on_a_line_of_its_own() -> None:
    lines = shown(problem_in("slug: " + "a" * 60, "a" * 60, "Write something else. " * 3))
    assert lines[2] == "     |       " + "^" * 60
    assert lines[3].startswith("     | Write something else.")


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("title: A", "A"),
        ("\ttitle:\tA", "A"),
        ("标题: 北京", "北京"),
        ("title: 한국 뉴스", "뉴스"),
        ("title: cafe\u0301 x", "x"),
        ("title: 🙂🙂 x", "x"),
        ("title: أخبار x", "x"),
        ("title: \u0645\u06cc\u200c\u0634\u0648\u062f x", "x"),
        ("title: Où\u00a0? x", "x"),
        ("title: ｆｕｌｌ x", "x"),  # noqa: RUF001 - full-width letters: what this is about
        ("title: a\x1b[31mb x", "x"),
        ("title: a\u202eb x", "x"),
    ],
)
def test_carets_stand_below_what_they_mean(line: str, marked: str) -> None:
    assert pointed_at(problem_in(line, marked)) == marked
    assert pointed_at(problem_in(line, marked, "Do this.")) == marked


@pytest.mark.parametrize("before", ["", "b", "b" * 30, "b" * 90, "b" * 5000, "北" * 40], ids=len)
@pytest.mark.parametrize("after", ["", "c", "c" * 90, "c" * 5000, "京" * 60], ids=len)
def test_a_long_line_is_cut_round_what_is_meant(before: str, after: str) -> None:
    problem = problem_in(f"{before}MEANT{after}", "MEANT")
    line = shown(problem)[1].partition(" | ")[2]
    assert pointed_at(problem) == "MEANT"
    assert cells(line) <= WIDEST_EXCERPT
    assert line.startswith("…") == (line.partition("MEANT")[0] != before)
    assert line.endswith("…") == (line.partition("MEANT")[2] != after)
    is_short = cells(before + after) + 5 <= WIDEST_EXCERPT
    assert is_short == (line == f"{before}MEANT{after}")


@pytest.mark.parametrize("width", [76, 200, 100_000])
def test_a_long_stretch_is_cut_and_so_are_its_carets(width: int) -> None:
    problem = problem_in("b" * 200 + "M" * width + "c" * 200, "M" * width)
    line, carets = (text.partition(" | ")[2] for text in shown(problem)[1:])
    assert cells(line) <= WIDEST_EXCERPT
    assert carets.count("^") <= 75
    assert line[carets.index("^")] == "M"


@pytest.mark.parametrize("column", [0, 1, 9, 10, 500])
def test_a_column_beyond_the_line_does_no_harm(column: int) -> None:
    problem = Problem(Place("a.md", 1, column), "wrong", excerpt="title: A", width=3)
    assert "^" in shown(problem)[2]


def test_a_problem_as_its_parts_say() -> None:
    assert str(Place("a.md", 3, 4)) == "a.md:3:4"
    told = json.loads(
        problems_json([Problem(Place("a.md", 3, 4), "m", "h"), Problem(Place("b"), "n")])
    )
    assert told["problems"] == [
        {"path": "a.md", "line": 3, "column": 4, "severity": "error", "message": "m", "hint": "h"},
        {
            "path": "b",
            "line": None,
            "column": None,
            "severity": "error",
            "message": "n",
            "hint": "",
        },
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("a\tb", "a b"),
        ("Où\u00a0?", "Où ?"),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("a\r\nb", "a��b"),
        ("\x9b31m", "�31m"),
        ("\x07\x08\x7f\0", "����"),
        ("a\u202eb\u2066c\u200e", "a�b�c�"),
        ("a\u200bb\ufeff", "a�b�"),
        ("a\u200db", "a�b"),
        ("\u200da", "�a"),
        ("\u0645\u06cc\u200c\u0634", "\u0645\u06cc\u200c\u0634"),
        ("\udcff", "�"),
        ("\u2028", "�"),
    ],
)
def test_what_could_steer_a_terminal_is_not_passed_on(text: str, expected: str) -> None:
    assert visible(text) == expected


HOSTILE = st.text(st.characters(), max_size=300)


@given(
    st.builds(
        Problem,
        place=st.builds(Place, HOSTILE, st.integers(0, 9), st.integers(0, 400)),
        message=HOSTILE,
        hint=HOSTILE,
        excerpt=HOSTILE,
        width=st.integers(1, 400),
    )
)
def test_no_text_of_a_file_steers_the_terminal(problem: Problem) -> None:
    text = HARMLESS.sub("", problem_text(problem))
    assert all(char.isprintable() or char in "\n\u200c\u200d" for char in text)
    assert text.count("\n") <= 3
    text.encode()


def test_problems_are_followed_by_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    show_problems([Problem(Place("a"), "m"), warning(Place("b"), "n")])
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "a: error: m\nb: warning: n\n\n1 error and 1 warning.\n"
    show_problems([])
    assert capsys.readouterr() == ("", "")


def test_many_warnings_that_say_the_same_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    alike = [warning(Place(f"{number:03}.md"), "unknown") for number in range(100)]
    few = [warning(Place(f"{number}.txt"), "seldom") for number in range(5)]
    errors = [Problem(Place(f"{number}.css"), "wrong") for number in range(20)]
    show_problems([*alike, *few, *errors])
    lines = capsys.readouterr().err.splitlines()
    assert lines[:3] == [f"00{number}.md: warning: unknown" for number in range(3)]
    assert lines[3:28] == [
        *(f"{number}.txt: warning: seldom" for number in range(5)),
        *(f"{number}.css: error: wrong" for number in range(20)),
    ]
    assert lines[28:] == [
        "And 97 more warnings like these: unknown",
        "(--json lists every one.)",
        "",
        "20 errors and 105 warnings.",
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "expected"),
    [
        (1, 0, "1 error"),
        (2, 0, "2 errors"),
        (0, 1, "1 warning"),
        (3, 1, "3 errors and 1 warning"),
        (1200, 2, "1,200 errors and 2 warnings"),
        (0, 0, ""),
    ],
)
def test_problems_are_counted_in_words(errors: int, warnings: int, expected: str) -> None:
    found = [Problem(Place("a"), "m")] * errors + [warning(Place("a"), "m")] * warnings
    assert counted(found) == expected


def test_an_instant_names_its_zone() -> None:
    moment = datetime(2026, 7, 17, 9, 30, tzinfo=ZoneInfo("Europe/Kyiv"))
    assert instant_text(moment) == "2026-07-17 09:30:00 EEST"


@pytest.mark.parametrize(
    ("here", "output", "expected"),
    [
        (".", "site/public", "site/public"),
        ("site", "site/public", "public"),
        ("site/content/pages", "site/public", "../../public"),
        ("elsewhere", "site/public", "../site/public"),
        ("site", "site", "."),
    ],
)
def test_a_path_is_shown_as_it_can_be_typed_here(
    tmp_path: Path, here: str, output: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / here).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / here)
    assert shown_path(tmp_path / output, tmp_path / "site") == expected


def test_a_path_outside_is_shown_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert shown_path(Path("../out"), tmp_path / "site") == "../out"
    assert shown_path(tmp_path / "out", tmp_path / "site") == str(tmp_path / "out")
