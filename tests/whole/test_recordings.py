"""A story with a sound and a film: its page, its feeds, its files."""

import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.build import BuildOptions, build
from generator.check.site import check_site
from generator.model.problems import SiteError
from generator.verify import verify
from tests.support.photos import photograph, put, saved
from tests.support.recordings import box, film, sound
from tests.support.sites import MakeSite

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "news/2026/02/a/index.html"
SITE = """
-- config.yaml --
title: Tiny
base_url: https://tiny.example/paper/
-- content/articles/news/a.md --
---
title: The storm
date: 2026-02-27
image: {src: sea.jpg, alt: The sea, caption: The sea at dusk}
audio: {src: sounds/talk.mp3, title: The talk, transcript: talk.txt}
video: {src: storm.mp4, captions: {uk: storm.uk.vtt}}
---
Words.
-- content/articles/news/talk.txt --
All that was said.
-- content/articles/news/storm.uk.vtt --
WEBVTT
"""


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    folder = make_site(SITE)
    put(folder, "content/articles/news/sounds/talk.mp3", sound(8))
    put(folder, "content/articles/news/storm.mp4", film(65))
    put(folder, "content/articles/news/sea.jpg", saved(photograph((300, 200))))
    return folder


def built(site: Path) -> Path:
    build(BuildOptions(site, NOW, workers=0))
    return site / "public"


def faults(site: Path) -> list[str]:
    with pytest.raises(SiteError) as raised:
        built(site)
    return [f"{p.place.path}:{p.place.line}: {p.message} {p.hint}" for p in raised.value.problems]


def test_files_are_published_beside_the_story(site: Path) -> None:
    folder = (built(site) / PAGE).parent
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert {"sounds/talk.mp3", "storm.mp4", "talk.txt", "storm.uk.vtt", "sea.jpg"} <= names


def test_the_page_has_players_that_load_nothing_unasked(site: Path) -> None:
    html = (built(site) / PAGE).read_text()
    at = "/paper/news/2026/02/a/"
    talk = 'controls preload="none" aria-label="The talk" src="'
    assert f'<audio class="u-audio" {talk}{at}sounds/talk.mp3">' in html
    assert f'playsinline aria-label="The storm" src="{at}storm.mp4" poster="' in html
    assert 'width="640" height="360"' in html
    assert f'<track kind="captions" srclang="uk" src="{at}storm.uk.vtt" default>' in html
    assert f'<a href="{at}talk.txt">Transcript</a>' in html
    assert "The sea at dusk" in html, "the picture is the poster, and its caption stays"
    assert "0:08" in html


def test_search_engines_and_networks_are_told(site: Path) -> None:
    html = (built(site) / PAGE).read_text()
    data = json.loads(html.partition('ld+json">')[2].partition("</script>")[0])["@graph"][0]
    at = "https://tiny.example/paper/news/2026/02/a/"
    assert data["audio"]["@type"] == "AudioObject"
    assert data["audio"]["contentUrl"] == f"{at}sounds/talk.mp3"
    assert data["audio"]["duration"] == "PT8S"
    assert data["video"]["name"] == "The storm"
    assert data["video"]["thumbnailUrl"].startswith(at)
    assert f'<meta property="og:video" content="{at}storm.mp4">' in html
    assert '<meta property="og:audio:type" content="audio/mpeg">' in html


def test_every_feed_carries_the_sound_with_its_bytes(site: Path) -> None:
    public = built(site)
    size = (public / PAGE).with_name("storm.mp4").stat().st_size
    length = str((public / PAGE).parent.joinpath("sounds/talk.mp3").stat().st_size)
    url = "https://tiny.example/paper/news/2026/02/a/sounds/talk.mp3"
    (enclosure,) = ET.parse(public / "feed.xml").iter("enclosure")  # noqa: S314 - our own
    assert enclosure.attrib == {"url": url, "length": length, "type": "audio/mpeg"}
    atom = (public / "atom.xml").read_text()
    assert f'<link rel="enclosure" href="{url}" length="{length}" type="audio/mpeg"' in atom
    (item,) = json.loads((public / "feed.json").read_text())["items"]
    assert [one["size_in_bytes"] for one in item["attachments"]] == [int(length), size]


def test_a_file_that_is_not_there_is_an_error_with_the_likely_name(site: Path) -> None:
    (site / "content/articles/news/storm.mp4").rename(site / "content/articles/news/strom.mp4")
    (site / "content/articles/news/talk.txt").unlink()
    told = faults(site)
    assert (
        'content/articles/news/a.md:6: no such film: "storm.mp4" Did you mean "strom.mp4"?' in told
    )
    assert any('a.md:5: no such transcript: "talk.txt"' in one for one in told)


def test_a_newsrooms_own_policy_is_minded(make_site: MakeSite) -> None:
    folder = make_site(
        """
        -- config.yaml --
        title: Tiny
        content_security_policy: default-src 'self'
        -- content/articles/a.md --
        ---
        title: A
        date: 2026-01-01
        audio: {src: https://cdn.example/a.mp3, size: 5}
        ---
        """
    )
    (problem,) = build(BuildOptions(folder, NOW, workers=0)).problems
    assert problem.message == "the site's policy keeps this sound from readers"
    assert "https://cdn.example in its media-src" in problem.hint
    assert problem.place.line == 4


def test_a_film_wants_a_picture(make_site: MakeSite) -> None:
    folder = make_site(
        """
        -- config.yaml --
        title: Tiny
        -- content/articles/a.md --
        ---
        title: A
        date: 2026-01-01
        video: {src: https://cdn.example/a.mp4, size: 5}
        ---
        """
    )
    (problem,) = build(BuildOptions(folder, NOW, workers=0)).problems
    assert (problem.message, problem.place.line) == ("a film without a picture", 4)
    assert not problem.is_error


def test_a_draft_keeps_its_sound_to_itself(site: Path) -> None:
    story = site / "content/articles/news/a.md"
    story.write_text(story.read_text().replace("date:", "draft: true\ndate:"))
    public = built(site)
    assert not list(public.rglob("*.mp3")) + list(public.rglob("*.mp4"))


def test_no_published_file_tells_where_it_was_made(site: Path) -> None:
    secret = b"+59.9000+010.0167/"
    put(site, "content/articles/news/storm.mp4", film(65, box(b"udta", box(b"\xa9xyz", secret))))
    put(site, "static/chart.svg", b"<svg><!-- by Ann --><text>Votes</text></svg>")
    put(site, "static/report.pdf", b"%PDF-1.7\n<< /Author (Ann) >>\n%%EOF")
    report = build(BuildOptions(site, NOW, workers=0))
    published = [file for file in (site / "public").rglob("*") if file.is_file()]
    assert not [file for file in published if secret in file.read_bytes()]
    storm = (site / "public" / PAGE).with_name("storm.mp4")
    assert storm.stat().st_size == (site / "content/articles/news/storm.mp4").stat().st_size
    assert b"by Ann" not in (site / "public/chart.svg").read_bytes()
    (told,) = report.problems
    assert (told.place.path, told.message) == (
        "static/report.pdf",
        "tells more than is seen: its author (Ann)",
    )
    again = build(BuildOptions(site, NOW, workers=0))
    assert not again.changes.added
    assert not again.changes.changed
    assert again.problems == report.problems
    (site / "static/report.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    assert build(BuildOptions(site, NOW, workers=0)).problems == ()
    assert not verify(BuildOptions(site, NOW, workers=0))
    told_by_check = check_site(site / "public", base_url="https://tiny.example/paper/")
    assert not [one for one in told_by_check if "tells more" in one.message]
    storm.write_bytes((site / "content/articles/news/storm.mp4").read_bytes())
    told_by_check = check_site(site / "public", base_url="https://tiny.example/paper/")
    assert [one.is_error for one in told_by_check if "a position" in one.message] == [True]
