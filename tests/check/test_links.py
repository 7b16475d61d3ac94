import pytest

from generator.check.html import read_tags
from generator.check.links import is_indexable, is_redirect, references


def urls(html: str) -> list[str]:
    return [reference.url for reference in references(read_tags(html))]


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png 100w,\n b.png 200w,", ["a.png", "b.png"]),
        ("a.png, b.png 2x", ["a.png", "b.png"]),
        ("a,b.png 1x", ["a,b.png"]),
        ("data:image/gif;base64,R0lG 1x, b.png 2x", ["data:image/gif;base64,R0lG", "b.png"]),
        ("", []),
    ],
)
def test_each_candidate_of_a_srcset_is_named(srcset: str, expected: list[str]) -> None:
    assert urls(f'<img srcset="{srcset}">') == expected


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ("index, follow", True),
        ("max-image-preview:large", True),
        ("noindex", False),
        ("NONE", False),
    ],
)
def test_robots_are_kept_out_by_noindex_and_none(robots: str, expected: bool) -> None:
    assert is_indexable(read_tags(f'<meta name="robots" content="{robots}">')) is expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0; url=/a/", True),
        ("0;url='/a/'", True),
        ("0 /a/", True),
        ("30", False),
        ("", False),
        ("30;", False),
    ],
)
def test_a_page_that_sends_its_reader_on_is_a_redirect(content: str, expected: bool) -> None:
    tags = read_tags(f'<meta http-equiv="refresh" content="{content}">')
    assert is_redirect(tags) is expected
    assert len(list(references(tags))) == expected


def test_an_address_in_a_style_stands_where_its_tag_stands() -> None:
    (reference,) = references(read_tags('\n <p style="color: red;\n background: url(a.png)">'))
    assert (reference.url, reference.line, reference.column) == ("a.png", 2, 2)
