"""Where the targets in bodies lead."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import (
    Author,
    Newsroom,
    Page,
    Section,
    SourceFile,
    Tag,
)
from generator.model.body import ResolvedTarget
from generator.model.config import Config, OutputOptions
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.kind import Links
from generator.plan.plan import Plan
from tests.support.planning import CONFIG, STYLE, arranged, newsroom, source, story

Resolve = Callable[[str], ResolvedTarget]

OWN = "/news/story/"


@pytest.fixture(scope="session")
def room() -> Newsroom:
    """A newsroom with one of everything that a link may lead to."""
    day = timedelta(days=1)
    now = story("x").date
    many = tuple(story(f"many/{n}", hours=n, tags=["Kursk"], section="world") for n in range(3, 48))
    return Newsroom(
        (
            story("2024/story", authors=["Jane Doe"], aliases=("/2019/old/",)),
            story("2024/other", hours=1, links=["map%20%231.png"], aliases=("/old.php",)),
            story("2023/trip/index", hours=2, address="/news/trip/"),
            story("2024/draft", draft=True),
            story("2024/held", embargo=now + day),
            story("2024/gone", expires=now - day),
            *many,
        ),
        (Page(source("content/pages/policies/ethics.md"), "/policies/ethics/", "Ethics"),),
        tags=(Tag("kursk", "Kursk", "kursk", source=source("content/tags/kursk.md")),),
        sections=(Section("world", "World", source=source("content/sections/world.md")),),
        authors=(Author("jd", "Jane Doe", "jane doe", source=source("content/authors/jd.md")),),
        files=tuple(
            SourceFile(path, 1, "0", 640, 480)
            for path in (
                "content/articles/2024/boat.jpg",
                "content/articles/2024/two boats.jpg",
                "content/articles/2024/map #1.png",
                "content/articles/2024/unnamed.png",
                "content/articles/2023/trip/a/b.pdf",
                "static/logo.png",
                "static/docs/read me.md",
            )
        ),
        broken=("content/articles/2024/broken.md",),
    )


def links_of(site: Site, config: Config = CONFIG) -> Links:
    """What knows where links lead on a site."""
    return Plan(site, config, (STYLE,)).links


def resolver(site: Site, config: Config) -> Resolve:
    links = links_of(site, config)

    def resolve(target: str) -> ResolvedTarget:
        body = links.body(source("content/articles/2024/story.md", target), OWN)
        assert body.language == config.language
        [resolved] = body.resolved
        assert resolved.target == target
        return resolved

    return resolve


@pytest.fixture(scope="session")
def resolve(room: Newsroom) -> Resolve:
    below = replace(CONFIG, base_url="https://example.org/gazette/")
    return resolver(arranged(room, below)[0], below)


TEXTS = {
    "other.md": "/news/other/",
    "./other.md": "/news/other/",
    "../2024/other.md#top": "/news/other/#top",
    "other.md?ref=1#top": "/news/other/?ref=1#top",
    "%6Fther.md": "/news/other/",
    "/articles/2024/other.md": "/news/other/",
    "story.md": "/news/story/",
    "../2023/trip/index.md": "/news/trip/",
    "/pages/policies/ethics.md": "/policies/ethics/",
    "../../tags/kursk.md": "/tags/kursk/",
    "/sections/world.md": "/world/",
    "/authors/jd.md": "/authors/jd/",
}
FILES = {
    "boat.jpg": "/news/story/boat.jpg",
    "two%20boats.jpg": "/news/story/two%20boats.jpg",
    "map%20%231.png": "/news/story/map%20%231.png",
    "boat.jpg#x": "/news/story/boat.jpg#x",
    "/logo.png": "/logo.png",
    "/a/../logo.png?v=2": "/logo.png?v=2",
    "/docs/read%20me.md": "/docs/read%20me.md",
    "/news/trip/a/b.pdf": "/news/trip/a/b.pdf",
    "/news/other/map%20%231.png": "/news/other/map%20%231.png",
}
ADDRESSES = {
    "/": "/",
    "/news/other/": "/news/other/",
    "/news/other": "/news/other/",
    "/news/other?x=1": "/news/other/?x=1",
    "../other/": "/news/other/",
    "../../news/other": "/news/other/",
    "?page=2": "/news/story/?page=2",
    "/world/": "/world/",
    "/world": "/world/",
    "/world/page/1/": "/world/page/1/",
    "/world/page/1": "/world/page/1/",
    "/page/1/": "/page/1/",
    "/tags/": "/tags/",
    "/tags/kursk": "/tags/kursk/",
    "/tags/kursk/page/1/": "/tags/kursk/page/1/",
    "/tags/kursk/feed.xml": "/tags/kursk/feed.xml",
    "/atom.xml": "/atom.xml",
    "/authors/jd/feed.json": "/authors/jd/feed.json",
    "/archive/": "/archive/",
    "/archive/2024": "/archive/2024/",
    "/archive/2024/08/": "/archive/2024/08/",
    "/sitemap.xml": "/sitemap.xml",
    "/404.html": "/404.html",
    "/2019/old/": "/2019/old/",
    "/old.php": "/old.php",
}


@pytest.mark.parametrize("target", [*TEXTS, *FILES, *ADDRESSES])
def test_a_target_leads_to_its_url_below_the_base_path(resolve: Resolve, target: str) -> None:
    found = resolve(target)
    assert found.fault == ""
    assert found.url == "/gazette" + {**TEXTS, **FILES, **ADDRESSES}[target]


@pytest.mark.parametrize("target", ["boat.jpg", "/logo.png"])
def test_pictures_bring_their_size(resolve: Resolve, target: str) -> None:
    assert (resolve(target).width, resolve(target).height) == (640, 480)


@pytest.mark.parametrize(
    "target",
    [
        "lost.jpg",
        "/lost.jpg",
        "/news/lost/",
        "/news/story/unnamed.png",
        "/news/trip/a/",
        "/world//",
        "/world/page/2/",
        "/world/page/0/",
        "/world/page/01/",
        "/world/page/\u0661/",
        "/world/page//",
        "/news/story/page/1/",
        "/news/story/feed.xml",
        "/archive/2023/",
        "/archive/2024/8/",
        "/robots.txt",
        "../../../../../etc/passwd",
        "/../../../etc/passwd",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "../../../config.yaml",
        "/\\evil.example/",
        "\\\\evil.example\\share",
        "\tjavascript:alert(1)",
        "/news/other/\x00",
    ],
)
def test_what_leads_nowhere_has_a_fault_and_a_hint(resolve: Resolve, target: str) -> None:
    found = resolve(target)
    assert found.url == ""
    assert found.fault == f'leads nowhere: "{target}"'
    assert found.hint


@pytest.mark.parametrize("target", ["{% post_url 2024-01-02-x %}", "{{ site.url }}/x.png"])
def test_a_tag_of_other_templates_is_named_as_such(resolve: Resolve, target: str) -> None:
    assert resolve(target).hint.startswith("A template's tag means nothing here: ")


@pytest.mark.parametrize("target", ["lost.md", "/articles/lost.md", "../../../lost.markdown"])
def test_a_text_that_is_not_there_is_told_as_such(resolve: Resolve, target: str) -> None:
    assert resolve(target).fault == f'no such article: "{target}"'


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("Boat.JPG", "boat.jpg"),
        ("Other.md", "other.md"),
        ("/articles/2024/OTHER.md", "other.md"),
        ("/Logo.png", "logo.png"),
    ],
)
def test_a_slip_of_capitals_is_a_fault_that_names_the_file(
    resolve: Resolve, target: str, name: str
) -> None:
    assert target in resolve(target).fault
    assert resolve(target).hint == f'There is "{name}": mind capital letters.'


@pytest.mark.parametrize(
    "target", ["café.md", "caf%C3%A9.md", unicodedata.normalize("NFD", "café.md")]
)
def test_a_name_with_its_accents_apart_is_found(target: str) -> None:
    """As macOS and some zip files store it: `é` as two characters."""
    apart = unicodedata.normalize("NFD", "café")
    room = newsroom(story("2024/story"), story(f"2024/{apart}"))
    found = resolver(arranged(room, CONFIG)[0], CONFIG)(target)
    assert found.fault == ""
    assert found.url


def test_an_address_is_found_however_its_accents_are_typed() -> None:
    room = newsroom(story("2024/story"), story("2024/cafe", address="/café/"))
    resolve = resolver(arranged(room, CONFIG)[0], CONFIG)
    for target in ("/café/", unicodedata.normalize("NFD", "/café/"), "/cafe%CC%81"):
        assert resolve(target).url == "/caf%C3%A9/"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("draft.md", "a draft"),
        ("held.md#x", "held back until 2024-08-21 12:00 UTC"),
        ("/articles/2024/gone.md", "expired"),
    ],
)
def test_a_link_to_a_hidden_story_tells_why(resolve: Resolve, target: str, reason: str) -> None:
    found = resolve(target)
    assert found.fault == f'links to "{target}", which is {reason}'
    assert found.url == ""


def test_the_address_of_a_hidden_story_is_not_known(resolve: Resolve) -> None:
    assert resolve("/news/held/").fault == 'leads nowhere: "/news/held/"'


def test_a_link_to_a_text_with_a_problem_of_its_own_is_no_second_problem(resolve: Resolve) -> None:
    assert resolve("broken.md") == ResolvedTarget("broken.md", "")


@pytest.mark.parametrize(
    "target", ["", "#top", "https://x.org/a.md", "mailto:a@b.c", "//x.org/a", "javascript:a()"]
)
def test_what_leads_elsewhere_is_not_resolved(room: Newsroom, target: str) -> None:
    links = links_of(arranged(room)[0])
    assert links.body(source("content/pages/a.md", target), "/a/").resolved == ()


def test_each_target_is_resolved_once_and_in_order(room: Newsroom) -> None:
    links = links_of(arranged(room)[0])
    text = source("content/articles/2024/story.md", "boat.jpg", "/", "boat.jpg", "#a")
    body = links.body(text, OWN, "uk")
    assert [found.target for found in body.resolved] == ["/", "boat.jpg"]
    assert (body.source_path, body.digest, body.language) == (text.path, text.digest, "uk")


@pytest.mark.parametrize(
    ("switch", "target"),
    [
        ("tags", "/tags/kursk/"),
        ("tags", "../../tags/kursk.md"),
        ("sections", "/world/page/1/"),
        ("authors", "/authors/"),
        ("archive", "/archive/2024/"),
        ("rss", "/feed.xml"),
        ("tag_feeds", "/tags/kursk/atom.xml"),
        ("sitemap", "/sitemap.xml"),
        ("not_found", "/404.html"),
    ],
)
def test_what_is_switched_off_is_no_target(*, room: Newsroom, switch: str, target: str) -> None:
    off = replace(CONFIG, outputs=OutputOptions(**{switch: False}))
    assert resolver(arranged(room, CONFIG)[0], CONFIG)(target).fault == ""
    assert resolver(arranged(room, off)[0], off)(target).fault


@given(
    st.lists(
        st.sampled_from(["..", ".", "%2e%2e", "", "news", "page", "1", "story.md", "\\", "etc"]),
        max_size=6,
    ).map("/".join)
)
def test_no_target_leads_out_of_the_site(resolve: Resolve, target: str) -> None:
    if target.startswith(("#", "//")) or not target:
        return
    found = resolve(target)
    assert bool(found.url) != bool(found.fault)
    assert not found.url or found.url.startswith("/gazette/")
    assert ".." not in found.url


def lenient(**options: object) -> Config:
    """The configuration with some options of links or media."""
    config, faults = Config.parse(
        {"title": "Gazette", "base_url": "https://example.org/", **options}
    )
    assert not faults
    return config


@pytest.mark.parametrize(
    ("options", "may_be_dead"),
    [({}, False), ({"dead": "warn"}, True), ({"before": "3000-01-01"}, True)],
)
def test_a_dead_link_is_as_grave_as_the_newsroom_says(
    room: Newsroom, options: dict[str, str], may_be_dead: bool
) -> None:
    plan = Plan(arranged(room)[0], lenient(links=options), (STYLE,))
    text = source("content/articles/2024/story.md", "gone.md")
    [resolved] = plan.links.body(text, OWN, "en", story("x").date).resolved
    assert resolved.fault
    assert resolved.may_be_dead is may_be_dead


def test_what_another_program_answers_is_no_dead_link(room: Newsroom) -> None:
    config = lenient(links={"elsewhere": ["/docs/"]})
    resolve = resolver(arranged(room)[0], config)
    assert resolve("/docs/setup?a=1#b").url == "/docs/setup?a=1#b"
    assert resolve("/dogs/").fault


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("gone.jpg", "https://media.example.org/a/gone.jpg"),
        ("../img/two%20boats.PNG?w=1", "https://media.example.org/a/img/two%20boats.PNG?w=1"),
        ("/wp/x.webp", "https://media.example.org/a/wp/x.webp"),
        ("boat.jpg", "/news/story/boat.jpg"),
        ("gone.md", ""),
        ("gone/", ""),
    ],
)
def test_a_picture_that_is_not_in_the_site_is_below_the_base_of_media(
    room: Newsroom, target: str, url: str
) -> None:
    config = lenient(media={"base": "https://media.example.org/a/"})
    assert resolver(arranged(room)[0], config)(target).url == url
