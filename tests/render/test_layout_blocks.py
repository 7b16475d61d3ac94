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
    ).check(())


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
    assert not [problem for problem in found({"article.html": text}) if not problem.is_error]


def test_a_site_whose_own_frame_lacks_a_block_is_not_warned_of_the_themes_layouts() -> None:
    assert found({"base.html": "{% block head %}{% endblock %}"}) == ()
    (problem,) = found(
        {
            "base.html": "{% block head %}{% endblock %}",
            "article.html": '{% extends "base.html" %}{% block main %}{% endblock %}',
        }
    )
    assert problem.message.startswith('the block "main" is shown nowhere')


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("<p>lost</p>\n{% block byline %}{% endblock %}", 2, "nowhere"),
        ("{% block byline %}{% endblock %}\n\n  lost", 4, "nowhere"),
        ("\n{{ page.title }}", 3, "nowhere"),
        ("{% if page.tags %}lost{% endif %}", 2, "nowhere"),
    ],
)
def test_text_outside_the_blocks_of_a_layout_that_extends_is_a_warning(
    text: str, line: int, word: str
) -> None:
    (problem,) = of_article(text)
    assert not problem.is_error
    assert problem.place.line == line
    assert word in problem.message


def test_a_fault_of_which_jinja_does_not_know_the_file_has_one() -> None:
    (problem,) = found({"article.html": "a\n{# never closed"})
    assert (problem.place.path, problem.place.line) == ("layouts/article.html", 2)


@pytest.mark.parametrize(
    "text", ["first", "<p>a</p>\n", "\n{{ page.title }}\n", "{% if page.tags %}a{% endif %}"]
)
def test_text_before_extends_is_a_warning_that_names_the_doctype(text: str) -> None:
    (problem,) = found({"article.html": text + '{% extends "theme/article.html" %}'})
    assert not problem.is_error
    assert "doctype" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "\n  \n{% block byline %}{% endblock %}\n\n",
        "{# a note #}",
        "{% macro box() %}<p>box</p>{% endmacro %}{% block byline %}{{ box() }}{% endblock %}",
        '{% set kind = "a" %}{% block byline %}{{ kind }}{% endblock %}',
        '{% import "base.html" as parts %}',
        "{% set text %}<p>x</p>{% endset %}{% block byline %}{{ text }}{% endblock %}",
    ],
)
def test_what_puts_nothing_out_may_stand_outside_of_blocks(text: str) -> None:
    assert not of_article(text)


def test_a_layout_that_extends_nothing_has_text_where_it_likes() -> None:
    assert not found({"article.html": "<p>all</p>{% block byline %}{% endblock %}"})
    assert not found(
        {"article.html": '{% if page.tags %}{% extends "theme/article.html" %}{% endif %}<p>x</p>'}
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("artcle.html", 'Did you mean "article.html"?'),
        ("Article.html", 'Did you mean "article.html"?'),
        ("parts/quite-other.html", "Include it in another one, or take it out."),
    ],
)
def test_a_layout_that_no_page_is_made_with_is_a_warning(name: str, hint: str) -> None:
    (problem,) = found({name: '{% extends "theme/article.html" %}'})
    assert problem == Problem(
        Place(f"layouts/{name}"),
        "no page is made with this layout, and none that is asks for it",
        hint,
        Severity.WARNING,
    )


def test_a_layout_that_another_one_asks_for_is_used() -> None:
    own = {"article.html": '{% include "box.html" %}', "box.html": "{% include 'in.html' %}"}
    assert not found({**own, "in.html": "x", "base.html": "x"})
    assert not found({"article.html": "{% include page.kind ~ '.html' %}", "any.html": ""})


def test_layouts_of_a_sites_own_pages_are_used() -> None:
    own = (LayoutFile("event.html", "layouts/event.html", "x"),)
    assert len(Layouts(own, ()).check(())) == 1
    assert not Layouts(own, ()).check(["event.html"])
    assert not Layouts(own, ()).check()
