"""What the demonstration site tells machines: feeds, sitemaps and structured data."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from tests.support.demo import Pages

Story = tuple[ET.Element, str, dict[str, Any]]

HOME = "https://gazette.example.org/"
FOLDERS = ("", "harbour/", "town/", "world/", "tags/weather/", "tags/ferry/", "authors/tom-abara/")
MOST = 20
"""How many stories a feed carries when nothing else is asked for."""
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
STORY_PATH = re.compile(r"[a-z]+/\d{4}/\d\d/[a-z0-9-]+/index\.html")
# The stories that are not simply news, by the type in their front matter.
TYPES = {
    "opinion": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "background": "BackgroundNewsArticle",
    "review": "ReviewNewsArticle",
    "satire": "SatiricalArticle",
}


def listed(page: ET.Element) -> Iterator[str]:
    """The addresses of the stories that a page lists, in its order."""
    for heading in page.iter():
        if "card-title" in heading.get("class", "").split():
            yield from (HOME + link.get("href", "")[1:] for link in heading.iter("a"))


def stories_under(folder: str, pages: Pages) -> list[str]:
    """The stories that the pages of a listing show, newest first; for the site, the archive's."""
    older = rf"{folder}page/\d+/" if folder else r"archive/\d{4}/\d\d/"
    paths = sorted((p for p in pages if re.fullmatch(rf"{older}index\.html", p)), reverse=True)
    if folder:
        paths.insert(0, f"{folder}index.html")
    return [url for path in paths for url in listed(pages[path])]


def read_xml(file: Path) -> list[dict[str, Any]]:
    """The entries of a feed as feedparser sees them; it must have nothing to mend."""
    feed = feedparser.parse(file.read_bytes())
    assert (file, feed.bozo) == (file, False)
    assert feed.feed.title
    assert feed.version == ("rss20" if file.name == "feed.xml" else "atom10")
    return [dict(entry) for entry in feed.entries]


def read_json(file: Path) -> list[dict[str, Any]]:
    feed = json.loads(file.read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == HOME + file.as_posix().split("/public/")[1]
    assert feed["home_page_url"] == feed["feed_url"].removesuffix("feed.json")
    items: list[dict[str, Any]] = feed["items"]
    assert all("content_html" in item or "content_text" in item for item in items)
    return items


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_feed_carries_the_newest_of_its_page(folder: str, demo: Path, demo_pages: Pages) -> None:
    expected = stories_under(folder, demo_pages)[:MOST]
    assert expected
    for name in ("feed.xml", "atom.xml"):
        assert [entry["link"] for entry in read_xml(demo / folder / name)] == expected
    assert [item["url"] for item in read_json(demo / folder / "feed.json")] == expected


def test_a_story_has_one_id_in_all_feeds(demo: Path) -> None:
    ids = defaultdict(set)
    for file in [*demo.rglob("feed.xml"), *demo.rglob("atom.xml")]:
        for entry in read_xml(file):
            ids[entry["link"]].add(entry["id"])
    for file in demo.rglob("feed.json"):
        for item in read_json(file):
            ids[item["url"]].add(item["id"])
    assert len(ids) > MOST
    assert all(len(found) == 1 for found in ids.values())
    assert len({name for found in ids.values() for name in found}) == len(ids)
    assert all(name.startswith("tag:gazette.example.org,") for (name,) in ids.values())


def test_feeds_say_when_and_by_whom(demo: Path) -> None:
    for entry in [*read_xml(demo / "feed.xml"), *read_xml(demo / "atom.xml")]:
        assert entry["title"]
        assert entry["summary"]
        assert entry["published_parsed"]
        assert entry["author"]
    for entry in read_xml(demo / "atom.xml"):
        assert entry["updated_parsed"] >= entry["published_parsed"]
    for item in read_json(demo / "feed.json"):
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert item["authors"]


def test_every_feed_that_a_page_announces_is_there(demo: Path, demo_pages: Pages) -> None:
    for path, page in demo_pages.items():
        links = [link for link in page.iter("link") if link.get("rel") == "alternate"]
        assert all((demo / link.get("href", "")[1:]).is_file() for link in links), path


def test_all_xml_is_well_formed(demo: Path) -> None:
    files = [*demo.rglob("*.xml"), *demo.rglob("*.svg")]
    assert len(files) > 80
    for file in files:
        assert ET.fromstring(file.read_bytes()) is not None  # noqa: S314 - our own


def test_the_sitemap_names_every_page_that_may_be_found(demo: Path, demo_pages: Pages) -> None:
    index = ET.parse(demo / "sitemap.xml")  # noqa: S314 - our own
    parts = [loc.text or "" for loc in index.iter(f"{SITEMAP}loc")]
    named = [
        loc.text
        for part in parts
        for loc in ET.parse(demo / part.removeprefix(HOME)).iter(f"{SITEMAP}loc")  # noqa: S314 - our own
    ]
    pages = {
        HOME + path.removesuffix("index.html")
        for path, page in demo_pages.items()
        if page.find(".//link[@rel='canonical']") is not None
        and page.find(".//meta[@http-equiv='refresh']") is None
    }
    assert len(named) == len(set(named))
    older = {page for page in pages if "/page/" in page}
    assert set(named) == pages - older


def test_pictures_in_sitemaps_are_there(demo: Path) -> None:
    pictures = [
        (loc.text or "").removeprefix(HOME)
        for part in (demo / "sitemaps").glob("*.xml")
        for loc in ET.parse(part).iter(f"{IMAGE}loc")  # noqa: S314 - our own
    ]
    assert len(pictures) > 20
    assert all((demo / picture).is_file() for picture in pictures)


def with_class(page: ET.Element, name: str) -> Iterator[ET.Element]:
    return (element for element in page.iter() if name in element.get("class", "").split())


def shown(element: ET.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def graph_of(page: ET.Element) -> dict[str, dict[str, Any]]:
    """What a page says in JSON-LD, by type; of several types, the last."""
    script = page.find(".//script")
    graph = json.loads(script.text or "")["@graph"] if script is not None else []
    kinds = [[node["@type"]] if isinstance(node["@type"], str) else node["@type"] for node in graph]
    return {kind[-1]: node for kind, node in zip(kinds, graph, strict=True)}


def label_of(page: ET.Element) -> str:
    """The type that a story's label names; most have none."""
    head = next(with_class(page, "story-head"))
    names = " ".join(label.get("class", "") for label in with_class(head, "label")).split()
    return next((name.removeprefix("label-") for name in names if name != "label"), "")


@pytest.fixture(scope="module")
def stories(demo_pages: Pages) -> dict[str, Story]:
    """Every story's page, with the type and the data that it gives to machines."""
    found = {}
    for path, page in demo_pages.items():
        if STORY_PATH.fullmatch(path):
            graph = graph_of(page)
            (kind,) = graph.keys() & {"NewsArticle", *TYPES.values()}
            found[path] = (page, kind, graph[kind])
    assert len(found) > 30
    return found


def test_each_story_says_what_kind_of_work_it_is(stories: dict[str, Story]) -> None:
    for path, (page, kind, data) in stories.items():
        is_plain = kind == "NewsArticle" or path.startswith("opinion/")  # says so already
        assert TYPES.get(label_of(page)) == kind or is_plain, path
        wider = "Article" if kind == "SatiricalArticle" else "NewsArticle"  # satire is no news
        assert data["@type"] in ("NewsArticle", [wider, kind]), path
    assert len({kind for _, kind, _ in stories.values()}) > 3


def test_each_story_says_to_machines_what_it_says_to_readers(stories: dict[str, Story]) -> None:
    for path, (page, _, data) in stories.items():
        assert data["headline"] == shown(page.find(".//h1"))
        standfirst = next(with_class(page, "standfirst"), None)
        assert standfirst is None or data["description"] == shown(standfirst)
        assert data["url"] == data["mainEntityOfPage"] == HOME + path.removesuffix("index.html")
        assert data["inLanguage"] == page.get("lang")
        assert data.get("keywords", []) == [shown(tag) for tag in with_class(page, "p-category")]
        bylines = [shown(author) for author in with_class(page, "p-author")]
        names = [author["name"] for author in data["author"] if author["@type"] == "Person"]
        assert names or data["author"][0]["name"] == data["publisher"]["name"], path
        assert all(any(name in byline for byline in bylines) for name in names), path
        published = next(with_class(page, "dt-published")).get("datetime", "")
        assert data["datePublished"].startswith(published), path
        assert datetime.fromisoformat(data["dateModified"]) >= datetime.fromisoformat(published)
        words = len(shown(next(with_class(page, "e-content"))).split())
        assert data["wordCount"] == pytest.approx(words, rel=0.2), path


def test_each_story_says_whose_it_is_and_shows_its_pictures(
    demo: Path, stories: dict[str, Story]
) -> None:
    for path, (page, _, data) in stories.items():
        assert data["publisher"]["@type"] == "NewsMediaOrganization"
        assert data["publisher"]["name"] == "The Harbour Gazette"
        assert data["articleSection"].lower() == path.split("/")[0]
        assert data["isAccessibleForFree"] is True
        pictures = [picture["url"] for picture in data.get("image", ())]
        assert bool(pictures) == (page.find(".//figure[@class='lead-picture']") is not None), path
        assert all((demo / url.removeprefix(HOME)).is_file() for url in pictures)
