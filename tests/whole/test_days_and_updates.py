"""Days stay days, and what is still to come is told of: on pages, to machines, in feeds."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.problems import SiteError
from tests.support.sites import MakeSite

NOW = datetime(2026, 12, 2, tzinfo=UTC)
CONFIG = """
    -- config.yaml --
    title: Gazette
    base_url: https://gazette.example/
    timezone: Europe/Kyiv
    sections: [news]
    """
STORY = """
    -- content/articles/story.md --
    ---
    title: Story
    date: {}
    updated: {}
    ---
    Text.
    """


def page(site: Path) -> str:
    build(BuildOptions(site, NOW))
    [file] = site.glob("public/news/2026/11/story/index.html")
    return file.read_text("utf-8")


@pytest.mark.parametrize(
    ("date", "updated", "machines", "people"),
    [
        ("2026-11-28", "2026-11-30", "2026-11-30", "November 30, 2026"),
        ("2026-11-30 09:00", "2026-11-30", "2026-11-30", "November 30, 2026"),
        ("2026-11-28", "2026-11-28", "2026-11-28", ""),
        ("2026-11-28 09:00", "2026-11-27", "2026-11-28T09:00:00+02:00", ""),
        (
            "2026-11-28 09:00",
            "2026-11-28 12:00",
            "2026-11-28T12:00:00+02:00",
            "November 28, 2026, 12:00 PM EET",
        ),
        ("2026-11-28", "2026-11-30 00:00", "2026-11-30T00:00:00+02:00", "November 30, 2026, 12:00"),
    ],
)
def test_an_update_is_told_as_precisely_as_it_was_written(
    make_site: MakeSite, date: str, updated: str, machines: str, people: str
) -> None:
    site = make_site(CONFIG + STORY.format(date, updated))
    html = page(site)
    sitemap = (site / "public/sitemaps/2026-11.xml").read_text("utf-8")
    assert re.findall("<lastmod>(.*?)</lastmod>", sitemap) == [machines]
    assert f'"dateModified":"{machines}"' in html
    assert f'property="article:modified_time" content="{machines}"' in html
    shown = re.search(r'class="dt-updated"[^>]*>\s*([^<]*)', html)
    assert bool(shown) == bool(people)
    if shown and people:
        assert " ".join(shown[1].split()).replace("\u202f", " ").startswith(people)
        assert ("AM" in shown[1] or "PM" in shown[1]) == ("T" in machines)


@pytest.mark.parametrize(
    ("date", "embargo", "machines"),
    [
        ("2026-11-20", "2026-11-28", "2026-11-28"),
        ("2026-11-20 09:30", "2026-11-28", "2026-11-28"),
        ("2026-11-20", "2026-11-28 08:00", "2026-11-28T08:00:00+02:00"),
        ("2026-11-28", "2026-11-28", "2026-11-28"),
        ("2026-11-28", "2026-11-20 08:00", "2026-11-28"),
        ("2026-11-28 09:30", "2026-11-20", "2026-11-28T09:30:00+02:00"),
    ],
)
def test_an_embargo_dates_a_story_as_precisely_as_it_was_written(
    make_site: MakeSite, date: str, embargo: str, machines: str
) -> None:
    site = make_site(CONFIG + STORY.replace("updated", "embargo").format(date, embargo))
    html = page(site)
    assert f'"datePublished":"{machines}"' in html
    shown = re.search(r'class="dt-published"[^>]*>\s*([^<]*)', html)
    assert shown is not None
    assert ("AM" in shown[1]) == ("T" in machines)


def told(site: Path, now: datetime = NOW) -> list[str]:
    report = build(BuildOptions(site, now))
    return [f"{problem.place}: {problem.message}" for problem in report.problems]


def test_an_update_that_is_still_to_come_is_a_warning_until_it_is_mended(
    make_site: MakeSite,
) -> None:
    site = make_site(CONFIG + STORY.format("2026-11-28", "2062-11-29 12:00"))
    warned = ["content/articles/story.md:4:10: an update that is still to come"]
    assert told(site) == warned
    other = "---\ntitle: Other\ndate: 2026-11-01\n---\n"
    (site / "content/articles/other.md").write_text(other, "utf-8")
    assert told(site) == warned  # another story is news
    make_site(STORY.format("2026-11-28", "2026-11-29 12:00"))
    assert told(site) == []


@pytest.mark.parametrize("other", ["", "---\ntitle: Other\ndate: 2026-11-01\n---\n"])
def test_an_update_that_has_come_is_told_no_more(make_site: MakeSite, other: str) -> None:
    site = make_site(CONFIG + STORY.format("2026-11-28", "2026-12-03 12:00"))
    assert len(told(site)) == 1
    if other:
        (site / "content/articles/other.md").write_text(other, "utf-8")
    assert told(site, datetime(2026, 12, 4, tzinfo=UTC)) == []


def test_warnings_of_one_story_outlast_news_of_another(make_site: MakeSite) -> None:
    site = make_site(CONFIG + "links: {dead: warn}\n" + STORY.format("2026-11-28", "2026-11-29"))
    story = site / "content/articles/story.md"
    story.write_text(story.read_text("utf-8").replace("title", "image: gone.jpg\ntitle"), "utf-8")
    first = told(site)
    assert any("no such picture" in line for line in first)
    other = "---\ntitle: Other\ndate: 2026-11-01\n---\n"
    (site / "content/articles/other.md").write_text(other, "utf-8")
    assert told(site) == first


PAGE = "---\ntitle: About\n{}\n---\nSECRET\n"


def test_a_page_is_not_held_back_by_a_date_to_come_and_that_is_an_error(
    make_site: MakeSite,
) -> None:
    site = make_site(CONFIG + STORY.format("2026-11-28", "2026-11-29"))
    about = site / "content/pages/about.md"
    about.parent.mkdir()
    about.write_text(PAGE.format("date: 2099-01-01"), "utf-8")
    with pytest.raises(SiteError) as raised:
        build(BuildOptions(site, NOW))
    [problem] = raised.value.problems
    assert str(problem.place) == "content/pages/about.md:3:7"
    assert problem.message == "a date to come holds nothing back on this kind of text"
    about.write_text(PAGE.format("updated: 2099-01-01"), "utf-8")
    assert told(site) == ["content/pages/about.md:3:10: an update that is still to come"]
    about.write_text(PAGE.format("date: 2026-01-01"), "utf-8")
    assert told(site) == []
    assert "January 1, 2026" in (site / "public/about/index.html").read_text("utf-8")


LABELS = (
    CONFIG.replace("sections: [news]", "feeds: {full_text: true}")
    + """
    -- content/articles/ad.md --
    ---
    title: The best boots
    date: 2026-11-29 10:00
    type: sponsored
    ---
    Buy [boots](https://shop.example/) or [read on](view.md).
    -- content/articles/view.md --
    ---
    title: Close the harbour
    date: 2026-11-28 10:00
    type: opinion
    dateline: KYIV
    kicker: Column
    tags: [Harbour]
    authors: [Reuters, Mara Quill, Port Agency]
    ---
    Text with [a link](https://other.example/).
    -- content/authors/port-agency.md --
    ---
    name: Port Agency
    organization: true
    ---
    """
)


def test_a_feed_says_of_a_story_what_its_page_says(make_site: MakeSite) -> None:
    site = make_site(LABELS)
    build(BuildOptions(site, NOW))
    [item] = json.loads((site / "public/feed.json").read_text("utf-8"))["items"]
    assert item["tags"] == ["opinion", "Column", "Harbour"]
    assert "KYIV —" in item["content_html"]
    rss = (site / "public/feed.xml").read_text("utf-8")
    assert "<category>opinion</category><category>Column</category>" in re.sub(r"\s*\n\s*", "", rss)
    assert "KYIV —" in rss
    assert "KYIV —" in (site / "public/atom.xml").read_text("utf-8")


def test_links_of_a_paid_story_to_other_sites_say_so(make_site: MakeSite) -> None:
    site = make_site(LABELS)
    build(BuildOptions(site, NOW))
    paid = (site / "public/news/2026/11/ad/index.html").read_text("utf-8")
    assert 'href="https://shop.example/" rel="sponsored"' in paid
    assert paid.count('rel="sponsored"') == 1
    view = (site / "public/news/2026/11/view/index.html").read_text("utf-8")
    assert "sponsored" not in view.split("<main")[1].split("</article>")[0]


def test_an_agency_is_no_person(make_site: MakeSite) -> None:
    site = make_site(LABELS)
    build(BuildOptions(site, NOW))

    def data(page: str) -> str:
        html = (site / "public" / page / "index.html").read_text("utf-8")
        return html.split('application/ld+json">')[1].split("</script>")[0]

    story = data("news/2026/11/view")
    for name, kind in (
        ("Reuters", "Organization"),
        ("Mara Quill", "Person"),
        ("Port Agency", "Organization"),
    ):
        assert f'{{"@type":"{kind}","name":"{name}"' in story
    agency = data("authors/port-agency")
    assert '"mainEntity":{"@type":"Organization","name":"Port Agency"' in agency
    assert "worksFor" not in agency
    author = site / "content/authors/port-agency.md"
    author.write_text("---\nname: Port Agency\n---\n", "utf-8")
    build(BuildOptions(site, NOW))
    assert '{"@type":"Person","name":"Port Agency"' in data("news/2026/11/view")


@pytest.mark.parametrize("kind", ["tags", "sections", "authors"])
def test_nor_are_tags_sections_and_authors(make_site: MakeSite, kind: str) -> None:
    site = make_site(CONFIG + STORY.format("2026-11-28", "2026-11-29"))
    story = site / "content/articles/story.md"
    story.write_text(story.read_text("utf-8").replace("title", "tags: [harbour]\ntitle"), "utf-8")
    file = site / f"content/{kind}/harbour.md"
    file.parent.mkdir()
    head = "name: Ann\n" if kind == "authors" else ""
    file.write_text(f"---\n{head}date: 2026-12-24\n---\nSECRET\n", "utf-8")
    with pytest.raises(SiteError) as raised:
        build(BuildOptions(site, NOW))
    [problem] = (one for one in raised.value.problems if one.is_error)
    assert str(problem.place).startswith(f"content/{kind}/harbour.md:")
    assert problem.message == "a date to come holds nothing back on this kind of text"
