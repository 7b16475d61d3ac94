"""The whole plan, and the laws it keeps."""

from datetime import timedelta
from random import Random

import pytest

from generator.model.article import (
    Author,
    Image,
    Newsroom,
    Page,
    Section,
    SourceFile,
    Tag,
)
from generator.model.outputs import Value
from generator.model.plan import Plan
from generator.model.values import fields, replace
from generator.plan.planners import further_addresses
from tests.support.planning import CONFIG, NOW, arranged, planned, source, story

DAY = timedelta(days=1)
CLASH = "would be published as {}, and so would"


def shuffled(newsroom: Newsroom, random: Random) -> Newsroom:
    """The same newsroom, its files read in another order."""
    order = {
        field.name: tuple(random.sample(values, len(values)))
        for field in fields(newsroom)
        if field.name != "section_names" and (values := getattr(newsroom, field.name))
    }
    return replace(newsroom, **order)


def values(plan: Plan) -> dict[str, Value]:
    return {output.path: output.value for output in plan.outputs}


def content(plan: Plan) -> tuple[object, ...]:
    """All of a plan, its Outputs made."""
    return plan.frame, plan.outputs, plan.next_change


@pytest.fixture(scope="session")
def town() -> Newsroom:
    """A town's paper of some hundred stories, with one of everything else."""
    stories = tuple(
        story(
            f"{n % 3}/{n}",
            hours=7 * n + 2,
            section=("news", "art", "sport")[n % 3],
            tags=[f"Tag {n % 7}", f"Tag {n % 11}", "Town"],
            authors=[f"Author {n % 5}"],
            links=["../1/1.md", "/tags/", f"{n}.jpg"] if n % 9 == 0 else [],
            image=Image(f"{n}.jpg") if n % 9 == 0 else None,
            pinned=n == 50,
            aliases=(f"/old/{n}/",) if n % 20 == 0 else (),
        )
        for n in range(300)
    )
    trip = story("trip/index", hours=9, section="art", address="/art/trip/")
    return Newsroom(
        (*stories, trip),
        (Page(source("content/pages/about.md"), "/about/", "About"),),
        (Tag("town", "Town", "town", source=source("content/tags/town.md"), image=Image("t.jpg")),),
        (Section("art", "Art", source=source("content/sections/art.md")),),
        (Author("author-1", "Author 1", "author 1", source=source("content/authors/a1.md")),),
        files=(
            *(
                SourceFile(f"content/articles/{n % 3}/{n}.jpg", n, str(n), 4, 3)
                for n in range(0, 300, 9)
            ),
            SourceFile("content/articles/trip/a.jpg", 1, "a"),
            SourceFile("content/tags/t.jpg", 1, "t"),
            SourceFile("static/logo.png", 1, "l"),
        ),
    )


@pytest.fixture(scope="session")
def town_plan(town: Newsroom) -> Plan:
    plan, problems = planned(town)
    assert problems == ()
    return plan


def test_outputs_come_by_path_each_once(town_plan: Plan) -> None:
    paths = [output.path for output in town_plan.outputs]
    assert paths == sorted(paths)
    assert len(paths) == len(set(paths)) > 500


def test_a_slot_tells_of_what_will_stand_there(town_plan: Plan) -> None:
    for slot in town_plan.slots:
        output = slot.made()
        told = (slot.path, slot.layout, slot.source)
        assert (output.path, output.layout, output.source) == told
        assert slot.made() == output


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_does_not_depend_on_the_order_of_files(town: Newsroom, seed: int) -> None:
    few = replace(town, articles=town.articles[::9])
    random = Random(seed)  # noqa: S311 - it shuffles
    one, two = planned(shuffled(few, random)), planned(few)
    assert (content(one[0]), one[1]) == (content(two[0]), two[1])


def test_one_new_story_changes_a_bounded_number_of_files(town: Newsroom, town_plan: Plan) -> None:
    """Law 8: five tags, one section and one author, at any size of the archive."""
    tags = [*(f"Tag {n}" for n in range(4)), "Town"]
    new = story("2/new", section="sport", tags=tags, authors=["Author 2"])
    before = values(town_plan)
    after = values(planned(replace(town, articles=(new, *town.articles)))[0])
    assert before.keys() < after.keys()
    changed = {path for path in after if after[path] != before.get(path)}

    listings = 1 + 1 + 5 + 1  # the site's front, a section, five tags, an author
    always = (
        2  # the story, and the one before it in its section
        + listings * (1 + 3)  # the front of each and its three feeds
        + 2  # the index of tags, which counts stories; the month in the archive
        + 3  # the sitemaps' index, this month's, and that of the news
    )
    assert always <= 40
    full = listings * 2  # every page_size-th story: a page more, and the link to it
    assert always <= len(changed) <= always + full
    assert len(after) - len(before) <= 1 + listings
    stories = {path for path in changed if path.startswith("news/") and path.count("/") == 2}
    assert stories - {"news/page/1/index.html"} == {"news/new/index.html", "news/2/index.html"}


def test_old_listing_pages_stay_as_they_are_when_stories_are_added(
    town: Newsroom, town_plan: Plan
) -> None:
    new = tuple(story(f"new{n}", tags=["Town"], hours=1 + n / 100) for n in range(50))
    before = values(town_plan)
    after = values(planned(replace(town, articles=(*new, *town.articles)))[0])
    latest: dict[str, int] = {}
    for path in before:
        front, page, number = path.removesuffix("/index.html").rpartition("page/")
        if page:
            latest[front] = max(latest.get(front, 0), int(number))
    changed = {path for path in before if "page/" in path and after[path] != before[path]}
    assert changed <= {f"{front}page/{number}/index.html" for front, number in latest.items()}


CANARY = "xyzzy"


@pytest.mark.parametrize(
    "hiding",
    [
        {"draft": True},
        {"date": "soon"},
        {"embargo": "soon"},
        {"expires": "past"},
    ],
)
def test_nothing_of_a_hidden_story_is_in_the_plan(
    *, town: Newsroom, town_plan: Plan, hiding: dict[str, object]
) -> None:
    when = {"soon": NOW + DAY, "past": NOW - timedelta(seconds=1)}
    changes = {key: when.get(str(value), value) for key, value in hiding.items()}
    hidden = story(
        f"trip/{CANARY}/index",
        **{  # type: ignore[arg-type] # fields of a story
            "date": NOW - timedelta(hours=2),
            "address": f"/news/{CANARY}/",
            "slug": CANARY,
            "id": CANARY,
            "title": CANARY,
            "summary": CANARY,
            "section": CANARY,
            "tags": [CANARY, "Town"],
            "authors": [CANARY, "Author 1"],
            "aliases": (f"/{CANARY}/",),
            "image": Image(f"{CANARY}.jpg", CANARY),
            "links": [f"../{CANARY}.pdf"],
            "related": ("0",),
            "pinned": True,
            **changes,
        },
    )
    paths = (f"{CANARY}/{CANARY}.jpg", f"{CANARY}/more/b.jpg", f"{CANARY}.pdf")
    more = replace(
        town,
        articles=(hidden, *town.articles),
        tags=(*town.tags, Tag(CANARY, CANARY, CANARY, source=source(f"content/tags/{CANARY}.md"))),
        files=(
            *town.files,
            *(SourceFile(f"content/articles/trip/{path}", 1, CANARY) for path in paths),
        ),
    )
    plan, problems = planned(more)
    assert problems == ()
    assert CANARY not in repr(content(plan))
    assert (plan.outputs, plan.frame) == (town_plan.outputs, town_plan.frame)


def test_a_canary_would_be_seen(town: Newsroom) -> None:
    plan, _ = planned(replace(town, articles=(story(CANARY), *town.articles)))
    assert CANARY in repr(content(plan))


def test_a_draft_page_is_nowhere(town: Newsroom, town_plan: Plan) -> None:
    page = Page(
        source(f"content/pages/{CANARY}.md"), f"/{CANARY}/", CANARY, draft=True, aliases=("/x/",)
    )
    plan, _ = planned(replace(town, pages=(*town.pages, page)))
    assert content(plan) == content(town_plan)


def test_the_plan_stays_the_same_until_its_next_change(town: Newsroom) -> None:
    few = replace(
        town,
        articles=(
            *town.articles[:30],
            story("soon", embargo=NOW + DAY, date=NOW - DAY),
            story("gone", expires=NOW + 2 * DAY, date=NOW - 3 * DAY),
        ),
    )
    plan, _ = planned(few)
    steps = []
    at = NOW
    while plan.next_change and at < NOW + 3 * DAY:
        assert plan.next_change > at
        eve, _ = planned(few, CONFIG, plan.next_change - timedelta(microseconds=1))
        assert eve.outputs == plan.outputs
        at = plan.next_change
        plan, _ = planned(few, CONFIG, at)
        assert plan.outputs != eve.outputs
        steps.append(at)
    assert NOW + DAY in steps
    assert NOW + 2 * DAY in steps


def test_two_stories_at_one_address_are_a_problem_that_names_both() -> None:
    twins = (story("a", address="/news/x/"), story("b", address="/news/x/"))
    _, problems = planned(Newsroom(twins))
    assert [f"{problem.place}: {problem.message}" for problem in problems] == [
        f"content/articles/b.md: {CLASH.format('news/x/index.html')} content/articles/a.md"
    ]


def test_a_story_at_a_listings_address_is_a_problem() -> None:
    _, problems = planned(Newsroom((story("a", address="/tags/"),)))
    assert [f"{problem.place}: {problem.message}" for problem in problems] == [
        f"content/articles/a.md: {CLASH.format('tags/index.html')} a file that Broadsheet makes"
    ]


def test_a_site_without_stories_can_be_planned() -> None:
    plan, problems = planned(Newsroom())
    assert problems == ()
    assert {"index.html", "feed.xml", "404.html", "tags/index.html"} <= values(plan).keys()
    assert plan.next_change is None


def test_links_may_lead_to_feeds_sitemaps_and_old_addresses() -> None:
    site, _ = arranged(Newsroom((story("a", aliases=("/old/",)),)))
    assert further_addresses(site, CONFIG) == {
        *(
            f"{front}{name}"
            for front in ("/", "/news/")
            for name in ("feed.xml", "atom.xml", "feed.json")
        ),
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/robots.txt",
        "/404.html",
        "/old/",
    }
