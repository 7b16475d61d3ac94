"""`import` of whole old sites, and `parity`: what people and programs are told."""

import json
from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.sites import write_site

PROJECT = """\
-- _config.yml --
title: The Gazette
url: https://gazette.example
permalink: /:year/:title/
-- _posts/2014-03-05-flood.md --
---
title: The flood
badge: new
---
The river *rose*.
-- _posts/2014-03-06-idea.md --
---
title: An idea
published: false
---
Not yet.
"""


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_site(tmp_path / "old", PROJECT)


def test_a_new_site_is_built_and_proven_with_no_other_command(old: Path) -> None:
    urls = old.parent / "urls.txt"
    urls.write_text("https://gazette.example/2014/flood/\n")
    result = run("import", "jekyll", old, "--site", "paper", "--old-urls", urls)
    assert result.exit_code == 0
    assert "1 articles public, 1 articles draft" in result.stdout
    assert "published: false (1)" in result.stdout
    assert "Old addresses: 1 same, 1 gone on purpose" in result.stdout
    assert "Nothing is lost.\nNext: broadsheet build --site paper\n" in result.stdout
    assert run("build", "--site", "paper", "--quiet").exit_code == 0
    assert Path("paper/public/2014/flood/index.html").is_file()
    assert not Path("paper/public/2014/idea").exists()
    proof = run("parity", "--site", "paper")
    assert (proof.exit_code, "Nothing is lost." in proof.stdout) == (0, True)


def test_auto_says_what_it_found(old: Path) -> None:
    result = run("import", "auto", old, "--site", "paper")
    assert result.stdout.startswith("This is Jekyll's.\n")


def test_auto_says_when_nobody_knows_it(old: Path) -> None:
    (old / "_posts/x").mkdir()
    result = run("import", "auto", old / "_posts/x", "--site", "paper")
    assert result.exit_code == 2
    assert "nobody knows what x is" in result.stderr


def test_a_dry_run_writes_nothing(old: Path) -> None:
    result = run("import", "jekyll", old, "--site", "paper", "--dry-run", "--json")
    assert result.exit_code == 0
    assert not Path("paper").exists()
    found = json.loads(result.stdout)
    assert found["texts"] == {"articles public": 1, "articles draft": 1}
    assert found["extra"] == {"badge": 1}


def test_a_proof_tells_programs_what_is_lost(old: Path) -> None:
    run("import", "jekyll", old, "--site", "paper")
    Path("paper/content/articles/2014-03-05-flood.md").unlink()
    result = run("parity", "--site", "paper", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["lost"] is True
    assert found["not_published"] == ["_posts/2014-03-05-flood.md"]
    assert found["lost_addresses"] == [
        {"address": "/2014/flood/", "source": "_posts/2014-03-05-flood.md", "reason": ""}
    ]


def test_the_old_sites_own_folder_is_not_written_to(old: Path) -> None:
    result = run("import", "jekyll", old, "--site", old)
    assert result.exit_code == 2
    assert "cannot be the new site's" in result.stderr


def test_somebody_must_say_where_the_new_site_is(old: Path) -> None:
    result = run("import", "jekyll", old)
    assert result.exit_code == 2
    assert "--site paper" in result.stderr


def test_what_is_no_project_is_told(old: Path) -> None:
    result = run("import", "hugo", old, "--site", "paper", "--json")
    assert result.exit_code == 2
    assert "no Hugo project" in json.loads(result.stdout)["problems"][0]["message"]


def test_a_site_that_nothing_was_imported_into_has_no_proof(old: Path) -> None:
    write_site(old.parent / "paper", "-- config.yaml --\ntitle: A\n")
    result = run("parity", "--site", "paper")
    assert result.exit_code == 2
    assert "nothing is known of an old site" in result.stderr


def test_an_import_ends_with_what_was_lost(old: Path) -> None:
    urls = old.parent / "urls.txt"
    urls.write_text("https://gazette.example/2014/gone/\n")
    result = run("import", "jekyll", old, "--site", "paper", "--old-urls", urls)
    assert result.exit_code == 1
    assert "the old address /2014/gone/ leads nowhere" in result.stderr
    assert "Nothing is lost." not in result.stdout
    report = run("import", "jekyll", old, "--site", "paper", "--json")
    found = json.loads(report.stdout)["proof"]
    assert report.exit_code == 1, "the list is remembered"
    assert [one["address"] for one in found["lost_addresses"]] == ["/2014/gone/"]


@pytest.mark.parametrize("option", ["--no-proof", "--dry-run"])
def test_an_import_without_proof_builds_nothing(old: Path, option: str) -> None:
    result = run("import", "jekyll", old, "--site", "paper", option, "--json")
    assert (result.exit_code, "proof" in json.loads(result.stdout)) == (0, False)
