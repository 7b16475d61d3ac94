"""Planning feeds."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import Base
from generator.model.article import (
    Article,
    ArticleType,
    Author,
    Name,
    Newsroom,
    Section,
    Source,
    Tag,
)
from generator.model.config import Config, FeedOptions, OutputOptions
from generator.model.feeds import Feed
from generator.model.outputs import Output
from generator.model.problems import Place, Problem
from generator.model.values import replace
from generator.plan.feeds import Feeds, feed_links, identity_prefix
from tests.support.planning import arranged, of_kind
from tests.support.planning import planned as whole_plan

NOW = datetime(2024, 8, 20, 12, 0, tzinfo=UTC)
CONFIG = Config(title="The Harbour Gazette", base_url="https://example.org/news/")
KOVAL = Author(
    *("olena-koval", "Olena Koval", "olena koval"),
    description="Covers the border",
    source=Source("content/authors/olena-koval.md", "0"),
)
WORLD = Section("world", "World", source=Source("content/sections/world.md", "0"))
KURSK = Tag(
    *("kursk", "Kursk", "kursk"),
    description="The region",
    source=Source("content/tags/kursk.md", "0"),
)


def article(name: str, hours: int = 0, **changes: object) -> Article:
    made = Article(
        source=Source(f"content/articles/{name}.md", "0"),
        address=f"/world/2024/08/{name}/",
        id=name,
        slug=name,
        title=f"About {name}",
        date=NOW - timedelta(hours=hours),
        section="world",
        tags=(Name("Kursk", "kursk", "kursk"), Name("KURSK", "kursk", "kursk")),
        authors=(Name("Olena Koval", "olena koval", "olena-koval"),),
    )
    return replace(made, **changes)


def newsroom(articles: Sequence[Article]) -> Newsroom:
    return Newsroom(tuple(articles), sections=(WORLD,), tags=(KURSK,), authors=(KOVAL,))


def planned(
    articles: Sequence[Article], config: Config = CONFIG
) -> tuple[dict[str, Feed], tuple[Problem, ...]]:
    """The feeds by their paths, and all problems of the site."""
    site, _ = arranged(newsroom(articles), config, NOW)
    outputs, _ = of_kind(Feeds, site, config)
    feeds = {output.path: feed_in(output) for output in outputs}
    return feeds, whole_plan(newsroom(articles), config, NOW)[1]


def feed_in(output: Output) -> Feed:
    assert isinstance(output.value, Feed)
    return output.value


def with_outputs(**switches: bool) -> Config:
    return replace(CONFIG, outputs=OutputOptions(**switches))


def test_the_site_and_each_section_tag_and_author_have_three_feeds() -> None:
    feeds, problems = planned([article("a")])
    assert list(feeds) == [
        folder + file
        for folder in ("", "world/", "tags/kursk/", "authors/olena-koval/")
        for file in ("feed.xml", "atom.xml", "feed.json")
    ]
    assert [feed.format for feed in feeds.values()] == ["rss", "atom", "json"] * 4
    assert not problems


def test_a_feed_tells_what_it_is_about() -> None:
    feeds, _ = planned([article("a")])
    assert feeds["tags/kursk/atom.xml"] == replace(
        feeds["feed.xml"],
        format="atom",
        id="tag:example.org,2026:/news/tags/kursk/atom.xml",
        url="/news/tags/kursk/atom.xml",
        home_url="/news/tags/kursk/",
        title="The Harbour Gazette: Kursk",
        description="The region",
    )
    assert feeds["feed.xml"].title == "The Harbour Gazette"
    assert feeds["world/feed.xml"].title == "The Harbour Gazette: World"


@pytest.mark.parametrize(
    ("config", "missing"),
    [
        (with_outputs(rss=False), "feed.xml"),
        (with_outputs(atom=False), "atom.xml"),
        (with_outputs(json_feed=False), "feed.json"),
        (with_outputs(section_feeds=False), "world/"),
        (with_outputs(sections=False), "world/"),
        (with_outputs(tag_feeds=False), "tags/"),
        (with_outputs(tags=False), "tags/"),
        (with_outputs(author_feeds=False), "authors/"),
        (with_outputs(authors=False), "authors/"),
    ],
)
def test_what_is_switched_off_has_no_feed(config: Config, missing: str) -> None:
    every, _ = planned([article("a")])
    fewer, _ = planned([article("a")], config)
    assert [path for path in every if missing not in path] == list(fewer)


@pytest.mark.parametrize(("outputs", "first"), [({}, "feed.xml"), ({"rss": False}, "atom.xml")])
def test_with_one_format_the_site_alone_has_feeds_in_all(
    outputs: dict[str, bool], first: str
) -> None:
    config = replace(with_outputs(**outputs), feeds=FeedOptions(one_format=True))
    every, _ = planned([article("a")], with_outputs(**outputs))
    fewer, problems = planned([article("a")], config)
    assert list(fewer) == [path for path in every if "/" not in path or path.endswith(first)]
    assert not problems
    assert [link.url for link in feed_links("/tags/kursk/", "Kursk", config)] == [
        f"/news/tags/kursk/{first}"
    ]


def test_a_feed_holds_the_newest_stories_up_to_the_limit() -> None:
    config = replace(CONFIG, feeds=FeedOptions(items=3))
    feeds, _ = planned([article(f"a{n}", hours=n) for n in range(5)], config)
    for feed in feeds.values():
        assert [item.title for item in feed.items] == ["About a0", "About a1", "About a2"]


def test_a_new_story_changes_bounded_feeds_only_at_their_ends() -> None:
    config = replace(CONFIG, feeds=FeedOptions(items=3))
    old = [article(f"a{n}", hours=n + 1) for n in range(5)]
    before, after = planned(old, config)[0], planned([*old, article("new")], config)[0]
    assert after["feed.xml"].items[1:] == before["feed.xml"].items[:-1]


def test_stories_that_ask_to_be_left_out_are_left_out() -> None:
    feeds, _ = planned([article("a"), article("b", feed_exclude=True), article("c", noindex=True)])
    assert all([item.title for item in feed.items] == ["About a"] for feed in feeds.values())


def test_no_paid_story_goes_out_as_news() -> None:
    feeds, _ = planned([article("a"), article("b", type=ArticleType.SPONSORED)])
    assert all([item.title for item in feed.items] == ["About a"] for feed in feeds.values())


def test_without_stories_there_still_are_feeds() -> None:
    feeds, _ = planned([])
    assert feeds["world/feed.xml"].items == ()
    assert feeds["world/feed.xml"].updated is None


def test_a_feed_changed_when_its_newest_change_was_made() -> None:
    changed = NOW - timedelta(minutes=5)
    feeds, _ = planned([article("a", hours=1), article("b", hours=30, updated=changed)])
    assert feeds["feed.xml"].updated == changed
    assert [item.modified for item in feeds["feed.xml"].items] == [
        NOW - timedelta(hours=1),
        changed,
    ]


def test_an_item_names_authors_or_the_byline_and_each_tag_once() -> None:
    feeds, _ = planned([article("a"), article("b", hours=1, byline="Our correspondents")])
    first, second = feeds["feed.xml"].items
    assert first.authors == ("Olena Koval",)
    assert second.authors == ("Our correspondents",)
    assert first.tags == ("Kursk",)
    assert first.path == "content/articles/a.md"


def test_the_body_goes_along_only_for_full_text() -> None:
    summary, _ = planned([article("a")])
    full, _ = planned([article("a")], replace(CONFIG, feeds=FeedOptions(full_text=True)))
    assert summary["feed.xml"].items[0].source is None
    body = full["feed.xml"].items[0].source
    assert body is not None
    assert body.source_path == "content/articles/a.md"


def test_an_id_survives_every_change_but_that_of_the_id() -> None:
    original = article("a")
    feeds, _ = planned([original])
    identity = feeds["feed.xml"].items[0].id
    changes: list[dict[str, object]] = [
        {"slug": "b", "address": "/world/2025/01/b/"},
        {"title": "Another"},
        {"date": NOW - timedelta(days=400)},
        {"section": "news"},
        {"source": Source("content/articles/2024/moved.md", "1")},
    ]
    for change in changes:
        moved, _ = planned([replace(original, **change)])
        assert moved["feed.xml"].items[0].id == identity
    other, _ = planned([replace(original, id="b")])
    assert other["feed.xml"].items[0].id != identity


def test_two_stories_with_one_id_are_an_error_that_names_both() -> None:
    _, problems = planned([article("a", id="same"), article("b", id="same"), article("c")])
    (problem,) = problems
    assert problem.is_error
    assert problem.place == Place("content/articles/b.md")
    assert problem.keys == ("id",)
    assert "content/articles/a.md" in problem.message


@given(st.permutations([article(f"a{n}", hours=n // 2, id=f"{n // 3}") for n in range(6)]))
def test_the_order_of_files_does_not_matter(articles: list[Article]) -> None:
    assert planned(articles) == planned(sorted(articles, key=lambda a: a.source.path))


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://example.org/", "tag:example.org,2026:"),
        ("https://Example.ORG:8443/x/", "tag:example.org,2026:/x"),
        ("http://localhost:8000/", "tag:localhost,2026:"),
        ("http://[::1]:8000/", "tag:--1,2026:"),
        ("https://приклад.укр/é/", "tag:xn--80aikifvh.xn--j1amh,2026:/%C3%A9"),
    ],
)
def test_an_identity_begins_with_the_host(base_url: str, expected: str) -> None:
    assert identity_prefix(Base.parse(base_url)) == expected


def test_an_identity_is_a_uri_whatever_the_id() -> None:
    feeds, _ = planned([article("a", id="a b#é%")])
    assert feeds["feed.xml"].items[0].id == "tag:example.org,2026:/news/story/a%20b%23%C3%A9%25"


def test_the_head_of_a_page_announces_its_feeds() -> None:
    links = feed_links("/tags/kursk/", "Kursk", with_outputs(atom=False))
    assert [(link.title, link.url, link.media_type) for link in links] == [
        ("Kursk (RSS)", "/news/tags/kursk/feed.xml", "application/rss+xml"),
        ("Kursk (JSON Feed)", "/news/tags/kursk/feed.json", "application/feed+json"),
    ]
