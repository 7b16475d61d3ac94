"""Whatever is edited, in whatever order: building what changed equals building everything anew.

`make soak` does the same for hours, with other edits each time: every seed that has passed is a
line in a file, and is not tried again with the same code.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from generator.stages import building
from generator.stages.version import code_version
from tests.support.newsroom import Newsroom

Value = TypeVar("Value", bound=str | None)
BATCH = 15
"""Sequences of one seed: some ten seconds."""
STEPS = 11
"""The first of them begins."""
SEQUENCES = int(os.environ.get("BROADSHEET_SEQUENCES", "300"))
FIRST_SEED = int(os.environ.get("BROADSHEET_SEED", "0"))
RESULTS = os.environ.get("BROADSHEET_SOAK_RESULTS", "")
FEWEST_PARTS = 20
"""So many builds of a batch must have been done in part, or that is hardly tested."""

THEME = Path(__file__).resolve().parents[2] / "layouts"
NAMES = [*(f"story-{number}" for number in range(6)), "old-2"]
FOLDERS = ["", "world/", "2025/", "harbour/"]
TAGS = ["Ferry", "ferry", "War in Ukraine", "war-in-ukraine", "Kursk", "C++", "C"]
TAG_FILES = {"ferry": "Ferry", "war-in-ukraine": "War in Ukraine", "kursk": "Kursk"}
USUAL = {
    "title": ["One", "Two", "A longer title"],
    "summary": ["What it says.", "What it says, and more.", ""],
    "date": ["2025-01-02T10:00:00Z", "2025-06-02", "2025-12-02 10:00", "2025-12-30T00:00:00Z"],
    "updated": ["2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", ""],
    "authors": ["[Ann]", "[ann]", "[Ann Other, Bo]", "[Bo]", ""],
    "tags": ["[Ferry]", "[Ferry, Kursk]", "[Kursk, War in Ukraine]"],
    "pinned": ["true", ""],
    "weight": ["1", "2", ""],
    "type": ["opinion", "sponsored", ""],
    "noindex": ["true", ""],
    "feed_exclude": ["true", ""],
    "id": ["one", "two", ""],
}
UNUSUAL = {
    "tags": ["[Ferrry]", "[Ferry]"],  # one as a slip of the pen
    "slug": ["first", "second", ""],
    # Where something else stands, or may come to stand.
    "url": ["/about/", "/tags/ferry/page/3/", "/archive/2025/01/", "/old/", ""],
    "draft": ["true", "false"],
    "date": ["2026-01-03T00:00:00Z", "2024-02-29"],
    "embargo": ["2026-01-04T00:00:00Z", ""],
    "expires": ["2026-01-06T00:00:00Z", ""],
    "section": ["world", "sport", ""],
    "aliases": ["[/old/]", ""],
    "related": ["[story-1]", ""],
    "image": ["{src: boat.svg, alt: A boat}", "{src: /logo.svg, alt: Ours}", "/logo.svg", ""],
    "lang": ["uk", ""],
    "colour": ["blue", ""],  # no key that is known
}
OPTIONS = {
    "title": ["Tiny", "Large"],
    "base_url": ["https://example.org/paper/", ""],
    "description": ["A paper.", ""],
    "language": ["uk", ""],
    "timezone": ["Pacific/Kiritimati", ""],
    "permalink": ["/:section/:slug/", "/:year/:month/:day/:slug/", ""],
    "page_size": ["2", "3"],
    "sections": ["[news, world]", "[news]", "[world, news]"],
    "navigation": ["[{title: World, url: /world/}, {title: Old, url: /page/2}]", ""],
    "titles": ["{tags: Topics}", ""],
    "front": ["{secondary: 1, block: 1}", ""],
    "outputs": ["{atom: false, archive: false}", "{tags: false}", "{authors: false}", ""],
    "feeds": ["{items: 3, full_text: true}", "{items: 2}"],
    "markdown": ["{smart_quotes: true}", ""],
    "related": ["0", "1", ""],
    "updated_after": ["0", ""],
    "strict": ["true", ""],
    "extra": ["{slogan: All the news}", ""],
}
LAYOUTS = {
    "article.html": [
        "{{ page.title }} {{ page.body }}",
        "{% include 'part.html' %}",
        "{% extends 'theme/article.html' %}",
    ],
    "part.html": ["{{ page.url }}", "{{ page.title }} {{ site.extra.slogan }}"],
    "tag.html": [
        "{% extends 'theme/tag.html' %}",
        "{% for c in page.cards %}{{ c.url }}{% endfor %}",
    ],
    "site.css": ["body { color: black }"],
    # These stand in the way of the theme's own.
    "base.html": [(THEME / "base.html").read_text("utf-8").replace("<body>", "<body class=ours>")],
    "parts/footer.html": ["<footer>{{ site.title }}</footer>", "{# Nothing. #}"],
    "parts/words.html": [(THEME / "parts/words.html").read_text("utf-8") + "{# Ours. #}"],
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
FILES = [
    "static/logo.svg",
    "content/articles/boat.svg",
    "content/articles/world/boat.svg",
    "content/articles/story-0/boat.svg",
]
PICTURES = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 1"/>' for width in (1, 2, 3)
]
USUALLY = ["usual", "usual", "edit", "add"]
KINDS = [*USUALLY, "unusual", "move", "swap", "enter", "draw", "clock"]
DAMAGES = ["flip", "cut", "lengthen", "lose"]
WORDS = [
    *("alpha", "omega", '"quoted"', "![Own](boat.svg)"),
    *("[Older](/tags/ferry/page/1/)", "[Oldest](/page/1/)", "[January](/archive/2025/01/)"),
]


any_number = st.integers(0, 2**32 - 1)


def another(values: Sequence[Value], now: str | None, which: int) -> Value:
    """One of some values, but not the one that is there: an edit that changes nothing is none."""
    others = [value for value in values if value != now]
    return others[which % len(others)]


class AnyEdits(RuleBasedStateMachine):
    """Edits at random; after each of them the site is built, and held against a clean build."""

    def __init__(self, room: Newsroom) -> None:
        super().__init__()
        self.room = room
        self.is_begun = False
        self.turn = 0

    @initialize(is_settled=st.sampled_from([True, True, True, False]))
    def begin(self, *, is_settled: bool) -> None:
        """In a settled newsroom few edits reach far, and many are built in part."""
        if is_settled:
            for name, title in TAG_FILES.items():
                self.room.write(f"content/tags/{name}.md", f"---\ntitle: {title}\n---\n")
            for name in ("ann", "bo"):
                self.room.write(f"content/authors/{name}.md", f"---\nname: {name.title()}\n---\n")
            for day, folder in enumerate(FOLDERS):
                self.room.add(f"old-{day}", folder, day, TAGS[day % len(TAGS)])
        self.is_begun = True

    def scattered(self, number: int) -> int:
        """Another number each time: Hypothesis likes to draw one again, and small ones best."""
        self.turn += 1
        return random.Random(number + self.turn).getrandbits(32)  # noqa: S311 - the same each run

    def change_one_of(self, number: int, settings: dict[str, list[str]], which: int) -> None:
        """Let one of some settings of a story be another."""
        which = self.scattered(which)
        key = sorted(settings)[which % len(settings)]
        now = self.room.setting(self.room.story(number), key)
        self.room.change(number, key, another(settings[key], now, which // len(settings)))

    def put_another(self, path: str, texts: Sequence[str], which: int) -> None:
        """Let a file have another text, or none."""
        text = another([*texts, None], self.room.text(path), self.scattered(which))
        self.room.put(path, text)

    def put_another_of(
        self, texts: dict[str, list[str]], folder: str, number: int, which: int
    ) -> None:
        """Let one of some files have another text, or none."""
        name = sorted(texts)[number % len(texts)]
        self.put_another(f"{folder}/{name}", texts[name], which)

    def small_edit(self, kind: str, number: int, which: int) -> None:
        """One of the edits of which several may come in one step."""
        number, which = self.scattered(number), self.scattered(which)
        room, name = self.room, NAMES[which % len(NAMES)]
        match kind:
            case "add":
                room.add(name, FOLDERS[number % 4], which % 6, list(TAG_FILES.values())[which % 3])
            case "edit":
                room.append(number, WORDS[which % len(WORDS)])
            case "usual":
                self.change_one_of(number, USUAL, which)
            case "unusual":
                self.change_one_of(number, UNUSUAL, which)
            case "move":
                room.move(number, FOLDERS[which % len(FOLDERS)])
            case "swap":
                room.swap(number, which)
            case "enter":
                self.put_another_of(ENTRIES, "content", number, which)
            case "draw":
                self.put_another(FILES[number % len(FILES)], PICTURES, which)
            case _:
                room.step_the_clock(which % 3)

    @rule(
        edits=st.lists(
            st.tuples(st.sampled_from(USUALLY), any_number, any_number), min_size=1, max_size=4
        )
    )
    def at_once(self, edits: list[tuple[str, int, int]]) -> None:
        """Several edits that a build of a part may do; named so that Hypothesis likes it best."""
        for kind, number, which in edits:
            self.small_edit(kind, number, which)

    @rule(
        edits=st.lists(
            st.tuples(st.sampled_from(KINDS), any_number, any_number), min_size=2, max_size=4
        )
    )
    def at_once_of_any_kind(self, edits: list[tuple[str, int, int]]) -> None:
        for kind, number, which in edits:
            self.small_edit(kind, number, which)

    @rule(
        name=st.sampled_from(NAMES),
        folder=st.sampled_from(FOLDERS),
        day=st.integers(0, 5),
        tag=st.sampled_from(TAGS),
    )
    def add(self, name: str, folder: str, day: int, tag: str) -> None:
        self.room.add(name, folder, day, tag)

    @rule(number=any_number, word=st.sampled_from(WORDS))
    def edit(self, number: int, word: str) -> None:
        self.room.append(number, word)

    @rule(number=any_number, which=any_number)
    def change(self, number: int, which: int) -> None:
        self.change_one_of(number, UNUSUAL, which)

    @rule(number=any_number, which=any_number)
    def retag(self, number: int, which: int) -> None:
        self.change_one_of(number, {"tags": [f"[{tag}]" for tag in TAGS]}, which)

    @rule(number=any_number, name=st.sampled_from(NAMES))
    def link(self, number: int, name: str) -> None:
        self.room.append(number, f"[{name}](/articles/{name}.md)")

    @rule(number=any_number)
    def delete(self, number: int) -> None:
        self.room.delete(number)

    @rule(number=any_number, folder=st.sampled_from(FOLDERS))
    def move(self, number: int, folder: str) -> None:
        self.room.move(number, folder)

    @rule(number=any_number, name=st.sampled_from(NAMES))
    def rename(self, number: int, name: str) -> None:
        self.room.rename(number, name)

    @rule(number=any_number)
    def become_a_folder_or_a_file(self, number: int) -> None:
        if self.room.is_folder(number):
            self.room.become_a_file(number)
        else:
            self.room.become_a_folder(number)

    @rule(number=any_number, other=any_number)
    def swap(self, number: int, other: int) -> None:
        self.room.swap(number, other)

    @rule(number=any_number)
    def touch(self, number: int) -> None:
        self.room.touch(number)

    @rule(number=any_number)
    def edit_with_same_size_and_time(self, number: int) -> None:
        self.room.edit_with_same_size_and_time(number)

    @rule(number=any_number)
    def break_and_mend(self, number: int) -> None:
        self.room.break_and_mend(number)

    @rule(key=st.sampled_from(sorted(OPTIONS)), which=any_number)
    def configure(self, key: str, which: int) -> None:
        now = self.room.setting(self.room.site / "config.yaml", key)
        self.room.configure(key, another(OPTIONS[key], now, which))

    @rule(name=st.sampled_from(sorted(LAYOUTS)), which=any_number)
    def lay_out(self, name: str, which: int) -> None:
        self.put_another(f"layouts/{name}", LAYOUTS[name], which)

    @rule(name=st.sampled_from(sorted(ENTRIES)), which=any_number)
    def enter(self, name: str, which: int) -> None:
        self.put_another(f"content/{name}", ENTRIES[name], which)

    @rule(path=st.sampled_from(FILES), which=any_number)
    def draw(self, path: str, which: int) -> None:
        self.put_another(path, PICTURES, which)

    @rule(days=st.sampled_from([-2, -1, 1, 2, 4]))
    def step_the_clock(self, days: int) -> None:
        self.room.step_the_clock(days)

    @rule(number=any_number, which=any_number)
    def show_or_hide_drafts(self, number: int, which: int) -> None:
        self.room.drafts = not self.room.drafts
        self.change_one_of(number, USUAL, which)

    @rule(workers=st.sampled_from([0, 1, 2]), number=any_number, which=any_number)
    def work_with(self, workers: int, number: int, which: int) -> None:
        self.room.workers = workers
        self.change_one_of(number, USUAL, which)

    @rule(number=any_number, cut=st.floats(0, 1), how=st.sampled_from(DAMAGES))
    def damage_the_cache(self, number: int, cut: float, how: str) -> None:
        self.room.damage_the_cache(number, cut, how)

    @rule(number=st.integers(0, 60))
    def lose_a_page(self, number: int) -> None:
        self.room.lose_a_page(number)

    @rule(number=any_number, which=any_number)
    def keep_the_cache(self, number: int, which: int) -> None:
        self.room.keep_the_cache()
        self.change_one_of(number, UNUSUAL, which)

    @rule(number=any_number, which=any_number)
    def restore_the_cache(self, number: int, which: int) -> None:
        if self.room.has_kept_the_cache():
            self.room.restore_the_cache()
        else:
            self.room.keep_the_cache()
        self.change_one_of(number, USUAL, which)

    @rule(number=any_number, which=any_number, done=st.integers(0, 50))
    def interrupt(self, number: int, which: int, done: int) -> None:
        self.change_one_of(number, USUAL, which)
        self.room.interrupt(done)

    @invariant()
    def incremental_equals_clean(self) -> None:
        if self.is_begun:
            self.room.check()


@dataclass
class Tally:
    """What one seed came to."""

    sequences: int = 0
    builds: int = 0
    broken: int = 0
    parts: int = 0


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Tally:
    """Counts the builds that were done in part, beside whatever else is counted."""
    counted = Tally()
    build_since = building.build_since

    def counting(*given: Any) -> Any:  # noqa: ANN401 - as it is
        done = build_since(*given)
        counted.parts += done is not None
        return done

    monkeypatch.setattr(building, "build_since", counting)
    return counted


def code() -> str:
    """Stands for everything that decides what becomes of a seed."""
    here = Path(__file__)
    ours = b"".join(file.read_bytes() for file in (here, here.with_name("conftest.py")))
    return f"{code_version()[:12]} {sha256(ours).hexdigest()[:12]}"


def has_passed(number: int) -> bool:
    """Whether a seed has passed before, with this very code."""
    with suppress(FileNotFoundError):
        lines = Path(RESULTS).read_text("utf-8").splitlines()
        known = {(line["seed"], line["code"]) for line in map(json.loads, lines) if line["passed"]}
        return (number, code()) in known
    return False


@contextmanager
def noted(number: int, tally: Tally) -> Iterator[None]:
    """Whatever comes of a seed, let it be a line of the results, if these are wanted."""
    began, failure = time.perf_counter(), ""
    try:
        yield
    except BaseException as error:
        failure = "\n".join([repr(error)[:2000], *getattr(error, "__notes__", [])])
        raise
    finally:
        line = {
            "seed": number,
            "passed": not failure,
            **vars(tally),
            "seconds": round(time.perf_counter() - began, 1),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "code": code(),
            "failure": failure,
        }
        if RESULTS:
            with Path(RESULTS).open("a", encoding="utf-8") as results:
                results.write(json.dumps(line) + "\n")


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "number", range(FIRST_SEED, FIRST_SEED + -(-SEQUENCES // BATCH)), ids=lambda n: f"seed-{n}"
)
def test_incremental_equals_clean_after_any_edits(
    number: int, make_newsroom: Callable[[], Newsroom], tally: Tally
) -> None:
    if RESULTS and has_passed(number):
        pytest.skip("has passed before")
    rooms: list[Newsroom] = []

    class Edits(AnyEdits):
        def __init__(self) -> None:
            rooms.append(make_newsroom())
            super().__init__(rooms[-1])

    rules = settings(
        max_examples=BATCH,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    with noted(number, tally):
        run_state_machine_as_test(seed(number)(Edits), settings=rules, _min_steps=STEPS)
        tally.sequences = len(rooms)

        tally.builds = sum(room.builds for room in rooms)
        tally.broken = sum(room.broken for room in rooms)
        assert tally.builds >= BATCH * STEPS
        assert tally.parts >= FEWEST_PARTS
