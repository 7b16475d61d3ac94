"""Hostile text in any field of any value is inert in the theme's pages."""

import types
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import html5lib
import pytest

from generator.model.frozen import FrozenMap
from generator.model.outputs import Frame
from generator.model.pages import ArticlePage, AuthorPage, FrontPage, HtmlPage, SectionPage, TagPage
from generator.model.values import fields, is_value_class, replace
from tests.support.pages import render

HOSTILE = """"' onload=alert(1) ><script>alert(1)</script><b>"""
NOT_TEXT = {"body": "<p>Text</p>", "kind": "website", "type": "news"}
"""Fields that hold HTML, or one of a few words that are checked before."""
NOON = datetime(2024, 8, 15, 12, 0, tzinfo=UTC)
KINDS: tuple[type[HtmlPage], ...] = get_args(HtmlPage)


def hostile(kind: Any, name: str = "") -> Any:  # noqa: ANN401, PLR0911 - any type
    """A value of a type with hostile text wherever it has text."""
    if kind is str:
        return NOT_TEXT.get(name, HOSTILE)
    if kind is datetime:
        return NOON
    if kind is FrozenMap:
        return FrozenMap(((HOSTILE, HOSTILE),))
    if kind in (int, bool):
        return kind(0)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if get_origin(kind) is tuple:
        return (hostile(get_args(kind)[0], name),) * 2
    if get_origin(kind) in (Union, types.UnionType):
        return hostile(next(arg for arg in get_args(kind) if arg is not types.NoneType), name)
    assert is_value_class(kind)
    assert isinstance(kind, type)
    hints = get_type_hints(kind)
    return kind(**{f.name: hostile(hints[f.name], f.name) for f in fields(kind)})


def newest(page: HtmlPage) -> HtmlPage:
    return page


def older(page: HtmlPage) -> HtmlPage:
    if isinstance(page, FrontPage | SectionPage | TagPage | AuthorPage):
        return replace(page, pager=replace(page.pager, number=3))
    return page


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("change", [newest, older])
def test_hostile_text_is_inert_wherever_it_stands(
    kind: type[HtmlPage], change: Callable[[HtmlPage], HtmlPage]
) -> None:
    page = change(hostile(kind))
    if isinstance(page, ArticlePage):
        page = replace(page, head=replace(page.head, kind="article"))
    html = render(page, hostile(Frame))
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") > 10
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert not list(tree.iter("b"))
    assert not [element for element in tree.iter() if "onload" in element.attrib]
    assert {e.get("type") for e in tree.iter("script")} <= {"application/ld+json"}
