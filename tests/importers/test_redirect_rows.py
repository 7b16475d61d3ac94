"""Rows of `redirects.csv`: none leads nowhere, and an editor's own rows stay."""

from pathlib import Path

from generator.importers.claims import Claims
from generator.importers.redirect_rows import leading, rows_text

LIVING = {"/sea/", "/tags/", "/tags/ferry/"}


def test_a_list_that_is_empty_now_leads_to_the_front_page(tmp_path: Path) -> None:
    rows = [
        ("/category/sea/", "/sea/", 301),
        ("/category/sea/index.xml", "/sea/feed.xml", 301),
        ("/tag/gone/", "/tags/gone/", 301),
        ("/tag/gone/index.xml", "/tags/gone/feed.xml", 301),
        ("/old/", "https://elsewhere.example/", 301),
        ("/sea/", "/sea/", 301),
        ("/tags/sea/", "/tags/sea/", 301),
        ("/tags/void/", "/tags/void/", 301),
        ("/void/", "/void/", 301),
        ("/tags/index.xml", "/tags/feed.xml", 301),
    ]
    assert [*leading(rows, Claims(), LIVING, tmp_path)] == [
        ("/category/sea/", "/sea/", 301),
        ("/category/sea/index.xml", "/sea/feed.xml", 301),
        ("/tag/gone/", "/", 301),
        ("/tag/gone/index.xml", "/feed.xml", 301),
        ("/old/", "https://elsewhere.example/", 301),
        ("/tags/sea/", "/sea/", 301),
        ("/tags/void/", "/", 301),
        ("/tags/index.xml", "/feed.xml", 301),
    ]


def test_of_two_rows_for_one_address_the_first_counts(tmp_path: Path) -> None:
    rows = [("/a/", "/sea/", 301), ("/a", "/tags/ferry/", 301)]
    assert [*leading(rows, Claims(), LIVING, tmp_path)] == [("/a/", "/sea/", 301)]


def test_an_editors_rows_stay_first() -> None:
    before = "from,to\n/a/,/b/\n"
    assert rows_text([("/a/", "/c/", 301), ("/d/", "/e/", 301)], before) == (
        "from,to\n/a/,/b/\n/d/,/e/,301\n"
    )
    assert rows_text([("/d/", "/e/", 301)]) == "from,to,status\n/d/,/e/,301\n"
