"""Ordinary stories go the short way, and come out as the long way has them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.body import Body, BodyFacts, MarkdownOptions, ResolvedTarget
from generator.render.body.job import Job
from generator.render.body.parser import quick_markdown
from generator.render.body.story import story_html
from generator.render.markdown import MarkdownRenderer

TARGETS = (
    ResolvedTarget("/quay/", "/news/quay/?a&b"),
    ResolvedTarget("lost.md", "", fault="there is no lost.md", hint="Write it."),
    ResolvedTarget("ferry.md", "/news/ferry/"),
)
BODY = Body("a.md", "digest", BodyFacts(line=3), TARGETS)
FULL = MarkdownRenderer(MarkdownOptions(highlight=False), fast=False)
QUICK = MarkdownRenderer(MarkdownOptions(highlight=False))


def short(text: str, *, smart: bool = False) -> str | None:
    """What the short way makes of a text."""
    md = quick_markdown(MarkdownOptions(smart_quotes=smart))
    md.job = Job(BODY, text, smart_quotes=smart)
    return story_html(md)


ORDINARY = {
    "paragraphs": "One\nand *two*.\n\n\n\nThree & four.",
    "headings": "# One\n\n### Two ###\n\n## One\nText\n\n# C# *and* F#\n\nA & `b`\n---\nText",
    "quotations": "> One\n>\n> two\n\nText\n\n> - a\n> - b\n>\n> ## In it",
    "lists": "- One\n- *two*\ngoes on\n\nText\n\n1. One\n* two\n\n+ a\n\n+ b\n+ c\n\n* * *",
    "tables": "## Tides\n\n| a | b |\n|:--|--:|\n| *c* | d |\n| e |\n\na | b\n- | :-:\nc | d | e",
    "links": "[a](https://e.org/x_y_z?a=1&b=2) [*b*](/quay/) [d](ferry.md#e) (f@g.h) `[c](d)`",
    "emphasis": "**a** *b c* __d__ _e f_ *a _b_ c* snake_case and x__y__z 2 [wo]man [sic]",
    "references to characters": "R&amp;D &copy; &unknown; &x & > `&amp; >`",
    "rules": "a\n\n---\n\n***\n\n_ _ _\n\nb",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_blocks_go_the_short_way_and_come_out_as_by_the_long_way(text: str) -> None:
    assert short(text) is not None
    assert QUICK.render(BODY, text) == FULL.render(BODY, text)


@pytest.mark.parametrize(
    "text",
    [
        *("<b>a</b>", "\\*a", "a {.b}", "\ta", "a&#58", "```\na\n```", "    a", "a\n    b"),
        *("a  \nb", "![a](b)", "[a][b]\n\n[b]: c", "a[^1]\n\n[^1]: b", "*[HT]: Hyper\n\nHT"),
        *("a\n: b", "> > a", "> a\n\n> b", "> a\nb", "- a\n    - b", "- a\n# b", "*a **b* c**"),
        *("[a](lost.md)", "[a](unknown.md)", "[a](#nowhere)", "[a](javascript:x)", "[a](b 'c')"),
        *("| a |\n|---|\n| b |", "| `a|b` | c |\n|---|---|\n| d | e |", "a ``b``", "\u00a0"),
    ],
)
def test_anything_else_goes_the_long_way(text: str) -> None:
    assert short(text) is None
    assert QUICK.render(BODY, text) == FULL.render(BODY, text)


def test_smart_quotes_take_the_long_way_where_there_is_something_to_curl() -> None:
    assert short("“a”", smart=True) is not None
    assert short("it's", smart=True) is None


def test_what_is_told_of_a_link_is_told_once() -> None:
    result = QUICK.render(BODY, "a\n\n[b](lost.md)")
    assert [problem.message for problem in result.problems] == ["there is no lost.md"]


WORDS = st.lists(
    st.sampled_from(
        [
            *("word", "R&D", "&amp;", "“said,”", "1999.", "10", "snake_case", "[sic]", "C#", "é"),
            *("*em*", "**two words**", "_em_", "__b__", "`code`", "`a & b`", "*a _b_ c*", "it's"),
            *("[t](https://e.org/a_b)", "[*t* `c`](/quay/)", "[t](ferry.md#x)", "*", "_", "**"),
            *(
                "[t](lost.md)",
                "![p](q)",
                "[",
                "](",
                "`",
                "|",
                "-",
                "#",
                ">",
                "\u00a0",
                "===",
                "<i>",
            ),
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
LINES = st.lists(WORDS, min_size=1, max_size=2).map("\n".join)


def each_line(*starts: str) -> st.SearchStrategy[str]:
    line = st.tuples(st.sampled_from(starts), WORDS).map("".join)
    return st.lists(line, min_size=1, max_size=3).map("\n".join)


def table(cells: list[list[str]]) -> str:
    head, *rows = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join((head, "|:-" + "|-:" * (len(cells[0]) - 1) + "|", *rows))


TABLES = st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=2, max_size=3).map(table)
BLOCKS = st.one_of(
    *(LINES, each_line("# ", "## ", "###"), each_line("> ", ">"), TABLES),
    *(each_line("- ", "* ", "1. ", "2.  "), st.sampled_from(["---", "* * *", ">", "- "])),
)
STORIES = st.lists(
    st.tuples(BLOCKS, st.sampled_from(["\n\n"] * 6 + ["\n", "\n\n\n", "\n\n\n\n"])), max_size=6
).map(lambda blocks: "".join(part for block in blocks for part in block))


@settings(max_examples=500, deadline=None)
@given(STORIES)
def test_a_story_comes_out_the_same_by_either_way(text: str) -> None:
    assert QUICK.render(BODY, text) == FULL.render(BODY, text)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n* b\n- \n",  # the line below a heading, not an item
        "a\n\n    \u00a0 \n",  # code, not nothing
        "    \n\n*a*",
        "[^1](https://e.org) [^1]\n\n[^1]: a",  # a footnote before a link
        "a\\* [b\nc](https://e.org)",  # escapes undone elsewhere in the text
        "# a | b\n- | -\nc | d",  # a table before a heading
    ],
)
def test_the_short_way_has_learnt_from_its_mistakes(text: str) -> None:
    assert QUICK.render(BODY, text) == FULL.render(BODY, text)
