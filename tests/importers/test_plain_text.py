from collections.abc import Sequence

import html5lib
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importers.plain_text import as_markdown, block_as_markdown

EXTENSIONS = (
    "tables",
    "footnotes",
    "attr_list",
    "abbr",
    "def_list",
    "fenced_code",
    "md_in_html",
)


def shown(paragraphs: Sequence[str]) -> list[str]:
    """The text of each paragraph of the page that Markdown makes of them, in a reader's eyes."""
    source = "\n\n".join(map(as_markdown, paragraphs)) + "\n"
    html = markdown.markdown(source, extensions=list(EXTENSIONS))
    elements = list(html5lib.parseFragment(html, namespaceHTMLElements=False))
    assert all(element.tag == "p" and not len(element) for element in elements), html
    return ["".join(element.itertext()) for element in elements]


PIECES = (
    *("<b>", "</p>", "<script>", "<!-- ", "-->", "<?php", "<a@b.example>", "<http://a.example>"),
    *("&amp;", "&#35;", "&lt", "&copy;", "&", "[a]", "(b)", "[a](b)", "![a](b)", "[a][b]", "]:"),
    *("[^1]", "[^1]: ", "[a]: ", "*[HTML]: ", "HTML", "{: .x}", "{#x}", "~~~", "```", "`", "``"),
    *("---", "- - -", "***", "___", "+++", "- ", "+ ", "* ", "1. ", "1.", "٣. ", "> ", "# ", "#x"),
    *(": ", ":", "| a | b |", "| --- | --- |", "\\", "\\\\", "__x__", "*x*", "_x", "a_b", "    "),
    *("http://a.example/_b_/?c=d&e=*", "///Footnotes Go Here///", "wzxhzdk:0", "klzzwxh:0000"),
    *("x", " ", ".", "Ї", "\u00a0", "\u200f", "😀"),
)


def paragraph(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return texts.map(str.strip).filter(bool)


printable = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)
punctuation = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|:~&;=^\"'/ 1a"), min_size=1, max_size=30)
pieces = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
paragraphs = st.lists(paragraph(printable | punctuation | pieces), min_size=1, max_size=4)


@settings(max_examples=500, deadline=None)
@given(paragraphs)
def test_text_shows_as_it_was_whatever_is_in_it(texts: list[str]) -> None:
    assert shown(texts) == texts


@pytest.mark.parametrize("text", PIECES)
def test_each_piece_of_markdown_shows_as_it_was(text: str) -> None:
    if text.strip():
        texts = [
            text.strip(),
            f"{text}x".strip(),
            f"x{text}".strip(),
            "a",
            f"{text} {text}".strip(),
        ]
        assert shown(texts) == texts


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv says “we did not ask” — and “won't ask” \u2013 for leave.",
        "\"It's over,\" he said (so he said). 'No,' she answered...",
        "The [Ukrainian] troops [sic] advanced 1.5 km; a 30-day truce was refused!",
        "AT&T & Marks & Spencer rose 3 % to $4.50; 5 > 4, a/b, x = y, 50|50, {curly}",
        "2024 was a leap year. 1) one 2) two; it takes ~90 ms",
        "-5 degrees at dawn, +7 at noon; #kursk on line, @some_one_else",
        "Write to desk@example.org or see https://example.org/a_b/c-d.html?e=f&g=h.",
        'Missing full stop, a stray bracket ) and a stray quote "',
        "«Ні», — сказала вона. مرحبا بالعالم",  # noqa: RUF001 - it is Ukrainian
        "\u2014 And then?",
        "10\u00a0000 people",
        "Two  spaces.  After a full stop.",
    ],
)
def test_ordinary_prose_is_not_touched(text: str) -> None:
    assert as_markdown(text) == text
    assert shown([text]) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Not a heading", r"\# Not a heading"),
        ("> not a quotation", r"\> not a quotation"),
        ("- not an item", r"\- not an item"),
        ("+ not an item", r"\+ not an item"),
        ("1. not an item", r"1\. not an item"),
        ("1) not an item", r"1\) not an item"),
        ("1986.", r"1986\."),
        ("[x] no box", r"\[x] no box"),
        ("not ~~struck~~ out", "not &#126;&#126;struck&#126;&#126; out"),
        ("---", r"\---"),
        (": not a definition", "&#58; not a definition"),
        ("~~~", "&#126;&#126;&#126;"),
        ("[a]: not a reference", r"\[a]: not a reference"),
        ("[a](not a link)", r"[a]\(not a link)"),
        ("not a mark [^1]", r"not a mark \[^1]"),
        ("<b>", "&lt;b>"),
        ("&amp;", "&amp;amp;"),
        ("&#35;", "&amp;#35;"),
        ("2 * 3", r"2 \* 3"),
        ("`code`", r"\`code\`"),
        ("_x_ and a_b", r"\_x\_ and a_b"),
        ("C:\\new", "C:\\\\new"),
    ],
)
def test_what_markdown_would_act_upon_is_escaped(text: str, expected: str) -> None:
    assert as_markdown(text) == expected


def test_a_paragraph_is_one_line() -> None:
    assert as_markdown("  one \r\n\ttwo\n    three\tfour ") == "one two three four"


def lines_shown(text: str) -> list[str]:
    """The lines of the page that Markdown makes of a block, in a reader's eyes."""
    html = markdown.markdown(block_as_markdown(text), extensions=list(EXTENSIONS))
    elements = list(html5lib.parseFragment(html, namespaceHTMLElements=False))
    assert [element.tag for element in elements] == ["p"], html
    assert {child.tag for child in elements[0]} <= {"br"}, html
    return "".join(elements[0].itertext()).split("\n")


@settings(max_examples=300, deadline=None)
@given(st.lists(paragraph(printable | punctuation | pieces), min_size=2, max_size=4))
def test_lines_show_as_they_were_whatever_is_in_them(texts: list[str]) -> None:
    if not block_as_markdown("\n".join(texts)).startswith(("- ", "0", "1", "|")):
        assert lines_shown("\n".join(texts)) == texts


def test_lines_end_in_two_spaces() -> None:
    assert block_as_markdown("Moss 2 *Bergen 1\n# 0 Tromso 0\n===") == (
        "Moss 2 \\*Bergen 1  \n\\# 0 Tromso 0  \n&#61;=="
    )


def test_marked_lines_are_a_list() -> None:
    assert block_as_markdown("• One\n- *Two*\n* [ ] Three") == "- One\n- \\*Two\\*\n- \\[ ] Three"
    assert block_as_markdown("・一つ目\n■ 二つ目") == "- 一つ目\n- 二つ目"


def test_lines_numbered_in_order_are_a_list_and_others_keep_their_numbers() -> None:
    assert block_as_markdown("3) Moss\n4) # Bodo") == "3) Moss\n4) \\# Bodo"
    assert block_as_markdown("1. Moss\n1. Bodo") == "1\\. Moss  \n1\\. Bodo"


def test_a_table_has_a_head_and_its_figures_on_the_right() -> None:
    assert block_as_markdown("Team\tPts\nMo|ss\t6\nBodo\t1,204") == (
        "| Team | Pts |\n| --- | ---: |\n| Mo&#124;ss | 6 |\n| Bodo | 1,204 |"
    )
    assert block_as_markdown("Moss\t6\nBodo\t3") == "Moss 6  \nBodo 3"
