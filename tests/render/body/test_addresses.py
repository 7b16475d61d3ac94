import pytest

from generator.render.body.addresses import is_outside, refused_scheme, scheme_of


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://x.org/", "https"),
        ("HTTPS://x.org/", "https"),
        ("x/y.md", ""),
        ("x/y:z", ""),
        ("#a:b", ""),
        ("12:30", ""),
        (" \t\x00java\nscr\tipt\r:x", "javascript"),
        ("java\x01script:x", ""),
    ],
)
def test_the_scheme_is_what_a_browser_sees(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


@pytest.mark.parametrize("address", ["/a", "a.md", "?a:b", "mailto:a@b", "tg://resolve?domain=a"])
def test_addresses_here_and_of_known_kinds_are_allowed(address: str) -> None:
    assert refused_scheme(address) == ""


@pytest.mark.parametrize("address", ["javascript:x", "data:image/png,x", "foo:bar", "file:///x"])
def test_all_other_schemes_are_refused(address: str) -> None:
    assert refused_scheme(address) == address.partition(":")[0]


@pytest.mark.parametrize(
    ("address", "outside"), [("//x.org", True), ("https://x", True), ("/x", False), ("x", False)]
)
def test_an_outside_address_names_another_host(address: str, *, outside: bool) -> None:
    assert is_outside(address) is outside
