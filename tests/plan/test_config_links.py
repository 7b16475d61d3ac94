"""Links of the configuration that lead nowhere, and what is said of them."""

from collections.abc import Callable

import pytest

from generator.model.article import Author, Name, Newsroom, Page, Tag
from generator.model.config import Config, NavigationEntry, OrganizationOptions
from generator.model.options import options_of
from generator.model.problems import Severity
from generator.model.values import replace
from generator.plan.config_links import POLICIES, config_links
from tests.support.planning import CONFIG, planned, source, story

Hint = Callable[[str], str]


def leading_to(config: Config, *urls: str) -> Config:
    return replace(config, navigation=tuple(NavigationEntry("X", url) for url in urls))


@pytest.fixture
def room() -> Newsroom:
    return Newsroom(
        articles=(
            story("a", tags=["Kursk"], authors=["Jo"]),
            story("late", hours=-5),
            story("secret", draft=True),
        ),
        pages=(
            Page(source("content/pages/about.md"), "/about/", "About", aliases=("/us/",)),
            Page(source("content/pages/policies/ethics.md"), "/policies/ethics/", "Ethics"),
            Page(source("content/pages/team/index.md"), "/team/", "Team", draft=True),
        ),
        tags=(Tag("kursk", "Kursk", "kursk", source=source("content/tags/kursk.md")),),
        authors=(Author("jo", "Jo", "jo", source=source("content/authors/jo.md")),),
        section_names=(Name("World", "world", "world"),),
        broken=("content/pages/broken.md",),
    )


@pytest.fixture
def hint(room: Newsroom) -> Hint:
    """What the only problem of a navigation with one link advises."""

    def hint_of(url: str) -> str:
        _, (problem,) = planned(room, leading_to(CONFIG, url))
        assert problem.message == f'leads nowhere: "{url}"'
        return problem.hint

    return hint_of


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "",
        "#top",
        "/world/",  # a section that is named, and has no story
        "/about",
        "about/?from=nav#team",
        "/us/",
        "/news/a/",
        "/tags/kursk/feed.xml",
        "/archive/2024/",
        "/robots.txt",
        "https://example.org/shop/",
        "//example.org/shop/",
        "mailto:us@example.org",
        "/broken/",  # what is wrong with its text is told already
    ],
)
def test_a_link_that_leads_somewhere_is_no_problem(room: Newsroom, url: str) -> None:
    _, problems = planned(room, leading_to(CONFIG, url))
    assert problems == ()


def test_a_dead_link_is_a_warning_at_its_key_wherever_it_stands(room: Newsroom) -> None:
    entries = (NavigationEntry("Us", "/about/"), NavigationEntry("X", "/nowhere/"))
    policies = dict.fromkeys(POLICIES, "/nowhere/")
    publisher = OrganizationOptions(**policies)  # type: ignore[arg-type] # all of them are texts
    chosen = replace(CONFIG, navigation=entries, footer=entries[1:], organization=publisher)
    _, problems = planned(room, chosen)
    assert {(problem.place.path, problem.severity) for problem in problems} == {
        ("config.yaml", Severity.WARNING)
    }
    assert [problem.keys for problem in problems] == [
        ("navigation", 1, "url"),
        ("footer", 0, "url"),
        *(("organization", name) for name in POLICIES),
    ]


def test_an_old_address_leads_on_without_a_page_of_its_own(room: Newsroom) -> None:
    lines_only = replace(CONFIG.outputs, redirect_pages=False)
    plan, problems = planned(room, replace(leading_to(CONFIG, "/us/"), outputs=lines_only))
    assert "us/index.html" not in {slot.path for slot in plan.slots}
    assert problems == ()


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("/abuot/", "/about/"),
        ("/About/", "/about/"),
        ("/ethics/", "/policies/ethics/"),
        ("/policy/ethics/", "/policies/ethics/"),
        ("/wolrd/", "/world/"),
        ("/tag/kursk/", "/tags/kursk/"),
        ("/tags/krusk/", "/tags/kursk/"),
        ("/author/jo/", "/authors/jo/"),
        ("/atom.xlm", "/atom.xml"),
    ],
)
def test_the_address_that_was_likely_meant_is_named(hint: Hint, url: str, meant: str) -> None:
    assert hint(url) == f'Did you mean "{meant}"?'


def test_where_none_is_near_the_hint_says_what_may_be_done(hint: Hint) -> None:
    whole = "If another program answers there, write the whole URL."
    section = "Check the spelling; a section has a page once sections: names it."
    assert hint("/subscribe/") == f"{section} {whole}"
    assert hint("/subscribe/today/") == f"Check the spelling. {whole}"


def test_a_text_that_is_hidden_is_named_with_the_reason(hint: Hint) -> None:
    assert hint("/team/") == "content/pages/team/index.md is a draft: publish it first."
    assert hint("/news/secret/").startswith("content/articles/secret.md is a draft:")
    assert hint("/news/late/").startswith("content/articles/late.md is ")


def test_every_address_that_the_configuration_names_is_a_link() -> None:
    publisher = OrganizationOptions(**dict.fromkeys(POLICIES, "/x/"))  # type: ignore[arg-type]
    chosen = replace(leading_to(CONFIG, "/x/"), organization=publisher)
    documented = {
        name
        for name, field in options_of(OrganizationOptions).items()
        if field.doc.startswith("Address of ")
    }
    assert {link.keys[-1] for link in config_links(chosen)} == {"url", *documented}
