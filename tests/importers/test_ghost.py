"""Ghost exports: every text is taken as its readers had it, and what was hidden stays so."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.importers.ghost import GhostSite, open_site, recognises
from generator.importers.ghost_export import NoGhostExportError
from generator.importers.old_site import ImportAsked, OldText, State, TextKind
from generator.model.frozen import FrozenMap

SETTINGS = {"title": "The Quay", "timezone": "Europe/Oslo", "locale": "nb"}
TAGS = [
    {"id": "t1", "slug": "harbour", "name": "Harbour", "description": "By the water"},
    {"id": "t2", "slug": "m-ann", "name": "Margaret Ann"},
    {"id": "t3", "slug": "hash-lead", "name": "#lead", "visibility": "internal"},
]
USERS = [
    {
        "id": "u1",
        "slug": "mara",
        "name": "Mara Quill",
        "email": "mara@private.example",
        "bio": "Writes.",
        "website": "https://mara.example",
    }
]


def post(number: int, html: str = "<p>x</p>", **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """A published post."""
    return {
        "id": f"p{number}",
        "comment_id": f"p{number}",
        "slug": f"post-{number}",
        "title": f"Post {number}",
        "html": html,
        "type": "post",
        "status": "published",
        "visibility": "public",
        "published_at": "2020-12-31T23:30:00.000Z",
        "updated_at": "2021-01-02T09:00:00.000Z",
    } | fields


def opened(folder: Path, *posts: dict[str, Any], media: Path | None = None) -> GhostSite:
    data = {
        "posts": list(posts),
        "tags": TAGS,
        "users": USERS,
        "posts_tags": [
            {"post_id": one["id"], "tag_id": tag, "sort_order": order}
            for one in posts
            for order, tag in enumerate(["t1", "t3", "t2"])
        ],
        "posts_authors": [{"post_id": one["id"], "author_id": "u1"} for one in posts],
        "posts_meta": [{"post_id": "p1", "feature_image_alt": "A boat", "meta_title": "SEO"}],
        "settings": [{"key": key, "value": value} for key, value in SETTINGS.items()],
    }
    file = folder / "ghost.json"
    file.write_text(json.dumps({"db": [{"meta": {"version": "5.2.0"}, "data": data}]}))
    return open_site([file], ImportAsked(media))


def only(folder: Path, html: str = "<p>x</p>", media: Path | None = None, **fields: str) -> OldText:
    return next(iter(opened(folder, post(1, html, **fields), media=media).texts()))


def test_a_post_is_an_article_with_all_that_an_editor_gave_it(tmp_path: Path) -> None:
    media = tmp_path / "content"
    (media / "images/2020").mkdir(parents=True)
    (media / "images/2020/boat.jpg").touch()
    text = only(
        tmp_path,
        media=media,
        title="A & <b>",
        custom_excerpt="Short.",
        canonical_url="https://other.example/",
        feature_image="__GHOST_URL__/content/images/size/w600/2020/boat.jpg",
    )
    assert (text.kind, text.name, text.addresses) == (
        TextKind.ARTICLE,
        "2020/post-1",
        ("/post-1/",),
    )
    image = FrozenMap((("src", "/content/images/2020/boat.jpg"), ("alt", "A boat")))
    assert dict(text.head) == {
        "title": "A &",
        "date": "2021-01-01 00:30:00 +0100",
        "updated": "2021-01-02 10:00:00 +0100",
        "section": "harbour",
        "tags": ("Margaret Ann",),
        "authors": ("Mara Quill",),
        "summary": "Short.",
        "image": image,
        "seo_title": "SEO",
        "id": "p1",
        "extra": FrozenMap((("canonical", "https://other.example/"),)),
    }


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "draft"}, "a draft"),
        ({"status": "scheduled"}, "scheduled"),
        ({"status": "sent"}, "sent as a letter only"),
        ({"visibility": "paid"}, "only for paid"),
        ({"visibility": "tiers"}, "only for tiers"),
        ({"visibility": "members"}, "only for members"),
    ],
)
def test_what_was_hidden_stays_hidden(tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    text = next(iter(opened(tmp_path, post(1, **fields)).texts()))
    assert (text.state, text.reason, text.addresses) == (State.DRAFT, reason, ())


def test_sections_authors_and_tags_have_their_files(tmp_path: Path) -> None:
    site = opened(tmp_path, post(1), post(2, type="page", slug="about"))
    texts = {text.source: text for text in site.texts()}
    assert texts["ghost page about"].kind is TextKind.PAGE
    assert texts["ghost tag harbour"].kind is TextKind.SECTION
    assert texts["ghost author mara"].body == "Writes."
    assert "private.example" not in str(texts)
    found = {old: new for old, new, _ in site.settings().redirects}
    assert (
        found.items()
        >= {
            "/tag/harbour/": "/harbour/",
            "/tag/m-ann/": "/tags/m-ann/",
            "/author/mara/": "/authors/mara-quill/",
            "/rss/": "/feed.xml",
        }.items()
    )


def test_cards_say_what_they_said(tmp_path: Path) -> None:
    html = (
        '<figure class="kg-image-card"><img src="__GHOST_URL__/content/images/a.jpg" alt="A">'
        '<figcaption>At sea</figcaption></figure><figure class="kg-bookmark-card">'
        '<a href="https://b.example/"><div class="kg-bookmark-title">B'
        '</div><div class="kg-bookmark-description">Said</div><img src="i.png"></a></figure>'
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div>'
        '<div class="kg-callout-text">Mind <b>this</b></div></div>'
        '<div class="kg-card kg-audio-card"><div class="kg-audio-title">Bell</div>'
        '<audio src="__GHOST_URL__/content/media/b.mp3"></audio><button>Play</button></div>'
        '<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4>Why?</h4><button>'
        '<svg></svg></button></div><div class="kg-toggle-content"><p>So.</p></div></div>'
        '<p><a href="__GHOST_URL__/about/">us</a></p>'
    )
    assert only(tmp_path, html).body.split("\n\n") == [
        '![A](/content/images/a.jpg "At sea")',
        "[B](https://b.example/)\\\nSaid",
        '<aside class="aside">',
        "! Mind **this**",
        "</aside>",
        "Bell",
        '<audio controls src="/content/media/b.mp3"></audio>',
        "#### Why?",
        "So.",
        "[us](/about/)",
    ]


def test_bodies_without_html_are_read_as_the_editors_keep_them(tmp_path: Path) -> None:
    lexical = {
        "root": {
            "children": [
                {
                    "type": "paragraph",
                    "children": [
                        {"type": "extended-text", "text": "One ", "format": 0},
                        {"type": "extended-text", "text": "two", "format": 1},
                        {"type": "link", "url": "/x/", "children": [{"type": "text", "text": "l"}]},
                    ],
                },
                {
                    "type": "extended-heading",
                    "tag": "h3",
                    "children": [{"type": "text", "text": "H"}],
                },
                {"type": "codeblock", "code": "a < b", "language": "c"},
            ]
        }
    }
    mobiledoc = {
        "markups": [["a", ["href", "/y/"]]],
        "atoms": [],
        "cards": [["markdown", {"markdown": "*three*"}], ["poll", {}]],
        "sections": [[1, "p", [[0, [], 0, "One "], [0, [0], 1, "two"]]], [10, 0], [10, 1]],
    }
    new = only(tmp_path, "", lexical=json.dumps(lexical))
    assert new.body == "One **two**[l](/x/)\n\n### H\n\n```c\na < b\n```"
    site = opened(tmp_path, post(1, "", mobiledoc=json.dumps(mobiledoc)))
    assert next(iter(site.texts())).body == "One [two](/y/)\n\n*three*"
    assert [one.kind for one in site.remarks()] == [
        "nothing here is like Ghost's card poll: it is left out"
    ]


@pytest.mark.parametrize("text", ["{}", "[1]", '{"db": [{"data": {}}]}', '{"db": [', "[" * 100_000])
def test_another_file_is_no_export(tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)
    assert not recognises(file)
    with pytest.raises(NoGhostExportError):
        list(open_site([file], ImportAsked()).texts())


def test_an_export_is_recognised(tmp_path: Path) -> None:
    opened(tmp_path, post(1))
    assert recognises(tmp_path / "ghost.json")


def test_a_letter_is_no_story_and_old_numbers_are_instants(tmp_path: Path) -> None:
    letter = post(2, id="letter")
    site = opened(tmp_path, post(1, published_at=1588492800000), letter)
    data = json.loads((tmp_path / "ghost.json").read_text())
    data["db"][0]["data"]["posts_meta"] = [{"post_id": "letter", "email_only": 1}]
    (tmp_path / "ghost.json").write_text(json.dumps(data))
    old, sent = list(site.texts())[:2]
    assert old.head["date"] == "2020-05-03 10:00:00 +0200"
    assert (sent.state, sent.reason) == (State.DRAFT, "sent as a letter only")


def test_boxes_lists_within_lists_and_captions_of_the_editor_stay(tmp_path: Path) -> None:
    def item(*children: dict[str, Any]) -> dict[str, Any]:
        return {"type": "listitem", "children": list(children)}

    def text(words: str) -> dict[str, Any]:
        return {"type": "text", "text": words}

    inner = {"type": "list", "listType": "number", "children": [item(text("sub"))]}
    cards = [
        {"type": "list", "listType": "bullet", "children": [item(text("one")), item(inner)]},
        {"type": "embed", "url": "https://x.example/1", "html": "", "caption": "Embedded"},
        {"type": "gallery", "images": [{"src": "/a.jpg"}], "caption": "All"},
        {"type": "header", "header": "Big", "subheader": "Small", "buttonText": "Go"},
        {"type": "product", "productTitle": "A net", "productDescription": "<p>Old</p>"},
        {
            "type": "bookmark",
            "url": "https://b.example/",
            "metadata": {"title": "B", "author": "A"},
        },
        {"type": "email", "html": "Dear {first_name}"},
    ]
    body = only(tmp_path, "", lexical=json.dumps({"root": {"children": cards}})).body
    assert body.startswith("- one\n  1. sub\n")
    assert "first_name" not in body
    for words in (
        "Embedded",
        "All",
        "## Big",
        "Small",
        "## A net",
        "Old",
        "B](https://b.example/)",
    ):
        assert words in body


def test_scripts_forms_doors_and_signs_of_templates_are_not_let_in(tmp_path: Path) -> None:
    html = (
        '<figure class="kg-card kg-embed-card"><blockquote>Said</blockquote><script src="x">'
        '</script></figure><div class="kg-card kg-signup-card"><form>Join</form></div>'
        '<div class="kg-card kg-product-card"><svg></svg><h4>A net</h4></div>'
        '<p><a href="#/portal/signup">Join us</a> {{name}}</p>'
    )
    text = only(tmp_path, html)
    assert text.body == "> Said\n\n#### A net\n\nJoin us `{{name}}`"


@pytest.mark.parametrize(
    "mobiledoc",
    [
        {"sections": [[1, "p", [[0, [7], 1, "x"]]]]},
        {"sections": 3},
        {"sections": [[10, 0]], "cards": [[]]},
    ],
)
def test_a_malformed_body_is_named(tmp_path: Path, mobiledoc: dict[str, Any]) -> None:
    site = opened(tmp_path, post(1, "", mobiledoc=json.dumps(mobiledoc)))
    assert next(iter(site.texts())).body == ""
    assert [one.kind for one in site.remarks()] == ["a body that is malformed is left out"]


def test_parts_for_members_only_are_left_out_and_told(tmp_path: Path) -> None:
    gate = '<!--kg-gated-block:begin nonMember:%s memberSegment:"" -->%s<!--kg-gated-block:end-->'
    html = f"<p>a</p>{gate % ('true', '<p>b</p>')}{gate % ('false', '<p>hidden</p>')}<p>c</p>"
    card = {"type": "html", "html": "<p>hidden</p>", "visibility": {"web": {"nonMember": False}}}
    letter = {"type": "html", "html": "<p>hidden</p>", "visibility": {"emailOnly": True}}
    shown = {"type": "html", "html": "<p>d</p>", "visibility": {"web": {"nonMember": True}}}
    lexical = json.dumps({"root": {"children": [card, letter, shown]}})
    site = opened(tmp_path, post(1, html), post(2, "", lexical=lexical))
    bodies = [text.body.split() for text in site.texts()][:2]
    assert bodies == [["a", "b", "c"], ["d"]]
    told = [remark.kind for remark in site.remarks()]
    assert told == ["a part that only members or letters had is left out"] * 2


def test_what_stands_below_code_stays(tmp_path: Path) -> None:
    node = {"type": "codeblock", "code": "x = 1", "caption": "Adding up"}
    site = opened(tmp_path, post(1, "", lexical=json.dumps({"root": {"children": [node]}})))
    assert next(iter(site.texts())).body.strip() == "```\nx = 1\n```\n\nAdding up"
