import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError, meta

from generator.render.references import asked_layouts


def jinja_says(text: str) -> set[str | None]:
    return set(meta.find_referenced_templates(Environment(autoescape=True).parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "base.html" %}',
        "{%- extends 'base.html' -%}{% include 'a.html' ignore missing with context %}",
        '{% from "a.html" import b, c %}{%import "d.html" as e%}',
        '{% include ["a.html", "b.html"] %}',
        '{% include "a.html" if page.x else "b.html" %}',
        '{% include page.layout %}{% include "a" ~ ".html" %}',
        '{% include "a\\u002ehtml" %}',
        '{{ "{% include x %}" }}',
        "{% set include = 1 %}{{ include }}",
        "nothing",
    ],
)
def test_the_names_are_those_that_jinja_finds(text: str) -> None:
    assert asked_layouts(text) == jinja_says(text)


@given(
    st.lists(
        st.sampled_from(
            [
                *("{%", "%}", "{%-", "-%}", "{#", "#}", "{{", "}}", " ", "\n", '"a.html"', "'b'"),
                *("include", "extends", "import", "from", "ignore missing", "as x", "import y"),
                *("if", "endif", "raw", "endraw", "~", "x", '["a", "b"]', "\\"),
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_no_name_is_overlooked(text: str) -> None:
    try:
        expected = jinja_says(text)
    except TemplateSyntaxError:
        return
    found = asked_layouts(text)
    assert None in found or expected <= found


def test_a_broken_layout_asks_for_what_can_be_read_in_it() -> None:
    assert asked_layouts('{% include "a.html" %}{% include %}') == {"a.html"}
