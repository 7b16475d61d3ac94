"""Setting up is put off until there is something to render, or done at once when asked."""

import subprocess
import sys
import time

import pytest

from generator import limits
from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame, Output, TextFile
from generator.model.pages import Head, StandingPage
from generator.render import outputs
from generator.render.outputs import Rendered, Renderer
from generator.render.templates import Layouts

FRAME = Frame("Harbour News", "https://example.org", "", "/")
BODY = Body("content/a.md", "digest", BodyFacts())
PAGE = StandingPage(Head("A", "/a/"), "/a/", "A", BODY)
LAYOUTS = Layouts((LayoutFile("page.html", "layouts/page.html", "{{ page.body }}"),), ())
HEAVY = ("jinja2", "markdown", "pygments", "babel", "email", "urllib.request")


def test_what_a_build_may_not_need_is_imported_when_it_is_used() -> None:
    code = f"import sys, generator.render.outputs\nprint(*({set(HEAVY)!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_prepared_renderer_gives_what_another_gives() -> None:
    prepared, other = (Renderer(FRAME, LAYOUTS, MarkdownOptions()) for _ in range(2))
    prepared.prepare(["page.html", "missing.html"])
    output = Output("a/index.html", PAGE, "page.html")
    expected = Rendered(b"<p><em>a</em></p>")
    assert prepared.render(output, {"content/a.md": "*a*"}) == expected
    assert other.render(output, {"content/a.md": "*a*"}) == expected


def test_a_small_file_of_the_plan_is_its_text() -> None:
    renderer = Renderer(FRAME, LAYOUTS, MarkdownOptions())
    assert renderer.render(Output("robots.txt", TextFile("a")), {}) == Rendered(b"a")


@pytest.mark.parametrize("text", ["{{ '\\ud800' }}", "{{ '%c' % 56320 }}"])
def test_half_a_letter_is_a_problem_of_the_layout(text: str) -> None:
    layouts = Layouts((LayoutFile("page.html", "layouts/page.html", text),), ())
    made = Renderer(FRAME, layouts, MarkdownOptions()).render(
        Output("a/index.html", PAGE, "page.html"), {"content/a.md": "a"}
    )
    assert made.data is None
    assert made.problems[0].place.path == "layouts/page.html"
    assert "which is no letter" in made.problems[0].message


def test_a_layout_that_takes_too_much_memory_is_a_problem_of_that_layout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MOST_MEMORY", 50_000_000)
    grows = "{% for i in range(99999) %}{{ 'xy' * 9999 ~ i }}{% endfor %}"
    layouts = Layouts((LayoutFile("page.html", "layouts/page.html", grows),), ())
    renderer = Renderer(FRAME, layouts, MarkdownOptions())
    with renderer.watching():
        made = renderer.render(Output("a/index.html", PAGE, "page.html"), {"content/a.md": "a"})
    assert made.data is None
    assert "MB of memory to make a/index.html" in made.problems[0].message


def test_a_layout_that_never_ends_is_a_problem_of_that_layout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outputs, "LONGEST", 0.1)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    layouts = Layouts((LayoutFile("page.html", "layouts/page.html", loop),), ())
    renderer = Renderer(FRAME, layouts, MarkdownOptions())
    with renderer.watching():
        made = renderer.render(Output("a/index.html", PAGE, "page.html"), {"content/a.md": "a"})
    (problem,) = made.problems
    assert made.data is None
    assert problem.place.path == "layouts/page.html"
    assert problem.message.endswith("seconds to make a/index.html")
    started = time.thread_time()
    with renderer.watching():
        for number in range(50):
            output = Output(f"{number}/index.html", PAGE, "page.html")
            assert renderer.render(output, {"content/a.md": "a"}).data is None
    assert time.thread_time() - started < 2  # of the 5 seconds that all of them would take
