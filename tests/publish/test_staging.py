"""New files wait in a folder, and other processes may write them there."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator import mounts
from generator.model.digests import content_digest
from generator.publish.guard import open_output
from generator.publish.handles import Folder
from generator.publish.staging import Staging, staging_folder
from generator.publish.transaction import Changes, Transaction
from tests.support.publishing import Publish, sound


@pytest.fixture
def transaction(publish: Publish, site: Path, output: Path) -> Transaction:
    """A transaction on a site of two files."""
    publish({"a": "a", "b": "b"})
    return open_output(output, site)


def write(file: str, data: bytes) -> tuple[str, int]:
    """As a worker does."""
    Path(file).write_bytes(data)
    return content_digest(data), len(data)


def reserved(transaction: Transaction, path: str) -> str:
    """The file that is reserved for the new content of a path."""
    return transaction.file(path, transaction.reserve(path))


def test_what_another_process_wrote_is_published(
    transaction: Transaction, site: Path, output: Path
) -> None:
    texts = {"a": b"a", "b": b"new b", "c/index.html": b"c"}
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        written = {
            path: pool.submit(write, reserved(transaction, path), data)
            for path, data in texts.items()
        }
        adopted = {
            path: transaction.adopt(path, *future.result(), "source", "print")
            for path, future in written.items()
        }
    assert adopted == {"a": False, "b": True, "c/index.html": True}
    assert transaction.commit() == Changes(added=("c/index.html",), changed=("b",), unchanged=1)
    assert sound(site, output) == {"a": "a", "b": "new b", "c/index.html": "c"}
    found = open_output(output, site).before.get("a")
    assert found
    assert (found.source, found.fingerprint) == ("source", "print")


def test_content_that_stands_there_is_thrown_away_at_once(transaction: Transaction) -> None:
    file = reserved(transaction, "a")
    assert Path(file).is_absolute()
    assert not transaction.adopt("a", *write(file, b"a"))
    assert list(transaction.staging.iterdir()) == []


def test_what_was_reserved_and_never_adopted_leaves_nothing(
    transaction: Transaction, site: Path, output: Path
) -> None:
    write(reserved(transaction, "never"), b"half a pa")
    reserved(transaction, "nor this")
    transaction.put("a", b"a")
    transaction.put("b", b"b")
    assert transaction.commit() == Changes(unchanged=2)
    assert sound(site, output) == {"a": "a", "b": "b"}


@pytest.mark.parametrize("data", [b"", b"ne", b"new a!", None])
def test_content_that_was_not_written_whole_is_never_published(
    transaction: Transaction, data: bytes | None
) -> None:
    file = reserved(transaction, "a")
    if data is not None:
        Path(file).write_bytes(data)
    with pytest.raises(OSError, match=r"not written whole|No such file"):
        transaction.adopt("a", content_digest(b"new a"), 5)


def test_a_path_may_be_reserved_again_after_its_worker_died(
    transaction: Transaction, site: Path, output: Path
) -> None:
    lost = reserved(transaction, "a")
    found = reserved(transaction, "a")
    assert lost != found
    write(lost, b"written by a process that was thought dead")
    assert transaction.adopt("a", *write(found, b"new"))
    transaction.put("b", b"b")
    transaction.commit()
    assert sound(site, output) == {"a": "new", "b": "b"}


def test_what_is_adopted_takes_the_place_of_what_was_put(
    transaction: Transaction, site: Path, output: Path
) -> None:
    transaction.put("a", b"first")
    assert transaction.adopt("a", *write(reserved(transaction, "a"), b"second"))
    transaction.put("b", b"first")
    assert not transaction.adopt("b", *write(reserved(transaction, "b"), b"b"))
    transaction.commit()
    assert sound(site, output) == {"a": "second", "b": "b"}


def test_the_new_state_can_be_begun_again(
    transaction: Transaction, site: Path, output: Path
) -> None:
    transaction.put("a", b"first")
    reserved(transaction, "b")
    transaction.restart()
    assert not transaction.staging.exists()
    with pytest.raises(KeyError):
        transaction.adopt("b", content_digest(b"x"), 1)
    transaction.restart()
    transaction.put("c", b"c")
    assert transaction.commit() == Changes(added=("c",), deleted=("a", "b"))
    assert sound(site, output) == {"c": "c"}


@pytest.mark.parametrize("path", ["../content/story.md", "/etc/passwd", "a//b", ""])
def test_no_place_outside_is_reserved(transaction: Transaction, path: str) -> None:
    with pytest.raises(ValueError, match="not a path in the output folder"):
        transaction.reserve(path)


def test_a_name_that_no_disk_takes_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "staging")
    with pytest.raises(OSError, match="too long"):
        staging.reserve(f"a/{'é' * 128}/index.html")
    assert not staging.folder.exists()
    staging.write(f"a/{'é' * 127}/index.html", b"")


def test_new_files_wait_on_the_disk_of_the_output_folder(
    publish: Publish, site: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = staging_folder(output, site).name.removeprefix(".public.staging-")
    assert len(mark) == 16
    assert staging_folder(output, site) == site / f".public.staging-{mark}"
    output.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == output)
    assert staging_folder(output, site) == output / f".public.staging-{mark}"
    publish({"a": "old"})
    open_output(output, site).put("left.html", b"by a run that was killed")
    publish({"a": "new"})
    assert sound(site, output) == {"a": "new"}


def test_new_files_wait_in_an_output_folder_that_is_mounted_from_the_same_disk(
    publish: Publish,
    site: Path,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    output.mkdir()
    table = tmp_path / "mounts"
    table.write_text(f"disk / ext4 rw 0 0\ndisk {output} ext4 rw 0 0\n", "utf-8")
    monkeypatch.setattr(mounts, "MOUNTS", table)
    assert staging_folder(output, site).parent == output
    publish({"a": "old"})
    publish({"b": "new"})
    assert sound(site, output) == {"b": "new"}


FIRST = {
    "index.html": "front: assets/site.css",
    "404.html": "",
    "feed.xml": "feed",
    "assets/site.css": "css",
    "news/index.html": "news",
    "news/2026/a/index.html": "a",
    "news/2026/a/a.jpg": "picture",
}


def begun_from_nothing(site: Path, output: Path) -> Transaction:
    transaction = open_output(output, site)
    transaction.from_nothing()
    for path, text in FIRST.items():
        transaction.put(path, text.encode(), f"source of {path}")
    return transaction


def test_a_site_that_is_published_first_is_moved_by_folders_assets_first(
    site: Path, output: Path
) -> None:
    transaction = begun_from_nothing(site, output)
    waiting = Staging(transaction.staging, is_tree=True)
    waiting.numbers.update({path: number for number, path in enumerate(FIRST, start=1)})
    moved = [path for _, path in waiting.moves()]
    assert moved == ["assets", "news", "404.html", "index.html", "feed.xml"]
    assert set(waiting.contents()) > {f"{transaction.staging}/site/{path}" for path in FIRST}
    transaction.commit()
    assert sound(site, output) == FIRST


def test_where_anything_stands_files_are_moved_one_by_one(
    publish: Publish, site: Path, output: Path
) -> None:
    publish({"news/index.html": "old", "gone": "old"})
    begun_from_nothing(site, output).commit()
    assert sound(site, output) == FIRST


def test_a_folder_that_appeared_meanwhile_keeps_what_is_in_it(site: Path, output: Path) -> None:
    transaction = begun_from_nothing(site, output)
    (output / "news" / "2026").mkdir(parents=True)
    (output / "news" / "2026" / "theirs").write_text("theirs")
    transaction.commit()
    assert (output / "news/2026/theirs").read_text() == "theirs"
    assert {path: (output / path).read_text() for path in FIRST} == FIRST


def test_a_move_by_folders_that_was_cut_short_is_finished(
    site: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transaction = begun_from_nothing(site, output)
    move, moved = Folder.move, []

    def cut_short(folder: Folder, name: str, target: Folder, new: str) -> None:
        if target.path == str(output):
            moved.append(new)
            if len(moved) > 2:
                raise OSError
        move(folder, name, target, new)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "move", cut_short)
        with pytest.raises(OSError, match=r"^$"):
            transaction.commit()
    assert transaction.is_committing
    open_output(output, site)
    assert sound(site, output) == FIRST


def test_what_is_put_twice_from_nothing_counts_the_second_time(site: Path, output: Path) -> None:
    transaction = begun_from_nothing(site, output)
    transaction.put("news/index.html", b"again", "source of news/index.html")
    transaction.commit()
    assert sound(site, output) == FIRST | {"news/index.html": "again"}
