from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.render.environment import LayoutEnvironment, make_environment
from generator.render.layout_faults import UnknownNameError


class Text(str):
    __slots__ = ()

    def __html__(self) -> str:
        return "<own>"


@given(st.text(alphabet="a<>&\"'é \u2028"))
def test_what_is_put_out_is_escaped_as_markupsafe_does_it(text: str) -> None:
    assert LayoutEnvironment.written(text) == escape(text)


@pytest.mark.parametrize("value", [Markup("<b>"), Text("x"), 1, 1.5])
def test_other_values_are_put_out_as_markupsafe_does_it(value: object) -> None:
    assert LayoutEnvironment.written(value) == escape(value)


@dataclass(frozen=True, slots=True)
class Value:
    title: str = "A"


def test_fields_come_before_keys_and_what_is_neither_is_unknown() -> None:
    environment = make_environment({})
    assert environment.getattr(Value(), "title") == "A"
    assert environment.getattr({"title": "B", "items": "C"}, "title") == "B"
    assert environment.getattr({"items": "C"}, "items") != "C"
    with pytest.raises(UnknownNameError):
        str(environment.getattr(Value(), "titel"))


def test_what_is_put_out_is_escaped_in_macros_and_blocks_and_where_it_is_set() -> None:
    text = (
        "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{% block b %}{{ page }}{% endblock %}"
        "{% set s %}{{ page }}{% endset %}{{ s }}{{ m(page) }}"
        "{% filter upper %}{{ page }}{% endfilter %}{{ page ~ m(page) }}"
        "{% autoescape false %}{{ page }}{% endautoescape %}"
    )
    made = make_environment({}).from_string(text).render(page="<a>")
    assert made == ("&lt;a&gt;&lt;a&gt;<i>&lt;a&gt;</i>&LT;A&GT;&lt;a&gt;<i>&lt;a&gt;</i><a>")


def test_emphasis_is_put_out_and_nothing_else_is_let_by() -> None:
    template = make_environment({}).from_string("{{ text | emphasised(html) }}")
    assert template.render(text="A & b", html="") == "A &amp; b"
    marked = "The <em>Ann</em> &amp; <strong>&lt;b&gt;</strong> <code>x</code>"
    assert template.render(text="", html=marked) == marked
    assert template.render(text="", html="<script>x</script><em onclick=x>") == (
        "&lt;script&gt;x&lt;/script&gt;&lt;em onclick=x&gt;"
    )
