"""Whatever is wrong: the right exit code, no traceback, nothing published, nothing lost."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from generator.cli.failures import exit_codes, explained
from generator.model.problems import Place, Problem, SiteError
from generator.publish.transaction import OccupiedError
from tests.support.commands import assert_clean, run, state

Break = Callable[[Path], object]

ARTICLES = "content/articles"
FRONT = "---\ntitle: A\ndate: 2025-01-01\n{}\n---\nText.\n"
JSON_KEYS = [
    *("articles", "outputs", "written", "unchanged", "deleted", "changes", "problems"),
    *("left_out", "next_change", "seconds"),
]


def writing(*files: tuple[str, str | bytes]) -> Break:
    def write(site: Path) -> None:
        for path, text in files:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


def story(line: str, body: str = "Text.") -> Break:
    return writing((f"{ARTICLES}/x.md", f"---\ntitle: A\ndate: 2025-01-01\n{line}\n---\n{body}\n"))


def linking(path: str, target: str) -> Break:
    def link(site: Path) -> None:
        (site / path).symlink_to(target)

    return link


def emptied(site: Path) -> None:
    (site / ARTICLES / "first.md").unlink()


def without_content(site: Path) -> None:
    emptied(site)
    (site / ARTICLES).rmdir()
    (site / "content").rmdir()


def with_a_file_for_content(site: Path) -> None:
    without_content(site)
    (site / "content").touch()


TWO_PAGES = (
    (f"{ARTICLES}/a.md", FRONT.format("slug: same")),
    (f"{ARTICLES}/b.md", FRONT.format("slug: same")),
)
TWO_TAGS = (
    ("content/tags/war.md", "---\ntitle: War\naliases: [Conflict]\n---\n"),
    ("content/tags/peace.md", "---\ntitle: Peace\naliases: [conflict]\n---\n"),
)
# What is done to the site, and a word that people must be told.
BROKEN: dict[str, tuple[Break, str]] = {
    "bad YAML": (story("kicker: a: b"), "x.md:4:10: error: a colon"),
    "bad TOML": (writing((f"{ARTICLES}/x.md", "+++\ntitle = A\n+++\n")), "x.md:2:9: error:"),
    "unclosed": (writing((f"{ARTICLES}/x.md", "---\ntitle: A\n")), "x.md:1:1: error: the front"),
    "no title": (writing((f"{ARTICLES}/x.md", "---\ndate: 2025-01-01\n---\n")), "error: no title"),
    "no date": (writing((f"{ARTICLES}/x.md", "---\ntitle: A\n---\n")), "error: no date"),
    "bad date": (story("updated: 2024-02-30"), 'not a date: "2024-02-30"'),
    "one address": (writing(*TWO_PAGES), f"and so would {ARTICLES}/a.md"),
    "one alias": (writing(*TWO_TAGS), '"Conflict" is claimed by'),
    "dead link": (story("", "[a](gone.md)"), 'no such article: "gone.md"'),
    "dead address": (story("", "[a](/gone/)"), 'leads nowhere: "/gone/"'),
    "missing picture": (story("image: gone.jpg"), 'no such picture: "gone.jpg"'),
    "missing picture in text": (story("", "![a](gone.jpg)"), 'leads nowhere: "gone.jpg"'),
    "script": (story("", "[a](javascript:alert(1))"), 'may not begin with "javascript:"'),
    "layout syntax": (writing(("layouts/article.html", "{% if %}")), "layouts/article.html:1"),
    "layout name": (writing(("layouts/article.html", "\n{{ pages }}")), "layouts/article.html:2"),
    "layout field": (writing(("layouts/article.html", "{{ page.bdy }}")), "Found while making"),
    "layout bytes": (writing(("layouts/a.html", b"\xff")), "layouts/a.html:1:1: error: not UTF-8"),
    "undecodable": (writing((f"{ARTICLES}/x.md", b"---\ntitle: \xff\n---\n")), "byte 0xFF"),
    "empty file": (writing((f"{ARTICLES}/x.md", "")), "x.md:1:1: error: the file is empty"),
    "folder x.md": (lambda site: (site / ARTICLES / "x.md").mkdir(), "is a folder"),
    "link out": (linking(f"{ARTICLES}/x.md", "/etc/passwd"), "leads out of the site"),
    "link in a loop": (linking(f"{ARTICLES}/x", ".."), "round in a circle"),
    "link to itself": (linking(f"{ARTICLES}/x.md", "x.md"), "leads nowhere"),
    "name": (lambda site: (site / ARTICLES / "x\x1b[31m.md").touch(), "x\\u001b[31m.md: error:"),
    "empty content": (emptied, "there is no text in this folder"),
    "no content": (without_content, "there is no text in this folder"),
    "content is a file": (with_a_file_for_content, "is a file, not a folder"),
    "bad option": (writing(("config.yaml", "title: A\nrelated: -1")), "config.yaml:2:10: error:"),
    "unknown option": (writing(("config.yaml", "title: A\ntitel: B")), 'mean "title"?'),
    "config bytes": (writing(("config.yaml", b"\xff")), "config.yaml:1:1: error: not UTF-8"),
    "strict": (
        writing(
            ("config.yaml", "title: A\nstrict: true"),
            (f"{ARTICLES}/x.md", FRONT.format("layout: post")),
        ),
        'x.md:4:1: error: unknown key "layout"',
    ),
    "slug": (story("slug: page"), "reserved"),
    "section": (story("section: tags"), '"tags" is reserved'),
    "many brackets": (
        story("kicker: " + "[" * 40_000),
        "error: lists and mappings nested more than 32 deep",
    ),
    "long front matter": (story("kicker: " + "a" * 70_000), "the limit is 65,536"),
}


def leftovers(site: Path) -> list[str]:
    return [path.name for path in site.iterdir() if path.name.startswith(".public")]


@pytest.mark.parametrize("name", BROKEN)
def test_nothing_is_published_and_nothing_lost(name: str, site: Path) -> None:
    damage, told = BROKEN[name]
    before = state(site / "public")
    damage(site)
    result = run("build", "--site", site)
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stdout == ""
    assert re.search(r"^\d+ errors?( and \d+ warnings?)?\.$", result.stderr, re.MULTILINE)
    assert_clean(result, site)
    assert state(site / "public") == before
    assert leftovers(site) == []


def test_a_site_is_whole_again_when_it_is_mended(site: Path) -> None:
    BROKEN["dead link"][0](site)
    assert run("build", "--site", site).exit_code == 1
    (site / ARTICLES / "x.md").unlink()
    result = run("build", "--site", site, "--json", "--now", "2026-01-15")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["written"] == 0


def test_all_problems_of_a_site_are_told_in_order(site: Path) -> None:
    for name in ("no date", "one alias", "layout syntax", "folder x.md"):
        if name != "folder x.md":
            BROKEN[name][0](site)
    (site / "content/pages/x.md").mkdir(parents=True)
    result = run("build", "--site", site)
    places = re.findall(r"^(\S+?)(?::[\d:]+)?: error", result.stderr, re.MULTILINE)
    assert places == sorted(places)
    assert places == [
        "content/articles/x.md",
        "content/pages/x.md",
        "content/tags/war.md",
        "layouts/article.html",
    ]
    assert "\n4 errors.\nNothing was published. Mend the errors above first.\n" in result.stderr


@pytest.mark.parametrize(
    ("line", "body", "told"),
    [
        ("layout: post", "", 'unknown key "layout"'),
        ("", "[a](#gone)", 'no "#gone" on this page'),
        ("", "![](/logo.svg)", "a picture without a text"),
        (f"seo_title: b\nkicker: {'c' * 10}", "", ""),
    ],
)
def test_a_warning_stops_nothing(site: Path, line: str, body: str, told: str) -> None:
    writing(("static/logo.svg", "<svg/>"))(site)
    story(line, body)(site)
    result = run("build", "--site", site)
    assert result.exit_code == 0
    assert told in result.stderr
    assert "Built 2 articles" in result.stdout
    assert ("1 warning." in result.stderr) == bool(told)
    assert (site / "public/news/2025/01/x/index.html").exists()


def test_keep_going_leaves_the_broken_text_out(site: Path) -> None:
    BROKEN["no date"][0](site)
    writing((f"{ARTICLES}/y.md", FRONT.format("")))(site)
    result = run("build", "--site", site, "--keep-going")
    assert result.exit_code == 1
    assert "error: no date" in result.stderr
    assert "Nothing was published" not in result.stderr
    assert (site / "public/news/2025/01/y/index.html").exists()
    assert (site / "public/news/2025/01/first/index.html").exists()


def test_keep_going_keeps_the_page_of_a_text_that_has_broken(site: Path) -> None:
    writing(
        (f"{ARTICLES}/first.md", "---\ntitle: [\n---\n"), (f"{ARTICLES}/y.md", FRONT.format(""))
    )(site)
    before = (site / "public/news/2025/01/first/index.html").read_bytes()
    assert run("build", "--site", site, "--keep-going").exit_code == 1
    assert (site / "public/news/2025/01/first/index.html").read_bytes() == before


@pytest.mark.parametrize("name", ["bad option", "layout syntax", "empty content"])
def test_keep_going_does_not_go_on_without_what_all_pages_need(site: Path, name: str) -> None:
    before = state(site / "public")
    BROKEN[name][0](site)
    assert run("build", "--site", site, "--keep-going").exit_code == 1
    assert state(site / "public") == before


def outputs(site: Path) -> Iterator[tuple[str, Path]]:
    foreign = site / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").touch()
    (site / "link").symlink_to("content")
    yield "holds files that are no output", site
    yield "holds files that are no output", site.parent
    yield "holds files that are no output", Path("/")
    yield "holds files that are no output", Path.home()
    yield "is one of the site's sources", site / "content"
    yield "is one of the site's sources", site / "static" / "deep"
    yield "is one of the site's sources", site / "layouts"
    yield "is one of the site's sources", site / ".broadsheet"
    yield "is one of the site's sources", site / "link"
    yield "that Broadsheet did not publish", foreign


def test_an_output_that_could_cost_anyone_their_files_is_refused(site: Path) -> None:
    for told, output in outputs(site):
        before = state(site)
        result = run("build", "--site", site, "--output", output)
        assert (result.exit_code, result.stdout) == (2, "")
        assert told in result.stderr
        assert result.stderr.startswith("broadsheet: the output folder ")
        assert "Traceback" not in result.stderr
        assert state(site) == before


@pytest.mark.parametrize("words", [["--output", "first.md"], ["--site", "first.md"]])
def test_a_file_where_a_folder_is_asked_for_is_wrong_usage(
    site: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / ARTICLES)
    result = run("build", *words)
    assert result.exit_code == 2
    assert "is a file" in result.stderr


def test_a_foreign_file_in_the_way_is_not_overwritten(site: Path) -> None:
    story("")(site)
    foreign = site / "public/news/2025/01/x/index.html"
    foreign.parent.mkdir()
    foreign.write_text("mine", encoding="utf-8")
    before = state(site / "public")
    result = run("build", "--site", site)
    assert result.exit_code == 2
    assert "news/2025/01/x/index.html stands in the output folder and is not ours" in result.stderr
    assert state(site / "public") == before


@pytest.mark.parametrize("where", ["nothing", "content", "config.yaml/x"])
def test_no_configuration_is_wrong_usage(site: Path, where: str) -> None:
    result = run("build", "--site", site / where)
    assert result.exit_code == 2
    assert "no config.yaml in this folder" in result.stderr
    assert "broadsheet init" in result.stderr
    assert_clean(result, site)


def test_no_site_here_or_above_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["build"], ["check"], ["new", "article", "A"]):
        result = run(*command)
        assert result.exit_code == 2
        assert result.stderr.startswith("broadsheet: no config.yaml here or in any folder above.\n")


FAILURES = {
    "problems": (["build"], BROKEN["no date"][0], 1),
    "configuration": (["build"], BROKEN["bad option"][0], 1),
    "no site": (["build", "--site", "nothing"], None, 2),
    "refused": (["build", "--output", "content"], None, 2),
    "--now": (["build", "--now", "soon"], None, 2),
    "--base-url": (["build", "--base-url", "example.org"], None, 2),
}


@pytest.mark.parametrize("name", FAILURES)
def test_json_is_one_object_with_the_same_keys_when_it_fails(
    site: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, damage, code = FAILURES[name]
    if damage:
        damage(site)
    monkeypatch.chdir(site)
    result = run(*words, "--json")
    assert result.exit_code == code
    told = json.loads(result.stdout)
    assert list(told) == JSON_KEYS
    assert told["written"] == told["articles"] == told["outputs"] == 0
    assert told["changes"] == {"added": [], "changed": [], "deleted": []}
    assert told["next_change"] is None
    assert [problem["severity"] for problem in told["problems"]] == ["error"]
    assert list(told["problems"][0]) == ["path", "line", "column", "severity", "message", "hint"]
    assert_clean(result, site)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (PermissionError(13, "Permission denied", "/srv/x/a.md"), 3, "Permission denied (a.md)"),
        (OSError(28, "No space left on device", "/srv/.public.staging/17"), 3, "left on device"),
        (OSError("the journal is damaged"), 3, "the journal is damaged"),
        (MemoryError(), 3, "out of memory"),
        (OccupiedError("a/b.html"), 2, "a/b.html stands in the output folder"),
    ],
)
def test_what_went_wrong_is_told_without_a_place_of_the_machine(
    error: Exception, code: int, told: str
) -> None:
    message, hint, exit_code = explained(error)
    assert message.endswith(told) or told in message
    assert "/srv" not in message
    assert hint.endswith((".", "--output."))
    assert exit_code == code


@pytest.mark.parametrize("inside", [".broadsheet/texts.db", "public/news/index.html"])
def test_a_file_of_the_site_is_named_from_the_sites_folder_down(
    site: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.chdir(site.parent)
    for named in (f"{site.name}/{inside}", f"{site}/{inside}"):
        message, _, _ = explained(PermissionError(13, "Permission denied", named))
        assert message.endswith(f"({inside})")


def test_a_bug_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), exit_codes():
        raise ZeroDivisionError


def test_wrong_usage_that_is_found_late_stays_clicks_affair() -> None:
    with pytest.raises(click.UsageError), exit_codes():
        raise click.BadParameter("not a date")


def test_what_is_said_of_unfinished_work_is_the_commands_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem = Problem(Place("config.yaml", 1), "no title")
    with pytest.raises(SystemExit) as raised, exit_codes():
        raise SiteError([problem])
    assert raised.value.code == 1
    assert capsys.readouterr().err == "config.yaml:1: error: no title\n\n1 error.\n"
