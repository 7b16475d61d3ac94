"""Shortcodes of a Hugo project: what its layouts make of them, and what is kept of the others."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.importers.hugo import open_site
from generator.importers.hugo_shortcodes import in_one_block
from generator.importers.old_site import ImportAsked
from tests.support.sites import write_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PROJECT = (
    '-- hugo.toml --\ntitle = "The Gazette"\n'
    "-- content/news/flood.md --\n---\ntitle: The flood\ndate: 2014-03-05\n---\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "old"


def body(project: Path, text: str) -> str:
    site = open_site([write_site(project, PROJECT + text)], ImportAsked(now=NOW))
    [found] = site.texts()
    return found.body.strip()


LISTING = (
    '{{< listing "html" >}}\n<a href="{{ .Permalink }}">\n\n{{ .Title }}</a>\n{{< /listing >}}\n'
)


def test_a_layout_may_show_code(project: Path) -> None:
    layout = (
        "-- layouts/shortcodes/listing.html --\n<div>\n"
        '  {{ highlight (trim .Inner "\\n") (.Get 0) "" }}\n</div>\n'
    )
    assert body(project, LISTING + layout) == (
        '<div>\n<pre><code class="language-html">&lt;a href="{{ .Permalink }}"&gt;\n'
        "&#10;{{ .Title }}&lt;/a&gt;</code></pre>\n</div>"
    )


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("listing", "{{ unknown 1 }}<pre>{{ .Inner }}</pre>"),
        ("my-code", ""),
    ],
)
def test_code_stays_code_where_nobody_knows_what_the_layout_does(
    project: Path, name: str, layout: str
) -> None:
    file = f"-- layouts/shortcodes/{name}.html --\n{layout}\n" if layout else ""
    made = body(project, LISTING.replace("listing", name) + file)
    assert made == '```html\n<a href="{{ .Permalink }}">\n\n{{ .Title }}</a>\n```'


def test_layouts_of_vendored_themes_and_drawings_among_partials_are_found(project: Path) -> None:
    theme = "_vendor/example.org/some/theme/layouts"
    files = (
        f"-- {theme}/shortcodes/note.html --\n"
        '<aside>{{ partial "icons/i.svg" . }}{{ .Inner }}</aside>\n'
        f"-- {theme}/partials/icons/i.svg --\n<svg></svg>\n"
    )
    made = body(project, "{{< note >}}Mind the gap.{{< /note >}}\n" + files)
    assert made == "<aside><svg></svg>\nMind the gap.</aside>"


def test_a_layout_may_read_a_file_of_the_project_and_no_other(project: Path) -> None:
    (project.parent / "secret.txt").write_text("secret")
    layout = (
        "-- layouts/shortcodes/said.html --\n{{ .Get 0 | readFile }}\n-- data/a.txt --\nHello\n"
    )
    assert body(project, '{{% said "data/a.txt" %}}\n' + layout) == "Hello"
    assert body(project, '{{% said "../secret.txt" %}}\n' + layout) == ""


def test_an_element_among_words_begins_no_block(project: Path) -> None:
    layout = "-- layouts/shortcodes/new.html --\n<button>\nNew\n</button>\n"
    assert body(project, "{{< new >}} **Note**\n" + layout) == "<button> New </button> **Note**"


def test_code_in_a_block_of_html_has_no_empty_line_that_would_end_the_block() -> None:
    html = "<div>\n\n  <pre>a\n\n  \nb</pre>\n\n</div>"
    assert in_one_block(html) == "<div>\n<pre>a\n&#10;  &#10;b</pre>\n</div>"
