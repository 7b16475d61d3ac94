"""Of pictures laden with all that cameras and programs write, nothing of that is published.

`make traces` tries a thousand of them; a test run tries each kind in each place once.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.check.site import check_site
from generator.pictures.cleaning import traces
from tests.pictures.conftest import PICTURES, SECRET
from tests.support.photos import put
from tests.support.sites import MakeSite

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp", "gif": "gif", "avif": "avif"}
TEXTS = int(os.environ.get("BROADSHEET_TRACES", "18")) // 3
"""Each shows three pictures: as its own, in its text, and of `static/`."""


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    folder = make_site(
        """
        -- config.yaml --
        title: Tiny
        base_url: https://tiny.example/
        pictures: {formats: [avif, webp, jpeg], widths: [20, 40, 50]}
        """
    )
    kinds = sorted(PICTURES)
    made = {kind: PICTURES[kind]() for kind in kinds}
    for number in range(TEXTS):
        names = []
        for place in range(3):
            kind = kinds[(number + place * 3) % len(kinds)]
            suffix = next(to for word, to in SUFFIXES.items() if word in kind)
            name = f"p{number}-{place}.{suffix}"
            # No two are alike: what stands behind the end is part of the bytes.
            laden = made[kind] + str(number).encode()
            put(folder, f"static/{name}" if place == 2 else f"content/articles/news/{name}", laden)
            names.append(name)
        text = (
            f"---\ntitle: Story {number}\ndate: 2026-01-0{1 + number % 9}\nsection: news\n"
            f"image: {{src: {names[0]}, alt: One}}\n---\n"
            f"![Two]({names[1]})\n\n![Three](/{names[2]})\n"
        )
        put(folder, f"content/articles/news/s{number}.md", text.encode())
    return folder


def test_nothing_that_cameras_write_is_published(site: Path) -> None:
    build(BuildOptions(site, NOW))
    published = [file for file in (site / "public").rglob("*") if file.is_file()]
    pictures = 0
    for file in published:
        data = file.read_bytes()
        assert SECRET not in data, file
        assert traces(data) == (), file
        pictures += file.suffix[1:] in SUFFIXES.values()
    assert pictures > 6 * TEXTS
    told = check_site(site / "public", base_url="https://tiny.example/")
    assert not [problem for problem in told if "tells more" in problem.message]
