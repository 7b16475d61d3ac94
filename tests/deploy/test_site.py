"""Deploying a whole site into a folder: what is brought, what is refused, and the way back."""

import json
import os
from errno import ENOSPC
from pathlib import Path

import pytest

from generator.deploy import site as deploying
from generator.deploy.folder_store import FolderStore
from generator.deploy.release import Entry
from generator.deploy.site import DeployOptions, deploy_site
from tests.deploy.conftest import BuiltPaper
from tests.support.commands import assert_clean, run
from tests.support.sites import MakeSite


@pytest.fixture
def there(tmp_path: Path) -> Path:
    return tmp_path / "there"


def readable(folder: Path) -> dict[str, bytes]:
    """What readers find in a folder."""
    files = (file for file in folder.rglob("*") if file.is_file())
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    return {path: data for path, data in found.items() if not path.startswith(".broadsheet/")}


def change(site: Path, text: str = "And back.\n") -> None:
    story = site / "content/articles/ferry.md"
    story.write_text(story.read_text("utf-8") + text, "utf-8")
    assert run("build", "--site", site, "--quiet").exit_code == 0


def test_what_was_built_stands_in_the_folder(built_paper: BuiltPaper, there: Path) -> None:
    site = built_paper(f"file://{there}")
    result = run("deploy", "--site", site)
    assert result.exit_code == 0, result.output
    assert readable(there) == readable(site / "public")
    assert_clean(result, site)


def test_a_trial_changes_nothing_and_tells_what_would_come(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"file://{there}")
    result = run("deploy", "--dry-run", "--site", site)
    assert "Would deploy to live" in result.output
    assert "+ index.html" in result.output
    assert readable(there) == {}


def test_json_has_what_changed(built_paper: BuiltPaper, there: Path) -> None:
    site = built_paper(f"file://{there}")
    run("deploy", "--site", site)
    change(site)
    told = json.loads(run("deploy", "--json", "--site", site).stdout)
    assert "news/2026/11/ferry/index.html" in told["changes"]["changed"]
    assert (told["target"], told["release"]["number"], told["problems"]) == ("live", 2, [])


def test_a_rollback_brings_back_every_byte_and_a_second_one_goes_further(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"file://{there}")
    editions = []
    for text in ("One.\n", "Two.\n", "Three.\n"):
        change(site, text)
        run("deploy", "--site", site)
        editions.append(readable(site / "public"))
    assert run("rollback", "--site", site).exit_code == 0
    assert readable(there) == editions[1]
    assert run("rollback", "--site", site).exit_code == 0
    assert readable(there) == editions[0]
    assert run("rollback", "live", "3", "--site", site).exit_code == 0
    assert readable(there) == editions[2]
    listed = run("deploy", "--list", "--site", site).output
    assert "brought back 3" in listed.splitlines()[0]
    assert len(listed.splitlines()) == 6


def test_a_story_that_is_deleted_goes_from_the_target(built_paper: BuiltPaper, there: Path) -> None:
    site = built_paper(f"file://{there}")
    run("deploy", "--site", site)
    (site / "content/articles/ferry.md").unlink()
    run("build", "--allow-lost", "--site", site, "--quiet")
    assert run("deploy", "--site", site).exit_code == 0
    assert readable(there) == readable(site / "public")


def test_more_deletions_than_allowed_are_refused_unless_meant(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"{{to: 'file://{there}', max_deletes: 1%}}")
    run("deploy", "--site", site)
    before = readable(there)
    (site / "content/articles/ferry.md").unlink()
    run("build", "--allow-lost", "--site", site, "--quiet")
    result = run("deploy", "--site", site)
    assert result.exit_code == 1
    assert "would be deleted" in result.output
    assert readable(there) == before
    assert run("deploy", "--yes", "--site", site).exit_code == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/",
        "https://example.org/",
        "https://a.example.com/",
        "http://127.0.0.1/",
    ],
)
def test_an_address_where_nobody_reads_is_an_error_at_its_line(
    make_site: MakeSite, there: Path, url: str
) -> None:
    site = make_site(
        f"-- config.yaml --\ntitle: A\nbase_url: {url}\ndeploy: {{live: 'file://{there}'}}\n"
        "-- content/articles/a.md --\n---\ntitle: A\ndate: 2026-11-01\n---\nA.\n"
    )
    run("build", "--site", site, "--quiet")
    result = run("deploy", "--site", site)
    assert result.exit_code == 1
    assert "config.yaml:2:" in result.output
    assert not there.exists()


def test_what_was_built_for_another_address_is_refused(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"file://{there}")
    run("build", "--base-url", "http://localhost:8000/", "--site", site, "--quiet")
    assert "nobody can read the site at localhost" in run("deploy", "--site", site).output


def test_a_site_that_was_not_built_is_refused(make_site: MakeSite, there: Path) -> None:
    site = make_site(
        f"-- config.yaml --\ntitle: A\nbase_url: https://a.news/\ndeploy: {{l: 'file://{there}'}}\n"
    )
    result = run("deploy", "--site", site)
    assert (result.exit_code, "nothing to deploy yet" in result.output) == (1, True)


def test_drafts_are_refused(built_paper: BuiltPaper, there: Path) -> None:
    site = built_paper(f"file://{there}")
    run("build", "--drafts", "--site", site, "--quiet")
    result = run("deploy", "--site", site)
    assert (result.exit_code, "built with drafts" in result.output) == (1, True)
    run("build", "--site", site, "--quiet")
    assert run("deploy", "--site", site).exit_code == 0


def test_an_output_that_is_not_whole_is_refused(built_paper: BuiltPaper, there: Path) -> None:
    site = built_paper(f"file://{there}")
    (site / "public/index.html").write_text("tampered", "utf-8")
    result = run("deploy", "--site", site)
    assert (result.exit_code, "not as they were built" in result.output) == (1, True)


def test_a_page_that_was_changed_within_its_size_is_not_brought(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"file://{there}")
    page = site / "public/index.html"
    page.write_bytes(bytes(reversed(page.read_bytes())))
    result = run("deploy", "--site", site)
    assert (result.exit_code, "index.html has changed" in result.output) == (3, True)
    assert not (there / "index.html").exists()


@pytest.mark.parametrize("name", ["secret.txt", "news"])
def test_a_link_in_the_output_is_refused(
    built_paper: BuiltPaper, there: Path, tmp_path: Path, name: str
) -> None:
    site = built_paper(f"file://{there}")
    link = site / "public" / name
    if link.exists():
        link.rename(tmp_path / "elsewhere")
    link.symlink_to(tmp_path / "elsewhere")
    result = run("deploy", "--site", site)
    assert (result.exit_code, f"there is a link in it: {name}" in result.output) == (1, True)


def test_a_folder_with_files_of_others_is_refused_unless_meant(
    built_paper: BuiltPaper, there: Path
) -> None:
    there.mkdir()
    (there / "index.html").write_text("somebody's", "utf-8")
    (there / "notes.txt").write_text("somebody's", "utf-8")
    site = built_paper(f"file://{there}")
    result = run("deploy", "--site", site)
    assert (result.exit_code, "did not bring" in result.output) == (1, True)
    assert run("deploy", "--yes", "--site", site).exit_code == 0
    assert readable(there) == readable(site / "public") | {"notes.txt": b"somebody's"}


@pytest.mark.parametrize("below", ["", "/public", "/public/x", "/content"])
def test_a_folder_of_the_site_is_no_target(
    built_paper: BuiltPaper, tmp_path: Path, below: str
) -> None:
    site = built_paper(f"file://{tmp_path}/site{below}")
    result = run("deploy", "--site", site)
    assert (result.exit_code, "Name a folder of its own" in result.output) == (1, True)


def test_what_somebody_changed_at_the_target_is_mended_when_asked(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"file://{there}")
    run("deploy", "--site", site)
    page, feed = there / "index.html", there / "feed.xml"
    first = page.read_bytes(), feed.read_bytes()
    page.write_bytes(b"somebody's")
    feed.unlink()
    assert "up to date" in run("deploy", "--site", site).output
    told = json.loads(run("deploy", "--site", site, "--repair", "--json").output)
    assert told["changes"] == {"added": [], "changed": ["feed.xml", "index.html"], "deleted": []}
    assert (page.read_bytes(), feed.read_bytes()) == first
    assert "up to date" in run("deploy", "--site", site, "--repair").output


def test_a_folder_that_may_not_be_written_to_is_told(built_paper: BuiltPaper, there: Path) -> None:
    site = built_paper(f"file://{there}/file/below")
    there.mkdir()
    (there / "file").write_text("no folder", "utf-8")
    result = run("deploy", "--site", site)
    assert result.exit_code == 3
    assert "cannot be used" in result.output
    assert "permissions there, then deploy again" in result.output
    assert_clean(result, site)


@pytest.mark.parametrize("left", [0, 1, 5, 12])
def test_a_disk_that_is_full_is_told_and_the_next_run_finishes(
    built_paper: BuiltPaper, there: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    site = built_paper(f"file://{there}")
    put, room = FolderStore.put, iter(range(left))

    def put_while_there_is_room(
        store: FolderStore, path: str, data: bytes | Path, entry: Entry
    ) -> None:
        if next(room, None) is None:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        put(store, path, data, entry)

    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "put", put_while_there_is_room)
        result = run("deploy", "--site", site)
    assert (result.exit_code, "No space left" in result.output) == (3, True)
    assert_clean(result, site)
    assert run("deploy", "--site", site).exit_code == 0
    assert readable(there) == readable(site / "public")


def test_a_target_has_to_be_named_where_there_are_several(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"file://{there}\n  test: file://{there}-test")
    result = run("deploy", "--site", site)
    assert (result.exit_code, "live, test" in result.output) == (2, True)
    assert run("deploy", "test", "--site", site).exit_code == 0
    assert run("deploy", "lvie", "--site", site).exit_code == 2


def test_the_function_that_others_call_tells_what_it_did(
    built_paper: BuiltPaper, there: Path
) -> None:
    site = built_paper(f"file://{there}")
    told: list[tuple[str, int, int]] = []
    report = deploy_site(DeployOptions(site), lambda *step: told.append(step))
    assert report.note is not None
    assert (report.note.number, len(report.added)) == (1, report.files)
    assert told[-1][0] == "upload"
    again = deploying.deploy_site(DeployOptions(site))
    assert again.is_current
