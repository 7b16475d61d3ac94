"""Lists of old addresses, in whatever file a newsroom has them."""

from pathlib import Path

import pytest

from generator.importers.old_urls import read_old_urls
from generator.model.problems import HinderedError

SITEMAP = '<urlset xmlns="x"><url><loc>https://a.example/x/?a=1&amp;b=2</loc></url></urlset>'
LOG = '1.2.3.4 - - [1/Jan/2020] "GET /x/?a=1&b=2 HTTP/1.1" 200 12\n"GET /no HTTP/1.1" 404 1\n'


@pytest.mark.parametrize(
    "text",
    [
        SITEMAP,
        LOG,
        "# a list\nhttps://a.example/x/?a=1&b=2\n/x/?a=1&b=2\n",
        "path\t/x/?a=1&b=2\tsomething\n",
    ],
)
def test_each_address_counts_once(tmp_path: Path, text: str) -> None:
    file = tmp_path / "urls"
    file.write_text(text)
    assert read_old_urls(file) == ("/x/?a=1&b=2",)


def test_addresses_are_decoded_and_other_hosts_left_out(tmp_path: Path) -> None:
    file = tmp_path / "urls"
    file.write_text("https://a.example/%D0%B0/\nhttps://b.example/x/\nhttp://[broken\n")
    assert read_old_urls(file, frozenset({"a.example"})) == ("/а/",)  # noqa: RUF001 - Cyrillic


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(HinderedError):
        read_old_urls(tmp_path / "none")
