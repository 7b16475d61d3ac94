"""Every text takes time in proportion to its length, whatever is repeated in it."""

from collections.abc import Callable
from time import process_time

import pytest

from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.read.body import scan_body
from generator.render.markdown import MarkdownRenderer

SMALL, LARGE = 8_000, 40_000
MOST_SECONDS = 1.0
"""For the large text, twice: a megabyte takes a second or two."""
MOST_GROWTH = 14
"""Five times the length takes five times the time, and 25 times where it is squared."""
TOO_SHORT_TO_TELL = 0.15

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
    *("漢\n", "漢字\n", '<div markdown="1">a', '<div markdown="1">\n', "- [ ] a\n", "![](a)\n\n"),
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


def seconds(text: str) -> float:
    """The processor's time for rendering and for reading a text."""
    started = process_time()
    RENDERER.render(BODY, text)
    scan_body(text, 1)
    return process_time() - started


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_length_and_no_faster(name: str) -> None:
    large = seconds(TEXTS[name](LARGE))
    assert large < MOST_SECONDS
    if large > TOO_SHORT_TO_TELL:
        assert large / seconds(TEXTS[name](SMALL)) < MOST_GROWTH
