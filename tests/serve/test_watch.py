"""Watching folders: what events is told, what we do ourselves is not."""

import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.serve import watch as watching
from generator.serve.watch import MOST_LOST, Watch
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def events() -> list[str | None]:
    return []


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("content/articles", "public", ".broadsheet"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "config.yaml").write_text("title: T\n")
    return tmp_path


@pytest.fixture
def watch(site: Path, events: list[str | None]) -> Iterator[Watch]:
    told = Watch(site, events.append)
    told.start()
    time.sleep(0.2)
    events.clear()
    yield told
    told.stop()


def test_saves_are_told(watch: Watch, site: Path, events: list[str | None]) -> None:
    (site / "content/articles/a.md").write_text("x")
    wait_until(lambda: "content/articles/a.md" in events)
    (site / "config.yaml").write_text("title: U\n")
    wait_until(lambda: "config.yaml" in events)
    assert not watch.fault


def test_reading_and_publishing_are_no_events(
    watch: Watch, site: Path, events: list[str | None]
) -> None:
    (site / "content/articles/a.md").write_text("x")
    wait_until(lambda: bool(events))
    time.sleep(0.2)
    events.clear()
    for _ in range(5):
        (site / "content/articles/a.md").read_text()
        list((site / "content").iterdir())
    (site / "public/index.html").write_text("x")
    (site / ".broadsheet/texts.db").write_text("x")
    time.sleep(0.3)
    assert not events
    assert not watch.fault


def test_a_folder_that_comes_is_watched(watch: Watch, site: Path, events: list[str | None]) -> None:
    (site / "layouts").mkdir()
    wait_until(lambda: None in events)
    watch.renew()
    (site / "layouts/article.html").write_text("x")
    wait_until(lambda: "layouts/article.html" in events)


@pytest.fixture
def link(watch: Watch, site: Path, events: list[str | None]) -> str:
    """A link to a folder beside those of the site, which is followed."""
    (site / "shared/2024").mkdir(parents=True)
    (site / "content/articles/agency").symlink_to("../../shared")
    watch.follow(["content/articles/agency"])
    time.sleep(0.2)
    events.clear()
    return "content/articles/agency"


def test_a_change_at_what_a_link_leads_to_is_told_at_the_link(
    link: str, site: Path, events: list[str | None]
) -> None:
    (site / "shared/2024/a.md").write_text("x")
    wait_until(lambda: f"{link}/2024/a.md" in events)
    assert not [path for path in events if path and path.startswith("shared")]


def test_a_linked_folder_that_another_takes_the_place_of_is_followed(
    watch: Watch, link: str, site: Path, events: list[str | None]
) -> None:
    (site / "shared").rename(site / "old")
    watch.follow([link])
    (site / "shared").mkdir()
    wait_until(lambda: link in events)  # the site's own folder tells that it is back
    watch.follow([link])
    time.sleep(0.2)
    events.clear()
    (site / "shared/b.md").write_text("x")
    wait_until(lambda: f"{link}/b.md" in events)


def test_what_is_not_linked_any_more_is_not_told(
    watch: Watch, link: str, site: Path, events: list[str | None]
) -> None:
    (site / link).unlink()
    watch.follow([])
    time.sleep(0.2)
    events.clear()
    (site / "shared/2024/a.md").write_text("x")
    time.sleep(0.3)
    assert not events


def kill(watch: Watch) -> None:
    """What a fault of the library does to its threads."""
    for emitter in list(watch._observer.emitters if watch._observer else ()):  # noqa: SLF001
        emitter.stop()
        emitter.join(5)


def test_a_watch_that_died_is_begun_anew(
    watch: Watch, site: Path, events: list[str | None]
) -> None:
    kill(watch)
    watch.check()
    assert None in events  # what changed meanwhile is looked for
    assert not watch.fault
    time.sleep(0.2)
    (site / "content/articles/a.md").write_text("x")
    wait_until(lambda: "content/articles/a.md" in events)


def test_a_watch_that_dies_again_and_again_is_given_up(watch: Watch) -> None:
    for _ in range(MOST_LOST + 1):
        assert not watch.fault
        kill(watch)
        watch.check()
    assert "stopped telling" in watch.fault


def test_a_full_queue_is_heard_of_and_looked_for_twice(
    watch: Watch, events: list[str | None], capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
    assert events == [None]
    watch.check()
    assert events == [None, None]
    watch.check()
    assert events == [None, None]
    assert not watch.fault
    assert not "".join(capfd.readouterr())


def test_a_watch_that_could_not_be_mended_is_begun_anew(
    watch: Watch, site: Path, events: list[str | None]
) -> None:
    logging.getLogger("watchdog.observers.inotify").error("Unable to rebuild")
    before = watch._observer  # noqa: SLF001 - what begins anew
    watch.check()
    assert watch._observer is not before  # noqa: SLF001
    time.sleep(0.2)
    events.clear()
    (site / "content/articles/a.md").write_text("x")
    wait_until(lambda: "content/articles/a.md" in events)


def test_a_site_that_is_moved_away_is_told_once(
    watch: Watch, site: Path, events: list[str | None]
) -> None:
    site.rename(site.with_name("moved"))
    time.sleep(0.2)
    events.clear()
    for _ in range(3):
        watch.check()
    assert events == [None]
    assert not watch.fault


def test_a_site_that_was_deleted_and_restored_is_watched(
    watch: Watch, site: Path, events: list[str | None]
) -> None:
    for _ in range(MOST_LOST + 1):  # which may happen as often as it likes
        copy = site.with_name("copy")
        shutil.copytree(site, copy)
        shutil.rmtree(site)
        watch.check()
        copy.rename(site)
        watch.check()
        time.sleep(0.2)
        events.clear()
        (site / "content/articles/a.md").write_text("x")
        wait_until(lambda: "content/articles/a.md" in events)
        assert not watch.fault


def test_watches_that_run_out_meanwhile_are_told(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.check()
    assert not watch.fault
    monkeypatch.setattr(watching, "is_used_up", lambda _folder: True)
    watch.check()
    assert "no watches left" in watch.fault


@pytest.mark.parametrize(
    ("link", "changed", "told"),
    [
        ("layouts", "shared/article.html", "layouts/article.html"),
        ("static", "shared/deep/x.txt", "static/deep/x.txt"),
        ("content", "shared/a.md", "content/a.md"),
        ("config.yaml", "shared/config.yaml", "config.yaml"),
    ],
)
def test_what_is_behind_a_link_in_place_of_a_source_is_told_as_the_source(
    site: Path, events: list[str | None], link: str, changed: str, told: str
) -> None:
    (site / "shared/deep").mkdir(parents=True)
    (site / changed).write_text("before")
    if (site / link).is_dir():
        shutil.rmtree(site / link)
    (site / link).unlink(missing_ok=True)
    (site / link).symlink_to(site / "shared/config.yaml" if link == "config.yaml" else "shared")
    watch = Watch(site, events.append)
    watch.start()
    watch.follow(["config.yaml"] if link == "config.yaml" else [])
    try:
        time.sleep(0.2)
        events.clear()
        (site / changed).write_text("after")
        wait_until(lambda: told in events)
    finally:
        watch.stop()


def test_a_link_to_the_site_that_leads_elsewhere_by_now_is_followed(
    site: Path, tmp_path_factory: pytest.TempPathFactory, events: list[str | None]
) -> None:
    folder = tmp_path_factory.mktemp("checkouts")
    shutil.copytree(site, folder / "rev2")
    (folder / "current").symlink_to(site)
    watch = Watch(folder / "current", events.append)
    watch.start()
    try:
        (folder / "next").symlink_to("rev2")
        (folder / "next").replace(folder / "current")
        events.clear()
        watch.check()
        assert None in events
        time.sleep(0.2)
        events.clear()
        (folder / "rev2/content/articles/b.md").write_text("x")
        wait_until(lambda: "content/articles/b.md" in events)
    finally:
        watch.stop()
