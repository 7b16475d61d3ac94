"""What every page shows."""

import pytest

from generator.model.article import Name, Newsroom, Page, SourceFile
from generator.model.cards import Link
from generator.model.config import (
    Config,
    FontOptions,
    NavigationEntry,
    OrganizationOptions,
    OutputOptions,
)
from generator.model.frozen import FrozenMap
from generator.model.layouts import ThemeFile
from generator.model.outputs import Frame
from generator.model.pictures import Picture
from generator.model.problems import Place, Problem
from generator.model.values import fields, replace
from generator.plan.config_links import POLICIES
from generator.plan.frame import Assets, asset_address, make_frame
from generator.plan.plan import Plan
from tests.support.planning import CONFIG, arranged, source, story

STYLE = ThemeFile("css/site.css", "0123456789abcdef", b"p {}")
NOTHING = Newsroom()
LOGO = SourceFile("static/logo one.png", 1, "0", 60, 40)


def framed(config: Config, newsroom: Newsroom = NOTHING) -> tuple[Frame, tuple[Problem, ...]]:
    return make_frame(arranged(newsroom, config)[0], config, (STYLE,))


def test_a_theme_files_name_tells_its_content() -> None:
    assert asset_address(STYLE) == "/assets/css/site.0123456789.css"
    assert (
        asset_address(ThemeFile("LICENSE", "0123456789abcdef", b"")) == "/assets/LICENSE.0123456789"
    )
    site, _ = arranged(NOTHING)
    [output] = (slot.made() for slot in Assets(Plan(site, CONFIG, (STYLE,))).slots())
    assert (output.path, output.value) == ("assets/css/site.0123456789.css", STYLE)


def test_the_frame_says_what_the_site_is() -> None:
    chosen = replace(
        CONFIG,
        base_url="https://example.org/gazette/",
        language="ar",
        tagline="News of the quay",
        extra=FrozenMap((("a", 1),)),
    )
    frame, problems = framed(chosen)
    assert problems == ()
    assert (frame.title, frame.origin, frame.base_path) == (
        "The Gazette",
        "https://example.org",
        "/gazette",
    )
    assert (frame.home_url, frame.tagline) == ("/gazette/", "News of the quay")
    assert (frame.language, frame.direction, frame.extra) == ("ar", "rtl", chosen.extra)
    assert frame.asset("css/site.css") == "/gazette/assets/css/site.0123456789.css"
    assert (frame.tags_url, frame.authors_url, frame.archive_url) == (
        "/gazette/tags/",
        "/gazette/authors/",
        "/gazette/archive/",
    )
    assert [feed.url for feed in frame.feeds] == [
        f"/gazette/{name}" for name in ("feed.xml", "atom.xml", "feed.json")
    ]


def test_what_is_switched_off_is_not_linked() -> None:
    on = OutputOptions(tags=False, authors=False, archive=False, rss=False, sections=False)
    off = replace(CONFIG, outputs=on)
    frame, _ = framed(off, Newsroom(section_names=(Name("World", "world", "world"),)))
    assert (frame.tags_url, frame.authors_url, frame.archive_url) == ("", "", "")
    assert [feed.media_type for feed in frame.feeds] == [
        "application/atom+xml",
        "application/feed+json",
    ]
    assert frame.navigation == ()


def test_sections_and_standing_pages_are_linked_by_themselves() -> None:
    pages = (
        Page(source("content/pages/b.md"), "/b/", "B"),
        Page(source("content/pages/a.md"), "/a/", "A", weight=5),
    )
    newsroom = Newsroom(
        (story("a", section="art"),), pages, section_names=(Name("World", "world", "world"),)
    )
    frame, _ = framed(CONFIG, newsroom)
    assert frame.navigation == (Link("World", "/world/"), Link("Art", "/art/"))
    assert frame.footer == (Link("A", "/a/"), Link("B", "/b/"))


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/about/", "/gazette/about/"),
        ("about/", "/gazette/about/"),
        ("/caf\u00e9/?q=1&r=%20#top", "/gazette/caf%C3%A9/?q=1&r=%20#top"),
        ("/a%20b/", "/gazette/a%20b/"),
        ("https://x.org/a b", "https://x.org/a%20b"),
        ("mailto:a@x.org", "mailto:a@x.org"),
    ],
)
def test_links_of_the_configuration_lead_below_the_base_path(written: str, url: str) -> None:
    entry = (NavigationEntry("X", written),)
    chosen = replace(CONFIG, base_url="https://example.org/gazette", navigation=entry, footer=entry)
    frame, _ = framed(chosen)
    assert frame.navigation == frame.footer == (Link("X", url),)


def test_the_publisher_has_a_logo_and_policies() -> None:
    publisher = OrganizationOptions(
        logo="/logo one.png",
        founded="1907",
        corrections_policy="/corrections/",
        ethics_policy="https://x.org/ethics",
    )
    chosen = replace(CONFIG, organization=publisher, default_image="/logo%20one.png")
    frame, problems = framed(chosen, Newsroom(files=(LOGO,)))
    assert problems == ()
    logo = Picture("/logo%20one.png", width=60, height=40)
    assert frame.organization.name == "The Gazette"
    assert frame.organization.logo == frame.default_picture == logo
    assert frame.organization.founded == "1907"
    assert frame.organization.policies == (
        Link("ethicsPolicy", "https://x.org/ethics"),
        Link("correctionsPolicy", "/corrections/"),
    )


def test_every_policy_of_the_configuration_has_its_property() -> None:
    options = {field.name for field in fields(OrganizationOptions)}
    assert set(POLICIES) < options
    others = {"name", "logo", "founded", "email", "same_as"}
    assert set(POLICIES) | others == options


def test_a_missing_logo_or_default_picture_is_a_problem() -> None:
    chosen = replace(
        CONFIG, organization=OrganizationOptions(logo="/no.png"), default_image="no.png"
    )
    frame, problems = framed(chosen)
    assert {problem.place for problem in problems} == {Place("config.yaml")}
    assert [problem.keys for problem in problems] == [("organization", "logo"), ("default_image",)]
    assert frame.default_picture is None


@pytest.mark.parametrize(
    ("files", "url"),
    [
        (("static/favicon.ico", "static/favicon.svg"), "/sub/favicon.svg"),
        (("static/favicon.ico",), "/sub/favicon.ico"),
        (("static/icons/favicon.svg",), ""),
    ],
)
def test_the_best_icon_under_static_stands_for_the_paper(files: tuple[str, ...], url: str) -> None:
    below = replace(CONFIG, base_url="https://example.org/sub/")
    newsroom = Newsroom(files=tuple(SourceFile(path, 1, "0") for path in files))
    assert framed(below, newsroom)[0].icon_url == url


def test_the_face_of_headlines_is_asked_for_early_where_it_has_the_letters() -> None:
    face = ThemeFile("display.woff2", "fedcba98765432100", b"")
    sheet = ThemeFile("site.css", "0", b"url(display.fedcba9876.woff2)")
    url = "/assets/display.fedcba9876.woff2"
    asked = {}
    for language in ("en", "uk", "sr-Latn", "ar", "zh-Hant"):
        config = replace(CONFIG, language=language)
        frame, problems = make_frame(arranged(NOTHING, config)[0], config, (face, sheet))
        assert problems == ()
        asked[language] = frame.face_url.endswith(url)
    assert asked == {"en": True, "uk": True, "sr-Latn": True, "ar": False, "zh-Hant": False}
    site, _ = arranged(NOTHING)
    assert make_frame(site, CONFIG, (face,))[0].face_url == ""


def test_a_face_of_ones_own_must_be_there() -> None:
    config = replace(CONFIG, fonts=FontOptions("/fonts/own.woff2"))
    frame, (problem,) = framed(config)
    assert (frame.face_url, problem.keys) == ("", ("fonts", "display"))
    font = SourceFile("static/fonts/own.woff2", 1, "0")
    frame, problems = framed(config, replace(NOTHING, files=(font,)))
    assert problems == ()
    assert frame.face_url.endswith("/fonts/own.woff2")
