"""What the bar is told, and how it gets into a page."""

import html
import json
import re

from generator.live.answers import Answer
from generator.model.problems import Place, Problem, Severity
from generator.serve.bar import MOST_PROBLEMS, News, notice, script, told, with_bar


def wording(problem: Problem) -> str:
    return f"{problem.place}: {problem.severity}: {problem.message}"


def problem(message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(Place("a.md", 1), message, severity=severity)


def test_errors_come_before_warnings_and_all_are_counted() -> None:
    problems = tuple(problem(f"w{number}", Severity.WARNING) for number in range(MOST_PROBLEMS))
    answer = Answer(200, problems=(*problems, problem("bad")))
    state = json.loads(told(answer, News(), wording))
    assert (state["errors"], state["warnings"]) == (1, MOST_PROBLEMS)
    assert len(state["problems"]) == MOST_PROBLEMS
    assert state["problems"][0]["text"] == "a.md:1: error: bad"


def test_what_a_page_says_cannot_leave_the_tag() -> None:
    nasty = "</script><script>alert(1)</script>\"'&<!--"
    state = told(Answer(200, source=nasty, problems=(problem(nasty),)), News(nasty), wording)
    page = with_bar(b"<html><body><p>Hi</p></body></html>", state).decode()
    assert page.count("<script") == 1
    kept = re.search(r'data-broadsheet="([^"]*)"', page)
    assert kept
    value = html.unescape(kept[1])
    assert json.loads(value)["source"] == nasty
    assert "<script" not in value  # or no browser runs the bar: CSP, "Is element nonceable?"


def test_the_script_stands_at_the_end_of_the_body_or_of_all() -> None:
    assert re.fullmatch(
        rb"a</body>b<script [^>]*></script></body>c", with_bar(b"a</body>b</body>c", "{}")
    )
    assert re.fullmatch(rb"bare<script [^>]*></script>", with_bar(b"bare", "{}"))


def test_the_script_is_small_and_carries_its_styles() -> None:
    assert len(script()) < 24_000
    assert b".panel{" in script()
    assert b"replaceSync(STYLE)" not in script()


def test_a_notice_escapes_what_it_says() -> None:
    assert b"<b>" not in notice("<b>", "<b>")
