"""Addresses that somebody wrote by hand are published as they are written."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.check.site import check_site
from generator.model.problems import SiteError
from tests.support.sites import MakeSite

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONFIG = """
    -- config.yaml --
    title: Gazette
    base_url: https://gazette.example/
    timezone: UTC
    sections: [news]
"""


def story(name: str, more: str = "", body: str = "Text.") -> str:
    """A story, as a part of a site's text."""
    head = f"title: {name.title()}\ndate: 2026-03-01 09:30\nsummary: s\n{more}"
    return f"-- content/articles/{name}.md --\n---\n{head}\n---\n{body}\n"


def published(site: Path) -> Path:
    """Build a site; its output."""
    build(BuildOptions(site, NOW))
    return site / "public"


@pytest.mark.parametrize(
    ("written", "file", "url"),
    [
        ("/2020/01/foo.html", "2020/01/foo.html", "/2020/01/foo.html"),
        ("/2020/02/index.html", "2020/02/index.html", "/2020/02/"),
        ("/2019/Old_Story.html", "2019/Old_Story.html", "/2019/Old_Story.html"),
        ("/~desk/a--b", "~desk/a--b/index.html", "/~desk/a--b/"),
        ("/old.php", "old.php", "/old.php"),
        ("/%d1%97/a/", "ї/a/index.html", "/%D1%97/a/"),
        ("https://gazette.example/x.htm", "x.htm", "/x.htm"),
    ],
)
def test_an_address_by_hand_is_that_very_file(
    written: str, file: str, url: str, make_site: MakeSite
) -> None:
    site = make_site(CONFIG)
    make_site(story("a", f"url: {written}") + story("b", "", "[A](a.md)"))
    output = published(site)
    page = (output / file).read_text()
    absolute = f"https://gazette.example{url}"
    assert f'rel="canonical" href="{absolute}"' in page
    assert f'href="{url}"' in (output / "news/2026/03/b/index.html").read_text()
    for name in ("feed.xml", "atom.xml", "sitemaps/2026-03.xml", "news-sitemap.xml"):
        assert absolute in (output / name).read_text(), name
    items = json.loads((output / "feed.json").read_text())["items"]
    assert absolute in {item["url"] for item in items}
    assert not [p for p in check_site(output, base_url="https://gazette.example/") if p.is_error]


def test_the_files_of_such_a_story_stand_in_a_folder_of_its_name(make_site: MakeSite) -> None:
    site = make_site(CONFIG)
    text = "![A map](map.svg) [B](b/) [C](index.html)"
    make_site(
        story("a", "url: /old/a.html", text) + story("b", "url: /old/b/") + story("c", "url: /old/")
    )
    (site / "content/articles/map.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    output = published(site)
    assert (output / "old/a/map.svg").exists()
    page = (output / "old/a.html").read_text()
    assert all(f'"{url}"' in page for url in ("/old/a/map.svg", "/old/b/", "/old/"))


def test_a_story_whose_address_is_false_is_left_out_with_a_word(make_site: MakeSite) -> None:
    site = make_site(CONFIG)
    make_site(story("a", "permalink: false") + story("b"))
    report = build(BuildOptions(site, NOW))
    assert [text.reason for text in report.left_out] == ["a draft"]
    assert not (site / "public/false").exists()


def test_addresses_that_differ_in_capitals_alone_are_an_error_that_names_both(
    make_site: MakeSite,
) -> None:
    site = make_site(CONFIG)
    make_site(story("a", "url: /Old/") + story("b", "url: /old/"))
    with pytest.raises(SiteError) as caught:
        build(BuildOptions(site, NOW))
    told = str(caught.value)
    assert "content/articles/a.md" in told
    assert "content/articles/b.md" in told


def test_patterns_by_section_may_end_in_html(make_site: MakeSite) -> None:
    site = make_site(
        """
        -- config.yaml --
        title: Gazette
        base_url: https://gazette.example/
        sections: [news, sport]
        permalink:
          sport: /:category/:folder/:filename.html
          default: /:year/:title/
        """
    )
    make_site(
        story("a", "section: sport") + story("deep/Old_Game", "section: sport") + story("b plain")
    )
    output = published(site)
    for path in ("sport/a.html", "sport/deep/Old_Game.html", "2026/b-plain/index.html"):
        assert (output / path).exists(), path
