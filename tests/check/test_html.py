import pytest

from generator.check.html import Tag, read_tags


def test_a_tag_knows_its_attributes_and_its_place() -> None:
    (tag,) = read_tags('<p>one\n  <A HREF=" /a/?b&amp;c " download>')
    assert tag == Tag("a", (("href", " /a/?b&c "), ("download", None)), 2, 3)
    assert tag.get("href") == "/a/?b&c"
    assert tag.get("download") == ""
    assert tag.get("id") is None


def test_the_first_of_two_attributes_counts() -> None:
    (tag,) = read_tags("<p id=a id=b>")
    assert tag.get("id") == "a"


def test_tags_without_attributes_are_left_out_but_for_headings() -> None:
    assert [tag.name for tag in read_tags("<html><p><h2><b>x</b></h2><hr>")] == ["html", "h2"]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title> A &amp; B </title>", " A & B "),
        ("<title>A", "A"),
        ("<svg><title>no</title></svg><title>A</title>", "A"),
        ("<svg/><title>A</title>", "A"),
        ("</svg><title>A</title>", "A"),
    ],
)
def test_the_title_is_the_page_s_own(html: str, title: str) -> None:
    assert [tag.text for tag in read_tags(html) if tag.name == "title"] == [title]


def test_scripts_and_styles_keep_their_text_as_it_is() -> None:
    tags = read_tags("<script>a < b && '<p id=x>'</script><style>p > a {}</style>")
    assert [(tag.name, tag.text) for tag in tags] == [
        ("script", "a < b && '<p id=x>'"),
        ("style", "p > a {}"),
    ]
