from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from generator.model.article import Author, Image, Page, Section, Tag
from generator.model.config import Config
from generator.model.frozen import FrozenMap
from generator.model.podcasts import Podcast
from generator.model.problems import Problem
from generator.model.values import fields as fields_of
from generator.model.values import replace
from generator.read.entries import (
    AUTHOR_ALSO,
    AUTHOR_KEYS,
    PAGE_ALSO,
    PAGE_KEYS,
    SECTION_ALSO,
    SECTION_KEYS,
    TAG_ALSO,
    TAG_KEYS,
    read_author,
    read_page,
    read_section,
    read_tag,
)

CONFIG = Config()
UKRAINIAN = replace(CONFIG, language="uk")
Entry = Page | Tag | Section | Author
Read = tuple[Entry | None, tuple[Problem, ...]]

READERS: dict[str, Callable[[str, bytes], Read]] = {
    "pages": lambda path, data: read_page(path, data, CONFIG),
    "tags": lambda path, data: read_tag(path, data, CONFIG),
    "sections": read_section,
    "authors": read_author,
}
KEYS = {"pages": PAGE_KEYS, "tags": TAG_KEYS, "sections": SECTION_KEYS, "authors": AUTHOR_KEYS}
OTHERS = {"pages": PAGE_ALSO, "tags": TAG_ALSO, "sections": SECTION_ALSO, "authors": AUTHOR_ALSO}

IMAGE = ("{src: a.jpg, alt: A}", "image", Image("a.jpg", "A"))
EXTRA = ("{stars: 4}", "extra", FrozenMap((("stars", 4),)))
INSTANT = ("2024-08-15T08:00Z", datetime(2024, 8, 15, 8, tzinfo=UTC))
# What each key becomes: the text written, the field, its value.
SHOW = (
    "{image: /a.png, category: News, description: D}",
    "podcast",
    Podcast("/a.png", ("News",), description="D"),
)
VALUES: dict[str, dict[str, tuple[str, str, object]]] = {
    "pages": {
        "title": ("About us", "title", "About us"),
        "summary": ("Who we are.", "summary", "Who we are."),
        "slug": ("who", "address", "/who/"),
        "url": ("/who/we/are/", "address", "/who/we/are/"),
        "aliases": ("[/old/]", "aliases", ("/old/",)),
        "image": IMAGE,
        "date": (INSTANT[0], "date", INSTANT[1]),
        "updated": (INSTANT[0], "updated", INSTANT[1]),
        "weight": ("3", "weight", 3),
        "draft": ("true", "draft", True),
        "noindex": ("true", "noindex", True),
        "seo_title": ("About", "seo_title", "About"),
        "lang": ("uk", "language", "uk"),
        "extra": EXTRA,
    },
    "tags": {
        "title": ("Kursk region", "label", "Kursk region"),
        "aliases": ("Kursk, Курск", "aliases", ("Kursk", "Курск")),
        "description": ("A region.", "description", "A region."),
        "image": IMAGE,
        "noindex": ("true", "noindex", True),
        "lang": ("ru", "aliases", ()),
        "podcast": SHOW,
        "extra": EXTRA,
    },
    "sections": {
        "title": ("The world", "title", "The world"),
        "description": ("All of it.", "description", "All of it."),
        "order": ("2", "order", 2),
        "image": IMAGE,
        "aliases": ("[/old/]", "aliases", ("/old/",)),
        "podcast": SHOW,
        "extra": EXTRA,
    },
    "authors": {
        "name": ("Mara Quill", "name", "Mara Quill"),
        "role": ("Editor", "role", "Editor"),
        "links": ("[https://x.org/@m]", "links", ("https://x.org/@m",)),
        "portrait": (IMAGE[0], "portrait", IMAGE[2]),
        "aliases": ("[/old/]", "aliases", ("/old/",)),
        "description": ("Writes.", "description", "Writes."),
        "organization": ("yes", "is_organization", True),
        "extra": EXTRA,
    },
}
EVERY_KEY = [(kind, key, key) for kind, keys in KEYS.items() for key in keys]
EVERY_OTHER = [(kind, name, key) for kind, also in OTHERS.items() for name, key in also.items()]


def read(kind: str, front: str, name: str = "x.md") -> Read:
    return READERS[kind](f"content/{kind}/{name}", f"---\n{front}\n---\nText.\n".encode())


def entry(kind: str, front: str, name: str = "x.md") -> Entry:
    found, problems = read(kind, front, name)
    assert found is not None, problems
    assert not problems
    return found


def problem(kind: str, front: str, name: str = "x.md") -> Problem:
    found, (problem,) = read(kind, front, name)
    assert (found is None) == problem.is_error
    return problem


@pytest.mark.parametrize(("kind", "name", "key"), EVERY_KEY + EVERY_OTHER)
def test_every_key_is_read_under_each_of_its_names(kind: str, name: str, key: str) -> None:
    written, field, expected = VALUES[kind][key]
    lines = {"name" if kind == "authors" else "title": "X"}
    lines.pop(key, None)
    found = entry(kind, "\n".join(f"{k}: {v}" for k, v in {**lines, name: written}.items()))
    value = getattr(found, field)
    assert (tuple(n.label for n in value) if field == "aliases" and kind == "tags" else value) == (
        expected
    )


@pytest.mark.parametrize(
    ("kind", "made_of_others"),
    [
        ("pages", {"emphasis"}),
        ("tags", {"slug", "key", "old_addresses"}),
        ("sections", {"slug"}),
        ("authors", {"slug", "key"}),
    ],
)
def test_every_field_can_be_set(kind: str, made_of_others: set[str]) -> None:
    front = "name: X" if kind == "authors" else "title: X"
    settable = {field for _, field, _ in VALUES[kind].values()}
    names = {field.name for field in fields_of(entry(kind, front))}
    assert names == settable | made_of_others | {"source", "since"}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("about.md", "/about/"),
        ("About Us.md", "/about-us/"),
        ("policies/corrections.md", "/policies/corrections/"),
        ("policies/index.md", "/policies/"),
        ("index.md", "/"),
        ("Про нас.md", "/pro-nas/"),
    ],
)
def test_a_pages_place_is_its_address(name: str, address: str) -> None:
    page, problems = read_page(f"content/pages/{name}", b"---\ntitle: X\n---\n", UKRAINIAN)
    assert page is not None
    assert (page.address, problems) == (address, ())


def test_a_pages_slug_is_the_last_part_of_its_address() -> None:
    page = entry("pages", "title: X\nslug: who", "policies/corrections.md")
    assert isinstance(page, Page)
    assert page.address == "/policies/who/"


def test_a_pages_address_follows_its_own_language() -> None:
    page = entry("pages", "title: X\nlang: uk", "Гоголь.md")
    assert isinstance(page, Page)
    assert page.address == "/hohol/"


@pytest.mark.parametrize("name", ["---.md", "a/---/b.md"])
def test_a_page_without_an_address_is_an_error(name: str) -> None:
    assert problem("pages", "title: X", name).message.startswith("no address can be made")


@pytest.mark.parametrize("kind", ["pages", "authors"])
@pytest.mark.parametrize("front", ["", "title:", "title: '  '"])
def test_pages_and_authors_need_a_name(kind: str, front: str) -> None:
    key = {"pages": "title", "authors": "name"}[kind]
    assert problem(kind, front).message == f"no {key}"


@pytest.mark.parametrize(("kind", "field"), [("tags", "label"), ("sections", "title")])
def test_tags_and_sections_are_called_after_their_file_if_need_be(kind: str, field: str) -> None:
    assert getattr(entry(kind, "description: X", "town-hall.md"), field) == "Town hall"


@pytest.mark.parametrize("kind", ["tags", "sections", "authors"])
@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Kursk.md", "kursk.md"),
        ("town hall.md", "town-hall.md"),
        ("town_hall.md", "town-hall.md"),
        ("Курськ.md", "kursk.md"),
        ("page.md", "name.md"),
        ("---.md", "name.md"),
        ("kursk/index.md", "kursk.md"),
    ],
)
def test_a_file_name_that_is_no_slug_is_an_error_with_a_better_one(
    kind: str, name: str, better: str
) -> None:
    found = problem(kind, "name: X" if kind == "authors" else "title: X", name)
    assert found.hint == f'Rename the file, for example to "{better}".'
    assert found.place.line == 0


def test_a_tags_aliases_have_keys_and_addresses_of_their_own() -> None:
    tag = entry("tags", "title: Lukashenko\nlang: be\naliases: [Лукашэнка, Bat'ka]")
    assert isinstance(tag, Tag)
    assert [(name.key, name.slug) for name in tag.aliases] == [
        ("лукашэнка", "lukashenka"),
        ("batka", "batka"),
    ]
    assert (tag.key, tag.slug) == ("lukashenko", "x")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "x.org", "/about/", "//x.org"])
def test_an_authors_link_is_a_whole_address(link: str) -> None:
    found = problem("authors", f"name: X\nlinks:\n  -\n  - https://x.org\n  - '{link}'")
    assert found.message == f'not a web address: "{link}"'
    assert found.place.line == 6


@pytest.mark.parametrize("kind", list(KEYS))
def test_an_unknown_key_is_doubted(kind: str) -> None:
    front = "name: X" if kind == "authors" else "title: X"
    found = problem(kind, f"{front}\nwhatever: 1")
    assert (found.message, found.is_error) == ('unknown key "whatever"', False)


@pytest.mark.parametrize("kind", list(KEYS))
@pytest.mark.parametrize("data", [b"", b"Text", b"---\ntitle: a", b"---\n- a\n---\n", b"\xff"])
def test_a_file_that_cannot_be_read_is_an_error(kind: str, data: bytes) -> None:
    found, problems = READERS[kind](f"content/{kind}/x.md", data)
    assert found is None
    assert all(p.is_error and p.place.path == f"content/{kind}/x.md" for p in problems)
    assert problems


@pytest.mark.parametrize(("word", "is_draft"), [("false", True), ("true", False)])
def test_jekyll_s_switch_keeps_a_page_back(word: str, is_draft: bool) -> None:
    text = f"---\ntitle: About\npublished: {word}\n---\nUs.\n".encode()
    page, problems = read_page("content/pages/about.md", text, CONFIG)
    assert page
    assert (page.draft, problems) == (is_draft, ())


def test_an_alias_of_a_tag_that_is_an_address_is_no_name_of_it() -> None:
    tag = entry("tags", "title: Ferry\naliases: [Boats, /tag/ferry/, 'https://e.example/f/']")
    assert isinstance(tag, Tag)
    assert [name.label for name in tag.aliases] == ["Boats"]
    assert tag.old_addresses == ("/tag/ferry/", "https://e.example/f/")
