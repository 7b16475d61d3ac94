"""The preview shows pictures without making any."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.live.site import LiveOptions, LiveSite
from tests.support.photos import put, telephones
from tests.support.sites import MakeSite

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AT = "/news/2026/01/a/"
SITE = """
-- config.yaml --
title: Tiny
-- content/articles/a.md --
---
title: A
date: 2026-01-02T08:00:00Z
section: news
image: {src: a.jpg, alt: A}
---
![B](b.jpg)
"""


@pytest.fixture
def folder(make_site: MakeSite) -> Path:
    site = make_site(SITE)
    put(site, "content/articles/a.jpg", telephones())
    put(site, "content/articles/b.jpg", telephones((900, 700), 1))
    return site


def test_a_page_is_the_one_that_a_build_publishes_and_all_it_names_is_there(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions(now=NOW))
    shown = site.answer(AT)
    built = build(BuildOptions(folder, NOW))
    assert shown.data == (folder / "public/news/2026/01/a/index.html").read_bytes()
    made = [path for path in built.changes.added if path.startswith("assets/p/")]
    assert made
    for path in made:
        assert site.answer(f"/{path}").file


def test_nothing_is_encoded_for_it(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions(now=NOW))
    html = site.answer(AT).data.decode()
    address = html.split('srcset="')[1].split(" ")[0]
    answer = site.answer(address)
    assert answer.file == folder / "content/articles/a.jpg"
    assert answer.media_type == "image/jpeg"
    assert not (folder / ".broadsheet/pictures").exists()
