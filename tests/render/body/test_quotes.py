# ruff: noqa: RUF001 - curly quotes and dashes are what this is about

import pytest

from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.render.markdown import MarkdownRenderer


def html(text: str, language: str = "en") -> str:
    renderer = MarkdownRenderer(MarkdownOptions(smart_quotes=True))
    return renderer.render(Body("a.md", "digest", BodyFacts(), language=language), text).html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a *b*" and "*c*"', "“a <em>b</em>” and “<em>c</em>”"),
        ('*"a"* "**b**"', "<em>“a”</em> “<strong>b</strong>”"),
        ("“a,\" [b](http://x)'s", '“a,” <a href="http://x">b</a>’s'),
        ('"`x`" and `"x"`', '“<code>x</code>” and <code>"x"</code>'),
        ('<kbd>"a"</kbd> "b"', '<kbd>"a"</kbd> “b”'),
        ('<samp>"<b>"a"</b>"</samp>', '<samp>"<b>"a"</b>"</samp>'),
        ('"<i>a</i>" <span title="\'q\'"></span>', "“<i>a</i>” <span title=\"'q'\"></span>"),
        ('a&nbsp;"b" &mdash;"c"', "a&nbsp;“b” &mdash;“c”"),
        (r"\"a\" b's", '"a" b’s'),
        ("<http://x/it's--a>", "<a href=\"http://x/it's--a\">http://x/it's--a</a>"),
        ("a -- b...", "a – b…"),
        ("`a -- b...`", "<code>a -- b...</code>"),
    ],
)
def test_a_block_is_seen_as_a_whole_and_code_is_left_alone(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize("code", ['```\n"a" -- b\'s...\n```', '    "a" -- b\'s...'])
def test_blocks_of_code_are_left_alone(code: str) -> None:
    assert '"a" -- b\'s...' in html(f"x\n\n{code}")


def test_quotes_do_not_reach_over_blocks() -> None:
    assert html('- "a\n- b"') == "<ul>\n<li>“a</li>\n<li>b”</li>\n</ul>"


def test_headings_cells_and_captions_are_curled_and_ids_are_not() -> None:
    assert '<h2 id="its-so">It’s so</h2>' in html("# It's so")
    assert "<td>“a”</td>" in html('| b |\n|---|\n| "a" |')
    assert "<figcaption>It’s</figcaption>" in html('![b](http://x/c.png "It\'s")')


def test_attributes_are_left_alone() -> None:
    assert 'title="it\'s"' in html('[a](http://x "it\'s")')


def test_quotes_are_those_of_the_language_of_the_text() -> None:
    assert html('*"п\'ять"* -- так', "uk") == "<p><em>«п’ять»</em> – так</p>"
    assert html('"*mot*"', "fr") == "<p>«\u202f<em>mot</em>\u202f»</p>"


def test_without_the_option_nothing_changes() -> None:
    text = '"a" -- b\'s...'
    result = MarkdownRenderer(MarkdownOptions()).render(Body("a.md", "d", BodyFacts()), text)
    assert result.html == f"<p>{text}</p>"
