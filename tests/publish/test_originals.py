"""What is published is what was digested, whatever happens to a file meanwhile."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.media.recipe import Cleaning
from generator.model.digests import content_digest
from generator.publish import originals
from generator.publish.guard import open_output
from generator.publish.originals import Original, OriginalError
from generator.publish.transaction import Changes

Read = Callable[[], dict[str, str]]
CLEANING = Cleaning("1")
LARGE = b"x" * (originals.CHUNK + 1)


@pytest.fixture
def note(site: Path) -> Original:
    """A file that has been read, and the digest that it had then."""
    (site / "static/note.txt").write_bytes(b"as it was read")
    return Original(site, "static/note.txt", content_digest(b"as it was read"))


def copied(site: Path, output: Path, original: Original) -> Changes:
    with open_output(output, site) as transaction:
        transaction.copy("note.txt", original, CLEANING, original.path)
        return transaction.commit()


def test_a_file_is_copied_with_the_digest_of_what_was_written(
    site: Path, output: Path, note: Original
) -> None:
    assert copied(site, output, note).added == ("note.txt",)
    assert copied(site, output, note).unchanged == 1
    assert (output / "note.txt").read_bytes() == b"as it was read"
    known = open_output(output, site).before.files["note.txt"]
    assert (known.digest, known.size, known.source) == (note.digest, 14, note.path)


@pytest.mark.parametrize("data", [b"as it is now!!", b"longer than it was", b"", LARGE])
def test_a_file_that_changed_since_it_was_read_is_an_error(
    site: Path, output: Path, note: Original, data: bytes
) -> None:
    (site / note.path).write_bytes(data)
    with pytest.raises(OriginalError, match="changed while the site was being built"):
        copied(site, output, note)
    assert not output.exists()
    assert {path.name for path in site.iterdir()} >= {"content", "static"}
    assert not list(site.glob(".public*"))


def test_a_file_that_changed_and_changed_back_is_never_published_wrong(
    site: Path, output: Path, note: Original, published: Read
) -> None:
    """It was published as it had been in between, and as before for ever after."""
    (site / note.path).write_bytes(b"in between")
    with pytest.raises(OriginalError):
        copied(site, output, note)
    (site / note.path).write_bytes(b"as it was read")
    copied(site, output, note)
    assert published() == {"note.txt": "as it was read"}


def test_a_file_that_changes_while_it_is_copied_is_an_error(
    site: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "static/film.mp4").write_bytes(LARGE)
    film = Original(site, "static/film.mp4", content_digest(LARGE))
    pieces = Original.pieces

    def changing(original: Original, file: object) -> object:
        for number, piece in enumerate(pieces(original, file)):  # type: ignore[arg-type]
            if not number:
                (site / film.path).write_bytes(b"y" * len(LARGE))
            yield piece

    monkeypatch.setattr(Original, "pieces", changing)
    with pytest.raises(OriginalError):
        copied(site, output, film)
    assert not output.exists()


@pytest.mark.parametrize("target", ["../../secret", "/etc/hostname", "../config.yaml", "nothing"])
def test_a_link_that_was_put_in_its_place_is_not_published(
    site: Path, output: Path, note: Original, tmp_path: Path, target: str
) -> None:
    (tmp_path / "secret").write_text("as it was read")  # the very same bytes
    (site / note.path).unlink()
    (site / note.path).symlink_to(target)
    with pytest.raises(OriginalError):
        copied(site, output, note)
    assert not output.exists()


def test_a_folder_that_became_a_link_out_of_the_site_is_not_followed(
    site: Path, output: Path, note: Original, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/note.txt").write_text("as it was read")
    (site / note.path).unlink()
    (site / "static").rmdir()
    (site / "static").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OriginalError):
        copied(site, output, note)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_its_place_is_not_waited_for(site: Path, output: Path, note: Original) -> None:
    (site / note.path).unlink()
    os.mkfifo(site / note.path)
    with pytest.raises(OriginalError):
        copied(site, output, note)
