"""From the pattern to an article's address."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.permalinks import LONGEST, address_fault, expand, permalink_fault

DATE = datetime(2024, 8, 5, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/:section/:year/:month/:slug/", "/world/2024/08/kursk/"),
        ("/:year/:month/:day/:slug/", "/2024/08/05/kursk/"),
        ("/:slug", "/kursk/"),
        ("/news/:year-:month/:slug", "/news/2024-08/kursk/"),
        ("/:slug/:slug/", "/kursk/kursk/"),
    ],
)
def test_a_pattern_becomes_an_address(pattern: str, address: str) -> None:
    assert permalink_fault(pattern) == ""
    assert expand(pattern, section="world", slug="kursk", date=DATE) == address


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("/:year/:month/", "the permalink pattern has no :slug"),
        ("/:slug/:title/", 'unknown part ":title" in the permalink pattern'),
        ("/:slugs/", 'unknown part ":slugs" in the permalink pattern'),
        (":slug/", 'not a pattern of addresses: ":slug/"'),
        ("/:slug.html", 'not a pattern of addresses: "/:slug.html"'),
        ("//:slug/", 'not a pattern of addresses: "//:slug/"'),
        ("/../:slug/", 'not a pattern of addresses: "/../:slug/"'),
        ("/News/:slug/", 'not a pattern of addresses: "/News/:slug/"'),
        ("/:slug/?x", 'not a pattern of addresses: "/:slug/?x"'),
        ("", "the permalink pattern has no :slug"),
    ],
)
def test_a_faulty_pattern_is_told(pattern: str, fault: str) -> None:
    assert permalink_fault(pattern) == fault


slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).filter(lambda s: len(s) < 80)
parts = st.sampled_from([":section", ":year", ":month", ":day", "news", "a.b", "-"])


@given(st.lists(parts, max_size=4), slugs, slugs, st.booleans())
def test_every_sound_pattern_gives_sound_addresses(
    before: list[str], section: str, slug: str, closed: bool
) -> None:
    pattern = "/" + "/".join([*before, ":slug"]) + "/" * closed
    assert permalink_fault(pattern) == ""
    address = expand(pattern, section=section, slug=slug, date=DATE)
    assert address_fault(address) == ""
    assert address.endswith(f"/{slug}/")


@pytest.mark.parametrize("address", ["/", "/a/", "/a/b-c/d_e.f~g/", f"/{'a' * 200}/"])
def test_lower_case_ascii_between_slashes_is_an_address(address: str) -> None:
    assert address_fault(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a/",
        "/a",
        "//",
        "/a//b/",
        "/A/",
        "/é/",
        "/a b/",
        "/./",
        "/../",
        "/a/../b/",
        "/.a/",
        "/a./",
        "/a\\b/",
        "/a?b/",
        "/%61/",
        "/a/\n",
    ],
)
def test_anything_else_is_none(address: str) -> None:
    assert address_fault(address) == f'not an address: "{address}"'


def test_a_part_that_no_disk_takes_is_refused() -> None:
    assert address_fault(f"/{'a' * 201}/") == "an address with a part of more than 200 characters"


def test_an_address_has_a_length_at_which_it_is_told_without_its_text() -> None:
    address = "/" + "abc/" * 1_250
    assert address_fault(address) == f"an address of more than {LONGEST} characters"
    assert not address_fault("/" + "abc/" * 120)
