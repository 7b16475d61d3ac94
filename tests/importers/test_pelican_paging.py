from pathlib import Path

import pytest

from generator.importers.pelican_paging import further_pages
from generator.importers.pelican_settings import PelicanSettings


@pytest.mark.parametrize(
    ("settings", "first", "pages"),
    [
        ("DEFAULT_PAGINATION = 2", "/tag/sea.html", ["/tag/sea2.html", "/tag/sea3.html"]),
        ("DEFAULT_PAGINATION = 2", "/tag/sea/", ["/tag/sea/index2.html", "/tag/sea/index3.html"]),
        (
            """DEFAULT_PAGINATION = 2
PAGINATION_PATTERNS = (
    (1, '{url}', '{save_as}'),
    (2, '{base_name}/page/{number}/', '{base_name}/page/{number}/index.html'),
)
""",
            "/",
            ["/page/2/", "/page/3/"],
        ),
        (
            "DEFAULT_PAGINATION = 4\nPAGINATION_PATTERNS = [[2, '', '{name}-{number}.html'], 'x']",
            "/tag/sea.html",
            ["/tag/sea-2.html"],
        ),
        ("DEFAULT_PAGINATION = False", "/", []),
        ("", "/", []),
    ],
)
def test_further_pages_of_a_list_of_five(
    tmp_path: Path, settings: str, first: str, pages: list[str]
) -> None:
    (tmp_path / "pelicanconf.py").write_text(settings)
    assert list(further_pages(PelicanSettings(tmp_path), first, 5)) == pages
