import pytest

from generator.model.body import Body, BodyFacts, MarkdownOptions, RenderedBody
from generator.model.problems import Place
from generator.render.markdown import MarkdownRenderer


def rendered(text: str) -> RenderedBody:
    return MarkdownRenderer(MarkdownOptions()).render(Body("a.md", "digest", BodyFacts()), text)


def html(text: str) -> str:
    result = rendered(text)
    assert not result.problems
    return result.html


def shown(text: str) -> str:
    """The HTML, whatever there is to say of signs of templates in it."""
    return rendered(text).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a*{.b #c .d} e", '<p><em class="b d" id="c">a</em> e</p>'),
        ("*a*{: .b } {c}", '<p><em class="b">a</em> {c}</p>'),
        ("*a*{.b} c {d} e", '<p><em class="b">a</em> c {d} e</p>'),
        ('*a*{class="b c" id=d}', '<p><em class="b c" id="d">a</em></p>'),
        ("a\n{.b}", '<p class="b">a</p>'),
        ("a\n*b*{.c}\n{.d}", '<p class="d">a\n<em class="c">b</em></p>'),
        ("## a {#b}", '<h2 id="b">a</h2>'),
        ("## a ## {#b}", '<h2 id="b">a</h2>'),
        ("- a\n{.b}\n    - c", '<ul>\n<li class="b">a<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>'),
    ],
)
def test_classes_and_ids_move_to_their_element(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    "braces",
    [
        "{{ a }}",
        "{% a b=c %}",
        "{# a #}",
        "{a}",
        "{}",
        "{.a b}",
        "{.a",
        "{ .a | b }",
        "{a: b}",
        "{=}",
    ],
)
def test_other_braces_stay_as_they_are(braces: str) -> None:
    assert shown(f"*x*{braces}") == f"<p><em>x</em>{braces}</p>"
    assert shown(f"x\n{braces}") == f"<p>x\n{braces}</p>"
    assert f"x {braces}</h2>" in shown(f"## x {braces}")


@pytest.mark.parametrize(
    "item", ['onclick="x()"', "style='a:b'", "href=javascript:x", "data-a=b", ":x=y", "@click=z"]
)
def test_any_other_attribute_is_left_out_with_a_warning(item: str) -> None:
    renderer = MarkdownRenderer(MarkdownOptions())
    text = f"a\n\n*b*{{.c {item}}}"
    result = renderer.render(Body("a.md", "digest", BodyFacts(line=4)), text)
    assert result.html == '<p>a</p>\n<p><em class="c">b</em></p>'
    [problem] = result.problems
    name = item.partition("=")[0]
    assert problem.message == f'the attribute "{name}" is left out'
    assert problem.place == Place("a.md", 6, 8)
    assert not problem.is_error


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text {: .a} goes on", "<p>Text goes on</p>"),
        ("- a {: #b}", "<ul>\n<li>a</li>\n</ul>"),
        ("Text {.a} goes on", "<p>Text {.a} goes on</p>"),
    ],
)
def test_a_list_that_nothing_has_is_warned_of_and_kramdowns_left_out(
    text: str, expected: str
) -> None:
    result = MarkdownRenderer(MarkdownOptions()).render(Body("a.md", "d", BodyFacts()), text)
    assert result.html == expected
    [problem] = result.problems
    braces = text[text.index("{") : text.index("}") + 1]
    assert problem.message == f"nothing has these attributes: {braces}"
    assert problem.place.column == text.index("{") + 1
