"""What stands in an output folder because we put it there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.addresses import folded
from generator.model.digests import content_digest
from generator.publish.manifest import (
    About,
    Manifest,
    Published,
    count_pages,
    folders_of,
    is_inside,
)

FILES = {
    "b/index.html": Published("0a", 4, "content/b.md", "f"),
    "a é": Published("1b", 0),
    "b/more.html": Published("2c", 7, "content/b.md", "g"),
}


def test_a_file_is_found_by_its_path() -> None:
    manifest = Manifest.of(FILES)
    assert {path: manifest.get(path) for path in FILES} == FILES
    assert manifest.get("b") is None
    assert manifest.get("B/index.html") is None
    assert manifest.files == FILES
    assert len(manifest) == 3


def test_paths_and_sizes_come_in_order() -> None:
    assert list(Manifest.of(FILES).sizes()) == [("a é", 0), ("b/index.html", 4), ("b/more.html", 7)]


def test_a_manifest_in_memory_was_never_stored() -> None:
    manifest = Manifest.of(FILES)
    assert manifest.about == About(state="", mark="", files=3, pages=2)
    assert not manifest.is_stored
    assert manifest.mark == ""


@pytest.mark.parametrize("many", [0, 1, 1200])
def test_files_are_found_by_what_they_were_made_from(many: int) -> None:
    manifest = Manifest.of(FILES)
    others = [f"content/{number}.md" for number in range(many)]
    of_b = {path: file for path, file in FILES.items() if path.startswith("b/")}
    assert manifest.sources(*others, "content/b.md") == of_b
    assert manifest.sources(*others) == {}


PUBLISHED = ["News/A.html", "news/b/index.html", "caf\u00e9", "logo.png", "Stra\u00dfe/x", "b0"]


@pytest.mark.parametrize(
    ("path", "clashes"),
    [
        ("logo.png", ()),
        ("Logo.PNG", ("logo.png",)),
        ("cafe\u0301", ("caf\u00e9",)),
        ("CAF\u00c9", ("caf\u00e9",)),
        ("caf\u00e9", ()),
        ("logo.png/x/y", ("logo.png",)),
        ("LOGO.png/x", ("logo.png",)),
        ("news", ("News/A.html", "news/b/index.html")),
        ("NEWS", ("News/A.html", "news/b/index.html")),
        ("news/a.html", ("News/A.html",)),
        ("news/b", ("news/b/index.html",)),
        ("news/c", ()),
        ("new", ()),
        ("b", ()),
        ("strasse", ("Stra\u00dfe/x",)),
        ("strasse/x", ("Stra\u00dfe/x",)),
    ],
)
def test_a_path_clashes_with_what_a_disk_may_not_tell_from_it(
    path: str, clashes: tuple[str, ...]
) -> None:
    assert Manifest.of(dict.fromkeys(PUBLISHED, Published("", 0))).clashes(path) == clashes


names = st.sampled_from(["a", "A", "b", "\u00e9", "e\u0301", "\u0130", "\u1e9e", "ss", "a0"])
some_paths = st.lists(names, min_size=1, max_size=3).map("/".join)


@given(st.sets(some_paths, max_size=6), some_paths)
def test_clashes_are_all_that_there_are(published: set[str], path: str) -> None:
    def clash(other: str) -> bool:
        one, two = folded(path), folded(other)
        return one == two or one.startswith(f"{two}/") or two.startswith(f"{one}/")

    manifest = Manifest.of(dict.fromkeys(published, Published("", 0)))
    expected = sorted(other for other in published if other != path and clash(other))
    assert list(manifest.clashes(path)) == expected


OUTSIDE = [
    "../a",
    "a/../../b",
    "/etc/passwd",
    "a//b",
    "a/",
    "./a",
    "a/.",
    "..",
    ".",
    "",
    "a\0b",
    "\ud800",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leaves_the_folder_is_noticed(path: str) -> None:
    assert not is_inside(path)


@pytest.mark.parametrize("path", ["a", "a/b.html", "..a", "a..b/c", ".well-known/x", "a b/é\\"])
def test_other_paths_stay_inside(path: str) -> None:
    assert is_inside(path)


@pytest.mark.parametrize("path", [path for path in OUTSIDE if path != "\ud800"])
def test_a_row_that_leads_outside_is_none_of_ours(path: str) -> None:
    manifest = Manifest.of({"fine": Published("", 1, "s"), path: Published("", 1, "s")})
    assert manifest.files.keys() == {"fine"}
    assert manifest.sources("s").keys() == {"fine"}
    assert manifest.doubted().keys() == {"fine"}


def test_a_doubted_manifest_knows_whose_the_files_are_but_not_what_is_in_them() -> None:
    doubted = Manifest.of(FILES).doubted()
    assert doubted.keys() == FILES.keys()
    assert {(file.digest, file.fingerprint) for file in doubted.values()} == {("", "")}
    assert doubted["b/index.html"].source == "content/b.md"


def test_html_files_are_pages() -> None:
    assert count_pages(["index.html", "a/b.html", "feed.xml", "html", "a.html/x"]) == 2


def test_the_folders_of_a_path_come_innermost_first() -> None:
    assert folders_of("a/b/c.html") == ["a/b", "a"]
    assert folders_of("c.html") == []


def test_equal_contents_have_equal_digests() -> None:
    assert content_digest(b"a") == content_digest(b"a") != content_digest(b"b")
    assert len(content_digest(b"")) == 32
