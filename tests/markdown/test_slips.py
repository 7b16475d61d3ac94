"""What was meant as a list, a table, a heading or emphasis, and is text, is told of."""

# ruff: noqa: RUF001 - signs as word processors have them

from collections.abc import Callable

import pytest

from generator.model.body import RenderedBody

Render = Callable[[str], RenderedBody]

CODE = "this is shown as code, since it is indented by four spaces or a tab"
HARD, NO_WIDTH, WIDE = "\u00a0", "\u200b", "\u3000"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("• roads\n• schools", 2, "lines that begin with • run together"),
        ("Topics:\n– roads\n– schools", 3, "lines that begin with – run together"),
        ("-roads\n-schools", 2, "lines that begin with - run together"),
        (f"-{HARD}roads\n-{HARD}schools", 2, "lines that begin with - run together"),
        ("☑ pier\n☐ bell", 2, "lines that begin with ☐ run together"),
        ("1.one\n2.two", 2, "lines that begin with 2. run together"),
        ("(1) one\n(2) two", 2, "lines that begin with (2) run together"),
        ("a) one\nb) two", 2, "lines that begin with b) run together"),
        ("١. أول\n٢. ثان", 2, "lines that begin with ٢. run together"),
        ("１．一\n２．二", 2, "lines that begin with ２． run together"),
        ("1、一\n2、二", 2, "lines that begin with 2、 run together"),
        ("##Tides", 1, "this is no heading, and is shown with its ##"),
        ("####### Tides", 1, "this is no heading, and is shown with its #######"),
        ("| a | b |\n| 1 | 2 |", 2, "this is no table, and its lines run together"),
        ("| a | b |\n|---|\n| 1 | 2 |", 2, "this is no table, and its lines run together"),
        ("a | b\n---|---|---\n1 | 2", 2, "this is no table, and its lines run together"),
        ("| a |\n|---|\n\n| 1 | 2 |", 4, "this is no table, and its lines run together"),
        ("One.\\\n\n\\", 1, "a backslash that ends a paragraph is shown"),
        ("> We sail.\n> - Lena Holt", 2, "this name is shown as a list of one item"),
        ("    The board said no, and the ferry stays where it is.", 1, CODE),
        ("One.\n\n\tThe board said no, and “the ferry stays where it is.”", 3, CODE),
        ("    渡し船は土曜日に運航を再開する予定である。", 1, CODE),
        ("One\\ \ntwo", 1, "a backslash before a space is shown"),
        (":::note\nOne.\n:::", 1, "this means nothing here, and is shown as it stands: :::note"),
        (
            '!!! tip "A"\n    One.',
            1,
            'this means nothing here, and is shown as it stands: !!! tip "A"',
        ),
    ],
)
def test_lines_that_are_no_block_are_told_with_their_line(
    text: str, line: int, message: str, render: Render
) -> None:
    problem = render(text).problems[0]
    assert (problem.place.line, problem.message) == (line, message)
    assert not problem.is_error


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"##{HARD}Tides", "U+00A0) stands behind it"),
        (f"#{WIDE}潮", "U+3000) stands behind it"),
        (f"{NO_WIDTH}## Tides", "U+200B) stands before it"),
        (f"- a\n{HARD}{HARD}- b", "U+00A0) stands before it"),
        (f"\ufeff{NO_WIDTH}1. a", "U+200B) stands before it"),
        (f"{WIDE}> a", "U+3000) stands before it"),
    ],
)
def test_a_character_that_nobody_sees_is_named_where_it_hides_a_block(
    text: str, name: str, render: Render
) -> None:
    [problem] = render(text).problems
    assert problem.message == f"readers see this sign: an invisible character ({name}"


@pytest.mark.parametrize("note", ["[//]: # (hold)", '[//]: # "hold"', "[comment]: <> (hold)"])
def test_a_note_right_below_a_line_of_text_would_be_seen(note: str, render: Render) -> None:
    [problem] = [one for one in render(f"One\n{note}").problems if one.is_error]
    assert (problem.place.line, problem.message) == (2, f"readers would see this note: {note}")
    assert not render(f"One\n\n{note}").problems


@pytest.mark.parametrize(
    "text",
    [
        "One\n– as he said – two\nthree",
        "> – Salut.\n> — Bonjour.",
        "#MeToo and\n#1",
        "1.5 million\n2.5 million",
        "A. Smith\nB. Jones",
        f"3.{HARD}Oktober",
        f"«{HARD}Oui{HARD}», dit-il",
        f"{WIDE}潮が満ちる。\n{WIDE}風が吹く。",
        "|x| < 1",
        r"One \\",
        "    Usage: ferry [options] <port>; it ends with a full stop here.",
        "    the board said no, and the ferry stays where it is.",
        "    The board said no.",
        "> We sail.\n> - roads.\n\n> Two:\n> - roads\n> - Schools",
        "    ##code\n    • a\n    • b",
        "```\n• a\n• b\n| a | b |\n```",
        "• one alone",
        "• a  \n• b\\\n• c<br>\n• d",
        "| a | b |  \n| 1 | 2 | end",
        "![a](https://e.example/a.jpg)\n![b](https://e.example/b.jpg)",
    ],
)
def test_innocent_lines_are_left_alone(text: str, render: Render) -> None:
    assert not render(text).problems


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("10. a\n9. b\n8. c", "readers see 11. here, not 9."),
        ("1) a\n3) b", "readers see 2) here, not 3)"),
        ("1. a\n1. b\n5. c", ""),
        ("0. a\n1. b\n2. c", ""),
        ("1. a\n\nOne.\n\n5. b", ""),
    ],
)
def test_numbers_that_are_shown_otherwise_are_told_once(
    text: str, told: str, render: Render
) -> None:
    assert "".join(problem.message for problem in render(text).problems) == told


@pytest.mark.parametrize(
    "text",
    [
        "**Time: **noon",
        "a **workshop **on",
        "** bold **",
        "**「潮」**の",
        "- **A—**b",
        "## **A **b",
    ],
)
def test_stars_that_do_nothing_are_told(text: str, render: Render) -> None:
    [problem] = render(text).problems
    assert problem.message == "readers see these signs as they stand: **"
    assert problem.excerpt[problem.place.column - 1 :].startswith("**")


@pytest.mark.parametrize(
    "text",
    ["**Prices may vary.", "Prices** and fees**", "**a** b** c**", r"\*\*a \*\*b", "`** a **`"],
)
def test_stars_that_mark_a_note_are_left_alone(text: str, render: Render) -> None:
    assert not render(text).problems


@pytest.mark.parametrize(
    "tag",
    ["<o:p>", '<st1:place w:st="on">', '<img src="a.jpg"alt="b">', '<a href="https://e.example>'],
)
def test_what_was_meant_as_a_tag_and_is_shown_is_told(tag: str, render: Render) -> None:
    problem = render(f"One {tag} two").problems[0]
    assert problem.message.startswith("this is no HTML tag, and is shown as it stands: <")


@pytest.mark.parametrize("text", ["<URL:https://e.example/a b>", "1 <2, a<b", "<Note: so>"])
def test_other_angle_brackets_are_words(text: str, render: Render) -> None:
    assert not any("no HTML tag" in problem.message for problem in render(text).problems)


def test_small_figures_between_tildes_are_told(render: Render) -> None:
    [problem] = render("H~2~O").problems
    assert (problem.message, problem.hint) == (
        "readers see this struck out: ~2~",
        "Write <sub>2</sub>.",
    )


def test_many_warnings_keep_no_error_back(render: Render) -> None:
    problems = render("##a\n\n" * 300 + "{% comment %}").problems
    assert problems[-1].is_error
