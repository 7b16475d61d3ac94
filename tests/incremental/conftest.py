"""A newsroom that edits the files of its site, and holds every build against a clean one."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from generator.build import BuildOptions, BuildReport, build
from generator.model.layouts import LayoutFile
from generator.model.problems import Problem, SiteError
from generator.read import stamps as stamps_module
from generator.render.environment import make_environment
from generator.stages.version import code_version

START = datetime(2026, 1, 1, tzinfo=UTC)
STORIES = "content/articles"
SOURCES = ("config.yaml", "content", "layouts", "static")
PLACES = {"story-0": "", "story-1": "world/", "story-2": "2025/", "story-3": "harbour/"}
CONFIG = """\
title: Tiny
page_size: 2
sections: [news, world]
feeds: {items: 3, full_text: true}
"""
ROOM_WANTED = 1 << 28
"""Bytes that must be free in memory for sites to lie there instead of on a disk."""

Tree = dict[str, bytes]
Stamps = dict[str, tuple[int, int]]
Outcome = tuple[tuple[Problem, ...], tuple[object, ...], Tree]
"""What a build told, what it counted, and what stands published."""


def tree(folder: Path) -> Tree:
    """What files hold, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps(folder: Path) -> Stamps:
    """The inode and time of files, by path."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


class Newsroom:
    """A site in a folder of its own: it is edited, and built after each edit.

    `builds` counts the builds that were held against a clean one, `broken` those of them
    that an error stopped.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.site, self.good = root, root / "site", root / "good"
        self.now, self.workers, self.drafts = START, 0, False
        self.builds = self.broken = self._serial = 0
        self._is_cache_sound = True
        self.write("config.yaml", CONFIG)
        for day, (name, place) in enumerate(PLACES.items()):
            self.add(name, place, day, "Ferry")

    # What is there

    @property
    def output(self) -> Path:
        """The published folder."""
        return self.site / "public"

    @property
    def state(self) -> Path:
        """Where everything is kept that a build remembers."""
        return self.site / ".broadsheet"

    def stories(self) -> list[Path]:
        return sorted((self.site / STORIES).rglob("*.md"))

    def story(self, number: int) -> Path:
        stories = self.stories()
        return stories[number % len(stories)]

    def files(self) -> list[Path]:
        """All that is written by people, but for the configuration."""
        folders = [self.site / name for name in SOURCES[1:]]
        return sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())

    def kept(self, number: int) -> Path:
        """One of the files in which a build remembers something."""
        files = sorted(file for file in self.state.iterdir() if file.is_file())
        return files[number % len(files)]

    # Edits

    def write(self, path: str, text: str) -> None:
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def text(self, path: str) -> str | None:
        """What a file holds; None for no file."""
        file = self.site / path
        return file.read_text("utf-8") if file.exists() else None

    def put(self, path: str, text: str | None) -> None:
        """Let a file hold a text; None for no file."""
        if text is None:
            (self.site / path).unlink(missing_ok=True)
        else:
            self.write(path, text)

    def add(self, name: str, folder: str, day: int, tag: str) -> None:
        date = START - timedelta(days=40 * day, hours=self._serial)
        text = f"---\ntitle: {name.title()}\ndate: {date.isoformat()}\ntags: [{tag}]\n---\nFirst.\n"
        self._serial += 1
        self.write(f"{STORIES}/{folder}{name}.md", text)

    def append(self, number: int, text: str) -> None:
        """Add a paragraph to a story."""
        with self.story(number).open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")

    def setting(self, file: Path, key: str) -> str:
        """What a story's front matter or the configuration says."""
        lines = file.read_text("utf-8").split("\n")
        found = (line.removeprefix(f"{key}: ") for line in lines if line.startswith(f"{key}: "))
        return next(found, "")

    def change(self, number: int, key: str, value: str) -> None:
        """Set a front-matter key of a story, or remove it."""
        _set_line(self.story(number), key, value, at=1)

    def configure(self, key: str, value: str) -> None:
        """Set a key of the configuration, or remove it."""
        _set_line(self.site / "config.yaml", key, value, at=0)

    def delete(self, number: int) -> None:
        if len(self.stories()) > 2:
            self.story(number).unlink()

    def move(self, number: int, folder: str) -> None:
        """Put a story into another folder."""
        self._put_at(number, self.site / STORIES / folder / self.story(number).name)

    def rename(self, number: int, name: str) -> None:
        """Give a story's file, or its folder's, another name."""
        file = self.story(number)
        if self.is_folder(number):
            self._put_at(number, file.parent.with_name(name) / file.name)
        else:
            self._put_at(number, file.with_name(f"{name}.md"))

    def swap(self, number: int, other: int) -> None:
        """Let two stories have each other's name."""
        one, two = self.story(number), self.story(other)
        texts = one.read_bytes(), two.read_bytes()
        two.write_bytes(texts[0])
        one.write_bytes(texts[1])

    def is_folder(self, number: int) -> bool:
        """Whether a story has a folder of its own."""
        return self.story(number).stem == "index"

    def become_a_folder(self, number: int) -> None:
        self._put_at(number, self.story(number).with_suffix("") / "index.md")

    def become_a_file(self, number: int) -> None:
        folder = self.story(number).parent
        self._put_at(number, folder.with_name(f"{folder.name}.md"))

    def _put_at(self, number: int, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        self.story(number).replace(target)

    def draw(self, path: str, width: int) -> None:
        """Draw a picture as wide as that."""
        self.write(path, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 1"/>')

    def touch(self, number: int) -> None:
        files = self.files()
        os.utime(files[number % len(files)])

    def edit_with_same_size_and_time(self, number: int) -> None:
        """Edit a story or a picture so that neither its size nor its time tells."""
        files = [*self.stories(), *self.site.rglob("*.svg")]
        file = files[number % len(files)]
        before = file.stat()
        text = file.read_text("utf-8")
        file.write_text(text.translate(str.maketrans("Ff12", "fF21")), "utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def break_and_mend(self, number: int) -> None:
        """Break a story, a configuration or a layout; build, in vain; mend it."""
        config, layout = self.site / "config.yaml", self.site / "layouts/front.html"
        file = [*self.stories(), config, layout][number % (len(self.stories()) + 2)]
        text = file.read_text("utf-8") if file.exists() else None
        self.write(
            file.relative_to(self.site).as_posix(),
            "{{ page." if file == layout else (text or "").replace("title:", "title: [", 1),
        )
        before = tree(self.output)
        with pytest.raises(SiteError):
            self.build_here()
        assert tree(self.output) == before
        file.unlink() if text is None else file.write_text(text, "utf-8")

    # What happens beside edits

    def step_the_clock(self, days: int) -> None:
        self.now += timedelta(days=days)

    def damage_the_cache(self, number: int, cut: float, how: str) -> None:
        """Flip a bit of what a build remembers, or cut it short, lengthen it or take it away."""
        if not self.state.exists():
            return
        file = self.kept(number)
        data = bytearray(file.read_bytes())
        place = int(cut * (len(data) - 1)) if data else 0
        if how == "flip" and data:
            data[place] ^= 1 << (place % 8)
        if how == "cut":
            del data[place:]
        if how == "lengthen":
            data += data[place:] or b"\0"
        file.unlink()
        if how != "lose":
            file.write_bytes(data)
        self._is_cache_sound = False

    def lose_a_page(self, number: int) -> None:
        """Take a published file away."""
        files = sorted(file for file in self.output.rglob("*") if file.is_file())
        files[number % len(files)].unlink()

    def keep_the_cache(self) -> None:
        """Store what is published and remembered, as a build server does between two builds."""
        shutil.rmtree(self.root / "kept", ignore_errors=True)
        for folder in (self.state, self.output):
            shutil.copytree(folder, self.root / "kept" / folder.name)

    def has_kept_the_cache(self) -> bool:
        """Whether there is something to go back to."""
        return (self.root / "kept").exists()

    def restore_the_cache(self) -> None:
        """Go back to what was stored last, with the site in another folder."""
        self._serial += 1
        self.site = self.site.rename(self.root / f"site {self._serial}")
        for folder in (self.state, self.output):
            shutil.rmtree(folder)
            shutil.copytree(self.root / "kept" / folder.name, folder)

    def interrupt(self, done: int) -> None:
        """Begin a build, and stop it when it has rendered something."""

        def stop(stage: str, so_far: int, total: int) -> None:
            if stage == "render" and so_far >= min(done, total):
                raise KeyboardInterrupt

        before = tree(self.output)
        try:
            build(self.options(self.site), stop)
        except (KeyboardInterrupt, SiteError):
            assert tree(self.output) == before

    # Builds

    def stamps(self) -> Stamps:
        """The inode and time of each published file."""
        return stamps(self.output)

    def options(self, site: Path) -> BuildOptions:
        return BuildOptions(
            site, self.now, drafts=self.drafts, workers=self.workers, allow_shrink=True
        )

    def build_here(self) -> BuildReport:
        return build(self.options(self.site))

    def outcome(self, site: Path, workers: int = 0) -> Outcome:
        """Build a site; what came of it."""
        try:
            report = build(replace(self.options(site), workers=workers))
        except SiteError as error:
            return error.problems, (), {}
        counted = (report.articles, report.outputs, report.next_change)
        return report.problems, counted, tree(report.output)

    def clean_outcome(self) -> Outcome:
        """What building the very same site in a folder of its own comes to; it stays in `copy`."""
        copy = self.root / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.site, copy, ignore=shutil.ignore_patterns(".broadsheet", "public"))
        return self.outcome(copy)

    def check(self) -> None:
        """Build, and build anew elsewhere: both come to the same. A site with errors is mended."""
        was = stamps(self.output)
        before = tree(self.output)
        told, counted, published = self.outcome(self.site, self.workers)
        assert (told, counted, published) == self.clean_outcome()
        self.builds += 1
        if any(problem.is_error for problem in told):
            self.broken += 1
            self.mend()
            return
        now = stamps(self.output)
        same = {path for path, data in published.items() if before.get(path) == data}
        if self._is_cache_sound:
            assert {path: now[path] for path in same} == {path: was[path] for path in same}
        again = self.build_here()
        assert not again.changes.added + again.changes.changed + again.changes.deleted
        assert stamps(self.output) == now
        self._is_cache_sound = True
        self._keep_as_good()

    def mend(self) -> None:
        """Take the last edit back: a site with an error would hide all that follows."""
        for name in SOURCES:
            path = self.site / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            if (self.good / name).is_dir():
                shutil.copytree(self.good / name, path)
        shutil.copy2(self.good / "config.yaml", self.site)

    def _keep_as_good(self) -> None:
        shutil.rmtree(self.good, ignore_errors=True)
        (self.root / "copy").rename(self.good)


def _set_line(file: Path, key: str, value: str, at: int) -> None:
    """Set a key that stands in a line of its own, or remove it."""
    lines = [line for line in file.read_text("utf-8").split("\n") if line]
    kept = [line for line in lines if not line.startswith(f"{key}:")]
    if value:
        kept.insert(at, f"{key}: {value}")
    file.write_text("\n".join(kept) + "\n", "utf-8")


class KeptLayouts(BytecodeCache):
    """Layouts as Jinja compiled them, by name and text: two thirds of a small build are this."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session")
def kept_layouts() -> KeptLayouts:
    return KeptLayouts()


@pytest.fixture(scope="session")
def version() -> str:
    return code_version()


@pytest.fixture(autouse=True)
def _quick(kept_layouts: KeptLayouts, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the same in all builds of a process is worked out once."""

    def keeping(files: Mapping[str, LayoutFile]) -> Environment:
        environment = make_environment(files)
        environment.bytecode_cache = kept_layouts
        return environment

    monkeypatch.setattr("generator.stages.version._version", lambda: version)
    monkeypatch.setattr("generator.render.compiled.make_environment", keeping)


@pytest.fixture(autouse=True)
def _trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    # Edits come faster than two seconds apart: without this the memory would trust no
    # file, and never be put to the test.
    monkeypatch.setattr(stamps_module, "YOUNG_NANOSECONDS", 0)


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, in memory where that can be had."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder with a name of chance is made in it
    is_roomy = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM_WANTED
    folder = Path(tempfile.mkdtemp(dir=shared if is_roomy else tmp_path))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def make_newsroom(quick_folder: Path) -> Callable[[], Newsroom]:
    """A function that begins a newsroom in a folder of its own."""
    return lambda: Newsroom(Path(tempfile.mkdtemp(dir=quick_folder)))


@pytest.fixture
def room(make_newsroom: Callable[[], Newsroom]) -> Newsroom:
    """A newsroom whose first site is built."""
    newsroom = make_newsroom()
    newsroom.check()
    return newsroom
