"""Planning redirects."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Article, Name, Newsroom, Page, Source, Tag
from generator.model.config import Config, OutputOptions
from generator.model.outputs import FileCopy, Output, RedirectPage, TextFile
from generator.model.problems import Place, Problem
from generator.model.redirects import Redirect
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.kind import Kind
from generator.plan.plan import Plan
from generator.plan.redirects import Redirects, chain_problems, redirects_file
from tests.support.planning import arranged

NOW = datetime(2024, 8, 20, 12, 0, tzinfo=UTC)
CONFIG = Config(base_url="https://example.org/news/")


def article(name: str, *aliases: str) -> Article:
    source = Source(f"content/articles/{name}.md", "0")
    address = f"/world/{name}/"
    return Article(source, address, name, name, f"About {name}", NOW, "world", aliases=aliases)


def tag(slug: str, *aliases: str) -> Tag:
    names = tuple(Name(alias.title(), alias, alias) for alias in aliases)
    return Tag(slug, slug.title(), slug, names, source=Source(f"content/tags/{slug}.md", "0"))


def site_of(
    articles: Sequence[Article] = (), pages: Sequence[Page] = (), tags: Sequence[Tag] = ()
) -> Site:
    """A Site of some texts; there is a story with every tag."""
    named = tuple(Name(tag.label, tag.key, tag.slug) for tag in tags)
    tagged = (replace(article("tagged"), tags=named),) if tags else ()
    newsroom = Newsroom((*articles, *tagged), tuple(pages), tuple(tags))
    return arranged(newsroom, CONFIG, NOW)[0]


def living(*paths: str) -> tuple[Output, ...]:
    return tuple(Output(path, FileCopy(path, "0"), "", f"source of {path}") for path in paths)


Planned = tuple[tuple[Output, ...], tuple[Redirect, ...], tuple[Problem, ...]]


def plan_redirects(site: Site, config: Config, others: Iterable[Output]) -> Planned:
    """The redirect pages, the redirects and their problems where others stand already."""

    class Others(Kind):
        def slots(self) -> Iterable[Output]:
            return others

    plan = Plan(site, config, (), (Others, Redirects))
    redirects = plan.kinds[1]
    assert isinstance(redirects, Redirects)
    pages = {slot.path for slot in plan.slots} - {output.path for output in others}
    made = (slot.made() for slot in redirects.slots())
    outputs = tuple(o for o in made if o.path != "_redirects")
    assert {output.path for output in outputs} == pages - {"_redirects"}
    return outputs, redirects.kept, redirects.problems() or ()


def planned(*articles: Article, config: Config = CONFIG, paths: Sequence[str] = ()) -> Planned:
    own = [f"world/{a.slug}/index.html" for a in articles]
    return plan_redirects(site_of(articles), config, living(*own, *paths))


def complaints(problems: Sequence[Problem]) -> list[tuple[str, str, bool]]:
    return [(p.place.path, p.message, p.is_error) for p in problems]


def test_an_alias_becomes_a_page_and_a_redirect() -> None:
    outputs, redirects, problems = planned(article("a", "/old/", "old.html"))
    source = "content/articles/a.md"
    assert redirects == (
        Redirect("/old.html", "/world/a/", source),
        Redirect("/old/", "/world/a/", source),
    )
    page = RedirectPage("/news/old.html", "/news/world/a/", "About a", "en")
    assert outputs == (
        Output("old.html", page, "", source),
        Output("old/index.html", replace(page, url="/news/old/"), "", source),
    )
    assert not problems


def test_standing_pages_have_aliases_too() -> None:
    source = Source("content/pages/about.md", "0")
    page = Page(source, "/about/", "About us", aliases=("/who/",), language="uk")
    outputs, redirects, _ = plan_redirects(site_of(pages=[page]), CONFIG, ())
    assert redirects == (Redirect("/who/", "/about/", "content/pages/about.md"),)
    assert outputs[0].value == RedirectPage("/news/who/", "/news/about/", "About us", "uk")


def test_an_old_address_that_is_no_page_is_left_to_the_host() -> None:
    outputs, redirects, problems = planned(article("a", "/story.php", "/photo.jpg"))
    assert [redirect.from_address for redirect in redirects] == ["/photo.jpg", "/story.php"]
    assert not outputs
    assert not problems


def test_an_old_address_that_nothing_could_serve_is_warned_of() -> None:
    config = replace(CONFIG, outputs=OutputOptions(redirects_file=False))
    _, _, problems = planned(article("a", "/old/", "/story.php"), config=config)
    assert complaints(problems) == [
        ("content/articles/a.md", 'no page can stand at "/story.php"', False)
    ]


def test_redirect_pages_can_be_switched_off() -> None:
    config = replace(CONFIG, outputs=OutputOptions(redirect_pages=False))
    outputs, redirects, _ = planned(article("a", "/old/"), config=config)
    assert not outputs
    assert len(redirects) == 1


def test_a_merged_tag_leads_on_with_its_feeds() -> None:
    lukashenko = tag("lukashenko", "lukashenka", "lukashenko", "lukashenka")
    outputs, redirects, problems = plan_redirects(site_of(tags=[lukashenko]), CONFIG, ())
    assert [(r.from_address, r.to_address) for r in redirects] == [
        (f"/tags/lukashenka/{file}", f"/tags/lukashenko/{file}")
        for file in ("", "atom.xml", "feed.json", "feed.xml")
    ]
    assert [output.path for output in outputs] == ["tags/lukashenka/index.html"]
    assert not problems


@pytest.mark.parametrize(
    ("switches", "expected"),
    [
        ({"tag_feeds": False}, ["/tags/b/"]),
        ({"atom": False, "json_feed": False}, ["/tags/b/", "/tags/b/feed.xml"]),
        ({"tags": False}, []),
    ],
)
def test_only_what_a_tag_would_have_had_leads_on(
    switches: dict[str, bool], expected: list[str]
) -> None:
    config = replace(CONFIG, outputs=OutputOptions(**switches))
    _, redirects, _ = plan_redirects(site_of(tags=[tag("a", "b")]), config, ())
    assert [redirect.from_address for redirect in redirects] == expected


def test_an_alias_of_a_tag_that_is_another_tags_address_is_only_warned_of() -> None:
    site = site_of(tags=[tag("a", "c")])
    others = living("tags/c/index.html", "tags/c/feed.xml")
    _, redirects, problems = plan_redirects(site, CONFIG, others)
    assert not redirects
    message = 'the old address "/tags/c/" is in use: source of tags/c/index.html'
    assert complaints(problems) == [("content/tags/a.md", message, False)]


def test_an_alias_on_a_file_that_an_option_asks_for_is_told_as_ours() -> None:
    others = [Output("feed.xml", TextFile(""), "", "config.yaml")]
    _, _, problems = plan_redirects(site_of([article("a", "/feed.xml")]), CONFIG, others)
    message = 'the old address "/feed.xml" is in use: a file that Broadsheet makes'
    assert complaints(problems) == [("content/articles/a.md", message, True)]


def test_an_alias_on_a_living_page_is_an_error() -> None:
    outputs, redirects, problems = planned(article("a", "/about"), paths=["about/index.html"])
    assert not outputs
    assert not redirects
    message = 'the old address "/about/" is in use: source of about/index.html'
    assert complaints(problems) == [("content/articles/a.md", message, True)]
    assert problems[0].keys == ("aliases", 0)


def test_two_stories_that_claim_each_others_addresses_are_errors() -> None:
    _, redirects, problems = planned(article("a", "/world/b/"), article("b", "/world/a/"))
    assert not redirects
    assert [problem.is_error for problem in problems] == [True, True]


@pytest.mark.parametrize("alias", ["/404.html", "/robots.txt", "/_redirects", "/_headers"])
def test_files_of_the_site_itself_are_not_for_taking(alias: str) -> None:
    _, redirects, problems = planned(article("a", alias))
    assert not redirects
    assert problems[0].is_error


def test_a_pages_own_address_is_no_alias() -> None:
    _, redirects, problems = planned(article("a", "world/a"))
    assert not redirects
    message = 'the alias "/world/a/" is the page\'s own address'
    assert complaints(problems) == [("content/articles/a.md", message, False)]


def test_two_claims_to_one_alias_are_an_error_that_names_both() -> None:
    _, redirects, problems = planned(article("b", "/old"), article("a", "/x/", "/old/"))
    assert [redirect.source for redirect in redirects] == ["content/articles/a.md"] * 2
    message = 'the old address "/old/" is claimed by content/articles/a.md too'
    assert complaints(problems) == [("content/articles/b.md", message, True)]
    assert problems[0].place == Place("content/articles/b.md")


def test_one_alias_written_twice_is_one_redirect() -> None:
    outputs, redirects, problems = planned(article("a", "/old", "/old/", "/old/index.html"))
    assert len(outputs) == len(redirects) == 1
    assert not problems


def test_addresses_that_differ_in_case_cannot_both_be_pages() -> None:
    outputs, redirects, problems = planned(article("a", "/World/A/", "/Old/", "/old/"))
    assert [redirect.from_address for redirect in redirects] == ["/Old/", "/World/A/", "/old/"]
    assert [output.path for output in outputs] == ["Old/index.html"]
    assert complaints(problems) == [
        ("content/articles/a.md", f'"{address}" differs only in case from another address', False)
        for address in ("/World/A/", "/old/")
    ]


def test_claims_that_differ_only_in_case_are_one_claim() -> None:
    _, _, problems = planned(article("a", "/Old/"), article("b", "/old/"))
    assert [(problem.place.path, problem.is_error) for problem in problems] == [
        ("content/articles/b.md", True)
    ]


def test_an_alias_that_cannot_be_is_an_error_with_its_key() -> None:
    _, redirects, problems = planned(article("a", "/fine/", "/bad\n/path /x"))
    assert len(redirects) == 1
    message = 'the alias "/bad\\u000a/path /x" holds the character U+000A'
    assert complaints(problems) == [("content/articles/a.md", message, True)]
    assert problems[0].keys == ("aliases", 1)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("/a/", "/b/")], []),
        ([("/a/", "/b/"), ("/b/", "/c/")], ["/a/ -> /b/ -> /c/"]),
        (
            [("/a/", "/b/"), ("/b/", "/a/")],
            ["/a/ -> /b/ -> /a/", "/b/ -> /a/ -> /b/"],
        ),
        ([("/a/", "/a/")], ["/a/ -> /a/"]),
        (
            [("/a/", "/b/"), ("/b/", "/c/"), ("/c/", "/b/")],
            ["/a/ -> /b/ -> /c/ -> /b/", "/b/ -> /c/ -> /b/", "/c/ -> /b/ -> /c/"],
        ),
    ],
)
def test_chains_and_loops_are_errors(pairs: list[tuple[str, str]], expected: list[str]) -> None:
    problems = chain_problems(Redirect(old, new, "content/x.md") for old, new in pairs)
    assert [p.message for p in problems] == [
        f"a redirect that leads to a redirect: {way}" for way in expected
    ]


def test_links_to_old_addresses_are_known_before_anything_is_planned() -> None:
    site = site_of([article("a", "/old", "../bad")], tags=[tag("b", "c")])
    redirects = Redirects(Plan(site, CONFIG, ()))
    old = ("/old/", "/tags/c/", "/tags/c/feed.xml", "/tags/c/atom.xml", "/tags/c/feed.json")
    for address in (*old, "/old", "/bad/", "/tags/b/", "/world/a/", "/_redirects"):
        assert redirects.has(address) == (address in old)


ALIASES = st.lists(
    st.sampled_from(["/x/", "/X", "/y.html", "/world/a0/", "/b c/", "/z.php"]), max_size=3
)


@given(st.lists(ALIASES, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(aliases: list[list[str]], random: object) -> None:
    articles = [article(f"a{n}", *mine) for n, mine in enumerate(aliases)]
    outputs, redirects, problems = planned(*articles)
    shuffled = articles[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis hands out a random.Random
    again = planned(*shuffled)
    assert again[:2] == (outputs, redirects)
    assert sorted(complaints(again[2])) == sorted(complaints(problems))


HOSTILE = [
    "/a b", "/a\nb", "/a\r\n/x /y 301", "/#", "/a#b", "/*", "/:splat", "/a/:b", "/$1", "/a%0Ab",
    "/a%20b", "//evil.example/", "https://evil.example/", "/..", "/../x", "/a\u2028b", "/a\tb",
    "/é è", "/\x00", "/a\x85b", "/a?b", "/%2e%2e/", "/a\\b", "/a\ud800", "", "  ", "/ok/",
]  # fmt: skip


def test_500_hostile_aliases_leave_the_redirects_file_well_formed() -> None:
    articles = [
        article(f"n{n}", f"{HOSTILE[n % len(HOSTILE)]}{n if n % 2 else ''}", f"/good/{n}/")
        for n in range(500)
    ]
    _, redirects, problems = planned(*articles)
    text = redirects_file(CONFIG, redirects)
    rules = [line.split(" ") for line in text.removesuffix("\n").split("\n")]
    assert len(rules) == len(redirects)
    for rule, redirect in zip(rules, redirects, strict=True):
        old, new, status = rule
        assert (old, new, status) == (
            CONFIG.base.url(redirect.from_address),
            CONFIG.base.url(redirect.to_address),
            "301",
        )
        assert old.isascii()
        assert old.startswith("/news/")
        assert new.startswith("/news/world/n")
        assert not set(old) & set("#*:$? \t\r\\")
    good = {f"/good/{n}/" for n in range(500)}
    assert good <= {redirect.from_address for redirect in redirects}
    assert len({p.place for p in problems}) >= 450
