"""Every text takes work in proportion to its length, whatever is repeated in it.

Work is counted in calls, so that it is the same on a busy machine. What a single pattern does is
looked at by `tests/test_patterns.py`.
"""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.read.body import scan_body
from generator.render.markdown import MarkdownRenderer

pytestmark = pytest.mark.slow

SMALL, LARGE = 8_000, 40_000
MOST_GROWTH = 8
"""Five times the length takes five times the work, and 25 times where it is squared."""
MOST_CALLS = 40
"""For each character of the large text."""

REPEATED = [
    *("[", "![", "]", "](", "[a](", "[a](b ", '[a](b "', "[a][b] ", "[a]: b\n", '[a]: b "c\n'),
    *("<![", "<!--", "-->", "<?", "<a ", '<a href="', "<div>\n\n", "<div>\n", "</div>", "<b>"),
    *("</b>", "<b><i></b>", "<svg>", "<a@", "<a:b>", "<foo>", "<title>", "<script>", "<x a=b> "),
    *("`", "``a ", "` ", "*", "*a ", "**a *b ", "*a**b", "_", "_a__b ", "~", "~~a ", "a_b_"),
    *(
        "> ",
        "> a\n",
        "* ",
        "- a\n",
        "1. a\n",
        "1) a\n2. b\n",
        "# a\n",
        "a\n=\n",
        "a\n-\n",
        "- a\n\n",
    ),
    *("&", "&amp;", "&#1;", "&a;", "\\", "\\*", "\\\n", "  \n", "a  \n", " ", "\t", "\n", " \n"),
    *("|", "a|b\n-|-\n", "| a |\n|--|\n| b |\n\n", "|\n", "[^1]: n\n", "a[^1] ", "*[A]: b\n"),
    *(": a\n", "a\n: b\n", "a\n\n: b\n\n", "{{", "{{ a", "{% a %}", "{.a}", "a{.a}\n", "*a*{.b} "),
    *("{.a}\n", "# a {.b}\n", "[caption", "[caption]", "\"'1", "--", "...", "```\n", "~~~\n"),
    *("    a\n", "\ta\n", "http://a.b ", "http://", "www.", "www.a.b ", "a@b.c ", "@", "a@"),
    *("漢*字*\n", "漢<b>\n", "a <b><li> ", "[/a] ", "<% a ", "{: .a} "),
    *("http://a.jp漢", "「http://a.jp」", "http://a.b/漢", "a](http://b) [c](http://d) "),
    *("漢\n", "漢字\n", '<div markdown="1">a', '<div markdown="1">\n', "- [ ] a\n", "![](a)\n\n"),
    *("[[a]] ", "==a==", "==a ", "{++a", "^[a", ":a:", ":a", "a~1~", "a^1^", "$$a", "++a"),
    *("##a\n\n", "• a\n", "1.a\n", "|a|\n", "|a|b|\n\n", "a\\\n\n", "** a ", "**a ", "<o:p>"),
    *("\u200b# a\n\n", "9. a\n", "<img a=b", ":::a\n", "a\\ \n", "|a|b|\n|-|\n|c|d|e|\n\n"),
    *("[a](b.md) ", "<img src=a> ", "[a](c d.md)", "> a\n> — b\n\n", "x", "**a** ", "{:toc}\n"),
]
COMPOSED: dict[str, Callable[[int], str]] = {
    "nested emphasis": lambda n: "*a " * (n // 6) + "b*" * (n // 6),
    "nested links": lambda n: "[" * (n // 6) + "a" + "](b)" * (n // 6),
    "nested pictures": lambda n: "![a" * (n // 8) + "](b)" * (n // 8),
    "nested quotations": lambda n: ("> " * 30 + "a\n") * (n // 62),
    "nested lists": lambda n: "".join("  " * (i % 40) + "- a\n" for i in range(n // 44)),
    "blank lines in deep lists": lambda n: "- " * 60 + "a\n" + "\n" * n,
    "a wide table": lambda n: (
        "|" + "a|" * (n // 8) + "\n|" + "-|" * (n // 8) + "\n" + "|\n" * (n // 4)
    ),
    "ticks of many lengths": lambda n: "".join("`" * (i % 60 + 1) + " " for i in range(n // 32)),
    "notes of notes": lambda n: "".join(f"[^{i}]: n [^{i + 1}]\n" for i in range(n // 20)),
    "abbreviations": lambda n: (
        "".join(f"*[A{i}]: t\n" for i in range(n // 30)) + "\n" + "A1 " * (n // 8)
    ),
    "definitions": lambda n: (
        "".join(f"[a{i}]: b\n" for i in range(n // 24)) + "\n" + "[a1] " * (n // 8)
    ),
    "spaces before braces": lambda n: "# a" + " " * n + "{.b",
    "spaces before a line end": lambda n: "a" + " " * n + "b\n c *d*",
    "attributes": lambda n: "x <div" + " a" * (n // 2),
    "quotation marks in a tag": lambda n: "<div>" + '<a ="' * (n // 5) + ">",
    "terms": lambda n: "a\n" * (n // 2) + ": b\n",
}
TEXTS: dict[str, Callable[[int], str]] = {
    **{repr(piece): lambda n, piece=piece: piece * (n // len(piece)) for piece in REPEATED},  # type: ignore[misc]
    **COMPOSED,
}
RENDERER = MarkdownRenderer(MarkdownOptions(smart_quotes=True, time_limit=0))
BODY = Body("a.md", "digest", BodyFacts())


def calls(text: str) -> int:
    """How many functions are called, ours and Python's, to render and to read a text."""
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        RENDERER.render(BODY, text)
        scan_body(text, 1)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", TEXTS)
def test_work_grows_with_the_length_and_no_faster(name: str) -> None:
    small, large = TEXTS[name](SMALL), TEXTS[name](LARGE)
    calls(small)  # what is made once for all texts is made
    few, many = calls(small), calls(large)
    assert many < MOST_GROWTH * max(few, SMALL)
    assert many < MOST_CALLS * LARGE
