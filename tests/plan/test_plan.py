"""The plan: the laws it keeps, and one Output at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.addresses import address_of
from generator.model.article import (
    Article,
    Author,
    Image,
    Newsroom,
    Page,
    Section,
    SourceFile,
    Tag,
)
from generator.model.config import Config, OutputOptions
from generator.model.outputs import Value
from generator.model.runs import Run, Stock
from generator.model.site import Site
from generator.model.values import fields, replace
from generator.plan.arrange import arrange
from generator.plan.plan import Plan
from tests.support.planning import CONFIG, NOW, STYLE, planned, source, story

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
    plan, _ = planned(Newsroom((story("a", aliases=("/old/",)),)))
    for address in (
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
    ):
        assert plan.has(address)


SMALL = Config(title="The Gazette", base_url="https://example.org/news/", page_size=2)
OFF = OutputOptions(
    tags=False, archive=False, sitemap=False, json_feed=False, not_found=False, robots=False
)


def compare(site: Site, config: Config) -> None:
    """Every Output of the whole plan is found by its path, and nothing beside them."""
    plan, asked = (Plan(site, config, (STYLE,)) for _ in range(2))
    outputs = plan.outputs
    paths = {output.path for output in outputs}
    for output in outputs:
        address = address_of(output.path)
        assert asked.at(output.path) == plan.at(output.path) == output
        assert asked.has(address)
        folder = output.path.removesuffix("index.html")
        for near in (folder + "page/1/index.html", folder + "page/9/index.html", folder + "x.png"):
            if near not in paths:
                assert asked.at(near) is plan.at(near) is None
                leads_on = any(kind.has(address_of(near)) for kind in asked.kinds if kind.follows)
                assert leads_on or not asked.has(address_of(near))


@pytest.fixture(scope="session")
def rich() -> Newsroom:
    """A newsroom with one of everything."""
    stories = [
        story(
            f"2024/{n}",
            hours=n * 200,
            tags=["Kursk", "War"][: n % 3],
            authors=["Jo", "Ann"][: n % 2],
        )
        for n in range(9)
    ]
    stories += [
        story(
            "a", hours=3, tags=["Kursk"], links=["boat.jpg", "b.md"], aliases=("/old/", "/x.html")
        ),
        story("b", hours=5, image=Image("boat.jpg"), pinned=True, related=("a", "2024/3")),
        story("trip/index", address="/world/trip/", hours=7, section="world", noindex=True),
        story("trip/in/index", address="/world/in/", hours=8, section="world", feed_exclude=True),
        story("whole", address="/whole.html", hours=8, updated=datetime(2024, 8, 20, tzinfo=UTC)),
    ]
    files = (
        "static/favicon.svg",
        "static/docs/index.html",
        "content/articles/boat.jpg",
        "content/articles/trip/map.png",
        "content/articles/trip/in/deep/plan.png",
        "content/tags/flag.png",
    )
    return Newsroom(
        articles=tuple(stories),
        pages=(Page(source("content/pages/about.md", "team.png"), "/about/", "About"),),
        tags=(
            Tag(
                "kursk",
                "Kursk",
                "kursk",
                aliases=stories[1].tags[:0],
                image=Image("flag.png"),
                source=source("content/tags/kursk.md", has_text=True),
            ),
        ),
        sections=(Section("world", "The World", source=source("content/sections/world.md")),),
        authors=(Author("jo", "Jo", "jo", source=source("content/authors/jo.md", has_text=True)),),
        files=tuple(SourceFile(path, 9, f"digest of {path}", 4, 3) for path in files),
    )


@pytest.mark.parametrize(
    "config",
    [
        SMALL,
        replace(SMALL, base_url="https://example.org/", page_size=3),
        replace(SMALL, outputs=OFF),
        Config(title="The Gazette", base_url="https://example.org/"),
    ],
    ids=["small pages", "at the root", "much switched off", "as it comes"],
)
def test_every_output_of_the_plan_is_found_by_its_path(rich: Newsroom, config: Config) -> None:
    compare(arrange(rich, config, NOW)[0], config)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_of_any_site_every_output_is_found_by_its_path_and_nothing_beside_them(
    data: st.DataObject,
) -> None:
    tags = st.lists(st.sampled_from(["Kursk", "KURSK", "War", "Peace"]), max_size=3)
    names = [f"s{n}" for n in range(data.draw(st.integers(0, 12)))]
    stories: Sequence[Article] = [
        story(
            name,
            hours=data.draw(st.integers(0, 9)) * 100,
            tags=data.draw(tags),
            authors=data.draw(st.lists(st.sampled_from(["Jo", "Ann"]), max_size=2)),
            section=data.draw(st.sampled_from(["news", "world"])),
            noindex=data.draw(st.booleans()),
            pinned=data.draw(st.booleans()),
        )
        for name in names
    ]
    compare(arrange(Newsroom(tuple(stories)), SMALL, NOW)[0], SMALL)


def test_a_path_is_not_a_pattern(rich: Newsroom) -> None:
    plan = Plan(arrange(rich, SMALL, NOW)[0], SMALL, (STYLE,))
    for path in (
        "",
        "..",
        "../x",
        "tags",
        "tags/",
        "/index.html",
        "news//a/index.html",
        "page/0/index.html",
    ):
        assert plan.at(path) is None


def test_only_what_is_needed_is_taken_of_a_run() -> None:
    """Of a hundred stories, a page takes those it shows, and a search's few."""

    stories = tuple(story(f"s{n:03}", hours=n, tags=["Kursk"]) for n in range(100))
    site, _ = arrange(Newsroom(stories), SMALL, NOW)
    stock = Counting(site.articles.stock)
    run = Run(stock, site.articles.numbers)
    [section], [tag] = site.sections, site.tags
    section, tag = replace(section, articles=run), replace(tag, articles=run)
    lazy = replace(
        site,
        articles=run,
        sections=(section,),
        section_of={"news": section},
        tags=(tag,),
        tag_of={"kursk": tag},
    )
    plan = Plan(lazy, SMALL, (STYLE,))
    for path in (
        "news/s050/index.html",
        "tags/kursk/index.html",
        "page/7/index.html",
        "tags/index.html",
    ):
        assert plan.at(path)
    assert 0 < stock.taken < 60


class Counting(Stock):
    """A stock that counts how often a story is taken from it."""

    def __init__(self, stock: Stock) -> None:
        super().__init__(stock.keys)
        self.stock, self.taken = stock, 0

    def article(self, number: int) -> Article:
        self.taken += 1
        return self.stock.article(number)


def test_a_path_is_contested_when_two_outputs_or_an_old_address_stand_there(rich: Newsroom) -> None:
    plan = Plan(arrange(rich, SMALL, NOW)[0], SMALL, (STYLE,))
    squatters = [
        story(f"new/{number}", address=address, hours=9)
        for number, address in enumerate(
            ("/about/", "/tags/", "/archive/2024/08/", "/page/1/", "/old/")
        )
    ]
    more = replace(rich, articles=(*rich.articles, *squatters))
    crowded = Plan(arrange(more, SMALL, NOW)[0], SMALL, (STYLE,))
    contested = {slot.path for slot in plan.slots if crowded.is_contested(slot.path)}
    assert contested == {
        *("about/index.html", "tags/index.html", "archive/2024/08/index.html"),
        "page/1/index.html",
        "old/index.html",
    }
