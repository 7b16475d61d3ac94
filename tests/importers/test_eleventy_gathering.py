"""Where the texts of an Eleventy project stood that data for all of them put there."""

from pathlib import Path

import pytest

from generator.importers.eleventy import open_site
from tests.support.old_sites import opened

TEXTS = """
    -- src/blog/2014-03-05-flood.md --
    ---
    title: The flood
    ---
    It rose.
    -- src/en/index.md --
    ---
    title: Home
    ---
    Hello.
    -- src/blog/own.md --
    ---
    title: Own
    date: 2014-03-05
    permalink: /mine/
    ---
    Mine.
"""
CONFIG = """
    -- .eleventy.js --
    module.exports = (c) => { %s return { dir: { input: "src" } }; };
"""
BY_STEM = "`${data.page.filePathStem}.${data.page.outputFileExtension}`"


@pytest.mark.parametrize(
    ("told", "files"),
    [
        (f'c.addGlobalData("permalink", () => {{ return (data) => {BY_STEM}; }});', ""),
        (f'c.addGlobalData("permalink", () => (data) => {BY_STEM});', ""),
        ('c.addGlobalData("permalink", "{{ page.filePathStem }}.html");', ""),
        ("", '\n    -- src/_data/permalink.json --\n    "{{ page.filePathStem }}.html"\n'),
    ],
)
def test_a_permalink_for_all_puts_every_text_that_has_none(
    tmp_path: Path, told: str, files: str
) -> None:
    _, found = opened(open_site, tmp_path, CONFIG % told + files + TEXTS)
    assert {source: text.addresses[0] for source, text in found.items()} == {
        "src/blog/2014-03-05-flood.md": "/blog/flood.html",
        "src/en/index.md": "/en/",
        "src/blog/own.md": "/mine/",
    }
