"""The flatplan: one Output at a time, the very ones of the whole plan."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from generator.model.layouts import ThemeFile
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.arrange import arrange
from generator.plan.flatplan import Flatplan
from generator.plan.planners import plan_site
from tests.support.planning import NOW, source, story

THEME = (ThemeFile("site.css", "0123456789abcdef", b"p {}"),)
SMALL = Config(title="The Gazette", base_url="https://example.org/news/", page_size=2)
OFF = OutputOptions(
    tags=False, archive=False, sitemap=False, json_feed=False, not_found=False, robots=False
)


def compare(site: Site, config: Config) -> None:
    """Every Output of the whole plan is found by its path, and nothing beside them."""
    plan, _ = plan_site(site, config, THEME)
    flatplan = Flatplan(site, config, THEME)
    assert flatplan.frame == plan.frame
    paths = [output.path for output in plan.outputs]
    for output in plan.outputs:
        assert flatplan.at(output.path) == output
        folder = output.path.removesuffix("index.html")
        for near in (folder + "page/1/index.html", folder + "page/9/index.html", folder + "x.png"):
            if near not in paths:
                assert flatplan.at(near) is None


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
def test_any_site_is_planned_alike_in_whole_and_in_part(data: st.DataObject) -> None:
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
    flatplan = Flatplan(arrange(rich, SMALL, NOW)[0], SMALL, THEME)
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
        assert flatplan.at(path) is None


def test_only_what_is_needed_is_taken_of_a_run() -> None:
    """Of a hundred stories, a page takes those it shows, and a search's few."""

    class Counting(tuple[Article, ...]):
        __slots__ = ()
        taken = 0

        def __getitem__(self, place):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN204 - as tuple
            found = super().__getitem__(place)
            Counting.taken += len(found) if isinstance(place, slice) else 1
            return found

        def __iter__(self):  # type: ignore[no-untyped-def] # noqa: ANN204 - as tuple
            raise AssertionError("the whole run was taken")

    stories = tuple(story(f"s{n:03}", hours=n, tags=["Kursk"]) for n in range(100))
    site, _ = arrange(Newsroom(stories), SMALL, NOW)
    run = Counting(site.articles)
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
    flatplan = Flatplan(lazy, SMALL, THEME)
    for path in (
        "news/s050/index.html",
        "tags/kursk/index.html",
        "page/7/index.html",
        "tags/index.html",
    ):
        assert flatplan.at(path)
    assert Counting.taken < 60


def test_a_path_is_contested_when_two_outputs_or_an_old_address_stand_there(rich: Newsroom) -> None:
    plan, _ = plan_site(arrange(rich, SMALL, NOW)[0], SMALL, THEME)
    squatters = [
        story(f"new/{number}", address=address, hours=9)
        for number, address in enumerate(("/about/", "/tags/", "/archive/2024/08/", "/page/1/"))
    ]
    more = replace(rich, articles=(*rich.articles, *squatters))
    flatplan = Flatplan(arrange(more, SMALL, NOW)[0], SMALL, THEME)
    contested = {slot.path for slot in plan.slots if flatplan.is_contested(slot.path)}
    assert contested == {
        *("about/index.html", "tags/index.html", "archive/2024/08/index.html"),
        *("page/1/index.html", "old/index.html", "x.html", "_redirects"),
    }
