"""From the pattern to an article's address."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import Base
from generator.model.permalinks import (
    Permalinks,
    expand,
    permalink_fault,
    read_permalinks,
    words_of,
)
from generator.model.written_addresses import written_address

DATE = datetime(2024, 8, 5, 23, 30, tzinfo=UTC)
WORDS = {
    "section": "world",
    "category": "world",
    "slug": "kursk",
    "title": "battle-of-kursk",
    "filename": "2024-08-05-Kursk",
    "folder": "2024/August",
}


def address(pattern: str, **words: str) -> str:
    """The address by a pattern, with the words that stand in it."""
    return expand(pattern, DATE, WORDS | words)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/:section/:year/:month/:slug/", "/world/2024/08/kursk/"),
        ("/:year/:month/:day/:slug/", "/2024/08/05/kursk/"),
        ("/:slug", "/kursk/"),
        ("/news/:year-:month/:slug", "/news/2024-08/kursk/"),
        ("/:slug/:slug/", "/kursk/kursk/"),
        ("/:year/:month/:slug.html", "/2024/08/kursk.html"),
        ("/News_1/:slug.php", "/News_1/kursk.php"),
        ("/:slug/index.html", "/kursk/"),
        ("/:category/:title", "/world/battle-of-kursk/"),
        ("/:folder/:filename.html", "/2024/August/2024-08-05-Kursk.html"),
        ("/%D0%B7/:slug", "/з/kursk/"),
    ],
)
def test_a_pattern_becomes_an_address(pattern: str, expected: str) -> None:
    assert permalink_fault(pattern) == ""
    assert address(pattern) == expected


def test_a_story_in_no_folder_has_none_in_its_address() -> None:
    assert address("/a/:folder/:slug/", folder="") == "/a/kursk/"


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("/:year/:month/", "the permalink pattern has no :slug"),
        ("/:slug/:author/", 'unknown part ":author" in the permalink pattern'),
        ("/:slugs/", 'unknown part ":slugs" in the permalink pattern'),
        (":slug/", 'not a pattern of addresses: ":slug/"'),
        ("//:slug/", 'not a pattern of addresses: "//:slug/"'),
        ("/../:slug/", 'not a pattern of addresses: "/../:slug/"'),
        ("/{a}/:slug/", 'not a pattern of addresses: "/{a}/:slug/"'),
        ("/:slug/?x", 'not a pattern of addresses: "/:slug/?x"'),
        ("", "the permalink pattern has no :slug"),
    ],
)
def test_a_faulty_pattern_is_told(pattern: str, fault: str) -> None:
    assert permalink_fault(pattern) == fault


def test_sections_have_patterns_of_their_own() -> None:
    written = {"World": "/w/:slug.html", "War Crimes": "/:slug/", "default": "/:year/:slug/"}
    found, faults = read_permalinks(written, ("permalink",))
    assert faults == ()
    assert found.of("world") == "/w/:slug.html"
    assert found.of("war-crimes", "War crimes") == "/:slug/"
    assert found.of("sport") == str(found) == "/:year/:slug/"


def test_each_faulty_pattern_of_a_mapping_is_told_by_its_keys() -> None:
    found, faults = read_permalinks({"a": "/:slug/", "b": "/:year/", "c": ["/"]}, ("permalink",))
    assert [(fault.keys, fault.message) for fault in faults] == [
        (("permalink", "b"), "the permalink pattern has no :slug"),
        (("permalink", "c"), "not a text"),
    ]
    assert found == Permalinks(sections=(("a", "/:slug/"),))


def test_only_the_words_of_a_pattern_are_asked_for() -> None:
    assert words_of("/:year/:title.html") == {"year", "title"}


slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).filter(lambda s: len(s) < 80)
parts = st.sampled_from([":section", ":year", ":month", ":day", "news", "a.b", "-", "A_b~c--d"])


@given(st.lists(parts, max_size=4), slugs, slugs, st.sampled_from(["", "/", ".html"]))
def test_every_sound_pattern_gives_sound_addresses(
    before: list[str], section: str, slug: str, end: str
) -> None:
    pattern = "/" + "/".join([*before, ":slug"]) + end
    assert permalink_fault(pattern) == ""
    found = address(pattern, section=section, slug=slug)
    assert written_address(found, Base.parse("https://e.example/")) == (found, "")
    assert found.endswith(f"/{slug}{end or '/'}")
