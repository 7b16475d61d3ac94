import pytest

from generator.model.problems import Place, Problem
from generator.read.text_files import MAX_FILE_BYTES, decode


def refused(data: bytes) -> Problem:
    problem = decode(data, path="a.md")
    assert isinstance(problem, Problem)
    return problem


def test_a_byte_order_mark_is_dropped() -> None:
    assert decode(b"\xef\xbb\xbfa", path="a.md") == "a"


def test_every_line_end_is_a_line_feed() -> None:
    assert decode(b"a\r\nb\rc\nd\r\r\n", path="a.md") == "a\nb\nc\nd\n\n"


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_utf_8_is_named_and_placed(head: bytes) -> None:
    problem = refused(head + "---\r\nЇ: caf".encode() + b"\xe9 noir\r\nmore")
    assert problem.place == Place("a.md", 2, 7)
    assert problem.excerpt == "Ї: caf\N{REPLACEMENT CHARACTER} noir"
    assert problem.message == "not UTF-8: byte 0xE9"
    assert problem.hint == "Save the file as UTF-8."


def test_text_that_is_cut_in_a_character_is_refused() -> None:
    assert refused("я".encode()[:1]).place == Place("a.md", 1, 1)


def test_utf_16_is_refused() -> None:
    assert refused("title".encode("utf-16")).message == "not UTF-8: byte 0xFF"
    assert "NUL" in refused("title".encode("utf-16-le")).message


def test_a_nul_is_named_and_placed() -> None:
    assert refused(b"a\nb\0").place == Place("a.md", 2, 2)


def test_ten_megabytes_are_read_and_a_byte_more_refused() -> None:
    assert decode(b"a" * MAX_FILE_BYTES, path="a.md") == "a" * MAX_FILE_BYTES
    problem = refused(b"a" * (MAX_FILE_BYTES + 1))
    assert problem.message == "10,485,761 bytes; the limit for a text is 10,485,760"
