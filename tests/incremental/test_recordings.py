"""Whatever is edited around sounds and films, building what changed equals a clean build."""

import random
from pathlib import Path

import pytest

from tests.support.edits import assert_clean_after_edits
from tests.support.photos import photograph, put, saved
from tests.support.recordings import film, sound
from tests.support.sites import MakeSite

EDITS = 16
SITE = """
-- config.yaml --
title: Tiny
base_url: https://tiny.example/
feeds: {items: 2}
-- content/pages/about.md --
---
title: About
---
Words.
"""
STORIES = tuple(f"content/articles/{name}.md" for name in ("one", "two", "deep/three"))
FILES = ("content/articles/talk.mp3", "content/articles/deep/talk.mp3", "static/storm.mp4")
SOUNDS: tuple[str, ...] = (
    "talk.mp3",
    "{src: talk.mp3, title: T, transcript: talk.txt}",
    "../talk.mp3",
    "",
)
SOUNDS += ("{src: https://cdn.example/a.mp3, size: 7}", "{src: talk.mp3, poster: p, episode: 2}")
FILMS = ("/storm.mp4", "{src: /storm.mp4, poster: /p.png, captions: talk.vtt}", "", "")
SHOWS = ("podcast: {image: /p.png, category: News}", "podcast: {image: /p.png, category: Arts}", "")


class Desk:
    """Edits at random, each of which may be made of any site."""

    def __init__(self, site: Path, number: int) -> None:
        self.site, self.drawn = site, random.Random(number)  # noqa: S311 - the same each time

    def edit(self) -> None:
        self.drawn.choice((self.write, self.write, self.record, self.show, self.lose))()

    def record(self) -> None:
        seconds = self.drawn.randint(1, 3)
        data = {"mp3": sound(seconds), "mp4": film(seconds)}
        path = self.drawn.choice(FILES)
        put(self.site, path, data[path[-3:]])

    def lose(self) -> None:
        (self.site / self.drawn.choice((*FILES, *STORIES))).unlink(missing_ok=True)

    def show(self) -> None:
        path = self.drawn.choice(("content/sections/news.md", "content/tags/storm.md"))
        text = f"---\ntitle: X\ndescription: Y\n{self.drawn.choice(SHOWS)}\n---\n"
        put(self.site, path, text.encode())

    def write(self) -> None:
        lines = ["title: T", f"date: 2026-01-0{self.drawn.randint(1, 3)}", "section: news"]
        lines += ["tags: [Storm]"] if self.drawn.random() < 0.5 else []
        lines += ["draft: true"] if self.drawn.random() < 0.15 else []
        lines += [f"audio: {self.drawn.choice(SOUNDS)}", f"video: {self.drawn.choice(FILMS)}"]
        text = "---\n" + "\n".join(lines) + "\n---\nWords.\n"
        put(self.site, self.drawn.choice(STORIES), text.encode())


@pytest.mark.slow
@pytest.mark.parametrize("number", range(2))
def test_after_any_edits_the_site_is_what_a_clean_build_makes(
    make_site: MakeSite, number: int
) -> None:
    site = make_site(SITE)
    for folder in ("content/articles", "content/articles/deep"):
        put(site, f"{folder}/talk.vtt", b"WEBVTT\n")
        put(site, f"{folder}/talk.txt", b"Words.\n")
    put(site, "static/p.png", saved(photograph((1400, 1400), 2), "PNG"))
    desk = Desk(site, number)
    for path in FILES:
        put(site, path, {"mp3": sound(1), "mp4": film(1)}[path[-3:]])
    assert_clean_after_edits(site, desk.edit, desk.drawn, EDITS)
