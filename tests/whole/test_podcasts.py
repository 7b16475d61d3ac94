"""A section that is a podcast: its feed, held to what Apple's directory documents."""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.build import BuildOptions, build
from generator.check.site import check_site
from generator.model.podcasts import PARENTS
from generator.model.problems import SiteError
from generator.verify import verify
from tests.support.photos import photograph, put, saved
from tests.support.recordings import film, sound
from tests.support.sites import MakeSite

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
FEED = "public/radio/podcast.xml"
SITE = """
-- config.yaml --
title: Tiny
base_url: https://tiny.example/
organization: {email: desk@tiny.example}
-- content/sections/radio.md --
---
title: Radio
description: Voices of the harbour.
podcast: {image: /show.png, category: Daily News, title: Quay talk}
---
-- content/articles/radio/one.md --
---
title: The storm
date: 2026-02-01
section: radio
authors: [Ann Quill]
tags: [Storm]
audio: {src: one.mp3, episode: 1, season: 2, explicit: true, transcript: one.vtt}
---
What the storm did.
-- content/articles/radio/one.vtt --
WEBVTT
-- content/articles/radio/two.md --
---
title: The calm
date: 2026-02-02
section: radio
audio: {src: two.m4a, duration: 1:02:03, episode_type: bonus}
---
After the storm.
-- content/articles/radio/three.md --
---
title: A story without a sound
date: 2026-02-03
section: radio
---
Words.
"""


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    folder = make_site(SITE)
    put(folder, "static/show.png", saved(photograph((1400, 1400), 2), "PNG"))
    put(folder, "content/articles/radio/one.mp3", sound(8))
    put(folder, "content/articles/radio/two.m4a", film(9))
    return folder


def options(site: Path) -> BuildOptions:
    return BuildOptions(site, NOW, workers=0)


def channel_of(site: Path) -> ET.Element:
    build(options(site))
    (channel,) = ET.parse(site / FEED).getroot()  # noqa: S314 - our own
    return channel


def text(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""


def test_the_show_has_all_that_apple_requires(site: Path) -> None:
    channel = channel_of(site)
    assert text(channel, "title") == "Quay talk"
    assert text(channel, "link") == "https://tiny.example/radio/"
    assert text(channel, "description") == "Voices of the harbour."
    assert text(channel, "language") == "en"
    assert text(channel, f"{ITUNES}author") == "Tiny"
    assert text(channel, f"{ITUNES}explicit") == "false"
    assert text(channel, f"{ITUNES}type") == "episodic"
    assert text(channel, f"{ITUNES}owner/{ITUNES}email") == "desk@tiny.example"
    (outer,) = channel.findall(f"{ITUNES}category")
    (inner,) = outer
    assert (outer.get("text"), inner.get("text")) == ("News", "Daily News")
    assert PARENTS["Daily News"] == "News"
    (image,) = channel.findall(f"{ITUNES}image")
    assert image.get("href") == "https://tiny.example/show.png"
    assert (site / "public/show.png").is_file()


def test_every_episode_has_all_that_apple_requires(site: Path) -> None:
    calm, storm = channel_of(site).findall("item")
    assert (text(calm, "title"), text(storm, "title")) == ("The calm", "The storm")
    for item in (calm, storm):
        assert text(item, "guid").startswith("tag:tiny.example,2026:/story/")
        assert text(item, "pubDate")
        assert text(item, "description")
        (enclosure,) = item.findall("enclosure")
        url = enclosure.get("url") or ""
        file = site / "public" / url.removeprefix("https://tiny.example/")
        assert enclosure.get("length") == str(file.stat().st_size)
    assert [one.get("type") for one in calm.findall("enclosure")] == ["audio/x-m4a"]
    assert text(calm, f"{ITUNES}duration") == "3723"
    assert text(calm, f"{ITUNES}episodeType") == "bonus"
    assert text(storm, f"{ITUNES}duration") == "8"
    assert text(storm, f"{ITUNES}season") == "2"
    assert text(storm, f"{ITUNES}episode") == "1"
    assert text(storm, f"{ITUNES}explicit") == "true"
    assert text(storm, f"{ITUNES}author") == "Ann Quill"
    transcript = storm.find("{https://podcastindex.org/namespace/1.0}transcript")
    assert transcript is not None
    assert transcript.get("type") == "text/vtt"


def test_an_episode_keeps_its_guid_under_another_headline(site: Path) -> None:
    before = [text(item, "guid") for item in channel_of(site).findall("item")]
    story = site / "content/articles/radio/one.md"
    story.write_text(story.read_text().replace("The storm", "The tempest"))
    assert [text(item, "guid") for item in channel_of(site).findall("item")] == before


def test_the_sections_page_leads_to_it(site: Path) -> None:
    build(options(site))
    html = (site / "public/radio/index.html").read_text()
    assert '<a href="/radio/podcast.xml" type="application/rss+xml">Podcast</a>' in html
    assert 'title="Radio (Podcast)" href="/radio/podcast.xml"' in html


def test_it_is_there_without_any_other_feed(site: Path) -> None:
    config = site / "config.yaml"
    off = "outputs: {rss: false, atom: false, json_feed: false, section_feeds: false}\n"
    config.write_text(config.read_text() + off)
    assert len(channel_of(site).findall("item")) == 2
    assert not (site / "public/radio/feed.xml").exists()


def test_a_tag_may_be_one_too(site: Path) -> None:
    put(site, "content/tags/storm.md", (site / "content/sections/radio.md").read_bytes())
    build(options(site))
    (channel,) = ET.parse(site / "public/tags/storm/podcast.xml").getroot()  # noqa: S314 - our own
    assert [text(item, "title") for item in channel.findall("item")] == ["The storm"]


def test_a_change_of_a_sound_or_a_show_is_a_change_of_the_feed(site: Path) -> None:
    build(options(site))
    put(site, "content/articles/radio/one.mp3", sound(20))
    assert "20" in text(channel_of(site).findall("item")[1], f"{ITUNES}duration")
    section = site / "content/sections/radio.md"
    section.write_text(section.read_text().replace("Quay talk", "Pier talk"))
    assert text(channel_of(site), "title") == "Pier talk"
    section.write_text(section.read_text().replace("podcast:", "extra:"))
    build(options(site))
    assert not (site / FEED).exists()
    assert not verify(options(site))


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (saved(photograph((1400, 1401), 2), "PNG"), "is not square"),
        (saved(photograph((600, 600), 2), "PNG"), "is 600 pixels wide"),
        (b"", "no such picture"),
    ],
)
def test_a_picture_that_apple_refuses_is_an_error(site: Path, picture: bytes, message: str) -> None:
    put(site, "static/show.png", picture) if picture else (site / "static/show.png").unlink()
    with pytest.raises(SiteError) as raised:
        build(options(site))
    (problem,) = raised.value.problems
    assert message in problem.message
    assert problem.place.line == 4


def test_a_sound_that_directories_do_not_take_is_a_warning(site: Path) -> None:
    put(site, "content/articles/radio/one.ogg", b"OggS")
    story = site / "content/articles/radio/one.md"
    story.write_text(story.read_text().replace("one.mp3", "one.ogg"))
    told = [problem.message for problem in build(options(site)).problems]
    assert "podcast directories take no audio/ogg" in told


def checked(site: Path) -> list[str]:
    return [
        problem.message for problem in check_site(site / "public", base_url="https://tiny.example/")
    ]


def test_check_holds_the_feed_to_the_same_rules(site: Path) -> None:
    build(options(site))
    feed = site / FEED
    good = feed.read_text()
    assert not [told for told in checked(site) if "itunes" in told or "enclosure" in told]
    for old, new, message in (
        ('text="Daily News"', 'text="Quay"', 'not one of Apple\'s categories: "Quay"'),
        ("<itunes:explicit>false", "<itunes:explicit>clean", '<itunes:explicit> is "clean"'),
        ('type="audio/mpeg"', 'type="audio/ogg"', "podcast directories take no audio/ogg"),
        ("<itunes:image", "<itunes:picture", "<channel> without <itunes:image href>"),
    ):
        feed.write_text(good.replace(old, new))
        assert message in checked(site)
