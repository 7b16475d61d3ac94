"""What kind of picture a URL names."""

import pytest

from generator.render.media_types import media_type_of


@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        ("/a.svg", "image/svg+xml"),
        ("https://x.org/A.SVG?v=2#top", "image/svg+xml"),
        ("/a.svg.png", "image/png"),
        ("/picture", ""),
    ],
)
def test_the_end_of_a_path_tells_the_type(url: str, media_type: str) -> None:
    assert media_type_of(url) == media_type
