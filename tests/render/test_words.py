import pytest

from generator.render.words import count_words
from tests.support.work import assert_in_proportion


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", 0),
        ("<p>One two, three.</p>", 3),
        ("<p>Said <em>o</em>ne</p>\n<p>two</p>", 3),
        ("<h2>One</h2>\n<ul>\n<li>two</li>\n</ul>\n<p>three — four &amp;</p>", 4),
        ("<table>\n<tr>\n<td>one</td>\n<td>two</td>\n</tr>\n</table>", 2),
        ('<p><a href="https://example.org/one-two">three four</a></p>', 2),
        ("<p>one</p>\n<pre><code>no words here\n</code></pre>\n<p>two</p>", 2),
        ("<p>One<br>two</p><p>three</p>", 3),
        ("<table><tr><td>one</td><td>two</td></tr></table>", 2),
        ("<p>Слово за словом</p>", 3),
        ("<p>記者会見で発表した新しい計画について説明する予定です。</p>", 26),
        ("<p>สวัสดี ครับ</p>", 7),
        ("<p>សួស្តី</p>", 3),
        ("<p>One 日本 two three four five words</p>", 7),
        ("<p>one <!-- not <b>this</b> --> two</p>", 2),
    ],
)
def test_words_are_counted_without_marks_and_code(html: str, words: int) -> None:
    assert count_words(html) == words


@pytest.mark.parametrize(
    "part", ["-", "<", "<pre", "<pre>x", "word", "&", "&amp;", "a<", "<br", "><p ", "</pre>"]
)
def test_counting_takes_time_in_proportion_to_the_text(part: str) -> None:
    assert_in_proportion(lambda size: count_words(part * size), 100_000)
