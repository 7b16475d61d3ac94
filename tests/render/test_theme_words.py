"""The theme's own words: all in one file, each in its own language, on layouts of any frame."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, nodes

from generator.model.cards import Link
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame
from generator.render.templates import Layouts, render_page
from tests.support.pages import LAYOUTS, PAGES, THEME, html_of

HTML = "{http://www.w3.org/1999/xhtml}"
FRAME = Frame(
    "Дзвін",
    "https://example.org",
    "",
    "/",
    language="uk",
    navigation=(Link("Світ", "/svit/"),),
    footer=(Link("Про нас", "/about/"),),
    tags_url="/tags/",
    authors_url="/authors/",
    archive_url="/archive/",
)
SPOKEN = re.compile(r"\s(?:aria-label|alt|title)=\"([^\"]*)\"")
MARKUP = re.compile(r"<[^>]*>|[\w-]+=\"[^\"]*\"")
LOOK = re.compile(r"\{% block look %\}\w+\{% endblock %\}")
"""Gives `<main>` a class: no word that is read."""
WORD = re.compile(r"[^\W\d_]+")
FRAME_EXAMPLE = re.compile(r"^```jinja\n(<!doctype html>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def files() -> tuple[LayoutFile, ...]:
    names = sorted(file.relative_to(THEME).as_posix() for file in THEME.rglob("*.html"))
    return tuple(LayoutFile(n, f"theme/{n}", (THEME / n).read_text("utf-8")) for n in names)


@pytest.fixture(scope="module")
def labels(files: tuple[LayoutFile, ...]) -> Mapping[str, str | dict[str, str]]:
    """What the theme's file of words sets."""
    text = next(file.text for file in files if file.name == "labels.html")
    module = Environment(autoescape=True).from_string(text).module
    found: dict[str, str | dict[str, str]] = vars(module)["labels"]
    return found


def parsed(html: str) -> Element:
    tree: Element = html5lib.parse(html)
    return tree


def elements(tree: Element, name: str, **attributes: str) -> Iterator[Element]:
    for element in tree.iter(HTML + name):
        if all(element.get(key.rstrip("_")) == value for key, value in attributes.items()):
            yield element


def own_words(text: str) -> list[str]:
    """The words that a layout says by itself: between its tags, and in what is read out."""
    tree = Environment(autoescape=True).parse(LOOK.sub("", text))
    written = chain.from_iterable(output.nodes for output in tree.find_all(nodes.Output))
    html = "".join(node.data if isinstance(node, nodes.TemplateData) else "0" for node in written)
    said = [*SPOKEN.findall(html), MARKUP.sub(" ", html)]
    return WORD.findall(" ".join(said))


def test_a_word_in_a_layout_would_be_found() -> None:
    layout = '<p class="a" title="Go {{ x }}">{% if y %}<b>Hello</b>{% endif %} {{ x }}</p>'
    assert own_words(layout) == ["Go", "Hello"]


def test_no_layout_but_that_of_the_labels_holds_a_word(files: tuple[LayoutFile, ...]) -> None:
    said = {file.name: own_words(file.text) for file in files}
    assert {name: words for name, words in said.items() if words} == {}


def test_one_file_translates_every_page(
    files: tuple[LayoutFile, ...], labels: Mapping[str, str | dict[str, str]]
) -> None:
    theirs = {
        name: dict.fromkeys(label, f"«{name}»") if isinstance(label, dict) else f"«{name}»"
        for name, label in labels.items()
    }
    own = LayoutFile("labels.html", "layouts/labels.html", f"{{% set labels = {theirs!r} %}}")
    layouts = Layouts((own,), files)
    html = "".join(render_page(layouts, p, FRAME, LAYOUTS[type(p)]) for p in PAGES.values())
    assert set(re.findall("«([a-z_]+)»", html)) == labels.keys()


def test_the_documentation_lists_every_label(
    checkout: Path, labels: Mapping[str, str | dict[str, str]]
) -> None:
    text = (checkout / "docs/theming.md").read_text("utf-8")
    part = text.partition("\n## The words\n")[2].partition("\n## ")[0]
    listed = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", part, re.MULTILINE))
    assert listed.keys() == labels.keys()
    for name, label in labels.items():
        shown = ", ".join(label.values()) if isinstance(label, dict) else label
        assert listed[name] == shown


def test_one_word_is_used_for_tags(labels: Mapping[str, str | dict[str, str]]) -> None:
    assert labels["tags"] == labels["all_tags"] == "Tags"


def test_a_frame_of_the_sites_own_needs_to_set_nothing(
    checkout: Path, files: tuple[LayoutFile, ...]
) -> None:
    (base,) = FRAME_EXAMPLE.findall((checkout / "docs/theming.md").read_text("utf-8"))
    with_foot = base.replace("</body>", '{% include "parts/footer.html" %}</body>')
    layouts = Layouts((LayoutFile("base.html", "layouts/base.html", with_foot),), files)
    for page in PAGES.values():
        html = render_page(layouts, page, FRAME, LAYOUTS[type(page)])
        assert "colophon" in html
        assert "<main>" in html


def test_boxes_of_a_story_follow_its_direction() -> None:
    (main,) = elements(parsed(html_of("arabic article")), "main")
    boxes = ("tags", "neighbours", "band", "tiles", "address", "story-foot")
    found = [e for e in main.iter() if e.get("class") in boxes]
    assert {e.get("class") for e in found} == set(boxes)
    assert [e.get("class") for e in found if "dir" in e.attrib] == []


def test_words_of_the_paper_in_a_foreign_story_say_their_language() -> None:
    tree = parsed(html_of("arabic article"))
    for name in ("_tags", "_related"):
        (heading,) = elements(tree, "h2", id=name)
        assert [(e.get("lang"), e.get("dir")) for e in heading] == [("en", "ltr")]
    (tags,) = (e for e in tree.iter() if e.get("class") == "tags")
    assert [e.get("lang") for e in tags.iter(HTML + "ul")] == ["en"]
    (nav,) = elements(tree, "nav", class_="neighbours")
    assert nav.get("lang") == "en"
    assert {e.get("lang") for e in nav.iter(HTML + "bdi")} == {"ar", None}


def test_a_card_in_a_foreign_story_says_its_language() -> None:
    (aside,) = elements(parsed(html_of("arabic article")), "aside")
    tongues = [(e.get("lang"), e.get("dir")) for e in aside.iter(HTML + "article")]
    assert tongues.count(("en", "ltr")) == len(tongues) - 1
    assert tongues.count((None, None)) == 1


def test_a_pager_has_newer_pages_on_one_side_and_older_ones_on_the_other() -> None:
    def sides(name: str) -> list[list[str | None]]:
        navs = elements(parsed(html_of(name)), "nav", class_="pager")
        lists = [side for nav in navs for side in nav.iter(HTML + "ul")]
        return [[a.get("rel") for a in side.iter(HTML + "a")] for side in lists]

    assert sides("older front") == [["first", "prev"], ["next", "last"]]
    assert sides("tag") == [["next", "last"]]
    assert sides("month") == [["prev"], ["next"]]
