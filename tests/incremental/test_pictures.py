"""Whatever is edited around pictures, building what changed equals building everything anew."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.edits import assert_clean_after_edits
from tests.support.photos import photograph, put, saved, telephones
from tests.support.sites import MakeSite

EDITS = 24
CONFIG = """
-- config.yaml --
title: Tiny
base_url: https://tiny.example/
pictures: {widths: [16, 24, 330], crops: [16x9, 1x1]}
-- content/pages/about.md --
---
title: About
---
Words.
"""
PLACES = (
    *("content/articles/boat.jpg", "content/articles/deep/boat.jpg", "content/tags/boat.jpg"),
    *("static/boat.jpg", "content/articles/gull.png", "content/authors/gull.png"),
)
NAMES = ("boat.jpg", "/boat.jpg", "../boat.jpg", "gull.png", "deep/boat.jpg")
FOCUS = ("", ", focus: left top", ", focus: [0.5, 0.9]")
TEXTS = (
    *("content/articles/one.md", "content/articles/two.md", "content/articles/deep/three.md"),
    *("content/tags/ferry.md", "content/authors/ann.md"),
)
CONTENTS = (
    saved(photograph((340, 250))),
    telephones((360, 300)),
    saved(photograph((20, 20), 9)),
    saved(photograph((30, 40), 9), "PNG"),
)


class Desk:
    """Edits at random, each of which may be made of any site."""

    def __init__(self, site: Path, number: int) -> None:
        self.site, self.drawn = site, random.Random(number)  # noqa: S311 - the same each time

    def edit(self) -> None:
        edits: tuple[Callable[[], None], ...] = (
            self.write, self.write, self.write, self.shoot, self.shoot, self.lose, self.delete,
        )  # fmt: skip
        self.drawn.choice(edits)()

    def shoot(self) -> None:
        put(self.site, self.drawn.choice(PLACES), self.drawn.choice(CONTENTS))

    def lose(self) -> None:
        (self.site / self.drawn.choice(PLACES)).unlink(missing_ok=True)

    def delete(self) -> None:
        (self.site / self.drawn.choice(TEXTS)).unlink(missing_ok=True)

    def write(self) -> None:
        path = self.drawn.choice(TEXTS)
        name = self.drawn.choice(NAMES)
        lines = [f"title: T{self.drawn.randint(1, 2)}"]
        if "articles" in path:
            lines = [*lines, "date: 2026-01-02", "section: news", "tags: [Ferry]", "authors: [Ann]"]
            lines += ["draft: true"] if self.drawn.random() < 0.2 else []
        elif "authors" in path:
            lines = ["name: Ann"]
        key = "portrait" if "authors" in path else "image"
        if self.drawn.random() < 0.7:
            lines.append(f"{key}: {{src: {name}, alt: A{self.drawn.choice(FOCUS)}}}")
        body = f"![B]({self.drawn.choice(NAMES)})\n" if self.drawn.random() < 0.5 else "Words.\n"
        put(self.site, path, ("---\n" + "\n".join(lines) + "\n---\n" + body).encode())


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_after_any_edits_the_site_is_what_a_clean_build_makes(
    make_site: MakeSite, number: int
) -> None:
    site = make_site(CONFIG)
    desk = Desk(site, number)
    for place in PLACES:
        put(site, place, CONTENTS[0])
    assert_clean_after_edits(site, desk.edit, desk.drawn, EDITS)
