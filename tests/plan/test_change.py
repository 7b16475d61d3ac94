"""What is put in bit by bit, held against all at once; and what a change is said to touch."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from generator.model.addresses import address_of
from generator.model.article import Article, Author, Newsroom, Section, Source, Tag
from generator.model.body import Body
from generator.model.config import Config, FeedOptions, OutputOptions
from generator.model.feeds import Feed
from generator.model.mentions import Mentions
from generator.model.outputs import Output
from generator.model.problems import Problem
from generator.model.runs import Index, Run, Stock
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.arrange import empty_site, put
from generator.plan.change import Change
from generator.plan.files import files_to_name, unnamed_files
from generator.plan.kinds import KINDS, reserved_by
from generator.plan.own_files import mentions_of
from generator.plan.plan import Plan
from generator.plan.view import BROKEN, View
from tests.support.papers import Files, after, later, news_of, papers
from tests.support.planning import INDEXES, NOW, STYLE, contents, name_of, source, story

THEME = (STYLE,)
CONFIG = Config(title="The Gazette", base_url="https://example.org/", page_size=2, related=2)
QUIET = OutputOptions(archive=False, sections=False, tag_feeds=False, json_feed=False)
CONFIGS = (
    CONFIG,
    replace(CONFIG, outputs=QUIET),
    replace(CONFIG, related=1, feeds=FeedOptions(full_text=True)),
    replace(CONFIG, outputs=OutputOptions(tags=False, authors=False), related=0),
)
LISTED = ((), (name_of("world"),))


def names_in(files: Iterable[object]) -> set[str]:
    """All that some texts name."""
    texts = (text for text in files if hasattr(text, "source"))
    return {name for text in texts for name in mentions_of(text)}


def recalled(site: Site, view: View) -> Site:
    """A Site as a record of it gives it back: nothing is fetched before it is asked for."""
    stories = {article.source.path: article for article in site.articles}
    stock = Stock(site.articles.stock.keys, stories.__getitem__)

    def run(known: Run) -> Run:
        return Run(stock, known.numbers)

    def index(known: Index) -> Index:
        return Index(stock, known.all, lambda: [*known])

    bare = replace(
        empty_site(view, stock),
        **{
            name: run(getattr(site, name))
            for name in ("articles", "pinned", "picking", "moved", "timed")
        },
        **{
            uses: {
                key: {name: run(known) for name, known in spelt.items()}
                for key, spelt in getattr(site, uses).items()
            }
            for uses in ("section_uses", "tag_uses", "author_uses")
        },
        months={month: run(known) for month, known in site.months.items()},
        month_changes=site.month_changes,
        **{name: index(getattr(site, name)) for name in INDEXES},
        texts=site.texts,
        hidden=site.hidden,
        files=dict(site.every_file),
        every_file=dict(site.every_file),
        mentions=Mentions(site.mentions.of),
        broken=site.broken,
    )
    return put(bare, {}, replace(view, now=site.now)).after


def by_path(plan: Plan) -> dict[str, Output]:
    return {slot.path: plain(slot.made()) for slot in plan.slots}


def plain(output: Output) -> Output:
    """An Output in which all dead links are alike: each stops the build, whatever it is told."""
    value: Any = output.value
    if isinstance(value, Feed):
        items = (replace(item, source=undead(item.source)) for item in value.items)
        return replace(output, value=replace(value, items=tuple(items)))
    if isinstance(getattr(value, "source", None), Body):
        return replace(output, value=replace(value, source=undead(value.source)))
    return output


def undead(body: Body | None) -> Body | None:
    """A body whose dead links are told in no words."""
    if body is None:
        return None
    links = (replace(link, fault="dead", hint="") if link.fault else link for link in body.resolved)
    return replace(body, resolved=tuple(links))


def reached(change: Change, before: Plan, plan: Plan) -> frozenset[str]:
    """The paths of all files that a change is said to touch, at once or by what links to them."""
    touched = plan.touched(change, before)
    moved = (path for path in touched if (plan.at(path) is None) != (before.at(path) is None))
    return touched | plan.naming(change, map(address_of, moved))


def told(site: Site, plan: Plan) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with a Site and its plan, by who found it; in no order."""
    found = {"site": site.problems, **plan.problems()}
    return {name: tuple(sorted(problems, key=repr)) for name, problems in found.items()}


def has_error(found: dict[str, tuple[Problem, ...]]) -> bool:
    return any(problem.is_error for problems in found.values() for problem in problems)


def hold_plan(change: Change, before: Plan, plan: Plan) -> str:
    """Hold what a change touches against the plans before and after it; tells what came of it."""
    faults, found = told(change.before, before), told(change.after, plan)
    if has_error(faults):
        return "from an error"
    again = {**plan.problems(change), "site": change.after.problems}
    if has_error(found):
        paths = reached(change, before, plan)
        assert has_error({**faults, **again}) or any(map(plan.is_contested, paths))
        return "to an error"
    news = {name: tuple(sorted(problems, key=repr)) for name, problems in again.items()}
    assert {**faults, **news} == found
    old, new = by_path(before), by_path(plan)
    differing = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    paths = reached(change, before, plan)
    assert differing - paths == set()
    made = {path: output for path in paths if (output := plan.at(path))}
    assert {path: plain(output) for path, output in made.items()} == {
        path: output for path, output in new.items() if path in paths
    }
    return "in part"


def hold_unnamed(change: Change) -> None:
    """Hold what is said of files that nobody names against looking at all of them again."""
    before, site, asked = change.before, change.after, files_to_name(change)
    known = dict(unnamed_files(before, before.every_file))
    kept = {path: problem for path, problem in known.items() if path not in asked}
    assert {**kept, **dict(unnamed_files(site, asked))} == dict(
        unnamed_files(site, site.every_file)
    )


def hold(data: st.DataObject, steps: int) -> None:
    """Put news into a paper step by step, and hold each Site and plan against all at once."""
    config, listed = data.draw(st.sampled_from(CONFIGS)), data.draw(st.sampled_from(LISTED))
    view = View(config, NOW, listed, reserved_by(KINDS), drafts=data.draw(st.booleans()))
    files: Files = data.draw(papers())
    named = names_in(files.values())
    site = put(empty_site(view), files, view).after
    for _ in range(steps):
        before = Plan(site, config, THEME)
        news, was_sound = data.draw(news_of(files)), BROKEN not in files.values()
        view = replace(view, now=data.draw(later(view.now)))
        files, named = after(files, news), named | names_in(news.values())
        change = put(site, news, view)
        anew = put(empty_site(view), files, view).after
        assert contents(change.after, named) == contents(anew, named)
        plan, whole = Plan(change.after, config, THEME), Plan(anew, config, THEME)
        assert (plan.frame, plan.next_change) == (whole.frame, whole.next_change)
        assert plan.outputs == whole.outputs
        event(hold_plan(change, before, Plan(change.after, config, THEME)))
        if was_sound and BROKEN not in files.values():
            hold_unnamed(change)
        site = change.after
        if data.draw(st.booleans()):
            site = recalled(site, view)
            assert contents(site, named) == contents(anew, named)


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_what_is_put_in_bit_by_bit_is_as_if_put_in_at_once(data: st.DataObject) -> None:
    hold(data, 2)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_what_is_put_in_again_and_again_is_as_if_put_in_at_once(data: st.DataObject) -> None:
    hold(data, 5)


VIEW = View(CONFIG, NOW, (), reserved_by(KINDS))
Write = Callable[..., Newsroom]


def edit(
    before: Newsroom, after: Newsroom, config: Config, now: datetime
) -> tuple[Change, Plan, Plan]:
    """Put the difference of two newsrooms into the Site of the first, and hold what comes of it."""
    view = replace(VIEW, config=config, now=now)
    old, new = before.news(BROKEN), after.news(BROKEN)
    news = {path: new.get(path) for path in {**old, **new} if old.get(path) != new.get(path)}
    change = put(put(empty_site(view), old, view).after, news, view)
    assert contents(change.after) == contents(put(empty_site(view), new, view).after)
    plans = Plan(change.before, config, THEME), Plan(change.after, config, THEME)
    assert hold_plan(change, *plans) == "in part"
    return change, *plans


@pytest.fixture(scope="session")
def make() -> Write:
    """A newsroom of some stories in two sections, with a file for one tag and one author."""

    def newsroom(*stories: Article) -> Newsroom:
        return Newsroom(
            articles=stories,
            sections=(Section("world", "World", source=source("content/sections/world.md")),),
            tags=(Tag("war", "War", "war", source=source("content/tags/war.md", has_text=True)),),
            authors=(Author("jo", "Jo", "jo", source=source("content/authors/jo.md")),),
        )

    return newsroom


@pytest.fixture(scope="session")
def archive() -> list[Article]:
    """Forty stories of one month; every tag is in wide use."""
    return [
        story(
            f"s{n:02}",
            hours=10 + n,
            tags=["Kursk", "War", "Peace"][: 1 + n % 3],
            authors=["Jo", "Ann"][: 1 + n % 2],
            section=["news", "world"][n % 2],
        )
        for n in range(40)
    ]


def test_what_the_newest_story_touches_is_known(archive: list[Article], make: Write) -> None:
    new = story("fresh", hours=1, tags=["Kursk", "War"], authors=["Ann"])
    before, after = make(*archive), make(*archive, new)
    edit(before, after, CONFIG, NOW)


@pytest.mark.parametrize("hours", [-24 * 20, -24 * 150, 24 * 300, 24 * 30])
def test_what_the_first_story_of_a_month_touches_is_known(
    archive: list[Article], make: Write, hours: int
) -> None:
    later = NOW + timedelta(days=200)
    old = story("old", hours=24 * 500, tags=["Kursk"], authors=["Ann"])
    new = story("fresh", hours=hours, tags=["Kursk", "War"], authors=["Ann"])
    before, after = make(*archive, old), make(*archive, old, new)
    edit(before, after, CONFIG, later)


@pytest.mark.parametrize("place", [0, 1, 7, 39])
@pytest.mark.parametrize(
    "change",
    [
        {"title": "Mended"},
        {"summary": "Mended."},
        {"kicker": "New", "byline": "By all"},
        {"source": Source("content/articles/s.md", "another body")},
        {"date": timedelta(hours=-3)},
        {"tags": 1},
        {"noindex": True, "pinned": True},
    ],
    ids=str,
)
def test_what_an_edit_of_any_story_touches_is_known(
    archive: list[Article], make: Write, place: int, change: dict[str, object]
) -> None:
    old = archive[place]
    match change:
        case {"date": timedelta() as step}:
            new = replace(old, date=old.date + step)
        case {"tags": _}:
            new = replace(old, tags=archive[2].tags)
        case {"source": Source(digest=digest)}:
            new = replace(old, source=replace(old.source, digest=digest))
        case _:
            new = replace(old, **change)
    before, after = make(*archive), make(*archive[:place], new, *archive[place + 1 :])
    edit(before, after, CONFIG, NOW)


@pytest.mark.parametrize("change", ["tags", "date"])
def test_an_old_story_decides_how_rare_its_tag_is_for_all_that_follow(
    make: Write, change: str
) -> None:
    """Of two tags as rare as each other the newer story's counts, until one has a story more."""
    kursk = [story(f"k{n}", hours=10 + 2 * n, tags=["Kursk"]) for n in range(5)]
    peace = [story(f"p{n}", hours=11 + 2 * n, tags=["Peace"]) for n in range(5)]
    both = story("both", hours=1, tags=["Kursk", "Peace"])
    if change == "tags":
        old = story("old", hours=99)
        new = replace(old, tags=kursk[0].tags)
    else:
        old = story("old", hours=0, tags=["Kursk"])
        new = replace(old, date=old.date - timedelta(hours=99))
    others = (*kursk, *peace, both)
    before, after = make(*others, old), make(*others, new)
    config = replace(CONFIG, related=1)
    edit(before, after, config, NOW)


def test_pinned_stories_change_places_by_their_weights(archive: list[Article], make: Write) -> None:
    one, old = (replace(archive[place], pinned=True, weight=place) for place in (20, 30))
    new = replace(old, weight=10)
    others = (*archive[:20], one, *archive[21:30], *archive[31:])
    edit(make(*others, old), make(*others, new), CONFIG, NOW)


def test_a_listing_may_lose_a_page(archive: list[Article], make: Write) -> None:
    """Whatever links to the page that goes has a dead link now."""
    old = archive[20]
    new = replace(old, tags=archive[0].tags)
    at_war = [story for story in archive if old.tags[1] in story.tags]
    assert len(at_war) % 2 == 0  # its last page is just full
    before, after = make(*archive), make(*archive[:20], new, *archive[21:])
    edit(before, after, CONFIG, NOW)


def test_the_last_story_of_a_month_may_leave_it(archive: list[Article], make: Write) -> None:
    """The pages of the months beside it lead on to others, and links to its page are dead."""
    oldest = story("oldest", hours=24 * 500, tags=["Kursk"], authors=["Ann"])
    old = story("old", hours=24 * 250, tags=["Kursk"], authors=["Ann"])
    new = replace(old, date=old.date + timedelta(days=240))
    before, after = make(*archive, oldest, old), make(*archive, oldest, new)
    edit(before, after, CONFIG, NOW)


def test_a_story_whose_date_moves_may_decide_how_a_tag_is_spelt(make: Write) -> None:
    """Of two spellings that are equally common, the older story's counts."""
    other, old = story("a", hours=5, tags=["KURSK"]), story("b", hours=2, tags=["Kursk"])
    new = replace(old, date=old.date - timedelta(hours=9))
    edit(make(other, old), make(other, new), CONFIG, NOW)


def test_a_story_whose_date_moves_decides_nothing_where_an_older_one_spells_alike(
    make: Write,
) -> None:
    first = story("a", hours=9, tags=["Kursk"], authors=["Ann"])
    other = story("b", hours=5, tags=["KURSK"], authors=["ANN"])
    old = story("c", hours=2, tags=["Kursk"], authors=["Ann"])
    for hours in (5, 9):
        new = replace(old, date=old.date - timedelta(hours=hours))
        before, after = make(first, other, old), make(first, other, new)
        edit(before, after, CONFIG, NOW)


def test_a_mended_body_reaches_its_page_and_the_feeds_only(
    archive: list[Article], make: Write
) -> None:
    old = archive[20]
    new = replace(old, source=replace(old.source, digest="another"))
    others = (*archive[:20], *archive[21:])
    for config in CONFIGS:
        paths = reached(*edit(make(*others, old), make(*others, new), config, NOW))
        assert {path for path in paths if path.endswith(".html")} == {"news/s20/index.html"}
        assert ("feed.xml" in paths) == config.feeds.full_text


@pytest.mark.parametrize(
    "changes", [{"tags": ["Never seen"]}, {"authors": ["Zoe"]}, {"section": "art"}]
)
def test_what_nobody_named_before_is_touched(
    archive: list[Article], make: Write, changes: dict[str, Any]
) -> None:
    new = story("fresh", hours=1, **changes)
    there = edit(make(*archive), make(*archive, new), CONFIG, NOW)
    gone = edit(make(*archive, new), make(*archive), CONFIG, NOW)
    assert reached(*there) == reached(*gone)
    assert len(reached(*there)) < 40


def test_a_page_of_the_archive_where_a_story_stands_is_contested(
    archive: list[Article], make: Write
) -> None:
    squatter = replace(archive[0], address="/archive/2023/01/")
    new = replace(story("fresh", tags=["War"]), date=datetime(2023, 1, 5, tzinfo=UTC))
    files = make(squatter, *archive[1:]).news(BROKEN)
    change = put(put(empty_site(VIEW), files, VIEW).after, {new.source.path: new}, VIEW)
    before, plan = (Plan(site, CONFIG, THEME) for site in (change.before, change.after))
    assert hold_plan(change, before, plan) == "to an error"
    assert plan.is_contested("archive/2023/01/index.html")


def test_a_story_at_an_old_address_is_told(archive: list[Article], make: Write) -> None:
    moved = replace(archive[0], aliases=("/news/fresh/",))
    new = story("fresh")
    files = make(moved, *archive[1:]).news(BROKEN)
    change = put(put(empty_site(VIEW), files, VIEW).after, {new.source.path: new}, VIEW)
    before, plan = (Plan(site, CONFIG, THEME) for site in (change.before, change.after))
    assert hold_plan(change, before, plan) == "to an error"


def test_a_link_to_the_file_of_a_tag_is_looked_at_when_the_tag_is_used_first(make: Write) -> None:
    other = story("other", links=["/tags/war.md"])
    new = story("fresh", tags=["War"])
    paths = reached(*edit(make(other), make(other, new), CONFIG, NOW))
    assert "news/other/index.html" in paths


def test_a_tags_feed_is_other_where_another_tag_of_its_stories_is_spelt_otherwise(
    make: Write,
) -> None:
    both = story("both", tags=["Kursk", "Peace"])
    new = [story(f"new{n}", tags=["KURSK"], hours=1) for n in range(2)]
    paths = reached(*edit(make(both), make(both, *new), CONFIG, NOW))
    assert "tags/peace/feed.xml" in paths


def test_feeds_of_whole_stories_carry_links_that_may_lead_elsewhere(make: Write) -> None:
    old = story("old", hours=9, links=["fresh.md"], tags=["Peace"])
    config = replace(CONFIG, feeds=FeedOptions(full_text=True))
    paths = reached(*edit(make(old), make(old, story("fresh")), config, NOW))
    assert "tags/peace/feed.xml" in paths
