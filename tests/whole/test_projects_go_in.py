"""A project of Pelican, Nikola or Eleventy goes in and builds: two commands, none between them."""

from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.sites import write_site

PELICAN = """
    -- pelicanconf.py --
    SITENAME = "The Gazette"
    SITEURL = "https://gazette.example"
    PATH = "content"
    -- content/images/a.txt --
    a file
    -- content/flood.md --
    Title: The flood
    Date: 2014-03-05 23:30
    Category: Weather
    Tags: river

    The *river* rose. See [the fire]({filename}fire.rst), [a file]({static}/images/a.txt),
    [what never was]({filename}gone.md) and `{{ x }}` or {{ y }}.
    -- content/fire.rst --
    The fire
    ########

    :date: 2014-03-06
    :category: Archive

    It burned [1]_.

    .. [1] For a night.
    -- content/secret.md --
    Title: Not yet
    Date: 2014-03-07
    Status: draft

    Hushhush.
    -- content/pages/about.md --
    Title: About

    We write. [Dead](/nowhere.html)
"""
NIKOLA = """
    -- conf.py --
    BLOG_TITLE = "The Gazette"
    SITE_URL = "https://gazette.example/"
    PRETTY_URLS = False
    -- files/a.txt --
    a file
    -- posts/2014/flood.rst --
    .. title: The flood
    .. slug: flood
    .. date: 2014-03-05 23:30
    .. tags: river
    .. category: Tags

    The *river* rose. See `the fire <link://slug/fire>`_ and `a file </a.txt>`_.

    {{% youtube abcdefghijk %}}
    -- posts/fire.html --
    <p>It <b>burned</b>.</p>
    -- posts/fire.meta --
    .. title: The fire
    .. slug: fire
    .. date: 2014-03-06
    -- posts/secret.md --
    <!--
    .. title: Not yet
    .. date: 2014-03-07
    .. status: private
    -->

    Hushhush.
"""
ELEVENTY = """
    -- eleventy.config.js --
    export default function (c) {
      c.addPassthroughCopy("src/a.txt");
      c.addShortcode("mark", (text) => `<mark>${text}</mark>`);
      return { dir: { input: "src" } };
    }
    -- src/_data/site.json --
    {"title": "The Gazette", "url": "https://gazette.example"}
    -- src/a.txt --
    a file
    -- src/posts/posts.json --
    {"tags": "posts", "permalink": "/{{ page.date | date: '%Y' }}/{{ page.fileSlug }}.html"}
    -- src/posts/2014-03-05-flood.md --
    ---
    title: The flood
    tags: [river]
    ---
    The *river* {% mark "rose" %}. See [the fire]({{ "/2014/fire.html" | url }}), [a file](/a.txt).
    {% odd "Some words" %}
    -- src/posts/2014-03-06-fire.md --
    ---
    title: The fire
    ---
    It **burned**.
    -- src/posts/2014-03-07-secret.md --
    ---
    title: Not yet
    draft: true
    ---
    Hushhush.
    -- src/index.njk --
    ---
    title: Home
    ---
    {% for post in collections.posts %}{{ post.url }}{% endfor %}
"""


@pytest.mark.parametrize(
    ("name", "project", "pages"),
    [
        ("pelican", PELICAN, ("the-flood.html", "the-fire.html", "pages/about.html")),
        ("nikola", NIKOLA, ("posts/2014/flood.html", "posts/fire.html")),
        ("eleventy", ELEVENTY, ("2014/flood.html", "2014/fire.html")),
    ],
)
def test_a_project_goes_in_and_builds(
    tmp_path: Path, name: str, project: str, pages: tuple[str, ...]
) -> None:
    old, site = write_site(tmp_path / "old", project), tmp_path / "paper"
    imported = run("import", name, old, "--site", site)
    assert imported.exit_code in (0, 1), imported.output
    built = run("build", "--site", site, "--now", "2026-01-02")
    assert built.exit_code == 0, built.output
    for page in pages:
        assert (site / "public" / page).is_file()
    shown = "".join(file.read_text("utf-8") for file in (site / "public").rglob("*.html"))
    assert "Hushhush" not in shown
    assert "{%" not in shown
    again = run("import", name, old, "--site", site)
    assert "written" not in again.output
    assert run("import", "auto", old, "--site", tmp_path / "other").exit_code in (0, 1)
