"""The folders of releases on a server: which is spare, and what makes it a copy of another."""

import random

import pytest

from generator.deploy.release import FORMAT, Note, Release, entries_of
from generator.deploy.server_folders import MOST, folder_of, name_of, recycled, spare_among
from generator.model.digests import content_digest
from tests.support.deploying import NOON, Files


def note(number: int, folder: str = "") -> Note:
    packs = (folder,) if folder else ()
    record = f".broadsheet/release-{number}-x.json"
    return Note(number, NOON, "mara", "", record=record, packs=packs)


def release(files: Files, leaving: tuple[str, ...] = ()) -> Release:
    entries = entries_of((p, content_digest(d), len(d)) for p, d in files.items())
    return Release(FORMAT, note(1), "", entries, dict.fromkeys(leaving, NOON))


def drawn(chosen: random.Random) -> dict[str, bytes]:
    return {path: chosen.choice([b"1", b"2"]) for path in "abcdef" if chosen.random() < 0.6}


@pytest.mark.parametrize("seed", range(50))
def test_the_changes_make_a_copy_but_for_what_is_brought(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - a draw of files
    old, new = drawn(chosen), drawn(chosen)
    brought = [path for path in new if chosen.random() < 0.3]
    changes = recycled(release(old), release(new), brought)
    assert changes is not None
    made = dict(old)
    for kind, path in (change.split() for change in changes):
        if kind == "D":
            del made[path]
        else:
            made[path] = new[path]
    rest = new.keys() - set(brought)
    assert {path: made[path] for path in rest} == {path: new[path] for path in rest}
    assert made.keys() <= new.keys()


def test_what_is_leaving_stands_in_a_folder_too() -> None:
    old, new = release({"a": b"1"}, ("x.css",)), release({"a": b"1"}, ("y.css",))
    assert recycled(old, new, ()) == ("D x.css", "L y.css")


def test_too_many_changes_are_none() -> None:
    many = {str(number): b"1" for number in range(MOST + 1)}
    assert recycled(release({}), release(many), ()) is None
    assert recycled(release({}), release(many), ("0",)) is not None


def test_the_spare_release_is_the_newest_beyond_reach_whose_folder_no_other_shows() -> None:
    notes = [note(6, "4-x"), note(5), note(4), note(3), note(2)]
    assert spare_among(notes, 2) == (notes[3],)  # 6 brought back what 4 showed
    assert spare_among(notes, 3) == (notes[3],)
    assert spare_among(notes, 4) == (notes[4],)
    assert spare_among(notes, 4, "2-x") == ()
    assert spare_among(notes, 5) == ()


def test_a_folder_is_named_like_the_record_but_after_a_rollback() -> None:
    assert (name_of(note(3)), folder_of(note(3))) == ("3-x", "3-x")
    assert (name_of(note(3, "1-x")), folder_of(note(3, "1-x"))) == ("3-x", "1-x")
