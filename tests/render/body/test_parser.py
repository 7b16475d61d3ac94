import threading
from collections.abc import Callable

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.body import Body, BodyFacts, MarkdownOptions, RenderedBody
from generator.render.markdown import MarkdownRenderer
from tests.support.work import processor_seconds

BODY = Body("a.md", "digest", BodyFacts())

INLINE = [
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "``",
    "[",
    "]",
    "![",
    "](",
    "](u)",
    "(",
    ")",
    "<",
    ">",
    "&",
    ";",
    "\\",
    "\\*",
    "\\`",
    "\\|",
    "!",
    "{",
    "}",
    '"',
    "'",
    "...",
    "--",
    "---",
    "^",
    "://",
    "@",
    "=",
    "#",
    "|",
    ":",
    ".",
    "<b>",
    "</b>",
    "<br>",
    "<http://x.y>",
    "<a@b.c>",
    "&amp;",
    "&#58",
    "&#58;",
    "&copy",
    "&nbsp;",
    "[^1]",
    "[a]",
    "[x][a]",
    "[t](/u)",
    "[t](u(v)w)",
    "{.x}",
    "{#i}",
    "{onclick=x}",
    "{{j}}",
    "{%t%}",
    "![p](q)",
    "x_y_z",
    "Word",
    "word",
    "a",
    "é",
    "1",
    "HT",
    "http://a_b_c",
    "javascript:",
    "<i class='x'>",
    "{: .y}",
]
BLOCKS = [
    *("\n", "\n\n", "  \n", "\n    ", "    ", "\t", " ", "\n \n", "# ", "\n## ", "\n===\n"),
    *("\n---\n", "\n***\n", "- ", "\n- ", "* ", "+ ", "\n1. ", "> ", "\n> ", "\n: ", ":   "),
    *("```\n", "\n```\n", "\n~~~ py\n", "\n    x", "| a | b |\n", "|---|:-:|\n", "\n[^1]: note\n"),
    *("\n[a]: /u 't'\n", "\n*[HT]: Hyper\n", "<div>", "</div>", '<div markdown="1">', "<hr>"),
    *('<p markdown="span">', "</p>", "<!--", "-->", "<?php", "?>", "<![CDATA[", "]]>", "<pre>"),
    *(
        "</pre>",
        "<script>",
        "</script>",
        '[t](/u "t")',
        "[t](<a b>)",
        '![p](q "c")',
        "\r\n",
        "\x02",
    ),
]
HTML = [
    *("<title>", "<textarea>", "<style>", "<svg>", "</svg>", "<select>", "<table>", "<tr>", "<td>"),
    *("</table>", "<li>", "</li>", "<x y", "<a href='", "<body>", "</body>", "</html>", "<p>"),
    *("<plaintext>", "<iframe>", "<math>", "<br/>", "<button>", "<h2>", "</h2>", "<form>", "<?x"),
    *("<!doctype>", "</div></main>", "<frameset>", "<noscript>", "<option>", "<object>", "<T>"),
]
PIECES = st.one_of(
    st.sampled_from(INLINE),
    st.sampled_from(BLOCKS),
    st.sampled_from(HTML),
    st.text(alphabet="ab *_`[]()<>&\\\n#|:-{}\"'!", max_size=6),
)
MARKDOWN = st.lists(PIECES, max_size=40).map("".join)


RENDERERS = {
    smart: MarkdownRenderer(MarkdownOptions(smart_quotes=smart, highlight=False))
    for smart in (False, True)
}
PAGE = (
    "<!doctype html><body><main><article><div class='prose'>{}</div></article></main>"
    "<footer>End.</footer></body>"
)


@settings(max_examples=400, deadline=None)
@given(MARKDOWN, st.booleans())
def test_no_text_that_may_be_published_closes_what_stands_around_it(text: str, smart: bool) -> None:
    rendered = RENDERERS[smart].render(BODY, text)
    if any(problem.is_error for problem in rendered.problems):
        return  # it is not published
    page = html5lib.parse(PAGE.format(rendered.html), namespaceHTMLElements=False)
    body = page.find("body")
    assert body is not None
    assert [child.tag for child in body] == ["main", "footer"]
    [main, footer] = body
    assert [child.tag for child in main] == ["article"]
    assert footer.text == "End."


LIMIT = 0.2
GROWTH: dict[str, Callable[[int], str]] = {
    "open brackets": lambda n: "[" * n,
    "open pictures": lambda n: "![" * (n // 2),
    "declarations": lambda n: "<![" * (n // 3),
    "backticks and spaces": lambda n: "```" + " " * n,
    "runs of backticks": lambda n: "".join("`" * (i % 50 + 1) + " " for i in range(n // 26)),
    "stars": lambda n: "*a " * (n // 3),
    "stars of two lengths": lambda n: "**a *b " * (n // 7),
    "one run of stars": lambda n: "*" * n,
    "star pairs": lambda n: "*a**b" * (n // 5),
    "underscores": lambda n: "_a__b " * (n // 6),
    "nested quotations": lambda n: "> " * (n // 2) + "a",
    "nested lists": lambda n: "* " * (n // 2) + "a",
    "links": lambda n: "[a](" * (n // 4),
    "titles": lambda n: '[a](b "' * (n // 7),
    "references": lambda n: "[a]: b\n" * (n // 14) + "\n" + "[a][b] " * (n // 14),
    "footnotes": lambda n: "".join(f"[^{i}]: n [^{i + 1}]\n" for i in range(n // 14)),
    "abbreviations": lambda n: "".join(f"*[A{i}]: t\n" for i in range(n // 20)) + "\n" + "A1 " * n,
    "open tags": lambda n: "<a " * (n // 3),
    "open elements": lambda n: "<div>\n\n" * (n // 7),
    "comments": lambda n: "<!--" * (n // 4),
    "addresses": lambda n: "<a@" * (n // 3),
    "entities": lambda n: "&" * n,
    "backslashes": lambda n: "\\" * n,
    "rules": lambda n: "- " * (n // 2) + "a",
    "table cells": lambda n: "|" * n + "\n" + "|" * n,
    "attribute lists": lambda n: "# a {" + "b=c.d " * (n // 6),
    "spaces before a brace": lambda n: "# a" + " " * n + "{.b",
    "quotation marks": lambda n: "\"'1" * (n // 3),
    "fences": lambda n: "```a\n" * (n // 5),
    "equal headings": lambda n: "# a\n" * (n // 4),
    "Markdown in HTML": lambda n: '<div markdown="1">a' * (n // 19),
    "definitions": lambda n: ": a\n" * (n // 4),
}


def is_told(result: RenderedBody) -> bool:
    """Whether there is HTML, or else one Problem that says why there is none."""
    return bool(result.html) or [p.is_error for p in result.problems] == [True]


# An alarm that rings inside a callback of the garbage collector is lost there, and rings again.
lost_alarms = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@lost_alarms
@pytest.mark.parametrize("size", [1_000, 4_000, 16_000])
@pytest.mark.parametrize("pattern", GROWTH)
def test_hostile_texts_end_within_the_limit(pattern: str, size: int) -> None:
    renderer = MarkdownRenderer(MarkdownOptions(smart_quotes=True, time_limit=LIMIT))
    results: list[RenderedBody] = []
    text = GROWTH[pattern](size)
    work = processor_seconds(lambda: results.append(renderer.render(BODY, text)))
    assert work < LIMIT + 1
    assert all(map(is_told, results))


@lost_alarms
def test_a_text_that_takes_too_long_is_a_problem_with_a_way_out() -> None:
    renderer = MarkdownRenderer(MarkdownOptions(time_limit=0.05))
    body = Body("content/a.md", "digest", BodyFacts(line=7))
    result = renderer.render(body, GROWTH["stars of two lengths"](2_000_000))
    [problem] = result.problems
    assert str(problem.place) == "content/a.md:7"
    assert problem.message == "turning this text into HTML took longer than 0.05 s"
    assert "markdown.time_limit" in problem.hint
    assert renderer.render(body, "*a*").html == "<p><em>a</em></p>"


@lost_alarms
def test_in_another_thread_the_limit_holds_too() -> None:
    results: list[RenderedBody] = []

    def work() -> None:
        renderer = MarkdownRenderer(MarkdownOptions(time_limit=LIMIT))
        results.append(renderer.render(BODY, GROWTH["stars of two lengths"](2_000_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=120)
    assert [p.message for result in results for p in result.problems] == [
        "turning this text into HTML took longer than 0.2 s"
    ]
