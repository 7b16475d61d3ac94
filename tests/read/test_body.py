from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.body import LinkTarget
from generator.read.body import scan_body
from tests.support.work import TIMES, assert_in_proportion


def targets(text: str) -> list[str]:
    return [t.target for t in scan_body(text, 1).targets]


def test_a_link_is_found_with_its_line_and_column() -> None:
    facts = scan_body("Intro.\n\nSee [this](../a.md).\n", 12)
    assert facts.line == 12
    assert facts.targets == (LinkTarget("../a.md", 14, 12),)


def test_targets_on_one_line_have_their_own_columns() -> None:
    found = scan_body("[a](b.md) [c](d.md)", 1).targets
    assert [(t.line, t.column) for t in found] == [(1, 5), (1, 15)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_every_kind_of_line_end_counts(end: str) -> None:
    found = scan_body(f"\ufeffa{end}{end}b [c](d.md)", 5).targets
    assert found == (LinkTarget("d.md", 7, 7),)


def test_an_apostrophe_in_a_file_s_name_belongs_to_the_link() -> None:
    text = "[His story](o'neill.md) is here (he calls it 'fine') to [read](b.md 'Now')."
    assert targets(text) == ["o'neill.md", "b.md"]


def test_pictures_are_told_from_links_also_inside_them() -> None:
    found = scan_body("[![Boat](boat.jpg)](/harbour/) ![](<a b.png>)", 1).targets
    assert [(t.target, t.is_picture) for t in found] == [
        ("boat.jpg", True),
        ("/harbour/", False),
        ("a b.png", True),
    ]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ('[a](b.md "title")', "b.md"),
        ("[a](b.md 'title')", "b.md"),
        ("[a]( b.md )", "b.md"),
        ("[a](\n  b.md)", "b.md"),
        ("[a](<b c.md>)", "b c.md"),
        ("[a](b(1).jpg)", "b(1).jpg"),
        ("[a](<b (1).jpg>)", "b (1).jpg"),
        ("[a](b_(c).md)", "b_(c).md"),
        ("[a](http://x/it's)", "http://x/it's"),
        (r"[a](b\_c.md)", "b_c.md"),
        ("[a](b?x=1&amp;y=2&copy=3)", "b?x=1&y=2&copy=3"),
        ("[a [b] c](d.md)", "d.md"),
    ],
)
def test_a_target_is_found_as_a_browser_would_get_it(written: str, target: str) -> None:
    assert targets(written) == [target]


@pytest.mark.parametrize(
    "text",
    [
        '[a]: b.md "T"',
        "[a]: <b.md>",
        "[a]:\n   b.md",
        "> [a]: b.md",
        "   [a]: b.md",
        "1. x\n\n    [a]: b.md",
        "[^1]: See [a](b.md)",
    ],
)
def test_definitions_are_found(text: str) -> None:
    assert targets(text) == ["b.md"]


def test_raw_html_is_looked_at() -> None:
    text = "<a class=x href=\"a.md\">x</a> <IMG SRC='b.png'> <iframe src=c.html></iframe>"
    found = scan_body(text, 1).targets
    assert [(t.target, t.is_picture, t.is_html) for t in found] == [
        ("a.md", False, True),
        ("b.png", True, True),
        ("c.html", False, True),
    ]
    assert found[0].column == text.index("a.md") + 1


def test_pictures_of_a_video_and_of_a_set_are_found_in_raw_html() -> None:
    text = (
        '<picture><source srcset="a.webp 1x,\n b%202.webp 2x, "><img src=c.jpg></picture>'
        "<video poster='d.jpg' src=e.mp4></video> <p title='srcset'>x</p>"
    )
    found = [target.target for target in scan_body(text, 1).targets]
    assert found == ["a.webp", "b%202.webp", "c.jpg", "d.jpg", "e.mp4"]


@pytest.mark.parametrize(
    "text",
    [
        "```\n[a](b.md)\n```",
        "~~~ md\n[a](b.md)\n\n[c]: d\n~~~",
        "- x\n\n  ```\n  [a](b.md)\n  ```",
        "Text\n\n    [a](b.md)\n\n    [c](d.md)",
        "Text\n\n\t[a](b.md)",
        "`[a](b.md)` and ``[a](`b.md)``",
        "<!-- [a](b.md) <a href='x'> -->",
        "Text <!-- [a](b.md) --> more",
        "<!--\n\n[a](b.md)\n\n-->",
        r"[a\](b.md)",
        "*[HTML]: Hypertext",
        "[^1]: note",
        "a [b] (c) {href=x}",
        "```\n[a](b.md)",
        "`` ` [a](b.md)` ``",
        "<!-- [a](b.md)",
        "<!-- x -->[a](b.md)",
        "[a](b c.md)",
    ],
)
def test_code_comments_and_what_only_looks_like_a_link_are_passed_over(text: str) -> None:
    assert targets(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Text\n    [a](b.md)",
        "- x\n\n    [a](b.md)",
        "It`s one.\n\n[a](b.md) it`s",
        "\\`[a](b.md)`",
        "`\n# [a](b.md)`",
        "x <!-- y -->[a](b.md)",
    ],
)
def test_what_is_no_code_after_all_is_looked_at(text: str) -> None:
    assert targets(text) == ["b.md"]


@pytest.mark.parametrize(("text", "has_text"), [("", False), (" \n\t\n", False), ("A\n", True)])
def test_white_space_is_no_text(text: str, has_text: bool) -> None:
    assert scan_body(text, 1).has_text == has_text


def test_links_to_other_sites_can_be_left_out() -> None:
    text = (
        "[a](https://x.org)\n![b](https://x.org/b.jpg) [c](mailto:d@x.org) [e](f.md)\n<a href=//y>"
    )
    kept = scan_body(text, 3, outward=False).targets
    assert [(t.target, t.line) for t in kept] == [
        ("https://x.org/b.jpg", 4),
        ("f.md", 4),
        ("//y", 5),
    ]
    assert set(kept) < set(scan_body(text, 3).targets)


PIECES = st.sampled_from(
    (
        *("[a](https://x.org)", "](http://y.org/z 't')", "](mailto:a@b.org)", "](\nhttps://x)"),
        *("[b](c.md)", "[r]: d.md", "<a href=e.md>", "![", "]:", "[", "]", "(", "&amp;"),
        *("`", "```\n", "    ", "\\", "\n\n", " "),
    )
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_leaving_out_links_to_other_sites_leaves_out_nothing_else(text: str) -> None:
    inward = tuple(
        found
        for found in scan_body(text, 1).targets
        if found.is_picture or not found.target.startswith(("https://", "http://", "mailto:"))
    )
    for opening in (True, False):
        assert scan_body(text, 1, outward=False, opening=opening).targets == inward


@given(st.text(alphabet="[](){}<>!`~#*_-=|:\\\"' \n\tab.", max_size=120))
def test_any_text_has_targets_at_places_where_they_stand(text: str) -> None:
    lines = text.split("\n")
    for target in scan_body(text, 1).targets:
        rest = lines[target.line - 1][target.column - 1 :]
        if "\\" not in text:
            assert rest.startswith(target.target.split("\n")[0].rstrip())


# Texts by their size: of as many characters as stand behind them.
HOSTILE: dict[str, tuple[Callable[[int], str], int]] = {
    "link tails": (lambda n: "](" * (n // 2), 200_000),
    "brackets": (lambda n: "[" * n, 200_000),
    "parens": (lambda n: "[a](" + "(" * n, 200_000),
    "links in links": (lambda n: "[a](b " * (n // 6), 240_000),
    "backticks": (lambda n: "".join("`" * (i % 60 + 1) + " " for i in range(n // 32)), 192_000),
    "comments": (lambda n: "<!--" * (n // 4), 200_000),
    "closed comments": (lambda n: "<!---->" * (n // 7), 210_000),
    "tags": (lambda n: "<a " * (n // 3), 210_000),
    "addresses": (lambda n: '<a href="' * (n // 9), 180_000),
    "open elements": (lambda n: "".join(f"<x{i}>\n\n" for i in range(n // 9)), 180_000),
    "fences": (lambda n: "```a\n" * (n // 5), 200_000),
    "headings": (lambda n: "# a\n" * (n // 4), 200_000),
    "spaces": (lambda n: " " * n + "x", 200_000),
    "spaced lines": (lambda n: "\n" + " " * n + "\nx", 200_000),
    "stars": (lambda n: "*a " * (n // 3), 180_000),
    "definitions": (lambda n: "[a]: b\n" * (n // 7), 210_000),
    "pictures": (lambda n: "![](a)\n\n" * (n // 8), 160_000),
}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "size"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_take_no_more_work_than_their_share(
    text: Callable[[int], str], size: int
) -> None:
    texts = {n: text(n) for n in (size // TIMES, size)}
    assert_in_proportion(lambda n: scan_body(texts[n], 1), size)
