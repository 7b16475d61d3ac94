"""The shared fixtures do what they promise."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import pytest_assertrepr_compare


def test_a_site_is_written_from_one_text(make_site: Callable[[str], Path]) -> None:
    site = make_site(
        """
        -- config.yaml --
        title: The Gazette
        -- content/articles/2024/fair.md --
        ---
        title: Fair
        ---

          indented
        \\-- not a file --
        -- static/empty.txt --
        """
    )
    story = "---\ntitle: Fair\n---\n\n  indented\n-- not a file --\n"
    assert (site / "config.yaml").read_text("utf-8") == "title: The Gazette\n"
    assert (site / "content/articles/2024/fair.md").read_text("utf-8") == story
    assert (site / "static/empty.txt").read_bytes() == b""


def test_a_second_text_edits_the_same_site(make_site: Callable[[str], Path]) -> None:
    make_site("-- a.txt --\none\n-- b.txt --\ntwo\n")
    site = make_site("-- a.txt --\nthree\n")
    assert (site / "a.txt").read_text("utf-8") == "three\n"
    assert (site / "b.txt").read_text("utf-8") == "two\n"


def test_files_that_differ_are_told_by_their_first_byte() -> None:
    old, new = {"a.jpg": b"x" * 2000, "b": b""}, {"a.jpg": b"x" * 1500 + b"y", "b": b""}
    told = pytest_assertrepr_compare("==", old, new)
    assert told
    assert told[1].startswith("a.jpg from byte 1500: b'xxx")
    assert len(told) == 3
    assert pytest_assertrepr_compare("==", {"a": b"short"}, {"a": b"other"}) is None
