import json
from pathlib import Path

import pytest

from generator.importers.old_site import CURLED, ImportAsked, OldText, State, TextKind
from generator.importers.pelican import open_site, recognises
from tests.support.old_sites import opened, remarked
from tests.support.sites import write_site

CONFIG = """
    -- pelicanconf.py --
    SITENAME = "The Gazette"
    SITEURL = "https://gazette.example"
    TIMEZONE = "America/Sao_Paulo"
    PATH = "content"
    STATIC_PATHS = ["images"]
"""


def texts(folder: Path, text: str) -> dict[str, OldText]:
    return opened(open_site, folder, CONFIG + text)[1]


def test_a_project_is_recognised_by_its_settings(tmp_path: Path) -> None:
    assert not recognises(tmp_path)
    assert recognises(write_site(tmp_path, CONFIG))
    django = write_site(tmp_path / "a", "\n-- settings.py --\nDEBUG = True\n")
    assert not recognises(django)
    assert recognises(write_site(tmp_path / "b", "\n-- settings.py --\nSITENAME = 'A'\n"))


def test_a_story_of_each_markup(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- content/a.md --
    Title: The flood
    Date: 2014-03-05 23:30
    Modified: 2014-03-06
    Category: Weather
    Tags: river, rain
    Authors: Ann Lee, Bo Ek
    Summary: It *rose*.
    Email: ann@gazette.example

    The *river* rose.
    -- content/b.rst --
    The fire
    ########

    :date: 2014-03-05
    :tags: smoke
    :author: Ann Lee

    It *burned*.
    -- content/c.html --
    <html><head><title>The storm</title>
    <meta name="date" content="2014-03-07 10:00">
    <meta name="tags" content="wind">
    </head><body><p>It <em>blew</em>.</p></body></html>
""",
    )
    flood, fire, storm = found["a.md"], found["b.rst"], found["c.html"]
    assert dict(flood.head.items_) == {
        "title": "The flood",
        "date": "2014-03-05 23:30",
        "updated": "2014-03-06 00:00",
        "tags": ("river", "rain"),
        "section": "Weather",
        "authors": ("Ann Lee", "Bo Ek"),
        "summary": "It *rose*.",
        "slug": "the-flood",
        "extra": flood.head["extra"],
    }
    assert flood.head["extra"] == type(flood.head)((("email", "ann@gazette.example"),))
    assert (flood.addresses, flood.body.strip()) == (("/the-flood.html",), "The *river* rose.")
    assert flood.seen == "<p>The <em>river</em> rose.</p>"
    assert (fire.head["title"], fire.head["date"], fire.head["tags"]) == (
        *("The fire", "2014-03-05"),
        ("smoke",),
    )
    assert (fire.body.strip(), fire.addresses) == ("It *burned*.", ("/the-fire.html",))
    assert (storm.head["title"], storm.body.strip()) == ("The storm", "It *blew*.")


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ("Status: draft", State.DRAFT),
        ("Status: hidden", State.DRAFT),
        ("Status: Published", State.PUBLIC),
        ("Status: no idea", State.DRAFT),
        ("Status: skip", State.LEFT_OUT),
        ("Modified: next week", State.PUBLIC),
    ],
)
def test_who_saw_a_text(tmp_path: Path, lines: str, state: State) -> None:
    head = f"Title: A\n    Date: 2014-03-05\n    {lines}"
    found = texts(tmp_path, f"\n    -- content/a.md --\n    {head}\n\n    B.\n")
    assert found["a.md"].state is state
    assert bool(found["a.md"].addresses) is (state is State.PUBLIC)
    assert bool(found["a.md"].reason) is (state is not State.PUBLIC)


def test_a_date_that_nobody_can_read_makes_a_draft(tmp_path: Path) -> None:
    found = texts(
        tmp_path, "\n    -- content/a.md --\n    Title: A\n    Date: next week\n\n    B.\n"
    )
    assert found["a.md"].state is State.DRAFT


def test_a_text_without_a_title_is_a_draft_that_can_be_read(tmp_path: Path) -> None:
    found = texts(tmp_path, "\n    -- content/note.md --\n    Only words.\n")["note.md"]
    assert (found.state, found.head["title"]) == (State.DRAFT, "note")
    assert "date" in found.head


def test_addresses_by_the_settings(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- publishconf.py --
    from pelicanconf import *
    ARTICLE_URL = "{date:%Y}/{date:%-d}/{category}/{slug}/"
    ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
    ARTICLE_LANG_URL = "{lang}/{slug}.html"
    PAGE_URL = "{slug}"
    PAGE_SAVE_AS = "{slug}.html"
    -- content/news/2014-03-05-flood.md --
    Title: The flood, again!

    B.
    -- content/a.md --
    Title: A
    Date: 2014-03-05 23:59 -0700
    Lang: de

    B.
    -- content/b.md --
    Title: B
    Date: 2014-03-05
    url: kept/Here.html

    B.
    -- content/pages/about.md --
    Title: About us

    B.
""",
    )
    assert found["news/2014-03-05-flood.md"].addresses == ("/2014/5/news/the-flood-again/",)
    assert found["a.md"].addresses == ("/de/a.html",)
    assert (found["a.md"].head["lang"], found["a.md"].head["date"]) == (
        *("de", "2014-03-05 23:59:00-07:00"),
    )
    assert found["b.md"].addresses == ("/kept/Here.html",)
    about = found["pages/about.md"]
    assert (about.kind, about.name, about.addresses) == (
        *(TextKind.PAGE, "about"),
        ("/about-us.html", "/about-us"),
    )


def test_slugs_by_the_sites_own_rules(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- publishconf.py --
    from pelicanconf import *
    SLUG_SUBSTITUTIONS = (("C++", "cpp"),)
    -- content/a.md --
    Title: Olá, C++ & <em>mundo</em>
    Date: 2014-03-05

    B.
""",
    )
    assert found["a.md"].addresses == ("/ola-cpp-mundo.html",)


def test_links_lead_to_texts_files_and_lists(tmp_path: Path) -> None:
    site, found = opened(
        open_site,
        tmp_path,
        CONFIG
        + """
    -- content/images/a b.png --
    png
    -- content/news/plan.pdf --
    pdf
    -- content/other.md --
    Title: Other
    Date: 2014-03-04
    Tags: Ice cream

    B.
    -- content/news/a.md --
    Title: A
    Date: 2014-03-05

    [x]({filename}/other.md#y) [x](|filename|../other.md) ![p]({static}/images/a%20b.png)
    [x]({attach}plan.pdf) [x]({tag}Ice cream) <a href="{index}">home</a> [x](/other)
    [gone]({filename}gone.md) `{filename}other.md` [x](/tag/ice-cream.html)
""",
    )
    assert found["news/a.md"].body.strip() == (
        "[x](/other.html#y) [x](/other.html) ![p](/images/a%20b.png)\n"
        '[x](/plan.pdf) [x](/tags/ice-cream/) <a href="/">home</a> [x](/other.html)\n'
        "[gone](/gone.md) `{filename}other.md` [x](/tags/ice-cream/)"
    )
    assert [file.target for file in site.files()] == ["static/images/a b.png", "static/plan.pdf"]
    assert remarked(site) == ["a link to a file that is not there"]


def test_what_readers_saw_of_an_extension_is_kept(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- content/a.md --
    Title: A
    Date: 2014-03-05

    {% img left /images/a.png 300 200 "Alt" %}

    {% youtube abcdefghijk %}

    Term
    :   Its meaning.

    `{% img x.png %}`
""",
    )
    body = found["a.md"].body
    assert "![Alt](/images/a.png)" in body
    assert "youtube-nocookie.com/embed/abcdefghijk" in body
    assert "`{% img x.png %}`" in body


def test_old_lists_and_feeds_lead_on(tmp_path: Path) -> None:
    site, _ = opened(
        open_site,
        tmp_path,
        CONFIG
        + """
    -- content/a.md --
    Title: A
    Date: 2014-03-05
    Category: News from C++
    Tags: Olá
    Author: Ann Lee

    B.
    -- content/draft.md --
    Title: B
    Date: 2014-03-05
    Status: draft
    Tags: secret

    B.
""",
    )
    led = {old: new for old, new, _ in site.settings().redirects}
    assert led["/tag/ola.html"] == "/tags/ola/"
    assert led["/author/ann-lee.html"] == "/authors/ann-lee/"
    assert led["/category/news-from-c.html"] == "/news-from-c-plus-plus/"
    assert led["/feeds/all.atom.xml"] == "/atom.xml"
    assert led["/feeds/all-en.atom.xml"] == "/atom.xml"
    assert led["/archives.html"] == "/archive/"
    assert not any("secret" in old for old in led)
    assert site.settings().address_patterns == ("/:slug.html",)


def test_a_text_in_a_folder_of_files_is_one_by_its_name_too_but_for_what_is_ignored(
    tmp_path: Path,
) -> None:
    config = """
    -- pelicanconf.py --
    STATIC_PATHS = ["posts"]
    FILENAME_METADATA = r"(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)"
    IGNORE_FILES = ["skip-*"]
    -- content/posts/2014-03-05_flood.md --
    Title: The flood

    It rose.
    -- content/posts/skip-2014-03-06_secret.md --
    Title: Secret
    Date: 2014-03-06

    Not to be seen.
    -- content/posts/token.html --
    token
"""
    site, found = opened(open_site, tmp_path, config)
    assert [text.addresses for text in found.values()] == [("/flood.html",)]
    assert [file.target for file in site.files()] == ["static/posts/token.html"]


def test_two_texts_with_one_address_are_told(tmp_path: Path) -> None:
    story = "Title: A\n    Date: 2014-03-05\n\n    B.\n"
    site, found = opened(
        open_site,
        tmp_path,
        f"{CONFIG}\n    -- content/a.md --\n    {story}\n    -- content/b.md --\n    {story}",
    )
    assert [text.addresses for text in found.values()] == [("/a.html",), ()]
    assert remarked(site) == ["two texts with one address: the later one gets another"]


def test_settings_by_folder_and_file(tmp_path: Path) -> None:
    site, found = opened(
        open_site,
        tmp_path,
        CONFIG
        + """
    -- publishconf.py --
    from pelicanconf import *
    EXTRA_PATH_METADATA = {"images/r.txt": {"path": "robots.txt"}, "drafts": {"status": "draft"}}
    DEFAULT_METADATA = {"author": "Ann Lee"}
    USE_FOLDER_AS_CATEGORY = False
    DEFAULT_DATE = (2014, 3, 5)
    -- content/images/r.txt --
    User-agent: *
    -- content/drafts/a.md --
    Title: A

    B.
    -- content/b.md --
    Title: B

    B.
""",
    )
    assert found["drafts/a.md"].state is State.DRAFT
    head = found["b.md"].head
    assert (head["authors"], head["section"], head["date"]) == (
        *(("Ann Lee",), "misc"),
        "2014-03-05",
    )
    assert [file.target for file in site.files()] == ["static/robots.txt"]


def test_malformed_texts_are_no_traceback(tmp_path: Path) -> None:
    write_site(tmp_path, CONFIG.replace('PATH = "content"', "PATH = broken("))
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.md").write_bytes(b"Title: A\nDate: 2014-03-05\n\n\xff\xfe\0")
    (folder / "b.rst").write_bytes(b"Title\n####\n\n:date: \n\n.. include::\n\n.. image::\n")
    (folder / "c.html").write_bytes(b"<html><head><meta name=date")
    found = {text.source: text for text in open_site([tmp_path], ImportAsked()).texts()}
    assert found["a.md"].state is State.LEFT_OUT
    assert found["b.rst"].state is State.DRAFT


@pytest.mark.parametrize("told", ["", "TYPOGRIFY = True"])
def test_quotes_are_curled_where_typogrify_did(tmp_path: Path, told: str) -> None:
    site, _ = opened(
        open_site, tmp_path, f"\n    -- pelicanconf.py --\n    SITENAME = 'A'\n    {told}\n"
    )
    assert (site.settings().options == CURLED) is bool(told)


def test_the_file_is_the_address_where_links_said_another(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- pelicanconf.py --
    PATH = "content"
    ARTICLE_SAVE_AS = "blog/{slug}.html"
    PAGE_URL = "{slug}"
    PAGE_SAVE_AS = "{slug}.html"
    I18N_SUBSITES = {"de": {}}
    -- content/a.md --
    Title: A
    Date: 2014-03-05

    x
    -- content/b.md --
    Title: B
    Date: 2014-03-05
    Lang: de

    x
    -- content/pages/c.md --
    Title: C

    x
""",
    )
    assert found["a.md"].addresses == ("/blog/a.html", "/a.html")
    assert found["b.md"].addresses == ("/de/blog/b.html", "/de/b.html")
    assert found["pages/c.md"].addresses == ("/c.html", "/c")


def test_lists_by_name_and_date_lead_on(tmp_path: Path) -> None:
    site, _ = opened(
        open_site,
        tmp_path,
        """
    -- pelicanconf.py --
    CATEGORY_URL = "{name}/"
    CATEGORY_SAVE_AS = "{name}/index.html"
    INDEX_SAVE_AS = "blog/index.html"
    YEAR_ARCHIVE_SAVE_AS = "on/{date:%Y}/index.html"
    MONTH_ARCHIVE_URL = "on/{date:%Y}/{date:%b}/"
    AUTHOR = "Ann Lee <ann@gazette.example>"
    -- content/a.md --
    Title: A
    Date: 2014-03-05
    Category: Weather

    x
""",
    )
    rows = {old: new for old, new, _ in site.settings().redirects}
    assert (rows["/Weather/"], rows["/blog/"]) == ("/weather/", "/")
    assert (rows["/on/2014/"], rows["/on/2014/Mar/"]) == ("/archive/2014/", "/archive/2014/03/")
    assert rows["/author/ann-lee.html"] == "/authors/ann-lee/"


def test_notebooks_are_texts_where_a_plugin_reads_them(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["The *tide*\n"]},
        {
            "cell_type": "code",
            "source": "print(1)",
            "outputs": [{"output_type": "stream", "text": ["1\n"]}],
        },
    ]
    notebook = json.dumps({"cells": cells, "nbformat": 4})
    files = f"""
    -- content/tide.ipynb --
    {notebook}
    -- content/tide.nbdata --
    Title: The tide
    Date: 2014-03-05
"""
    assert "tide.ipynb" not in texts(tmp_path / "a", files)
    site = CONFIG + '    PLUGINS = ["ipynb.markup"]' + files
    found = opened(open_site, tmp_path / "b", site)[1]["tide.ipynb"]
    assert found.addresses == ("/the-tide.html",)
    assert found.body.split("\n\n```") == ["The *tide*\n", "python\nprint(1)\n```", "\n1\n```\n"]


def test_tags_bring_in_programs_and_notebooks_of_the_site(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- content/a.md --
    Title: A
    Date: 2014-03-05

    {% include_code tide.py lang:python The tide %}

    {% notebook tide.ipynb cells[0:1] %}

    {% include_code ../../secret.py %}
    -- content/code/tide.py --
    print(1)
    -- content/notebooks/tide.ipynb --
    {"cells": [{"cell_type": "markdown", "source": "*One*"}, {"cell_type": "raw"}]}
    -- secret.py --
    key = 1
""",
    )
    body = found["a.md"].body
    assert "~~~~python\nprint(1)\n~~~~" in body or "```python\nprint(1)\n```" in body
    assert "*One*" in body
    assert "key = 1" not in body


def test_markup_of_a_summary_is_markdown_by_then(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- content/a.rst --
    A
    #

    :date: 2014-03-05
    :summary: It *rose*, says `she <https://a.example>`_.

    An :abbr:`HTML (Hyper Text)` page.
""",
    )
    assert found["a.rst"].head["summary"] == "It *rose*, says she."
    assert '<abbr title="Hyper Text">HTML</abbr>' in found["a.rst"].body
