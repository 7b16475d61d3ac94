# ruff: noqa: RUF001 - curly quotes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.read.body import scan_body


def opening(text: str) -> str:
    return scan_body(text, 1).opening


@pytest.mark.parametrize(
    "before",
    [
        "# Heading\n\n",
        "# Heading\n",
        "Heading\n=======\n\n",
        "Heading\n---\n",
        "- item\n- item\n\n",
        "1. item\n\n",
        "> Quoted.\n\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n",
        "a | b\n--- | ---\n1 | 2\n\n",
        "```\ncode\n\ncode\n```\n\n",
        "    code\n\n",
        "<div>\n\nInside.\n\n</div>\n\n",
        '{{< figure src="boat.jpg" >}}\n\n',
        "[TOC]\n\n",
        "[toc]\n\n",
        '[caption id="a_1" width="9"]<img src="/a.jpg" /> The boat at dusk.[/caption]\n\n',
        "[caption]\n![Boat](/a.jpg)\nThe boat.\n[/caption]\n\n",
        '[caption id="a"]The boat.[/caption] [caption]Another.[/caption]\n\n',
        "[embed]https://video.example/1[/embed]\n\n",
        "[gallery ids=1]\n\n",
        "https://www.youtube.com/watch?v=abcdefghijk\n\n",
        "[The storm](https://vimeo.com/123456)\n\n",
        "<https://example.org/report>\n\n",
        "![boat](https://example.org/boat.jpg)\n*The boat at dusk.*\n\n",
        "<!-- A comment.\n\nStill. -->\n\n",
        "<p hidden>Not to be seen.</p>\n\n",
        '<div class="x" hidden="until-found"><div>Not</div> to be seen.</div>\n\n',
        "<template>Not to be seen.</template>\n\n",
        "<ul><li>One<ul><li>two</li></ul> three</li></ul>\n\n",
        "![Boat](boat.jpg)\n\n",
        '[![Boat](boat.jpg "Caption")](/boats/)\n\n',
        "[^1]: A note.\n\n",
        "*[HTML]: Hypertext\n\n",
        "[a]: https://example.org\n\n",
        "Term\n: Definition\n\n",
        "***\n\n",
        "\n\n   \n",
    ],
)
def test_the_opening_is_the_first_real_paragraph(before: str) -> None:
    assert opening(f"{before}The mayor\nresigned.\n\nMore.") == "The mayor resigned."


def test_what_no_head_or_feed_can_hold_is_left_out() -> None:
    assert opening("\x08\ufffe\n\nThe\x0bmayor\x08 re\ufffesigned now &#1;.") == (
        "The mayor resigned now ."
    )


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("A *b* **c** ***d*** _e_ __f__.", "A b c d e f."),
        ("*a **b** c* and **d *e* f**", "a b c and d e f"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ('See [the *link*](../a.md "t") and [b][c] [d](e_(f)).\n\n[c]: /', "See the link and b d."),
        ("A ![picture](x.png) here", "A here"),
        ("A note[^1] and `co*d*e &amp; x`.\n\n[^1]: x", "A note and co*d*e &amp; x."),
        ("AT&amp;T &copy; R&D &#8217;", "AT&T © R&D ’"),
        (r"\*not\* \[this\]", "*not* [this]"),
        (r"Write \{% x %} or \[TOC] for \&amp; here", "Write {% x %} or [TOC] for &amp; here"),
        ("A [caption]The boat.[/caption] ferry sails.", "A ferry sails."),
        ("A <span hidden>secret</span> word <b data-hidden=1>seen</b>.", "A word seen."),
        ("<b>Bold</b> <https://x.org> <a@b.org><!-- no -->", "Bold https://x.org a@b.org"),
        ("The page has a <title> that says nothing.", "The page has a <title> that says nothing."),
        ("A Map<K, V> or <T> is <sic> shown.", "A Map<K, V> or <T> is <sic> shown."),
        ("One</br>two", "One two"),
        ("One<hr>two", "One two"),
        ("<video>No video.</video>The ferry sails.", "The ferry sails."),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "漢字"),
        ("<%= ad %> The ferry sails.", "The ferry sails."),
        ("<?php x ?>\n\nThe ferry sails.", "The ferry sails."),
        (
            "<details>\n<summary>More</summary>\n\nWithin.\n\n</details>\n\nThe ferry sails.",
            "The ferry sails.",
        ),
        ("[dropcap]T[/dropcap]he ferry [sic] sails.", "The ferry [sic] sails."),
        ("The end{: .lead }", "The end"),
        ("The end\n{: .lead #first }", "The end"),
        ("Sails {{ time }} {% goes %} [caption id=1] today", "Sails today"),
        ("The ferry sails.<br>The bus does not.", "The ferry sails. The bus does not."),
        ("The ferry sails.\\\nThe bus.", "The ferry sails. The bus."),
        ("*The ferry **Margaret Ann*** sails.", "The ferry Margaret Ann sails."),
        (
            "[Updated 10:30] [The board](https://example.org/) said no.",
            "[Updated 10:30] The board said no.",
        ),
        (
            "[Ireland's Eye](https://e.example/Ireland's_Eye) is an island.",
            "Ireland's Eye is an island.",
        ),
        (
            "<p>The ferry sails on Saturday.</p>\n\n<p>It is late.</p>",
            "The ferry sails on Saturday.",
        ),
        ("<!-- ed: check --> The ferry sails.", "The ferry sails."),
        ("<div>\n\nAll is within.\n\n</div>", "All is within."),
        ("<div class=x><h2>Head</h2><p>First.</p><p>Second.</p></div>", "First."),
        ("<span>Inline</span> first", "Inline first"),
        ("[Not a reference] here", "[Not a reference] here"),
        ("[Kursk] here\n\n[kursk]: /kursk/", "Kursk here"),
    ],
)
def test_an_opening_is_plain_text(written: str, plain: str) -> None:
    assert opening(written) == plain


@pytest.mark.parametrize(
    ("language", "written", "plain"),
    [
        ("", "\"It's\" *'90s*...", "\"It's\" '90s..."),
        ("en", "\"It's\" *'90s* -- ok...", "“It’s” ’90s – ok…"),
        ("fr", '"*L\'eau*" dort', "«\u202fL’eau\u202f» dort"),
        ("de", r'''`"a"` und \"b\" und "c"''', '"a" und "b" und „c“'),
    ],
)
def test_quotes_of_an_opening_are_those_of_its_language(
    language: str, written: str, plain: str
) -> None:
    assert scan_body(written, 1, quotes=language).opening == plain


def test_a_long_opening_is_cut_at_a_word() -> None:
    found = opening("word, " * 100)
    assert len(found) <= 300
    assert found.endswith("word…")


def test_a_long_word_is_cut_anywhere() -> None:
    assert opening("x" * 400) == "x" * 299 + "…"


def test_an_opening_of_300_characters_is_whole() -> None:
    text = "ab " * 99 + "abc"
    assert opening(text) == text


def test_a_text_without_a_paragraph_has_no_opening() -> None:
    assert opening("# Heading\n\n- item") == ""


@given(st.text(alphabet="ab []()*_`<>&;#!\n.-{}", max_size=400))
def test_any_opening_is_one_line_of_at_most_300_characters(text: str) -> None:
    found = opening(text)
    assert len(found) <= 300
    assert found == " ".join(found.split())


def test_emphasis_may_be_nested_however_deeply() -> None:
    assert opening("*a " * 3000 + "b* " * 3000).startswith("a a a")
