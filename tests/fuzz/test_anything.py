"""Texts, configurations and layouts of random words: each is taken or told of, and none ends us.

`make fuzz` tries many; the tests of every day a few. A number names a case: it is the same again.
"""

import os
import random
from collections.abc import Callable

import pytest

from generator.bodies import Bodies
from generator.model.layouts import LayoutFile
from generator.model.problems import Problem
from generator.read.articles import open_text
from generator.read.config import parse_config
from generator.read.kinds import TEXTS, kind_of
from generator.read.layouts import read_theme
from generator.render.templates import Layouts
from tests.support.demo import NOW
from tests.support.sites import CHECKOUT

CASES = int(os.environ.get("BROADSHEET_FUZZ", "120"))
FIRST = int(os.environ.get("BROADSHEET_FUZZ_SEED", "0"))
PARTS = 12
THEME = read_theme(CHECKOUT)[0].built_in
WORDS = (
    "---\n", "+++\n", "\n", "\n\n", " ", "    ", "\t", ": ", "- ", "# ", "> ", "| a | b |\n",
    "|-|-|\n", "1. ", "title: A\n", "date: 2026-01-02\n", "draft: true\n", "tags: [a, b]\n",
    "extra: {a: 1}\n", "date: 9999-12-31\n", "sections: [news]\n",
    "base_url: https://a.example/\n", "timezone: UTC\n", "outputs: {rss: false}\n", "[", "]",
    "(", ")", "![", "](", "](/a.jpg)", "<", ">", "</", "<b>", "<!--", "-->", "<svg", "&#",
    "&amp;", "`", "```\n", "*", "**", "_", "~~", "\\", "'", '"', "{", "}", "[^1]", "[^1]: x\n",
    "*[A]: b\n", "http://a.example/", "{{", "}}", "{%", "%}", "{#", "#}", "{% if page %}",
    "{% endif %}", "{% for a in b %}", "{% endfor %}", '{% extends "base.html" %}',
    '{% extends "theme/article.html" %}', "{% block main %}", "{% endblock %}",
    '{% include "article.html" %}', "{{ page.title }}", "{{ site.extra }}", "{% macro a() %}",
    "{% endmacro %}", "| join", "| safe", "() ", "word", "Ünïcödé", "中文", "עברית", "\u200b",
    "\u202e", "\0", "\ud800", "\x1b[31m", "1" * 40, "x" * 300, "a-b", "2026-02-30", "true",
    "no", "null", "!!python/object:os.system ", "&a ", "*a ", "<<: ",
)  # fmt: skip
"""What matters to some reader, and what should matter to none."""


def text_of(number: int) -> str:
    """A text of random words, most often with a sound beginning."""
    chance = random.Random(number)  # noqa: S311 - the same each time
    head = chance.choice(("", "---\ntitle: A\ndate: 2026-01-02\n---\n", "title: A\n", "<p>"))
    return head + "".join(chance.choices(WORDS, k=chance.randrange(1, 40)))


def of_texts(number: int) -> tuple[Problem, ...]:
    """Read as each kind of text, and rendered."""
    data = text_of(number).encode("utf-8", "surrogatepass")
    config, found = parse_config("title: A\n")
    for folder in ("articles/2026", "pages", "tags", "sections", "authors"):
        path = f"content/{folder}/a.md"
        if kind := kind_of(path, TEXTS):
            found += kind.read(path, data, config, frozenset())[1]
    open_text("a.md", data)
    return (*found, *Bodies(NOW).render("a.md", data).problems)


def of_configurations(number: int) -> tuple[Problem, ...]:
    """Read as a configuration."""
    return parse_config(text_of(number))[1]


def of_layouts(number: int) -> tuple[Problem, ...]:
    """Checked as a layout, beside those of the theme."""
    text = text_of(number).replace("\ud800", "")
    own = (LayoutFile("article.html", "layouts/article.html", text),)
    return Layouts(own, THEME).check_own(())


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("work", [of_texts, of_configurations, of_layouts])
def test_whatever_stands_in_a_file_is_taken_or_told_of(
    work: Callable[[int], tuple[Problem, ...]], part: int
) -> None:
    for number in range(FIRST + part, FIRST + CASES, PARTS):
        try:
            problems = work(number)
        except Exception as error:
            error.add_note(f"{work.__name__}({number}): {text_of(number)!r}")
            raise
        for problem in problems:
            assert problem.message, f"{work.__name__}({number})"
            assert problem.place.path, f"{work.__name__}({number})"
