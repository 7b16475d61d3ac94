"""Addresses as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import Base, output_path
from generator.model.written_addresses import written_address

BASE = Base.parse("https://example.org/news/")


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("/old/path/", "/old/path/"),
        ("/old/path", "/old/path/"),
        ("old/path", "/old/path/"),
        ("  /old/ \n", "/old/"),
        ("/old.html", "/old.html"),
        ("/2013/Old-Name.HTM", "/2013/Old-Name.HTM"),
        ("/old/index.html", "/old/"),
        ("/index.html", "/"),
        ("/a.php", "/a.php"),
        ("/a.b/", "/a.b/"),
        ("/v1.2", "/v1.2/"),
        ("/a.longsuffix", "/a.longsuffix/"),
        ("https://example.org/news/old", "/old/"),
        ("HTTP://Example.org/news/old.html", "/old.html"),
        ("//example.org/news/old/", "/old/"),
        ("/%D0%BA%D1%83%D1%80%D1%81%D1%8C%D0%BA/", "/курськ/"),
        ("/курськ", "/курськ/"),
        ("/big%20news/it/", "/big news/it/"),
        ("/c%23-tips/", "/c#-tips/"),
        ("/cafe\u0301/", "/caf\u00e9/"),
        ("/it's,ok;a=b&c(d)!~+@/", "/it's,ok;a=b&c(d)!~+@/"),
        ("/", "/"),
    ],
)
def test_each_way_of_writing_an_alias_is_understood(alias: str, expected: str) -> None:
    assert written_address(alias, BASE) == (expected, "")


def test_a_full_url_may_spell_the_base_path_in_two_ways() -> None:
    base = Base.parse("https://example.org/новини/")
    for alias in ("https://example.org/новини/old", base.absolute("/old/")):
        assert written_address(alias, base) == ("/old/", "")


def test_a_full_url_may_spell_the_host_in_its_own_script() -> None:
    base = Base.parse("https://приклад.укр/")
    assert written_address("https://Приклад.укр/old/", base) == ("/old/", "")
    assert written_address("https://xn--80aikifvh.xn--j1amh/old/", base) == ("/old/", "")


@pytest.mark.parametrize(
    ("alias", "fault"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("https://elsewhere.example/old/", "leads to another site"),
        ("https://example.org:8080/news/old/", "leads to another site"),
        ("https://example.org@evil.example/news/", "leads to another site"),
        ("ftp://example.org/news/old/", "leads to another site"),
        ("//evil.example/", "leads to another site"),
        ("https://[example.org/news/old/", "leads to another site"),
        ("https:///news/old/", "leads to another site"),
        (f"https://{'é' * 64}.example/news/", "leads to another site"),
        ("javascript:alert(1)", "leads to another site"),
        ("https://example.org/old/", "lies outside this site"),
        ("https://example.org/newspaper/", "lies outside this site"),
        ("../old/", "has a part that begins or ends with a dot"),
        ("./old/", "has a part that begins or ends with a dot"),
        ("/a/../../b/", "has a part that begins or ends with a dot"),
        ("/a/%2e%2e/b/", "has a part that begins or ends with a dot"),
        ("/.git/config", "has a part that begins or ends with a dot"),
        ("/a./", "has a part that begins or ends with a dot"),
        ("/a//b/", "has an empty part"),
        ("/a b/", "holds a space"),
        ("/%20a/", "holds a space"),
        ("/a%20/b", "holds a space"),
        ("/a%09b/", "holds the character U+0009"),
        ("/old/?p=1", 'holds "?"'),
        ("/old/#top", 'holds "#"'),
        ("/old/%23top/#top", 'holds "#"'),
        ("https://example.org/news/old/#top", 'holds "#"'),
        ("/old/*", 'holds "*"'),
        ("/old/:splat", 'holds ":"'),
        ("/:year/x", 'holds ":"'),
        ("/a$b/", 'holds "$"'),
        ("/a\\b/", 'holds "\\"'),
        ("/a%252fb/", 'holds "%"'),
        ("/a%b/", 'holds "%"'),
        ("/a\r\n/b /c 301", "holds the character U+000D"),
        ("/a%0d%0ab/", "holds the character U+000D"),
        ("/a\x00b/", "holds the character U+0000"),
        ("/a\u2028b/", "holds the character U+2028"),
        ("/a\u00a0b/", "holds the character U+00A0"),
        ("/a\u202eb/", "holds the character U+202E"),
        ("/a\ud800b/", "holds the character U+D800"),
        ("/%ff/", "is not percent-encoded UTF-8"),
        ("/" + "a" * 201 + "/", "is too long"),
        ("/" + "é/" * 100, "is too long"),
    ],
)
def test_what_no_host_could_serve_is_refused(alias: str, fault: str) -> None:
    assert written_address(alias, BASE) == ("", fault)


ALIASES = st.lists(
    st.sampled_from(
        [*"/.%:#*$? \r\n\\&=aB9é-_", "..", "%2e", "%0a", "//", "https://example.org/news"]
    )
).map("".join)


@given(ALIASES | st.text(st.characters()))
def test_an_address_is_safe_in_a_path_and_comes_out_the_same_again(alias: str) -> None:
    address, fault = written_address(alias, BASE)
    if fault:
        assert address == ""
        return
    assert written_address(address, BASE) == (address, "")
    assert address.startswith("/")
    path = output_path(address)
    assert path.isprintable()
    assert not path.startswith("/")
    assert all(part not in ("", ".", "..") for part in path.split("/"))
    assert len(BASE.url(address).split()) == 1
