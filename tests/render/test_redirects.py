"""Redirect pages."""

from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import Base
from generator.model.outputs import Frame, RedirectPage
from generator.render.redirects import render_redirect
from generator.render.xml import legal

FRAME = Frame("The Harbour Gazette", "https://example.org", "/news", "/news/")
PAGE = RedirectPage("/news/old/", "/news/new/", "Kursk & after", "uk")


def parsed(page: RedirectPage) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(render_redirect(page, FRAME))
    return document


def attributes(document: Element, path: str) -> dict[str, str]:
    element = document.find(path)
    assert element is not None
    return dict(element.attrib)


def test_the_page_leads_on_and_names_the_canonical_address() -> None:
    document = parsed(PAGE)
    assert document.get("lang") == "uk"
    assert document.findtext("head/title") == "Kursk & after"
    refresh = attributes(document, "head/meta[@http-equiv]")
    assert refresh == {"http-equiv": "refresh", "content": "0; url=/news/new/"}
    canonical = attributes(document, "head/link[@rel='canonical']")
    assert canonical["href"] == "https://example.org/news/new/"
    assert document.find("head/meta[@name='robots']") is None
    assert attributes(document, "body/p/a") == {"href": "/news/new/"}
    assert document.findtext("body/p/a") == "Kursk & after"


@pytest.mark.parametrize("title", ["", "  ", "\x00"])
def test_a_page_without_a_title_is_called_by_its_target(title: str) -> None:
    assert parsed(RedirectPage("/old/", "/new/", title)).findtext("head/title") == "/new/"


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_hostile_values_stay_text(title: str, path: str) -> None:
    target = Base.parse("https://example.org/news/").url(f"/{path}/")
    document = parsed(RedirectPage("/old/", target, f"x{title}", 'en" onload="x'))
    assert (document.findtext("body/p/a") or "").split() == f"x{legal(title)}".split()
    refresh = attributes(document, "head/meta[@http-equiv]")
    assert refresh["content"] == f"0; url={target}"
    assert set(document.attrib) == {"lang"}
    assert document.find(".//script") is None
