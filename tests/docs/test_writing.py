"""docs/writing.md lists what may stand in a text's front matter, and no more."""

import re
from pathlib import Path

import pytest

from generator.model.article import ArticleType
from generator.model.body import Body, BodyFacts, MarkdownOptions
from generator.model.config import Config
from generator.read.articles import ALSO, KNOWN, read_article
from generator.read.entries import (
    AUTHOR_ALSO,
    AUTHOR_KEYS,
    PAGE_ALSO,
    PAGE_KEYS,
    SECTION_ALSO,
    SECTION_KEYS,
    TAG_ALSO,
    TAG_KEYS,
)
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.render.markdown import MarkdownRenderer

ROW = re.compile(r"^\| (?P<keys>`.+?`) \| .+? \| (?P<also>.*?) ?\|$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
RESERVED = re.compile(r"^(.+) are reserved\.", re.MULTILINE)
EXAMPLE = re.compile(r"^    (---\n(?:    .*\n|\n)+)", re.MULTILINE)
KINDS = {
    "Pages": (PAGE_KEYS, PAGE_ALSO),
    "Tags": (TAG_KEYS, TAG_ALSO),
    "Sections": (SECTION_KEYS, SECTION_ALSO),
    "Authors": (AUTHOR_KEYS, AUTHOR_ALSO),
}


@pytest.fixture(scope="module")
def document(checkout: Path) -> str:
    return (checkout / "docs/writing.md").read_text("utf-8")


def part(document: str, heading: str) -> str:
    """What stands below a heading, up to the next of its level or above."""
    marks = re.search(rf"^(#+) {heading}\n", document, re.MULTILINE)
    assert marks, heading
    level = len(marks[1])
    return re.split(rf"^#{{1,{level}}} ", document[marks.end() :], maxsplit=1, flags=re.MULTILINE)[
        0
    ]


def table(text: str) -> dict[str, set[str]]:
    """The keys of a table, and the other names of each."""
    return {
        key: set(CODE.findall(row["also"]))
        for row in ROW.finditer(text)
        for key in CODE.findall(row["keys"])
    }


def others(key: str, also: dict[str, str]) -> set[str]:
    return {name for name, meant in also.items() if meant == key}


def test_every_key_of_an_article_is_listed_with_its_other_names(document: str) -> None:
    listed = table(part(document, "Front matter"))
    reserved = RESERVED.search(document)
    assert reserved
    listed |= {key: set() for key in CODE.findall(reserved[1])}
    assert listed == {key: others(key, ALSO) for key in KNOWN}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_the_other_kinds_is_listed_with_its_other_names(
    document: str, kind: str
) -> None:
    keys, also = KINDS[kind]
    assert table(part(document, kind)) == {key: others(key, also) for key in keys}


def test_every_type_of_article_is_named(document: str) -> None:
    row = next(line for line in document.splitlines() if line.startswith("| `type` |"))
    assert set(CODE.findall(row)) == {"type", *ArticleType}


def test_the_first_example_is_an_article_without_a_fault(document: str) -> None:
    example = EXAMPLE.search(document)
    assert example
    text = re.sub(r"^    ", "", example[0], flags=re.MULTILINE).encode()
    article, problems = read_article(
        "content/articles/ferry.md", text, Config(), frozenset({"harbour"})
    )
    assert article is not None
    assert problems == ()
    assert isinstance(split_front_matter(text, path="a.md"), FrontMatter)


CONSTRUCT = re.compile(r"^\| (`+)(.+?)\1 \| `(.+?)` \|$", re.MULTILINE)


def constructs() -> list[tuple[str, str]]:
    """The table of what to write in Markdown, and what becomes of it."""
    text = (Path(__file__).parents[2] / "docs/writing.md").read_text("utf-8")
    table_of_them = part(text, "Markdown").split("### HTML")[0]
    signs = str.maketrans({"\u23ce": "\n", "\u23ae": "|"})
    found = CONSTRUCT.findall(table_of_them)
    return [(write.strip(" ").translate(signs), html.translate(signs)) for _, write, html in found]


@pytest.mark.parametrize(("write", "html"), constructs())
def test_every_construct_becomes_what_the_document_says(write: str, html: str) -> None:
    body = Body("a.md", "digest", BodyFacts())
    result = MarkdownRenderer(MarkdownOptions()).render(body, write)
    assert html in result.html
    assert not any(problem.is_error for problem in result.problems)


def test_every_date_of_the_document_is_read(document: str) -> None:
    sentence = re.search(r"^Dates are written as (.+?)\. ", document, re.MULTILINE | re.DOTALL)
    assert sentence
    dates = CODE.findall(sentence[1])
    assert len(dates) > 3
    for date in dates:
        text = f"---\ntitle: A\ndate: {date}\n---\n".encode()
        assert read_article("content/articles/a.md", text, Config(), frozenset())[1] == ()
