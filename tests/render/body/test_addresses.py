import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.render.body.addresses import is_outside, refused_scheme, scheme_of
from generator.render.markdown import MarkdownRenderer

PASSED_OVER = [chr(n) for n in (1, *range(4, 9), 0xB, 0xC, *range(0xE, 0x20))]
"""The control characters that a text may hold within a line."""


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://x.org/", "https"),
        ("HTTPS://x.org/", "https"),
        ("x/y.md", ""),
        ("x/y:z", ""),
        ("#a:b", ""),
        ("12:30", ""),
        (" \t\x00java\nscr\tipt\r:x", "javascript"),
        ("java\x01script:x", ""),
    ],
)
def test_the_scheme_is_what_a_browser_sees(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


@pytest.mark.parametrize("form", ["[a]({})", "![a](<{}>)", "[a][b]\n\n[b]: {}"])
@given(st.text(PASSED_OVER), st.text(PASSED_OVER))
def test_what_browsers_pass_over_hides_no_scheme(form: str, before: str, after: str) -> None:
    renderer = MarkdownRenderer(MarkdownOptions(highlight=False))
    written = form.format(f"{before}java&Tab;script:x{after}")
    found = renderer.render(Body("a.md", "digest", BodyFacts()), written)
    assert 'links may not begin with "javascript:"' in {p.message for p in found.problems}
    assert "script" not in found.html


@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "[a][b]\n\n[b]: {}"])
def test_an_invisible_character_around_an_address_is_left_out(form: str) -> None:
    renderer = MarkdownRenderer(MarkdownOptions(highlight=False))
    text = form.format("\x01https://e.example/\x08")
    found = renderer.render(Body("a.md", "digest", BodyFacts()), text)
    assert 'href="https://e.example/"' in found.html
    assert not found.problems


@pytest.mark.parametrize("address", ["/a", "a.md", "?a:b", "mailto:a@b", "tg://resolve?domain=a"])
def test_addresses_here_and_of_known_kinds_are_allowed(address: str) -> None:
    assert refused_scheme(address) == ""


@pytest.mark.parametrize("address", ["javascript:x", "data:image/png,x", "foo:bar", "file:///x"])
def test_all_other_schemes_are_refused(address: str) -> None:
    assert refused_scheme(address) == address.partition(":")[0]


@pytest.mark.parametrize(
    ("address", "outside"), [("//x.org", True), ("https://x", True), ("/x", False), ("x", False)]
)
def test_an_outside_address_names_another_host(address: str, *, outside: bool) -> None:
    assert is_outside(address) is outside


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (
            '<a href="https://e.example/\u00e9 b">x</a>',
            '<a href="https://e.example/%C3%A9%20b">x</a>',
        ),
        (
            "<b><a class=x href='https://b\u00fccher.example/?q=\u0436&amp;x=1'>x</a></b>",
            "<b><a class=x href='https://xn--bcher-kva.example/?q=%D0%B6&amp;x=1'>x</a></b>",
        ),
        (
            '<img alt="" src="//c.example/\u0430" srcset="https://c.example/\u0430 2x, b.png 3x">',
            '<img alt="" src="//c.example/%D0%B0" srcset="https://c.example/%D0%B0 2x, b.png 3x">',
        ),
        (
            '<video src="https://c.example/a b.mp4" poster="https://c.example/a%20b"></video>',
            '<video src="https://c.example/a%20b.mp4" poster="https://c.example/a%20b"></video>',
        ),
        ('<a href="\u00e9 b.md">x</a>', '<a href="\u00e9 b.md">x</a>'),
        (
            '<!-- <a href="https://e.example/\u00e9"> -->',
            '<!-- <a href="https://e.example/\u00e9"> -->',
        ),
    ],
)
def test_addresses_in_raw_html_go_out_as_they_must(written: str, sent: str) -> None:
    renderer = MarkdownRenderer(MarkdownOptions(highlight=False))
    found = renderer.render(Body("a.md", "digest", BodyFacts()), written)
    assert found.html in (sent, f"<p>{sent}</p>")
