"""Keys of others: what they mean, known or by the newsroom's own word."""

from typing import Any

import pytest

from generator.model.article import Article, Image
from generator.model.config import Config
from generator.model.frozen import freeze
from generator.model.problems import Problem
from generator.read.articles import read_article
from generator.read.config import parse_config
from generator.read.entries import read_author


def read(
    front: str, keys: dict[str, str] | None = None, fence: str = "---"
) -> tuple[Article, tuple[Problem, ...]]:
    """A story with some settings, and what is wrong with it."""
    config, faults = Config.parse({"title": "Tiny", "keys": keys or {}})
    assert not faults
    lines = "title: T\ndate: 2024-08-15" if fence == "---" else 'title = "T"\ndate = 2024-08-15'
    text = f"{fence}\n{lines}\n{front}\n{fence}\n"
    article, problems = read_article("content/articles/a.md", text.encode(), config, frozenset())
    assert article is not None, problems
    return article, tuple(p for p in problems if p.message != "a picture without a text")


PICTURE = Image("boat.jpg", "A boat", "The quay", "Ann Lee", "")


@pytest.mark.parametrize(
    ("front", "field", "value"),
    [
        ("cover: boat.jpg", "image", Image("boat.jpg")),
        ("featured_image: boat.jpg", "image", Image("boat.jpg")),
        ("featuredImage: boat.jpg", "image", Image("boat.jpg")),
        ("images: [boat.jpg, quay.jpg]", "image", Image("boat.jpg")),
        ("thumbnail: boat.jpg", "image", Image("boat.jpg")),
        ("thumbnail: small.jpg\ncover: boat.jpg", "image", Image("boat.jpg")),
        ("thumbnail: small.jpg\nimage: boat.jpg", "image", Image("boat.jpg")),
        (
            "cover: {image: boat.jpg, alt: A boat, relative: true}",
            "image",
            Image("boat.jpg", "A boat"),
        ),
        ("image: {path: boat.jpg, alt: A boat}", "image", Image("boat.jpg", "A boat")),
        ("header: {teaser: boat.jpg}", "image", Image("boat.jpg")),
        ("header: {show: false}", "image", None),
        ("cover: true", "image", None),
        (
            "hero: boat.jpg\nimage_alt: A boat\ncover_caption: The quay\nphoto_credit: Ann Lee",
            "image",
            PICTURE,
        ),
        ("image_caption: The quay", "image", None),
        ("pin: true", "pinned", True),
        ("sticky: true", "pinned", True),
        ("standfirst: So it is.", "summary", "So it is."),
        ("meta_description: Short.\nsummary: So it is.", "summary", "So it is."),
        ("linkTitle: Short", "short_title", "Short"),
        ("locale: uk", "language", "uk"),
        ("post_name: ferry", "slug", "ferry"),
        ("alias: [/old/]", "aliases", ("/old/",)),
    ],
)
def test_a_key_of_others_whose_meaning_is_plain_needs_no_word(
    front: str, field: str, value: object
) -> None:
    article, problems = read(front)
    assert getattr(article, field) == value
    assert not problems


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("author: {name: Ann Lee, email: ann@example.org}", ["Ann Lee"]),
        ("authors: [{name: Ann Lee}, Bo Ek]", ["Ann Lee", "Bo Ek"]),
        ("author:\n  - display_name: Ann Lee\n  - name: Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("author_name: Ann Lee", ["Ann Lee"]),
    ],
)
def test_authors_may_be_mappings_with_a_name(front: str, names: list[str]) -> None:
    article, problems = read(front)
    assert [name.label for name in article.authors] == names
    assert not problems


def test_the_keys_are_those_of_toml_too() -> None:
    article, problems = read('cover = "boat.jpg"\nlast_modified_at = 2024-08-16', fence="+++")
    assert (article.image, problems) == (Image("boat.jpg"), ())
    assert article.updated
    assert article.updated.day == 16


def test_a_key_of_ours_counts_before_those_of_others() -> None:
    article, problems = read("created: 2020-01-01\nmodified: 2024-08-17\nupdated: 2024-08-16")
    assert article.updated
    assert (article.date.year, article.updated.day, problems) == (2024, 16, ())


KEYS = {
    "lead-picture": "image",
    "image-credit": "image.credit",
    "layout": "ignore",
    "rubric": "section",
    "mood": "extra.mood",
    "status": "ignore",
    "media.file": "image",
}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("lead-picture: boat.jpg\nimage-credit: Ann", {"image": Image("boat.jpg", credit="Ann")}),
        (
            "image: {src: boat.jpg, credit: Bo}\nimage-credit: Ann",
            {"image": Image("boat.jpg", credit="Bo")},
        ),
        ("layout: post\nstatus: outlook", {"draft": False}),
        ("rubric: world", {"section": "world"}),
        ("mood: glad\nextra: {n: 1}", {"extra": freeze({"mood": "glad", "n": 1})}),
        ("media: {file: boat.jpg, size: 3}", {"image": Image("boat.jpg")}),
    ],
)
def test_a_newsroom_says_what_its_own_keys_mean(front: str, expected: dict[str, Any]) -> None:
    article, problems = read(front, KEYS)
    assert {field: getattr(article, field) for field in expected} == expected
    assert not problems


def test_a_key_of_the_newsroom_may_hold_a_story_back() -> None:
    assert read("ready: 2999-01-01", {"ready": "embargo"})[0].date.year == 2999
    assert read("secret: yes", {"secret": "draft"})[0].draft


def test_a_meaning_counts_for_the_kinds_of_text_that_have_the_key() -> None:
    config, _ = Config.parse({"title": "Tiny", "keys": {"job": "role", "layout": "ignore"}})
    text = b"---\nname: Ann\njob: Editor\nlayout: x\n---\n"
    author, problems = read_author("content/authors/ann.md", text, config)
    assert author is not None
    assert (author.role, problems) == ("Editor", ())
    _, [unknown] = read("job: Editor", {"job": "role"})
    assert unknown.message == 'unknown key "job"'


@pytest.mark.parametrize("meaning", ["picture", "image.size", "title.long", "ignored"])
def test_a_meaning_that_no_text_has_is_an_error_at_its_line(meaning: str) -> None:
    _, [problem] = parse_config(f"title: Tiny\nkeys:\n  layout: ignore\n  cover: {meaning}\n")
    assert problem.message == f'not a key of a text: "{meaning}"'
    assert (problem.place.line, problem.is_error) == (4, True)
    assert problem.hint


@pytest.mark.parametrize(
    "key", ["series", "part", "comments", "coverage", "paywall", "translation"]
)
def test_a_key_that_is_kept_for_later_says_that_it_does_nothing(key: str) -> None:
    _, [problem] = read(f"{key}: {{a: b}}")
    assert (problem.message, problem.is_error) == (f'"{key}" does nothing yet', False)
    assert problem.is_told_once
    assert read(f"{key}: false")[1] == read(f"{key}:")[1] == ()
