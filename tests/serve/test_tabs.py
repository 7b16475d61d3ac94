"""Tabs: what each open page is told, and why a page is nowhere any more."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.live.site import LiveOptions, LiveSite
from generator.serve import tabs as room
from generator.serve.tabs import Tab, Tabs
from tests.support.sites import MakeSite

FERRY = "content/articles/ferry.md"
AT_FERRY = "/news/2026/01/ferry/"
SITE = """
-- config.yaml --
title: Tiny Times
sections: [news]
-- content/articles/ferry.md --
---
title: The ferry
date: 2026-01-02T08:00:00Z
section: news
tags: [Harbour]
---
All about the ferry.
-- content/articles/fog.md --
---
title: The fog
date: 2026-01-01T08:00:00Z
section: news
---
All about the fog.
"""


class Browser:
    """Pages of a site that are open, and the last that each was told."""

    def __init__(self, folder: Path, *, held: bool = True) -> None:
        self.folder = folder
        self.site = LiveSite(folder, LiveOptions(held=held))
        self.tabs = Tabs(self.site, str)
        self.heard: dict[str, dict[str, Any]] = {}

    def open(self, address: str) -> None:
        self.tabs.shown(address)
        self.tabs.open(Tab(address, lambda text: self.heard.update({address: json.loads(text)})))

    def save(self, old: str, new: str) -> None:
        file = self.folder / FERRY
        file.write_text(file.read_text().replace(old, new))
        if self.tabs.note(self.site.refresh(frozenset({FERRY})), "", ()):
            self.tabs.send()


@pytest.fixture
def browser(make_site: MakeSite) -> Browser:
    return Browser(make_site(SITE))


def test_every_open_page_is_told_and_a_closed_one_is_not(browser: Browser) -> None:
    heard: list[str] = []
    tab = Tab("/", heard.append)
    browser.tabs.open(tab)
    browser.open(AT_FERRY)
    before = browser.heard[AT_FERRY]["digest"]
    browser.save("All about", "More about")
    assert browser.heard[AT_FERRY]["digest"] != before
    assert browser.heard[AT_FERRY]["changed"] == [FERRY]
    assert len(heard) == 2
    browser.tabs.close(tab)
    browser.save("More about", "Most about")
    assert len(heard) == 2


def test_what_is_no_news_is_not_told(browser: Browser) -> None:
    assert not browser.tabs.note(browser.site.refresh(None), "", ())
    assert browser.tabs.note(browser.site.refresh(None), "no watches", ())
    assert browser.tabs.fault == "no watches"


def test_a_tag_without_stories_is_not_said_to_have_lost_its_file(browser: Browser) -> None:
    browser.open("/tags/harbour/")
    browser.save("tags: [Harbour]", "tags: []")
    assert "nothing is published" in browser.heard["/tags/harbour/"]["gone"]


def test_a_story_that_became_a_draft_is_not_said_to_be_deleted(make_site: MakeSite) -> None:
    browser = Browser(make_site(SITE), held=False)
    browser.open(AT_FERRY)
    browser.save("section: news", "section: news\ndraft: true")
    assert "nothing is published" in browser.heard[AT_FERRY]["gone"]
    browser.save("draft: true\n", "")
    assert not browser.heard[AT_FERRY]["gone"]


def test_no_more_changed_files_are_remembered_than_a_page_can_have_missed(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_COPIES", 2)
    (browser.folder / "static").mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        file = browser.folder / "static" / name
        file.write_text("1")
        browser.site.refresh(None)
        browser.tabs.shown(f"/{name}")
        file.write_text("2")
        browser.tabs.note(browser.site.refresh(None), "", ())
    browser.open("/")
    assert list(browser.heard["/"]["copies"]) == ["/b.txt", "/c.txt"]
