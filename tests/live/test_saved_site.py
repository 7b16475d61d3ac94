"""What the preview keeps: the next one begins from it, and shows the same as without."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.live import site as live
from generator.live.site import LiveOptions, LiveSite
from tests.support.sites import MakeSite

pytestmark = pytest.mark.slow

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FERRY = "content/articles/ferry.md"
AT_FERRY = "/news/2026/01/ferry/"
SITE = """
-- config.yaml --
title: Tiny Times
sections: [news]
-- content/articles/ferry.md --
---
title: The ferry
date: 2026-01-02T08:00:00Z
section: news
tags: [Harbour]
---
All about the ferry.
-- content/articles/fog.md --
---
title: The fog
date: 2026-01-01T08:00:00Z
section: news
tags: [Harbour]
---
All about the fog.
-- content/articles/plan.md --
---
title: The plan
date: 2026-01-03T08:00:00Z
section: news
draft: true
---
A draft.
-- content/articles/lost.jpg --
Named by nobody.
"""


@pytest.fixture(autouse=True)
def _every_site_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SMALL", 0)


@pytest.fixture
def folder(make_site: MakeSite) -> Path:
    """A site of which a preview has been shown."""
    site = make_site(SITE)
    end(LiveSite(site, LiveOptions(now=NOW)))
    return site


def end(site: LiveSite, *, is_proven: bool = True) -> None:
    """End a preview, after a while or at once."""
    site.save()
    check = site.check() if is_proven else None
    if check:
        site.checked(check, check.problems())
    site.close()


def edit(folder: Path, path: str, old: str, new: str) -> frozenset[str]:
    file = folder / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return frozenset({path})


def pages(site: LiveSite) -> Iterator[tuple[str, int, bytes]]:
    for address in ("/", AT_FERRY, "/news/2026/01/fog/", "/news/2026/01/plan/", "/tags/harbour/"):
        answer = site.answer(address)
        yield address, answer.status, answer.data


def fresh(folder: Path, options: LiveOptions) -> list[tuple[str, int, bytes]]:
    """The pages of a preview that has nothing to begin from."""
    bare = folder.with_name("bare")
    shutil.rmtree(bare, ignore_errors=True)
    shutil.copytree(folder, bare, ignore=shutil.ignore_patterns(".broadsheet", "public"))
    return list(pages(LiveSite(bare, options)))


def kept_files(folder: Path) -> list[str]:
    return [file.name for file in (folder / ".broadsheet").glob("preview-*")]


@pytest.mark.parametrize("held", [True, False])
def test_the_next_preview_shows_the_same_and_knows_what_was_wrong(
    make_site: MakeSite, held: bool
) -> None:
    folder, options = make_site(SITE), LiveOptions(held=held, now=NOW)
    first = LiveSite(folder, options)
    assert first.check() is not None
    end(first)
    second = LiveSite(folder, options)
    assert second.check() is None
    assert [p.place.path for p in second.problems] == ["content/articles/lost.jpg"]
    assert list(pages(second)) == fresh(folder, options)
    assert len(kept_files(folder)) == 1


def test_what_readers_see_is_not_begun_from_what_editors_see(folder: Path) -> None:
    readers = LiveSite(folder, LiveOptions(held=False, now=NOW))
    assert readers.check() is not None
    assert readers.answer("/news/2026/01/plan/").status == 404


def test_a_preview_that_was_ended_at_once_is_begun_from_too(make_site: MakeSite) -> None:
    folder = make_site(SITE)
    end(LiveSite(folder, LiveOptions(now=NOW)), is_proven=False)
    assert kept_files(folder)
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert site.check() is not None  # what is wrong with the whole is still to be found out
    assert list(pages(site)) == fresh(folder, LiveOptions(now=NOW))


def test_what_changed_in_between_is_shown(folder: Path) -> None:
    edit(folder, FERRY, "The ferry", "The boat")
    (folder / "content/articles/fog.md").rename(folder / "content/articles/mist.md")
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert list(pages(site)) == fresh(folder, LiveOptions(now=NOW))
    assert site.answer("/news/2026/01/mist/").status == 200
    assert site.answer("/news/2026/01/fog/").status == 404


def test_after_a_change_of_a_story_that_can_do_no_harm_nothing_is_proven_again(
    folder: Path,
) -> None:
    for number in range(4):  # a tag that is used so often is a known one
        text = (folder / FERRY).read_text().replace("The ferry", f"Ferry {number}")
        (folder / f"content/articles/ferry-{number}.md").write_text(text)
    build(BuildOptions(folder, NOW))
    end(LiveSite(folder, LiveOptions(now=NOW)))
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert site.refresh(edit(folder, FERRY, "The ferry", "The boat")).is_new
    assert site.check() is None
    assert [p.place.path for p in site.problems] == ["content/articles/lost.jpg"]
    site.refresh(edit(folder, FERRY, "date:", "aliases: [/]\ndate:"))
    assert site.check() is not None


def test_a_build_in_between_and_meanwhile_is_noticed(folder: Path) -> None:
    site = LiveSite(folder, LiveOptions(now=NOW))
    hints = edit(folder, FERRY, "date: 2026-01-02", "date: 2025-01-02")
    hints |= edit(folder, "content/articles/fog.md", "The fog", "The mist")
    build(BuildOptions(folder, NOW))  # remembers what the preview has not seen yet
    assert site.answer(AT_FERRY).status == 404
    site.refresh(hints)
    assert list(pages(site)) == fresh(folder, LiveOptions(now=NOW))
    assert site.answer("/news/2025/01/ferry/").status == 200
    end(site)
    again = LiveSite(folder, LiveOptions(now=NOW))
    assert list(pages(again)) == fresh(folder, LiveOptions(now=NOW))


@pytest.mark.parametrize("name", ["preview-*.db", "texts.db"])
def test_what_is_damaged_is_not_believed(folder: Path, name: str) -> None:
    (file,) = (folder / ".broadsheet").glob(name)
    data = file.read_bytes()
    right = fresh(folder, LiveOptions(now=NOW))
    for place in range(100, len(data), len(data) // 20):
        file.write_bytes(data[:place] + b"#!?" + data[place + 3 :])
        assert list(pages(LiveSite(folder, LiveOptions(now=NOW)))) == right
        file.write_bytes(data)


def test_what_another_account_kept_is_not_believed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = fresh(folder, LiveOptions(now=NOW))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("other")))
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert site.was_damaged
    assert list(pages(site)) == right


def test_a_fault_in_a_text_is_told_again(folder: Path) -> None:
    edit(folder, FERRY, "title: The ferry", "title: The ferry\nsubtitel: Oh")
    build(BuildOptions(folder, NOW, drafts=True))
    end(LiveSite(folder, LiveOptions(now=NOW)))
    site = LiveSite(folder, LiveOptions(now=NOW))
    assert site.check() is None
    assert {p.place.path for p in site.problems} == {FERRY, "content/articles/lost.jpg"}
    site.refresh(edit(folder, FERRY, "subtitel: Oh\n", ""))
    assert {p.place.path for p in site.problems} == {"content/articles/lost.jpg"}


@pytest.mark.parametrize("store", ["preview-*.db", "texts.db"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:9] + bytes([data[9] ^ 1]) + data[10:],
        lambda data: data[::-1],
    ],
    ids=["cut", "flipped", "garbage"],
)
def test_damage_is_noted_and_changes_nothing(
    folder: Path, store: str, damage: Callable[[bytes], bytes]
) -> None:
    sound = LiveSite(folder, LiveOptions(now=NOW))
    page = sound.answer(AT_FERRY).data
    end(sound)
    assert not sound.was_damaged
    (file,) = (folder / ".broadsheet").glob(store)
    file.write_bytes(damage(file.read_bytes()))
    after = LiveSite(folder, LiveOptions(now=NOW))
    assert after.answer(AT_FERRY).data == page
    assert after.was_damaged
    end(after)
    again = LiveSite(folder, LiveOptions(now=NOW))
    assert not again.was_damaged
    end(again)


def test_what_is_outdated_or_not_there_is_no_damage(folder: Path) -> None:
    edit(folder, FERRY, "All about", "More about")
    (kept,) = (folder / ".broadsheet").glob("preview-*.db")
    (kept.parent / "preview-4711.db").write_bytes(b"somebody is writing this")
    outdated = LiveSite(folder, LiveOptions(now=NOW))
    assert not outdated.was_damaged
    end(outdated)
    shutil.rmtree(folder / ".broadsheet")
    fresh = LiveSite(folder, LiveOptions(now=NOW))
    assert not fresh.was_damaged
    end(fresh)
