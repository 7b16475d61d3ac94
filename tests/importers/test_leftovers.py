"""What an older move from WordPress left in Markdown: shown as what it was, and no word is lost."""

import pytest

from generator.importers.leftovers import LOST_GALLERY, without_leftovers
from generator.importers.old_site import Remark

FILM = (
    '<iframe src="https://www.youtube-nocookie.com/embed/abc_defgh1j" title="Video"'
    " allowfullscreen></iframe>"
)
VIMEO = (
    '<iframe src="https://player.vimeo.com/video/123456" title="Video" allowfullscreen></iframe>'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[caption id="x" width="9"]![a](/b.png) At dusk[/caption]', '![a](/b.png "At dusk")'),
        ("[youtube https://www.youtube.com/watch?v=abc_defgh1j]", FILM),
        ("a [youtube=http://www.youtube.com/watch?v=abc_defgh1j&w=600] b", f"a {FILM} b"),
        ("[youtube=http://youtu.be/abc_defgh1j]_Later_", f"{FILM}\n\n_Later_"),
        ("[youtube abc_defgh1j]", FILM),
        ("[vimeo 123456 w=500]", VIMEO),
        ("[youtube https://www.youtube.com/user/x]", "<https://www.youtube.com/user/x>"),
        ("[embed]https://vimeo.com/123456[/embed]", VIMEO),
    ],
)
def test_each_is_what_it_stood_for(text: str, expected: str) -> None:
    remarks: list[Remark] = []
    assert without_leftovers(text, "a.md", remarks).strip() == expected
    assert remarks == []


@pytest.mark.parametrize(
    "text",
    [
        "Our [YouTube channel](https://www.youtube.com/user/x), our [youtube channel][1].",
        "The [gallery][1] and the [gallery](/x/).\n\n[gallery]: /x/",
        "Write `[gallery]` or `[youtube abc_defgh1j]`.",
        '```\n[gallery ids="1"]\n```',
        "[youtube conferences] and [gallery of boats]",
    ],
)
def test_links_words_and_code_stay(text: str) -> None:
    assert without_leftovers(text, "a.md", []) == text


def test_a_gallery_is_left_out_and_named() -> None:
    remarks: list[Remark] = []
    text = without_leftovers('a\n\n[gallery link="file" ids="1,2"]\n\nb [gallery]', "a.md", remarks)
    assert "gallery" not in text
    assert [(one.kind, one.place) for one in remarks] == [(LOST_GALLERY, "a.md")] * 2
