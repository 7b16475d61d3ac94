"""XML for feeds and sitemaps."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from generator.render.xml import XmlWriter, illegal_characters, legal


def written(text: str) -> ET.Element:
    xml = XmlWriter()
    with xml.inside("root", {"title": text}):
        xml.element("item", text)
    return ET.fromstring(xml.document())  # noqa: S314 - our own bytes


@given(st.text(st.characters()))
def test_any_text_comes_back_but_for_what_xml_does_not_allow(text: str) -> None:
    root = written(text)
    assert root.get("title") == legal(text)
    assert root.findtext("item") == legal(text)


def test_the_first_2048_code_points_and_the_surrogates_come_back_or_are_dropped() -> None:
    numbers = [*range(0x800), *range(0xD800, 0xE000), 0xFFFD, 0xFFFE, 0xFFFF, 0x10FFFF]
    dropped = {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {0x9, 0xA, 0xD}
    for number in numbers:
        kept = "" if number in dropped else chr(number)
        expected = f"a{kept}b".replace("\r", "\n")
        assert written(f"a{chr(number)}b").findtext("item") == expected, hex(number)


def test_each_illegal_character_is_named_once() -> None:
    assert illegal_characters("a\x00b\ud800\x00\x0b") == ("\x00", "\x0b", "\ud800")
    assert illegal_characters("tab\t line\n emoji \U0001f600 nel \x85") == ()


def test_line_ends_of_other_systems_become_line_feeds() -> None:
    assert legal("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_an_element_without_text_is_closed_at_once() -> None:
    xml = XmlWriter()
    xml.element("a", "", {"b": 'say "<&>"'})
    assert xml.document() == (
        b"""<?xml version="1.0" encoding="utf-8"?>\n<a b='say "&lt;&amp;&gt;"'/>\n"""
    )


def test_nothing_is_added_between_elements() -> None:
    xml = XmlWriter()
    with xml.inside("a"):
        xml.element("b", "1")
        xml.element("c", "]]>")
    assert xml.document().endswith(b"\n<a><b>1</b><c>]]&gt;</c></a>\n")
