from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.body import Body
from generator.read.articles import Opened, open_text
from generator.read.front_matter import FrontMatter, split_front_matter
from generator.read.texts import SourceChangedError, read_body

PATH = "content/articles/a.md"


def body_of(site: Path, data: bytes) -> Body:
    file = site / PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    opened = open_text(PATH, data)
    assert isinstance(opened, Opened)
    source = opened.source(opening=True)
    return Body(PATH, source.digest, source.facts)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"---\ntitle: A\n---\nText.\n", "Text.\n"),
        (b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nOne.\r\n\r\nTwo.", "One.\n\nTwo."),
        (b"---\ntitle: A\n---\n", ""),
        (b"---\ntitle: A\n---", ""),
        (b"\n\n---\ntitle: A\n...\n\nText.", "\nText."),
        (b"+++\ntitle = 'A'\n+++\n---\n", "---\n"),
        (b"---\n---\nText.", "Text."),
    ],
)
def test_the_body_is_what_stands_below_the_front_matter(
    tmp_path: Path, data: bytes, text: str
) -> None:
    assert read_body(tmp_path, body_of(tmp_path, data)) == text


def test_a_file_that_has_changed_is_not_taken_for_what_it_was(tmp_path: Path) -> None:
    body = body_of(tmp_path, b"---\ntitle: A\n---\nText.")
    (tmp_path / PATH).write_bytes(b"---\ntitle: A\n---\nTexts")
    with pytest.raises(SourceChangedError) as raised:
        read_body(tmp_path, body)
    assert raised.value.path == PATH


def test_a_file_that_is_gone_has_changed(tmp_path: Path) -> None:
    body = body_of(tmp_path, b"---\ntitle: A\n---\nText.")
    (tmp_path / PATH).unlink()
    with pytest.raises(SourceChangedError):
        read_body(tmp_path, body)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50)


@given(TEXT, st.sampled_from(["---", "..."]), st.sampled_from(["", "\n", "\r\n\r\n", "\ufeff"]))
def test_reading_again_gives_the_text_that_was_looked_at(
    tmp_path_factory: pytest.TempPathFactory, text: str, closing: str, before: str
) -> None:
    site = tmp_path_factory.getbasetemp() / "again"
    data = f"{before}---\ntitle: A\n{closing}\n{text}".encode()
    front = split_front_matter(data, path=PATH)
    assert isinstance(front, FrontMatter)
    assert read_body(site, body_of(site, data)) == front.body
