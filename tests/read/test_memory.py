import os
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.model.article import Article, Name, Source, SourceFile
from generator.model.config import Config
from generator.model.digests import content_digest
from generator.read import memory as memory_module
from generator.read.kinds import TEXTS, held_by
from generator.read.memory import Memory, ReadFile, digest_of, from_text, open_memory, to_text
from generator.read.walk import FoundFile, walk

PATH = "static/a.txt"
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
LONG_AGO = 1_700_000_000


def write(site: Path, text: str, path: str = PATH) -> None:
    """Write a file that is old enough to be known again by its times."""
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    os.utime(file, (LONG_AGO, LONG_AGO))


def found_in(site: Path) -> tuple[FoundFile, ...]:
    return walk(site, "static")[0]


def opened(site: Path, version: str = "1") -> Memory:
    memory = open_memory(site, Config(), version)
    memory.load(())
    return memory


def remember(site: Path, memory: Memory) -> None:
    """Learn all that is there, and store it."""
    for file in found_in(site):
        data = (site / file.path).read_bytes()
        digest = content_digest(data)
        read = ReadFile(file.path, SourceFile(file.path, len(data), digest))
        memory.learn(file, to_text(read), digest_of(read))
    memory.store()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a file that is remembered."""
    write(tmp_path, "first")
    with opened(tmp_path) as memory:
        remember(tmp_path, memory)
    return tmp_path


def changed(site: Path, memory: Memory) -> list[str]:
    return [file.path for file in found_in(site) if memory.has_changed(site, file)]


def test_a_file_is_known_again_and_what_it_held_is_recalled(site: Path) -> None:
    with opened(site) as memory:
        assert changed(site, memory) == []
        (read,) = memory.recall([PATH])
        assert isinstance(read.value, SourceFile)
        assert read.value.size == len("first")
        assert not memory.was_damaged


def test_a_name_is_one_value_in_all_stories_that_are_recalled() -> None:
    story = Article(
        Source(PATH, ""), "/a/", "a", "a", "A", NOON, "news", tags=(Name("Fog", "fog", "fog"),)
    )
    text = to_text(ReadFile(PATH, story))
    first, second = (from_text(PATH, text, UTC, held_by(TEXTS)).value for _ in range(2))
    assert first == second == story
    assert first is not None
    assert second is not None
    assert first.tags[0] is second.tags[0]


def at(file: FoundFile, changed_ns: int) -> FoundFile:
    """A file as it would be found had it been changed at another time."""
    size, _, _, inode = file.stamp
    return FoundFile(file.path, size, (size, changed_ns, changed_ns, inode))


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_file_is_looked_into_when_it_was_young_as_it_was_read(
    tmp_path: Path, seconds: int
) -> None:
    """A second change within a tick of the clock leaves size and times as they were."""
    write(tmp_path, "first")
    (found,) = found_in(tmp_path)
    found = at(found, time.time_ns() + seconds * 10**9)
    with opened(tmp_path) as memory:
        value = SourceFile(PATH, 5, content_digest(b"first"))
        memory.learn(found, to_text(ReadFile(PATH, value)), value.digest)
        memory.store()
    with opened(tmp_path) as memory:
        assert not memory.has_changed(tmp_path, found)
        write(tmp_path, "other")
        assert memory.has_changed(tmp_path, found)


def test_a_file_that_is_known_to_be_the_same_is_young_no_longer(tmp_path: Path) -> None:
    """Looked into once more when it is old, it need not be looked into ever after."""
    write(tmp_path, "first")
    (found,) = found_in(tmp_path)
    young, old = at(found, time.time_ns()), at(found, LONG_AGO * 10**9)
    value = SourceFile(PATH, 5, content_digest(b"first"))
    with opened(tmp_path) as memory:
        memory.learn(young, to_text(ReadFile(PATH, value)), value.digest)
        memory.store()
    with opened(tmp_path) as memory:
        assert not memory.has_changed(tmp_path, old)
        memory.store()
    (tmp_path / PATH).unlink()
    with opened(tmp_path) as memory:
        assert not memory.has_changed(tmp_path, old)


def test_a_file_with_other_bytes_has_changed_and_so_has_one_that_is_new(site: Path) -> None:
    write(site, "other")
    write(site, "new", "static/b.txt")
    with opened(site) as memory:
        assert changed(site, memory) == [PATH, "static/b.txt"]


def test_the_same_bytes_under_other_times_are_no_change(site: Path) -> None:
    (site / PATH).unlink()
    write(site, "first")
    with opened(site) as memory:
        before = memory.generation
        assert changed(site, memory) == []
        memory.store()
        assert memory.generation == before
    with opened(site) as memory:
        assert memory.generation == before
        assert changed(site, memory) == []


def test_what_was_stored_meanwhile_is_not_taken_for_what_was_loaded(site: Path) -> None:
    with opened(site) as old:
        write(site, "other")
        with opened(site) as new:
            remember(site, new)
        assert changed(site, old) == [PATH]
        assert not old.was_damaged


def test_what_another_version_stored_is_forgotten_and_is_no_damage(site: Path) -> None:
    with opened(site, "2") as memory:
        assert (memory.stamps, list(memory.recall([PATH]))) == ({}, [])
        assert memory.is_of_another_version
        remember(site, memory)
        assert not memory.was_damaged
    with opened(site, "2") as memory:
        assert changed(site, memory) == []
        assert not memory.is_of_another_version


def test_what_was_stored_under_another_option_is_forgotten_and_is_of_this_version(
    site: Path,
) -> None:
    with open_memory(site, Config(language="uk"), "1") as memory:
        memory.load(())
        assert memory.stamps == {}
        assert not memory.is_of_another_version


def test_tables_of_an_older_make_are_replaced(tmp_path: Path) -> None:
    write(tmp_path, "first")
    memory = opened(tmp_path)
    memory.file.parent.mkdir()
    with sqlite3.connect(memory.file) as store:
        store.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        store.execute("CREATE TABLE files (path TEXT, stamp TEXT, digest TEXT, value TEXT, sum)")
        store.execute("INSERT INTO about VALUES ('key', '3 ...')")
    store.close()
    with opened(tmp_path) as memory:
        remember(tmp_path, memory)
        assert not memory.was_damaged
    with opened(tmp_path) as memory:
        assert changed(tmp_path, memory) == []


def test_a_file_that_went_is_forgotten(site: Path) -> None:
    with opened(site) as memory:
        memory.drop([PATH])
        memory.store()
    with opened(site) as memory:
        assert (memory.stamps, changed(site, memory)) == ({}, [PATH])


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TABLE stamps",
        "UPDATE stamps SET digests = replace(digests, 'a', 'b')",
        "UPDATE stamps SET paths = 'static/b.txt'",
        "UPDATE about SET value = 'another' WHERE name = 'generation'",
    ],
)
def test_stamps_that_are_not_as_they_were_stored_are_forgotten_at_once(
    site: Path, harm: str
) -> None:
    with sqlite3.connect(site / ".broadsheet/texts.db") as store:
        store.execute(harm)
    store.close()
    with opened(site) as memory:
        assert memory.was_damaged
        assert changed(site, memory) == [PATH]


def test_a_row_that_somebody_rewrote_is_not_recalled(site: Path) -> None:
    """Such a row forged a headline: its check sum had no key."""
    with sqlite3.connect(site / ".broadsheet/texts.db") as store:
        store.execute("UPDATE files SET value = replace(value, '5', '6')")
    store.close()
    with opened(site) as memory:
        assert list(memory.recall([PATH])) == []
        assert memory.was_damaged


def test_what_another_account_stored_is_forgotten(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("other")))
    with opened(site) as memory:
        assert (memory.stamps, memory.was_damaged) == ({}, True)


@pytest.mark.parametrize("others", [0, 9])
def test_an_old_value_that_a_power_cut_left_is_not_recalled_under_a_new_stamp(
    site: Path, others: int
) -> None:
    for number in range(others):
        write(site, "more", f"static/{number}.txt")
    with opened(site) as memory, sqlite3.connect(memory.file) as store:
        old = store.execute("SELECT * FROM files").fetchall()
    write(site, "other")
    with opened(site) as memory:
        remember(site, memory)
        assert len(memory.stamps) == others + 1
    with opened(site) as memory, sqlite3.connect(memory.file) as store:
        store.executemany("REPLACE INTO files VALUES (?, ?, ?, ?)", old)
    with opened(site) as memory:
        assert changed(site, memory) == []
        assert (list(memory.recall([PATH])), memory.value(PATH)) == ([], None)


@pytest.fixture
def many(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with more files than wait in memory; one of them is remembered, as something else."""
    monkeypatch.setattr(memory_module, "MANY", 3)
    for number in range(10):
        write(site, f"text {number}", f"static/{number}.txt")
    write(site, "second")
    return site


def test_of_many_files_all_are_remembered(many: Path) -> None:
    with opened(many) as memory:
        remember(many, memory)
        assert changed(many, memory) == []
    with opened(many) as memory:
        assert changed(many, memory) == []
        reads = {read.path: read for read in memory.recall(memory.stamps)}
    assert reads.keys() == {file.path for file in found_in(many)}
    assert isinstance(read := reads[PATH].value, SourceFile)
    assert read.size == len("second")


def test_what_was_learnt_and_not_stored_is_not_remembered(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(many) as memory, monkeypatch.context() as patch:
        patch.setattr(Memory, "store", lambda _: None)
        remember(many, memory)
    with opened(many) as memory:
        assert memory.stamps.keys() == {PATH}


def test_nobody_is_kept_from_the_memory_while_many_files_are_learnt(many: Path) -> None:
    with opened(many) as memory, opened(many) as other:
        for file in found_in(many):
            memory.learn(file, to_text(ReadFile(file.path, SourceFile(file.path, 1, "0"))), "0")
        write(many, "third")
        remember(many, other)
        memory.store()
    with opened(many) as memory:
        assert memory.stamps.keys() == {file.path for file in found_in(many)}


def test_when_the_memory_cannot_be_stored_everything_is_read_again(many: Path) -> None:
    with opened(many) as memory:
        (many / ".broadsheet" / "texts.db").write_bytes(b"no database" * 1000)
        remember(many, memory)
        assert memory.was_damaged
        assert not memory.stamps
    with opened(many) as memory:
        assert not memory.stamps
        remember(many, memory)
        assert changed(many, memory) == []
