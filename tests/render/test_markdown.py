import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.body import (
    Body,
    BodyFacts,
    LinkTarget,
    MarkdownOptions,
    RenderedBody,
    ResolvedTarget,
)
from generator.model.problems import Place, Problem, Severity
from generator.render.markdown import MarkdownRenderer

PLAIN = MarkdownOptions()


def body(
    *resolved: ResolvedTarget,
    targets: tuple[LinkTarget, ...] = (),
    line: int = 1,
    language: str = "en",
) -> Body:
    facts = BodyFacts(line=line, targets=targets)
    return Body("content/articles/a.md", "digest", facts, resolved, language)


def rendered(
    text: str, *resolved: ResolvedTarget, options: MarkdownOptions = PLAIN
) -> RenderedBody:
    return MarkdownRenderer(options).render(body(*resolved), text)


def html(text: str, *resolved: ResolvedTarget) -> str:
    return rendered(text, *resolved).html


def messages(result: RenderedBody) -> list[str]:
    return [f"{p.severity}: {p.message}" for p in result.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("T\n:   D", "<dl>\n<dt>T</dt>\n<dd>D</dd>\n</dl>"),
        ("*[HT]: Hyper\n\nHT", '<p><abbr title="Hyper">HT</abbr></p>'),
        ('<div markdown="1">\n*a*\n</div>', "<div>\n<p><em>a</em></p>\n</div>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_markdown_becomes_html(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "**a**{{ b }}", "{% import os %}", "## {# c #}"])
def test_template_syntax_stays_as_it_is(text: str) -> None:
    assert text.replace("**", "").strip("# ") in html(text).replace("<strong>a</strong>", "a")


def test_raw_html_is_passed_through_untouched() -> None:
    raw = '<figure onclick="x()"><script>if (a < b && c) "d";</script></figure>'
    assert html(f"a\n\n{raw}\n\nb <kbd data-x='1'>c</kbd>") == (
        f"<p>a</p>\n{raw}\n<p>b <kbd data-x='1'>c</kbd></p>"
    )


def test_no_text_is_lost_in_elements_that_are_never_closed() -> None:
    result = MarkdownRenderer(PLAIN).render(body(line=3), '\n<div markdown="1"><div markdown>\n*a*')
    assert result.html == "<div>\n<div>\n<p><em>a</em></p>\n</div>\n</div>"
    assert set(messages(result)) == {"error: <div markdown> is never closed"}
    assert [p.place.line for p in result.problems] == [4]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_byte_order_mark_and_other_line_ends_do_no_harm(end: str) -> None:
    assert html(f"\ufeff# a{end}{end}b") == html("# a\n\nb")


def test_nul_is_shown_as_the_character_for_what_is_unknown() -> None:
    assert html("a\0b") == "<p>a\ufffdb</p>"


@pytest.mark.parametrize(
    "control", ["\x01", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\ufffe", "\uffff"]
)
@pytest.mark.parametrize("text", ["a{}b", "## a{}b", "`a{}b`", "<i>a{}b</i>", "```\na{}b\n```"])
def test_a_control_character_is_shown_as_unknown_and_told_of(text: str, control: str) -> None:
    result = rendered(text.format(control))
    assert "a\ufffdb" in result.html
    assert control not in result.html
    shown = f"an invisible character (U+{ord(control):04X}) is shown as \ufffd"
    assert messages(result) == [f"warning: {shown}"]
    [problem] = result.problems
    assert problem.place.column == problem.excerpt.index(control) + 1


def test_tabs_and_line_ends_are_no_control_characters() -> None:
    result = rendered("a\tb\r\nc")
    assert "\ufffd" not in result.html
    assert not result.problems


@pytest.mark.parametrize("address", ["\x01javascript:x", "java\x02script:x", "\x1fdata:x"])
def test_a_control_character_does_not_hide_a_scheme(address: str) -> None:
    result = rendered(f"[a](<{address}>)\n\n![b]({address}) <a&#58;{address}>")
    assert "href" not in result.html
    assert "src" not in result.html
    assert any("an invisible character" in message for message in messages(result)) or any(
        "links may not begin with" in message for message in messages(result)
    )


def test_no_scheme_comes_of_dropping_a_control_character() -> None:
    assert "javascript:" not in html("[a](java\x01script:x) ![b](java\x01script:x)")


def test_ids_are_those_that_the_html_has() -> None:
    result = rendered("a\n{#b\x01}")
    assert result.ids == ("b\ufffd",)
    assert 'id="b\ufffd"' in result.html


def test_the_marks_that_the_library_uses_are_dropped() -> None:
    assert html("a\x02klzzwxh:0000\x03 *b* \x02wzxhzdk:0\x03") == (
        "<p>aklzzwxh:0000 <em>b</em> wzxhzdk:0</p>"
    )


def test_headings_begin_below_the_title_and_have_ids() -> None:
    assert html("# One\n\n### Two\n\n# Three") == (
        '<h2 id="one">One</h2>\n<h3 id="two">Two</h3>\n<h2 id="three">Three</h2>'
    )


def test_ids_are_unique_and_never_clash_with_those_that_the_text_sets() -> None:
    text = "## A\n\n## A\n\n## B {#a-3}\n\n## A\n\n<p id='a'>b</p>\n\nfoo[^1]\n\n[^1]: x"
    result = rendered(text)
    assert result.ids == ("a-2", "a-4", "a-3", "a-5", "a", "fnref:1", "fn:1")
    assert not result.problems


def test_an_id_used_twice_is_renamed_with_a_warning() -> None:
    result = rendered("## A {#x}\n\nb\n{#x}")
    assert result.ids == ("x", "x-2")
    assert messages(result) == ['warning: the id "x" is used twice']


def test_headings_in_any_script_have_useful_ids() -> None:
    result = rendered("## Війна в Україні\n\n## 日本\n\n## हिन्दी\n\n## 🎉\n\n## `x` & <b>Y</b>")
    assert result.ids == ("війна-в-україні", "日本", "हिन्दी", "section", "x-y")


def test_a_lone_picture_is_a_figure_with_its_title_as_caption() -> None:
    assert html('![Boat](http://x/b.jpg "The *quay*")') == (
        '<figure><img alt="Boat" loading="lazy" src="http://x/b.jpg">'
        "<figcaption>The *quay*</figcaption></figure>"
    )


def test_a_lone_picture_without_title_has_no_caption() -> None:
    assert html("![Boat](http://x/b.jpg)") == (
        '<figure><img alt="Boat" loading="lazy" src="http://x/b.jpg"></figure>'
    )


def test_a_linked_picture_is_a_figure_too() -> None:
    assert html('[![Boat](http://x/b.jpg "C")](http://y/)') == (
        '<figure><a href="http://y/"><img alt="Boat" loading="lazy" src="http://x/b.jpg"></a>'
        "<figcaption>C</figcaption></figure>"
    )


def test_a_picture_within_text_stays_there() -> None:
    assert html('a ![Boat](http://x/b.jpg "C")').startswith('<p>a <img alt="Boat" loading="lazy"')


def test_a_picture_gets_its_address_and_size() -> None:
    resolved = ResolvedTarget("b.jpg", "/news/b.jpg", width=800, height=600)
    assert '<img alt="Boat" height="600" loading="lazy" src="/news/b.jpg" width="800">' in html(
        "![Boat](b.jpg)", resolved
    )


def test_a_picture_without_text_is_a_warning_at_its_place() -> None:
    place = LinkTarget("http://x/b.jpg", 7, 5, is_picture=True)
    result = MarkdownRenderer(PLAIN).render(body(targets=(place,), line=7), "![](http://x/b.jpg)")
    [problem] = result.problems
    assert problem.severity is Severity.WARNING
    assert problem.place == Place("content/articles/a.md", 7, 5)
    assert problem.excerpt == "![](http://x/b.jpg)"
    assert problem.width == len("http://x/b.jpg")


def test_the_same_picture_with_a_text_is_not_warned_of() -> None:
    text = "[![A boat](http://x/b.jpg)](/)\n\n![](http://x/b.jpg) [c](http://x/b.jpg)"
    places = [(7, 13, True), (9, 5, True), (9, 25, False)]
    targets = tuple(
        LinkTarget("http://x/b.jpg", line, column, is_picture=is_picture)
        for line, column, is_picture in places
    )
    result = MarkdownRenderer(PLAIN).render(body(targets=targets, line=7), text)
    found = [p.place for p in result.problems if p.message == "a picture without a text"]
    assert found == [Place("content/articles/a.md", 9, 5)]


def test_a_table_is_a_region_that_scrolls_named_by_the_heading_above() -> None:
    found = html("## Catch & *sales*\n\n| a | b |\n|---|--:|\n| 1 | 2 |")
    assert (
        '<div aria-label="Catch &amp; sales" class="table" role="region" tabindex="0">\n<table>'
    ) in found
    assert '<th class="align-right" scope="col">b</th>' in found
    assert '<td class="align-right">2</td>' in found
    assert "style=" not in found
    assert found.endswith("</table>\n</div>")


def test_tables_under_one_heading_have_names_of_their_own() -> None:
    table = "| a |\n|---|\n| 1 |\n\n"
    found = html(table * 2)
    assert 'aria-label="Table"' in found
    assert 'aria-label="Table (2)"' in found


def test_what_rendering_adds_is_in_the_texts_language() -> None:
    text = "a[^1]\n\n| b |\n|---|\n| 1 |\n\n[^1]: c"
    found = MarkdownRenderer(PLAIN).render(body(language="uk-UA"), text).html
    assert 'aria-label="Таблиця"' in found
    assert 'aria-label="Назад до посилання 1"' in found


def test_an_id_on_a_table_is_kept() -> None:
    assert rendered("| a {#x} |\n|---|\n| 1 |").ids == ("x",)


def test_footnotes_are_numbered_as_they_are_read_and_lead_back() -> None:
    result = rendered("a[^b] c[^a] d[^b]\n\n[^a]: A\n[^b]: B")
    assert '<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">1</a></sup>' in result.html
    assert result.html.index("B&#160;") < result.html.index("A&#160;")
    assert 'aria-label="Back to reference 1-2" class="footnote-backref" href="#fnref2:b"' in (
        result.html
    )
    assert 'role="doc-endnotes"' in result.html
    assert not result.problems


def test_footnotes_in_tables_and_lists_are_numbered_in_their_turn() -> None:
    text = "| a[^t] |\n|---|\n| 1 |\n\n- b[^l]\n\nc[^p] d[^t]\n\n"
    result = rendered(text + "[^p]: P[^n]\n[^n]: N\n[^l]: L\n[^t]: T")
    marks = re.findall(r'href="#fn:(.)">(\d)</a></sup>', result.html)
    assert marks == [("t", "1"), ("l", "2"), ("p", "3"), ("t", "1"), ("n", "4")]
    assert re.findall(r'<li id="fn:(.)"', result.html) == ["t", "l", "p", "n"]
    assert not result.problems


def test_a_footnote_label_may_have_spaces() -> None:
    result = rendered("a[^my note]\n\n[^my note]: B")
    assert result.ids == ("fnref:my-note", "fn:my-note")
    assert not result.problems


def test_footnotes_and_marks_without_each_other_are_warnings() -> None:
    result = rendered("a[^1] `[^3]`\n\n[^2]: B\n[^4]:")
    assert sorted(messages(result)) == [
        "warning: no footnote [^1]",
        "warning: nothing refers to the footnote [^2]",
        "warning: nothing refers to the footnote [^4]",
    ]
    assert {p.place.line for p in result.problems} == {1, 3, 4}
    assert "backref" not in result.html


def test_an_escaped_mark_is_text() -> None:
    result = rendered(r"Write \[^1] for a note.")
    assert result.html == "<p>Write [^1] for a note.</p>"
    assert not result.problems


def test_fenced_code_is_coloured_and_can_be_scrolled_by_keyboard() -> None:
    assert html("```python\nx = 1 < 2\n```") == (
        '<pre class="highlight" tabindex="0"><code class="language-python">'
        '<span class="n">x</span> <span class="o">=</span> '
        '<span class="mi">1</span> <span class="o">&lt;</span> <span class="mi">2</span>\n'
        "</code></pre>"
    )


def test_code_in_an_unknown_language_is_plain() -> None:
    assert html("```klingon\n<a> & *b*\n```") == (
        '<pre class="highlight" tabindex="0"><code class="language-klingon">'
        "&lt;a&gt; &amp; *b*\n</code></pre>"
    )


def test_highlighting_can_be_switched_off() -> None:
    found = rendered("```python\nx = 1\n```", options=MarkdownOptions(highlight=False)).html
    assert found.endswith('<code class="language-python">x = 1\n</code></pre>')


def test_code_in_a_list_item_stays_in_the_list() -> None:
    found = html("1. a\n   ```\n   b\n     c\n   ```\n2. d")
    assert found.count("<ol>") == 1
    assert "b\n  c\n" in found


def test_a_fence_takes_an_id_and_classes_and_nothing_else() -> None:
    result = rendered('```{.sql #q .wide onclick="x" hl_lines="1"}\na\n```')
    assert '<pre class="highlight wide" id="q" tabindex="0">' in result.html
    assert result.ids == ("q",)
    assert messages(result) == [
        'warning: the attribute "onclick" is left out',
        'warning: the attribute "hl_lines" is left out',
    ]


def test_a_fence_that_is_never_closed_is_a_warning_at_its_line() -> None:
    result = MarkdownRenderer(PLAIN).render(body(line=10), "a\n\n```\nb")
    assert [(p.place.line, p.excerpt) for p in result.problems] == [(12, "```")]


def test_indented_code_can_be_scrolled_by_keyboard() -> None:
    assert html("    a *b*") == '<pre tabindex="0"><code>a *b*\n</code></pre>'


def test_each_target_is_replaced_by_where_it_leads() -> None:
    resolved = (
        ResolvedTarget("../x.md", "/world/x/?a=1&b=2"),
        ResolvedTarget("y.md#part", "/y/#part"),
    )
    found = html("[a](../x.md) [b](../x.md#p) [c](y.md#part) [d][r]\n\n[r]: ../x.md", *resolved)
    assert found == (
        '<p><a href="/world/x/?a=1&amp;b=2">a</a> <a href="/world/x/?a=1&amp;b=2#p">b</a> '
        '<a href="/y/#part">c</a> <a href="/world/x/?a=1&amp;b=2">d</a></p>'
    )


def test_a_target_is_looked_up_as_a_browser_would_get_it() -> None:
    resolved = ResolvedTarget("a_b&c.md", "/ok/")
    assert 'href="/ok/"' in html(r"[x]( a\_b&amp;c.md )", resolved)


def test_a_dead_link_is_an_error_at_each_of_its_places_and_keeps_its_text() -> None:
    dead = ResolvedTarget("x.md", "", fault='no such article: "x.md"', hint="Look for it.")
    places = (LinkTarget("x.md", 5, 5), LinkTarget("x.md", 7, 5))
    result = MarkdownRenderer(PLAIN).render(
        body(dead, targets=places, line=5), "[a](x.md)\n\n[b](x.md)"
    )
    assert result.html == "<p><a>a</a></p>\n<p><a>b</a></p>"
    assert result.problems == tuple(
        Problem(
            Place("content/articles/a.md", line, 5),
            'no such article: "x.md"',
            "Look for it.",
            excerpt=excerpt,
            width=4,
            spares_text=True,
        )
        for line, excerpt in ((5, "[a](x.md)"), (7, "[b](x.md)"))
    )


def test_a_missing_picture_leaves_its_text() -> None:
    dead = ResolvedTarget("x.jpg", "", fault="no such picture")
    result = rendered("![Boat](x.jpg) at sea", dead)
    assert result.html == "<p><span>Boat</span> at sea</p>"
    assert messages(result) == ["error: no such picture"]


def test_a_dead_picture_leaves_its_caption_too() -> None:
    dead = ResolvedTarget("x.jpg", "", fault="no such picture")
    result = rendered('![Boat](x.jpg "At sea")', dead)
    assert "Boat – At sea" in result.html  # noqa: RUF001 - a dash


def test_a_target_that_another_file_answers_for_loses_its_link_in_silence() -> None:
    result = rendered("[a](x.md)", ResolvedTarget("x.md", ""))
    assert result.html == "<p><a>a</a></p>"
    assert not result.problems


@pytest.mark.parametrize(
    "target",
    [
        "http://x.org/",
        "https://x.org/#a",
        "//x.org/",
        "mailto:a@b.org",
        "tel:+380",
        "?page=2",
        "#top",
    ],
)
def test_other_addresses_stay_as_they_are(target: str) -> None:
    result = rendered(f"[a]({target})")
    assert result.html == f'<p><a href="{target}">a</a></p>'
    assert not result.problems


def test_a_target_that_nobody_resolved_is_a_warning() -> None:
    (tag,) = rendered('[a]({{< ref "b.md" >}})').problems
    assert tag.is_error
    assert tag.hint.startswith("A template's tag means nothing here: ")
    assert messages(rendered("[a](b)")) == ['warning: nobody has checked where "b" leads']


def test_a_link_or_picture_without_an_address_is_a_warning() -> None:
    result = rendered("a\n\n[b]() ![c]()")
    assert result.html == "<p>a</p>\n<p><a>b</a> <span>c</span></p>"
    assert messages(result) == [
        "warning: a picture without an address",
        "warning: a link without an address",
    ]
    assert {(p.place.line, p.place.column) for p in result.problems} == {(3, 5), (3, 12)}


SCRIPTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "data:image/png;base64,x",
    "java&#115;cript:x",
    "java&#x73;cript&#58;x",
    "javascript&colon;x",
    "javascript&#0000000000000058;x",
    "java&Tab;script:x",
    "java&NewLine;script:x",
    "&#1;javascript:x",
    "&#32;&#9;javascript:x",
    "livescript:x",
    "jar:http://x!/y",
    "view-source:x",
    "blob:x",
    "file:///etc/passwd",
    "C:\\\\x.jpg",
]


@pytest.mark.parametrize("target", SCRIPTS)
@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "[a][r]\n\n[r]: {}", "![a]({})"])
def test_script_addresses_are_refused(form: str, target: str) -> None:
    result = rendered(form.format(target))
    assert "href" not in result.html
    assert "src" not in result.html
    [problem] = result.problems
    assert problem.is_error
    assert "links may not begin with" in problem.message


@pytest.mark.parametrize(
    "text", ["[a](<java\tscript:x>)", "[a](java&Tab;script:x)", "<javascript://%0ax>"]
)
def test_script_addresses_with_control_characters_are_refused(text: str) -> None:
    result = rendered(text)
    assert "href" not in result.html
    assert [p.is_error for p in result.problems] == [True]


@pytest.mark.parametrize("text", ["[a](java\tscript:x)", "[a](\x01javascript:x)"])
def test_an_address_with_a_control_character_leads_nowhere(text: str) -> None:
    assert "href" not in html(text)
    assert "script" not in html(text).replace("java\tscript", "")


class _Addresses(HTMLParser):
    """Gathers the addresses in HTML as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found += (value or "" for name, value in attrs if name in {"href", "src"})


@given(st.text(alphabet="jJavascriptdt:&#0115;x\t\n \x01\\<>()[]!/", max_size=40))
def test_no_text_without_raw_html_gets_a_script_address(inside: str) -> None:
    parser = _Addresses()
    text = f"[a]({inside}javascript:x) ![a]({inside}) [a]: {inside}"
    parser.feed(html(text))
    for address in parser.found:
        seen = "".join(c for c in address.strip("".join(map(chr, range(33)))) if c not in "\t\n\r")
        assert not seen.lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize(
    ("text", "is_dead"),
    [
        ("## A b\n\n[x](#a-b)", False),
        ("## Війна\n\n[x](#війна) [y](#%D0%B2%D1%96%D0%B9%D0%BD%D0%B0)", False),
        ("<a name='x'></a> [x](#x)", False),
        ("<div id=x>a</div>\n\n[x](#x)", False),
        ("a\n{#x}\n\n[x](#x)", False),
        ("```{.py #x}\na\n```\n\n[x](#x)", False),
        ("[x](#)", False),
        ("[x](#x)", True),
        ('`id="x"` <b>id=x</b> [x](#x)', True),
    ],
)
def test_a_fragment_that_is_not_on_the_page_is_a_warning(text: str, *, is_dead: bool) -> None:
    expected = ['warning: no "#x" on this page'] if is_dead else []
    assert messages(rendered(text)) == expected


def test_ids_come_in_the_order_in_which_they_stand() -> None:
    text = "## A\n\n<p id='raw'>x</p>\n\n## B\n\nc <i id=inline>d</i>"
    assert rendered(text).ids == ("a", "raw", "b", "inline")


TEXTS = [
    "*[HT]: Hyper\n\nHT [a]\n\n[a]: http://x\n\n## One",
    "HT [a] [^1] x\n\n[^1]: note\n\n## One\n\n## One",
    "HT [a] [^1]\n\n## One\n\n<div markdown='1'>x *y",
    "*a **b ***c `d <b>e",
    "- a\n    - b\n\n```py\nx\n```\n\n| a |\n|--|\n| 1 |",
    "Plain text only.",
]


@settings(max_examples=40)
@given(st.permutations(TEXTS))
def test_rendering_one_text_never_influences_the_next(texts: list[str]) -> None:
    renderer = MarkdownRenderer(PLAIN)
    for text in texts:
        fresh = MarkdownRenderer(PLAIN).render(body(), text)
        assert renderer.render(body(), text) == fresh


def test_lists_that_are_nested_too_deeply_are_an_error_at_their_line() -> None:
    result = MarkdownRenderer(PLAIN).render(body(line=9), "a\n\n" + "* " * 2000 + "a")
    assert [(p.message, p.place.line) for p in result.problems] == [("nested too deeply", 11)]


def test_what_is_too_deep_for_the_machine_is_the_texts_problem() -> None:
    renderer = MarkdownRenderer(PLAIN)
    result = renderer.render(body(line=9), "*a **b " * 4000 + "c** d*" * 4000)
    assert result.html == ""
    assert [(p.message, p.place.line) for p in result.problems] == [("nested too deeply", 9)]
    assert renderer.render(body(), "*a*").html == "<p><em>a</em></p>"


def test_deep_quotations_are_text_from_a_fixed_depth_on() -> None:
    found = html("> " * 100 + "a")
    assert found.count("<blockquote>") == 32
    assert found.count("&gt;") == 68
