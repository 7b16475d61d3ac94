"""Whatever reads what others wrote takes steps in proportion to it: counted, not timed.

A step is a line of ours that is executed, or a call that is made; the patterns that are called
are tried by themselves.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from generator.build import BuildOptions, build
from generator.check.css import addresses_in_css
from generator.check.feeds import json_problems
from generator.check.folder import PublishedFolder
from generator.check.html import read_tags
from generator.check.links import is_redirect, references
from generator.check.xml import read_xml
from generator.model.addresses import Base
from generator.model.config import Config
from generator.model.problems import SiteError
from generator.model.tag_keys import tag_key
from generator.model.written_addresses import written_address
from generator.read.articles import read_article
from generator.read.config import parse_config
from generator.read.dates import date_from_name, parse_date
from generator.read.pictures import look_at
from generator.read.slugs import slugify
from generator.render.references import asked_layouts
from generator.render.standalone import standalone_html
from generator.render.words import count_words

MakeSite = Callable[[str], Path]

FEW, MANY = 40, 160
GROWTH, SPARE = 6, 3_000
"""Four times as much takes about four times the steps, and sixteen times if they multiply."""
FOLDER = PublishedFolder(Base.parse("https://e.example/"), frozenset())
PATH = "content/articles/a.md"
HEAD = "title: A\ndate: 2025-01-01\n"


def front(text: str, fence: str = "---") -> None:
    head = HEAD if fence == "---" else 'title = "A"\ndate = 2025-01-01\n'
    data = f"{fence}\n{head}{text}\n{fence}\nText.\n".encode()
    read_article(PATH, data, Config(), frozenset())


READERS: dict[str, Callable[[str], object]] = {
    "front matter": front,
    "TOML": lambda text: front(text, "+++"),
    "a text": lambda text: read_article(
        "content/articles/a.md", text.encode(), Config(), frozenset()
    ),
    "aliases": lambda text: front("aliases:\n" + text),
    "tags": lambda text: front("tags: " + text),
    "extra": lambda text: front("extra:\n" + text),
    "configuration": lambda text: parse_config("title: A\nbase_url: https://e.example/\n" + text),
    "date": lambda text: parse_date(text, UTC),
    "file name": date_from_name,
    "slug": lambda text: slugify(text, "uk"),
    "tag": tag_key,
    "alias": lambda text: written_address(text, Base.parse("https://e.example/")),
    "words": count_words,
    "layout": asked_layouts,
    "feed's HTML": lambda text: standalone_html.__wrapped__(text, "https://e.example/a/"),
    "published page": lambda text: [*references(read_tags(text)), is_redirect(read_tags(text))],
    "srcset": lambda text: [*references(read_tags(f'<img srcset="{text}">'))],
    "refresh": lambda text: is_redirect(read_tags(f'<meta http-equiv=refresh content="{text}">')),
    "style sheet": lambda text: list(addresses_in_css(text)),
    "XML": lambda text: read_xml("feed.xml", f"<rss>{text}</rss>".encode()),
    "JSON feed": lambda text: list(json_problems("feed.json", text.encode(), FOLDER)),
    "SVG": lambda text: look_at("a.svg", text.encode(), ""),
}
PIECES = (
    *(" ", "\n", "a", "-", "- a\n", "  - a\n", "  - 'ä b'\n", "  - p\u0430ul\n", "[", "]", "{"),
    *("}", "[[", "]]", "a{n}: 1\n", "a{n} = 1\n", "[a{n}]\n", "a, ", "'", '"', '"""', "\\", ": "),
    *("? ", "& ", "*a ", "# a\n", "<", "</", "<a", "<a ", "<a b", '<a b="', "<a b='", "<svg"),
    *("<!--", "-->", "<script>", "<style>", "<title>", "<b>", "</b>", "<b x{n}>", "<p id=a>"),
    *("url(", "url('", "@import ", "/*", ",", ",,a", "a,", "{% ", "{{", "{#", "&#", "&amp", "&"),
    *("2024-08-", "/", "../", "%2e", "\t", "\x0c", "\u00e9", "\u0301", " ]x", "= ", '{"a":'),
    *("9", "9 ", "."),
)


def steps_of(work: Callable[[], object]) -> int:
    """How many lines are executed, and calls made, on the way."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ANN401, ARG001
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


def many(piece: str, count: int) -> str:
    return "".join(piece.replace("{n}", f"{number:05}") for number in range(count))


@pytest.mark.parametrize("reader", READERS)
def test_steps_grow_as_what_is_read_does(reader: str) -> None:
    read = READERS[reader]
    read("a")  # what is imported and kept once does not count
    for piece in PIECES:
        few_of_it, many_of_it = (many(piece, count) + "]x" for count in (FEW, MANY))
        read(many(piece, FEW) + "]w")  # what is imported or kept for all that is like it
        few = steps_of(partial(read, few_of_it))
        more = steps_of(partial(read, many_of_it))
        assert more <= GROWTH * few + SPARE, (piece, few, more)


def story(name: str = "a", keys: str = "", body: str = "A") -> str:
    head = f"title: {name}\ndate: 2025-01-01\n{keys}"
    return f"-- content/articles/{name}.md --\n---\n{head}---\n{body}\n"


SITES: dict[str, Callable[[int], str]] = {
    "unknown keys": lambda n: story(keys=many("k{n}: 1\n", n)),
    "unknown options": lambda _: story(),
    "aliases that are none": lambda n: story(keys="aliases:\n" + many("  - 'a?{n}'\n", n)),
    "aliases of two stories": lambda n: "".join(
        story(name, "aliases:\n" + many("  - /x{n}/\n", n)) for name in "ab"
    ),
    "dead relative links": lambda n: story(body=many("[a](b{n}.md)\n\n", n)),
    "dead addresses": lambda n: story(body=many("[a](/b/{n}/)\n\n", n)),
    "dead related": lambda n: story(keys="related:\n" + many("  - nope-{n}\n", n)),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", SITES)
def test_the_steps_of_a_build_grow_as_its_faults_do(
    kind: str, make_site: MakeSite, tmp_path: Path
) -> None:
    def built(count: int) -> int:
        options = many("o{n}: 1\n", count) if kind == "unknown options" else ""
        config = f"-- config.yaml --\ntitle: T\nbase_url: https://e.example/\n{options}"
        site = make_site(f"{config}\n{SITES[kind](count)}")
        now = datetime(2026, 1, 1, tzinfo=UTC)
        output = tmp_path / f"out-{count}"

        def work() -> None:
            try:
                build(BuildOptions(site, now, output=output, workers=0, clean=True))
            except SiteError:
                return

        return steps_of(work)

    built(1)
    least, few, more = built(2), built(FEW), built(MANY)
    assert more - least <= GROWTH * (few - least) + SPARE, (least, few, more)
