from pathlib import Path

import pytest

from generator.model.digests import content_digest
from generator.read.whole_files import LARGE, digest_at, read_whole


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 1_000])
def test_all_of_a_file_is_read_whatever_size_was_expected(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"0123456789" * 10)
    assert read_whole(str(tmp_path / "a"), size) == b"0123456789" * 10


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert read_whole(str(tmp_path / "a")) == b""


def test_a_file_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_whole(str(tmp_path / "a"))


@pytest.mark.parametrize("size", [0, 5, LARGE, LARGE + 1])
def test_a_file_has_the_digest_of_its_bytes_however_many(tmp_path: Path, size: int) -> None:
    data = (b"0123456789" * (size // 10 + 1))[:size]
    (tmp_path / "a").write_bytes(data)
    assert digest_at(str(tmp_path / "a"), size) == content_digest(data)
