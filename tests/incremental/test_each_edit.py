"""Each kind of edit, one after the other; and faults planted in the engine, each of which tells."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from generator.model.body import MarkdownOptions
from generator.model.outputs import Frame, Output
from generator.plan.articles import Articles
from generator.plan.fingerprints import Fingerprints, Part, parts_of
from generator.plan.listings import Listings
from generator.plan.related import RelatedStories
from generator.publish import folder
from generator.publish.transaction import Transaction
from generator.read import memory
from generator.render.templates import Layouts
from tests.support.newsroom import Newsroom

Step = Callable[[Newsroom], None]
TAGS_FILE = "---\ntitle: The ferry\naliases: [Boat]\n---\nIt *sails*.\n"
EDITS: dict[str, Step] = {
    "a body": lambda room: room.append(0, "omega"),
    "a body, same size and time": lambda room: room.edit_with_same_size_and_time(1),
    "a title": lambda room: room.change(0, "title", "Another"),
    "a link to a story": lambda room: room.append(0, "[See](/articles/story-0.md)"),
    "a slug that others link to": lambda room: room.change(0, "slug", "moved"),
    "a tag's case": lambda room: room.change(1, "tags", "[FERRY]"),
    "a tag": lambda room: room.change(2, "tags", "[Kursk, Ferry]"),
    "a date": lambda room: room.change(2, "date", "2025-02-02T10:00:00Z"),
    "an author": lambda room: room.change(1, "authors", "[Ann]"),
    "an author's file": lambda room: room.write("content/authors/ann.md", "---\nname: Ann\n---\n"),
    "an author's name": lambda room: room.write(
        "content/authors/ann.md", "---\nname: Ann Other\n---\nBio.\n"
    ),
    "a draft": lambda room: room.change(3, "draft", "true"),
    "drafts shown": lambda room: setattr(room, "drafts", True),
    "drafts hidden": lambda room: setattr(room, "drafts", False),
    "no draft": lambda room: room.change(3, "draft", "false"),
    "an embargo": lambda room: room.change(3, "embargo", "2026-01-04T00:00:00Z"),
    "the clock, past the embargo": lambda room: room.step_the_clock(4),
    "an expiry": lambda room: room.change(1, "expires", "2026-01-06T00:00:00Z"),
    "the clock, past the expiry": lambda room: room.step_the_clock(4),
    "the clock, back": lambda room: room.step_the_clock(-7),
    "a section's file": lambda room: room.write(
        "content/sections/harbour.md", "---\ntitle: Harbour\norder: 1\n---\n"
    ),
    "a tag's file with an alias": lambda room: room.write("content/tags/ferry.md", TAGS_FILE),
    "a slip in a tag": lambda room: room.change(2, "tags", "[Ferrry]"),
    "a body beside the slip": lambda room: room.append(2, "beta"),
    "a tag without a slip": lambda room: room.change(2, "tags", "[Kursk, Ferry]"),
    "a body, with all tags known": lambda room: room.append(0, "alpha"),
    "a title, with all tags known": lambda room: room.change(0, "title", "The other"),
    "a story more, with all tags known": lambda room: room.add("story-4", "", 0, "Ferry"),
    "a script of the site's own": lambda room: room.write("static/app.js", "go()"),
    "no script": lambda room: room.put("static/app.js", None),
    "a layout of our own": lambda room: room.write("layouts/article.html", "{{ page.title }}"),
    "a part": lambda room: room.write("layouts/part.html", "{{ page.url }}"),
    "a layout that includes the part": lambda room: room.write(
        "layouts/article.html", "{% include 'part.html' %}"
    ),
    "the part again": lambda room: room.write("layouts/part.html", "{{ page.title }}!"),
    "a layout that extends the theme's": lambda room: room.write(
        "layouts/tag.html", "{% extends 'theme/tag.html' %}"
    ),
    "a part that shadows the theme's": lambda room: room.write(
        "layouts/parts/footer.html", "Ours."
    ),
    "the theme's part again": lambda room: (room.site / "layouts/parts/footer.html").unlink(),
    "no layout of our own": lambda room: (room.site / "layouts/article.html").unlink(),
    "the style sheet": lambda room: room.write("layouts/site.css", "body { color: black }"),
    "the paper's name": lambda room: room.configure("title", "Large"),
    "the page size": lambda room: room.configure("page_size", "3"),
    "fewer outputs": lambda room: room.configure("outputs", "{atom: false, archive: false}"),
    "a date without a zone": lambda room: room.change(0, "date", "2025-03-01 10:00"),
    "the time zone": lambda room: room.configure("timezone", "Pacific/Kiritimati"),
    "smart quotes": lambda room: room.configure("markdown", "{smart_quotes: true}"),
    "no longer a section": lambda room: room.configure("sections", "[news]"),
    "a static file": lambda room: room.draw("static/logo.svg", 1),
    "a picture": lambda room: room.change(0, "image", "{src: /logo.svg, alt: Ours}"),
    "the picture's size": lambda room: room.draw("static/logo.svg", 3),
    "a file of a story's own": lambda room: room.draw("content/articles/2025/boat.svg", 2),
    "a picture of a story's own": lambda room: room.change(
        0, "image", "{src: boat.svg, alt: A boat}"
    ),
    "a page": lambda room: room.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n"),
    "a story more": lambda room: room.add("story-5", "", 0, "Kursk"),
    "a story's place": lambda room: room.move(1, "2025/"),
    "a story's name": lambda room: room.rename(1, "renamed"),
    "two stories that swap names": lambda room: room.swap(0, 2),
    "a file that becomes a folder": lambda room: room.become_a_folder(0),
    "a folder that becomes a file": lambda room: room.become_a_file(0),
    "a fault, and its mending": lambda room: room.break_and_mend(0),
    "a story less": lambda room: room.delete(1),
    "a touch": lambda room: room.touch(0),
    "two workers": lambda room: setattr(room, "workers", 2),
    "a body, with two workers": lambda room: room.append(0, "alpha"),
    "no workers": lambda room: setattr(room, "workers", 0),
    "a build that is stopped": lambda room: room.interrupt(3),
    "a page that is lost": lambda room: room.lose_a_page(7),
    "a cache that is kept": lambda room: room.keep_the_cache(),
    "an edit after that": lambda room: room.change(0, "title", "After"),
    "the kept cache": lambda room: room.restore_the_cache(),
}


def test_incremental_equals_clean_after_each_kind_of_edit(room: Newsroom) -> None:
    for name, edit in EDITS.items():
        edit(room)
        room.check()
        assert room.broken == 0, name


@pytest.mark.parametrize("how", ["flip", "cut", "lengthen", "lose"])
def test_incremental_equals_clean_whatever_becomes_of_each_file_that_is_kept(
    room: Newsroom, how: str
) -> None:
    names = [room.kept(number).name for number in range(len(list(room.state.iterdir())))]
    assert len(names) >= 6
    for number, name in enumerate(names):
        room.append(0, f"After {name}.")
        room.damage_the_cache(number, 0.5, how)
        room.check()


def _no_layouts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Layouts, "digest", lambda _self, _name: "")


def _layouts_without_their_parts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Layouts, "dependencies", lambda _self, name: (name,))


def _no_frame(patch: pytest.MonkeyPatch) -> None:
    begin = Fingerprints.__init__

    def forget_the_frame(self: Fingerprints, _frame: Frame, *rest: Any) -> None:  # noqa: ANN401
        begin(self, Frame("", "", "", ""), *rest)

    patch.setattr(Fingerprints, "__init__", forget_the_frame)


def _no_bodies(patch: pytest.MonkeyPatch) -> None:
    _leave_out(Part.TEXT, patch)


def _no_cards(patch: pytest.MonkeyPatch) -> None:
    _leave_out(Part.STORIES, patch)


def _leave_out(part: Part, patch: pytest.MonkeyPatch) -> None:
    """Let a part of each fingerprint stand for nothing."""
    whole = Fingerprints.of

    def of(self: Fingerprints, output: Output) -> str:
        parts = parts_of(whole(self, output)) | {part: ""}
        return ".".join(parts.values())

    patch.setattr(Fingerprints, "of", of)


def _no_options(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MarkdownOptions, "__repr__", lambda _self: "")


def _size_and_modification_time_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory, "stamp_of", lambda file: " ".join(map(str, file.stamp[:2])))


def _memory_without_time_zone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory.Memory, "_whole_key", lambda _self: "")


def _nothing_is_deleted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(folder, "_delete", lambda _output, _paths: None)


def _articles_shown_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Fingerprints, "of", lambda _self, output: output.path)


def _neighbours_that_no_edit_reaches(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Articles, "_beside", lambda _self, _article: ())
    patch.setattr(RelatedStories, "seeing", lambda _self, _change: ())


def _listings_that_no_edit_reaches(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Listings, "touched", lambda _self, _change, _before: ())


def _what_is_published_is_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Transaction, "stands_whole", lambda _self: True)
    patch.setattr("generator.publish.transaction.stands", lambda _file, _size: True)


FAULTS: dict[Callable[[pytest.MonkeyPatch], None], tuple[str, ...]] = {
    _no_layouts: ("a layout of our own",),
    _layouts_without_their_parts: (
        "a part",
        "a layout that includes the part",
        "the part again",
    ),
    _no_frame: ("the paper's name",),
    _no_bodies: ("a body",),
    _no_cards: ("a title",),
    _no_options: ("a quotation", "smart quotes"),
    _size_and_modification_time_only: ("a body, same size and time",),
    _memory_without_time_zone: ("a date without a zone", "the time zone"),
    _nothing_is_deleted: ("a story less",),
    _articles_shown_for_ever: ("an expiry", "the clock, past the expiry"),
    _neighbours_that_no_edit_reaches: (
        "a neighbour",
        "a tag's file with an alias",
        "a title, with all tags known",
    ),
    _listings_that_no_edit_reaches: (
        "a tag's file with an alias",
        "a story more, with all tags known",
    ),
    _what_is_published_is_not_looked_at: ("a page that is lost",),
}
MORE_EDITS: dict[str, Step] = {
    "a quotation": lambda room: room.append(0, '"quoted"'),
    "a neighbour": lambda room: room.change(1, "section", "news"),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_a_planted_fault_is_noticed(
    fault: Callable[[pytest.MonkeyPatch], None], room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison is worth something: each of these faults makes it fail."""
    edits = EDITS | MORE_EDITS
    fault(monkeypatch)
    # What is published was made without the fault: begin again.
    shutil.rmtree(room.state)
    shutil.rmtree(room.output)
    room.build_here()
    with pytest.raises(AssertionError):  # noqa: PT012 - any of the steps may tell
        for name in FAULTS[fault]:
            edits[name](room)
            assert room.outcome(room.site, room.workers) == room.clean_outcome(), name
