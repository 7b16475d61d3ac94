"""What a web designer is told of a layout that Jinja cannot read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError

from generator.render.layout_syntax import Advice, syntax_advice


def advice(layout: str) -> Advice:
    with pytest.raises(TemplateSyntaxError) as caught:
        Environment(autoescape=True).from_string(layout)
    return syntax_advice(caught.value.message or "")


@pytest.mark.parametrize(
    ("layout", "message", "hint"),
    [
        ("{{ a }", '"}" is not expected here', 'A value ends with "}}", a statement with "%}".'),
        ("{{ (a }}", '"}" is not expected here', 'Close what is open with ")".'),
        ("{{ a", '"}}" is missing', 'Close what is open with "}}".'),
        ("{% if a", '"%}" is missing', 'Close what is open with "%}".'),
        ("{{ 'a }}", "a quotation that is not closed", "End it with '"),
        ("{{ a & b }}", 'a "&" means nothing in a layout', 'Write "and".'),
        ("{{ a ? b : c }}", 'a "?" means nothing in a layout', "Write {{ a if b else c }}."),
        ("{# a", "the comment is not closed", 'End it with "#}".'),
        ("{% if a %}", 'the "if" is not closed', "Write {% endif %} behind it."),
        ("{% raw %} a", 'the "raw" is not closed', "Write {% endraw %} behind it."),
        (
            "{% if a %}{% for b in c %}{% endif %}",
            '"endif", but the "for" before it is not closed',
            "Write {% endfor %} first.",
        ),
        ("{% endfor %}", '"endfor", but no "for" is open', "Take it out."),
        ("{% else %}", '"else", but no "if" is open', "Take it out."),
        ("{% if a %}{% elseif b %}", 'there is no statement "elseif"', 'Write "elif".'),
        ("{% blok a %}", 'there is no statement "blok"', 'Did you mean "block"?'),
        ("{% if a = 1 %}", '"=" where "%}" should stand', 'Compare with "==".'),
        (
            "{{ a b }}",
            '"b" where "}}" should stand',
            "Between {{ and }} stands one value; join texts with ~.",
        ),
        (
            "{% for a b %}",
            '"b" where "in" should stand',
            "See how the theme's own layouts write it.",
        ),
        (
            "{% extends %}",
            '"%}" is not expected here',
            "See how the theme's own layouts write it.",
        ),
        (
            "{% block a %}{% endblock %}{% block a %}{% endblock %}",
            'the block "a" is there twice',
            "Give one of them another name.",
        ),
    ],
)
def test_a_fault_is_told_in_plain_words_with_what_to_do(
    layout: str, message: str, hint: str
) -> None:
    found = advice(layout)
    assert (found.message, found.hint) == (message, hint)


def test_a_statement_that_is_like_no_other_is_answered_with_all_there_are() -> None:
    assert advice("{% qqq %}").hint.startswith("There are: block, call, elif, else, extends,")


def test_what_no_rule_knows_is_told_in_jinjas_words() -> None:
    assert syntax_advice("Something new.") == Advice("something new")


@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "{%",
                "%}",
                "{#",
                "#}",
                "if",
                "end",
                "else",
                "a",
                "=",
                "'",
                "(",
                "[",
                "|",
                ".",
                "block",
            ]
        )
    )
)
def test_whatever_jinja_says_becomes_one_short_line(parts: list[str]) -> None:
    try:
        Environment(autoescape=True).from_string(" ".join(parts))
    except TemplateSyntaxError as error:
        found = syntax_advice(error.message or "")
        assert 0 < len(found.message) < 120
        assert "\n" not in found.message + found.hint
