"""Content security policies: what a page with one may load."""

import pytest

from generator.model.policy import Policy

HERE = "https://paper.example"
POLICY = Policy.parse(
    "default-src 'none'; img-src 'self' https:; frame-src 'self' https://*.video.example"
    " https://charts.example/maps/; style-src 'self' 'unsafe-inline'"
)


@pytest.mark.parametrize(
    ("directive", "url", "is_allowed"),
    [
        ("img-src", "/a.jpg", True),
        ("img-src", "https://other.example/a.jpg", True),
        ("img-src", "http://other.example/a.jpg", False),
        ("img-src", "data:image/png;base64,AA", False),
        ("frame-src", "/graphics/", True),
        ("frame-src", "https://paper.example/graphics/", True),
        ("frame-src", "http://paper.example/graphics/", False),
        ("frame-src", "https://player.video.example/1", True),
        ("frame-src", "https://video.example/1", False),
        ("frame-src", "//player.video.example/1", True),
        ("frame-src", "https://charts.example/maps/1", True),
        ("frame-src", "https://charts.example/1", False),
        ("frame-src", "https://[", False),
        ("script-src", "/a.js", False),
        ("object-src", "/a.pdf", False),
        ("form-action", "https://anywhere.example/", True),
    ],
)
def test_what_is_allowed(directive: str, url: str, is_allowed: bool) -> None:
    assert POLICY.allows(directive, url, HERE) is is_allowed


def test_a_site_without_a_policy_allows_everything() -> None:
    assert Policy.parse(" ; ").allows("frame-src", "http://a.example/", HERE)
    assert Policy().with_sources("frame-src", ["'self'"]) == Policy()


def test_styles_may_stand_in_a_page_only_where_that_is_said() -> None:
    assert POLICY.allows_inline("style-src")
    assert not POLICY.allows_inline("script-src")


def test_further_sources_take_the_place_of_none() -> None:
    policy = Policy.parse("frame-src 'none'; frame-src *").with_sources(
        "frame-src", ["https://a.b"]
    )
    assert str(policy) == "frame-src https://a.b"


def test_hosts_in_other_scripts_are_sent_and_compared_in_ascii() -> None:
    policy = Policy.parse("frame-src 'self' https://*.новини.укр/відео straße.example")
    assert (
        str(policy)
        == "frame-src 'self' https://*.xn--b1amarcd.xn--j1amh/%D0%B2%D1%96%D0%B4%D0%B5%D0%BE"
        " xn--strae-oqa.example"
    )
    assert policy.allows("frame-src", "https://straße.example/a b", HERE)
