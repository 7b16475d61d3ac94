"""Loops of layouts are told once, where they begin, before any page is made."""

import pytest

from generator.model.layouts import LayoutFile
from generator.model.problems import Problem
from generator.render.templates import Layouts

THEME = {
    "base.html": "{% include 'head.html' %}{% block main %}{% endblock %}",
    "head.html": "<title>x</title>",
    "article.html": '{% extends "base.html" %}{% block main %}{% block after %}{% endblock %}'
    "{% endblock %}",
}
EXTENDS = '{% extends "theme/article.html" %}{% block after %}'


def found(own: dict[str, str]) -> tuple[Problem, ...]:
    problems = Layouts(
        tuple(LayoutFile(name, f"layouts/{name}", text) for name, text in own.items()),
        tuple(LayoutFile(name, f"theme/{name}", text) for name, text in THEME.items()),
    ).check()
    return tuple(problem for problem in problems if problem.is_error)


@pytest.mark.parametrize(
    ("own", "place", "advice"),
    [
        (
            {"article.html": EXTENDS + '\n{% include "article.html" %}{% endblock %}'},
            "layouts/article.html:2:13",
            '"theme/article.html"',
        ),
        ({"article.html": '{% extends "article.html" %}'}, "layouts/article.html:1:13", '"theme/'),
        (
            {"article.html": '{% extends "b.html" %}', "b.html": '{% extends "article.html" %}'},
            "layouts/article.html:1:13",
            '"theme/article.html"',
        ),
        ({"head.html": "{% include 'base.html' %}"}, "layouts/head.html:1:13", '"theme/base.html"'),
        (
            {
                "article.html": "{% import 'a.html' as a %}",
                "a.html": "\n{% from 'a.html' import b %}",
            },
            "layouts/a.html:2:10",
            "Take one of them out.",
        ),
        (
            {
                "article.html": '{% include "head.html" %}',
                "head.html": "{% include 'article.html' %}",
            },
            "layouts/article.html:1:13",
            '"theme/head.html"',
        ),
        (
            {"article.html": "{% if page.tags %}{% include 'article.html' %}{% endif %}"},
            "layouts/article.html:1:31",
            '"theme/article.html"',
        ),
        (
            {
                "article.html": "{% include 'a.html' %}",
                "a.html": "{% if site.x %}{% else %}\n{% if page.tags %}{% include 'b.html' %}"
                "{% endif %}{% endif %}",
                "b.html": "{% block b %}{% if page.url %}{% include 'a.html' %}{% endif %}"
                "{% endblock %}",
            },
            "layouts/a.html:2:31",
            "has the same answer each time",
        ),
        (
            {"article.html": "{% if page.tags %}{% extends 'article.html' %}{% endif %}"},
            "layouts/article.html:1:31",
            '"theme/article.html"',
        ),
    ],
)
def test_a_loop_is_told_once_where_it_begins(own: dict[str, str], place: str, advice: str) -> None:
    (problem,) = found(own)
    assert str(problem.place) == place
    assert "without end" in problem.message
    assert advice in problem.hint


@pytest.mark.parametrize(
    "own",
    [
        {"article.html": EXTENDS + "{% include 'theme/article.html' %}{% endblock %}"},
        {
            "article.html": EXTENDS + "{% include 'tree.html' %}{% endblock %}",
            "tree.html": "{% for one in page.tags %}{% include 'tree.html' %}{% endfor %}",
        },
        {"article.html": "{% if turn.next() %}{% include 'article.html' %}{% endif %}"},
        {
            "article.html": "{% set n = (n or 0) + 1 %}{% include 'b.html' %}",
            "b.html": "{% if n < 3 %}{% include 'article.html' %}{% endif %}",
        },
        {
            "article.html": "{% if a %}{% with a = 0 %}{% include 'article.html' %}{% endwith %}"
            "{% endif %}"
        },
        {"article.html": "{% macro a() %}{% include 'article.html' %}{% endmacro %}"},
        {"article.html": "{% include 'gone.html' ignore missing %}"},
        {"article.html": "{% set x = 'article.html' %}{% include x %}"},
    ],
)
def test_what_is_no_loop_or_may_end_is_not_told(own: dict[str, str]) -> None:
    assert not found(own)


def test_a_block_that_an_extending_layout_fills_in_is_not_done() -> None:
    own = {
        "article.html": '{% extends "mine.html" %}{% block main %}no more{% endblock %}',
        "mine.html": "{% block main %}{% include 'article.html' %}{% endblock %}",
    }
    assert not found(own)
    own["article.html"] = '{% extends "mine.html" %}{% block other %}{% endblock %}'
    assert len(found(own)) == 1
