"""A layout of the newsroom's own that names what the site's policy forbids is told so."""

import pytest

from generator.model.body import Embedding
from generator.model.config import Config
from generator.model.layouts import LayoutFile
from generator.render.templates import Layouts

POLICY = Embedding(str(Config().policy), "https://paper.example")


def told(text: str, embedding: Embedding = POLICY) -> list[tuple[int, int, str, str]]:
    own = LayoutFile("article.html", "layouts/article.html", text)
    found = Layouts((own,), ()).check_own(None, embedding)
    assert not any(problem.is_error for problem in found)
    return [(p.place.line, p.place.column, p.message, p.hint) for p in found]


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ('<script src="https://x.org/a.js"></script>', "script", "https://x.org in its script-src"),
        ("<script>go()</script>", "script", "under static/"),
        ('<button onclick="go()">A</button>', "script", "under static/"),
        ('<iframe src="https://x.org/a"></iframe>', "frame", "embeds: {allow: [x.org]}"),
        ('<iframe src="https://x.org/{{ page.id }}"></iframe>', "frame", "allow: [x.org]"),
        ('<img src="http://x.org/a.png" alt="">', "picture", "https:"),
        ('<form action="https://x.org/a"></form>', "form", "https://x.org in its form-action"),
        ('<link rel="stylesheet" href="https://x.org/a.css">', "style sheet", "style-src"),
        ('<p style="color: red">A</p>', "style", "own.css"),
        ("<style>p {}</style>", "style", "own.css"),
    ],
)
def test_what_readers_would_not_see_is_told_with_its_line(text: str, what: str, hint: str) -> None:
    ((line, column, message, way_out),) = told(f"{{# A\nB #}}\n  {text}\n")
    assert (line, column) == (3, 3)
    assert message == f"the site's policy keeps this {what} from readers"
    assert hint in way_out


@pytest.mark.parametrize(
    "text",
    [
        '<script type="application/ld+json">{}</script>',
        '<img src="{{ page.url }}" alt="">',
        '<script src="{{ site.base_path }}/a.js"></script>',
        '<iframe src="https://{{ page.extra.host }}/a"></iframe>',
        '<!-- <script src="https://x.org/a.js"></script> -->',
        '{# <script src="https://x.org/a.js"></script> #}',
        '<form action="/search/"></form><iframe src="/graphics/a/"></iframe>',
        '<link rel="preconnect" href="https://x.org">',
        "<p>{{ page.title }}</p>",
    ],
)
def test_what_readers_see_and_what_nobody_knows_is_not(text: str) -> None:
    assert told(text) == []


def test_one_cause_is_told_once_in_a_layout() -> None:
    assert len(told("<p style='a'>A</p>\n" * 5)) == 1


def test_without_a_policy_nothing_is_told() -> None:
    assert told("<script>go()</script>", Embedding()) == []
