import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.body import Body, BodyFacts, ResolvedTarget
from generator.model.caches import MOST_KEPT
from generator.model.cards import AuthorLink, Card, FeedLink, Link
from generator.model.config import Config
from generator.model.feeds import Feed, FeedItem
from generator.model.frozen import FrozenMap, freeze
from generator.model.outputs import FileCopy, Frame, Output, RedirectPage
from generator.model.pages import ArticlePage, Block, Head, IndexEntry, TagPage
from generator.model.pictures import Picture
from generator.model.podcasts import Podcast
from generator.model.recordings import Captions, Recording
from generator.model.values import fields, is_value, replace
from generator.plan.fingerprints import Fingerprints, Part, differing, parts_of
from tests.support.planning import newsroom, planned, story

FRAME = Frame("The Gazette", "https://example.org", "", "/")
WHEN = datetime(2024, 8, 20, 12, tzinfo=UTC)
BODY = Body("content/a.md", "0" * 32, BodyFacts(), (ResolvedTarget("b.md", "/b/"),))
CARD = Card("Kursk", "/kursk/", WHEN)
ARTICLE = ArticlePage(
    Head("A", "/a/"), "/a/", "a", "A", WHEN, WHEN, Link("News", "/news/"), BODY, older=CARD
)
PAGE = Output("a/index.html", ARTICLE, "article.html", "content/a.md")
ITEM = FeedItem("b", CARD, "Kursk", WHEN, source=BODY, path="content/a.md")
FEED = Output("feed.xml", Feed("rss", "1", "/feed.xml", "/", "A", "", "en", (ITEM,)))


def print_of(
    output: Output, frame: Frame = FRAME, rendering: str = "1", layout: str = "a layout"
) -> str:
    return Fingerprints(frame, rendering, lambda name: f"{layout} {name}").of(output)


def with_value(output: Output, **changes: object) -> Output:
    value: Any = output.value
    return replace(output, value=replace(value, **changes))


def changed_parts(output: Output, **changes: object) -> tuple[Part, ...]:
    return differing(print_of(output), print_of(with_value(output, **changes)))


def test_a_fingerprint_does_not_depend_on_what_is_still_kept_of_others() -> None:
    prints = Fingerprints(FRAME, "1", lambda name: name)
    before = prints.of(PAGE)
    for number in range(MOST_KEPT + 1):
        prints.of(with_value(PAGE, older=replace(CARD, title=f"Story {number}")))
    assert prints.of(PAGE) == before == Fingerprints(FRAME, "1", lambda name: name).of(PAGE)


def test_equal_outputs_have_equal_fingerprints() -> None:
    copy = replace(PAGE, value=replace(ARTICLE, source=replace(BODY), older=replace(CARD)))
    assert print_of(copy) == print_of(PAGE)


@pytest.mark.parametrize(
    ("other", "part"),
    [
        (print_of(PAGE, rendering="2"), Part.CODE),
        (print_of(PAGE, frame=replace(FRAME, tagline="Since 1891")), Part.FRAME),
        (print_of(PAGE, frame=replace(FRAME, extra=FrozenMap((("a", 1),)))), Part.FRAME),
        (print_of(PAGE, layout="another"), Part.LAYOUT),
        (print_of(replace(PAGE, layout="other.html")), Part.LAYOUT),
        (print_of(replace(PAGE, source="content/b.md")), Part.OWN),
    ],
)
def test_a_part_tells_what_differs(other: str, part: Part) -> None:
    assert differing(print_of(PAGE), other) == (part,)


def test_parts_of_a_page_tell_text_stories_and_the_rest_apart() -> None:
    assert changed_parts(PAGE, source=replace(BODY, digest="1" * 32)) == (Part.TEXT,)
    assert changed_parts(PAGE, older=replace(CARD, title="Other")) == (Part.STORIES,)
    assert changed_parts(PAGE, title="B") == (Part.OWN,)
    moved = replace(BODY, resolved=(ResolvedTarget("b.md", "/c/"),))
    assert changed_parts(PAGE, source=moved) == (Part.OWN,)


def test_parts_of_a_feed_tell_texts_and_stories_apart() -> None:
    text = replace(ITEM, source=replace(BODY, digest="1" * 32))
    assert changed_parts(FEED, items=(text,)) == (Part.TEXT,)
    assert changed_parts(FEED, items=(replace(ITEM, title="B"),)) == (Part.STORIES,)
    card = replace(ITEM, card=replace(CARD, title="B"))
    assert changed_parts(FEED, items=(card,)) == (Part.STORIES,)
    no_text = replace(ITEM, source=None)
    assert set(changed_parts(FEED, items=(no_text,))) == {Part.TEXT, Part.STORIES}


def test_a_story_in_another_place_is_another_page() -> None:
    assert changed_parts(PAGE, older=None, newer=CARD) == (Part.OWN,)
    listing = Output("t/index.html", TagPage(Head("T", "/t/"), "/t/", "T", (CARD, replace(CARD))))
    assert changed_parts(listing, cards=(CARD,)) == (Part.STORIES, Part.OWN)
    other = replace(CARD, title="B")
    two, swapped = (with_value(listing, cards=c) for c in ((CARD, other), (other, CARD)))
    assert differing(print_of(two), print_of(swapped)) == (Part.STORIES,)


ALIKE = [
    *(0, False, "0", 0.0, -0.0, None, "None", "", (), ("",), ("", ""), "()", ((),)),
    *(1, True, "1", 1.0, (1,), ("1",), (True,), ("a", "b"), ("a, b",), ("a', 'b",)),
    *(FrozenMap(), FrozenMap((("a", 1),)), ("FrozenMap", ()), (("a", 1),), "...", (..., "a")),
    *(WHEN, WHEN.isoformat(), (WHEN.isoformat(), "UTC"), WHEN.date()),
    WHEN.astimezone(ZoneInfo("Europe/Kyiv")),
    WHEN.astimezone(timezone(timedelta(hours=3))),
    WHEN.replace(tzinfo=None),
    *(CARD, replace(CARD, title="B"), BODY, Link("a", "b"), ("Link", ("a", "b")), b"a", "b'a'"),
]


def test_values_that_look_alike_are_told_apart() -> None:
    prints = [print_of(with_value(PAGE, extra=FrozenMap((("key", value),)))) for value in ALIKE]
    assert len(set(prints)) == len(ALIKE)


SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "1", "a", "None"])
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=6,
)


@given(TREES, TREES)
def test_two_values_have_one_fingerprint_only_if_they_are_the_same(one: Any, other: Any) -> None:  # noqa: ANN401 - of any shape
    prints = [
        print_of(with_value(PAGE, extra=FrozenMap((("x", freeze(v)),)))) for v in (one, other)
    ]
    # JSON tells 1 from true, as `==` does not.
    assert (prints[0] == prints[1]) == (json.dumps(one) == json.dumps(other))


SOME: dict[object, object] = {
    str: "x",
    datetime: WHEN,
    Card: CARD,
    Link: Link("x", "/x/"),
    Body: BODY,
    Picture: Picture("/x.png"),
    AuthorLink: AuthorLink("X"),
    Block: Block("X", "/x/", ()),
    FeedLink: FeedLink("X", "/x.xml", "text/xml"),
    FeedItem: ITEM,
    IndexEntry: IndexEntry("X", "/x/", 1),
    ResolvedTarget: ResolvedTarget("x", "/x/"),
    Recording: Recording("audio", "/x.mp3", "audio/mpeg"),
    Captions: Captions("/x.vtt", "en"),
    Podcast: Podcast("/x.png", ("News",)),
    bool: True,
}


def another(value: Any, wanted: Any) -> object:  # noqa: ANN401 - a field's value and its type
    """A value of the type that is not the same."""
    if value is None:
        return SOME[get_args(wanted)[0]]
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return (*value, value[-1] if value else SOME[get_args(wanted)[0]])
    if isinstance(value, FrozenMap):
        return FrozenMap((*value.items_, ("further", 1)))
    if is_value(value):
        return next(variants(value))
    more: tuple[tuple[type, object], ...] = ((str, "x"), (int, 1), (datetime, timedelta(1)))
    return value + next(step for kind, step in more if isinstance(value, kind))


def variants(value: Any) -> Iterator[object]:  # noqa: ANN401 - any dataclass
    """The same with one field changed, for each field; those of values inside it too."""
    for field in fields(value):
        if isinstance(value, Body) and field.name == "facts":
            continue  # they follow from the text, for which the digest stands
        inside = getattr(value, field.name)
        if field.name != "data":
            yield replace(value, **{field.name: another(inside, field.type)})
        if is_value(inside) and not isinstance(inside, FrozenMap):
            yield from (replace(value, **{field.name: part}) for part in variants(inside))
        elif isinstance(inside, tuple) and inside and is_value(inside[0]):
            more = (replace(value, **{field.name: (p, *inside[1:])}) for p in variants(inside[0]))
            yield from more


def test_whatever_changes_in_an_output_changes_its_fingerprint() -> None:
    config = Config(title="T", base_url="https://example.org/")
    stories = [story(f"s{n}", hours=n, tags=["Ferry"], authors=["Ann"]) for n in range(3)]
    plan, _ = planned(newsroom(*stories), config)
    prints = Fingerprints(plan.frame, "", str)
    kinds = set()
    for output in {type(output.value): output for output in plan.outputs}.values():
        kinds.add(type(output.value))
        known = prints.of(output)
        for value in variants(output.value):
            assert prints.of(replace(output, value=value)) != known
    assert len(kinds) >= 15


def test_every_value_of_a_plan_has_all_parts_or_says_why_not() -> None:
    redirect = Output("old/index.html", RedirectPage("/old/", "/new/", "A"))
    parts = parts_of(print_of(redirect))
    assert [part for part in Part if not parts[part]] == [Part.LAYOUT, Part.TEXT, Part.STORIES]
    assert print_of(redirect) != print_of(replace(redirect, value=FileCopy("/old/", "/new/")))


@pytest.mark.parametrize("old", ["", "2bfdcca918a2f81f92d5bf93f462a70a", "a.b"])
def test_a_fingerprint_of_another_make_is_other_code(old: str) -> None:
    assert differing(old, print_of(PAGE)) == (Part.CODE,)
    assert parts_of(old) == {}


def test_no_difference_is_no_part() -> None:
    assert differing(print_of(PAGE), print_of(PAGE)) == ()
