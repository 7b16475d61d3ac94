"""HTML bodies become the Markdown that an editor would have written, and nothing is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.html_blocks import OPTIONS, HtmlConverter
from generator.importers.html_tree import Node, parse_html
from generator.model.body import Body, BodyFacts
from generator.render.markdown import MarkdownRenderer

CASES = {
    "spans": (
        "<p>1 <b>bold </b>word, <i>two</i>, H<sub>2</sub>O, <s>gone</s> and <code>a*b</code>.</p>",
        "1 **bold** word, *two*, H<sub>2</sub>O, ~~gone~~ and `a*b`.",
    ),
    "both": ("<p><strong><em>both</em></strong></p>", "***both***"),
    "links": (
        '<p>Stop!<a href="/x(1)/">[here]</a> <a href="https://a.org/b">https://a.org/b</a></p>',
        r"Stop\![\[here\]](</x(1)/>) https://a.org/b",
    ),
    "script links": ('<p><a href="javascript:go()">Go</a> on</p>', "Go on"),
    "signs": (
        "<p># 1</p><p>2014. A *year* of {{ tags }}</p><p>- a_b &lt;tag&gt; &amp;lt;</p>",
        "\\# 1\n\n2014\\. A \\*year\\* of \\{{ tags }}\n\n\\- a_b &lt;tag> &amp;lt;",
    ),
    "breaks": ("<p>a<br>\n- b<br><br>c</p>", "a\\\n\\- b\n\nc"),
    "headings": ('<h2 class="x" id="top">A &amp; B</h2><h3></h3>', "## A & B {#top}"),
    "lists": (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ul><li><p>d</p><p>e</p></li></ul>",
        "- a\n  - b\n- c\n\n* d\n\n  e",
    ),
    "numbers": ('<ol start="3"><li>c</li><li>d</li></ol>', "3. c\n4. d"),
    "table": (
        (
            "<table><thead><tr><th>A<th style='text-align:right'>B|C</thead>"
            "<tr><td>1<br>2<td style='text-align:right'>3</table>"
        ),
        "| A | B\\|C |\n| --- | ---: |\n| 1<br>2 | 3 |",
    ),
    "quotation": (
        '<blockquote><p>We sail.</p><cite>Lena <a href="/h/">Holt</a></cite></blockquote>',
        "> We sail.\n> -- Lena [Holt](/h/)",
    ),
    "post": (
        (
            '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Fog.</p>&mdash; Me (@me) '
            '<a href="https://twitter.com/me/status/1">May</a></blockquote>'
            '<script async src="https://platform.twitter.com/widgets.js"></script>'
        ),
        "> Fog.\n> -- Me (@me) [May](https://twitter.com/me/status/1)",
    ),
    "a direction that says nothing": ('<div dir="ltr"><p>a</p><p>b</p></div>', "a\n\nb"),
    "a direction that matters": (
        '<div dir="ltr"><p>a \u05d0</p></div>',
        '<div dir="ltr">\n\na \u05d0\n\n</div>',
    ),
    "an empty quotation": ("<p>a</p><blockquote><div> </div></blockquote>", "a"),
    "pull quote": (
        '<figure class="wp-block-pullquote"><blockquote><p>So.</p></blockquote></figure>',
        "> So.\n{.pullquote}",
    ),
    "figure": (
        (
            '<figure><a href="/b.jpg"><img src="a.jpg" alt="A [boat]" title="IMG_1"></a>'
            '<figcaption>The "boat". Photo: Ek</figcaption></figure>'
        ),
        '[![A \\[boat\\]](a.jpg "The \\"boat\\". Photo: Ek")](/b.jpg)',
    ),
    "old caption": (
        '<div class="wp-caption"><img src="a.jpg" alt=""><p class="wp-caption-text">Boat</p></div>',
        '![](a.jpg "Boat")',
    ),
    "gallery": (
        (
            '<figure class="wp-block-gallery"><figure><img src="a.jpg" alt="A"></figure>'
            '<figure><img src="b.jpg" alt="B"><figcaption>Two</figcaption></figure></figure>'
        ),
        '- ![A](a.jpg)\n- ![B](b.jpg "Two")\n{.gallery}',
    ),
    "lazy picture": (
        (
            '<p><img src="data:image/gif;base64,R0" data-src="a.jpg" alt="A">'
            '<noscript><img src="a.jpg"></noscript></p>'
        ),
        "![A](a.jpg)",
    ),
    "embed": (
        (
            '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
            "https://www.youtube.com/watch?v=a_b-c\n</div></figure>"
        ),
        "https://www.youtube.com/watch?v=a_b-c",
    ),
    "code": (
        '<pre><code class="language-python">if a &lt; b:\n\n    ```\n</code></pre>',
        "````python\nif a < b:\n\n    ```\n````",
    ),
    "rule": ("a<hr>b", "a\n\n---\n\nb"),
    "definitions": (
        "<dl><dt>Bell<dd>It rings.<dt>Buoy<dd>It floats.</dl>",
        "Bell\n: It rings.\n\nBuoy\n: It floats.",
    ),
    "box": (
        '<div class="infobox"><p>Eight <b>metres</b></p></div>',
        '<div class="infobox">\n\nEight **metres**\n\n</div>',
    ),
    "wrappers": ('<div class="wp-block-group"><div>a<p>b</p></div></div>', "a\n\nb"),
    "list within a list": ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
    "unknown elements": ("<p>a<o:p></o:p> <st1:place>b</st1:place></p>", "a b"),
    "broken": ("<p>a<b>b</p></div></body>c", "a**b**\n\nc"),
}

KEPT = {
    "player": '<iframe src="https://maps.example/x" width="600"></iframe>',
    "film": '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
    "merged cells": '<table>\n<tr>\n<td colspan="2">x</td>\n</tr>\n</table>',
    "linked credit": (
        '<figure>\n<img alt="" src="a.jpg">\n<figcaption>By <a href="/z/">Z</a></figcaption>\n'
        "</figure>"
    ),
    "marked text": "<pre>a <strong>b</strong></pre>",
    "letters": '<ol type="a">\n<li>x</li>\n</ol>',
}


@pytest.fixture(scope="module")
def converter() -> HtmlConverter:
    return HtmlConverter()


@pytest.mark.parametrize(("html", "markdown"), CASES.values(), ids=CASES)
def test_a_block_becomes_markdown(html: str, markdown: str, converter: HtmlConverter) -> None:
    converted = converter.convert(html)
    assert (converted.markdown, converted.kept) == (markdown, 0)


@pytest.mark.parametrize("html", KEPT.values(), ids=KEPT)
def test_what_markdown_cannot_say_stays_html(html: str, converter: HtmlConverter) -> None:
    assert converter.convert(html).markdown == html


def test_footnotes_are_notes_again(converter: HtmlConverter) -> None:
    html = (
        '<p>A<sup data-fn="u" class="fn"><a href="#u" id="u-link">1</a></sup> and'
        ' B<sup class="fn"><a href="#v" id="v-link">2</a></sup>, a<sup>th</sup>.</p>'
        '<ol class="wp-block-footnotes"><li id="u">One <em>note</em>. <a href="#u-link">↩</a></li>'
        '<li id="v">Two. <a href="#v-link">↩</a></li></ol>'
    )
    assert converter.convert(html).markdown == (
        "A[^1] and B[^2], a<sup>th</sup>.\n\n[^1]: One *note*.\n\n[^2]: Two."
    )


def test_notes_of_a_block_that_stays_html_stay_a_list(converter: HtmlConverter) -> None:
    html = (
        '<table><tr><td colspan="2">A<sup><a href="#u" id="x">1</a></sup></td></tr></table>'
        '<ol><li id="u">One. <a href="#x">↩</a></li></ol>'
    )
    converted = converter.convert(html)
    assert 'href="#u"' in converted.markdown
    assert 'id="u"' in converted.markdown
    assert "[^" not in converted.markdown


def test_blank_lines_end_no_html(converter: HtmlConverter) -> None:
    html = "<table><tr><td><pre>a\n\n\nb</pre><p>c</p>\n\n<p>d</p></td></tr></table><p>e</p>"
    converted = converter.convert(html)
    assert "\n\n" not in converted.markdown.partition("</table>")[0]
    assert _words(_rendered(converted.markdown)) == ["a", "b", "c", "d", "e"]


def test_what_is_nested_by_the_thousand_is_let_through(converter: HtmlConverter) -> None:
    html = "<div class='x'>" * 3000 + "word" + "</div>" * 3000
    assert "word" in converter.convert(html).markdown


WORDS = st.sampled_from(
    ["boat", "*", "_a_", "1.", "-", "#", "[x]", "(y)", "|", "a_b", "`", "~~", "<", "&amp;lt;", "!",
     "{.x}", "{{ t }}", "http://a.org/_b_", "x@y.org", "\\", ":", "=", "---", "[^1]", "+", ">",
     "é", "“", "日本", "\u00a0", "  "]
).map(lambda word: word.replace("<", "&lt;"))  # fmt: skip
TEXT = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
SPANS = st.recursive(
    TEXT | st.sampled_from(["<br>", '<img src="a b.jpg" alt="[x]">', "<code>`x</code>", "<wbr>"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map("".join)
        .flatmap(
            lambda html: st.sampled_from(
                ["b", "i", "s", "u", "span", 'a href="/l?a=1&amp;b"', "sup"]
            ).map(lambda tag: f"<{tag}>{html}</{tag.split()[0]}>")
        )
    ),
    max_leaves=6,
)
BLOCKS = st.recursive(
    st.tuples(st.sampled_from(["p", "h2", "h4", "pre", "div"]), SPANS).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    )
    | SPANS,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda blocks: st.sampled_from(
            [
                "".join(blocks),
                "<ul>" + "".join(f"<li>{b}</li>" for b in blocks) + "</ul>",
                "<ol>" + "".join(f"<li>{b}</li>" for b in blocks) + "</ol>",
                "<blockquote>" + "".join(blocks) + "</blockquote>",
                "<table><tr>" + "".join(f"<th>{b}</th>" for b in blocks) + "</tr></table>",
                '<div class="box">' + "".join(blocks) + "</div>",
                "<dl><dt>t</dt>" + "".join(f"<dd>{b}</dd>" for b in blocks) + "</dl>",
            ]
        )
    ),
    max_leaves=8,
)


@given(BLOCKS)
def test_no_word_and_no_link_is_lost(html: str) -> None:
    source, shown = parse_html(html), _rendered(HtmlConverter().convert(html).markdown)
    assert _words(shown) == _words(source)
    assert _addresses(source) <= _addresses(shown)


def _rendered(markdown: str) -> Node:
    rendered = MarkdownRenderer(OPTIONS).render(Body("", "", BodyFacts()), markdown)
    return parse_html(rendered.html)


def _words(node: Node) -> list[str]:
    """The words of a text, whatever stands between them."""
    return re.findall(r"\w+", _spaced(node))


def _spaced(node: Node) -> str:
    return "".join(
        child if isinstance(child, str) else f"{_edge(child)}{_spaced(child)}{_edge(child)}"
        for child in node.children
    )


def _edge(node: Node) -> str:
    return (
        "" if node.tag in {"strong", "em", "b", "i", "s", "del", "u", "span", "a", "sup"} else " "
    )


def _addresses(node: Node) -> set[str]:
    found = (below for below in node.iter() if below.text().strip())
    return {below.get("href") for below in found if below.get("href")}
