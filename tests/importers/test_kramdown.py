"""kramdown's own ways, as the dialect that we read."""

import pytest

from generator.importers.kramdown import without_kramdown


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("* TOC\n{:toc}\n\nText", "\nText"),
        ("a {::comment}x{:/comment} b", "a  b"),
        ("a {::comment}x", "a x"),
        ('{::options parse_block_html="true" /}\nText', "\nText"),
        ("{::nomarkdown}<b>x</b>{:/}", "<b>x</b>"),
        ("```\n{::comment}\n```", "```\n{::comment}\n```"),
        ("*a*{: .red #id title='x'}", "*a*{.red #id}"),
        ('[a](/b){:target="_blank"}', "[a](/b)"),
        ("| a | b |\n| `x|y` | c |", "| | |\n|---|---|\n| a | b |\n| `x\\|y` | c |"),
        ("One\\\\\ntwo", "One\\\ntwo"),
        ("H~2~O and ~~gone~~ `~x`", "H\\~2\\~O and ~~gone~~ `~x`"),
        ("[a](/~ann/)", "[a](/~ann/)"),
        ("[a](/b c.pdf)", "[a](</b c.pdf>)"),
    ],
)
def test_what_kramdown_shows_is_written_as_ours(written: str, becomes: str) -> None:
    assert without_kramdown(written) == becomes


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("<div>\n\n    <p>a</p>\n\n</div>\n", "<div>\n<p>a</p>\n</div>\n"),
        ("<div>\n  <div>\n\n  </div>\n\n  b\n</div>\nc", "<div>\n<div>\n</div>\nb\n</div>\n\nc"),
        ("<div>a</div> b", "<div>a</div>\n\nb"),
        ("<div>\n\nnever closed", "<div>\n\nnever closed"),
        ('<div markdown="1">\n\n*a*\n\n</div>\n', '<div markdown="1">\n\n*a*\n\n</div>\n'),
        (
            "<div>\n<pre>\n  a\n\n  b\n</pre>\n</div>",
            "<div>\n<pre>\n  a\n&#10;  b\n</pre>\n</div>\n",
        ),
        ("```\n<div>\n\n</div>\n```\n", "```\n<div>\n\n</div>\n```\n"),
        ("a <div>\n\n</div>", "a <div>\n\n</div>"),
    ],
)
def test_a_block_of_html_goes_on_to_its_end(written: str, becomes: str) -> None:
    assert without_kramdown(written) == becomes
