"""The shared fixtures do what they promise."""

from collections.abc import Callable
from pathlib import Path


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
