"""Raw HTML that would swallow or break the page is an error at its line."""

from collections.abc import Callable

import pytest

from generator.model.body import Body, BodyFacts, MarkdownOptions, RenderedBody
from generator.render.markdown import MarkdownRenderer

Render = Callable[[str], RenderedBody]


def told(result: RenderedBody) -> list[tuple[str, int, str]]:
    return [(p.severity.value, p.place.line, p.message) for p in result.problems]


REACHES = "is never closed: it would reach over the rest of the page"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('One.\n\n<div class="box">Boxed.\n\nTwo.', 3, f"<div> {REACHES}"),
        ("One <b>two.\n\nThree.", 1, f"<b> {REACHES}"),
        ("- <section>\n- a", 1, f"<section> {REACHES}"),
        ("One.\n\n<textarea>\n\nTwo.", 3, f"<textarea> {REACHES}"),
        ("One.\n\n<select><option>a", 3, f"<select> {REACHES}"),
        ("One.\n\n<iframe src='x' />\n\nTwo.", 3, "<iframe/> does not close itself"),
        ("One.\n\n<script src='x'/>\n\nTwo.", 3, "<script/> does not close itself"),
        ("One <a name='x'/> two.", 1, "<a/> does not close itself"),
        ("One.\n\n<!-- two\n\nthree", 3, "a comment is never closed"),
        ("One.\n\nTwo <!-- hold\n\nit -->", 3, "readers would see this note: <!-- hold"),
        ("One.\n\n<div class='a\n\nTwo.", 3, "what begins with <div is never finished"),
        (
            "One.\n\n</article></p>",
            3,
            "</article> closes nothing that is open here, and is left out",
        ),
        ("> <div>\n\n</div>", 3, "</div> closes nothing that is open here, and is left out"),
    ],
)
def test_what_reaches_over_the_page_is_an_error(
    text: str, line: int, message: str, render: Render
) -> None:
    errors = [found for found in told(render(text)) if found[0] == "error"]
    assert ("error", line, message) in errors


@pytest.mark.parametrize(
    "text",
    [
        "<p>One.\n\nTwo.",
        "<ul><li>a<li>b</ul>",
        "<table><tr><td>a<tr><td>b</table>",
        "<b>a</b> <br> <img src='https://e.example/a' alt='a'/> <hr/>",
        "<svg viewBox='0 0 1 1'><title>a</title><path d='M0 0'/></svg>",
        "<my-chart data-x='1'></my-chart>",
        "One <a href=https://e.example/>two</a> and <b class=a/>three</b>.",
        "<math/>\n\n<svg/>\n\nOne.",
        "<b>One.\n\nTwo.</b>",
        "<script>if (a < b && '</div>') {}</script>",
        "<iframe src='https://e.example/'></iframe>",
        "<!-- <div> -->",
        "<details>\n\n<table>\n<tr><td>\n\n**a**\n\n</td></tr>\n</table>\n\n</details>",
    ],
)
def test_html_that_does_no_harm_is_let_through(text: str, render: Render) -> None:
    assert not render(text).problems


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The page has a <title> that says nothing.", "a &lt;title&gt; that"),
        ("Use Vec<String> here.", "Vec&lt;String&gt;"),
        ("Press <insert name here> now.", "&lt;insert name here&gt;"),
        ("Close it with </foo> at last.", "&lt;/foo&gt;"),
        ("| <K> |\n|---|", ">&lt;K&gt;</th>"),
        ("- <sic>", "<p>&lt;sic&gt;</p>"),
        ("<div>\nHe said <sic> so.\n</div>", "said &lt;sic&gt; so"),
        ("Write <li> for an item.", "Write &lt;li&gt; for"),
        ("A cell is a <td> in a row.", "a &lt;td&gt; in"),
    ],
)
def test_words_between_angle_brackets_are_shown_and_warned_of(
    text: str, shown: str, render: Render
) -> None:
    result = render(text)
    assert shown in result.html
    assert [p.severity.value for p in result.problems] == ["warning"]


def test_an_unknown_element_round_blocks_is_let_through_with_a_warning(render: Render) -> None:
    result = render("<note>\n\n**Hold.**\n\n</note>")
    assert result.html == "<note>\n<p><strong>Hold.</strong></p>\n</note>"
    assert [p.severity.value for p in result.problems] == ["warning", "warning"]


@pytest.mark.parametrize(
    "text", ["<?php echo 1; ?>", "One <![CDATA[two]]> three.", "One <!X two> three."]
)
def test_words_that_browsers_take_for_a_comment_are_warned_of(text: str, render: Render) -> None:
    [(severity, line, message)] = told(render(text))
    assert (severity, line) == ("warning", 1)
    assert message.startswith("readers do not see what begins with <")


def test_a_declaration_loses_nothing(render: Render) -> None:
    assert not render("<!DOCTYPE html>\n\n<?xml version='1.0'?>\n\nOne.").problems


def test_an_end_tag_of_a_line_break_is_one(render: Render) -> None:
    assert render("One</br>two").html == "<p>One<br>two</p>"


def test_an_unknown_element_with_values_is_let_through_with_a_warning(render: Render) -> None:
    result = render('Here <widget id="a">is</widget> one.')
    assert '<widget id="a">is&lt;/widget&gt;' in result.html
    assert {p.severity.value for p in result.problems} == {"warning"}


@pytest.mark.parametrize(
    "markdown",
    [
        "See [a](b.md).",
        "The *Margaret Ann* sails.",
        "__Now__ it does.",
        "- roads",
        "2. two",
        "## Tides",
    ],
)
def test_markdown_without_a_blank_line_in_html_is_a_warning(markdown: str, render: Render) -> None:
    [(severity, line, message)] = told(render(f"<div>\n{markdown}\n</div>"))
    assert (severity, line) == ("warning", 2)
    assert message == "Markdown within HTML is shown as it stands"


@pytest.mark.parametrize(
    "text",
    [
        "<pre>\n- a\n**b**\n</pre>",
        "<p>2 * 3 * 4, f**k, a_b_c, 1.5 -2</p>",
        "<p title='*a*'>b</p>",
    ],
)
def test_html_without_markdown_is_not_warned_of(text: str, render: Render) -> None:
    assert not render(text).problems


def test_a_text_that_is_all_html_is_not_asked_for_blank_lines() -> None:
    text = "<p>See [a](b.md).</p>\n- a\n"
    result = MarkdownRenderer(MarkdownOptions()).render(Body("a.html", "d", BodyFacts()), text)
    assert not [p for p in result.problems if "Markdown" in p.message]


def test_what_is_left_open_is_closed_where_its_block_ends(render: Render) -> None:
    first, *_ = render("- <section>a\n- b").html.split("</li>")
    assert "<section>a" in first
    assert "</section>" in first
