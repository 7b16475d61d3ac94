"""The lists of a Hugo site, and where they lead now."""

from datetime import UTC, datetime
from pathlib import Path

from generator.importers.hugo import open_site
from generator.importers.old_site import ImportAsked
from tests.support.sites import write_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
STORY = "---\ntitle: A story\ndate: 2014-03-05\ntopics: [Sea Wind]\n---\n"


def led(folder: Path, text: str) -> dict[str, str]:
    site = open_site([write_site(folder, text)], ImportAsked(now=NOW))
    list(site.texts())
    return {old: new for old, new, _ in site.settings().redirects}


def test_lists_of_folders_and_their_feeds_lead_to_their_section(tmp_path: Path) -> None:
    found = led(
        tmp_path,
        "-- hugo.yaml --\npermalinks: {section: {views: /opinion/}}\n"
        "-- content/blog/tech/deep/_index.md --\n---\ntitle: Deep\n---\n"
        f"-- content/blog/tech/deep/a.md --\n{STORY}-- content/views/b.md --\n{STORY}",
    )
    assert found["/blog/index.xml"] == "/blog/feed.xml"
    assert found["/blog/tech/"] == found["/blog/tech/deep/"] == "/blog/"
    assert found["/blog/tech/deep/index.xml"] == "/blog/feed.xml"
    assert found["/opinion/"] == "/views/"


def test_lists_of_terms_lead_on_from_where_a_pattern_put_them(tmp_path: Path) -> None:
    found = led(
        tmp_path,
        "-- hugo.yaml --\ntaxonomies: {topic: topics}\n"
        "permalinks: {term: {topics: '/t/:slug/'}, taxonomy: {topics: /t/}}\n"
        "-- content/topics/sea-wind/_index.md --\n---\ntitle: Wind & sea\n---\n"
        f"-- content/news/a.md --\n{STORY}",
    )
    assert found["/t/wind-sea/"] == "/tags/sea-wind/"
    assert found["/t/wind-sea/index.xml"] == "/tags/sea-wind/feed.xml"
    assert found["/t/"] == "/tags/"


def test_lists_in_another_language_lead_to_the_same_section(tmp_path: Path) -> None:
    found = led(
        tmp_path,
        "-- hugo.yaml --\nlanguages: {en: {}, de: {}}\n"
        f"-- content/news/a.md --\n{STORY}-- content/news/a.de.md --\n{STORY}",
    )
    assert found["/de/news/"] == "/news/"
    assert found["/de/sitemap.xml"] == "/sitemap.xml"
