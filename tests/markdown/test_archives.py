"""Of real archives no word is lost, and blocks come out as GitHub's parser has them."""

import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from generator.markdown.attributes import ITEM
from generator.model.body import RenderedBody
from generator.model.problems import Severity

FRONT_MATTER = re.compile(
    r"\A\ufeff?(?:---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)|\+\+\+\n.*?\n\+\+\+\n)", re.DOTALL
)
WORD = re.compile(r"\w+")
SIGNS = re.compile(
    rf"\{{:?[ ]*(?:{ITEM}[ ]*)+\}}|\{{:[ ]*toc[ ]*\}}|\{{%-?\s*(?:end)?(?:raw|highlight)\b[^%]*%\}}"
)
"""What has a meaning here and none for GitHub, and is not shown."""
FOOTNOTE = frozenset({"data-footnote-ref", "data-footnote-backref"})
"""Attributes of GitHub's own links between a footnote and its mark."""
HIDDEN = frozenset({"script", "style", "title", "textarea", "noscript", "template", "iframe"})
INLINE = frozenset(
    [
        "a",
        "em",
        "strong",
        "b",
        "i",
        "code",
        "span",
        "del",
        "sup",
        "sub",
        "small",
        "abbr",
        "u",
        "s",
        "font",
        "kbd",
        "mark",
        "cite",
    ]
)
COUNTED = frozenset({"ul", "li", "table", "blockquote", "pre"})
MOST_DIFFERENT = 0.005
EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]


class Page(HTMLParser):
    """The words that a reader of HTML sees, and how many blocks of each kind."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._texts: list[str] = []
        self._hidden = 0
        self.blocks: Counter[str] = Counter()
        self.feed(html)
        self.close()
        self.words = Counter(WORD.findall("".join(self._texts)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._hidden += tag in HIDDEN
        if tag not in INLINE:
            self._texts.append(f" {given.get('alt') or ''} ")
        if "footnote" in (given.get("class") or "") or FOOTNOTE & given.keys():
            return
        if tag in COUNTED:
            self.blocks[tag] += 1
        elif tag == "ol":
            self.blocks[f"ol from {given.get('start') or 1}"] += 1
        elif re.fullmatch("h[1-6]", tag):
            self.blocks["heading"] += 1
        elif given.get("href" if tag == "a" else "src") and tag in ("a", "img"):
            self.blocks[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN and self._hidden > 0
        if tag not in INLINE:
            self._texts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._texts.append(data)


def bodies(corpora: Path) -> Iterator[tuple[str, str]]:
    """The body of every Markdown text in the archives."""
    for file in sorted(corpora.glob("*/articles/**/*.md")):
        yield file.name, file.read_text("utf-8")
    for file in sorted((*corpora.glob("*.tar.xz"), *corpora.glob("raw/*.tar.xz"))):
        with tarfile.open(file) as archive:
            for member in archive:
                data = (
                    archive.extractfile(member)
                    if member.name.endswith((".md", ".markdown"))
                    else None
                )
                if data:
                    yield member.name, data.read().decode("utf-8", "replace")


@pytest.mark.slow
def test_no_word_of_a_real_archive_is_lost_and_nearly_all_blocks_are_githubs(
    archive: Path, render: Callable[[str], RenderedBody]
) -> None:
    count, lost, different = 0, [], []
    for name, text in bodies(archive.parent):
        body = FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
        ours = render(body)
        theirs = cmarkgfm.markdown_to_html_with_extensions(
            body,
            options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES,
            extensions=EXTENSIONS,
        )
        page, expected = Page(ours.html), Page(SIGNS.sub("", theirs))
        count += 1
        if expected.words - page.words and not _swallows(ours):
            lost.append((name, expected.words - page.words))
        if expected.blocks != page.blocks and not _refuses(ours):
            different.append((name, expected.blocks - page.blocks, page.blocks - expected.blocks))
    assert count
    assert not lost
    assert len(different) <= count * MOST_DIFFERENT, different


def _swallows(rendered: RenderedBody) -> bool:
    """Whether a comment that never ends hides words; an error says so."""
    return any("never" in p.message for p in rendered.problems if p.severity is Severity.ERROR)


def _refuses(rendered: RenderedBody) -> bool:
    """Whether a link leads nowhere, as an error says: it has no address then."""
    return any("links may not begin" in p.message for p in rendered.problems)
