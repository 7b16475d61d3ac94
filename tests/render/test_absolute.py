"""Absolute URLs in values and in HTML."""

import time
from html import escape

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.absolute import absolute_html, absolute_url

PAGE = "https://example.org/news/2024/08/kursk/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/a.png", "https://example.org/a.png"),
        ("//cdn.example.net/a.png", "https://cdn.example.net/a.png"),
        ("http://elsewhere.example/", "http://elsewhere.example/"),
        ("", ""),
    ],
)
def test_a_url_from_the_root_gets_its_origin(url: str, expected: str) -> None:
    assert absolute_url(url, "https://example.org") == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x/?a=1&amp;b=2">', '<a href="https://example.org/x/?a=1&amp;b=2">'),
        ("<a href=/x/>", '<a href="https://example.org/x/">'),
        ("<A HREF='../x/'>", '<A HREF="https://example.org/news/2024/08/x/">'),
        ('<a href="#fn:1">', f'<a href="{PAGE}#fn:1">'),
        ('<a href="?p=2">', f'<a href="{PAGE}?p=2">'),
        ('<a href="">', f'<a href="{PAGE}">'),
        ('<a href="mailto:a@b.example">', '<a href="mailto:a@b.example">'),
        ('<a href="http://e.example/">', '<a href="http://e.example/">'),
        ('<a href=" \n/x/\t">', '<a href="https://example.org/x/">'),
        ('<a href="x[y">', f'<a href="{PAGE}x[y">'),
        ('<img src="a.png" alt="/b"/>', f'<img src="{PAGE}a.png" alt="/b"/>'),
        ('<img alt="<a href=/x/>">', '<img alt="<a href=/x/>">'),
        ('<video poster="p.jpg">', f'<video poster="{PAGE}p.jpg">'),
        ('<path d="M1"/>', '<path d="M1"/>'),
        ("5 < 6 & 7", "5 < 6 & 7"),
    ],
)
def test_urls_in_html_are_resolved_against_the_page(html: str, expected: str) -> None:
    assert absolute_html(html, PAGE) == expected


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("/a.png 1x, b.png 2x", f"https://example.org/a.png 1x, {PAGE}b.png 2x"),
        ("/a.png", "https://example.org/a.png"),
        (" /a.png 320w,/b.png , ", "https://example.org/a.png 320w, https://example.org/b.png"),
        ("data:image/png;base64,AA,BB 1x", "data:image/png;base64,AA,BB 1x"),
        (",,,", ""),
    ],
)
def test_every_candidate_of_a_srcset_is_resolved(srcset: str, expected: str) -> None:
    assert absolute_html(f'<img srcset="{srcset}">', PAGE) == f'<img srcset="{expected}">'


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert('</p>')</script>",
        "<SCRIPT src=x>\n</SCRIPT\n>",
        "<script>never closed",
        "<style>p { }</style>",
        "<!-- <a href=x> -->",
        "<!-->",
        "<!-- never closed",
        "<a href='never closed",
    ],
)
def test_what_no_feed_should_hold_is_left_out(html: str) -> None:
    assert absolute_html(f"<p>before</p>{html}", PAGE) == "<p>before</p>"


@pytest.mark.parametrize(
    "attribute",
    [
        'onclick="x()"',
        "ONLOAD=x()",
        'href="javascript:x()"',
        'href="java&#115;cript:x()"',
        'href=" JAVA\tSCRIPT:x()"',
        'src="data:text/html,x"',
        'href="vbscript:x"',
        'srcdoc="&lt;script>"',
    ],
)
def test_attributes_that_run_something_are_left_out(attribute: str) -> None:
    assert absolute_html(f"<a {attribute} id=b>", PAGE) == "<a  id=b>"


PIECES = [
    *("<a ", "<p>", "<script", "</script>", "<!--", "-->", ">", "/>", "=", '"', "'", " ", "\n"),
    *("href", "onclick", "srcset", "=/x", '="y"', "javascript:", "&#106;", "text", "/", "é", "<"),
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_browser_finds_nothing_that_runs_and_nothing_relative(html: str) -> None:
    tree = html5lib.parse(
        f"<p>{absolute_html(html, PAGE)}", treebuilder="etree", namespaceHTMLElements=False
    )
    for element in tree.iter():
        assert element.tag not in ("script", "style")
        for name, value in element.attrib.items():
            assert not (name.startswith("on") and value)
            if name == "href" and value:
                assert value.startswith("https://example.org/")


@given(st.text(alphabet="ab<>&\"' \u05d0\U0001f600"))
def test_text_is_never_touched(text: str) -> None:
    html = f'<p title="{escape(text)}">{escape(text)}</p>'
    assert absolute_html(html, PAGE) == html


@pytest.mark.parametrize(
    "piece",
    ['<a "', "<a '", "<!--", "<script>", "<script ", "<a x=", "<a ", "</style", "<", "<a href='"],
)
def test_hostile_text_takes_no_more_time_than_its_length(piece: str) -> None:
    begun = time.process_time()
    absolute_html(piece * 50_000, PAGE)
    absolute_html(f'<img srcset="{piece * 50_000},,,, {"," * 50_000}">', PAGE)
    assert time.process_time() - begun < 2
