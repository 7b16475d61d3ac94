import json
from pathlib import Path

import pytest

from generator.importers.nikola import open_site, recognises
from generator.importers.old_site import OldText, State, TextKind
from tests.support.old_sites import opened, remarked
from tests.support.sites import write_site

CONFIG = """
    -- conf.py --
    BLOG_TITLE = "The Gazette"
    BLOG_AUTHOR = "The Desk"
    SITE_URL = "https://gazette.example/"
    TIMEZONE = "Europe/Warsaw"
    DEFAULT_LANG = "en"
    TRANSLATIONS = {DEFAULT_LANG: "", "pl": "./pl"}
    REDIRECTIONS = [("old/from.html", "/posts/flood/")]
"""


def texts(folder: Path, text: str, config: str = CONFIG) -> dict[str, OldText]:
    return opened(open_site, folder, config + text)[1]


def test_a_project_is_recognised_by_its_settings(tmp_path: Path) -> None:
    assert not recognises(tmp_path)
    assert recognises(write_site(tmp_path, CONFIG))


def test_a_story_of_each_markup(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- posts/2014/flood.rst --
    .. title: The flood: it rose
    .. slug: flood
    .. date: 2014-03-05 23:30 UTC+01:00
    .. tags: river, rain
    .. category: Weather
    .. author: Ann Lee
    .. description: It rose.
    .. type: text
    .. has_math: yes

    The *river* rose.

    .. TEASER_END

    More.
    -- posts/fire.md --
    <!--
    .. title: The fire
    .. date: 2014-03-06
    -->

    It *burned*.
    <!-- TEASER_END: Read on -->
    -- posts/storm.html --
    <html><body><p>It <em>blew</em>.</p></body></html>
    -- posts/storm.meta --
    .. title: The storm
    .. slug: storm
    .. date: 2014/03/07 10:00:00
    -- pages/about.md --
    ---
    title: About
    slug: about-us
    ---

    We.
""",
    )
    flood = found["posts/2014/flood.rst"]
    assert dict(flood.head.items_) == {
        "title": "The flood: it rose",
        "date": "2014-03-05 23:30:00+01:00",
        "tags": ("river", "rain"),
        "section": "Weather",
        "authors": ("Ann Lee",),
        "summary": "It rose.",
        "slug": "flood",
        "extra": flood.head["extra"],
    }
    assert flood.addresses == ("/posts/2014/flood/", "/pl/posts/2014/flood/")
    assert (flood.name, flood.body.strip()) == ("2014/flood", "The *river* rose.\n\nMore.")
    fire, storm = found["posts/fire.md"], found["posts/storm.html"]
    assert (fire.body.strip(), fire.head["date"], fire.head["authors"]) == (
        *("It *burned*.", "2014-03-06"),
        ("The Desk",),
    )
    assert (storm.body.strip(), storm.head["title"]) == ("It *blew*.", "The storm")
    about = found["pages/about.md"]
    assert (about.kind, about.addresses) == (
        TextKind.PAGE,
        ("/pages/about-us/", "/pl/pages/about-us/"),
    )


def story(name: str, lines: str = "", body: str = "B.") -> str:
    return (
        f"\n    -- posts/{name} --\n    .. title: A\n    .. date: 2014-03-05\n    {lines}\n\n"
        f"    {body}\n"
    )


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (".. status: draft", State.DRAFT),
        (".. status: private", State.DRAFT),
        (".. status: featured", State.PUBLIC),
        (".. status: published", State.PUBLIC),
        (".. tags: x, draft", State.DRAFT),
        (".. tags: private", State.DRAFT),
        (".. password: x", State.DRAFT),
        (".. date: some day", State.DRAFT),
    ],
)
def test_who_saw_a_text(tmp_path: Path, lines: str, state: State) -> None:
    found = texts(tmp_path, story("a.rst", lines))["posts/a.rst"]
    assert found.state is state
    assert bool(found.addresses) is (state is State.PUBLIC)


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("PRETTY_URLS = False", "/posts/b/a.html"),
        ('POSTS = (("posts/*.rst", "blog", "post.tmpl"),)', "/blog/b/a/"),
        ('POSTS = (("posts/b/*.rst", "", "post.tmpl"),)', "/a/"),
    ],
)
def test_addresses_by_the_settings(tmp_path: Path, setting: str, address: str) -> None:
    found = texts(tmp_path, story("b/a.rst"), f"{CONFIG}    {setting}\n")
    assert found["posts/b/a.rst"].addresses == (address, f"/pl{address}")


def test_a_translation_has_its_language_and_its_folder(tmp_path: Path) -> None:
    found = texts(
        tmp_path, story("a.rst") + "\n    -- posts/a.pl.rst --\n    .. title: B\n\n    C.\n"
    )
    assert found["posts/a.rst"].addresses == ("/posts/a/",)
    polish = found["posts/a.pl.rst"]
    assert (polish.addresses, polish.head["lang"]) == (("/pl/posts/a/",), "pl")
    assert polish.head["date"] == "2014-03-05", "as the text says that it translates"
    assert polish.name != found["posts/a.rst"].name


def test_hidden_files_are_no_texts_and_notebooks_are(tmp_path: Path) -> None:
    config = '    POSTS = (("posts/*.rst", "posts", "p"), ("posts/*.ipynb", "posts", "p"))\n'
    about = {"nikola": {"title": "N", "date": "2014-03-05"}}
    cells = [{"cell_type": "markdown", "source": "Some *words*."}]
    notebook = json.dumps({"metadata": about, "cells": cells})
    site, found = opened(
        open_site,
        tmp_path,
        CONFIG
        + config
        + story("a.rst")
        + story(".comment.rst")
        + f"\n    -- posts/n.ipynb --\n    {notebook}\n    -- posts/o.ipynb --\n    {{}}",
    )
    assert {name: text.state for name, text in found.items()} == {
        "posts/a.rst": State.PUBLIC,
        "posts/n.ipynb": State.PUBLIC,
        "posts/o.ipynb": State.LEFT_OUT,
    }
    assert found["posts/n.ipynb"].body == "Some *words*.\n"
    assert remarked(site) == ["a text was left out: written for ipynb"]


def test_a_name_may_tell_the_date_and_the_slug(tmp_path: Path) -> None:
    pattern = r'FILE_METADATA_REGEXP = r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.*)\.rst"'
    name = "posts/2014-03-05-flood.rst"
    text = f"\n    -- {name} --\n    .. title: A\n\n    B.\n"
    found = texts(tmp_path, text, f"{CONFIG}    {pattern}\n")[name]
    assert (found.addresses[0], found.head["date"]) == ("/posts/flood/", "2014-03-05")


def test_a_gallery_is_a_page_of_its_pictures(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        """
    -- galleries/boats/index.txt --
    .. title: Boats

    All of *them*.
    -- galleries/boats/a.jpg --
    jpg
    -- galleries/boats/b.jpg --
    jpg
    -- galleries/boats/exclude.meta --
    b.jpg
    -- galleries/boats/metadata.yml --
    ---
    name: a.jpg
    caption: One boat
    -- galleries/hidden/index.txt --
    .. title: Hidden
    .. status: private
    -- galleries/hidden/c.jpg --
    jpg
""",
    )
    boats = found["galleries/boats"]
    assert (boats.kind, boats.addresses) == (TextKind.PAGE, ("/galleries/boats/",))
    assert boats.body.strip() == "All of *them*.\n\n![One boat](/galleries/boats/a.jpg)"
    assert found["galleries/hidden"].state is State.DRAFT
    assert "[boats](/galleries/boats/)" in found["galleries"].body


def test_programs_pictures_and_what_is_to_be_shown_as_it_stands(tmp_path: Path) -> None:
    site, found = opened(
        open_site,
        tmp_path,
        CONFIG
        + """
    -- listings/tide.py --
    print(1)
    -- secret.py --
    key = 1
    -- posts/a.rst --
    .. title: A
    .. date: 2014-03-05 13:59 UTC-17:59

    .. listing:: tide.py python

    .. listing:: ../secret.py

    .. slides::

       /images/a.jpg

    .. media:: https://tides.example/

    .. chart:: Bar

       'a', [1]

    {{% listing tide.py %}} {{% raw %}}{{% youtube x %}}{{% /raw %}} {{% doc %}}It <a>{{% /doc %}}
""",
    )
    one = found["posts/a.rst"]
    assert one.head["date"] == "2014-03-06 07:58:00+00:00"
    assert one.body.count("print(1)") == 2
    assert "key = 1" not in one.body
    assert "![](/images/a.jpg)" in one.body
    assert "https://tides.example/" in one.body
    assert "'a', [1]" not in one.body
    assert "`{{% youtube x %}}`" in one.body
    assert "[It](/posts/a/)" in one.body
    assert len(remarked(site)) == 2


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("`x <link://slug/other>`_", "[x](/posts/other/)"),
        ("`x <link://filename/posts/other.rst>`_", "[x](/posts/other/)"),
        ("`x <link://tag/Ice%20cream>`_", "[x](/tags/ice-cream/)"),
        (":doc:`Read this <other>`", "[Read this](/posts/other/)"),
        ("`x </posts/other.html>`_", "[x](/posts/other.html)"),
        ("`x </images/a.thumbnail.jpg>`_", "[x](/images/a.jpg)"),
    ],
)
def test_links_lead_to_texts_lists_and_files(tmp_path: Path, written: str, made: str) -> None:
    found = texts(
        tmp_path,
        story("a.rst", body=written)
        + story("other.rst", ".. tags: Ice cream")
        + "\n    -- images/a.jpg --\n    jpg",
    )
    assert found["posts/a.rst"].body.strip() == made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("{{% youtube abcdefghijk %}}", "youtube-nocookie.com/embed/abcdefghijk"),
        ('{{% thumbnail "/images/a.thumbnail.jpg" alt="B" %}}C{{% /thumbnail %}}', "/images/a.jpg"),
        ('{{% card who="Bo" %}}Hi{{% /card %}}', "<b>Bo</b>: Hi"),
        ('{{% mako who="Bo" %}}', "<i>Bo</i>"),
        ('{{% odd text="Some words" %}}', "Some words"),
        ("{{% gallery boats %}}", "/galleries/boats/a.jpg"),
        ("{{% gallery boats/old %}}", "/galleries/boats/old/b.jpg"),
    ],
)
@pytest.mark.parametrize("suffix", ["rst", "md"])
def test_shortcodes_are_expanded(tmp_path: Path, written: str, made: str, suffix: str) -> None:
    text = f"""
    -- galleries/boats/a.jpg --
    jpg
    -- galleries/boats/old/b.jpg --
    jpg
    -- shortcodes/card.tmpl --
    <p><b>{{{{ who }}}}</b>: {{{{ data }}}}</p>
    -- shortcodes/mako.tmpl --
    % if who:
    <p><i>${{who}}</i></p>
    % endif
    -- posts/a.{suffix} --
    <!--
    .. title: A
    .. date: 2014-03-05
    -->

    Before.

    {written}

    After.
"""
    found = texts(tmp_path, text)[f"posts/a.{suffix}"]
    assert made in found.body.replace("**Bo**", "<b>Bo</b>").replace("*Bo*", "<i>Bo</i>")
    assert "NIKOLASHORTCODE" not in found.body + found.seen
    assert "{{%" not in found.body


def test_a_gallery_lies_among_the_galleries_whatever_it_is_called(tmp_path: Path) -> None:
    body = "{{% gallery boats/../../posts %}}"
    text = story("a.rst", body=body) + "\n    -- galleries/boats/a.jpg --\n    jpg"
    found = texts(tmp_path, text + "\n    -- posts/secret.jpg --\n    jpg")
    assert "secret" not in found["posts/a.rst"].body


def test_files_and_what_leads_on(tmp_path: Path) -> None:
    site, _ = opened(
        open_site,
        tmp_path,
        CONFIG
        + story("flood.rst", ".. tags: Ice cream\n    .. category: Sea")
        + """
    -- files/robots.txt --
    User-agent: *
    -- images/a.jpg --
    jpg
    -- galleries/boats/b.jpg --
    jpg
    -- listings/sum.py --
    print(1)
    -- listings/__pycache__/sum.pyc --
    x
""",
    )
    assert [file.target for file in site.files()] == [
        *("static/robots.txt", "static/images/a.jpg", "static/galleries/boats/b.jpg"),
        "static/listings/sum.py",
    ]
    led = {old: new for old, new, _ in site.settings().redirects}
    assert led["/listings/sum.py.html"] == "/listings/sum.py"
    assert led["/old/from.html"] == "/posts/flood/"
    assert led["/categories/ice-cream/"] == "/tags/ice-cream/"
    assert led["/categories/cat_sea/"] == "/sea/"
    assert led["/rss.xml"] == "/feed.xml"
    assert led["/2014/"] == "/archive/2014/"
    assert remarked(site) == []


def test_malformed_texts_are_no_traceback(tmp_path: Path) -> None:
    write_site(tmp_path, "\n    -- conf.py --\n    BLOG_TITLE = 'A\n    POSTS = 3\n")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_bytes(b"\xff\xfe\0")
    (tmp_path / "posts" / "b.rst").write_bytes(
        b".. title: B\n.. date:\n\n{{% x %}} {{% /y %}} `a <"
    )
    (tmp_path / "posts" / "c.rst").write_bytes(b"")
    found = opened(open_site, tmp_path, "")[1]
    assert {name: text.state for name, text in found.items()} == {
        "posts/a.md": State.LEFT_OUT,
        "posts/b.rst": State.DRAFT,
        "posts/c.rst": State.DRAFT,
    }


def test_comments_that_plugins_kept_are_files_of_data(tmp_path: Path) -> None:
    found = texts(
        tmp_path,
        story("a.rst", ".. id: 7")
        + story("b.rst")
        + """
    -- posts/.a-comment-8.meta --
    .. title: Bo said
    .. date: 2014-03-06 10:00:00
    .. authors: Bo
    .. id: 8
    .. in-reply-to: 7
    -- posts/.a-comment-8.html --
    <html><body><p>Nice</p></body></html>
    -- posts/.a-comment-9.meta --
    .. date: 2014-03-07 10:00:00
    .. authors: Cy
    .. id: 9
    .. in-reply-to: 8
    -- posts/b.1.wpcomment --
    .. id: 1
    .. approved: True
    .. author: Di
    .. author_email: di@private.example
    .. date_utc: 2014-03-06 10:00:00

    Well said.
    -- posts/b.2.wpcomment --
    .. id: 2
    .. approved: False

    Spam.
""",
    )
    file = found["posts/a.rst"].files[0]
    assert file.target == "data/comments/7.json"
    listed = json.loads(file.data or b"")["comments"]
    assert [(one["author"], one["parent"], one["text"]) for one in listed] == [
        ("Bo", "7", "<p>Nice</p>"),
        ("Cy", "8", ""),
    ]
    other = (found["posts/b.rst"].files[0].data or b"").decode()
    assert "Well said." in other
    assert "private.example" not in other
    assert "Spam" not in other


def test_a_sites_own_names_are_understood_and_hidden_tags_stay_hidden(tmp_path: Path) -> None:
    config = (
        CONFIG
        + """    METADATA_MAPPING = {"yaml": {"modified": "updated"}}
    HIDDEN_TAGS = ["inside"]
"""
    )
    text = """
    -- posts/a.md --
    ---
    title: A
    date: 2014-03-05
    modified: 2014-03-06
    tags: [sea, inside]
    ---
    B
"""
    head = texts(tmp_path, text, config)["posts/a.md"].head
    assert (head["tags"], head.text("updated")[:10]) == (("sea",), "2014-03-06")
