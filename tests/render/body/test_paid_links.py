"""Links of paid stories say so, in raw HTML too."""

import pytest

from generator.render.body.paid_links import as_paid


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (
            "<a href='https://e.example/'>x</a>",
            "<a rel=\"sponsored\" href='https://e.example/'>x</a>",
        ),
        ('<a rel="noopener" href=//e.example>', '<a rel="noopener sponsored" href=//e.example>'),
        ("<a rel=nofollow href=//e.example>", '<a rel="nofollow sponsored" href=//e.example>'),
        ("<A href=\"//e.example\" rel=''>", "<A href=\"//e.example\" rel='sponsored'>"),
        ('<area href="//e.example">', '<area rel="sponsored" href="//e.example">'),
        (
            '<a href="//a.b"><a href="//c.d">',
            '<a rel="sponsored" href="//a.b"><a rel="sponsored" href="//c.d">',
        ),
    ],
)
def test_a_link_to_another_site_is_marked(written: str, sent: str) -> None:
    assert as_paid(written) == sent
    assert as_paid(sent) == sent


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/news/">x</a>',
        '<img src="https://e.example/a.png">',
        '<abbr href="https://e.example/">',
        '<!-- <a href="https://e.example/"> -->',
        "no link",
    ],
)
def test_whatever_else_stands_there_stays(html: str) -> None:
    assert as_paid(html) == html
