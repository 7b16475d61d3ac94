import pytest

from generator.check.css import addresses_in_css


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { background: url(a.png) }", ["a.png"]),
        ("a { background: URL( 'a b.png' ), url(\"c.png\") }", ["a b.png", "c.png"]),
        ("@import 'a.css'; @import url(b.css); @IMPORT \"c.css\";", ["a.css", "b.css", "c.css"]),
        ("/* url(a.png) */ a { b: url(c.png) } /* url(d.png)", ["c.png"]),
        ("a { filter: url(#blur) }", []),
        ("a { color: red }", []),
        ("a { b: url() }", [""]),
    ],
)
def test_the_addresses_in_a_style_sheet(css: str, expected: list[str]) -> None:
    assert [reference.url for reference in addresses_in_css(css)] == expected


def test_an_address_knows_its_place_in_spite_of_comments() -> None:
    (reference,) = addresses_in_css("/* one\ntwo */ a {\n  b: url(c.png) }")
    assert (reference.line, reference.column) == (3, 6)
