"""Where things stand, and the URLs that lead there."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import (
    Base,
    address_of,
    archive_address,
    author_address,
    files_folder,
    folder_of,
    numbered_address,
    output_path,
    owners_of,
    section_address,
    tag_address,
    web_url,
)

BELOW = Base.parse("https://example.org/news/")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/b/", "a/b/index.html"),
        ("/feed.xml", "feed.xml"),
        ("/a/feed.xml", "a/feed.xml"),
        ("/a/old-index.html", "a/old-index.html"),
    ],
)
def test_an_address_is_answered_by_a_file_and_the_file_tells_its_address(
    address: str, path: str
) -> None:
    assert output_path(address) == path
    assert address_of(path) == address


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/", "/news/"),
        ("/a/b.jpg", "/news/a/b.jpg"),
        ("/two boats.jpg", "/news/two%20boats.jpg"),
        ("/50% #1?.jpg", "/news/50%25%20%231%3F.jpg"),
        ("/caf\u00e9/", "/news/caf%C3%A9/"),
        ('/"<&>".jpg', "/news/%22%3C&%3E%22.jpg"),
    ],
)
def test_a_url_lies_below_the_base_path_percent_encoded(address: str, url: str) -> None:
    assert BELOW.url(address) == url
    assert BELOW.absolute(address) == "https://example.org" + url


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_url_leads_back_to_its_address(name: str) -> None:
    parts = urlsplit(BELOW.url("/" + name))
    assert (parts.query, parts.fragment, parts.netloc) == ("", "", "")
    assert unquote(parts.path) == "/news/" + name
    assert BELOW.url("/" + name).isascii()


@pytest.mark.parametrize("url", ["https://example.org/news", "https://EXAMPLE.org/news/"])
def test_the_last_slash_and_the_hosts_capitals_do_not_matter(url: str) -> None:
    assert Base.parse(url) == BELOW


def test_a_base_path_is_encoded_once() -> None:
    for url in ("https://example.org/caf%C3%A9/", "https://example.org/caf\u00e9/"):
        assert Base.parse(url).url("/a/") == "/caf%C3%A9/a/"


def test_a_host_in_another_script_keeps_its_port() -> None:
    assert (
        Base.parse("http://b\u00fccher.example:8080/").origin == "http://xn--bcher-kva.example:8080"
    )


def test_everything_has_its_place() -> None:
    assert section_address("world") == "/world/"
    assert tag_address("kursk") == "/tags/kursk/"
    assert author_address("jane") == "/authors/jane/"
    assert numbered_address("/tags/kursk/", 3) == "/tags/kursk/page/3/"
    assert numbered_address("/", 3) == "/page/3/"
    assert [
        archive_address(),
        archive_address(2024),
        archive_address(2024, 8),
        archive_address(987, 11),
    ] == [
        "/archive/",
        "/archive/2024/",
        "/archive/2024/08/",
        "/archive/0987/11/",
    ]


@pytest.mark.parametrize(
    ("address", "links", "files"),
    [
        ("/", "/", "/"),
        ("/a/b/", "/a/b/", "/a/b/"),
        ("/a/b.html", "/a/", "/a/b/"),
        ("/a/b.php", "/a/", "/a/b.php-files/"),
    ],
)
def test_links_and_files_of_a_page_begin_at_folders_of_its_own(
    address: str, links: str, files: str
) -> None:
    assert folder_of(address) == links
    assert files_folder(address) == files
    assert address in owners_of(files)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://cdn.example/порт два.jpg?w=1&h=2#x y", None),
        ("https://приклад.укр:8080/ї", "https://xn--80aikifvh.xn--j1amh:8080/%D1%97"),
        ("https://Straße.example/", "https://xn--strae-oqa.example/"),
        ("https://новини。укр/", "https://xn--b1amarcd.xn--j1amh/"),
        ("https://\U0001f951.example/", "https://xn--nr9h.example/"),
        ("//приклад.укр?ї", "//xn--80aikifvh.xn--j1amh?%D1%97"),
        ("https://a@приклад.укр/", "https://a@xn--80aikifvh.xn--j1amh/"),
        ("https://e.example/%d1%97/100%/%zz", "https://e.example/%d1%97/100%25/%25zz"),
        ("mailto:desk@e.example?subject=Two words", "mailto:desk@e.example?subject=Two%20words"),
        ("https://e.example/a;b=(c)!~'*$,+@:[]", "https://e.example/a;b=(c)!~'*$,+@:[]"),
        (f"https://{'é' * 64}.example/", f"https://{'%C3%A9' * 64}.example/"),
    ],
)
def test_a_url_goes_out_percent_encoded_with_its_host_in_ascii(
    written: str, sent: str | None
) -> None:
    port = "https://cdn.example/%D0%BF%D0%BE%D1%80%D1%82%20%D0%B4%D0%B2%D0%B0.jpg?w=1&h=2#x%20y"
    assert web_url(written) == (sent or port)
    assert web_url(web_url(written)) == web_url(written)


@given(st.text(st.characters()))
def test_a_url_that_goes_out_is_ascii_without_spaces(text: str) -> None:
    sent = web_url(f"https://e.example/{text}")
    assert sent.isascii()
    assert len(sent.split()) == 1
    assert web_url(sent) == sent
