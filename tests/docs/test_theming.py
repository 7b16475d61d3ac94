"""docs/theming.md lists every value that a layout sees, field by field, and its examples work."""

import re
import types
from datetime import datetime
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from jinja2.filters import FILTERS

from generator.model.body import Body
from generator.model.cards import AuthorLink, Link
from generator.model.frozen import FrozenMap
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame
from generator.model.pages import HtmlPage
from generator.model.values import fields, is_value_class, replace
from generator.render.environment import make_environment
from generator.render.templates import Layouts, render_page
from tests.support.layouts import PAGE

NAMES = {
    str: "text",
    int: "number",
    bool: "true or false",
    datetime: "date and time",
    FrozenMap: "mapping",
    Body: "Body",
}
TABLE = re.compile(r"^### (\w+)\n(.*?)(?=^###? |\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", re.MULTILINE)
EXAMPLE = re.compile(r"^```jinja\n\{# layouts/(\S+) #\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"\| `(\w+)(?:\([^`]*\))?` \|")


@pytest.fixture(scope="module")
def text(checkout: Path) -> str:
    return (checkout / "docs/theming.md").read_text("utf-8")


@pytest.fixture(scope="module")
def theme(checkout: Path) -> tuple[LayoutFile, ...]:
    folder = checkout / "layouts"
    names = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return tuple(
        LayoutFile(name, f"theme/{name}", (folder / name).read_text("utf-8")) for name in names
    )


def inner(kind: Any) -> Any:  # noqa: ANN401 - a type hint
    """The type inside lists and options."""
    if get_origin(kind) in (tuple, Union, types.UnionType):
        return inner(next(arg for arg in get_args(kind) if arg is not types.NoneType))
    return kind


def type_name(kind: Any) -> str:  # noqa: ANN401 - a type hint
    if get_origin(kind) is tuple:
        return f"list of {type_name(get_args(kind)[0])}"
    if get_origin(kind) in (Union, types.UnionType):
        shown = type_name(inner(kind))
        return "true, false or none" if shown == "true or false" else f"{shown} or none"
    return NAMES.get(kind) or f"[{kind.__name__}](#{kind.__name__.lower()})"


def values_seen() -> dict[str, type]:
    """Every value that a layout reaches from `page` and `site`, by name."""
    seen: dict[str, type] = {}
    waiting: list[type] = [*get_args(HtmlPage), Frame]
    while waiting:
        kind = waiting.pop()
        if is_value_class(kind) and kind not in NAMES and kind.__name__ not in seen:
            seen[kind.__name__] = kind
            waiting += [inner(hint) for hint in get_type_hints(kind).values()]
    return seen


def test_every_value_has_its_table(text: str) -> None:
    assert {name for name, _ in TABLE.findall(text)} == values_seen().keys()


@pytest.mark.parametrize("name", sorted(values_seen()))
def test_a_table_lists_every_field_with_its_type(name: str, text: str) -> None:
    kind = values_seen()[name]
    hints = get_type_hints(kind)
    listed = [(field, shown) for field, shown, _ in ROW.findall(dict(TABLE.findall(text))[name])]
    assert listed == [(field.name, type_name(hints[field.name])) for field in fields(kind)]


def test_a_page_names_its_layout(text: str, theme: tuple[LayoutFile, ...]) -> None:
    tables = dict(TABLE.findall(text))
    kinds = {file.name: re.match(r"\{# page: (\w+) #\}", file.text) for file in theme}
    for layout, kind in kinds.items():
        if kind:
            assert f"`{layout}`." in tables[kind[1]].split("\n| name")[0]
    assert sum(kind is not None for kind in kinds.values()) == len(get_args(HtmlPage))


def test_every_file_of_the_theme_is_listed(text: str, theme: tuple[LayoutFile, ...]) -> None:
    part = text.partition("\n## The files\n")[2].partition("\n## ")[0]
    listed = re.findall(r"`([\w./]+)`", "\n".join(re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)))
    others = ["display.woff2", "display.woff2.license", "site.css"]
    assert sorted(listed) == sorted([*(file.name for file in theme), *others])


def test_every_custom_property_of_the_style_sheet_is_listed(text: str, checkout: Path) -> None:
    part = text.partition("\n## The look\n")[2].partition("\n### ")[0]
    rows = "\n".join(re.findall(r"^\| (`--.*?) \|", part, re.MULTILINE))
    listed = re.findall(r"`(--[\w-]+)`", rows)
    css = (checkout / "layouts/site.css").read_text("utf-8")
    [root] = re.findall(r"^:root \{(.*?)^\}", css, re.MULTILINE | re.DOTALL)
    assert listed == re.findall(r"^\s*(--[\w-]+):", root, re.MULTILINE)


def test_every_filter_of_our_own_is_listed(text: str) -> None:
    part = text.partition("\n## What a layout knows\n")[2].partition("\n## ")[0]
    assert set(CODE.findall(part)) == make_environment({}).filters.keys() - FILTERS.keys()


def test_the_examples_work(text: str, theme: tuple[LayoutFile, ...]) -> None:
    frame = Frame(
        "The Gazette",
        "https://example.org",
        "/news",
        "/news/",
        assets=(Link("own.css", "/news/assets/own.0a.css"),),
    )
    rated = replace(PAGE, extra=FrozenMap((("stars", 4),)), authors=(AuthorLink("Ines"),))
    made, plain = [], []
    for name, code in EXAMPLE.findall(text):
        layouts = Layouts((LayoutFile(name, f"layouts/{name}", code),), theme)
        assert layouts.check() == ()
        made.append(render_page(layouts, rated, frame, "article.html"))
        plain.append(render_page(layouts, PAGE, frame, "article.html"))
    asked = (
        'href="/news/support/"',
        "4 of 5",
        'href="/news/assets/own.0a.css"',
        ">By Ines<",
        'href="/news/newsletter/"',
        "First published",
    )
    for words in asked:
        assert sum(words in html for html in made) == 1, words
    assert all("Skip to content" in html for html in made)
    assert not any("of 5" in html for html in plain)
