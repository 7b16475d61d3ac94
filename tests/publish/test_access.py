"""A change that cannot be carried out is refused before anything of it is done."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import mounts
from generator.publish.access import guard_access
from generator.publish.guard import open_output
from tests.support.publishing import Publish, Read

BEFORE = {"a/x.html": "1", "b/c/y.html": "1", "index.html": "1"}
AFTER = {"a/x.html": "2", "b/c/y.html": "2", "index.html": "2"}


def refuse(monkeypatch: pytest.MonkeyPatch, *closed: Path) -> None:
    """Let the system refuse some folders: root may do anything, and tests may run as root."""
    real = os.access

    def answer(path: str, mode: int, **options: bool) -> bool:
        return Path(path) not in closed and real(path, mode, **options)

    monkeypatch.setattr(os, "access", answer)


@pytest.mark.parametrize("folder", ["a", "b", "b/c"])
def test_a_folder_that_cannot_be_changed_is_named_before_the_first_file_is(
    output: Path, publish: Publish, published: Read, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    publish(BEFORE)
    refuse(monkeypatch, output / folder)
    new = {**AFTER, f"{folder}/new/z.html": "2"}
    with pytest.raises(PermissionError) as caught:
        publish(new)
    assert caught.value.filename == str(output / folder)
    assert published() == BEFORE
    assert not open_output(output, output.parent).is_committing
    monkeypatch.undo()
    publish(new)
    assert published() == new


def test_a_folder_in_which_only_something_goes_is_asked_too(
    output: Path, publish: Publish, published: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(BEFORE)
    refuse(monkeypatch, output / "b/c")
    with pytest.raises(PermissionError, match="b/c"):
        publish({"a/x.html": "2", "index.html": "2"})
    assert published() == BEFORE


def test_a_folder_that_does_not_change_may_be_closed(
    output: Path, publish: Publish, published: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(BEFORE)
    refuse(monkeypatch, output / "b/c")
    publish({**BEFORE, "a/x.html": "2"})
    assert published()["a/x.html"] == "2"


def test_a_folder_that_is_a_disk_of_its_own_is_named(
    output: Path, publish: Publish, published: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(BEFORE)
    real = os.lstat

    def elsewhere(path: str) -> os.stat_result:
        found = list(real(path))
        found[stat.ST_DEV] += str(path).endswith("/b/c")
        return os.stat_result(found)

    monkeypatch.setattr(os, "lstat", elsewhere)
    with pytest.raises(OSError, match="mounted by itself") as caught:
        publish(AFTER)
    assert (caught.value.errno, caught.value.filename) == (errno.EXDEV, str(output / "b/c"))
    assert published() == BEFORE


@pytest.fixture
def mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], object]:
    """Lets the system tell that something is mounted there: a part of the same disk."""
    monkeypatch.setattr(mounts, "MOUNTS", tmp_path / "mounts")
    line = "disk {} ext4 rw 0 0\n"
    return lambda place: mounts.MOUNTS.write_text(line.format("/") + line.format(place), "utf-8")


@pytest.mark.parametrize("place", ["a", "b", "b/c", "b/c/y.html", "a/new"])
def test_what_is_mounted_in_the_folder_is_named_before_the_first_file_is(
    output: Path, publish: Publish, published: Read, mount: Callable[[Path], object], place: str
) -> None:
    publish(BEFORE)
    mount(output / place)
    new = {**AFTER, "a/new/z.html": "2"}
    with pytest.raises(OSError, match="mounted by itself") as caught:
        publish(new)
    assert (caught.value.errno, caught.value.filename) == (errno.EXDEV, f"{output}/{place}")
    assert published() == BEFORE
    mount(output.parent)
    publish(new)
    assert published() == new


def test_what_is_mounted_where_nothing_changes_is_no_hindrance(
    output: Path, publish: Publish, published: Read, mount: Callable[[Path], object]
) -> None:
    publish(BEFORE)
    mount(output / "b/c")
    publish({**BEFORE, "a/x.html": "2"})
    assert published()["a/x.html"] == "2"


def test_a_file_that_may_only_be_read_is_replaced(
    output: Path, publish: Publish, published: Read
) -> None:
    publish(BEFORE)
    (output / "a/x.html").chmod(0o444)
    publish(AFTER)
    assert published() == AFTER


def test_a_file_that_nobody_may_replace_is_named(
    output: Path, publish: Publish, published: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(BEFORE)
    refuse(monkeypatch, output / "a/x.html")
    real = os.open

    def immutable(path: str, flags: int, *rest: int, **options: int | None) -> int:
        if str(path).endswith("a/x.html") and flags & os.O_WRONLY:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)
        return real(path, flags, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", immutable)
    with pytest.raises(PermissionError, match=r"a/x\.html"):
        publish(AFTER)
    assert published() == BEFORE


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="accounts have numbers")
def test_another_accounts_file_in_a_folder_for_all_is_named(
    output: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(BEFORE)
    (output / "a").chmod(0o1777)
    guard_access(output, output, ["a/new.html"], ["a/x.html"])
    monkeypatch.setattr(os, "geteuid", lambda: (output / "a").stat().st_uid + 1)
    guard_access(output, output, ["a/new.html"], [])
    with pytest.raises(PermissionError, match=r"a/x\.html"):
        guard_access(output, output, [], ["a/x.html"])
