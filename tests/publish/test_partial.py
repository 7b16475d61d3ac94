"""A partial transaction: what is not mentioned stays, and costs nothing."""

import shutil
import sqlite3
from functools import partial as partial_of
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.media.recipe import Cleaning
from generator.model.digests import content_digest
from generator.publish.guard import open_output
from generator.publish.manifest import Manifest
from generator.publish.originals import Original
from generator.publish.store import manifest_path
from generator.publish.transaction import Changes, OccupiedError, Pages, Transaction
from tests.support.publishing import Files, Publish, run, sound

OLD = {"index.html": "front", "a/index.html": "a", "b/index.html": "b", "b/boat.jpg": "boat"}


@pytest.fixture
def partial(publish: Publish, site: Path, output: Path) -> Transaction:
    """A partial transaction on OLD."""
    publish(OLD)
    transaction = open_output(output, site)
    transaction.partial()
    return transaction


def test_only_what_is_named_changes(partial: Transaction, site: Path, output: Path) -> None:
    untouched = (output / "b/boat.jpg").stat()
    partial.put("a/index.html", b"new a")
    partial.put("c/index.html", b"c")
    partial.put("index.html", b"front")
    partial.remove("b/index.html")
    assert partial.commit() == Changes(
        added=("c/index.html",),
        changed=("a/index.html",),
        deleted=("b/index.html",),
        unchanged=2,
    )
    assert sound(site, output) == {
        "index.html": "front",
        "a/index.html": "new a",
        "b/boat.jpg": "boat",
        "c/index.html": "c",
    }
    assert (output / "b/boat.jpg").stat() == untouched


def test_naming_nothing_changes_nothing(partial: Transaction, site: Path, output: Path) -> None:
    stored = manifest_path(site, output).read_bytes()
    assert partial.commit() == Changes(unchanged=4)
    assert manifest_path(site, output).read_bytes() == stored
    assert not partial.staging.exists()


def test_a_file_is_copied(partial: Transaction, site: Path, output: Path) -> None:
    (site / "static/ship.jpg").write_text("ship")
    original = Original(site, "static/ship.jpg", content_digest(b"ship"))
    partial.copy("ship.jpg", original, Cleaning("1"))
    assert partial.commit().added == ("ship.jpg",)
    assert sound(site, output) == OLD | {"ship.jpg": "ship"}


def test_what_is_named_last_counts(partial: Transaction, site: Path, output: Path) -> None:
    partial.remove("a/index.html")
    partial.put("a/index.html", b"new a")
    partial.put("b/index.html", b"new b")
    partial.remove("b/index.html")
    partial.put("index.html", b"another")
    partial.put("index.html", b"front")
    partial.put("new", b"1")
    partial.put("new", b"2")
    partial.put("never", b"1")
    partial.remove("never")
    partial.remove("unknown")
    assert partial.commit() == Changes(
        added=("new",), changed=("a/index.html",), deleted=("b/index.html",), unchanged=2
    )
    expected = {"index.html": "front", "a/index.html": "new a", "b/boat.jpg": "boat", "new": "2"}
    assert sound(site, output) == expected


def test_what_is_made_from_something_else_but_the_same_is_not_written(
    partial: Transaction, site: Path, output: Path
) -> None:
    before = (output / "a/index.html").stat()
    partial.put("a/index.html", b"a", "another source", "another print")
    assert partial.commit() == Changes(unchanged=4)
    assert (output / "a/index.html").stat() == before
    again = open_output(output, site)
    again.partial()
    assert again.reuse("a/index.html", "another print")
    assert not again.reuse("b/index.html", "another print")
    assert not again.reuse("unknown", "another print")
    assert again.commit() == Changes(unchanged=4)


def test_what_was_made_from_a_source_is_kept_though_it_was_removed(
    partial: Transaction, site: Path, output: Path
) -> None:
    partial.remove("a/index.html")
    partial.remove("b/index.html")
    assert partial.keep("source of a/index.html", "unknown") == 1
    assert partial.commit() == Changes(deleted=("b/index.html",), unchanged=3)
    assert "a/index.html" in sound(site, output)


def test_a_file_that_is_not_ours_is_neither_overwritten_nor_removed(
    partial: Transaction, output: Path
) -> None:
    (output / "mine.txt").write_text("mine")
    partial.remove("mine.txt")
    partial.put("mine.txt", b"ours")
    with pytest.raises(OccupiedError):
        partial.commit()
    partial.remove("mine.txt")
    assert partial.commit() == Changes(unchanged=4)
    assert (output / "mine.txt").read_text() == "mine"


def test_the_cost_is_that_of_what_is_named(
    publish: Publish, site: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row is read but those that are asked for."""
    publish({f"{number}/index.html": "x" for number in range(300)})
    monkeypatch.delattr(Manifest, "files")
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    class Counting(sqlite3.Connection):
        def __init__(self, *of: Any, **how: Any) -> None:  # noqa: ANN401 - as they come
            super().__init__(*of, **how)
            self.set_progress_handler(count, 10)

    connect = partial_of(sqlite3.connect, factory=Counting)
    monkeypatch.setattr(sqlite3, "connect", connect)
    transaction = open_output(output, site)
    transaction.partial()
    transaction.put("7/index.html", b"y")
    transaction.remove("8/index.html")
    assert transaction.pages() == Pages(300, 299)
    assert transaction.commit("mark").unchanged == 298
    assert steps < 50


def test_pages_are_counted(partial: Transaction, site: Path, output: Path) -> None:
    partial.put("c/index.html", b"")
    partial.put("a/index.html", b"")
    partial.put("empty.txt", b"")
    partial.put("index.html", b"front")
    partial.remove("b/index.html")
    partial.remove("b/boat.jpg")
    assert partial.pages() == Pages(3, 3, ("a/index.html", "c/index.html"))
    partial.commit()
    again = open_output(output, site)
    for path in ("a/index.html", "c/index.html", "d/index.html"):
        again.put(path, b"")
    assert again.pages() == Pages(3, 3, ("d/index.html",))  # the others are meant to be


def test_a_mark_is_found_until_the_next_commit(site: Path, output: Path) -> None:
    for mark, expected in [("first", ""), ("first", "first"), ("", "first"), ("x", ""), ("y", "x")]:
        transaction = open_output(output, site)
        assert transaction.before.mark == expected
        transaction.put("index.html", b"same")
        transaction.commit(mark)


# When everything must be named


def test_a_first_transaction_is_never_partial(site: Path, output: Path) -> None:
    transaction = open_output(output, site)
    assert not transaction.stands_whole()
    with pytest.raises(ValueError, match="not everything is known"):
        transaction.partial()


def test_nor_is_a_clean_one_or_one_that_adopts(publish: Publish, site: Path, output: Path) -> None:
    publish(OLD)
    clean = open_output(output, site, clean=True)
    shutil.rmtree(site / ".broadsheet")
    adopting = open_output(output, site)
    assert adopting.is_adopting
    for transaction in (clean, adopting):
        assert not transaction.stands_whole()
        with pytest.raises(ValueError, match="not everything is known"):
            transaction.partial()


def test_nor_is_one_that_has_named_files(publish: Publish, site: Path, output: Path) -> None:
    publish(OLD)
    transaction = open_output(output, site)
    transaction.put("index.html", b"front")
    with pytest.raises(ValueError, match="not everything is known"):
        transaction.partial()
    transaction.restart()
    transaction.partial()


def test_begun_again_everything_must_be_named(
    partial: Transaction, site: Path, output: Path
) -> None:
    partial.put("new", b"x")
    partial.remove("a/index.html")
    partial.restart()
    partial.put("index.html", b"front")
    partial.put("a/index.html", b"a")
    gone = ("b/boat.jpg", "b/index.html")
    assert partial.commit() == Changes(deleted=gone, unchanged=2)
    assert sound(site, output) == {"index.html": "front", "a/index.html": "a"}


def test_a_site_stands_whole_with_every_file_and_size(
    publish: Publish, site: Path, output: Path
) -> None:
    def stands(*, expected: bool) -> bool:
        transaction = open_output(output, site)
        return transaction.stands_whole() == expected

    publish(OLD)
    (output / "mine.txt").write_text("mine")
    assert stands(expected=True)
    for path in OLD:
        good = (output / path).read_bytes()
        (output / path).write_bytes(good + b"!")
        assert stands(expected=False)
        (output / path).unlink()
        assert stands(expected=False)
        (output / path).symlink_to(output / "mine.txt")
        assert stands(expected=False)
        (output / path).unlink()
        (output / path).mkdir()
        assert stands(expected=False)
        (output / path).rmdir()
        (output / path).write_bytes(good)
    assert stands(expected=True)


def test_a_site_emptied_is_a_site_all_the_same(publish: Publish, site: Path, output: Path) -> None:
    publish(OLD)
    publish({})
    transaction = open_output(output, site)
    assert not transaction.is_adopting
    assert transaction.stands_whole()
    (output / "mine.txt").write_text("mine")
    assert open_output(output, site).before.is_stored


# By naming what differs or by naming everything: the same

names = st.sampled_from(["a", "b", "A"])
trees = st.dictionaries(
    st.lists(names, min_size=1, max_size=3).map("/".join), st.sampled_from(["x", "y"]), max_size=5
).filter(lambda tree: not any(one.startswith(other + "/") for one in tree for other in tree))


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(runs=st.lists(st.tuples(trees, st.booleans()), min_size=1, max_size=4))
def test_whatever_was_named_the_new_state_stands(
    *, tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[Files, bool]]
) -> None:
    site = tmp_path_factory.mktemp("site")
    output = site / "public"
    before: Files = {}
    run(site, output, before)
    for files, is_partial in runs:
        both = files.keys() & before.keys()
        assert run(site, output, files, partial=is_partial) == Changes(
            added=tuple(sorted(files.keys() - before.keys())),
            changed=tuple(sorted(path for path in both if files[path] != before[path])),
            deleted=tuple(sorted(before.keys() - files.keys())),
            unchanged=sum(files[path] == before[path] for path in both),
        )
        assert sound(site, output) == files
        before = files
