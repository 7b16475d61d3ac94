"""Whatever is edited, in whatever order: building what changed equals building everything anew."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from generator.build import BuildOptions, BuildReport, build
from generator.model.body import Body, MarkdownOptions
from generator.model.outputs import Card, Frame
from generator.model.problems import Problem, SiteError
from generator.plan.fingerprints import Fingerprints
from generator.publish import folder
from generator.read import memory
from generator.render.templates import Layouts

START = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = [f"story-{number}" for number in range(6)]
FOLDERS = ["", "world/", "2025/", "harbour/"]
TAGS = ["Ferry", "ferry", "War in Ukraine", "war-in-ukraine", "Kursk", "C++", "C"]
CONFIG = "title: Tiny\npage_size: 2\nsections: [news, world]\nfeeds: {items: 3, full_text: true}\n"
CONFIGS = [
    CONFIG,
    CONFIG.replace("Tiny", "Large"),
    CONFIG.replace("page_size: 2", "page_size: 3"),
    CONFIG + "outputs: {atom: false, archive: false}\n",
    CONFIG + "timezone: Pacific/Kiritimati\n",
    CONFIG + "markdown: {smart_quotes: true}\n",
    CONFIG.replace("[news, world]", "[news]"),
]
LAYOUTS = {
    "article.html": ["{{ page.title }} {{ page.body }}", "{% include 'part.html' %}"],
    "part.html": ["{{ page.url }}", "{{ page.title }}!"],
    "tag.html": [
        "{% extends 'theme/tag.html' %}",
        "{% for c in page.cards %}{{ c.url }}{% endfor %}",
    ],
    "site.css": ["body { color: black }"],
}
ENTRIES = {
    "tags/ferry.md": ["---\ntitle: The ferry\naliases: [Boat]\n---\nIt *sails*.\n"],
    "tags/kursk.md": ["---\ntitle: Kursk\n---\n", "---\ntitle: The Kursk region\n---\nText.\n"],
    "sections/world.md": ["---\ntitle: The World\n---\nAbroad.\n"],
    "sections/harbour.md": ["---\ntitle: Harbour\norder: 1\n---\n"],
    "authors/ann.md": [
        "---\nname: Ann\nrole: Reporter\n---\n",
        "---\nname: Ann Other\n---\nBio.\n",
    ],
    "pages/about.md": ["---\ntitle: About\n---\n[A story](/articles/story-0.md)\n"],
}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


class Newsroom(RuleBasedStateMachine):
    """A newsroom that edits at random, and builds after each edit."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.site = self.root / "site"
        self.good = self.root / "good"
        self.now = START
        self.serial = 0

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    def write(self, path: str, text: str) -> None:
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def stories(self) -> list[Path]:
        return sorted((self.site / "content/articles").rglob("*.md"))

    def story(self, number: int) -> Path:
        stories = self.stories()
        return stories[number % len(stories)]

    def change(self, number: int, key: str, value: str) -> None:
        """Set a front-matter key of a story."""
        file = self.story(number)
        lines = [line for line in file.read_text("utf-8").split("\n") if line]
        kept = [line for line in lines if not line.startswith(f"{key}:")]
        if value:
            kept.insert(1, f"{key}: {value}")
        file.write_text("\n".join(kept) + "\n", "utf-8")

    @initialize()
    def begin(self) -> None:
        self.write("config.yaml", CONFIG)
        for number, name in enumerate(NAMES[:4]):
            self.add(name, FOLDERS[number], number, TAGS[number])

    @rule(
        name=st.sampled_from(NAMES),
        folder=st.sampled_from(FOLDERS),
        day=st.integers(0, 5),
        tag=st.sampled_from(TAGS),
    )
    def add(self, name: str, folder: str, day: int, tag: str) -> None:
        date = START - timedelta(days=40 * day, hours=self.serial)
        text = f"---\ntitle: {name.title()}\ndate: {date.isoformat()}\ntags: [{tag}]\n---\nFirst.\n"
        self.serial += 1
        self.write(f"content/articles/{folder}{name}.md", text)

    @rule(number=st.integers(0, 5), word=st.sampled_from(["alpha", "omega", '"quoted"']))
    def edit_body(self, number: int, word: str) -> None:
        with self.story(number).open("a", encoding="utf-8") as file:
            file.write(f"\n{word}\n")

    @rule(
        number=st.integers(0, 5),
        setting=st.sampled_from(
            [
                *(("title", title) for title in ("One", "Two", "A longer title")),
                *(("tags", f"[{tag}]") for tag in TAGS),
                *(("slug", slug) for slug in ("first", "second", "")),
                *(("date", f"2025-{month:02}-02T10:00:00Z") for month in (1, 6, 12)),
                *(("updated", when) for when in ("2026-01-03T00:00:00Z", "")),
                *(("authors", author) for author in ("[Ann]", "[ann]", "[Ann Other, Bo]", "")),
                *(("draft", flag) for flag in ("true", "false")),
                *(("pinned", flag) for flag in ("true", "")),
                *(("embargo", when) for when in ("2026-01-04T00:00:00Z", "")),
                *(("expires", when) for when in ("2026-01-06T00:00:00Z", "")),
                *(("section", section) for section in ("world", "sport", "")),
                *(("aliases", alias) for alias in ("[/old/]", "")),
                *(("related", other) for other in ("[story-1]", "")),
                *(("image", image) for image in ("boat.svg", "/logo.svg", "")),
            ]
        ),
    )
    def change_setting(self, number: int, setting: tuple[str, str]) -> None:
        self.change(number, *setting)

    @rule(number=st.integers(0, 5), name=st.sampled_from(NAMES))
    def link(self, number: int, name: str) -> None:
        with self.story(number).open("a", encoding="utf-8") as file:
            file.write(f"\n[{name}](/articles/{name}.md)\n")

    @precondition(lambda self: len(self.stories()) > 2)
    @rule(number=st.integers(0, 5))
    def delete(self, number: int) -> None:
        self.story(number).unlink()

    @rule(number=st.integers(0, 5), folder=st.sampled_from(FOLDERS))
    def move(self, number: int, folder: str) -> None:
        file = self.story(number)
        target = self.site / "content/articles" / folder / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)

    @rule(number=st.integers(0, 5))
    def become_a_folder(self, number: int) -> None:
        file = self.story(number)
        if file.stem != "index":
            folder = file.with_suffix("")
            folder.mkdir(exist_ok=True)
            file.replace(folder / "index.md")

    @rule(number=st.integers(0, 5))
    def touch(self, number: int) -> None:
        os.utime(self.story(number))

    @rule(number=st.integers(0, 5))
    def edit_with_same_size_and_time(self, number: int) -> None:
        file = self.story(number)
        before = file.stat()
        text = file.read_text("utf-8")
        file.write_text(text.translate(str.maketrans("Ff", "fF")), "utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(number=st.integers(0, 5))
    def break_and_mend(self, number: int) -> None:
        file = self.story(number)
        text = file.read_text("utf-8")
        file.write_text(text.replace("title:", "title: [", 1), "utf-8")
        with pytest.raises(SiteError):
            self.build_here()
        file.write_text(text, "utf-8")

    @rule(text=st.sampled_from(CONFIGS))
    def configure(self, text: str) -> None:
        self.write("config.yaml", text)

    @rule(name=st.sampled_from(sorted(LAYOUTS)), which=st.integers(0, 2))
    def lay_out(self, name: str, which: int) -> None:
        texts = LAYOUTS[name]
        if which < len(texts):
            self.write(f"layouts/{name}", texts[which])
        else:
            (self.site / "layouts" / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(sorted(ENTRIES)), which=st.integers(0, 2))
    def enter(self, name: str, which: int) -> None:
        texts = ENTRIES[name]
        if which < len(texts):
            self.write(f"content/{name}", texts[which])
        else:
            (self.site / "content" / name).unlink(missing_ok=True)

    @rule(
        path=st.sampled_from(
            ["static/logo.svg", "content/articles/boat.svg", "content/articles/world/boat.svg"]
        ),
        width=st.integers(0, 3),
    )
    def draw(self, path: str, width: int) -> None:
        if width:
            self.write(path, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 1"/>')
        else:
            (self.site / path).unlink(missing_ok=True)

    @rule(days=st.integers(-2, 4))
    def step_the_clock(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(cut=st.floats(0, 1), flip=st.booleans())
    def damage_the_memory(self, cut: float, *, flip: bool) -> None:
        file = self.site / ".broadsheet/texts.db"
        if not file.exists():
            return
        data = bytearray(file.read_bytes())
        place = int(cut * (len(data) - 1))
        if flip:
            data[place] ^= 1 << (place % 8)
        file.write_bytes(data if flip else data[:place])

    def options(self, site: Path, output: Path) -> BuildOptions:
        return BuildOptions(site, self.now, output, workers=0, allow_shrink=True)

    def build_here(self) -> BuildReport:
        return build(self.options(self.site, self.root / "out"))

    @invariant()
    def incremental_equals_clean(self) -> None:
        if not self.site.exists():
            return
        told, published = self.outcome(self.site, self.root / "out")
        copy = self.root / "copy"
        shutil.copytree(self.site, copy, ignore=shutil.ignore_patterns(".broadsheet"))
        told_anew, published_anew = self.outcome(copy, self.root / "clean")
        shutil.rmtree(self.root / "clean", ignore_errors=True)
        assert told == told_anew
        if any(problem.is_error for problem in told):
            shutil.rmtree(copy)
            self.mend()
            return
        assert published == published_anew
        before = stamps(self.root / "out")
        again = self.build_here()
        assert stamps(self.root / "out") == before
        assert not again.changes.added + again.changes.changed + again.changes.deleted
        shutil.rmtree(self.good, ignore_errors=True)
        copy.rename(self.good)

    def mend(self) -> None:
        """Take the last edit back: a site with an error would hide all that follows."""
        for name in ("config.yaml", "content", "layouts", "static"):
            path = self.site / name
            if path.is_dir():
                shutil.rmtree(path)
            if (self.good / name).is_dir():
                shutil.copytree(self.good / name, path)
        shutil.copy2(self.good / "config.yaml", self.site)

    def outcome(self, site: Path, output: Path) -> tuple[tuple[Problem, ...], dict[str, bytes]]:
        try:
            problems = build(self.options(site, output)).problems
        except SiteError as error:
            return error.problems, {}
        return problems, tree(output)


@pytest.fixture
def _trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    # The machine edits faster than two seconds apart: without this the memory would
    # trust no file, and never be put to the test.
    monkeypatch.setattr(memory, "YOUNG_NANOSECONDS", 0)


Step = Callable[[Newsroom], None]
EDITS: dict[str, Step] = {
    "a body": lambda room: room.edit_body(0, "omega"),
    "a body, same size and time": lambda room: room.edit_with_same_size_and_time(1),
    "a title": lambda room: room.change(0, "title", "Another"),
    "a link to a story": lambda room: room.link(0, "story-0"),
    "a slug that others link to": lambda room: room.change(0, "slug", "moved"),
    "a tag's case": lambda room: room.change(1, "tags", "[FERRY]"),
    "a tag": lambda room: room.change(2, "tags", "[Kursk, Ferry]"),
    "a date": lambda room: room.change(2, "date", "2025-02-02T10:00:00Z"),
    "an author": lambda room: room.change(1, "authors", "[Ann]"),
    "an author's file": lambda room: room.enter("authors/ann.md", 0),
    "an author's name": lambda room: room.enter("authors/ann.md", 1),
    "a draft": lambda room: room.change(3, "draft", "true"),
    "no draft": lambda room: room.change(3, "draft", "false"),
    "an embargo": lambda room: room.change(3, "embargo", "2026-01-04T00:00:00Z"),
    "the clock, past the embargo": lambda room: room.step_the_clock(4),
    "an expiry": lambda room: room.change(2, "expires", "2026-01-06T00:00:00Z"),
    "the clock, past the expiry": lambda room: room.step_the_clock(4),
    "the clock, back": lambda room: room.step_the_clock(-7),
    "a section's file": lambda room: room.enter("sections/harbour.md", 0),
    "a tag's file with an alias": lambda room: room.enter("tags/ferry.md", 0),
    "a layout of our own": lambda room: room.lay_out("article.html", 0),
    "a part": lambda room: room.lay_out("part.html", 0),
    "a layout that includes the part": lambda room: room.lay_out("article.html", 1),
    "the part again": lambda room: room.lay_out("part.html", 1),
    "a layout that extends the theme's": lambda room: room.lay_out("tag.html", 0),
    "no layout of our own": lambda room: room.lay_out("article.html", 2),
    "the style sheet": lambda room: room.lay_out("site.css", 0),
    "the paper's name": lambda room: room.configure(CONFIGS[1]),
    "the page size": lambda room: room.configure(CONFIGS[2]),
    "fewer outputs": lambda room: room.configure(CONFIGS[3]),
    "a date without a zone": lambda room: room.change(0, "date", "2025-03-01 10:00"),
    "the time zone": lambda room: room.configure(CONFIGS[4]),
    "smart quotes": lambda room: room.configure(CONFIGS[5]),
    "no longer a section": lambda room: room.configure(CONFIGS[6]),
    "a static file": lambda room: room.draw("static/logo.svg", 1),
    "a picture": lambda room: room.change(0, "image", "/logo.svg"),
    "the picture's size": lambda room: room.draw("static/logo.svg", 3),
    "a page": lambda room: room.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n"),
    "a story more": lambda room: room.add("story-5", "", 0, "Kursk"),
    "a story's place": lambda room: room.move(1, "2025/"),
    "a file that becomes a folder": lambda room: room.become_a_folder(2),
    "a story less": lambda room: room.delete(1),
    "a touch": lambda room: room.touch(0),
    "a damaged memory": lambda room: room.damage_the_memory(0.5, flip=True),
    "half a memory": lambda room: room.damage_the_memory(0.5, flip=False),
}


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """A newsroom whose first site is built."""
    newsroom = Newsroom()
    newsroom.begin()
    newsroom.incremental_equals_clean()
    yield newsroom
    newsroom.teardown()


@pytest.mark.usefixtures("_trusting")
def test_incremental_equals_clean_after_each_kind_of_edit(room: Newsroom) -> None:
    for edit in EDITS.values():
        edit(room)
        room.incremental_equals_clean()


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
    shared = Fingerprints._shared  # noqa: SLF001 - a planted fault
    patch.setattr(
        Fingerprints,
        "_shared",
        lambda self, value: "" if isinstance(value, Body) else shared(self, value),
    )


def _no_cards(patch: pytest.MonkeyPatch) -> None:
    shared = Fingerprints._shared  # noqa: SLF001 - a planted fault
    patch.setattr(
        Fingerprints,
        "_shared",
        lambda self, value: "" if isinstance(value, Card) else shared(self, value),
    )


def _no_options(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(MarkdownOptions, "__repr__", lambda _self: "")


def _size_and_modification_time_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory, "_stamp", lambda file: " ".join(map(str, file.stamp[:2])))


def _memory_without_time_zone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory.Memory, "_whole_key", lambda _self: "")


def _nothing_is_deleted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(folder, "_delete", lambda _output, _paths: None)


def _articles_shown_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Fingerprints, "of", lambda _self, output: output.path)


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
}


@pytest.mark.usefixtures("_trusting")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_a_planted_fault_is_noticed(
    fault: Callable[[pytest.MonkeyPatch], None], room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison is worth something: each of these faults makes it fail."""
    quotation: dict[str, Step] = {"a quotation": lambda room: room.edit_body(0, '"quoted"')}
    edits = EDITS | quotation
    fault(monkeypatch)
    # What is published was made without the fault: begin again.
    shutil.rmtree(room.site / ".broadsheet")
    shutil.rmtree(room.root / "out")
    room.build_here()
    with pytest.raises(AssertionError):  # noqa: PT012 - any of the steps may tell
        for name in FAULTS[fault]:
            edits[name](room)
            told, published = room.outcome(room.site, room.root / "out")
            copy = room.root / "copy"
            shutil.copytree(room.site, copy, ignore=shutil.ignore_patterns(".broadsheet"))
            told_anew, published_anew = room.outcome(copy, room.root / "clean")
            shutil.rmtree(copy)
            shutil.rmtree(room.root / "clean")
            assert (told, published) == (told_anew, published_anew)


@pytest.mark.slow
@pytest.mark.usefixtures("_trusting")
def test_incremental_equals_clean_after_any_edits() -> None:
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=int(os.environ.get("BROADSHEET_SEQUENCES", "6")),
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize="BROADSHEET_SEQUENCES" not in os.environ,
        ),
    )
