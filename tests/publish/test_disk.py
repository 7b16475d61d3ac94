"""What is written lasts; and what must outlive a power cut does so in the right order."""

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from generator.publish import disk, journal, recovery, store
from generator.publish.disk import FEW, make_folder, store_whole, sync, write_file
from generator.publish.staging import staging_folder
from tests.support.publishing import Files, run

Events = list[tuple[str, Path]]
OLD = {"index.html": "old", "a/index.html": "a", "b/c/index.html": "gone"}
NEW = {"index.html": "new", "a/index.html": "a", "d/e/index.html": "added"}


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Events:
    """What is done to the disk, in order, and to which path; `rows` when SQLite begins."""
    told: Events = []
    names: dict[int, Path] = {}
    open_file, write, replace, fsync = os.open, os.write, os.replace, os.fsync

    def told_open(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        number = open_file(path, flags, mode, dir_fd=dir_fd)
        names[number] = _whole(names, path, dir_fd)
        return number

    def told_write(number: int, data: bytes) -> int:
        told.append(("write", names[number]))
        return write(number, data)

    def told_fsync(number: int) -> None:
        told.append(("sync", names[number]))
        fsync(number)

    def told_replace(path: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        replace(path, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
        told.append(("rename", _whole(names, path, src_dir_fd)))
        told.append(("name", _whole(names, target, dst_dir_fd)))

    def telling(name: str, event: str) -> Callable[..., None]:
        done = getattr(os, name)

        def tell(path: str | Path, *rest: object, dir_fd: int | None = None) -> None:
            done(path, *rest, dir_fd=dir_fd)
            if dir_fd is None or dir_fd in names:  # `rmtree` opens folders in its own way
                told.append((event, _whole(names, path, dir_fd)))

        return tell

    def rows(path: Path, *rest: object, **options: object) -> None:
        told.append(("rows", path))
        change(path, *rest, **options)

    change: Callable[..., None] = store.change_manifest
    for name, told_function in [
        ("open", told_open),
        ("write", told_write),
        ("replace", told_replace),
        ("fsync", told_fsync),
        ("unlink", telling("unlink", "name")),
        ("rmdir", telling("rmdir", "name")),
        ("mkdir", telling("mkdir", "name")),
    ]:
        monkeypatch.setattr(os, name, told_function)
    monkeypatch.setattr(recovery, "change_manifest", rows)
    return told


def _whole(names: dict[int, Path], path: str | Path, folder: int | None) -> Path:
    return Path(path) if folder is None else names[folder] / path


def faults(events: Events, output: Path) -> list[str]:
    """What a power cut might break.

    Content must be synced before anything tells of it, the journal before anything changes,
    and every change of a name before the journal is gone that would make it again.
    """
    staging = staging_folder(output, output.parent)
    begun = events.index(("name", staging / journal.NAME))
    changed = next(n for n, (_, path) in enumerate(events) if output in path.parents)
    rows = next((n for n, (what, _) in enumerate(events) if what == "rows"), len(events))
    ended = max(n for n, event in enumerate(events) if event == ("name", staging / journal.NAME))

    def synced(path: Path, after: int, before: int) -> bool:
        return ("sync", path) in events[after:before]

    found = []
    for number, (what, path) in enumerate(events):
        if what == "write" and path.parent == staging and not synced(path, number, begun):
            found.append(f"{path.name} is promised, but was not synced")
        if what == "write" and not synced(path, number, ended):
            found.append(f"{path.name} was never synced")
        if what == "write" and ("rename", path) in events[number:]:
            renamed = events.index(("rename", path), number)
            if not synced(path, number, renamed) and path.parent != staging:
                found.append(f"{path.name} was not synced before it was renamed")
        if what == "name" and number < ended and path.parent != staging:
            is_published = output in path.parents
            if path.parent.exists() and not synced(
                path.parent, number, rows if is_published else ended
            ):
                found.append(f"the name of {path.name} was not synced")
    not_synced = (f for f in (staging, staging.parent) if not synced(f, begun, changed))
    found += [f"{folder.name} was not synced before the first change" for folder in not_synced]
    return found


@pytest.mark.parametrize("before", [None, OLD], ids=["first", "partial"])
def test_every_step_is_synced_before_the_next_relies_on_it(
    *, site: Path, output: Path, events: Events, before: Files | None
) -> None:
    """And nothing is synced in vain: whichever wait is left out, something might break."""
    if before:
        run(site, output, before)
        events.clear()
    run(site, output, NEW, partial=bool(before))
    assert faults(events, output) == []
    waits = [number for number, (what, _) in enumerate(events) if what == "sync"]
    assert len(waits) >= 10
    needless = [
        events[number][1].name
        for number in waits
        if not faults(events[:number] + events[number + 1 :], output)
    ]
    assert needless == []


def test_sqlite_waits_for_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (tmp_path / "published-x.db").touch()
    with closing(store._opened(tmp_path / "published-x.db")) as rows:  # noqa: SLF001 - as it is
        assert rows.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert rows.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize("can_sync_disks", [True, False])
def test_many_files_are_synced_at_once_where_that_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_sync_disks: bool
) -> None:
    one_by_one: list[str] = []
    at_once: list[str] = []

    def sync_disk(path: str) -> bool:
        at_once.append(path)
        return can_sync_disks

    monkeypatch.setattr(disk, "_sync_one", one_by_one.append)
    monkeypatch.setattr(disk, "_sync_disk", sync_disk)
    few = [str(tmp_path / str(number)) for number in range(FEW)]
    sync([])
    sync(few)
    assert (one_by_one, at_once) == (few, [])
    one_by_one.clear()
    many = [*few, "x", "y"]
    sync(iter(many))
    assert (one_by_one, at_once) == ([] if can_sync_disks else many, [many[0]])


def test_a_disk_is_synced_really(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    files = [str(tmp_path / str(number)) for number in range(FEW + 1)]
    for file in files:
        write_file(file, [b"x"])
    sync(files)
    sync(files[:2])
    sync([str(tmp_path)])
    for paths in (["/nothing/there"], ["/nothing/there"] * (FEW + 1)):
        with pytest.raises(FileNotFoundError):
            sync(paths)


def test_a_file_is_written_in_full_however_little_the_disk_takes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda number, data: write(number, bytes(data)[:3]))
    write_file(str(tmp_path / "file"), [b"a long text", b"", b"and more"])
    assert (tmp_path / "file").read_bytes() == b"a long textand more"


def test_a_file_is_stored_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterable[bytes]:
        yield b"new"
        raise KeyError

    path = tmp_path / "file.json"
    store_whole(path, [b"old"])
    with pytest.raises(KeyError):
        store_whole(path, broken())
    assert path.read_bytes() == b"old"


def test_folders_are_made_with_those_they_lie_in(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(f"{tmp_path}/a/b/c")
        assert (tmp_path / "a/b/c").is_dir()
