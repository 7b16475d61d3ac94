"""Reading for the preview: large files hold up nothing, and show as they will be published."""

import errno
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from generator.build import BuildOptions, build
from generator.live import reading
from generator.live.reading import FILM, STILL
from generator.live.site import LiveOptions, LiveSite
from generator.model.article import SourceFile
from generator.model.digests import content_digest
from generator.read.memory import open_memory
from generator.read.whole_files import LARGE
from generator.stages.version import code_version
from tests.support.sites import MakeSite

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AT_CRASH = "/news/2026/01/crash/"
FILM_PATH, PICTURE_PATH = "static/crash.webm", "static/place.png"
GIGABYTES = 3 << 30
AT_ONCE = 0.5
"""Seconds; digesting the film takes several times as long."""
SITE = """
-- config.yaml --
title: Tiny Times
sections: [news]
-- content/articles/crash.md --
---
title: The crash
date: 2026-01-02T08:00:00Z
section: news
---
The [film](/crash.webm). ![The place](/place.png)
"""


@pytest.fixture
def folder(make_site: MakeSite) -> Path:
    site = make_site(SITE)
    (site / "static").mkdir()
    draw(site / PICTURE_PATH, 30)
    stretch(site / FILM_PATH, LARGE + 1)
    return site


def draw(file: Path, width: int) -> None:
    """A picture that is a large file."""
    Image.new("RGB", (width, 20)).save(file)
    stretch(file, LARGE * 2)


def stretch(file: Path, size: int) -> None:
    """Make a file so large; what is new in it takes no room on the disk."""
    with file.open("ab") as opened:
        opened.truncate(size)


def seconds(work: Callable[[], object]) -> float:
    """What some work takes of the processor: the digest of a film takes seconds of it."""
    started = time.thread_time()
    work()
    return time.thread_time() - started


def look_until_still(site: LiveSite, path: str) -> tuple[str, ...]:
    """What has changed, once a film is whole; no look at it may take long."""
    deadline = time.monotonic() + 5
    hints = frozenset({path})
    while True:
        started = time.thread_time()
        update = site.refresh(hints)
        assert time.thread_time() - started < AT_ONCE
        if not update.again:
            return update.changed
        assert not update.changed
        assert time.monotonic() < deadline
        hints = frozenset()
        time.sleep(0.05)


def test_a_film_holds_up_nothing_and_is_told_when_it_is_whole(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert site.answer("/crash.webm").file
    stretch(folder / FILM_PATH, GIGABYTES)
    saved = time.monotonic()
    assert look_until_still(site, FILM_PATH) == (FILM_PATH,)
    assert time.monotonic() - saved > STILL / 1e9 / 2
    assert seconds(lambda: site.answer(AT_CRASH)) < AT_ONCE
    assert not look_until_still(site, FILM_PATH)  # it is known now
    assert seconds(lambda: site.refresh(None)) < AT_ONCE


def test_a_preview_begins_at_once_though_a_film_has_come(folder: Path) -> None:
    first = LiveSite(folder, LiveOptions(now=NOW))
    first.save()
    first.close()
    stretch(folder / FILM_PATH, GIGABYTES)
    assert seconds(lambda: LiveSite(folder, LiveOptions(now=NOW))) < AT_ONCE


def test_reading_everything_anew_does_not_wait_for_a_film(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions(now=NOW))
    stretch(folder / FILM_PATH, GIGABYTES)
    assert look_until_still(site, FILM_PATH)
    config = folder / "config.yaml"
    config.write_text(config.read_text() + "timezone: Europe/Kyiv\n")
    assert seconds(lambda: site.refresh(frozenset({"config.yaml"}))) < AT_ONCE * 2
    assert site.config.timezone.key == "Europe/Kyiv"
    assert not site.answer(AT_CRASH).problems


def test_a_large_picture_that_came_shows_as_it_will_be_published(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions(now=NOW))
    before = site.answer(AT_CRASH)
    assert site.answer("/place.png").file
    draw(folder / PICTURE_PATH, 44)
    update = site.refresh(frozenset({PICTURE_PATH}))
    assert update.copies == ("/place.png",)
    after = site.answer(AT_CRASH)
    assert b'width="44"' in after.data
    assert after.digest != before.digest
    build(BuildOptions(folder, NOW))
    assert (folder / "public/news/2026/01/crash/index.html").read_bytes() == after.data


def test_the_stamp_of_a_large_file_is_never_remembered_as_its_digest(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions(now=NOW))
    with (folder / FILM_PATH).open("r+b") as film:
        film.write(b"another film of the same size")
    assert site.refresh(frozenset({FILM_PATH})).changed == (FILM_PATH,)
    config = folder / "config.yaml"
    config.write_text(config.read_text() + "timezone: Europe/Kyiv\n")
    site.refresh(frozenset({"config.yaml"}))  # everything is read anew, and then remembered
    site.save()
    site.close()
    build(BuildOptions(folder, NOW))
    with open_memory(folder, site.config, code_version(folder)) as memory:
        memory.load(frozenset({"news"}))
        found = memory.value(FILM_PATH)
    assert isinstance(found, SourceFile)
    assert found.digest == content_digest((folder / FILM_PATH).read_bytes())


def test_a_large_file_that_cannot_be_read_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    site = LiveSite(folder, LiveOptions(now=NOW))
    monkeypatch.setattr(reading, "look_at_open", fail)  # no permission binds the superuser
    stretch(folder / FILM_PATH, LARGE + 1)
    site.refresh(frozenset({FILM_PATH}))
    (problem,) = site.problems
    assert (problem.place.path, problem.message) == (
        FILM_PATH,
        "cannot be read: Permission denied",
    )


def test_a_film_is_larger_than_what_goes_by_its_stamp() -> None:
    assert LARGE < FILM < GIGABYTES
