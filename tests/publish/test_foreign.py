"""Files in the output folder that are not ours."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from generator.publish import store
from generator.publish.guard import open_output
from generator.publish.staging import staging_folder
from generator.publish.store import manifest_path
from generator.publish.transaction import OccupiedError
from tests.support.publishing import Publish, Read


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("mine.txt", "mine.txt"),
        ("tags", "tags/a/index.html"),
        ("a/mine.txt", "a"),
        ("a/b/c/mine.txt", "a/b"),
    ],
)
def test_a_foreign_file_is_never_overwritten(
    publish: Publish, published: Read, output: Path, path: str, new: str
) -> None:
    publish({"index.html": "old"})
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    (output / path).write_text("mine")
    with pytest.raises(OccupiedError) as raised:
        publish({"index.html": "new", new: "ours"})
    assert raised.value.path == path
    assert published() == {"index.html": "old", path: "mine"}
    assert not staging_folder(output, output.parent).exists()


def test_a_foreign_file_is_never_deleted(publish: Publish, published: Read, output: Path) -> None:
    publish({"a/index.html": "x", "b": "y"})
    (output / "a" / "mine.txt").write_text("mine")
    (output / ".git").write_text("mine")
    publish({})
    assert published() == {"a/mine.txt": "mine", ".git": "mine"}


def test_an_empty_foreign_folder_makes_way_for_a_file(
    publish: Publish, published: Read, output: Path
) -> None:
    publish({"index.html": "x"})
    (output / "a" / "b").mkdir(parents=True)
    publish({"index.html": "x", "a": "y"})
    assert published() == {"index.html": "x", "a": "y"}


def test_a_folder_where_our_file_was_is_foreign(
    publish: Publish, published: Read, output: Path
) -> None:
    publish({"a": "x"})
    (output / "a").unlink()
    (output / "a").mkdir()
    (output / "a" / "mine.txt").write_text("mine")
    with pytest.raises(OccupiedError):
        publish({"a": "new"})
    publish({})
    assert published() == {"a/mine.txt": "mine"}


def test_nothing_is_written_or_deleted_behind_a_link(
    publish: Publish, output: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    for name in ("index.html", "deep/index.html"):
        (elsewhere / name).write_text("mine")
    publish({"tags/index.html": "x", "tags/deep/index.html": "x"})
    shutil.rmtree(output / "tags")
    (output / "tags").symlink_to(elsewhere)
    with pytest.raises(OccupiedError):
        publish({"tags/index.html": "new"})
    publish({})
    assert (elsewhere / "index.html").read_text() == "mine"
    assert (elsewhere / "deep" / "index.html").read_text() == "mine"


def test_a_link_where_our_file_was_is_replaced_and_not_followed(
    publish: Publish, published: Read, output: Path, site: Path
) -> None:
    target = site / "config.yaml"
    as_long = "x" * len(str(target))
    publish({"a": as_long})
    (output / "a").unlink()
    (output / "a").symlink_to(target)
    publish({"a": as_long})
    assert published() == {"a": as_long}
    assert not (output / "a").is_symlink()
    assert (site / "config.yaml").read_text() == "title: The Gazette\n"


@pytest.mark.parametrize("path", ["../content/story.md", "/etc/hostname", "a/../../config.yaml"])
def test_a_manifest_that_was_tampered_with_deletes_nothing(
    publish: Publish, site: Path, output: Path, path: str
) -> None:
    publish({"index.html": "x"})
    stored = manifest_path(site, output)
    with closing(sqlite3.connect(stored)) as rows:
        rows.execute("INSERT INTO files VALUES (?, '', 0, '', '', NULL)", (path,))
        rows.commit()
    store._seal(stored)  # noqa: SLF001 - as somebody might who means harm
    with open_output(output, site) as transaction:
        transaction.partial()
        with pytest.raises(ValueError, match="not a path in the output folder"):
            transaction.remove(path)
    assert publish({}).deleted == ("index.html",)
    assert (site / "content" / "story.md").exists()
    assert (site / "config.yaml").exists()
