"""What lies with a text, and where it is published with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Image, Newsroom, Page, Source, SourceFile, Tag
from generator.plan.own_files import (
    Bundles,
    Text,
    found_file,
    named_files,
    own_file,
    path_of,
    static_address,
    static_file,
    text_of,
)
from tests.support.planning import arranged, source, story

ARTICLE = "content/articles/2024/story.md"


def files(*paths: str) -> dict[str, SourceFile]:
    return {path: SourceFile(path, 1, f"digest of {path}") for path in paths}


@pytest.mark.parametrize(
    ("target", "path", "address"),
    [
        ("boat.jpg", "content/articles/2024/boat.jpg", "/news/story/boat.jpg"),
        ("./boat.jpg", "content/articles/2024/boat.jpg", "/news/story/boat.jpg"),
        ("img/boat.jpg", "content/articles/2024/img/boat.jpg", "/news/story/img/boat.jpg"),
        ("../old/boat.jpg", "content/articles/old/boat.jpg", "/news/story/boat.jpg"),
        ("two%20boats.jpg", "content/articles/2024/two boats.jpg", "/news/story/two boats.jpg"),
        ("50%.jpg", "content/articles/2024/50%.jpg", "/news/story/50%.jpg"),
        ("a%20b.jpg", "content/articles/2024/a%20b.jpg", "/news/story/a%20b.jpg"),
    ],
)
def test_a_relative_target_names_a_file(target: str, path: str, address: str) -> None:
    own = own_file(target, ARTICLE, "/news/story/", files(path))
    assert own
    assert (own.file.path, own.address) == (path, address)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "Boat.jpg",
        "/articles/2024/boat.jpg",
        "../../../static/logo.png",
        "../../../config.yaml",
        "../../../../etc/passwd",
        "..%2f..%2f..%2fconfig.yaml",
    ],
)
def test_what_is_not_beside_or_under_content_is_not_own(target: str) -> None:
    there = files(
        "content/articles/2024/boat.jpg", "static/logo.png", "config.yaml", "../etc/passwd"
    )
    assert own_file(target, ARTICLE, "/news/story/", there) is None


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/logo.png", "static/logo.png"),
        ("/img/../logo.png", "static/logo.png"),
        ("/two%20logos.png", "static/two logos.png"),
        ("/../content/articles/boat.jpg", ""),
        ("/%2e%2e/content/articles/boat.jpg", ""),
        ("/../../etc/passwd", ""),
        ("/", ""),
    ],
)
def test_a_target_from_the_root_names_a_file_under_static(target: str, path: str) -> None:
    there = files("static/logo.png", "static/two logos.png", "content/articles/boat.jpg")
    file = static_file(target, there)
    assert (file.path if file else "") == path
    assert not file or static_address(file) == path.removeprefix("static")


@given(st.text(st.sampled_from("./%2eabc\\"), max_size=12))
def test_no_target_finds_a_file_from_the_wrong_folder(target: str) -> None:
    there = files("content/a", "static/a", "a", "b", "content/articles/b", "config.yaml")
    own = own_file(target, ARTICLE, "/x/", there)
    assert own is None or own.file.path.startswith("content/")
    file = static_file(target, there)
    assert file is None or file.path.startswith("static/")
    found = found_file(target, there)
    assert found is None or found.path in there


def test_query_and_fragment_are_no_part_of_a_path() -> None:
    assert path_of("a/b.md?x=1#c?d") == "a/b.md"
    assert path_of("#top") == ""


def test_a_text_names_files_in_its_body_and_as_its_picture() -> None:
    there = files("content/pages/a.jpg", "content/pages/b.pdf", "content/pages/c#1.jpg", "static/d")
    links = (
        "a.jpg?small",
        "b.pdf#page=2",
        "/d",
        "https://x.org/a.jpg",
        "#a.jpg",
        "a.jpg",
        "no.gif",
    )
    text = Text(source("content/pages/about.md", *links), "/about/", ("c#1.jpg",))
    named = [(own.file.path, own.address) for own in named_files(text, there)]
    assert named == [
        ("content/pages/a.jpg", "/about/a.jpg"),
        ("content/pages/b.pdf", "/about/b.pdf"),
        ("content/pages/c#1.jpg", "/about/c#1.jpg"),
    ]


def bundled(there: dict[str, SourceFile], *paths: str) -> dict[str, list[str]]:
    texts = [Text(Source(path, "0"), f"/{n}/") for n, path in enumerate(paths)]
    bundles = Bundles(texts, there)
    return {text.source.path: [own.address for own in bundles.files_of(text)] for text in texts}


def test_all_files_in_the_folder_of_an_index_go_with_it() -> None:
    there = files("content/articles/trip/a.jpg", "content/articles/trip/img/b.jpg", "static/c")
    index, other = "content/articles/trip/index.md", "content/articles/trip/more.md"
    assert bundled(there, index, other) == {index: ["/0/a.jpg", "/0/img/b.jpg"], other: []}


def test_a_file_goes_with_the_nearest_index() -> None:
    there = files("content/articles/trip/a.jpg", "content/articles/trip/part/b.jpg")
    outer, inner = "content/articles/trip/index.md", "content/articles/trip/part/index.md"
    assert bundled(there, outer, inner) == {outer: ["/0/a.jpg"], inner: ["/1/b.jpg"]}


@pytest.mark.parametrize(
    "path", ["content/articles/index.md", "content/tags/index.md", "content/authors/x/index.md"]
)
def test_an_index_of_everything_or_of_a_subject_takes_no_files(path: str) -> None:
    there = files("content/articles/a.jpg", "content/tags/b.jpg", "content/authors/x/c.jpg")
    assert bundled(there, path) == {path: []}


def visible(newsroom: Newsroom) -> set[str]:
    files = arranged(newsroom)[0].files
    return {path for path in files if path.startswith("content/")}


def test_a_hidden_texts_files_are_hidden_with_it() -> None:
    hidden = story("secret", links=["plan.jpg"], image=Image("face.jpg"), draft=True)
    bundle = story("raid/index", draft=True)
    draft = Page(source("content/pages/draft.md", "map.png"), "/draft/", "Draft", draft=True)
    out = story("out", links=["boat.jpg"])
    there = files(
        *(f"content/articles/{name}.jpg" for name in ("plan", "face", "boat", "raid/a/b")),
        "content/pages/map.png",
        "static/logo.png",
    )
    newsroom = Newsroom((hidden, bundle, out), (draft,), files=tuple(there.values()))
    assert visible(newsroom) == {"content/articles/boat.jpg"}
    assert set(arranged(newsroom, drafts=True)[0].files) == set(there)


def test_a_file_that_another_text_names_too_stays() -> None:
    hidden = story("secret", links=["shared.jpg", "tag.jpg"], draft=True)
    out = story("out", image=Image("shared.jpg"))
    tag = Tag("a", "A", "a", source=source("content/tags/a.md", "../articles/tag.jpg"))
    there = files("content/articles/shared.jpg", "content/articles/tag.jpg")
    newsroom = Newsroom((hidden, out), tags=(tag,), files=tuple(there.values()))
    assert visible(newsroom) == set(there)


def test_a_visible_folder_does_not_publish_what_a_hidden_text_in_it_names() -> None:
    out, nested = story("trip/index"), story("trip/part/index", draft=True)
    hidden = story("trip/side", links=["side.jpg"], draft=True)
    there = files(*(f"content/articles/trip/{name}.jpg" for name in ("a", "side", "part/b")))
    newsroom = Newsroom((out, nested, hidden), files=tuple(there.values()))
    assert visible(newsroom) == {"content/articles/trip/a.jpg"}


def test_stories_and_pages_are_texts_alike() -> None:
    article = story("a", image=Image("a.jpg"))
    assert text_of(article) == Text(article.source, "/news/a/", ("a.jpg",))
    page = Page(source("content/pages/b.md"), "/b/", "B")
    assert text_of(page) == Text(page.source, "/b/")
