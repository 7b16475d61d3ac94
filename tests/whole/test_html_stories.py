"""Stories that are HTML with front matter: summary, words, links and problems as in Markdown."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.model.problems import SiteError
from tests.support.sites import MakeSite

NOW = datetime(2026, 12, 2, tzinfo=UTC)
SITE = """
    -- config.yaml --
    title: Gazette
    base_url: https://gazette.example/
    -- content/articles/ferry.html --
    ---
    title: Ferry
    date: 2026-11-28
    ---
    <h2>Not the summary</h2>
    <p>The ferry <em>sails</em> again.</p>

        <p>No code & no *emphasis*.</p>
    <p><a href="harbour.markdown">Harbour</a> <a href='index/index.html#a'>Bundle</a>
    <a href="https://other.example/?a=1&amp;b=2">Other</a> <a href="#top">Top</a></p>
    <!-- <a href="gone.md">no link</a> -->
    <img src="chart.html" alt=""><iframe src=chart.html title="Chart"></iframe>
    -- content/articles/chart.html --
    <!doctype html><title>A chart</title>
    -- content/articles/harbour.markdown --
    ---
    title: Harbour
    date: 2026-11-29
    ---
    [Ferry](ferry.html) and [from the root](/articles/ferry.html).
    -- content/articles/index/index.html --
    +++
    title = "Bundle"
    date = 2026-11-27
    +++
    <p id="a">One.</p>
    -- content/articles/index/map.txt --
    A map.
    -- content/pages/about.htm --
    ---
    title: About
    ---
    <p>We are here.</p>
    """


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(SITE)


def page(site: Path, path: str) -> str:
    return (site / "public" / path / "index.html").read_text("utf-8")


def test_html_is_a_story_like_any_other(site: Path) -> None:
    report = build(BuildOptions(site, NOW))
    assert report.articles == 3
    html = page(site, "news/2026/11/ferry")
    assert "<h2>Not the summary</h2>\n<p>The ferry <em>sails</em> again.</p>" in html
    assert "    <p>No code & no *emphasis*.</p>" in html
    assert 'name="description" content="The ferry sails again."' in html
    data = json.loads(html.split('application/ld+json">')[1].split("</script>")[0])
    assert data["@graph"][0]["wordCount"] == 15
    assert (site / "public/news/2026/11/index/map.txt").exists()
    assert "<p>We are here.</p>" in page(site, "about")
    assert not (site / "public/news/2026/11/chart").exists()


def test_links_lead_where_they_do_in_markdown(site: Path) -> None:
    build(BuildOptions(site, NOW))
    html = page(site, "news/2026/11/ferry")
    assert '<a href="/news/2026/11/harbour/">' in html
    assert "<a href='/news/2026/11/index/#a'>" in html
    assert '<a href="https://other.example/?a=1&amp;b=2">Other</a> <a href="#top">' in html
    assert '<!-- <a href="gone.md">no link</a> -->' in html
    assert "src=/news/2026/11/ferry/chart.html title" in html
    assert (site / "public/news/2026/11/ferry/chart.html").exists()
    harbour = page(site, "news/2026/11/harbour")
    assert harbour.count('href="/news/2026/11/ferry/"') >= 2


def test_what_is_wrong_is_told_at_its_line(site: Path) -> None:
    ferry = site / "content/articles/ferry.html"
    ferry.write_text(ferry.read_text("utf-8") + '<p><a href="gone.md">x</a></p>\n', "utf-8")
    with pytest.raises(SiteError) as raised:
        build(BuildOptions(site, NOW))
    [problem] = [one for one in raised.value.problems if one.is_error]
    assert (problem.place.path, problem.place.line) == ("content/articles/ferry.html", 13)
    assert problem.message == 'no such article: "gone.md"'
    report = build(BuildOptions(site, NOW, keep_going=True))
    assert report.articles == 3
    assert "<p><a>x</a></p>" in page(site, "news/2026/11/ferry").replace("<a >", "<a>")


def test_a_build_after_an_edit_equals_a_clean_one(site: Path) -> None:
    build(BuildOptions(site, NOW))
    chart = site / "content/articles/chart.html"
    chart.write_text("---\ntitle: Chart\ndate: 2026-11-20\n---\n<p>Now a story.</p>\n", "utf-8")
    report = build(BuildOptions(site, NOW))
    assert report.articles == 4
    assert "Now a story." in page(site, "news/2026/11/chart")
    before = {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()}
    build(BuildOptions(site, NOW, clean=True))
    assert before == {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()}
