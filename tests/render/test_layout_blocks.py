"""Blocks that a site's layout fills in, and that are shown nowhere."""

import pytest

from generator.model.layouts import LayoutFile
from generator.model.problems import Place, Problem, Severity
from generator.render.templates import Layouts

THEME = {
    "base.html": "{% block head %}{% endblock %}{% block main %}{% endblock %}",
    "article.html": '{% extends "base.html" %}'
    "{% block main %}{% block byline %}{% endblock %}{% endblock %}",
}


def found(own: dict[str, str]) -> tuple[Problem, ...]:
    return Layouts(
        tuple(LayoutFile(name, f"layouts/{name}", text) for name, text in own.items()),
        tuple(LayoutFile(name, f"theme/{name}", text) for name, text in THEME.items()),
    ).check()


def of_article(text: str) -> tuple[Problem, ...]:
    return found({"article.html": '{% extends "theme/article.html" %}\n' + text})


def test_a_misspelt_block_is_a_warning_with_the_name_that_was_meant() -> None:
    line = "{% block bylin %}by hand{% endblock %}"
    assert of_article(line) == (
        Problem(
            Place("layouts/article.html", 2, 10),
            'the block "bylin" is shown nowhere: no layout that this one extends has it',
            'Did you mean "byline"?',
            Severity.WARNING,
            excerpt=line,
            width=5,
        ),
    )


def test_without_a_near_name_all_blocks_there_are_named() -> None:
    (problem,) = of_article("{% block newsletter %}{% endblock %}")
    assert problem.hint == "Known here: byline, head, main."


@pytest.mark.parametrize(
    "text",
    [
        "{% block byline %}{% endblock %}",
        "{% block head %}{% endblock %}",
        "{% block main %}{% block mine %}{% endblock %}{% endblock %}",
        "{% block box %}{% endblock %}{% block main %}{{ self.box() }}{% endblock %}",
        "{% block broken %}{% if %}{% endblock %}",
    ],
    ids=["parent's", "grandparent's", "within another", "put out by itself", "broken anyway"],
)
def test_what_is_shown_is_no_warning(text: str) -> None:
    assert not [problem for problem in of_article(text) if not problem.is_error]


@pytest.mark.parametrize(
    "text",
    [
        "{% block mine %}{% endblock %}",
        "{% extends page.kicker %}{% block mine %}{% endblock %}",
        '{% extends "article.html" %}{% block mine %}{% endblock %}',
    ],
    ids=["extends nothing", "extends what is computed", "extends itself"],
)
def test_where_nobody_knows_the_blocks_nothing_is_said(text: str) -> None:
    assert found({"article.html": text}) == ()


def test_a_site_whose_own_frame_lacks_a_block_is_not_warned_of_the_themes_layouts() -> None:
    assert found({"base.html": "{% block head %}{% endblock %}"}) == ()
    (problem,) = found(
        {
            "base.html": "{% block head %}{% endblock %}",
            "article.html": '{% extends "base.html" %}{% block main %}{% endblock %}',
        }
    )
    assert problem.message.startswith('the block "main" is shown nowhere')
