import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.importers.incoming import LARGEST, Incoming, decode, find_copy, read_copy
from generator.model.problems import Problem


def test_a_folder_stands_for_the_text_files_in_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "c/d.text", "e.md", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [file for file in find_copy([tmp_path]) if isinstance(file, Path)]
    assert [file.relative_to(tmp_path).as_posix() for file in found] == [
        "a.TXT",
        "b.txt",
        "c/d.text",
    ]


def test_a_file_named_is_taken_whatever_its_ending_and_only_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.wire").touch()
    named = [tmp_path / "b.wire", tmp_path, tmp_path / "a.txt"]
    assert list(find_copy(named)) == [tmp_path / "b.wire", tmp_path / "a.txt"]


def test_a_folder_without_copy_is_a_problem(tmp_path: Path) -> None:
    (problem,) = find_copy([tmp_path])
    assert isinstance(problem, Problem)
    assert problem.message == "no copy in this folder"


def test_a_link_in_a_circle_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert list(find_copy([tmp_path])) == [tmp_path / "a.txt"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Ї “x”".encode(), ("Ї “x”", "utf-8")),
        ("“caf\xe9”".encode("cp1252"), ("“caf\xe9”", "windows-1252")),
        ("Ї".encode("utf-16"), ("Ї", "utf-16")),
        (b"\xfe\xff\x04\x07", ("Ї", "utf-16")),
        (b"", ("", "utf-8")),
        (b"PK\x03\x04\x00\x00", None),
        (b"\x81\x8d", None),
        (b"\xff\xfe\x00", None),
    ],
)
def test_bytes_are_read_as_utf_8_or_else_windows_1252(
    data: bytes, expected: tuple[str, str] | None
) -> None:
    assert decode(data) == expected


def test_a_file_is_read_with_the_time_of_its_last_change(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("A\n")
    os.utime(file, (0, 1_700_000_000))
    assert read_copy(file) == Incoming(file, "A\n", "utf-8", 1_700_000_000)


def problem_with(file: Path) -> str:
    problem = read_copy(file)
    assert isinstance(problem, Problem)
    assert problem.is_error
    assert problem.hint
    return problem.message


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\0\0")
    with (tmp_path / "large.txt").open("wb") as large:
        large.truncate(LARGEST + 1)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert problem_with(tmp_path / "binary.txt") == "not a text file"
    assert problem_with(tmp_path / "large.txt") == "too large for copy: 10.0 MB"
    assert problem_with(tmp_path / "pipe.txt") == "not a file"
    assert problem_with(tmp_path / "loop.txt") == "no such file"
    assert problem_with(tmp_path / "none.txt") == "no such file"
    assert problem_with(tmp_path / ("x" * 300)).startswith("cannot be read: ")


def test_a_folder_that_may_not_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").touch()
    look = os.scandir

    def scandir(folder: str) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "closed":  # as nobody but root would be answered
            raise PermissionError(13, "Permission denied", folder)
        return look(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    first, problem = find_copy([tmp_path])
    assert first == tmp_path / "a.txt"
    assert isinstance(problem, Problem)
    assert problem.place.path == (tmp_path / "closed").as_posix()
    assert problem.message == "cannot be read: Permission denied"
