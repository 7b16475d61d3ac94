"""WordPress exports: every text is taken as its readers had it, and what was hidden stays so."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator.importers.old_site import CURLED, ImportAsked, OldText, Remark, State, TextKind
from generator.importers.wordpress import WordPressSite, open_site, recognises
from generator.importers.wxr_records import NoExportError
from generator.model.frozen import FrozenMap
from tests.support.wordpress import (
    BASE,
    attachment,
    author,
    category,
    comment,
    export,
    item,
    meta,
    term,
)
from tests.support.work import processor_seconds


def opened(folder: Path, text: str, media: Path | None = None) -> WordPressSite:
    file = folder / "export.xml"
    file.write_text(text, encoding="utf-8")
    return open_site([file], ImportAsked(media))


def texts_of(folder: Path, *records: str, media: Path | None = None) -> dict[str, OldText]:
    """The texts of an export, by their names."""
    site = opened(folder, export(*records), media)
    return {text.name: text for text in site.texts()}


def only(folder: Path, *records: str, media: Path | None = None) -> OldText:
    site = opened(folder, export(*records), media)
    return next(iter(site.texts()))


def body_of(folder: Path, body: str, *records: str, media: Path | None = None) -> str:
    return only(folder, item(1, "One", body), *records, media=media).body


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post_is_an_article_with_all_that_an_editor_gave_it(tmp_path: Path, version: str) -> None:
    post = item(
        1,
        "The ferry &amp; the <em>storm</em>",
        "It sails.",
        term("category", "news", "News"),
        term("category", "harbour", "Harbour"),
        term("post_tag", "m-ann", "Margaret Ann"),
        meta("_yoast_wpseo_primary_category", "4"),
        meta("_yoast_wpseo_title", "Ferry sails"),
        meta("_yoast_wpseo_metadesc", "unused beside an excerpt"),
        meta("_wp_old_slug", "old-ferry"),
        meta("mood", "grim"),
        meta("_edit_lock", "1"),
        slug="ferry",
        is_sticky="1",
        excerpt="It <b>sails</b>.",
        post_modified="2014-05-05 10:00:00",
        post_modified_gmt="2014-05-05 09:00:00",
    )
    records = [author("mara", "Mara Quill"), category(3, "news", "News")]
    records += [category(4, "harbour", "Harbour", "news"), post]
    text = next(iter(opened(tmp_path, export(*records, version=version)).texts()))
    assert (text.kind, text.name, text.state) == (TextKind.ARTICLE, "2014/ferry", State.PUBLIC)
    assert dict(text.head) == {
        "title": "The ferry & the *storm*",
        "date": "2014-05-03 10:00:00 +0100",
        "updated": "2014-05-05 10:00:00 +0100",
        "section": "harbour",
        "tags": ("News", "Margaret Ann"),
        "authors": ("Mara Quill",),
        "summary": "It **sails**.",
        "seo_title": "Ferry sails",
        "pinned": True,
        "id": f"{BASE}/?p=1",
        "extra": FrozenMap((("mood", "grim"),)),
    }
    assert text.addresses == ("/2014/05/ferry/", "/2014/05/old-ferry/", "/?p=1")


@pytest.mark.parametrize(
    ("fields", "state", "reason"),
    [
        ({"status": "draft"}, State.DRAFT, "a draft"),
        ({"status": "pending"}, State.DRAFT, "waiting for review"),
        ({"status": "private"}, State.DRAFT, "private"),
        ({"status": "future"}, State.DRAFT, "scheduled"),
        ({"status": "archived"}, State.DRAFT, 'its status is "archived"'),
        ({"post_password": "x"}, State.DRAFT, "protected by a password"),
        ({"status": "trash"}, State.LEFT_OUT, "in the trash"),
        ({"status": "auto-draft"}, State.LEFT_OUT, "never saved"),
    ],
)
def test_what_was_hidden_stays_hidden(
    tmp_path: Path, fields: dict[str, str], state: State, reason: str
) -> None:
    text = only(tmp_path, item(1, "Secret", "x", comment(1, "y"), **fields))
    assert (text.state, text.reason, text.addresses, text.files) == (state, reason, (), ())


def test_pages_keep_their_places(tmp_path: Path) -> None:
    page = item(2, "Team", "x", kind="page", link=f"{BASE}/about/team/", menu_order="3")
    text = only(tmp_path, page)
    assert (text.kind, text.name, text.head["weight"]) == (TextKind.PAGE, "about/team", 3)
    assert text.addresses == ("/about/team/", "/?page_id=2")


def test_a_section_gives_way_to_a_page_of_its_name(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path,
        item(1, "Boat", "x", term("category", "about", "About")),
        item(2, "About", "y", kind="page", link=f"{BASE}/about/"),
    )
    assert texts["2014/boat"].head["section"] == "category-about"
    assert texts["category-about"].head["title"] == "About"


def test_paragraphs_are_those_that_blank_lines_stand_for(tmp_path: Path) -> None:
    body = "One\ntwo.\n\n<h2>Head</h2>\nThree.<!--more-->\n\n<ul>\n<li>a</li>\n</ul>\n"
    body += "<pre>x\n\ny</pre>"
    assert body_of(tmp_path, body) == (
        "One\\\ntwo.\n\n## Head\n\nThree.\n\n- a\n\n```\nx\n\ny\n```"
    )


def test_shortcodes_become_what_they_showed(tmp_path: Path) -> None:
    body = (
        f'[caption width="3"]<img src="{BASE}/a.jpg" alt="A" /> The boat[/caption]\n\n'
        '[gallery ids="8,9"]\n\n[embed]https://vimeo.com/1[/embed]\n\n[youtube id="abc"]\n\n'
        '[audio mp3="https://a.example/b.mp3"][/audio]\n\n[pullquote author="Lena"]So.[/pullquote]'
        "\n\nTold [sic] [by her] [[gallery]].[footnote]Twice.[/footnote]\n\n[vc_row]In[/vc_row]"
    )
    files = (attachment(8, "x.jpg"), attachment(9, "y.jpg", excerpt="Why"))
    assert body_of(tmp_path, body, *files).split("\n\n") == [
        '![A](/a.jpg "The boat")',
        (
            f"- ![]({BASE}/wp-content/uploads/x.jpg)\n"
            f'- ![]({BASE}/wp-content/uploads/y.jpg "Why")\n{{.gallery}}'
        ),
        "https://vimeo.com/1",
        "https://www.youtube.com/watch?v=abc",
        '<audio controls src="https://a.example/b.mp3"></audio>',
        "> So.\n> -- Lena\n{.pullquote}",
        "Told [sic] [by her] \\[gallery].[^1]",
        "In",
        "[^1]: Twice.",
    ]


def test_blocks_become_markdown_with_what_they_refer_to(tmp_path: Path) -> None:
    body = (
        '<!-- wp:paragraph -->\n<p>A<sup class="fn"><a href="#f" id="f-link">1</a></sup></p>\n'
        "<!-- /wp:paragraph -->\n\n"
        '<!-- wp:block {"ref":70} /-->\n\n'
        '<!-- wp:core-embed/youtube {"url":"https://youtu.be/x"} /-->\n\n'
        '<!-- wp:gallery {"ids":[8]} /-->\n\n<!-- wp:latest-posts /-->\n<!-- wp:footnotes /-->'
    )
    text = only(
        tmp_path,
        item(1, "One", body, meta("footnotes", '[{"id":"f","content":"A <em>note</em>."}]')),
        item(70, "Shared", "<!-- wp:paragraph --><p>Shared.</p><!-- /wp:paragraph -->",
             kind="wp_block"),
        attachment(8, "x.jpg"),
    )  # fmt: skip
    assert text.body.split("\n\n") == [
        "A[^1]",
        "Shared.",
        "https://youtu.be/x",
        f"![]({BASE}/wp-content/uploads/x.jpg)",
        "[^1]: A *note*.",
    ]


def test_links_into_the_site_begin_at_its_root(tmp_path: Path) -> None:
    body = (
        f'<p><a href="{BASE}/a/?b=1#c">in</a> <a href="http://www.quay.example">home</a> '
        '<a href="https://other.example/a">out</a> <a href="//quay.example/d/">d</a></p>'
    )
    assert body_of(tmp_path, body) == (
        "[in](/a/?b=1#c) [home](/) [out](https://other.example/a) [d](/d/)"
    )


def test_a_site_in_a_folder_has_its_addresses_from_there(tmp_path: Path) -> None:
    base = f"{BASE}/blog"
    post = item(1, "One", f'<a href="{base}/x/">x</a>', link=f"{base}/one/")
    text = next(iter(opened(tmp_path, export(post, base=base)).texts()))
    assert (text.addresses[0], text.body) == ("/one/", "[x](/x/)")


def test_sized_pictures_are_their_originals_again(tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    for name in ("2014/boat.jpg", "2014/quay-scaled.jpg", "2014/a-10x10.jpg"):
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).touch()
    uploads = f"{BASE}/wp-content/uploads/2014"
    body = "".join(
        f'<p><img src="{uploads}/{name}" alt="{name}"></p>'
        for name in ("boat-300x200.jpg", "quay-1024x683.jpg", "a-10x10.jpg", "lost-1x1.jpg")
    )
    thumbnail = item(1, "One", body, meta("_thumbnail_id", "5"))
    site = opened(tmp_path, export(thumbnail, attachment(5, "2014/boat-scaled.jpg")), media)
    text = next(iter(site.texts()))
    assert text.body.split("\n\n") == [
        "![boat-300x200.jpg](/wp-content/uploads/2014/boat.jpg)",
        "![quay-1024x683.jpg](/wp-content/uploads/2014/quay-scaled.jpg)",
        "![a-10x10.jpg](/wp-content/uploads/2014/a-10x10.jpg)",
        f"![lost-1x1.jpg]({uploads}/lost-1x1.jpg)",
    ]
    image = text.head["image"]
    assert isinstance(image, FrozenMap)
    assert image["src"] == "/wp-content/uploads/2014/boat.jpg"
    assert [file.target for file in site.files()] == [
        f"static/wp-content/uploads/2014/{name}"
        for name in ("a-10x10.jpg", "boat.jpg", "quay-scaled.jpg")
    ]
    assert [
        one.place for one in _of(site, "a file of the old site is not in the media folder")
    ] == ["2014/lost-1x1.jpg (wordpress post 1)"]


def test_no_name_of_a_file_leads_out_of_the_uploads(tmp_path: Path) -> None:
    media = tmp_path / "uploads"
    media.mkdir()
    (tmp_path / "secret.txt").touch()
    names = ("../secret.txt", "%2e%2e/secret.txt", "/../../secret.txt", "a\\..\\..\\secret.txt")
    records = [attachment(number, name) for number, name in enumerate(names, 5)]
    site = opened(tmp_path, export(item(1, "One", "x"), *records), media)
    list(site.texts())
    assert list(site.files()) == []


def test_comments_are_kept_as_data_without_addresses_of_people(tmp_path: Path) -> None:
    text = only(tmp_path, item(7, "One", "x", comment(1, "Good!"), comment(2, "Buy", "spam")))
    data = (text.files[0].data or b"").decode()
    assert text.files[0].target == "data/comments/7.json"
    assert [one["text"] for one in json.loads(data)["comments"]] == ["Good!"]
    assert "private.example" not in data
    assert "192.0.2.7" not in data


def test_old_lists_files_and_numbers_lead_on(tmp_path: Path) -> None:
    posts = [
        item(
            n, f"Post {n}", "x", term("category", "harbour", "Harbour"), term("post_tag", "a", "A")
        )
        for n in range(1, 13)
    ]
    records = [author("mara", "Mara Quill"), category(3, "news", "News")]
    records += [category(4, "harbour", "Harbour", "news"), attachment(50, "boat.jpg", parent="1")]
    site = opened(tmp_path, export(*records, *posts))
    list(site.texts())
    found = {old: new for old, new, _ in site.settings().redirects}
    assert (
        found.items()
        >= {
            "/category/harbour/": "/harbour/",
            "/category/news/harbour/": "/harbour/",
            "/category/harbour/feed/": "/harbour/feed.xml",
            "/category/harbour/page/2/": "/harbour/",
            "/tag/a/": "/tags/a/",
            "/author/mara/": "/authors/mara-quill/",
            "/2014/05/": "/archive/2014/05/",
            "/feed/": "/feed.xml",
            "/boat/": "/2014/05/post-1/",
            "/?attachment_id=50": "/2014/05/post-1/",
        }.items()
    )


def test_the_zone_is_the_one_that_has_all_offsets(tmp_path: Path) -> None:
    winter = item(1, "W", "x", date="2014-01-03 10:00:00", gmt="2014-01-03 15:00:00")
    summer = item(2, "S", "x", date="2014-07-03 10:00:00", gmt="2014-07-03 14:00:00")
    site = opened(tmp_path, export(winter, summer))
    list(site.texts())
    assert site.settings().timezone == "America/New_York"


def test_what_nobody_can_show_is_named_and_left_out(tmp_path: Path) -> None:
    site = opened(tmp_path, export(item(1, "One", 'a [contact-form-7 id="1"] [note_x]b[/note_x]')))
    assert [text.body for text in site.texts() if text.kind is TextKind.ARTICLE] == ["a b"]
    assert [(remark.kind, remark.is_loss) for remark in site.remarks()] == [
        ("nothing here is like [contact-form-7]: it is left out", False),
        ("nothing here is like [note_x]…[/note_x]: its content stays", False),
    ]


def test_a_broken_export_is_read_up_to_its_fault(tmp_path: Path) -> None:
    whole = export(item(1, "One", "first"), item(2, "Two", "second"), item(3, "Three", "third"))
    site = opened(tmp_path, whole[: whole.index("third") + 3])
    states = {text.name: text.state for text in site.texts() if text.kind is TextKind.ARTICLE}
    assert states["2014/one"] is states["2014/two"] is State.PUBLIC
    assert State.DRAFT in states.values()
    line = whole[: whole.index("third")].count("\n") + 1
    assert [one.place.partition(": ")[0] for one in _of(site, "the export is malformed")][:1] == [
        f"export.xml:{line}"
    ]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    hostile = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    )
    text = export(item(1, "One", "x")).replace("<rss", hostile + "<rss", 1)
    text = text.replace("<![CDATA[x]]>", "&lt;p>a&b;&x;&nbsp;&amp;amp; A & z")
    body = next(iter(opened(tmp_path, text).texts())).body
    assert body == "a&amp;b;&amp;x;\u00a0& A & z"


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    site = opened(tmp_path, export(item(1, "O\x0bne", "a\x08b")))
    text = next(iter(site.texts()))
    assert (text.head["title"], text.body) == ("One", "ab")


def test_several_exports_and_archives_are_one_site(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.zip"
    first.write_text(export(item(1, "One", "x"), item(2, "Two", "y")))
    with ZipFile(second, "w") as archive:
        archive.writestr("in/b.xml", export(item(2, "Two", "y"), item(3, "Three", "z")))
    assert recognises(first)
    assert recognises(second)
    site = open_site([first, second], ImportAsked())
    names = [text.name for text in site.texts() if text.kind is TextKind.ARTICLE]
    assert names == ["2014/one", "2014/two", "2014/three"]


def test_another_file_is_no_export(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text("<rss><channel/></rss>")
    assert not recognises(file)
    with pytest.raises(NoExportError):
        list(open_site([file], ImportAsked()).texts())


def _of(site: WordPressSite, kind: str) -> list[Remark]:
    return [remark for remark in site.remarks() if remark.kind == kind]


def test_plain_addresses_and_further_pages_lead_to_their_texts(tmp_path: Path) -> None:
    plain = item(1, "One", "x", link=f"{BASE}/?p=1")
    paged = item(2, "Two", "a<!--nextpage-->b<!--nextpage-->c")
    texts = texts_of(tmp_path, plain, paged)
    assert texts["2014/one"].addresses == ("/?p=1",)
    assert texts["2014/one"].place == "/2014/05/one/"
    assert texts["2014/two"].addresses == (
        "/2014/05/two/",
        "/2014/05/two/2/",
        "/2014/05/two/3/",
        "/?p=2",
    )


def test_links_by_number_lead_to_where_a_site_of_numbers_stands_now(tmp_path: Path) -> None:
    links = "".join(f'<a href="{BASE}/?{one}">x</a> ' for one in ("p=2", "page_id=3", "p=4"))
    texts = texts_of(
        tmp_path,
        item(1, "One", links + f'<a href="{BASE}/?attachment_id=5">a</a>', link=f"{BASE}/?p=1"),
        item(2, "Two", "b", link=f"{BASE}/?p=2"),
        item(3, "Archive", "b", link=f"{BASE}/?page_id=3", kind="page"),
        item(4, "Two", "b", link=f"{BASE}/?p=4"),
        attachment(5, "2014/05/plan.pdf"),
    )
    assert "(/2014/05/two/)" in texts["2014/one"].body
    assert "(/archive-3/)" in texts["2014/one"].body
    assert "(/2014/05/two-4/)" in texts["2014/one"].body
    assert "/wp-content/uploads/2014/05/plan.pdf)" in texts["2014/one"].body


@pytest.mark.parametrize(
    "body",
    [
        *("<pre>" * 20_000, "<!--" * 20_000, " " * 200_000 + "x", "[a]" * 20_000 + "[/a]"),
        *('<a href="' * 20_000, "\n " * 50_000, "[caption " * 20_000, "<p><b>" * 3_000),
    ],
)
def test_no_body_takes_long(tmp_path: Path, body: str) -> None:
    assert processor_seconds(lambda: body_of(tmp_path, body)) < 20


def test_elements_of_other_namespaces_are_none_of_wordpress(tmp_path: Path) -> None:
    text = export(item(1, "One", "x")).replace(
        "<title>The Quay", '<a:link xmlns:a="http://www.w3.org/2005/Atom"/><title>The Quay', 1
    )
    site = opened(tmp_path, text)
    assert next(iter(site.texts())).addresses[0] == "/2014/05/one/"
    assert site.settings().base_url == BASE


def test_a_feeds_time_stands_in_for_a_missing_date(tmp_path: Path) -> None:
    text = export(item(1, "One", "x", date="", gmt="", link=f"{BASE}/one/"))
    text = text.replace(
        "<dc:creator>", "<pubDate>Sat, 03 May 2014 09:00:00 +0000</pubDate><dc:creator>"
    )
    assert next(iter(opened(tmp_path, text).texts())).head["date"] == "2014-05-03 09:00:00 +0000"


def test_what_stands_where_lists_of_ours_do_gives_way(tmp_path: Path) -> None:
    site = opened(
        tmp_path,
        export(
            item(1, "Archive", "x", kind="page", link=f"{BASE}/archive/", slug="archive"),
            item(
                2, "Tags", "x", term("category", "tags", "Tags"), term("post_tag", "page", "Page")
            ),
            item(3, "News", "x", kind="page", link=f"{BASE}/news/"),
            item(4, "Bare", "x"),
        ),
    )
    texts = {text.source: text for text in site.texts()}
    assert texts["wordpress page 1"].name == "archive-page"
    assert texts["wordpress page 1"].addresses == ("/?page_id=1",)
    assert texts["wordpress post 2"].head["section"] == "category-tags"
    assert texts["wordpress post 4"].head["section"] == "stories"
    assert texts["wordpress tags tag-page"].head["title"] == "Page"
    found = {old: new for old, new, _ in site.settings().redirects}
    assert found["/tag/page/"] == "/tags/tag-page/"


def test_quotes_are_curled_as_wordpress_did(tmp_path: Path) -> None:
    assert opened(tmp_path, export(item(1, "One", "x"))).settings().options == CURLED


def test_a_category_and_a_tag_of_one_name_are_one_tag(tmp_path: Path) -> None:
    terms = (term("category", "news", "News"), term("category", "ferries", "Ferry"))
    site = opened(tmp_path, export(item(1, "One", "x", *terms, term("post_tag", "ferry", "ferry"))))
    assert [text.name for text in site.texts() if text.kind is TextKind.TAG] == ["ferries"]
    found = {old: new for old, new, _ in site.settings().redirects}
    assert found["/tag/ferry/"] == found["/category/ferries/"] == "/tags/ferries/"


def test_an_address_alone_was_seen_as_a_player(tmp_path: Path) -> None:
    body = 'One\n\nhttps://vimeo.com/1\n\n[youtube id="abc"]'
    seen = only(tmp_path, item(1, "One", body)).seen
    assert '<a href="https://vimeo.com/1"></a>' in seen
    assert '<a href="https://www.youtube.com/watch?v=abc"></a>' in seen


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("[vc_row][vc_column]*A*[/vc_column][vc_column]B[/vc_column][/vc_row]", "\\*A\\*\n\nB"),
        ('[et_pb_text title="T"]A[/et_pb_text]B', "**T**\n\nA\n\nB"),
        ('[et_pb_image src="https://x.example/a.jpg" alt="A"]', "![A](https://x.example/a.jpg)"),
        (f'<a href="{BASE}/?p=2#b">two</a>', "[two](/2014/05/two/#b)"),
        ('<a href="/?p=2">two</a>', "[two](/2014/05/two/)"),
        (f'<a href="{BASE}/?page_id=9">nine</a>', "[nine](/?page_id=9)"),
        (f'<a href="{BASE}/index.php?p=2&amp;preview=true">two</a>', "[two](/2014/05/two/)"),
        ("Dear {{ name }}, {% if x %}", "Dear `{{ name }}`, `{% if x %}`"),
    ],
)
def test_builders_short_links_and_signs_of_templates(tmp_path: Path, body: str, shown: str) -> None:
    site = opened(tmp_path, export(item(1, "One", body), item(2, "Two", "b")))
    found = {text.name: text.body for text in site.texts()}["2014/one"]
    assert found == shown
    assert [remark.kind for remark in site.remarks()] == []


def test_a_gallery_of_a_texts_own_files_has_its_pictures_only(tmp_path: Path) -> None:
    post = item(1, "One", "[gallery]")
    files = [attachment(5, "a.jpg", parent="1"), attachment(6, "a.pdf", parent="1")]
    text = next(iter(opened(tmp_path, export(post, *files)).texts()))
    assert (text.body.count("a.jpg"), "a.pdf" in text.body) == (1, False)


def test_what_is_told_of_a_category_is_a_line_of_text(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path,
        category(3, "news", "News", description="All <b>news</b> &amp;\n<span>more</span>"),
        item(1, "One", "x", term("category", "news", "News")),
    )
    assert texts["news"].head.text("description") == "All **news** & more"
