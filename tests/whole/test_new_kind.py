"""A kind of page more, with texts of its own, by the recipe in ARCHITECTURE.md.

Three things, and nothing else: a kind of text, a kind of page, a layout.
"""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.build import BuildOptions, build
from generator.live.site import LiveOptions, LiveSite
from generator.model.addresses import output_path
from generator.model.article import Source
from generator.model.body import Body
from generator.model.cards import Link
from generator.model.config import Config
from generator.model.kinds import Kinds
from generator.model.outputs import Output
from generator.model.pages import Head
from generator.model.plan import Slot
from generator.model.problems import SiteError
from generator.model.values import frozen
from generator.plan.kind import Kind
from generator.read.articles import Opened, open_text
from generator.read.fields import Fields
from generator.read.kinds import Read, TextKind
from generator.stages import building
from generator.why.answers import Question, explain

NOW = datetime(2026, 3, 1, tzinfo=UTC)

# 1. A kind of text: its value, and how it is read.


@frozen
class Event:
    """Something that will happen; `when` is as the newsroom wrote it."""

    source: Source
    address: str
    title: str
    when: str = ""
    draft: bool = False


def read_event(path: str, data: bytes, _config: Config, _slugs: frozenset[str]) -> Read:
    opened = open_text(path, data)
    if not isinstance(opened, Opened):
        return None, opened
    fields = Fields(opened.front, ("title", "when", "draft"), {})
    event = Event(
        opened.source(opening=False),
        f"/events/{Path(path).stem}/",
        fields.text("title"),
        fields.text("when"),
        fields.flag("draft"),
    )
    return event, tuple(fields.problems)


# 2. A kind of page: the values that its layout sees, and every file of it.


@frozen
class EventPage:
    """An event, or with `events` all of them; `story` is the newest one of the paper."""

    head: Head
    events: tuple[Link, ...] = ()
    story: str = ""
    source: Body | None = None
    when: str = ""
    body: str = ""


class Events(Kind):
    """A page for each event, and one that lists them."""

    reserved = frozenset({"events"})

    def slots(self) -> Iterator[Slot]:
        yield Slot("events/index.html", self._list, (), "event.html")
        for event in self.site.of(Event):
            path = output_path(event.address)
            yield Slot(path, self._event, (event,), "event.html", event.source.path)

    def _list(self) -> Output:
        events = self.site.of(Event)
        links = tuple(Link(event.title, self.config.base.url(event.address)) for event in events)
        newest = self.site.articles[0].title if self.site.articles else ""
        return self._output("/events/", EventPage(self._head("/events/", "All"), links, newest))

    def _event(self, event: Event) -> Output:
        body = self.links.body(event.source, event.address)
        page = EventPage(self._head(event.address, event.title), source=body, when=event.when)
        return self._output(event.address, page, event.source.path)

    def _head(self, address: str, title: str) -> Head:
        return Head(title, self.config.base.url(address))

    def _output(self, address: str, page: EventPage, source: str = "") -> Output:
        return Output(output_path(address), page, "event.html", source)


# 3. A layout.
LAYOUT = """\
<!doctype html><html lang="en"><title>{{ page.head.title }}</title>
<h1>{{ page.head.title }}</h1>{{ page.body }}<p>{{ page.story }}</p>
{% for event in page.events %}<a href="{{ event.url }}">{{ event.title }}</a>{% endfor %}
</html>
"""

KINDS = Kinds((TextKind("events", Event, read_event),), (Events,))
CONFIG = """\
title: T
base_url: https://e.example/
timezone: UTC
navigation: [{title: E, url: /events/}]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "config.yaml": CONFIG,
        "layouts/event.html": LAYOUT,
        "content/events/fair.md": "---\ntitle: The fair\n---\nAt noon. See [a](/articles/a.md).\n",
        "content/articles/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nTo [it](/events/fair.md), "
        "[all](/events/) and [the page](/events/fair/).\n",
        "content/articles/b.md": "---\ntitle: B\ndate: 2026-01-02\ntags: [x]\n---\nB.\n",
    }
    for path, text in files.items():
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "site"


def options(site: Path) -> BuildOptions:
    return BuildOptions(site, NOW, kinds=KINDS)


def tree(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def test_it_is_built_linked_to_and_in_the_sitemap(site: Path) -> None:
    report = build(options(site))
    assert report.problems == ()
    published = tree(site / "public")
    assert b"At noon." in published["events/fair/index.html"]
    assert b'<a href="/events/fair/">The fair</a>' in published["events/index.html"]
    story = published["news/2026/01/a/index.html"]
    assert story.count(b'href="/events/fair/"') == 2
    assert b"/events/fair/" in published["sitemaps/pages.xml"]
    assert b'href="/events/"' in published["index.html"]


def test_a_section_cannot_take_its_place(site: Path) -> None:
    (site / "content/articles/c.md").write_text(
        "---\ntitle: C\ndate: 2026-01-03\nsection: events\n---\n"
    )
    with pytest.raises(SiteError) as told:
        build(options(site))
    assert '"events" is reserved' in str(told.value)


def test_it_is_explained(site: Path) -> None:
    build(options(site))
    answer = explain(Question("/events/fair/", site, NOW, kinds=KINDS))
    assert (answer.path, answer.source) == ("events/fair/index.html", "content/events/fair.md")
    assert answer.stale == ""
    by_file = explain(Question("content/events/fair.md", site, NOW, kinds=KINDS))
    assert by_file.path == answer.path


def test_it_is_previewed_as_it_changes(site: Path) -> None:
    live = LiveSite(site, LiveOptions(now=NOW, kinds=KINDS))
    assert b"At noon." in live.answer("/events/fair/").data
    (site / "content/events/fair.md").write_text("---\ntitle: The great fair\n---\nAt one.\n")
    live.refresh(None)
    assert b"At one." in live.answer("/events/fair/").data
    assert b"The great fair" in live.answer("/events/").data
    live.close()


WORDS = ("One", "Two", "Three", "Four")


def edit(site: Path, draw: random.Random) -> None:
    """Some edit of a story, an event, or what they link to."""
    stories, events = site / "content/articles", site / "content/events"
    name, word = draw.choice("abcdef"), draw.choice(WORDS)
    event = events / f"{name}.md"
    if draw.random() < 1 / 2:  # a link that has led nowhere for a while is taken out
        (stories / "link.md").unlink(missing_ok=True)
    match draw.randrange(6):
        case 0:
            date = f"2026-01-{draw.randrange(1, 28):02}"
            (stories / f"{name}.md").write_text(f"---\ntitle: {word}\ndate: {date}\n---\n{word}.\n")
        case 1 if len([*stories.glob("*.md")]) > 1:
            (stories / f"{name}.md").unlink(missing_ok=True)
        case 2:
            event.write_text(f"---\ntitle: {word}\n---\nSee [all](/events/).\n")
        case 3:
            event.write_text(f"---\ntitle: {word}\ndraft: true\n---\n")
        case 4:
            event.unlink(missing_ok=True)
        case _:
            linking = f"---\ntitle: {word}\ndate: 2026-01-05\n---\n[It](/events/{name}/).\n"
            (stories / "link.md").write_text(linking)


def outcome(site: Path) -> tuple[object, ...]:
    try:
        report = build(options(site))
    except SiteError as error:
        return (error.problems,)
    return report.problems, report.articles, report.outputs, tree(report.output)


@pytest.mark.slow
def test_after_any_edits_it_is_what_a_clean_build_makes(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small: list[bool] = []
    since = building.build_since

    def noting(*given: Any) -> Any:  # noqa: ANN401 - as it is
        done = since(*given)
        small.append(done is not None)
        return done

    monkeypatch.setattr(building, "build_since", noting)
    draw = random.Random(7)  # noqa: S311 - it draws edits
    (site / "content/articles/a.md").write_text("---\ntitle: A\ndate: 2026-01-01\n---\nA.\n")
    build(options(site))
    for _ in range(200):
        edit(site, draw)
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("public", ".broadsheet"))
        assert outcome(site) == outcome(copy)
    assert sum(small) > 50  # most edits are no faults, and are built from what was there
