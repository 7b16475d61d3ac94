"""A small build tells what is wrong, too: a place that is taken, a name that names nothing."""

from collections.abc import Callable

import pytest

from generator.build import build
from generator.model.problems import SiteError
from generator.model.values import replace
from tests.support.newsroom import Newsroom

Step = Callable[[Newsroom], None]


def story(
    name: str, more: str = "", *, tag: str = "Ferry", date: str = "2025-12-20T00:00:00Z"
) -> Step:
    """Write a story, with some front matter more."""
    text = f"---\ntitle: {name.title()}\ndate: {date}\ntags: [{tag}]\n{more}---\nFirst.\n"
    return lambda room: room.write(f"content/articles/{name}.md", text)


def page(text: str) -> Step:
    return lambda room: room.write("content/pages/about.md", f"---\ntitle: About\n{text}")


def static(path: str) -> Step:
    return lambda room: room.write(f"static/{path}", "Ours.\n")


def all_of(*steps: Step) -> Step:
    def together(room: Newsroom) -> None:
        for step in steps:
            step(room)

    return together


FOUR = all_of(*(story(f"ferry-{number}") for number in range(4)))
LATE = {"date": "2024-05-05T00:00:00Z"}
CONTESTS: dict[str, tuple[Step, ...]] = {
    "a story where a page is": (page("---\nUs.\n"), story("x", "url: /about/\n")),
    "stories whose addresses differ in capitals alone": (
        FOUR,
        all_of(story("x", "url: /Harbour/\n"), story("y", "url: /harbour/\n")),
    ),
    "a story whose address differs from another's in capitals alone": (
        story("x", "url: /harbour.html\n"),
        story("y", "url: /Harbour.html\n"),
    ),
    "a story in a folder whose name another story's file has": (
        story("x", "url: /old/harbour.html\n"),
        story("y", "url: /old/harbour.html/map/\n"),
    ),
    "a story where the front is": (FOUR, story("x", "url: /\n")),
    "a story where an index is": (FOUR, story("x", "url: /tags/\n")),
    "a story where a section is": (FOUR, story("x", "url: /news/\n")),
    "a story where a file is": (static("x/index.html"), story("x", "url: /x/\n")),
    "a story where an archive page comes with it": (
        FOUR,
        story("x", "url: /archive/2024/05/\n", **LATE),
    ),
    "a story where an archive page comes": (
        FOUR,
        all_of(story("x", "url: /archive/2024/05/\n"), story("a", **LATE)),
    ),
    "an archive page where a story comes": (
        FOUR,
        all_of(story("a", "url: /archive/2024/05/\n"), story("x", **LATE)),
    ),
    "an archive page where a page is": (
        page("url: /archive/2024/05/\n---\nUs.\n"),
        story("x", **LATE),
    ),
    "an archive page where a story was": (
        story("q", "aliases: [/archive/2024/05/]\n"),
        story("x", **LATE),
    ),
    "an archive page where only a line redirects": (
        all_of(
            lambda room: room.configure("outputs", "{redirect_pages: false}"),
            story("q", "aliases: [/archive/2024/05/]\n"),
        ),
        story("x", **LATE),
    ),
    "a sitemap where a file is": (static("sitemaps/2024-05.xml"), story("x", **LATE)),
    # The ferry's eight stories fill the page that six had not.
    "an older page where a story is": (
        story("q", "url: /tags/ferry/page/3/\n", tag="Kursk"),
        all_of(story("x"), story("y")),
    ),
    "an older page where a file is": (
        static("tags/ferry/page/3/index.html"),
        all_of(story("x"), story("y")),
    ),
    "an older page where a story was": (
        story("q", "aliases: [/tags/ferry/page/3/]\n", tag="Kursk"),
        all_of(story("x"), story("y")),
    ),
    "a link to an older page that goes": (
        all_of(FOUR, lambda room: room.append(0, "[Older](/tags/ferry/page/4/)")),
        story("ferry-3", tag="Kursk"),
    ),
    "a page's link to an older page that goes": (
        all_of(FOUR, page("---\n[Older](/tags/ferry/page/4/)\n")),
        story("ferry-3", tag="Kursk"),
    ),
}


FAULTS: dict[str, Step] = {
    "a story picked by hand that is not there": story("ferry-0", "related: [nobody]\n"),
    "a picture that is not there": story("ferry-0", "image: nowhere.png\n"),
    "a link to nothing": lambda room: room.append(0, "[Nothing](nowhere.md)"),
    "another story's id": story("ferry-0", "id: x\n"),
    "another story's id, with a new story": story("y", "id: x\n"),
    "another story's address": story("y", "slug: x\n"),
    "a section that is closed": story("y", "section: sport\n"),
    "a tag without an address": story("y", tag='"!"'),
    "an author without an address": story("y", 'authors: ["!"]\n'),
    "a link that runs": lambda room: room.append(0, "[Run](javascript:alert)"),
    "no date": lambda room: room.change(0, "date", ""),
}


@pytest.fixture
def settled(make_newsroom: Callable[[], Newsroom]) -> Newsroom:
    """A newsroom with files for its tags, so that a story more is built in part."""
    room = make_newsroom()
    for name in ("ferry", "kursk"):
        room.write(f"content/tags/{name}.md", f"---\ntitle: {name.title()}\n---\n")
    for day, folder in enumerate(("", "world/", "2025/")):
        room.add(f"old-{day}", folder, day, ("Ferry", "Kursk", "Ferry")[day])
    return room


@pytest.mark.parametrize("steps", CONTESTS.values(), ids=CONTESTS)
def test_what_comes_to_a_taken_place_is_an_error_however_small_the_build(
    settled: Newsroom, steps: tuple[Step, ...]
) -> None:
    *before, last = steps
    for step in before:
        step(settled)
        told, _, published = settled.outcome(settled.site)
        assert published
        assert not any(problem.is_error for problem in told)
    last(settled)
    outcome = settled.outcome(settled.site)
    assert outcome == settled.clean_outcome()
    assert any(problem.is_error for problem in outcome[0])


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_however_small_the_build(settled: Newsroom, fault: Step) -> None:
    settled.configure("sections", "{names: [news, world], closed: true}")
    all_of(FOUR, story("x", "id: x\n"))(settled)
    settled.check()
    fault(settled)
    outcome = settled.outcome(settled.site)
    assert outcome == settled.clean_outcome()
    assert any(problem.is_error for problem in outcome[0])


def test_a_warning_is_told_as_long_as_it_stands(settled: Newsroom) -> None:
    settled.check()
    settled.change(0, "colour", "blue")  # no key that is known
    settled.check()
    settled.append(1, "Another story is edited.")
    settled.check()
    settled.change(0, "colour", "")
    settled.check()


@pytest.mark.parametrize(
    ("address", "comes"),
    [
        ("/news/2025/12/x/", story("x")),
        ("/news/2025/12/x", story("x")),
        ("/archive/2024/05/", story("x", **LATE)),
        ("/sitemaps/2024-05.xml", story("x", **LATE)),
        ("/tags/ferry/page/3/", all_of(*(story(name) for name in "xyz"))),
        ("/archive/2023/", None),
    ],
)
def test_a_navigation_that_leads_nowhere_is_told_until_its_page_comes(
    settled: Newsroom, address: str, comes: Step | None
) -> None:
    settled.configure("navigation", f"[{{title: X, url: {address}}}]")
    settled.check()
    story("ferry-0")(settled)
    outcome = settled.outcome(settled.site)
    assert outcome == settled.clean_outcome()
    assert [problem.place.path for problem in outcome[0]] == ["config.yaml"]
    assert outcome[0][0].place.line
    (comes or story("ferry-1"))(settled)
    outcome = settled.outcome(settled.site)
    assert outcome == settled.clean_outcome()
    assert len(outcome[0]) == (0 if comes else 1)


def test_a_link_to_a_file_leads_to_the_text_that_comes_under_its_name(settled: Newsroom) -> None:
    static("articles/x.md")(settled)
    settled.append(0, "[Late](/articles/x.md)")
    settled.check()
    story("x")(settled)
    settled.check()
    assert settled.broken == 0


def test_a_page_that_becomes_empty_is_refused_however_small_the_build(settled: Newsroom) -> None:
    settled.write("layouts/article.html", "{{ page.summary }}")
    for number in range(len(settled.stories())):
        settled.change(number, "summary", "What it says.")
    settled.check()
    settled.change(0, "summary", "")
    settled.change(0, "tags", "[Kursk]")
    text = settled.story(0).read_text("utf-8").replace("First.", "")
    settled.story(0).write_text(text, "utf-8")
    with pytest.raises(SiteError) as raised:
        build(replace(settled.options(settled.site), allow_shrink=False))
    (problem,) = raised.value.problems
    assert problem.place.path == "layouts/article.html"
    assert problem.message.endswith(
        f"/index.html, made of {settled.story(0).relative_to(settled.site).as_posix()}"
    )
    settled.check()
