"""How much a small change writes: a bounded number of files, and nothing beside them is touched."""

from collections.abc import Callable

import pytest

from tests.support.newsroom import Newsroom

STORIES = 120
TAGS = [f"Tag {number}" for number in range(7)]
MOST_FILES = 40


@pytest.fixture
def archive(make_newsroom: Callable[[], Newsroom]) -> Newsroom:
    """Many stories, each with five of seven tags that have files, and one of two authors."""
    room = make_newsroom()
    room.configure("feeds", "{items: 20, full_text: true}")
    room.configure("page_size", "20")
    for number, tag in enumerate(TAGS):
        room.write(f"content/tags/tag-{number}.md", f"---\ntitle: {tag}\n---\n")
    for name in ("ann", "bo"):
        room.write(f"content/authors/{name}.md", f"---\nname: {name.title()}\n---\n")
    for number in range(STORIES):
        publish(room, number)
    room.check()
    return room


def publish(room: Newsroom, number: int) -> None:
    """Write a story that is younger than those before it."""
    month, hour = 1 + number // 12, number % 12
    tags = ", ".join(TAGS[number % 3 : number % 3 + 5])
    room.write(
        f"content/articles/world/late-{number}.md",
        f"---\ntitle: Late {number}\ndate: 2025-{month:02}-02T{hour:02}:00:00Z\ntags: [{tags}]\n"
        f"authors: [{'Ann' if number % 2 else 'Bo'}]\nsummary: What it says.\n---\nFirst.\n",
    )


def written(room: Newsroom, stamps: dict[str, tuple[int, int]]) -> set[str]:
    """Build, and hold what that wrote against what it says; all else has its inode and time."""
    changes = room.build_here().changes
    now = room.stamps()
    told = {*changes.added, *changes.changed}
    assert not changes.deleted
    assert {path for path in now if now[path] != stamps.get(path)} == told
    return told


def test_a_new_story_with_five_tags_writes_forty_files_at_most(archive: Newsroom) -> None:
    """But for each listing whose older page it fills: that is two files more."""
    for number in range(STORIES, STORIES + 3):
        before = archive.stamps()
        publish(archive, number)
        told = written(archive, before)
        pages = {path for path in told if "/page/" in f"/{path}"}
        assert len(told - pages) <= MOST_FILES
        assert any(path.endswith(f"late-{number}/index.html") for path in told)
        archive.check()


def test_a_corrected_paragraph_in_an_old_story_writes_one_page_and_nothing_else(
    archive: Newsroom,
) -> None:
    before = archive.stamps()
    page = "world/2025/02/late-14/index.html"
    assert page in before
    story = archive.site / "content/articles/world/late-14.md"
    story.write_text(story.read_text("utf-8").replace("First.", "First. Corrected."), "utf-8")
    assert written(archive, before) == {page}


def test_a_corrected_paragraph_in_a_new_story_writes_its_page_and_the_feeds_that_carry_it(
    archive: Newsroom,
) -> None:
    before = archive.stamps()
    name = f"late-{STORIES - 1}"
    story = archive.site / f"content/articles/world/{name}.md"
    text = story.read_text("utf-8")
    story.write_text(text + "\nCorrected.\n", "utf-8")
    told = written(archive, before)
    feeds = {path for path in told if not path.endswith(".html")}
    assert list(told - feeds) == [f"world/2025/10/{name}/index.html"]
    folders = {path.rpartition("/")[0] for path in feeds}
    tags = {f"tags/tag-{n}" for n in range(7) if f"Tag {n}" in text}
    assert len(tags) == 5
    assert folders == {"", "world", "authors/ann", *tags}


def test_a_story_that_says_when_it_was_corrected_changes_no_feed_that_cannot_tell(
    archive: Newsroom,
) -> None:
    archive.configure("feeds", "{items: 20, full_text: false}")
    archive.build_here()
    before = archive.stamps()
    name = f"late-{STORIES - 1}"
    story = archive.site / f"content/articles/world/{name}.md"
    told = "updated: 2025-11-01T08:00:00Z\nsummary:"
    story.write_text(story.read_text("utf-8").replace("summary:", told), "utf-8")
    kinds = {path.rpartition("/")[2] for path in written(archive, before)}
    assert kinds == {"index.html", "atom.xml", "feed.json", "2025-10.xml", "sitemap.xml"}
    assert written(archive, archive.stamps()) == set()


def test_a_build_of_the_same_writes_nothing(archive: Newsroom) -> None:
    before = archive.stamps()
    archive.touch(3)
    assert written(archive, before) == set()
