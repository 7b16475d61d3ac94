"""Texts as people write them elsewhere come out as their writers saw them there."""

from collections.abc import Callable

import pytest

from generator.model.body import Body, BodyFacts, MarkdownOptions, RenderedBody
from generator.render.markdown import MarkdownRenderer

Render = Callable[[str], RenderedBody]

LINKS = [
    (
        "See [Ireland's Eye](https://e.example/Ireland's_Eye), the island (once 'Inis').",
        (
            "<p>See <a href=\"https://e.example/Ireland's_Eye\">Ireland's Eye</a>, "
            "the island (once 'Inis').</p>"
        ),
    ),
    (
        "[The bill](https://e.example/d'arc), said [Bo Ek](https://e.example/ek 'Minister') now.",
        (
            '<p><a href="https://e.example/d\'arc">The bill</a>, said '
            '<a href="https://e.example/ek" title="Minister">Bo Ek</a> now.</p>'
        ),
    ),
    (
        '[Search](https://e.example/?q="ferry") or [b](https://e.example/5"x) (12") wide.',
        (
            '<p><a href="https://e.example/?q=%22ferry%22">Search</a> or '
            '<a href="https://e.example/5%22x">b</a> (12") wide.</p>'
        ),
    ),
    (
        "The [Act](https://e.example/a) and rules](https://e.example/b) too.",
        (
            '<p>The <a href="https://e.example/a">Act</a> and rules]'
            '(<a href="https://e.example/b">https://e.example/b</a>) too.</p>'
        ),
    ),
    (
        "![Eye](https://e.example/Ireland's_Eye.jpg) The island (known as 'the Eye').",
        (
            '<p><img alt="Eye" loading="lazy" src="https://e.example/Ireland\'s_Eye.jpg"> '
            "The island (known as 'the Eye').</p>"
        ),
    ),
    (
        "[L'été]: https://e.example/l'été 'L\"été'\n\n[L'été] (l'an 'II')",
        (
            '<p><a href="https://e.example/l\'%C3%A9t%C3%A9" title="L&quot;été">L\'été</a> '
            "(l'an 'II')</p>"
        ),
    ),
]
LISTS = [
    (
        "- a\n\n\nThen run:\n    \n    $ b",
        '<ul>\n<li>a</li>\n</ul>\n<p>Then run:</p>\n<pre tabindex="0"><code>$ b\n</code></pre>',
    ),
    (
        "1. Who runs it?\n\nThe board.\n\n2. Who pays?\n\nThe county.",
        (
            "<ol>\n<li>Who runs it?</li>\n</ol>\n<p>The board.</p>\n"
            '<ol start="2">\n<li>Who pays?</li>\n</ol>\n<p>The county.</p>'
        ),
    ),
    ("17. mai feires.", '<ol start="17">\n<li>mai feires.</li>\n</ol>'),
    ("0. zero\n1. one", '<ol start="0">\n<li>zero</li>\n<li>one</li>\n</ol>'),
    (
        "- Oslo\n  - Frogner\n    - Majorstuen\n  - Grønland\n- Bergen",
        (
            "<ul>\n<li>Oslo<ul>\n<li>Frogner<ul>\n<li>Majorstuen</li>\n</ul>\n</li>\n"
            "<li>Grønland</li>\n</ul>\n</li>\n<li>Bergen</li>\n</ul>"
        ),
    ),
    (
        "1. Open the lid\n   - gently\n2. Take it out",
        "<ol>\n<li>Open the lid<ul>\n<li>gently</li>\n</ul>\n</li>\n<li>Take it out</li>\n</ol>",
    ),
    (
        "1. First.\n\n   More.\n\n2. Second.",
        "<ol>\n<li>\n<p>First.</p>\n<p>More.</p>\n</li>\n<li>\n<p>Second.</p>\n</li>\n</ol>",
    ),
    (
        "**What we know**\n* It sails.\n* It pays.",
        "<p><strong>What we know</strong></p>\n<ul>\n<li>It sails.</li>\n<li>It pays.</li>\n</ul>",
    ),
    ("Tasks:\n1. Paint\n2. Mend", "<p>Tasks:</p>\n<ol>\n<li>Paint</li>\n<li>Mend</li>\n</ol>"),
    (
        "* The mayor\n\n    Elected in 2023.\n* The clerk",
        (
            "<ul>\n<li>\n<p>The mayor</p>\n<p>Elected in 2023.</p>\n</li>\n"
            "<li>\n<p>The clerk</p>\n</li>\n</ul>"
        ),
    ),
    (
        "- a\n\n    > quoted\n- b",
        (
            "<ul>\n<li>\n<p>a</p>\n<blockquote>\n<p>quoted</p>\n</blockquote>\n</li>\n"
            "<li>\n<p>b</p>\n</li>\n</ul>"
        ),
    ),
    (
        "- Fruit\n\n    - apples\n- Bread",
        (
            "<ul>\n<li>\n<p>Fruit</p>\n<ul>\n<li>apples</li>\n</ul>\n</li>\n"
            "<li>\n<p>Bread</p>\n</li>\n</ul>"
        ),
    ),
    (
        "-\ta\n\t-\tb\n\t\t1.\tc\n-\td",
        ("<ul>\n<li>a<ul>\n<li>b<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ul>"),
    ),
    (
        "- It runs until June\n  2027. After that the county decides.\n- Second",
        (
            "<ul>\n<li>It runs until June\n2027. After that the county decides.</li>\n"
            "<li>Second</li>\n</ul>"
        ),
    ),
    (
        "- a\n- b\n\n1. one\n2. two",
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>one</li>\n<li>two</li>\n</ol>",
    ),
    ("1) first\n2) second", "<ol>\n<li>first</li>\n<li>second</li>\n</ol>"),
    (
        "- [x] pier\n- [ ] bell",
        (
            '<ul>\n<li><input checked disabled type="checkbox"> pier</li>\n'
            '<li><input disabled type="checkbox"> bell</li>\n</ul>'
        ),
    ),
]
WORDS = [
    (
        "Write to <www.e.example> or <tel:+47123>, see <e.example/tips> (<e.g. this>).",
        (
            '<p>Write to &lt;www.e.example&gt; or <a href="tel:+47123">tel:+47123</a>, '
            "see &lt;e.example/tips&gt; (&lt;e.g. this&gt;).</p>"
        ),
    ),
    (
        "Get <URL:https://e.example/f.gz>. HashMap<K, V> and <Ctrl+C>.",
        (
            '<p>Get <a href="https://e.example/f.gz">URL:https://e.example/f.gz</a>. '
            "HashMap&lt;K, V&gt; and &lt;Ctrl+C&gt;.</p>"
        ),
    ),
    (
        "#MeToo changed it.\n\n#1 in the charts",
        "<p>#MeToo changed it.</p>\n<p>#1 in the charts</p>",
    ),
    (
        "## Why we left C#\n\n### F#",
        '<h2 id="why-we-left-c">Why we left C#</h2>\n<h3 id="f">F#</h3>',
    ),
    (
        r"\$5, \~90, \"so\" it\'s: 50\% \< 60\%, AT\&T, a\=b, x\@y, \^up",
        '<p>$5, ~90, "so" it\'s: 50% &lt; 60%, AT&amp;T, a=b, x@y, ^up</p>',
    ),
    ("First\\\nsecond  \nthird", "<p>First<br>\nsecond<br>\nthird</p>"),
    (
        '![x](https://e.example/x.jpg "He said \\"yes\\".")',
        (
            '<figure><img alt="x" loading="lazy" src="https://e.example/x.jpg">'
            '<figcaption>He said "yes".</figcaption></figure>'
        ),
    ),
    ("**„Moss“-fans**ene** sang", "<p><strong>„Moss“-fans</strong>ene** sang</p>"),
    ("*“a*b*c*", "<p><em>“a</em>b<em>c</em></p>"),
    ("***a*b*", "<p>*<em><em>a</em>b</em></p>"),
    ("~~12~~ 13 boats", "<p><del>12</del> 13 boats</p>"),
    ("嵐の後で初めて\n島の住民が", "<p>嵐の後で初めて島の住民が</p>"),
    ("嵐の……\n“島”\n——海", "<p>嵐の……“島”——海</p>"),
    (
        "嵐の**海**…\n島 — storm…\nand “sea”\nwind",
        "<p>嵐の<strong>海</strong>…島 — storm…\nand “sea”\nwind</p>",
    ),
    ("嵐の\n**島**\nの", "<p>嵐の<strong>島</strong>の</p>"),
    (
        "嵐[島](https://e.example/)\n<b>海</b>\n音",
        '<p>嵐<a href="https://e.example/">島</a><b>海</b>音</p>',
    ),
    ("嵐。 \n島は  \n海", "<p>嵐。島は<br>\n海</p>"),
    ("*嵐*\n*storm*\n**島**", "<p><em>嵐</em>\n<em>storm</em>\n<strong>島</strong></p>"),
    (
        '![島](https://e.example/x.jpg "嵐の\n海")',
        (
            '<figure><img alt="島" loading="lazy" src="https://e.example/x.jpg">'
            "<figcaption>嵐の海</figcaption></figure>"
        ),
    ),
    (
        "「https://e.example/a」を見る、www.e.example。",
        ('<p>「<a href="https://e.example/a">https://e.example/a</a>」を見る、www.e.example。</p>'),
    ),
    (
        "«https://e.example» dit-il (https://e.example/l\u2019été\u2019).",
        (
            '<p>«<a href="https://e.example">https://e.example</a>» dit-il '
            '(<a href="https://e.example/l%E2%80%99%C3%A9t%C3%A9">https://e.example/l\u2019été</a>\u2019).</p>'
        ),
    ),
    ("カタカナ\nabc\nひらがな", "<p>カタカナ\nabc\nひらがな</p>"),
    ("서울에\n갔다", "<p>서울에\n갔다</p>"),
]
BLOCKS = [
    ("\t\tall:", '<pre tabindex="0"><code>\tall:\n</code></pre>'),
    ("> 12)\t\n> b", '<blockquote>\n<ol start="12">\n<li></li>\n</ol>\n<p>b</p>\n</blockquote>'),
    (
        (
            "<details>\n<summary>Times</summary>\n\n**Monday**: storm.\n\n- [a](https://e.example/)\n\n"
            "</details>"
        ),
        (
            "<details>\n<summary>Times</summary>\n<p><strong>Monday</strong>: storm.</p>\n"
            '<ul>\n<li><a href="https://e.example/">a</a></li>\n</ul>\n</details>'
        ),
    ),
    (
        '<aside class="fact">\n\n## Facts\n\nBuilt in *1951*.\n\n</aside>',
        '<aside class="fact">\n<h2 id="facts">Facts</h2>\n<p>Built in <em>1951</em>.</p>\n</aside>',
    ),
    (
        "<p>One.\n\nTwo *here*.",
        "<p>One.\n<p>Two <em>here</em>.</p>",
    ),
    (
        "> We will sail.\n\n> We will not.",
        (
            "<blockquote>\n<p>We will sail.</p>\n</blockquote>\n"
            "<blockquote>\n<p>We will not.</p>\n</blockquote>"
        ),
    ),
    (
        "> We will sail.\n> -- Lena Holt, *mayor*\n{.pullquote}",
        (
            '<figure class="pullquote">\n<blockquote>\n<p>We will sail.</p>\n</blockquote>\n'
            "<figcaption>\u2014 Lena Holt, <em>mayor</em></figcaption></figure>"
        ),
    ),
    (
        "> One.\n>\n> Two.\n>\n> \u2014 Bo Ek",
        (
            "<figure>\n<blockquote>\n<p>One.</p>\n<p>Two.</p>\n</blockquote>\n"
            "<figcaption>\u2014 Bo Ek</figcaption></figure>"
        ),
    ),
    (
        "> Das Boot fährt.\n> \u2013 Lena Holt, Bürgermeisterin",
        (
            "<figure>\n<blockquote>\n<p>Das Boot fährt.</p>\n</blockquote>\n"
            "<figcaption>\u2013 Lena Holt, Bürgermeisterin</figcaption></figure>"
        ),
    ),
    (
        "> \u2013 Qui paie ?\n> \u2013 Le comté",
        "<blockquote>\n<p>\u2013 Qui paie ?\n\u2013 Le comté</p>\n</blockquote>",
    ),
    (
        "> He came\n> \u2013 and went",
        "<blockquote>\n<p>He came\n\u2013 and went</p>\n</blockquote>",
    ),
    (
        "> \u2014 Salut.\n> \u2014 Bonjour.",
        "<blockquote>\n<p>\u2014 Salut.\n\u2014 Bonjour.</p>\n</blockquote>",
    ),
    ("## Head\n{: .no_toc}\n\nText.", '<h2 class="no_toc" id="head">Head</h2>\n<p>Text.</p>'),
    ("- a\n- b\n{.wide}", '<ul class="wide">\n<li>a</li>\n<li>b</li>\n</ul>'),
    ("Boats.\n{.aside}", '<p class="aside">Boats.</p>'),
    ("{: .lead}\nBoats.", '<p class="lead">Boats.</p>'),
    (
        "{% highlight py %}\nx = {{ 1 }}\n{% endhighlight %}",
        '<pre class="highlight" tabindex="0"><code class="language-py">x = {{ 1 }}\n</code></pre>',
    ),
    ("{% raw %}\nSee {{ x }}.\n{% endraw %}", "<p>See {{ x }}.</p>"),
    (
        "See {% raw %}{{ x }}{% endraw %} and `{{ y }}`.",
        "<p>See {{ x }} and <code>{{ y }}</code>.</p>",
    ),
    (
        "Boat\n:   It sails.\n:   It rusts.\n\nPier\n\n:   It stands.",
        (
            "<dl>\n<dt>Boat</dt>\n<dd>It sails.</dd>\n<dd>It rusts.</dd>\n<dt>Pier</dt>\n"
            "<dd>\n<p>It stands.</p>\n</dd>\n</dl>"
        ),
    ),
    (
        "*[NATO]: Alliance\n\nNATO, NATOs and (NATO)",
        '<p><abbr title="Alliance">NATO</abbr>, NATOs and (<abbr title="Alliance">NATO</abbr>)</p>',
    ),
]


AROUND = {
    "td": ("<table>\n<tr>\n", "\n</tr>\n</table>"),
    "li": ("<ul>\n", "\n</ul>"),
    "dd": ("<dl>\n", "\n</dl>"),
}
"""What such an element stands in."""


@pytest.mark.parametrize(("text", "html"), [*LINKS, *LISTS, *WORDS, *BLOCKS])
def test_it_is_shown_as_its_writer_saw_it(text: str, html: str, render: Render) -> None:
    result = render(text)
    assert result.html == html
    assert not result.problems


@pytest.mark.parametrize("tag", ["div", "section", "center", "article", "td", "li", "dd"])
def test_behind_a_blank_line_within_an_element_markdown_is_markdown(
    tag: str, render: Render
) -> None:
    before, after = AROUND.get(tag, ("", ""))
    text = f"{before}<{tag}>\n\n**a** <https://e.example/>\n\n- b\n\n</{tag}>{after}"
    result = render(text)
    assert '<p><strong>a</strong> <a href="https://e.example/">' in result.html
    assert "<ul>\n<li>b</li>\n</ul>" in result.html
    assert not result.problems


def test_a_table_in_an_item_ends_with_it(render: Render) -> None:
    html = render("- a\n\n    | x |\n    |---|\n    | 1 |\n- b").html
    assert html.count("<li>") == 2
    assert html.index("</table>") < html.index("<p>b</p>")


def test_windows_line_ends_change_nothing(render: Render) -> None:
    text = "Tasks:\n- a\n  - b\n\n    c\\\n    d\n\n| x |\n|---|\n| 1 |\n\n> e\n> -- Lena Holt\n"
    assert render(text.replace("\n", "\r\n")).html == render(text).html


def test_a_table_may_begin_below_a_line_of_text(render: Render) -> None:
    html = render("Results:\n| Party | Votes |\n|---|---|\n| A | 12 |\n{: .wide}").html
    assert html.startswith("<p>Results:</p>\n<div")
    assert '<table class="wide">' in html
    assert "{:" not in html


def test_a_cell_more_than_the_head_has_is_told(render: Render) -> None:
    [problem] = render("| a | b |\n|---|---|\n| 1 | 2 | three |\n| 1 | 2 | |").problems
    assert problem.message == "readers do not see this cell: the table's head has 2"
    assert (problem.place.line, problem.place.column) == (3, 11)


def test_footnotes_may_stand_in_lists_and_quotations(render: Render) -> None:
    result = render("- a[^1]\n\n  [^1]: In a list.\n\n> b[^2]\n>\n> [^2]: In a quotation.")
    assert result.ids == ("fnref:1", "fnref:2", "fn:1", "fn:2")
    assert "In a list.&#160;<a" in result.html
    assert not result.problems


def test_smart_quotes_see_character_references_and_task_lists() -> None:
    renderer = MarkdownRenderer(MarkdownOptions(smart_quotes=True))
    text = '- [x] "a" &mdash; "b"'
    html = renderer.render(Body("a.md", "digest", BodyFacts()), text).html
    assert "\u201ca\u201d &mdash; \u201cb\u201d" in html
