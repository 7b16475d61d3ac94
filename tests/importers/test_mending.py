"""Mending HTML that nothing closes, as a browser reads it."""

import pytest

from generator.importers.mending import mended
from generator.importers.shown import Shown


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("a <span>b\n\nc", "a <span>b</span>\n\nc"),
        ("<ul>\n<li>x</li></li>\n</ul></ul>", "<ul>\n<li>x</li>\n</ul>"),
        ("<div>\n\na", "<div>\n\na\n\n</div>"),
        ("a [b](about:blank) c", "a b c"),
        ("<!-- b", "<!-- b\n-->"),
        ("nothing *wrong* here", "nothing *wrong* here"),
    ],
)
def test_what_is_broken_is_mended_and_nothing_else(body: str, becomes: str) -> None:
    text, rendered = mended(body, Shown())
    assert text == becomes
    assert not [problem for problem in rendered.problems if problem.is_error]


def test_what_others_take_for_a_note_stays_seen_as_it_was() -> None:
    body, rendered = mended("A %%note%% b", Shown())
    assert body == "A \\%%note%% b"
    assert "%%note%%" in rendered.html
