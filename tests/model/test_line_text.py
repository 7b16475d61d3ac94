import html
import re
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.line_text import LineText, as_line, line_text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Q&amp;A with the mayor: what&#8217;s next", "Q&A with the mayor: what\u2019s next"),
        ("Rosen &lt;b&gt; &amp;amp; &#x2014; caf&eacute;", "Rosen <b> &amp; — café"),
        ("AT&T, ?a=1&copy=2, &nosuch; and &", "AT&T, ?a=1&copy=2, &nosuch; and &"),
        ("a&nbsp;b &#10; c&#0;", "a\u00a0b c\ufffd"),
        ("See [the report](https://e.example/a_(b) 'Title') now", "See the report now"),
        ("[Updated 10:30] The board [sic] (says no)", "[Updated 10:30] The board [sic] (says no)"),
        ("![boat](boat.jpg) The ferry", "The ferry"),
        (
            "<https://e.example/a_b_c> and <desk@e.example>",
            "https://e.example/a_b_c and desk@e.example",
        ),
        (r"\*no\* costs \$5, C:\new", r"*no* costs $5, C:\new"),
    ],
)
def test_what_readers_see_is_text(written: str, plain: str) -> None:
    assert line_text(written) == LineText(plain)


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ("The *Margaret Ann* sails", "The <em>Margaret Ann</em> sails"),
        ("_Ann_ & **Bo**", "<em>Ann</em> &amp; <strong>Bo</strong>"),
        ("***both***", "<em><strong>both</strong></em>"),
        (
            "*a **b** c* **d *e* f**",
            "<em>a <strong>b</strong> c</em> <strong>d <em>e</em> f</strong>",
        ),
        ("“*Ann*”, (**Bo**)", "“<em>Ann</em>”, (<strong>Bo</strong>)"),
        ("[*Ann*](a.md)", "<em>Ann</em>"),
        ("渡し船*再開*へ", "渡し船<em>再開</em>へ"),
        ("Run `a_b*c*` now", "Run <code>a_b*c*</code> now"),
        ('*a* <b>"b"</b> &lt;i&gt;', "<em>a</em> &quot;b&quot; &lt;i&gt;"),
    ],
)
def test_emphasis_is_html_and_its_signs_are_gone_from_the_text(written: str, marked: str) -> None:
    found = line_text(written)
    assert found.html == marked
    assert found.plain == html.unescape(re.sub(r"</?(?:em|strong|code)>", "", marked))


@pytest.mark.parametrize(
    "written",
    [
        "f**k and sh**t, M*A*S*H, J*** K***",
        "5 * 3 * 2, a 4* hotel, snake_case_name",
        "* estimates *",
        "``so'' and `Yes' and `No'",
        "Sale* ends today*",
        "*one alone",
        "HashMap<K, V>, press <Ctrl+C>, a <b and c> d, why <title> matters, 3 < 4 > 2",
        "<!-- never closed",
    ],
)
def test_signs_that_are_an_authors_own_stay(written: str) -> None:
    assert line_text(written) == LineText(written)


@pytest.mark.parametrize(
    ("written", "plain", "tags"),
    [
        ("The board said <strong>no</strong>", "The board said no", ("<strong>", "</strong>")),
        ("<p>One.</p><p>Two.</p>", "One. Two.", ("<p>", "</p>", "<p>", "</p>")),
        ("One<br/>two", "One two", ("<br/>",)),
        ('<a href="/x?a>b" class=y>Ann</a>', "Ann", ('<a href="/x?a>b" class=y>', "</a>")),
        ("It <!-- check --> blew", "It blew", ("<!-- check -->",)),
    ],
)
def test_html_tags_are_left_out_and_named(written: str, plain: str, tags: tuple[str, ...]) -> None:
    assert line_text(written) == LineText(plain, "", tags)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ferry & friends [sic] at 5 * 3", "Ferry & friends [sic] at 5 * 3"),
        ("A *star* is <b>born</b>", r"A \*star\* is \<b>born\</b>"),
        ("Q&amp;A", r"Q\&amp;A"),
    ],
)
def test_a_text_is_written_so_that_it_shows_as_it_is(text: str, line: str) -> None:
    assert as_line(text) == line


PIECES = ("*", "**", "_", "a", " ", "&amp;", "&#8217;", "<b>", "</b>", "<", ">", "[", "](x)", "`")
lines = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=30)


@settings(max_examples=300, deadline=None)
@given(lines)
def test_the_html_says_what_the_text_says_and_holds_emphasis_alone(written: str) -> None:
    found = line_text(written)
    if found.html:
        fragment = html5lib.parseFragment(found.html, namespaceHTMLElements=False)
        assert {element.tag for element in fragment.iter()} <= {
            "DOCUMENT_FRAGMENT",
            "em",
            "strong",
            "code",
        }
        assert " ".join("".join(fragment.itertext()).split()) == " ".join(found.plain.split())


@settings(max_examples=300, deadline=None)
@given(lines)
def test_any_text_can_be_written_as_a_line(text: str) -> None:
    text = " ".join(text.split())
    assert line_text(as_line(text)).plain == text
    assert not line_text(as_line(text)).html


@pytest.mark.parametrize(
    "piece",
    [
        "*a ",
        "_a*",
        "[",
        "[a](",
        "[a](<",
        '<a b="',
        "<!--",
        "`a",
        "&#",
        "**a _",
        "\\",
        "[[a]",
        "a*_",
        "[x](a '",
    ],
)
def test_any_line_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        line = (piece * length)[:length]
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            line_text(line)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(64_000) < 40 * seconds(4_000) + 0.05


def test_quotes_are_turned_among_words_and_nowhere_else() -> None:
    def turn(text: str) -> list[str]:
        return [{'"': "<>"}.get(sign, sign) for sign in text]

    written = r"""*"a"* <em class="b">c</em> `"d"` \"e &quot;f"""
    assert line_text(written, turn) == LineText(
        """<>a<> c "d" "e "f""",
        "<em>&lt;&gt;a&lt;&gt;</em> c <code>&quot;d&quot;</code> &quot;e &quot;f",
        ('<em class="b">', "</em>"),
    )
    assert line_text('a "b', turn).plain == "a <>b"
