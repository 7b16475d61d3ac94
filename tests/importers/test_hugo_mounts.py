"""Folders that a Hugo project mounts: its content, and files that are published as they are."""

from datetime import UTC, datetime
from pathlib import Path

from generator.importers.hugo import open_site
from generator.importers.old_site import ImportAsked
from tests.support.sites import write_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
STORY = "---\ntitle: A story\ndate: 2014-03-05\n---\n"
PROJECT = f"""\
-- hugo.yaml --
title: The Gazette
languages: {{en: {{}}, de: {{}}}}
module:
  mounts:
    - {{source: content/en, target: content, lang: en}}
    - {{source: content/de, target: content, sites: {{matrix: {{languages: [de]}}}}}}
    - {{source: extra/reports, target: content/reports}}
    - {{source: ../elsewhere, target: content/elsewhere}}
    - {{source: static, target: static}}
    - {{source: pub, target: static/papers}}
-- content/en/news/a.md --
{STORY}See {{{{< figure src="/papers/a.jpg" >}}}}
-- content/de/news/b.md --
{STORY}
-- extra/reports/c.md --
{STORY}
-- static/d.txt --
D
-- pub/a.jpg --
A
"""


def test_each_mount_has_its_place_and_its_language(tmp_path: Path) -> None:
    write_site(tmp_path, f"-- elsewhere/x.md --\n{STORY}")
    site = open_site([write_site(tmp_path / "old", PROJECT)], ImportAsked(now=NOW))
    found = {text.source: text for text in site.texts()}
    assert {source: text.addresses for source, text in found.items()} == {
        "content/en/news/a.md": ("/news/a/",),
        "content/de/news/b.md": ("/de/news/b/",),
        "extra/reports/c.md": ("/reports/c/",),
    }
    assert "](/papers/a.jpg)" in found["content/en/news/a.md"].body
    assert [file.target for file in site.files()] == ["static/d.txt", "static/papers/a.jpg"]
