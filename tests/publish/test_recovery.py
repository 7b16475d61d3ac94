"""What a killed run left is finished or thrown away by the next."""

import shutil
from itertools import count
from pathlib import Path

import pytest

from generator.model.values import replace
from generator.publish.guard import RefusedError, open_output
from generator.publish.handles import Folder
from generator.publish.journal import NAME, Journal
from generator.publish.ledger import ledger_path
from generator.publish.manifest import Manifest
from generator.publish.recovery import journal_seal, recover
from generator.publish.staging import staging_folder
from generator.publish.store import load_manifest, manifest_path, seal_path
from generator.publish.transaction import Transaction
from tests.support.publishing import Files, files_below, run, sound, spoiled

OLD = {
    "index.html": "old front: assets/site.1.css",
    "same.html": "same",
    "news/a/index.html": "old a: assets/site.1.css",
    "news/b/index.html": "gone",
    "becomes-folder": "a file",
    "becomes-file/deep/two": "in a folder",
    "Capitals.txt": "old",
    "assets/site.1.css": "gone",
    "feed.xml": "old",
}
NEW = {
    "index.html": "new front: themes/site.2.css",
    "same.html": "same",
    "news/a/index.html": "new a: themes/site.2.css",
    "news/c/index.html": "added",
    "becomes-folder/one/two": "in a folder",
    "becomes-file": "a file",
    "capitals.txt": "new",
    "themes/site.2.css": "added",
    "feed.xml": "new",
}
STORY = OLD | {"index.html": "new front: assets/site.1.css", "news/c/index.html": "added"}


@pytest.fixture
def halfway(site: Path, output: Path) -> Path:
    """The staging folder of a run that was killed when half of its files had been moved."""
    run(site, output, OLD)
    assert spoiled(lambda: run(site, output, NEW), 1, of="capitals.txt")
    assert (staging_folder(output, site) / NAME).exists()
    assert (output / "news" / "c").exists() != (output / "feed.xml").exists()
    return staging_folder(output, site)


def test_a_run_killed_halfway_is_finished(halfway: Path, site: Path, output: Path) -> None:
    assert files_below(output) not in (OLD, NEW)
    assert halfway.exists()
    assert recover(site, output)
    assert sound(site, output) == NEW
    assert not recover(site, output)


def test_recovering_can_itself_be_killed_at_any_point(
    *, halfway: Path, site: Path, output: Path, tmp_path: Path
) -> None:
    assert halfway.exists()
    for at in count(1):
        place = tmp_path / str(at)
        shutil.copytree(site, place)
        there = place / output.name
        reached = spoiled(lambda: recover(place, there), at)  # noqa: B023 - done at once
        recover(place, there)
        assert sound(place, there) == NEW
        if not reached:
            assert at > 10
            break


@pytest.mark.parametrize("files", [OLD, NEW])
@pytest.mark.parametrize("text", ["", "{", "[]", '{"moves": [], "deletions": []}'])
def test_after_a_damaged_journal_everything_is_written_anew(
    *, halfway: Path, site: Path, output: Path, text: str, files: Files
) -> None:
    (halfway / NAME).write_text(text)
    assert not recover(site, output)
    assert not halfway.exists()
    assert (site / "content" / "story.md").exists()
    shutil.rmtree(output / "news" / "c", ignore_errors=True)  # nobody can tell that this is ours
    shutil.rmtree(output / "becomes-folder")
    for path in ("becomes-file", "capitals.txt", "themes/site.2.css"):
        (output / path).unlink(missing_ok=True)
    run(site, output, files)
    assert files_below(output) == files


def test_a_damaged_journal_makes_nothing_ours(site: Path, output: Path) -> None:
    staging_folder(output, site).mkdir()
    (staging_folder(output, site) / NAME).write_text("{")
    output.mkdir()
    (output / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError):
        open_output(output, site)
    assert files_below(output) == {"mine.txt": "mine"}


@pytest.mark.parametrize("path", ["../content/story.md", "../config.yaml", "mine.txt"])
def test_a_journal_that_was_tampered_with_deletes_nothing_that_is_not_ours(
    halfway: Path, site: Path, output: Path, path: str
) -> None:
    (output / "mine.txt").write_text("mine")
    with Folder.at(halfway) as staging:
        journal = Journal.load(staging, journal_seal(site))
    assert journal
    tampered = replace(journal, deletions=(*journal.deletions, path))
    tampered.store(halfway, journal_seal(site))
    recover(site, output)
    assert (site / "content" / "story.md").exists()
    assert (site / "config.yaml").exists()
    assert (output / "mine.txt").read_text() == "mine"


def test_what_was_staged_without_a_journal_is_thrown_away(site: Path, output: Path) -> None:
    run(site, output, OLD)
    transaction = open_output(output, site)
    transaction.put("new.html", b"new")
    assert not recover(site, output)
    assert sound(site, output) == OLD


def test_a_change_that_has_begun_is_not_abandoned(halfway: Path, site: Path, output: Path) -> None:
    Transaction(site, output, Manifest.of({})).abandon()
    assert (halfway / NAME).exists()
    recover(site, output)
    assert sound(site, output) == NEW


@pytest.mark.parametrize("has_ledger", [True, False])
def test_a_journal_whose_manifest_was_damaged_makes_the_site_of_one_piece_and_deletes_nothing(
    *, site: Path, output: Path, has_ledger: bool
) -> None:
    run(site, output, OLD)
    assert spoiled(lambda: run(site, output, NEW, partial=True), 1, of="capitals.txt")
    before = files_below(output)
    seal_path(manifest_path(site, output)).unlink()
    if has_ledger:
        assert recover(site, output)
        manifest = load_manifest(manifest_path(site, output))
        assert manifest
        assert manifest.files.keys() == OLD.keys() | NEW.keys()
        run(site, output, STORY)
        assert sound(site, output) == STORY
        return
    ledger_path(manifest_path(site, output)).unlink()
    assert recover(site, output)
    assert files_below(output) == before | NEW
    assert load_manifest(manifest_path(site, output)) is None
    assert not staging_folder(output, site).exists()


def test_a_journal_of_another_manifest_leaves_all_that_it_names_ours_and_doubted(
    *, site: Path, output: Path, tmp_path: Path
) -> None:
    """As when `.broadsheet/` is restored from somewhere between a kill and the next run."""
    run(site, output, OLD)
    assert spoiled(lambda: run(site, output, NEW, partial=True), 1, of="capitals.txt")
    other = tmp_path / "other"
    run(other, other / "public", OLD)
    shutil.rmtree(site / ".broadsheet")
    shutil.copytree(other / ".broadsheet", site / ".broadsheet")
    assert recover(site, output)
    manifest = load_manifest(manifest_path(site, output))
    assert manifest
    assert manifest.files.keys() == OLD.keys() | NEW.keys()
    assert not manifest.files["same.html"].digest
    run(site, output, STORY)
    assert sound(site, output) == STORY
