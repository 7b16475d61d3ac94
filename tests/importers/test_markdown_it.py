import pytest

from generator.importers.markdown_it import in_our_markdown


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (
            "a\n::: note\n*b*\n:::\nc",
            'a\n\n<div class="note">\n\n*b*\n\n</div>\n\nc',
        ),
        ("::: warning Mind it\nb\n:::", '\n<div class="warning">\n\n**Mind it**\n\nb\n\n</div>\n'),
        ("::: note\nb", '\n<div class="note">\n\nb\n\n</div>'),
        ("```\n::: note\n[[toc]]\n```", "```\n::: note\n[[toc]]\n```"),
        ("a\n\n[[toc]]\n\nb", "a\n\n\nb"),
        ("<ul>\n\n    <li>a</li>\n</ul>", "<ul>\n\n<li>a</li>\n</ul>"),
        ("- a\n\n    b", "- a\n\n    b"),
    ],
)
def test_what_we_write_otherwise(theirs: str, ours: str) -> None:
    assert in_our_markdown(theirs) == ours


def test_attributes_behind_an_element_are_not_shown() -> None:
    assert in_our_markdown('<img src="a.png">{.left .wide}\na {.b}') == '<img src="a.png">\na {.b}'
