import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.render.markdown import MarkdownRenderer

BODY = Body("a.md", "digest", BodyFacts())
RENDERER = MarkdownRenderer(MarkdownOptions())

MARKS = ["*", "**", "***", "_", "__", " ", ", ", "zq", "zq ", "\\*", "`zq`", "[zq](http://u)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a **b*c", "<em>a **b</em>c"),
        ("**a *b* c** *d*", "<strong>a <em>b</em> c</strong> <em>d</em>"),
        ("*_a_**b*, c", "*<em>a</em>*<em>b</em>, c"),
        ("*a **b** c* d* *e*", "<em>a <strong>b</strong> c</em> d* <em>e</em>"),
        ("***a***", "<em><strong>a</strong></em>"),
        ("a_b_c _d_", "a_b_c <em>d</em>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_marks_in_pairs_make_emphasis_and_others_are_text(text: str, expected: str) -> None:
    assert RENDERER.render(BODY, text).html == f"<p>{expected}</p>"


@settings(max_examples=300)
@given(st.lists(st.sampled_from(MARKS), max_size=16).map("".join))
def test_no_letter_is_lost_and_no_placeholder_left(text: str) -> None:
    html = RENDERER.render(BODY, f"x{text}").html
    assert html.count("zq") == text.count("zq")
    assert "klzzwxh" not in html
