"""`list`: what comes, goes, waits and is there."""

import json
from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.sites import MakeSite

SITE = """
    -- config.yaml --
    title: Tiny
    base_url: https://tiny.example/
    timezone: Europe/Oslo
    -- content/articles/now.md --
    ---
    title: Ferry sails
    date: 2026-01-01
    authors: [Ann Lee, Bo Ek]
    expires: 2026-03-01 12:00
    ---
    -- content/articles/later.md --
    ---
    title: 渡轮
    date: 2026-01-02 08:00
    embargo: 2026-02-01T08:00:00Z
    byline: By our own people
    ---
    -- content/articles/sooner.md --
    ---
    title: Sooner
    date: 2026-01-20
    section: harbour
    expires: 2026-02-20
    ---
    -- content/articles/never.md --
    ---
    title: Never seen
    date: 2026-01-20
    expires: 2026-01-19
    ---
    -- content/articles/draft.md --
    ---
    title: Not yet
    date: 2026-01-03
    draft: true
    ---
    -- content/pages/about.md --
    ---
    title: About
    draft: true
    ---
    """
NOW = ("--now", "2026-01-15")


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(SITE)


@pytest.mark.parametrize(
    ("what", "titles"),
    [
        ("scheduled", ["Sooner", "渡轮"]),
        ("expiring", ["Sooner", "Ferry sails"]),
        ("drafts", ["Not yet", "About"]),
        ("stories", ["Ferry sails"]),
    ],
)
def test_texts_are_listed_in_the_order_in_which_they_matter(
    site: Path, what: str, titles: list[str]
) -> None:
    result = run("list", what, "--site", site, *NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    head, *rows = result.stdout.splitlines()
    assert head.split() == ["when", "title", "file", "address", "authors"]
    assert [next(title for title in titles if title in row) for row in rows] == titles


def test_a_table_says_when_what_where_and_whose(site: Path) -> None:
    _, day, instant = run("list", "scheduled", "--site", site, *NOW).stdout.splitlines()
    assert day.split() == ["2026-01-20", "Sooner", "content/articles/sooner.md", *day.split()[3:]]
    assert "/harbour/2026/01/sooner/" in day
    assert instant.startswith("2026-02-01 09:00 CET  渡轮    content/articles/later.md")
    assert instant.endswith("/news/2026/01/later/      By our own people")


def test_json_is_a_list_for_machines(site: Path) -> None:
    told = json.loads(run("list", "expiring", "--site", site, "--json", *NOW).stdout)
    assert told[1] == {
        "when": "2026-03-01T12:00:00+01:00",
        "title": "Ferry sails",
        "path": "content/articles/now.md",
        "address": "/news/2026/01/now/",
        "section": "news",
        "authors": ["Ann Lee", "Bo Ek"],
    }
    drafts = json.loads(run("list", "drafts", "--site", site, "--json", *NOW).stdout)
    assert [draft["when"] for draft in drafts] == ["2026-01-03T00:00:00+01:00", None]


def test_nothing_to_list_is_said_and_nothing_is_written(site: Path) -> None:
    before = sorted(site.rglob("*"))
    result = run("list", "scheduled", "--site", site, "--now", "2027-01-01")
    assert (result.exit_code, result.stdout) == (0, "No story waits for its hour.\n")
    assert sorted(site.rglob("*")) == before


def test_a_text_that_cannot_be_read_is_told_beside_the_others(site: Path) -> None:
    (site / "content/articles/broken.md").write_text("---\ntitle: [\n---\n", "utf-8")
    result = run("list", "stories", "--site", site, "--json", *NOW)
    assert result.exit_code == 1
    assert "content/articles/broken.md:" in result.stderr
    assert [one["title"] for one in json.loads(result.stdout)] == ["Ferry sails"]


def test_what_was_remembered_serves_a_list(site: Path) -> None:
    assert run("build", "--site", site, *NOW).exit_code == 0
    assert "Ferry sails" in run("list", "stories", "--site", site, *NOW).stdout
