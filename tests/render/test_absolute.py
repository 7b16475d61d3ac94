"""Absolute URLs in values."""

import pytest

from generator.render.absolute import absolute_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/a.png", "https://example.org/a.png"),
        ("//cdn.example.net/a.png", "https://cdn.example.net/a.png"),
        ("http://elsewhere.example/", "http://elsewhere.example/"),
        ("", ""),
    ],
)
def test_a_url_from_the_root_gets_its_origin(url: str, expected: str) -> None:
    assert absolute_url(url, "https://example.org") == expected
