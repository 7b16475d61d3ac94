"""What an edit reaches, held against the whole plans before and after it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from generator.model.article import Article, Author, Newsroom, Section, Source, Tag
from generator.model.config import Config, OutputOptions
from generator.model.layouts import ThemeFile
from generator.model.outputs import Output
from generator.model.plan import Plan
from generator.model.values import replace
from generator.plan.affected import affected
from generator.plan.arrange import arrange
from generator.plan.edits import Edit, edited
from generator.plan.flatplan import Flatplan
from generator.plan.planners import plan_site
from generator.plan.tag_slips import likely_slips
from tests.support.planning import NOW, source, story

Write = Callable[..., Newsroom]

THEME = (ThemeFile("site.css", "0123456789abcdef", b"p {}"),)
CONFIG = Config(title="The Gazette", base_url="https://example.org/", page_size=2)
LABELS = ("Kursk", "KURSK", "Kurrsk", "War", "Peace", "Rare")


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


def by_path(plan: Plan) -> dict[str, Output]:
    return {output.path: output for output in plan.outputs}


def check(before: Newsroom, after: Newsroom, edit: Edit, config: Config, now: datetime) -> str:
    """Hold an edit of the Site against arranging and planning the whole; tells how far it got."""
    site, problems = arrange(before, config, now)
    true_site, true_problems = arrange(after, config, now)
    patched = edited(site, edit)
    if patched is None:
        return "arranged anew"
    plan, faults = plan_site(site, config, THEME)
    true_plan, true_faults = plan_site(true_site, config, THEME)
    old, new = by_path(plan), by_path(true_plan)
    flatplan = Flatplan(patched, config, THEME)
    if true_problems or true_faults:
        are_new = (true_problems, true_faults) != (problems, faults)
        assert not are_new or affected(site, patched, edit, config) is None
        return "problems"
    assert flatplan.frame == true_plan.frame
    assert patched.next_change == true_site.next_change
    assert {path: flatplan.at(path) for path in {*old, *new}} == {
        path: new.get(path) for path in {*old, *new}
    }
    reached = affected(site, patched, edit, config)
    if reached is None:
        return "planned as a whole"
    assert {path for path in {*old, *new} if old.get(path) != new.get(path)} <= reached
    assert likely_slips(before) == likely_slips(after)
    return "in part"


@st.composite
def stories(draw: st.DrawFn, name: str) -> Article:
    article = story(
        name,
        hours=draw(st.integers(0, 40)) * 20,
        tags=draw(st.lists(st.sampled_from(LABELS), max_size=3)),
        authors=draw(st.lists(st.sampled_from(["Jo", "Ann", "Bo"]), max_size=2)),
        section=draw(st.sampled_from(["news", "world"])),
    )
    return draw(varied(article)) if draw(st.integers(0, 3)) == 0 else article


@st.composite
def varied(draw: st.DrawFn, article: Article) -> Article:  # noqa: PLR0911 - one for each field
    """The same story with something about it changed."""
    kind = draw(
        st.sampled_from(
            ("title", "summary", "body", "flags", "tags", "authors", "date", "pick", "section")
        )
    )
    match kind:
        case "title":
            return replace(article, title=draw(st.sampled_from(["One", "Two"])))
        case "summary":
            return replace(article, summary=draw(st.sampled_from(["", "Short."])))
        case "body":
            return replace(article, source=replace(article.source, digest="another"))
        case "flags":
            on = draw(st.booleans())
            which = draw(st.sampled_from(["noindex", "pinned", "feed_exclude"]))
            return replace(article, **{which: on})
        case "tags":
            return replace(article, tags=article.tags[1:])
        case "authors":
            return replace(article, authors=article.authors[1:])
        case "date":
            return replace(article, date=article.date + timedelta(hours=draw(st.integers(-99, 0))))
        case "pick":
            return replace(article, related=("s1",))
        case _:
            return replace(article, section=draw(st.sampled_from(["news", "world"])))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_an_edit_reaches_no_more_than_it_says(data: st.DataObject, make: Write) -> None:
    count = data.draw(st.integers(1, 16))
    written = [data.draw(stories(f"s{n}")) for n in range(count)]
    chosen = data.draw(st.integers(0, count - 1))
    match data.draw(st.sampled_from(["add", "change", "change", "delete"])):
        case "add":
            new = data.draw(stories("fresh"))
            edit, after = Edit(None, new), [*written, new]
        case "change":
            new = data.draw(varied(written[chosen]))
            edit = Edit(written[chosen], new)
            after = [*written[:chosen], new, *written[chosen + 1 :]]
        case _:
            edit = Edit(written[chosen], None)
            after = [*written[:chosen], *written[chosen + 1 :]]
    config = replace(CONFIG, outputs=data.draw(st.sampled_from([OutputOptions(), QUIET])))
    event(check(make(*written), make(*after), edit, config, NOW))


QUIET = OutputOptions(archive=False, sections=False, tag_feeds=False, json_feed=False)


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


def test_the_newest_story_is_published_without_planning_the_whole(
    archive: list[Article], make: Write
) -> None:
    new = story("fresh", hours=1, tags=["Kursk", "War"], authors=["Ann"])
    before, after = make(*archive), make(*archive, new)
    assert check(before, after, Edit(None, new), CONFIG, NOW) == "in part"


@pytest.mark.parametrize("hours", [-24 * 20, -24 * 150, 24 * 300, 24 * 30])
def test_the_first_story_of_a_month_is_published_without_planning_the_whole(
    archive: list[Article], make: Write, hours: int
) -> None:
    later = NOW + timedelta(days=200)
    old = story("old", hours=24 * 500, tags=["Kursk"], authors=["Ann"])
    new = story("fresh", hours=hours, tags=["Kursk", "War"], authors=["Ann"])
    before, after = make(*archive, old), make(*archive, old, new)
    assert check(before, after, Edit(None, new), CONFIG, later) == "in part"


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
def test_an_edit_of_any_story_is_published_without_planning_the_whole(
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
    assert check(before, after, Edit(old, new), CONFIG, NOW) == "in part"


def test_a_mended_body_reaches_its_page_and_the_feeds_only(
    archive: list[Article], make: Write
) -> None:
    old = archive[20]
    new = replace(old, source=replace(old.source, digest="another"))
    site, _ = arrange(make(*archive), CONFIG, NOW)
    after = edited(site, Edit(old, new))
    assert after
    reached = affected(site, after, Edit(old, new), CONFIG)
    assert reached
    assert {path for path in reached if path.endswith(".html")} == {"news/s20/index.html"}


def test_a_first_use_of_a_tag_is_planned_as_a_whole(archive: list[Article], make: Write) -> None:
    new = story("fresh", hours=1, tags=["Never seen"])
    site, _ = arrange(make(*archive), CONFIG, NOW)
    assert edited(site, Edit(None, new)) is None


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
    assert check(before, after, Edit(old, new), config, NOW) == "in part"


def test_pinned_stories_change_places_by_their_weights(archive: list[Article], make: Write) -> None:
    one, old = (replace(archive[place], pinned=True, weight=place) for place in (20, 30))
    new = replace(old, weight=10)
    others = (*archive[:20], one, *archive[21:30], *archive[31:])
    assert check(make(*others, old), make(*others, new), Edit(old, new), CONFIG, NOW) == "in part"


def test_a_listing_that_loses_a_page_is_planned_as_a_whole(
    archive: list[Article], make: Write
) -> None:
    """Whatever links to the page that goes has a dead link now."""
    old = archive[20]
    new = replace(old, tags=archive[0].tags)
    at_war = [story for story in archive if old.tags[1] in story.tags]
    assert len(at_war) % 2 == 0  # its last page is just full
    before, after = make(*archive), make(*archive[:20], new, *archive[21:])
    assert check(before, after, Edit(old, new), CONFIG, NOW) == "planned as a whole"


def test_the_last_story_of_a_month_that_leaves_it_is_planned_as_a_whole(
    archive: list[Article], make: Write
) -> None:
    """The pages of the months beside it lead on to others, and links to its page are dead."""
    oldest = story("oldest", hours=24 * 500, tags=["Kursk"], authors=["Ann"])
    old = story("old", hours=24 * 250, tags=["Kursk"], authors=["Ann"])
    new = replace(old, date=old.date + timedelta(days=240))
    before, after = make(*archive, oldest, old), make(*archive, oldest, new)
    assert check(before, after, Edit(old, new), CONFIG, NOW) == "planned as a whole"


def test_a_page_of_the_archive_where_a_story_stands_is_planned_as_a_whole(
    archive: list[Article], make: Write
) -> None:
    squatter = replace(archive[0], address="/archive/2023/01/")
    new = replace(story("fresh", tags=["War"]), date=datetime(2023, 1, 5, tzinfo=UTC))
    before = make(squatter, *archive[1:])
    after = make(squatter, *archive[1:], new)
    assert check(before, after, Edit(None, new), CONFIG, NOW) == "problems"


def test_a_site_edited_again_and_again_stays_true(archive: list[Article], make: Write) -> None:
    site, _ = arrange(make(*archive), CONFIG, NOW)
    stories = list(archive)
    for place in range(0, 40, 3):
        old = stories[place]
        stories[place] = new = replace(old, title=f"Edition {place}", date=old.date)
        step = edited(site, Edit(old, new))
        assert step
        site = step
    true_site, _ = arrange(make(*stories), CONFIG, NOW)
    flatplan = Flatplan(site, CONFIG, THEME)
    plan, _ = plan_site(true_site, CONFIG, THEME)
    assert all(flatplan.at(output.path) == output for output in plan.outputs)


def test_a_story_whose_date_moves_may_decide_how_a_tag_is_spelt(make: Write) -> None:
    """Of two spellings that are equally common, the older story's counts."""
    other, old = story("a", hours=5, tags=["KURSK"]), story("b", hours=2, tags=["Kursk"])
    new = replace(old, date=old.date - timedelta(hours=9))
    assert check(make(other, old), make(other, new), Edit(old, new), CONFIG, NOW) == "arranged anew"


def test_a_story_whose_date_moves_needs_nothing_arranged_anew_where_an_older_one_spells_alike(
    make: Write,
) -> None:
    first = story("a", hours=9, tags=["Kursk"], authors=["Ann"])
    other = story("b", hours=5, tags=["KURSK"], authors=["ANN"])
    old = story("c", hours=2, tags=["Kursk"], authors=["Ann"])
    for hours in (5, 9):
        new = replace(old, date=old.date - timedelta(hours=hours))
        before, after = make(first, other, old), make(first, other, new)
        assert check(before, after, Edit(old, new), CONFIG, NOW) != "arranged anew"
