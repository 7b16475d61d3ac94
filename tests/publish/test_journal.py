"""What will be done, written down before anything is done."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.values import replace
from generator.publish.handles import Folder
from generator.publish.journal import NAME, Journal
from generator.publish.manifest import About, Published
from generator.state.seal import Seal

JOURNAL = Journal(
    (("0", "a/é.html"), ("1", "b")),
    ("c",),
    {"b": Published("0", 1), "a/é.html": Published("1", 2, "s", "f")},
    About("new", "mark", 2, 1),
    "old",
)


SEAL = Seal(b"a key of these tests")


def loaded(folder: Path) -> Journal | None:
    with Folder.at(folder) as staging:
        return Journal.load(staging, SEAL)


def test_a_journal_is_read_back_as_it_was(tmp_path: Path) -> None:
    assert loaded(tmp_path) is None
    JOURNAL.store(tmp_path, SEAL)
    assert loaded(tmp_path) == JOURNAL
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.integers(0, 1700), st.text(st.characters(codec="utf-8"), max_size=5))
def test_so_is_a_long_one(tmp_path: Path, length: int, text: str) -> None:
    rows = {f"a{number}": Published(text, number, text, text) for number in range(length)}
    moves = tuple((str(number), f"a{number}") for number in range(length))
    journal = Journal(moves, tuple(rows), rows, About(text, text, length, 0), text)
    journal.store(tmp_path, SEAL)
    assert loaded(tmp_path) == journal


def test_every_shortened_journal_is_none(tmp_path: Path) -> None:
    JOURNAL.store(tmp_path, SEAL)
    data = (tmp_path / NAME).read_bytes()
    for length in range(len(data)):
        (tmp_path / NAME).write_bytes(data[:length])
        assert loaded(tmp_path) is None


def test_a_journal_with_a_flipped_bit_is_none(tmp_path: Path) -> None:
    JOURNAL.store(tmp_path, SEAL)
    data = (tmp_path / NAME).read_bytes()
    for place in range(0, 8 * len(data), 3):
        bad = bytearray(data)
        bad[place // 8] ^= 1 << (place % 8)
        (tmp_path / NAME).write_bytes(bad)
        assert loaded(tmp_path) is None


Edit = Callable[[list[Any]], Any]


def tampered(edit: Edit) -> bytes:
    """A journal somebody changed who can make seals."""
    lines: list[Any] = [
        [4, "old", "new", "mark", 2, 1],
        ["move", ["0", "a"]],
        ["delete", "c"],
        ["row", ["a", "0", 1, "", ""]],
    ]
    edit(lines)
    text = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    return text + SEAL.text(text).encode()


def test_a_journal_may_be_written_by_hand(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(tampered(lambda _: None))
    rows = {"a": Published("0", 1)}
    assert loaded(tmp_path) == replace(JOURNAL, moves=(("0", "a"),), rows=rows)


@pytest.mark.parametrize(
    "edit",
    [
        lambda lines: lines[0].__setitem__(0, 3),
        lambda lines: lines[0].append(1),
        lambda lines: lines.pop(0),
        lambda lines: lines.append(None),
        lambda lines: lines.append(["bake"]),
        lambda lines: lines[1].append(["0"]),
        lambda lines: lines[1].append(["0", "a", "b"]),
        lambda lines: lines[1].append(["0", "../a"]),
        lambda lines: lines[1].append(["0", "/etc/passwd"]),
        lambda lines: lines[1].append(["../../content/story.md", "a"]),
        lambda lines: lines[1].append([".", "a"]),
        lambda lines: lines[1].append(7),
        lambda lines: lines[2].append("../content/story.md"),
        lambda lines: lines[2].append(""),
        lambda lines: lines[3].append(["../a", "0", 1, "", ""]),
        lambda lines: lines[3].append(["a"]),
        lambda lines: lines[3].append(None),
    ],
)
def test_a_journal_that_was_tampered_with_is_not_believed(tmp_path: Path, edit: Edit) -> None:
    (tmp_path / NAME).write_bytes(tampered(edit))
    assert loaded(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "7", "[" * 100_000])
def test_what_is_none_of_ours_is_no_journal(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    assert loaded(tmp_path) is None
