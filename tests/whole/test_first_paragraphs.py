"""The summary that is made of a story's first paragraph: what a reader of that paragraph sees."""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from generator.build import BuildOptions, build

CONFIG = """\
title: Lab
base_url: https://lab.example/
outputs: {tags: false, authors: false, archive: false, sitemap: false, news_sitemap: false}
"""
NOW = datetime(2026, 3, 2, tzinfo=UTC)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')

CASES = {
    "apostrophe": (
        "[Ireland's Eye](https://en.wikipedia.example/wiki/Ireland's_Eye) is an island.",
        "Ireland's Eye is an island.",
    ),
    "break": ("The ferry sails.<br>The bus does not.", "The ferry sails. The bus does not."),
    "hard-break": ("The ferry sails.  \nThe bus does not.", "The ferry sails. The bus does not."),
    "brackets": (
        "[Updated 10:30] [The harbour board](https://example.org/) said no.",
        "[Updated 10:30] The harbour board said no.",
    ),
    "caption": (
        "![boat](https://e.example/boat.jpg)\n*The boat at dusk.*\n\nThe ferry sails on Saturday.",
        "The ferry sails on Saturday.",
    ),
    "credit": (
        "![boat](https://e.example/boat.jpg)\nPhoto: M. Quill\n\nThe ferry sails on Saturday.",
        "The ferry sails on Saturday.",
    ),
    "text-below-picture": (
        "![boat](https://e.example/boat.jpg)\nThe ferry sails.\n\nIt is late.",
        "The ferry sails.",
    ),
    "comment": (
        "<!-- ed: check --> The ferry sails on Saturday.",
        "The ferry sails on Saturday.",
    ),
    "html": (
        "<p>The ferry sails on Saturday.</p>\n\n<p>It is late.</p>",
        "The ferry sails on Saturday.",
    ),
    "html-class": (
        "<p class='intro'>The <b>ferry</b> sails &amp; sails.</p>\n<p>It is late.</p>",
        "The ferry sails & sails.",
    ),
    "shortcode": (
        '{{< figure src="boat.jpg" >}}\n\nThe ferry sails on Saturday.',
        "The ferry sails on Saturday.",
    ),
    "liquid": (
        "{% include figure.html %}\n\nThe ferry sails on Saturday.",
        "The ferry sails on Saturday.",
    ),
    "strong": ("*The ferry **Margaret Ann*** sails.", "The ferry Margaret Ann sails."),
    "note": ("The ferry[^1] sails.\n\n[^1]: On Saturday.", "The ferry sails."),
    "entities": ("The board said &ldquo;no&rdquo; &mdash; twice.", "The board said “no” — twice."),
    "angles": ("HashMap<K, V> is gone.", "HashMap<K, V> is gone."),
    "heading": ("## Why\n\nThe ferry sails.", "The ferry sails."),
    "headline": ("# Headline\n\nThe ferry sails.", "The ferry sails."),
    "list": ("- one\n- two\n\nThe ferry sails.", "The ferry sails."),
    "kana": (
        "土曜日に再開され、嵐の後で初めて\n島の住民が渡る。",
        "土曜日に再開され、嵐の後で初めて島の住民が渡る。",
    ),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The descriptions of all cases' pages, built as one site, and the feed."""
    site = tmp_path_factory.mktemp("first-paragraphs")
    (site / "content/articles").mkdir(parents=True)
    (site / "config.yaml").write_text(CONFIG, encoding="utf-8")
    for name, (body, _) in CASES.items():
        text = f"---\ntitle: {name.capitalize()}\ndate: 2026-03-01\n---\n{body}\n"
        (site / f"content/articles/{name}.md").write_text(text, encoding="utf-8")
    build(BuildOptions(site, NOW, site / "public"))
    found = {"feed": (site / "public/feed.xml").read_text("utf-8")}
    for name in CASES:
        page = (site / f"public/news/2026/03/{name}/index.html").read_text("utf-8")
        description = DESCRIPTION.search(page)
        found[name] = html.unescape(description[1]) if description else ""
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_summary_is_what_a_reader_of_the_first_paragraph_sees(
    published: Mapping[str, str], name: str
) -> None:
    assert published[name] == CASES[name][1]


def test_the_feed_says_the_same(published: Mapping[str, str]) -> None:
    assert published["feed"].count("The ferry sails on Saturday.</description>") == 6
