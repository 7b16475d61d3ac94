from pathlib import Path

import pytest

from generator.read.layouts import read_theme
from generator.read.theme import theme_folder


def write(site: Path, name: str, data: bytes = b"x") -> None:
    file = site / "layouts" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def test_a_site_without_layouts_has_the_built_in_theme(tmp_path: Path) -> None:
    theme, problems = read_theme(tmp_path)
    assert not problems
    assert theme.own == ()
    names = {layout.name for layout in theme.built_in}
    assert {"base.html", "article.html", "404.html", "parts/cards.html"} <= names
    assert all(layout.place == f"theme/{layout.name}" for layout in theme.built_in)
    assert "site.css" in {file.name for file in theme.files}


def test_the_sites_own_layouts_are_told_from_the_themes(tmp_path: Path) -> None:
    write(tmp_path, "article.html", b"\xef\xbb\xbfHi\r\n")
    write(tmp_path, "parts/mine.html", "Привіт".encode())
    theme, problems = read_theme(tmp_path)
    assert not problems
    assert [(layout.name, layout.place, layout.text) for layout in theme.own] == [
        ("article.html", "layouts/article.html", "Hi\n"),
        ("parts/mine.html", "layouts/parts/mine.html", "Привіт"),
    ]
    assert "article.html" in {layout.name for layout in theme.built_in}


@pytest.mark.parametrize("suffix", [".html", ".xml", ".txt", ".j2", ".jinja"])
def test_templates_are_layouts_by_their_ending(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, f"a{suffix}")
    theme, _ = read_theme(tmp_path)
    assert [layout.name for layout in theme.own] == [f"a{suffix}"]


def test_other_files_are_the_themes_files_and_the_sites_own_come_first(tmp_path: Path) -> None:
    write(tmp_path, "site.css", b"body {}")
    write(tmp_path, "fonts/own.woff2", b"font")
    theme, _ = read_theme(tmp_path)
    files = {file.name: file.data for file in theme.files}
    assert files["site.css"] == b"body {}"
    assert files["fonts/own.woff2"] == b"font"
    assert [file.name for file in theme.files] == sorted(files)


def test_hidden_files_and_leftovers_are_passed_over(tmp_path: Path) -> None:
    for name in (".article.html.swp", "_draft.html", "base.html~", ".git/config"):
        write(tmp_path, name)
    theme, problems = read_theme(tmp_path)
    assert (theme.own, problems) == ((), ())


def test_the_themes_own_folder_is_not_read_twice() -> None:
    built_in = theme_folder()
    if built_in.name != "layouts":
        pytest.skip("an installed Broadsheet has its theme elsewhere")
    theme, _ = read_theme(built_in.parent)
    assert theme.own == ()


def test_a_layout_that_is_not_utf_8_is_told_at_its_line(tmp_path: Path) -> None:
    write(tmp_path, "article.html", b"<h1>\ncaf\xe9</h1>")
    theme, (problem,) = read_theme(tmp_path)
    assert str(problem.place) == "layouts/article.html:2:4"
    assert (problem.message, theme.own) == ("not UTF-8: byte 0xE9", ())


def test_a_link_out_of_the_site_is_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "layouts").mkdir()
    site.mkdir()
    (site / "layouts").symlink_to("../layouts")
    _, (problem,) = read_theme(site)
    assert problem.message == "is a link that leads out of the site"


def test_a_file_that_nothing_names_is_told_with_the_likely_name(tmp_path: Path) -> None:
    write(tmp_path, "stie.css", b"p {}")
    write(tmp_path, "zebra.svg", b"<svg/>")
    _, problems = read_theme(tmp_path)
    told = {problem.place.path: (problem.is_error, problem.hint) for problem in problems}
    assert told == {
        "layouts/stie.css": (False, 'Did you mean "site.css"?'),
        "layouts/zebra.svg": (
            False,
            'Name it in a layout, {{ site.asset("zebra.svg") }}, or take it out.',
        ),
    }


def test_a_file_that_a_layout_or_a_style_sheet_names_is_not_told(tmp_path: Path) -> None:
    write(tmp_path, "base.html", b'{{ site.asset("own.css") }}')
    write(tmp_path, "own.css", b"a { src: url(fonts/own.woff2) }")
    for name in ("fonts/own.woff2", "fonts/own.woff2.license", "site.css"):
        write(tmp_path, name)
    assert read_theme(tmp_path)[1] == ()


def test_where_a_layout_computes_a_name_nothing_is_told(tmp_path: Path) -> None:
    write(tmp_path, "base.html", b"{{ site.asset(page.extra.sheet) }}")
    write(tmp_path, "own.css")
    assert read_theme(tmp_path)[1] == ()


@pytest.mark.parametrize("name", ["article.html", "site.css", "film.mp4", "words/de.po"])
def test_what_is_too_large_for_a_layout_is_not_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "layouts" / name
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        opened.truncate(1 << 34)
    problems = read_theme(tmp_path, "de")[1]
    assert {problem.place.path for problem in problems} == {f"layouts/{name}"}
    assert problems[-1].message == "is too large: 17,179,869,184 bytes; the limit is 10,485,760"
