"""Feeds in three formats."""

import json
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.body import Body, BodyFacts
from generator.model.cards import Card
from generator.model.feeds import Feed, FeedItem
from generator.model.outputs import Frame, Organization
from generator.model.pictures import Picture
from generator.model.problems import Place, Severity
from generator.model.values import replace
from generator.render.feeds import render_feed
from generator.render.xml import legal

KYIV = ZoneInfo("Europe/Kyiv")
FORMATS = ("rss", "atom", "json")
FRAME = Frame(
    title="The Harbour Gazette",
    origin="https://example.org",
    base_path="/news",
    home_url="/news/",
    organization=Organization("Harbour Press", logo=Picture("/news/logo.png")),
)
CARD = Card(
    title="Kursk",
    url="/news/world/2024/08/kursk/",
    date=datetime(2024, 8, 15, 14, 0, tzinfo=KYIV),
    summary="Talks & <troops>: what is known",
    picture=Picture("/news/world/2024/08/kursk/map.png", "A map", "", "O. Koval", 1200, 800),
)
ITEM = FeedItem(
    id="tag:example.org,2026:/news/story/kursk",
    card=CARD,
    title='Is "Kursk" no breach? <Asked>',
    modified=datetime(2024, 8, 16, 9, 30, tzinfo=KYIV),
    authors=("Olena Koval", "Бу́дь-хто"),
    tags=("War in Ukraine", "C++"),
    source=Body("content/articles/kursk.md", "0", BodyFacts()),
    path="content/articles/kursk.md",
)
FEED = Feed(
    format="rss",
    id="tag:example.org,2026:/news/feed.xml",
    url="/news/feed.xml",
    home_url="/news/",
    title="The Harbour Gazette",
    description="News from the quay",
    language="en",
    items=(ITEM,),
    updated=ITEM.modified,
)
BODIES = {
    "content/articles/kursk.md": '<p onclick="x()">See <a href="/news/about/">us</a> and '
    '<a href="#fn:1">1</a>.</p><script>x()</script><img src="map.png" srcset="map.png 2x">'
}
ABSOLUTE = (
    '<p>See <a href="https://example.org/news/about/">us</a> and '
    '<a href="https://example.org/news/world/2024/08/kursk/#fn:1">1</a>.</p>'
    '<img src="https://example.org/news/world/2024/08/kursk/map.png" '
    'srcset="https://example.org/news/world/2024/08/kursk/map.png 2x">'
)
HOSTILE = [
    "</script><script>alert(1)</script>",
    "]]><b>",
    "&amp; &lt; &#0; &nope;",
    "a\u202eb \u05d0\u05d1 \u0627",
    "\U0001f1fa\U0001f1e6 \U0001f469\u200d\U0001f680",
    "{{ 7*7 }} {% raw %}",
    "line\nbreak\ttab\u2028\u2029",
    "null\x00 bell\x07 escape\x1b",
    "\ud83d lone \ufffe\uffff",
    " ",
    "",
]


def data(feed: Feed, bodies: dict[str, str] | None = None) -> bytes:
    return render_feed(feed, FRAME, bodies or {})[0]


def parsed(content: bytes) -> Any:  # noqa: ANN401 - feedparser has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        result = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    assert not result.bozo
    return result


def tree(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - our own bytes


def in_format(name: str, feed: Feed = FEED) -> Feed:
    return replace(feed, format=name)


def titles(content: bytes, name: str) -> list[str]:
    """The titles of a feed's items, by a parser that changes nothing."""
    if name == "json":
        return [item.get("title", "") for item in json.loads(content)["items"]]
    path = "channel/item/title" if name == "rss" else "{*}entry/{*}title"
    return [element.text or "" for element in tree(content).findall(path)]


def test_rss_says_all_that_is_known() -> None:
    feed = parsed(data(FEED, BODIES))
    assert feed.version == "rss20"
    channel, item = feed.feed, feed.entries[0]
    assert channel.title == "The Harbour Gazette"
    assert channel.subtitle == "News from the quay"
    assert channel.language == "en"
    assert channel.published == "Thu, 15 Aug 2024 14:00:00 +0300"
    links = {(link.rel, link.href, link.type) for link in channel.links}
    assert ("self", "https://example.org/news/feed.xml", "application/rss+xml") in links
    assert item.title == ITEM.title
    assert item.link == "https://example.org/news/world/2024/08/kursk/"
    assert item.id == ITEM.id
    assert not item.guidislink
    assert item.published == "Thu, 15 Aug 2024 14:00:00 +0300"
    assert item.content[0].value == ABSOLUTE
    assert item.summary == "Talks &amp; &lt;troops&gt;: what is known"
    assert [tag.term for tag in item.tags] == list(ITEM.tags)
    assert dict(item.media_content[0]) == {
        "url": "https://example.org/news/world/2024/08/kursk/map.png",
        "medium": "image",
        "type": "image/png",
        "width": "1200",
        "height": "800",
    }
    assert item.media_credit[0]["content"] == "O. Koval"
    assert item.media_credit[0]["role"] == "photographer"


def test_a_feed_without_a_description_says_only_its_title() -> None:
    bare = replace(FEED, description="")
    assert parsed(data(bare)).feed.subtitle == "The Harbour Gazette"
    assert "subtitle" not in parsed(data(in_format("atom", bare))).feed
    assert "description" not in json.loads(data(in_format("json", bare)))


def test_rss_names_each_author() -> None:
    root = tree(data(FEED))
    names = root.findall(".//{http://purl.org/dc/elements/1.1/}creator")
    assert [element.text for element in names] == list(ITEM.authors)


def test_atom_tells_a_change_from_a_publication() -> None:
    feed = parsed(data(in_format("atom"), BODIES))
    assert feed.version == "atom10"
    assert feed.feed.id == FEED.id
    assert feed.feed.title == FEED.title
    assert feed.feed.subtitle == FEED.description
    assert feed.feed.updated == "2024-08-16T09:30:00+03:00"
    assert feed.feed.author == "Harbour Press"
    assert feed.feed.language == "en"
    entry = feed.entries[0]
    assert entry.id == ITEM.id
    assert entry.title == ITEM.title
    assert entry.published == "2024-08-15T14:00:00+03:00"
    assert entry.updated == "2024-08-16T09:30:00+03:00"
    assert [author.name for author in entry.authors] == list(ITEM.authors)
    assert [tag.term for tag in entry.tags] == list(ITEM.tags)
    assert entry.summary == CARD.summary
    assert entry.content[0].value == ABSOLUTE
    assert entry.content[0].type == "text/html"


def test_json_feed_has_every_field_of_its_version() -> None:
    assert json.loads(data(in_format("json"), BODIES)) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Harbour Gazette",
        "home_page_url": "https://example.org/news/",
        "feed_url": "https://example.org/news/feed.xml",
        "description": "News from the quay",
        "icon": "https://example.org/news/logo.png",
        "authors": [{"name": "Harbour Press", "url": "https://example.org/news/"}],
        "language": "en",
        "items": [
            {
                "id": ITEM.id,
                "url": "https://example.org/news/world/2024/08/kursk/",
                "title": ITEM.title,
                "summary": CARD.summary,
                "image": "https://example.org/news/world/2024/08/kursk/map.png",
                "date_published": "2024-08-15T14:00:00+03:00",
                "date_modified": "2024-08-16T09:30:00+03:00",
                "authors": [{"name": name} for name in ITEM.authors],
                "tags": list(ITEM.tags),
                "content_html": ABSOLUTE,
            }
        ],
    }


def test_without_full_text_json_items_carry_their_summary_as_text() -> None:
    item = json.loads(data(in_format("json")))["items"][0]
    assert item["content_text"] == CARD.summary
    assert "content_html" not in item
    bare = replace(ITEM, card=replace(CARD, summary=""))
    item = json.loads(data(in_format("json", replace(FEED, items=(bare,)))))["items"][0]
    assert item["content_text"] == ""


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_without_stories_is_valid(name: str) -> None:
    content = data(in_format(name, replace(FEED, items=(), updated=None)))
    assert titles(content, name) == []
    if name == "json":
        assert json.loads(content)["items"] == []
    elif name == "rss":
        assert "published" not in parsed(content).feed
    else:
        assert parsed(content).feed.updated == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize("name", FORMATS)
def test_a_story_in_another_language_says_so(name: str) -> None:
    item = replace(ITEM, card=replace(CARD, language="uk"))
    content = data(in_format(name, replace(FEED, items=(item, ITEM)))).decode()
    marks = {"rss": "<dc:language>uk<", "atom": '<entry xml:lang="uk">', "json": '"language":"uk"'}
    assert content.count(marks[name]) == 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://cdn.example.net/a.JPEG?w=1#x", 'type="image/jpeg"'),
        ("//cdn.example.net/a.webp", 'url="https://cdn.example.net/a.webp"'),
        ("/a.avif", 'type="image/avif"'),
    ],
)
def test_a_picture_from_elsewhere_keeps_its_address(url: str, expected: str) -> None:
    item = replace(ITEM, card=replace(CARD, picture=Picture(url)))
    content = data(replace(FEED, items=(item,))).decode()
    assert expected in content
    assert "width" not in content
    assert "media:credit" not in content


def test_a_picture_of_unknown_kind_has_no_type() -> None:
    item = replace(ITEM, card=replace(CARD, picture=Picture("/a.b/photo")))
    assert ' type="image' not in data(replace(FEED, items=(item,))).decode()


FIELDS: dict[str, Callable[[str], FeedItem]] = {
    "headline": lambda text: replace(ITEM, title=text),
    "summary": lambda text: replace(ITEM, card=replace(CARD, summary=text)),
    "byline": lambda text: replace(ITEM, authors=(text,)),
    "list of tags": lambda text: replace(ITEM, tags=(text,)),
    "id": lambda text: replace(ITEM, id=f"x{text}"),
    "picture": lambda text: replace(
        ITEM, card=replace(CARD, picture=Picture("/a.png", text, text, text))
    ),
}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_harms_no_feed(name: str, field: str, text: str) -> None:
    feed = in_format(name, replace(FEED, items=(FIELDS[field](text), ITEM)))
    content, problems = render_feed(feed, FRAME, BODIES)
    assert titles(content, name)[1] == ITEM.title
    if field == "headline":
        assert titles(content, name)[0] == legal(text)
    if legal(text) == text:
        assert not problems
    else:
        (problem,) = problems
        assert problem.severity is Severity.WARNING
        assert problem.place == Place("content/articles/kursk.md")
        assert problem.message.startswith(f"the {field} of ")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_hostile_text_about_the_feed_itself_is_text(name: str, text: str) -> None:
    feed = in_format(name, replace(FEED, title=text, description=text))
    root = tree(data(feed))
    path = "channel/title" if name == "rss" else "{*}title"
    assert (root.findtext(path) or "") == legal(text)


@pytest.mark.parametrize("name", FORMATS)
def test_each_of_the_first_2048_code_points_passes_through_a_title(name: str) -> None:
    characters = [chr(number) for number in (*range(0x800), *range(0xD800, 0xE000))]
    items = tuple(replace(ITEM, title=f"a{character}b") for character in characters)
    content, problems = render_feed(in_format(name, replace(FEED, items=items)), FRAME, {})
    assert titles(content, name) == [legal(item.title) for item in items]
    assert len(problems) == 29 + 2048
    assert problems[0].message == 'the headline of "ab" holds what no feed can carry: U+0000'


def test_a_body_with_an_illegal_character_is_named() -> None:
    bodies = {"content/articles/kursk.md": "<p>a\x08b</p>"}
    for name in FORMATS:
        content, problems = render_feed(in_format(name), FRAME, bodies)
        assert b"<p>ab</p>" in content.replace(b"&lt;", b"<").replace(b"&gt;", b">")
        assert [problem.message for problem in problems] == [
            f'the text of "{ITEM.title}" holds what no feed can carry: U+0008'
        ]


@given(st.text(st.characters()), st.sampled_from(FORMATS))
def test_any_title_comes_back(text: str, name: str) -> None:
    item = replace(ITEM, title=text, card=replace(CARD, summary=text))
    assert titles(data(in_format(name, replace(FEED, items=(item,)))), name) == [legal(text)]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_feed_gives_the_same_bytes(name: str) -> None:
    assert data(in_format(name), BODIES) == data(in_format(name), dict(BODIES))


def test_feeds_are_made_fast_enough_for_hundreds_of_tags() -> None:
    items = tuple(replace(ITEM, id=f"{ITEM.id}{n}") for n in range(20))
    feeds = [in_format(name, replace(FEED, items=items)) for name in FORMATS]
    begun = time.process_time()
    for _ in range(20):
        for feed in feeds:
            data(feed)
    assert (time.process_time() - begun) / 60 < 0.01  # about 1 ms each on a quiet machine
