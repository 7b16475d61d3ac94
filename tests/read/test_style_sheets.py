"""Style sheets name the files beside them as they are published, and the face that is chosen."""

from generator.model.digests import content_digest
from generator.model.layouts import ThemeFile
from generator.read.style_sheets import styled
from tests.support.pages import THEME


def file(name: str, data: bytes) -> ThemeFile:
    return ThemeFile(name, content_digest(data), data)


FONT = file("fonts/own.woff2", b"font")
SHEET = file("site.css", (THEME / "site.css").read_bytes())
FACE = file("display.woff2", (THEME / "display.woff2").read_bytes())
LICENCE = file("display.woff2.license", b"free")


def sheet_of(files: tuple[ThemeFile, ...], name: str = "site.css") -> str:
    return next(one.data.decode() for one in files if one.name == name)


def test_a_file_beside_a_style_sheet_is_named_as_it_is_published() -> None:
    css = b"a { src: url(\"../fonts/own.woff2#x\"), url(/fonts/own.woff2), url( 'no.png' ) }"
    files = styled((FONT, file("css/own.css", css)))
    name = FONT.published_name.removeprefix("fonts/")
    assert sheet_of(files, "css/own.css") == (
        f"a {{ src: url(\"../fonts/{name}#x\"), url(/fonts/own.woff2), url( 'no.png' ) }}"
    )
    assert files[0].digest == content_digest(files[0].data)


def test_another_file_gives_the_style_sheet_another_name() -> None:
    css = file("own.css", b"a { src: url(fonts/own.woff2) }")
    names = [
        next(one.published_name for one in styled((css, font)) if one.name == "own.css")
        for font in (FONT, file("fonts/own.woff2", b"another"))
    ]
    assert names[0] != names[1]


def test_the_themes_face_is_there_until_another_is_chosen() -> None:
    files = styled((SHEET, FACE, LICENCE))
    assert f'url("{FACE.published_name}")' in sheet_of(files)
    assert len(files) == 3


def test_a_dropped_face_leaves_nothing_behind() -> None:
    files = styled((SHEET, FACE, LICENCE), "none")
    assert [one.name for one in files] == ["site.css"]
    assert "@font-face" not in sheet_of(files)
    assert "--display:" in sheet_of(files)


def test_another_face_takes_its_place() -> None:
    files = styled((SHEET, FACE, LICENCE), "/fonts/my own.woff2")
    css = sheet_of(files)
    assert css.count("@font-face") == 1
    assert 'src: url("../fonts/my%20own.woff2")' in css
    assert [one.name for one in files] == ["site.css"]


def test_a_style_sheet_of_ones_own_keeps_its_own_faces() -> None:
    own = file("site.css", b'@font-face { font-family: "Mine"; src: url(m.woff2) }')
    assert "Mine" in sheet_of(styled((own, FACE), "none"))
